"""How many parameters does `nn.Conv2d(3, 16, 5)` have, bias included?"""

from __future__ import annotations

from torch import nn

from cnnlab.exercises import Mistake, Value

EXERCISE = Value(
    expects="one whole number",
    right=[
        16 * 3 * 5 * 5 + 16,
        16 * (3 * 5 * 5 + 1),
        # On the device "meta" no weights are drawn: torch's random state stays as it is.
        sum(parameter.numel() for parameter in nn.Conv2d(3, 16, 5, device="meta").parameters()),
    ],
    mistakes=[
        Mistake("bias forgotten", "The 16 biases are missing: one an output channel.", 3 * 16 * 5 * 5),
        Mistake(
            "input channels forgotten",
            "Each output channel has one 5 x 5 kernel for each of the 3 input channels, and one bias.",
            16 * 5 * 5 + 16,
        ),
        Mistake(
            "kernel not square",
            "A kernel of size 5 has 5 x 5 weights, not 5; the 16 biases come on top.",
            3 * 16 * 5 + 16,
        ),
        Mistake(
            "one output channel",
            "This counts one filter only: each of the 16 output channels has 3 x 5 x 5 weights and a bias.",
            3 * 5 * 5 + 1,
        ),
        Mistake(
            "one filter, all biases",
            "These are the weights of one filter and 16 biases: there are 16 filters.",
            3 * 5 * 5 + 16,
        ),
        Mistake(
            "bias of the input",
            "The biases belong to the 16 output channels; the 3 input channels have none.",
            *(3 * 16 * 5 * 5 + 3, 3 * 16 * 5 * 5 + 16 + 3),
        ),
        Mistake(
            "kernel of 3",
            "This counts kernels of 3 x 3: the last number, 5, is the size of the kernels.",
            16 * (3 * 3 * 3 + 1),
        ),
        Mistake("one bias", "Each of the 16 output channels has a bias of its own.", 3 * 16 * 5 * 5 + 1),
        Mistake("not added", "Add the weights and the biases: one number is asked for.", (1200, 16)),
        Mistake("shape", "This is the shape of the weight: how many numbers are there?", (16, 3, 5, 5)),
        Mistake(
            "bias of each kernel",
            "The 3 kernels of an output channel share one bias: 16 biases in all.",
            3 * 16 * (5 * 5 + 1),
        ),
    ],
)
