"""Answers to the exercise on many small kernels, written as students write them."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import torch
from torch import nn

from cnnlab.exercises.exercise import Wrong


def _by_formula(kernel_size: int, channels: int) -> tuple[int, int, int]:
    layers = (kernel_size - 1) // 2
    return layers, 9 * layers * channels * channels, kernel_size**2 * channels**2


def _by_loop(kernel_size: int, channels: int) -> list[int]:
    seen, layers = 1, 0
    while seen < kernel_size:
        seen, layers = seen + 2, layers + 1
    return [layers, layers * (3 * channels) ** 2, (kernel_size * channels) ** 2]


def _by_layers(kernel_size: int, channels: int) -> torch.Tensor:
    def weights(size: int) -> int:
        return nn.Conv2d(channels, channels, size, bias=False).weight.numel()

    layers = kernel_size // 2
    return torch.tensor([layers, layers * weights(3), weights(kernel_size)])


def _by_rounding(kernel_size: int, channels: int) -> Any:
    layers = math.ceil((kernel_size - 1) / 2)
    return np.array([layers, layers * 9, kernel_size**2]) * [1, channels**2, channels**2]


def _by_recursion(kernel_size: int, channels: int) -> tuple[int, int, int]:
    if kernel_size == 1:
        return 0, 0, channels**2
    layers, weights, _ = _by_recursion(kernel_size - 2, channels)
    return layers + 1, weights + 9 * channels**2, kernel_size**2 * channels**2


REPLACE_RIGHT: tuple[Any, ...] = (_by_formula, _by_loop, _by_layers, _by_rounding, _by_recursion)


def _with(layers: float, kernel_size: int, channels: int) -> tuple[float, float, float]:
    return layers, layers * (3 * channels) ** 2, (kernel_size * channels) ** 2


REPLACE_WRONG = (
    Wrong(lambda k, c: _with(k // 3, k, c), "divided by 3"),
    Wrong(lambda k, c: _with(-(-k // 3), k, c), "divided by 3"),
    Wrong(lambda k, c: _with(k / 3, k, c), "divided by 3"),
    Wrong(lambda k, c: _with(k // 2 + 1, k, c), "one too many"),
    Wrong(lambda k, c: _with(k // 2 - 1, k, c), "one too few"),
    Wrong(lambda k, c: _with(k - 1, k, c), "not halved"),
    Wrong(lambda k, c: _with(len(range(k - 2)), k, c), "not halved"),
    Wrong(lambda k, c: _with(k / 2, k, c), "fraction"),
    Wrong(lambda k, c: _with(k * k / 9, k, c), "same area"),
    Wrong(lambda k, c: _with(int(k * k / 9), k, c), "same area"),
    Wrong(lambda k, c: _with(math.ceil(k * k / 9), k, c), "same area"),
    Wrong(lambda k, c: (k // 2, 9 * c * c, k * k * c * c), "one layer"),
    Wrong(lambda k, c: (k // 2, k // 2 * 9 * c, k * k * c), "channels once"),
    Wrong(lambda k, c: (k // 2, k // 2 * 9 * c * c, k * k * c), "channels once"),
    Wrong(lambda k, c: (k // 2, k // 2 * 9 * c, k * k * c * c), "channels once"),
    Wrong(lambda k, c: (k // 2, k // 2 * 9, k * k), "channels forgotten"),
    Wrong(lambda k, c: (k // 2, k // 2 * 3 * c * c, k * c * c), "kernel not squared"),
    Wrong(lambda k, c: (k // 2, k // 2 * 9 * c * c, k * c * c), "kernel not squared"),
    Wrong(lambda k, c: (k // 2, k // 2 * (9 * c + 1) * c, (k * k * c + 1) * c), "biases"),
    Wrong(lambda k, c: (k // 2, 9 * (c * c) ** (k // 2), k * k * c * c), "channels of each layer"),
    Wrong(lambda k, c: (k // 2, 9 ** (k // 2) * c * c, k * k * c * c), "layers multiplied"),
    Wrong(lambda k, c: (k // 2, k // 2 * k * k * c * c, k * k * c * c), "large kernels"),
    Wrong(lambda k, c: (k // 2, k // 2 * 9 * c * c, k // 2 * k * k * c * c), "single for all"),
    Wrong(lambda k, c: np.array(_by_formula(k, c))[[0, 2, 1]], "swapped"),
    Wrong(lambda k, c: (k // 2, k // 2 * 9 * c * c, (k * k - 9 * (k // 2)) * c * c), "saved"),
    Wrong(lambda k, c: (*_by_formula(k, c)[1:], k // 2), "layers last"),
    Wrong(lambda k, c: k // 2, "layers only"),
    Wrong(lambda k, c: _by_formula(k, c)[1:], "weights only"),
    Wrong(lambda k, c: _by_formula(k, c)[::-1], "reversed"),
    Wrong(lambda k, c: (k // 2, 18 * c * c, k * k * c * c), "wrong values"),
    Wrong(lambda k, c: (3, 27 * c * c, 49 * c * c), "wrong values"),
    Wrong(lambda k: (k // 2, 0, 0), "arguments"),
    Wrong(lambda k, c: nn.Conv2d(c, c, k), "wrong type"),
    Wrong(lambda k, c: (k // 2, nn.Conv2d(c, c, 3).weight, 0), "ragged"),
    Wrong(lambda k, c: [3] * (k // 2), "wrong shape"),
)
