"""Explorers of measured numbers, as the tests open them."""

import math

import torch

from cnnlab.explorers import ExamplesCurve, GradientFlow, LearningRate

LOSSES = {
    "without batch norm": {
        0.01: [2.5, 2.25, 2.125, 2.0],
        0.1: [2.5, 1.5, 0.75, 0.5],
        1: [2.5, 40, 900, math.nan],
    },
    "with batch norm": {0.01: [2.25, 2.0, 1.75, 1.5], 0.1: [2.25, 1.25, 0.5, 0.25], 1: [2.5, 1, 0.5, 0]},
    "group norm": {0.01: [2.0, 1.5, 1.0, 0.75], 0.1: [2.0, math.inf, 1, 1], 1: [math.nan] * 4},
}


def some_rates():
    return LearningRate(LOSSES)


NORMS = {
    (depth, kind, batch_norm): [scale * base ** (depth - place) for place in range(1, depth)]
    for depth in (8, 20)
    for kind, batch_norm, scale, base in (
        ("residual", True, 0.5, 1.0),
        ("residual", False, 0.25, 2.0),
        ("plain", True, 0.125, 1.5),
        ("plain", False, 1e-7, 0.75),
    )
}


def some_norms():
    return GradientFlow(NORMS)


SEEDS = {
    "frozen": {1: [40.0, 44.0, 46.5], 5: [58.0, 62.0, 64.0], 50: [78.0, 80.0, 81.0]},
    "fine-tuned": {1: [41.0, 45.0, 43.0], 5: [59.0, 61.0, 65.0], 50: [82.0, 83.0, 84.0]},
    "from scratch": {1: [], 5: [41.0, 45.0, 43.0], 50: [68.0, 70.0, 69.0]},
}


def some_examples():
    pictures = torch.rand(3, 12, 3, 32, 32, generator=torch.Generator().manual_seed(1))
    return ExamplesCurve(SEEDS, pictures, classes=("disc", "ring", "heart"))
