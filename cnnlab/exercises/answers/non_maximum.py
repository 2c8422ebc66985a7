"""Answers to the exercise on non-maximum suppression, written as students write them."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable
from typing import Any

import numpy as np
import torch
from torch.nn.functional import pad

from cnnlab import filters
from cnnlab.exercises.answers.suppression import (
    LINES,
    Line,
    by_branches,
    by_loops,
    by_masks,
    by_rolling,
    by_slopes,
    nearest,
    octant,
)
from cnnlab.exercises.exercise import Wrong

Tensor = torch.Tensor


def _always(down: int, right: int) -> Line:
    return lambda x, y: (down, right)


def _clamped(magnitude: Tensor, x: Tensor, y: Tensor) -> Tensor:
    wide = pad(magnitude[None, None], (1, 1, 1, 1), mode="replicate")[0, 0]
    across, down = (pad(part, (1, 1, 1, 1)) for part in (x, y))
    return by_loops(wide, across, down)[1:-1, 1:-1]


def _inner(magnitude: Tensor, x: Tensor, y: Tensor, start: Callable[[Tensor], Tensor]) -> Tensor:
    result, whole = start(magnitude), by_loops(magnitude, x, y)
    result[1:-1, 1:-1] = whole[1:-1, 1:-1]
    return result


def _overwriting(magnitude: Tensor, x: Tensor, y: Tensor) -> Tensor:
    m = pad(magnitude, (1, 1, 1, 1))
    for r, c in np.ndindex(*magnitude.shape):
        down, right = nearest(float(x[r, c]), float(y[r, c]))
        here = m[1 + r, 1 + c]
        if here < m[1 + r + down, 1 + c + right] or here < m[1 + r - down, 1 + c - right]:
            m[1 + r, 1 + c] = 0
    return m[1:-1, 1:-1]


def _around(magnitude: Tensor, beside: bool) -> Tensor:
    m = pad(magnitude, (1, 1, 1, 1))
    windows = m.unfold(0, 3, 1).unfold(1, 3, 1).flatten(2)
    near = windows[..., 1::2] if beside else windows
    return torch.where(magnitude >= near.amax(2), magnitude, 0)


def _by_signs(x: float, y: float) -> tuple[int, int]:
    return int(np.sign(y)), int(np.sign(x))


def _by_rounding(x: float, y: float) -> tuple[int, int]:
    length = math.hypot(x, y) or 1.0
    return round(y / length), round(x / length)


def _only_inside(result: Tensor) -> Tensor:
    inside = torch.zeros_like(result)
    inside[1:-1, 1:-1] = result[1:-1, 1:-1]
    return inside


def _unclamped(magnitude: Tensor, x: Tensor, y: Tensor) -> Tensor:
    result = torch.zeros_like(magnitude)
    for r, c in np.ndindex(*magnitude.shape):
        down, right = nearest(float(x[r, c]), float(y[r, c]))
        if magnitude[r, c] >= max(magnitude[r + down, c + right], magnitude[r - down, c - right]):
            result[r, c] = magnitude[r, c]
    return result


def _largest_of_three(magnitude: Tensor, x: Tensor, y: Tensor) -> Tensor:
    m, result = pad(magnitude, (1, 1, 1, 1)), magnitude.clone()
    for r, c in np.ndindex(*magnitude.shape):
        down, right = nearest(float(x[r, c]), float(y[r, c]))
        result[r, c] = max(m[1 + r + k * down, 1 + c + k * right] for k in (-1, 0, 1))
    return result


NON_MAXIMUM_RIGHT: tuple[Any, ...] = (
    by_loops,
    by_masks,
    by_branches,
    by_slopes,
    lambda m, x, y: by_rolling(m, x, y, zeros=True),
)

NON_MAXIMUM_WRONG = (
    Wrong(lambda m, x, y: by_masks(m, x, y, turn=90), "along the edge"),
    Wrong(lambda m, x, y: by_branches(m, -y, x), "along the edge"),
    Wrong(lambda m, x, y: by_loops(m, x, -y), "y upward"),
    Wrong(lambda m, x, y: by_masks(m, y, x), "x and y swapped"),
    Wrong(lambda m, x, y: by_loops(m, x, y, ahead=operator.gt, behind=operator.gt), "strict"),
    Wrong(lambda m, x, y: by_loops(m, x, y, ahead=operator.gt), "strict"),
    Wrong(lambda m, x, y: by_loops(m, x, y, behind=operator.gt), "strict"),
    Wrong(lambda m, x, y: by_loops(m, x, y, octant, ahead=operator.gt), "strict"),
    Wrong(lambda m, x, y: by_loops(m, x, y, octant, behind=operator.gt), "strict"),
    Wrong(lambda m, x, y: by_loops(m, x, y, ahead=lambda here, near: True), "one neighbour"),
    Wrong(lambda m, x, y: by_loops(m, x, y, behind=lambda here, near: True), "one neighbour"),
    Wrong(lambda m, x, y: by_loops(m, x, y, octant, ahead=lambda here, near: True), "one neighbour"),
    Wrong(lambda m, x, y: by_loops(m, x, y, octant, behind=lambda here, near: True), "one neighbour"),
    Wrong(lambda m, x, y: _around(m, beside=False), "all neighbours"),
    Wrong(lambda m, x, y: _around(m, beside=True), "all neighbours"),
    Wrong(
        lambda m, x, y: torch.maximum(
            by_loops(m, x, y, ahead=lambda here, near: True),
            by_loops(m, x, y, behind=lambda here, near: True),
        ),
        "either neighbour",
    ),
    Wrong(
        lambda m, x, y: by_loops(m, x, y, lambda a, b: (0, 1) if abs(a) >= abs(b) else (1, 0)), "two lines"
    ),
    Wrong(lambda m, x, y: by_loops(m, x, y, _always(0, 1)), "one line"),
    Wrong(lambda m, x, y: by_loops(m, x, y, _always(1, 0)), "one line"),
    Wrong(
        lambda m, x, y: by_loops(
            m, x, y, lambda a, b: LINES[int(math.degrees(math.atan2(b, a)) % 180 // 45)]
        ),
        "rounded down",
    ),
    Wrong(lambda m, x, y: by_loops(m, x, y, _by_signs), "signs of x and y"),
    Wrong(lambda m, x, y: by_loops(m, x, y, _by_rounding), "rounded components"),
    Wrong(lambda m, x, y: _only_inside(by_loops(m, x, -y)), "y upward"),
    Wrong(lambda m, x, y: _only_inside(by_loops(m, y, x)), "x and y swapped"),
    Wrong(lambda m, x, y: _only_inside(by_loops(m, x, y, ahead=operator.gt, behind=operator.gt)), "strict"),
    Wrong(lambda m, x, y: by_branches(m, x, y, top=0), "signs"),
    Wrong(lambda m, x, y: by_loops(m, x, y.abs()), "signs"),
    Wrong(lambda m, x, y: by_loops(m, x.abs(), y.abs()), "signs"),
    Wrong(lambda m, x, y: by_rolling(m, x, y, zeros=False), "wrapped round"),
    Wrong(_clamped, "edge repeated"),
    Wrong(lambda m, x, y: _inner(m, x, y, torch.zeros_like), "border zero"),
    Wrong(lambda m, x, y: _inner(m, x, y, torch.clone), "border as it was"),
    Wrong(lambda m, x, y: by_masks(m, x, y)[1:-1, 1:-1] if min(m.shape) > 2 else m, "border lost"),
    Wrong(lambda m, x, y: (by_masks(m, x, y) > 0).float(), "mask"),
    Wrong(lambda m, x, y: by_masks(m, x, y) > 0, "booleans"),
    Wrong(lambda m, x, y: torch.where(by_masks(m, x, y) > 0, 0, m), "turned round"),
    Wrong(lambda m, x, y: by_loops(m, x, y, ahead=operator.le, behind=operator.le), "smallest"),
    Wrong(_largest_of_three, "maximum of the three"),
    Wrong(_overwriting, "in place"),
    Wrong(
        lambda m, x, y: filters.non_maximum_suppression(filters.Gradient(x, y)),
        "interpolated",
    ),
    Wrong(lambda m, x, y: m.clone(), "nothing suppressed"),
    Wrong(_unclamped, "index outside"),
    Wrong(lambda m, x, y: m if m >= m.roll(1, 1) else 0 * m, "one pixel at a time"),
    Wrong(lambda m, x, y: by_masks(m, x, y).T, "transposed"),
    Wrong(lambda m, x, y: by_masks(m, x, y)[None, None], "extra brackets"),
    Wrong(lambda m, x, y: torch.stack([m, x, y]), "wrong shape"),
    Wrong(lambda m, x, y: x, "untouched input"),
    Wrong(lambda m, x, y: 2 * by_masks(m, x, y), "factor"),
    Wrong(lambda m, x: m, "arguments"),
    Wrong(lambda m, x, y: m.mul_(by_masks(m, x, y) > 0), "changed its input"),
)
