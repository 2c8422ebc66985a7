"""Answers to the exercise on the receptive field, written as students write them."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch

from cnnlab.exercises.exercise import Wrong

_Layers = tuple[tuple[int, int], ...]


def _forwards(layers: _Layers) -> int:
    field, jump = 1, 1
    for kernel_size, stride in layers:
        field = field + (kernel_size - 1) * jump
        jump = jump * stride
    return field


def _backwards(layers: _Layers) -> int:
    field = 1
    for kernel_size, stride in reversed(layers):
        field = (field - 1) * stride + kernel_size
    return field


def _by_products(layers: _Layers) -> np.ndarray:
    kernels, strides = np.array(layers).T
    return 1 + np.sum((kernels - 1) * np.cumprod([1, *strides[:-1]]))


def _by_gradient(layers: _Layers) -> int:
    image = torch.ones(1, 1, 200, requires_grad=True)
    maps = image
    for kernel_size, stride in layers:
        maps = torch.nn.functional.conv1d(maps, torch.ones(1, 1, kernel_size), stride=stride)
    (gradient,) = torch.autograd.grad(maps[0, 0, 0], image)
    return int(torch.count_nonzero(gradient))


def _too_soon(layers: _Layers) -> int:
    field = jump = 1
    for kernel_size, stride in layers:
        jump *= stride
        field += (kernel_size - 1) * jump
    return field


def _from_zero(layers: _Layers, field: int) -> int:
    strides = [stride for _, stride in layers]
    return field + sum(k * int(np.prod(strides[:i])) for i, (k, _) in enumerate(layers))


def _only_before(layers: _Layers) -> int:
    field, before = 1, 1
    for kernel_size, stride in layers:
        field += (kernel_size - 1) * before
        before = stride
    return field


def _added(layers: _Layers) -> int:
    field, jump = 1, 0
    for kernel_size, stride in layers:
        field += (kernel_size - 1) * (1 + jump)
        jump += stride - 1
    return field


RECEPTIVE_FIELD_RIGHT: tuple[Any, ...] = (_forwards, _backwards, _by_products, _by_gradient)

RECEPTIVE_FIELD_WRONG = (
    Wrong(lambda layers: int(np.sum(layers, axis=0)[0]), "sum of kernels"),
    Wrong(lambda layers: _from_zero(layers, 0), "whole kernels"),
    Wrong(lambda layers: _from_zero(layers, 1), "whole kernels"),
    Wrong(_too_soon, "jump too soon"),
    Wrong(lambda layers: sum(k for k, _ in layers) - len(layers) + 1, "stride ignored"),
    Wrong(lambda layers: sum((k - 1) * s for k, s in layers) + 1, "own stride"),
    Wrong(lambda layers: int(np.dot(*np.array(layers).T)), "own stride"),
    Wrong(_only_before, "stride of one layer"),
    Wrong(_added, "jumps added"),
    Wrong(lambda layers: int(np.prod(layers, axis=0)[0]), "product of kernels"),
    Wrong(lambda layers: torch.tensor(layers)[:, 1].prod(), "product of strides"),
    Wrong(lambda layers: _forwards(layers) - 1, "start forgotten"),
    Wrong(lambda layers: _forwards(tuple(reversed(layers))), "order"),
    Wrong(lambda layers: layers, "wrong shape"),
    Wrong(lambda layers: sum(layers), "exception"),
    Wrong(lambda layers: layers.sort(), "exception"),
    Wrong(lambda layers: [_forwards(layers[:n]) for n in range(len(layers))], "wrong shape"),
    Wrong(lambda layers: 2 * _forwards(layers) - 1, "wrong values"),
    Wrong(lambda kernels, strides: sum(kernels), "arguments"),
)
