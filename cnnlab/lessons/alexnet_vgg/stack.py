r"""Three $3\times 3$ convolutions in a row, stride 1, have 64 channels in and out and no biases. Give three
numbers: the weights of all three together, the weights of one $7\times 7$ layer with the same channels, and
how many pixels along one side the stack sees.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch

from cnnlab.exercises import Mistake, Value

STACK, SINGLE, FIELD = 110_592, 200_704, 7


def wrong(
    name: str, says: str, stack: Sequence[int] = (), single: Sequence[int] = (), field: Sequence[int] = ()
) -> Mistake:
    """Return the mistake that gives one of these numbers in the place of the right one."""
    answers = [
        *((number, SINGLE, FIELD) for number in stack),
        *((STACK, number, FIELD) for number in single),
        *((STACK, SINGLE, number) for number in field),
    ]
    return Mistake(
        name, says, *answers, fits=lambda got: got[0] in stack or got[1] in single or got[2] in field
    )


EXERCISE = Value(
    expects="three whole numbers: weights of the stack, weights of one 7x7, pixels along one side",
    # The tolerance is that of the largest number: it must not blur the smallest.
    tolerance=1e-9,
    right=[
        (110_592, 200_704, 7),
        [3 * 3 * 3 * 64 * 64, 7 * 7 * 64 * 64, 1 + 3 * (3 - 1)],
        np.array([27 * 64**2, 49 * 64**2, 7]),
        torch.tensor([3 * np.prod((64, 64, 3, 3)), np.prod((64, 64, 7, 7)), 3 + 2 + 2]),
    ],
    mistakes=[
        Mistake(
            "count",
            "Give three numbers: weights of the stack, weights of the one layer, receptive field.",
            *((110_592, 200_704), (110_592, 200_704, 7, 7)),
            fits=lambda got: got.size != 3,
        ),
        Mistake("swapped", "The stack's weights come first.", (200_704, 110_592, 7)),
        Mistake("order", "The weights come first, the receptive field last.", (7, 110_592, 200_704)),
        wrong(
            "not squared", "A 3x3 kernel has 9 weights and a 7x7 kernel 49, not 3 and 7.", [12_288], [28_672]
        ),
        wrong("one layer", "That is so of one of the three layers: give it for all.", [36_864], field=[3]),
        wrong("two layers", "That is so of two layers: the stack has three.", [73_728], field=[5]),
        wrong(
            "channels once",
            "Each of the 64 output channels sees all 64 channels: 64 x 64 kernels a layer.",
            *([1_728], [3_136]),
        ),
        wrong(
            "channels forgotten",
            "Each layer has 64 x 64 kernels: this counts the weights of one.",
            *([27, 9], [49]),
        ),
        wrong("biases", "No biases are asked for: give the weights only.", [110_784], [200_768]),
        wrong("5 x 5", "This is one 5x5 layer: give a 7x7 one.", single=[102_400]),
        wrong("three layers", "There is one layer of 7x7, not three.", single=[602_112]),
        wrong(
            "kernels added", "The kernels overlap: each further layer adds 2 pixels, not 3.", field=[9, 10]
        ),
        wrong(
            "product", "The kernels multiply only where the stride is their size: here it is 1.", field=[27]
        ),
        wrong("area", "This is the number of pixels in the field: give those along one side.", field=[49]),
        Mistake(
            "first",
            "The first number is wrong: three layers, each 3 x 3 x 64 x 64.",
            (110_590, 200_704, 7),
            fits=lambda got: got[0] != STACK and got[1] == SINGLE and got[2] == FIELD,
        ),
        Mistake(
            "second",
            "The second number is wrong: one layer, 7 x 7 x 64 x 64.",
            (110_592, 200_000, 7),
            fits=lambda got: got[0] == STACK and got[1] != SINGLE and got[2] == FIELD,
        ),
        Mistake(
            "third",
            "The third number is wrong: the first layer sees 3 pixels, and each further one adds 2.",
            *((110_592, 200_704, 6), (110_592, 200_704, 8), (110_592, 200_704, 13)),
            fits=lambda got: got[0] == STACK and got[1] == SINGLE and got[2] != FIELD,
        ),
    ],
    unnamed={
        "wrong values": [(1, 2, 4)],
        "extra brackets": [[[110_592, 200_704, 7]]],
        "wrong type": [(110_592, 200_704, "7x7")],
        "ragged": [(110_592, 200_704, (7, 7))],
    },
)
