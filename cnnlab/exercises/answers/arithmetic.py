"""Answers to the exercises on sizes, written as students write them."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

import numpy as np
import torch

from cnnlab.exercises.exercise import Wrong


def _counted(size: int, kernel_size: int, stride: int, padding: int, dilation: int) -> int:
    reach = range(0, dilation * kernel_size, dilation)
    starts = range(-padding, size + padding, stride)
    return sum(start + reach[-1] < size + padding for start in starts)


def _asked(size: int, kernel_size: int, stride: int, padding: int, dilation: int) -> int:
    layer = torch.nn.Conv1d(1, 1, kernel_size, stride, padding, dilation)
    return int(layer(torch.zeros(1, 1, size)).shape[-1])


OUTPUT_SIZE_RIGHT: tuple[Any, ...] = (
    lambda n, k, s, p, d: (n + 2 * p - d * (k - 1) - 1) // s + 1,
    lambda n, k, s, p, d: math.floor(Fraction(n + 2 * p - d * (k - 1) - 1, s)) + 1,
    lambda n, k, s, p, d: len(np.arange(n + 2 * p)[d * (k - 1) :: s]),
    _counted,
    _asked,
)

OUTPUT_SIZE_WRONG = (
    Wrong(lambda n, k, s, p, d: (n + 2 * p - k) // s + 1, "dilation forgotten"),
    Wrong(lambda n, k, s, p, d: _counted(n, k * d, s, p, 1), "dilation times kernel"),
    Wrong(lambda n, k, s, p, d: (n - d * (k - 1) - 1 + p) // s + 1, "padding once"),
    Wrong(lambda n, k, s, p, d: _asked(n, k, s, 0, d), "padding forgotten"),
    Wrong(lambda n, k, s, p, d: _asked(n, k, 1, p, d), "stride forgotten"),
    Wrong(lambda n, k, s, p, d: -((-n - 2 * p + d * (k - 1) + 1) // s) + 1, "ceil"),
    Wrong(lambda n, k, s, p, d: (n + 2 * p - d * (k - 1) - 1) / s + 1, "not rounded"),
    Wrong(lambda n, k, s, p, d: round((n + 2 * p - d * (k - 1) - 1) / s) + 1, "rounded"),
    Wrong(lambda n, k, s, p, d: int((n + 2 * p - d * (k - 1) - 1) / s + 1.5), "rounded"),
    Wrong(lambda n, k, s, p, d: (n + 2 * p - d * (k - 1) - 1) // s, "start forgotten"),
    Wrong(lambda n, k, s, p, d: (n + 2 * p - d * (k - 1) - 1) // s + 2, "one too many"),
    Wrong(lambda n, k, s, p, d: (n + 2 * p - d * (k - 1) - 1 + 1) // s, "1 added too soon"),
    Wrong(lambda n, k, s, p, d: (n + 2 * p - d * (k - 1)) // s + 1, "kernel too short"),
    Wrong(lambda n, k, s, p: (n + 2 * p - k) // s + 1, "arguments"),
    Wrong(lambda n, k, s, p, d: range(0, n + 2 * p - d * (k - 1), s), "wrong type"),
    Wrong(lambda n, k, s, p, d: torch.zeros(_asked(n, k, s, p, d)), "wrong shape"),
    Wrong(lambda n, k, s, p, d: (n + p + p) // s, "kernel forgotten"),
    Wrong(lambda n, k, s, p, d: n // s, "kernel forgotten"),
    Wrong(lambda n, k, s, p, d: n, "wrong values"),
)


def _tried(kernel_size: int, dilation: int) -> int:
    return next(p for p in range(100) if _counted(50, kernel_size, 1, p, dilation) == 50)


SAME_PADDING_RIGHT: tuple[Any, ...] = (
    lambda kernel_size, dilation: dilation * (kernel_size - 1) // 2,
    lambda kernel_size, dilation: kernel_size // 2 * dilation,
    lambda kernel_size, dilation: dilation * (kernel_size - 1) / 2,
    _tried,
)

SAME_PADDING_WRONG = (
    Wrong(lambda kernel_size, dilation: kernel_size // 2, "dilation forgotten"),
    Wrong(lambda kernel_size, dilation: kernel_size * dilation - dilation, "both sides"),
    Wrong(lambda kernel_size, dilation: kernel_size * dilation // 2, "dilation times kernel"),
    Wrong(lambda kernel_size, dilation: int((kernel_size * dilation - 1) / 2), "dilation times kernel"),
    Wrong(lambda kernel_size, dilation: kernel_size / 2 * dilation, "not rounded"),
    Wrong(lambda kernel_size, dilation: kernel_size // 2 * dilation + 1, "middle counted"),
    Wrong(lambda kernel_size, dilation: (kernel_size // 2 + 1) * dilation, "middle counted"),
    Wrong(lambda kernel_size, dilation: kernel_size // 2 + dilation - 1, "dilation added"),
    Wrong(lambda kernel_size, dilation: -(kernel_size // 2) * dilation, "sign"),
    Wrong(lambda kernel_size, dilation: "same", "wrong type"),
    Wrong(lambda kernel_size, dilation: [kernel_size // 2 * dilation] * 2, "wrong shape"),
    Wrong(lambda kernel_size: kernel_size // 2, "arguments"),
)
