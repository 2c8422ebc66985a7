"""The exercise of notebook 04 on the receptive field of a chain of layers."""

from __future__ import annotations

import math

from cnnlab.exercises.answers import receptive_field as answers
from cnnlab.exercises.exercise import Exercise, Mistake

_Layers = tuple[tuple[int, int], ...]


def _field(layers: _Layers) -> int:
    field = jump = 1
    for kernel_size, stride in layers:
        field += (kernel_size - 1) * jump
        jump *= stride
    return field


def _jump_too_soon(layers: _Layers) -> int:
    field = jump = 1
    for kernel_size, stride in layers:
        jump *= stride
        field += (kernel_size - 1) * jump
    return field


def _whole_kernels(layers: _Layers) -> int:
    field, jump = 0, 1
    for kernel_size, stride in layers:
        field += kernel_size * jump
        jump *= stride
    return field


def _jumps_added(layers: _Layers) -> int:
    field, jump = 1, 1
    for kernel_size, stride in layers:
        field += (kernel_size - 1) * jump
        jump += stride - 1
    return field


def _own_stride(layers: _Layers) -> int:
    before = [1, *(stride for _, stride in layers)]
    return 1 + sum((layer[0] - 1) * stride for layer, stride in zip(layers, before, strict=False))


RECEPTIVE_FIELD = Exercise(
    name="arithmetic.receptive_field",
    prompt="Write a function of layers, pairs (kernel_size, stride): the receptive field of one output.",
    cases=(
        {"layers": ((3, 1),)},
        {"layers": ((3, 1), (3, 1))},
        {"layers": ((3, 2), (3, 1))},
        {"layers": ((5, 1), (2, 2), (3, 1))},
        {"layers": ((7, 2), (3, 3), (1, 1), (3, 2), (4, 1))},
    ),
    reference=_field,
    tolerance=1e-9,
    mistakes=(
        Mistake(
            "sum of kernels",
            "The kernels were added up: each layer adds (kernel_size - 1) times the strides before it.",
            lambda layers: sum(kernel_size for kernel_size, _ in layers),
        ),
        Mistake(
            "whole kernels",
            "Each layer adds kernel_size - 1 steps, not kernel_size: the field starts at 1 pixel.",
            _whole_kernels,
        ),
        Mistake(
            "whole kernels",
            "Each layer adds kernel_size - 1 steps, not kernel_size.",
            lambda layers: _whole_kernels(layers) + 1,
        ),
        Mistake(
            "jump too soon",
            "A layer's own stride counts only for the layers after it: multiply the jump last.",
            _jump_too_soon,
        ),
        Mistake(
            "own stride",
            "A layer's own stride does not widen what it sees: the strides of the layers before it do.",
            lambda layers: 1 + sum((kernel_size - 1) * stride for kernel_size, stride in layers),
        ),
        Mistake(
            "own stride",
            "Kernel times stride was added up: take (kernel_size - 1) times the strides before the layer.",
            lambda layers: sum(kernel_size * stride for kernel_size, stride in layers),
        ),
        Mistake(
            "stride ignored",
            "The strides are missing: after a stride of 2 every step is 2 pixels long.",
            lambda layers: 1 + sum(kernel_size - 1 for kernel_size, _ in layers),
        ),
        Mistake(
            "stride of one layer",
            "The step is the product of all strides before, not only of the last one.",
            _own_stride,
        ),
        Mistake(
            "jumps added",
            "Strides multiply: a stride of 2 after a stride of 3 makes steps of 6 pixels.",
            _jumps_added,
        ),
        Mistake(
            "product of kernels",
            "The kernels were multiplied: neighbouring windows overlap, so sizes add up.",
            lambda layers: math.prod(kernel_size for kernel_size, _ in layers),
        ),
        Mistake(
            "product of strides",
            "This is the distance of two neighbouring outputs, not what one of them sees.",
            lambda layers: math.prod(stride for _, stride in layers),
        ),
        Mistake(
            "start forgotten",
            "One pixel is missing: without any layer an output sees 1 pixel.",
            lambda layers: _field(layers) - 1,
        ),
        Mistake(
            "order",
            "The layers were taken in reverse: go from the image to the output, or change the rule.",
            lambda layers: _field(layers[::-1]),
        ),
    ),
    right=answers.RECEPTIVE_FIELD_RIGHT,
    wrong=answers.RECEPTIVE_FIELD_WRONG,
)
