"""Compute the receptive field of a stack: how many pixels does one unit of the last layer see along one axis?
`layers` is a list of one or more pairs (kernel size, stride), first layer first.
"""

from __future__ import annotations

import math
from itertools import accumulate
from operator import mul

from cnnlab.exercises import Function, Mistake

Layers = list[tuple[int, int]]


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


def kernels(layers: Layers) -> list[int]:
    """Return the kernel sizes."""
    return [kernel_size for kernel_size, _ in layers]


def strides(layers: Layers) -> list[int]:
    """Return the strides."""
    return [stride for _, stride in layers]


def jumps(layers: Layers) -> list[int]:
    """Return how many pixels lie between two units: of the picture, and of every layer."""
    return list(accumulate(strides(layers), mul, initial=1))


def added(layers: Layers, steps: list[int]) -> int:
    """Return 1 and what the layers add to it, if their steps are of these lengths."""
    return 1 + sum((size - 1) * step for size, step in zip(kernels(layers), steps, strict=False))


EXERCISE = Function(
    cases=[
        {"layers": ((3, 1),)},
        {"layers": ((3, 1), (3, 1))},
        {"layers": ((3, 2), (3, 1))},
        {"layers": ((5, 1), (2, 2), (3, 1))},
        {"layers": ((7, 2), (3, 3), (1, 1), (3, 2), (4, 1))},
        {"layers": ((1, 1),)},
        {"layers": ((1, 1), (2, 2), (3, 4))},
        {"layers": ((11, 4), (3, 2), (5, 1), (3, 2), (3, 1))},
    ],
    right=[field, backwards, lambda layers: added(layers, jumps(layers))],
    mistakes=[
        Mistake(
            "sum of kernels",
            "The kernels were added up: each layer adds (kernel_size - 1) times the strides before it.",
            lambda layers: sum(kernels(layers)),
        ),
        Mistake(
            "whole kernels",
            "Each layer adds kernel_size - 1 steps, not kernel_size: the field starts at 1 pixel.",
            lambda layers: sum(map(mul, kernels(layers), jumps(layers))),
            lambda layers: sum(map(mul, kernels(layers), jumps(layers))) + 1,
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
            "own stride",
            "A layer's own stride does not widen what it sees: the strides of the layers before it do.",
            lambda layers: added(layers, strides(layers)),
            lambda layers: sum(map(mul, kernels(layers), strides(layers))),
        ),
        Mistake(
            "stride ignored",
            "The strides are missing: after a stride of 2 every step is 2 pixels long.",
            lambda layers: added(layers, [1] * len(layers)),
        ),
        Mistake(
            "stride of one layer",
            "The step is the product of all strides before, not only of the last one.",
            lambda layers: added(layers, [1, *strides(layers)]),
        ),
        Mistake(
            "one stride for all",
            "All layers got the stride of the first: each has its own.",
            lambda layers: added(layers, [strides(layers)[0] ** n for n in range(len(layers))]),
        ),
        Mistake(
            "jumps added",
            "Strides multiply: a stride of 2 after a stride of 3 makes steps of 6 pixels.",
            lambda layers: added(layers, [*accumulate([1, *strides(layers)], lambda a, b: a + b - 1)]),
        ),
        Mistake(
            "product of kernels",
            "The kernels were multiplied: neighbouring windows overlap, so sizes add up.",
            lambda layers: math.prod(kernels(layers)),
        ),
        Mistake(
            "product of strides",
            "This is the distance of two neighbouring outputs, not what one of them sees.",
            lambda layers: math.prod(strides(layers)),
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
        Mistake(
            "first layer only",
            "This is what the first layer alone sees: does `return` stand inside the loop?",
            lambda layers: field(layers[:1]),
        ),
        Mistake(
            "area",
            "This is the square of the field: asked for are the pixels along one axis.",
            lambda layers: field(layers) ** 2,
        ),
        Mistake(
            "field and jump",
            "The field came back with the jump of the units: return the field alone.",
            lambda layers: (field(layers), jumps(layers)[-1]),
        ),
        Mistake(
            "every layer",
            "There is a number for each layer here: return that of the last one alone.",
            lambda layers: [field(layers[:n]) for n in range(1, len(layers) + 1)],
            lambda layers: [field(layers[:n]) for n in range(len(layers) + 1)],
        ),
    ],
)
