"""How many parameters does `nn.Conv2d(3, 16, 5)` have, bias included?"""

from __future__ import annotations

import numpy as np
import torch
from torch import nn

from cnnlab.exercises import Mistake, Value

EXERCISE = Value(
    expects="one whole number",
    right=[
        16 * 3 * 5 * 5 + 16,
        16 * (3 * 5 * 5 + 1),
        np.zeros((16, 3, 5, 5)).size + np.zeros(16).size,
        # On the device "meta" no weights are drawn: torch's random state stays as it is.
        sum(parameter.numel() for parameter in nn.Conv2d(3, 16, 5, device="meta").parameters()),
    ],
    mistakes=[
        Mistake("bias forgotten", "The 16 biases are missing: one an output channel.", 3 * 16 * 5 * 5),
        Mistake(
            "input channels forgotten",
            "Each output channel has one 5 x 5 kernel for each of the 3 input channels, and one bias.",
            *(16 * 5 * 5 + 16, 16 * 5 * 5),
        ),
        Mistake(
            "kernel not square",
            "A kernel of size 5 has 5 x 5 weights, not 5; the 16 biases come on top.",
            *(3 * 16 * 5 + 16, 3 * 16 * 5),
        ),
        Mistake(
            "one output channel",
            "This counts one filter only: each of the 16 output channels has 3 x 5 x 5 weights and a bias.",
            *(3 * 5 * 5 + 1, 3 * 5 * 5),
        ),
        Mistake(
            "one filter, all biases",
            "These are the weights of one filter and 16 biases: there are 16 filters.",
            3 * 5 * 5 + 16,
        ),
        Mistake("one kernel", "This counts one 5 x 5 kernel: there are 3 x 16.", *(5 * 5 + 1, 5 * 5)),
        Mistake(
            "kernel forgotten",
            "This counts 3 x 16 kernels as one weight each: each has 5 x 5.",
            *(3 * 16 + 16, 3 * 16),
        ),
        Mistake(
            "bias of the input",
            "The biases belong to the 16 output channels; the 3 input channels have none.",
            *(3 * 16 * 5 * 5 + 3, 3 * 16 * 5 * 5 + 16 + 3),
        ),
        Mistake(
            "kernel of 3",
            "This counts kernels of 3 x 3: the last number, 5, is the size of the kernels.",
            *(16 * (3 * 3 * 3 + 1), 16 * 3 * 3 * 3),
        ),
        Mistake("one bias", "Each of the 16 output channels has a bias of its own.", 3 * 16 * 5 * 5 + 1),
        Mistake(
            "bias of each kernel",
            "The 3 kernels of an output channel share one bias: 16 biases in all.",
            3 * 16 * (5 * 5 + 1),
        ),
        Mistake(
            "added",
            "Multiply 3 by 16: every output channel looks at every input channel. Then add 16 biases.",
            *((3 + 16) * 5 * 5 + 16, (3 + 16) * 5 * 5),
        ),
    ],
    unnamed={
        "wrong shape": [(16, 3, 5, 5), torch.zeros(16, 3, 5, 5)],
        "wrong type": ["1,216"],
        "wrong values": [1215],
        "sign": [-1216],
    },
)
