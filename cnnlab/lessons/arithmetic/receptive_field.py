"""Compute the receptive field of a stack: how many pixels does one unit of the last layer see along one axis?
`layers` is a list of one or more pairs (kernel size, stride), first layer first.
"""

from __future__ import annotations

import math
from itertools import accumulate
from operator import mul
from typing import Any

import numpy as np

from cnnlab.exercises import Function, Mistake

Layers = list[tuple[int, int]]


def drawn(seed: int) -> dict[str, Any]:
    """Return a stack of one to four layers; a kernel may be even, or smaller than its stride."""
    layers = np.random.default_rng(seed).integers(1, [7, 4], (seed % 4 + 1, 2))
    return {"layers": (*map(tuple, layers.tolist()),)}


def field(layers: Layers) -> int:
    """Return the receptive field, layer by layer."""
    pixels = jump = 1
    for kernel_size, stride in layers:
        pixels += (kernel_size - 1) * jump
        jump *= stride
    return pixels


def backwards(layers: Layers) -> int:
    """Return the receptive field, from the last layer to the picture."""
    pixels = 1
    for kernel_size, stride in reversed(layers):
        pixels = (pixels - 1) * stride + kernel_size
    return pixels


def jumps(layers: Layers) -> list[int]:
    """Return how many pixels lie between two units: of the picture, and of every layer."""
    return list(accumulate((stride for _, stride in layers), mul, initial=1))


def added(layers: Layers, steps: list[int]) -> int:
    """Return 1 and what the layers add to it, if their steps are of these lengths."""
    return 1 + sum((size - 1) * step for (size, _), step in zip(layers, steps, strict=False))


EXERCISE = Function(
    cases=[
        {"layers": ((3, 1),)},
        {"layers": ((3, 2), (3, 1))},
        {"layers": ((5, 1), (2, 2), (1, 2), (3, 1))},
        {"layers": ((11, 4), (3, 2), (5, 1), (3, 2), (3, 1))},
        *map(drawn, range(8)),
    ],
    right=[field, backwards, lambda layers: added(layers, jumps(layers))],
    mistakes=[
        Mistake(
            "whole kernels",
            "Each layer adds kernel_size - 1 steps, not kernel_size: the field starts at 1 pixel.",
            lambda layers: sum(size * step for (size, _), step in zip(layers, jumps(layers), strict=False)),
            lambda layers: sum(size for size, _ in layers),
        ),
        Mistake(
            "even kernels",
            "An even kernel was taken for the next odd one: it too adds kernel_size - 1 steps.",
            lambda layers: field([(size // 2 * 2 + 1, stride) for size, stride in layers]),
        ),
        Mistake(
            "jump too soon",
            "A layer's own stride counts only for the layers after it: multiply the jump last.",
            lambda layers: added(layers, jumps(layers)[1:]),
        ),
        Mistake(
            "stride ignored",
            "The strides are missing: after a stride of 2 every step is 2 pixels long.",
            lambda layers: added(layers, [1] * len(layers)),
        ),
        Mistake(
            "stride of one layer",
            "The step is the product of the strides of all layers before, not of one of them.",
            lambda layers: added(layers, [1, *(stride for _, stride in layers)]),
            lambda layers: added(layers, [layers[0][1] ** n for n in range(len(layers))]),
        ),
        Mistake(
            "product of kernels",
            "The kernels were multiplied: neighbouring windows overlap, so sizes add up.",
            lambda layers: math.prod(size for size, _ in layers),
        ),
        Mistake(
            "start forgotten",
            "One pixel is missing: without any layer an output sees 1 pixel.",
            lambda layers: field(layers) - 1,
        ),
        Mistake(
            "order",
            "This is right for the layers in reverse: go from the image to the output, or change the rule.",
            lambda layers: field(layers[::-1]),
        ),
    ],
)
