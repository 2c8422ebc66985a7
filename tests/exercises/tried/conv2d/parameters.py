"""Further answers to conv2d.parameters."""

import numpy as np
import torch
from torch import nn

RIGHT = [
    nn.utils.parameters_to_vector(nn.Conv2d(3, 16, 5).parameters()).numel(),
    [1216],
    np.zeros((16, 3, 5, 5)).size + np.zeros(16).size,
    torch.tensor(1216),
]

WRONG = {
    "not added": [(1200, 16)],
    "bias forgotten": [nn.Conv2d(3, 16, 5, bias=False).weight.numel()],
    "input channels forgotten": [16 * (5 * 5 + 1)],
    "kernel not square": [16 * (3 * 5 + 1)],
    "bias of the input": [[1203]],
    "one bias": [1201.0],
    "shape": [(16, 3, 5, 5)],
    "bias of each kernel": [torch.tensor(1248)],
    "sign": [-1216],
    "wrong shape": [
        nn.Conv2d(3, 16, 5).weight,
    ],
    "wrong type": ["1,216", nn.Conv2d(3, 16, 5)],
    "wrong values": [
        np.float32(491),
        16 * 5 * 5,
        3 * 16 * 5,
        3 * 5 * 5,
        5 * 5 + 1,
        5 * 5,
        3 * 16 + 16,
        3 * 16,
        16 * 3 * 3 * 3,
        (3 + 16) * 5 * 5 + 16,
        (3 + 16) * 5 * 5,
        1215,
        16 * 3 * 5 * 5 * 16,
        1216.1,
    ],
}
