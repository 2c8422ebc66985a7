import math

import numpy as np
import torch
from torch import nn

from cnnlab.lessons.alexnet_vgg.replace import costs


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


def in_a_loop(kernel_size, channels):
    seen, layers = 1, 0
    while seen < kernel_size:
        seen, layers = seen + 2, layers + 1
    return [layers, layers * (3 * channels) ** 2, (kernel_size * channels) ** 2]


RIGHT = [in_a_loop, by_layers, by_recursion, by_rounding]
WRONG = {
    "reversed": [lambda k, c: [*by_recursion(k, c)][::-1]],
    "wrong values": [
        lambda k, c: (3, 27, 49),
        # Another number of layers.
        lambda k, c: costs(k / 3, k, c),
        lambda k, c: costs((k - 3) // 2, k, c),
        lambda k, c: costs(k - 1, k, c),
        lambda k, c: costs(k / 2, k, c),
        lambda k, c: costs(k * k / 9, k, c),
        lambda k, c: costs(k * k // 9, k, c),
        lambda k, c: costs(math.ceil(k * k / 9), k, c),
        # Other weights of a layer.
        lambda k, c: (k // 2, k // 2 * 9 * c, k**2 * c**2),
        lambda k, c: (k // 2, k // 2 * 9 * c**2, k**2 * c),
        lambda k, c: (k // 2, k // 2 * 9 * 2 * c, k**2 * 2 * c),
        lambda k, c: (k // 2, k // 2 * 9, k**2),
        lambda k, c: (k // 2, k // 2 * 3 * c**2, k * c**2),
        lambda k, c: (k // 2, 18 * c**2, k**2 * c**2),
        lambda k, c: (k // 2, k // 2 * 9 * c**2 + 1, k**2 * c**2),
        lambda k, c: (k // 2, k // 2 * 9 * c**2, 49 * c**2),
        # Weights of layers multiplied, and large kernels.
        lambda k, c: (k // 2, 9 ** (k // 2) * c**2, k**2 * c**2),
        lambda k, c: (k // 2, 9 * c ** (k // 2 * 2), k**2 * c**2),
        lambda k, c: (k // 2, (9 * c**2) ** (k // 2), k**2 * c**2),
        lambda k, c: (k // 2, k // 2 * k**2 * c**2, k**2 * c**2),
        lambda k, c: (k // 2, k // 2 * 9 * c**2, k // 2 * k**2 * c**2),
        lambda k, c: (k // 2, k // 2 * 9 * c**2, (k**2 - k // 2 * 9) * c**2),
        # Right up to kernels of 11, up to 32 channels, and rounded to tens where there are many.
        lambda k, c: costs(min(k // 2, 5), k, c),
        lambda k, c: costs(k // 2, k, min(c, 32)),
        lambda k, c: (k // 2, k // 2 * 9 * c**2, round(k**2 * c**2, -1) if c > 32 else k**2 * c**2),
    ],
    "one too short": [lambda k, c: (k // 2 * 9 * c**2, k**2 * c**2)],
    "wrong shape": [
        lambda k, c: k // 2,
        lambda k, c: [3] * (k // 2),
    ],
    "arguments": [lambda k: (k // 2, 0, 0)],
    "wrong type": [lambda k, c: nn.Conv2d(c, c, k)],
    "ragged": [lambda k, c: (k // 2, nn.Conv2d(c, c, 3).weight, 0)],
    "other places": [lambda k, c: (k // 2 * 9 * c**2, k**2 * c**2, k // 2)],
}
