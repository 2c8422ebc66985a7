import math

import numpy as np
import torch
from torch import nn


def by_layers(kernel_size, channels):
    def weights(size):
        return nn.Conv2d(channels, channels, size, bias=False).weight.numel()

    layers = kernel_size // 2
    return torch.tensor([layers, layers * weights(3), weights(kernel_size)])


def by_recursion(kernel_size, channels):
    if kernel_size == 1:
        return 0, 0, channels**2
    layers, weights, _ = by_recursion(kernel_size - 2, channels)
    return layers + 1, weights + 9 * channels**2, kernel_size**2 * channels**2


def by_rounding(kernel_size, channels):
    layers = math.ceil((kernel_size - 1) / 2)
    return np.array([layers, layers * 9, kernel_size**2]) * [1, channels**2, channels**2]


RIGHT = [by_layers, by_recursion, by_rounding]
WRONG = {
    "not halved": [lambda k, c: (len(range(k - 2)), (k - 2) * (3 * c) ** 2, (k * c) ** 2)],
    "layers multiplied": [lambda k, c: (k // 2, 9 * (c * c) ** (k // 2), k * k * c * c)],
    "order": [lambda k, c: np.array(by_recursion(k, c))[[0, 2, 1]]],
    "fixed kernel": [lambda k, c: (3, 27 * c * c, 49 * c * c)],
    "arguments": [lambda k: (k // 2, 0, 0)],
    "wrong type": [lambda k, c: nn.Conv2d(c, c, k)],
    "ragged": [lambda k, c: (k // 2, nn.Conv2d(c, c, 3).weight, 0)],
}
