from itertools import pairwise

import numpy as np
from torch import nn

from cnnlab.lessons.resnet.parameters import right
from cnnlab.models import cifar_resnet


def layer_by_layer(n):
    sizes, inputs = [16 * 3 * 9 + 2 * 16], 16
    for outputs in (16, 32, 64):
        for _ in range(2 * n):
            sizes.append(outputs * inputs * 9 + 2 * outputs)
            inputs = outputs
    sizes.append(10 * (64 + 1))
    return len(sizes), sum(sizes)


def built(n):
    """Count layers and parameters of layers that are made, not joined."""
    widths = [3, 16, *[16] * 2 * n, *[32] * 2 * n, *[64] * 2 * n]
    layers = [nn.Linear(64, 10)]
    layers += [nn.Conv2d(i, o, 3, bias=False) for i, o in pairwise(widths)]
    norms = [nn.BatchNorm2d(width) for width in widths[1:]]
    return len(layers), sum(each.numel() for layer in layers + norms for each in layer.parameters())


def of_a_model(n, **options):
    network = cifar_resnet(6 * n + 2, **options)
    return 6 * n + 2, sum(each.numel() for each in network.parameters())


def counted(n, classes=10, layers=2, kernel=9):
    """Count one convolution a block, other classes, other kernels."""
    inputs, found = 16, 16 * (3 * kernel + 2) + 65 * classes
    for outputs in (16, 32, 64):
        for _ in range(layers * n):
            found += outputs * (inputs * kernel + 2)
            inputs = outputs
    return 6 * n + 2, found


RIGHT = [layer_by_layer, built, lambda n: np.array([6, 97_216]) * n - [-2, 21_926]]
WRONG = {
    "no normalisation": [lambda n: right(n, -448 * n - 32)],
    "one or three": [lambda n: of_a_model(n, batch_norm=False)],
    "projections": [lambda n: of_a_model(n, shortcut="projection")],
    "depth": [
        lambda n: (2 * n + 2, right(n)[1]),
        lambda n: (3 * n + 2, right(n)[1]),
        lambda n: (12 * n + 3, right(n)[1]),
        lambda n: (n, right(n)[1]),
    ],
    "parameters": [
        # Grey pictures, no first convolution, or none with its normalisation.
        lambda n: of_a_model(n, in_channels=1),
        lambda n: right(n, -432),
        lambda n: right(n, -464),
        lambda n: counted(n, classes=100),
        lambda n: counted(n, layers=1),
        lambda n: counted(n, kernel=1),
        lambda n: of_a_model(n, kind="highway"),
        # Two stages of three, and four.
        lambda n: right(n, -36_864 * 2 * n),
        lambda n: right(n, 2 * n * 9 * 128**2),
    ],
    "wrong values": [
        # Right for one block a stage, and for three.
        lambda n: (8 + 2 * (n - 1), right(n)[1]),
        lambda n: (20, 269_722),
        lambda n: right(1),
        lambda n: (20 * n // 3, 269_722 * n // 3),
        lambda n: (6 * n, right(n, -650)[1]),
    ],
    "reversed": [lambda n: right(n)[::-1]],
    "wrong shape": [lambda n: right(n)[1], lambda n: 6 * n + 2],
    "one too long": [lambda n: (*right(n), n)],
    "nothing": [lambda n: print(right(n))],
    "arguments": [lambda n, classes: right(n)],
    "wrong type": [lambda n: f"{6 * n + 2}, {right(n)[1]}"],
}
