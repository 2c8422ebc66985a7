"""Lists of layers for tests: a LeNet-5, also as a network, and random ones of which some do not fit."""

import random

import torch

from cnnlab import models

LENET = [
    {"kind": "conv", "out_channels": 6, "kernel_size": 5, "padding": 2},
    *({"kind": "tanh"}, {"kind": "average pool"}),
    {"kind": "conv", "out_channels": 16, "kernel_size": 5},
    *({"kind": "tanh"}, {"kind": "average pool"}),
    {"kind": "conv", "out_channels": 120, "kernel_size": 5},
    *({"kind": "tanh"}, {"kind": "flatten"}, {"kind": "linear", "out_features": 84}, {"kind": "tanh"}),
    {"kind": "linear", "out_features": 10},
]


def lenet():
    """A LeNet-5 for pictures of 28 x 28 pixels, the same each time."""
    torch.manual_seed(0)
    return models.lenet5(input_size=28)


SILENT = ("ReLU", "tanh", "sigmoid", "batch norm", "dropout")


def random_network(seed):
    """Layers and an input size, the same for the same seed; about one in four does not fit."""
    draw = random.Random(seed)
    layers = []
    for _ in range(draw.randint(1, 7)):
        kernel = draw.randint(1, 5)
        window = {
            "kernel_size": kernel,
            "stride": draw.randint(1, 4),
            "padding": draw.randint(0, kernel // 2),
        }
        pool = draw.choice(["max pool", "average pool"])
        layers.append(
            draw.choice(
                [
                    {"kind": "conv", "out_channels": draw.randint(1, 40), **window},
                    {"kind": pool, **window},
                    {"kind": draw.choice(SILENT)},
                ]
            )
        )
    if draw.random() < 0.7:
        layers += [{"kind": "flatten"}, {"kind": draw.choice(SILENT)}]
    if draw.random() < 0.7:
        layers.append({"kind": "linear", "out_features": draw.randint(1, 300)})
    if draw.random() < 0.1:
        layers.append({"kind": "max pool"})
    return layers, (draw.randint(1, 5), draw.randint(4, 70), draw.randint(4, 70))
