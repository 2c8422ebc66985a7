r"""Three $3\times 3$ convolutions in a row, stride 1, have 64 channels in and out and no biases. Give three
numbers: the weights of all three together, the weights of one $7\times 7$ layer with the same channels, and
how many pixels along one side the stack sees.
"""

from __future__ import annotations

import numpy as np

from cnnlab.exercises import Mistake, Value

STACK, SINGLE, FIELD = 110_592, 200_704, 7

EXERCISE = Value(
    expects="three whole numbers: weights of the stack, weights of one 7x7, pixels along one side",
    # The tolerance is that of the largest number: it must not blur the smallest.
    tolerance=1e-9,
    right=[
        (STACK, SINGLE, FIELD),
        [3 * 3 * 3 * 64 * 64, 7 * 7 * 64 * 64, 1 + 3 * (3 - 1)],
        np.array([27 * 64**2, 49 * 64**2, 7]),
    ],
    mistakes=[
        Mistake("swapped", "The stack's weights come first.", (SINGLE, STACK, FIELD)),
        Mistake(
            "one layer", "That is so of one of the three layers: give it for all.", (36_864, SINGLE, FIELD)
        ),
        Mistake("two layers", "That is so of two layers: the stack has three.", (STACK, SINGLE, 5)),
        Mistake(
            "channels once",
            "Each of the 64 output channels sees all 64 channels: 64 x 64 kernels a layer.",
            (1_728, 3_136, FIELD),
        ),
        Mistake(
            "channels forgotten",
            "Each layer has 64 x 64 kernels: this counts the weights of one.",
            (27, 49, FIELD),
        ),
        Mistake("biases", "No biases are asked for: give the weights only.", (110_784, 200_768, FIELD)),
        Mistake(
            "kernels added",
            "The kernels overlap: each further layer adds 2 pixels, not 3.",
            (STACK, SINGLE, 9),
        ),
        Mistake(
            "area",
            "This is the number of pixels in the field: give those along one side.",
            (STACK, SINGLE, 49),
        ),
        Mistake(
            "first",
            "The first number is wrong: three layers, each 3 x 3 x 64 x 64.",
            (110_590, SINGLE, FIELD),
            fits=lambda got: got[0] != STACK and got[1] == SINGLE and got[2] == FIELD,
        ),
        Mistake(
            "second",
            "The second number is wrong: one layer, 7 x 7 x 64 x 64.",
            (STACK, 200_000, FIELD),
            fits=lambda got: got[0] == STACK and got[1] != SINGLE and got[2] == FIELD,
        ),
        Mistake(
            "third",
            "The third number is wrong: the first layer sees 3 pixels, and each further one adds 2.",
            (STACK, SINGLE, 8),
            fits=lambda got: got[0] == STACK and got[1] == SINGLE and got[2] != FIELD,
        ),
    ],
)
