"""Ways to thin an edge, written as students write them, for the exercise on non-maximum suppression."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable
from typing import Any

import numpy as np
import torch
from torch.nn.functional import pad

Tensor = torch.Tensor
Line = Callable[[float, float], tuple[int, int]]
LINES = ((0, 1), (1, 1), (1, 0), (1, -1))


def nearest(x: float, y: float) -> tuple[int, int]:
    """Return the step in rows and columns along the nearest line."""
    return LINES[round(math.degrees(math.atan2(y, x)) / 45) % 4]


def octant(x: float, y: float) -> tuple[int, int]:
    """Return the same with its sign: towards the neighbour ahead."""
    down, right = LINES[round(math.degrees(math.atan2(y, x)) / 45) % 4]
    turn = 1 if x * right + y * down >= 0 else -1
    return turn * down, turn * right


def by_loops(
    magnitude: Tensor,
    x: Tensor,
    y: Tensor,
    line: Line = nearest,
    ahead: Callable[[Any, Any], bool] = operator.ge,
    behind: Callable[[Any, Any], bool] = operator.ge,
) -> Tensor:
    """Visit each pixel, with zeros around."""
    height, width = magnitude.shape
    padded = torch.zeros(height + 2, width + 2, dtype=magnitude.dtype)
    padded[1:-1, 1:-1] = magnitude
    result = torch.zeros_like(magnitude)
    for r in range(height):
        for c in range(width):
            down, right = line(float(x[r, c]), float(y[r, c]))
            front, back = padded[1 + r + down, 1 + c + right], padded[1 + r - down, 1 + c - right]
            if ahead(magnitude[r, c], front) and behind(magnitude[r, c], back):
                result[r, c] = magnitude[r, c]
    return result


def by_masks(magnitude: Tensor, x: Tensor, y: Tensor, turn: float = 0.0) -> Tensor:
    """Treat all pixels of one line at a time."""
    angle = (torch.rad2deg(torch.atan2(y, x)) + turn) % 180
    m = pad(magnitude, (1, 1, 1, 1))
    level = (m[1:-1, 2:], m[1:-1, :-2])
    falling = (m[2:, 2:], m[:-2, :-2])
    upright = (m[2:, 1:-1], m[:-2, 1:-1])
    rising = (m[2:, :-2], m[:-2, 2:])
    result = torch.zeros_like(magnitude)
    for at, (ahead, behind) in zip((0, 45, 90, 135), (level, falling, upright, rising), strict=True):
        distance = torch.minimum((angle - at).abs(), 180 - (angle - at).abs())
        keep = (distance <= 22.5) & (magnitude >= ahead) & (magnitude >= behind)
        result[keep] = magnitude[keep]
    return result


def by_branches(magnitude: Any, x: Any, y: Any, top: float = 180.0) -> Any:
    """Compare as textbooks print it, an angle at a time; angles from ``top`` downward are made positive."""
    angle = np.degrees(np.arctan2(np.asarray(y), np.asarray(x)))
    angle[angle < 0] += top
    m, result = np.pad(np.asarray(magnitude), 1), np.zeros(magnitude.shape)
    for i in range(1, m.shape[0] - 1):
        for j in range(1, m.shape[1] - 1):
            a, q, r = angle[i - 1, j - 1], np.inf, np.inf
            if 0 <= a < 22.5 or 157.5 <= a <= 180:
                q, r = m[i, j + 1], m[i, j - 1]
            elif 22.5 <= a < 67.5:
                q, r = m[i + 1, j + 1], m[i - 1, j - 1]
            elif 67.5 <= a < 112.5:
                q, r = m[i + 1, j], m[i - 1, j]
            elif 112.5 <= a < 157.5:
                q, r = m[i + 1, j - 1], m[i - 1, j + 1]
            if m[i, j] >= q and m[i, j] >= r:
                result[i - 1, j - 1] = m[i, j]
    return result


def by_slopes(magnitude: Tensor, x: Tensor, y: Tensor) -> list[list[float]]:
    """Compare slopes instead of angles, on lists."""
    m, low, high = magnitude.tolist(), math.tan(math.pi / 8), math.tan(3 * math.pi / 8)

    def at(r: int, c: int) -> float:
        return m[r][c] if 0 <= r < len(m) and 0 <= c < len(m[0]) else 0.0

    def kept(r: int, c: int) -> float:
        across, down = float(x[r, c]), float(y[r, c])
        right = int(abs(down) < high * abs(across))
        below = int(abs(down) > low * abs(across)) * (1 if across * down >= 0 or not right else -1)
        return m[r][c] if m[r][c] >= max(at(r + below, c + right), at(r - below, c - right)) else 0.0

    return [[kept(r, c) for c in range(len(m[0]))] for r in range(len(m))]


def by_rolling(magnitude: Tensor, x: Tensor, y: Tensor, zeros: bool) -> Tensor:
    """Shift the whole picture."""
    line = torch.round(torch.atan2(y, x) / (torch.pi / 4)).long() % 4
    m = pad(magnitude, (1, 1, 1, 1)) if zeros else magnitude
    result = torch.zeros_like(magnitude)
    for number, step in enumerate(LINES):
        near = torch.maximum(m.roll(step, (0, 1)), m.roll([-side for side in step], (0, 1)))
        if zeros:
            near = near[1:-1, 1:-1]
        result = torch.where((line == number) & (magnitude >= near), magnitude, result)
    return result
