r"""Thin an edge to its ridge, more simply than section 11 does, without interpolation. Given are the
gradient's magnitude and its parts x (to the right) and y (downward), all (H, W). Round each direction to the
nearest of four lines: 0, 45, 90 or $135$ degrees. Keep the magnitude where it is at least as large as both
neighbours on that line, one ahead and one behind; elsewhere write 0. Pixels outside count as 0. Opposite
directions lie on one line; at 45 degrees the neighbours are the lower right and the upper left, at $135$
degrees the lower left and the upper right.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import torch
from scipy.ndimage import maximum_filter
from torch import Tensor

from cnnlab.exercises import Function, Mistake

# Rows and columns to the neighbour at 0, 45, 90 and 135 degrees, from the x axis towards the y axis.
STEPS = np.array([(0, 1), (1, 1), (1, 0), (1, -1)])


def case(x: list[list[float]], y: list[list[float]]) -> dict[str, Any]:
    """Return a gradient with its magnitude."""
    return {"magnitude": np.hypot(x, y), "x": x, "y": y}


def drawn(seed: int) -> dict[str, Any]:
    """Return a gradient: the first eight have many equal neighbours, the next ones more directions."""
    most, shape = (3, 9, 30)[seed // 8], (2, seed % 8 + 1, (3 * seed + 4) % 8 + 1)
    return case(*np.random.default_rng(seed).integers(-most, most + 1, shape).tolist())


def lines(x: Tensor, y: Tensor, rounded: Callable[..., Tensor] = torch.round) -> Tensor:
    """Return 0 to 3: the nearest of the lines at 0, 45, 90 and 135 degrees."""
    return rounded(torch.atan2(y, x) / (math.pi / 4)).long() % 4


def thinned(
    magnitude: Tensor,
    line: Tensor,
    edge: Any = "constant",
    ahead: np.ufunc = np.greater_equal,
    behind: np.ufunc = np.greater_equal,
) -> np.ndarray:
    """Return the magnitude where it is to be kept beside both neighbours on the line, zero elsewhere."""
    m = np.asarray(magnitude)
    wide, here = np.pad(m, 1, edge), np.indices(m.shape) + 1
    step = np.moveaxis(STEPS[line], 2, 0)
    return np.where(ahead(m, wide[*here + step]) & behind(m, wide[*here - step]), m, 0)


def pixel_by_pixel(magnitude: Tensor, x: Tensor, y: Tensor) -> Tensor:
    """Return what is asked for, one pixel after the other."""
    result = magnitude.clone()
    for i, j in np.ndindex(*magnitude.shape):
        down, right = STEPS[round(math.atan2(y[i, j], x[i, j]) / (math.pi / 4)) % 4]
        for a, b in ((i + down, j + right), (i - down, j - right)):
            inside = 0 <= a < magnitude.shape[0] and 0 <= b < magnitude.shape[1]
            if inside and magnitude[a, b] > magnitude[i, j]:
                result[i, j] = 0
    return result


def by_footprints(magnitude: Tensor, x: Tensor, y: Tensor) -> np.ndarray:
    """Return what is asked for from the largest of the three pixels on each line."""
    level, falling = np.array([[0, 0, 0], [1, 1, 1], [0, 0, 0]]), np.eye(3)
    three = (level, falling, level.T, falling[::-1])
    largest = [maximum_filter(magnitude, footprint=line, mode="constant") for line in three]
    m = np.asarray(magnitude)
    return np.where(m == np.choose(lines(x, y).numpy(), largest), m, 0)


def in_place(magnitude: Tensor, x: Tensor, y: Tensor) -> Tensor:
    """Set pixels to zero in the picture that is read."""
    result = magnitude.clone()
    for at in np.ndindex(*result.shape):
        result[at] = float(thinned(result, lines(x, y))[at])
    return result


EXERCISE = Function(
    cases=[
        case([[1, 3, 2, 4], [0.5, 0.25, 1, 1]], [[0, 0, 0, 0], [0, 0, 0, 0]]),
        case([[0, 0, 0], [0, 0, 0], [0, 0, 0], [0, 0, 0]], [[1, 2, 3], [2, 4, 4], [3, 1, 4], [1, 2, 0]]),
        case([[3, 6, 3], [6, 9, 6], [3, 6, 3]], [[4, 8, -4], [8, 12, 8], [-4, 8, 4]]),
        *map(drawn, range(24)),
    ],
    right=[lambda m, x, y: thinned(m, lines(x, y)), pixel_by_pixel, by_footprints],
    mistakes=[
        Mistake(
            "along the edge",
            "These neighbours lie along the edge: take those across it, where the gradient points.",
            lambda m, x, y: thinned(m, lines(-y, x)),
        ),
        Mistake(
            "y upward",
            "y points downward: at 45 degrees the neighbours are to the lower right and the upper left.",
            lambda m, x, y: thinned(m, lines(x, -y)),
        ),
        Mistake(
            "x and y swapped",
            "x and y have changed places: x counts columns, y counts rows; atan2 takes y first.",
            lambda m, x, y: thinned(m, lines(y, x)),
        ),
        Mistake(
            "strict",
            "An equal neighbour does no harm: the magnitude stays where it is >= both neighbours.",
            lambda m, x, y: thinned(m, lines(x, y), ahead=np.greater, behind=np.greater),
            lambda m, x, y: thinned(m, lines(x, y), ahead=np.greater),
            lambda m, x, y: thinned(m, lines(x, y), behind=np.greater),
        ),
        Mistake(
            "rounded down",
            "Round the angle to the nearest of the four lines: 40 degrees is nearer to 45 than to 0.",
            lambda m, x, y: thinned(m, lines(x, y, torch.floor)),
        ),
        Mistake(
            "signs",
            "Opposite directions lie on one line: take the angles modulo 180.",
            lambda m, x, y: thinned(m, lines(x, y.abs())),
        ),
        Mistake(
            "beyond 157.5 degrees",
            "The lines go round: from 157.5 to 180 degrees, and just below 0, the nearest is that of 0.",
            lambda m, x, y: thinned(m, torch.where((lines(x, y) == 0) & (x * y < 0), 3, lines(x, y))),
        ),
        Mistake(
            "other edge",
            "Zeros count outside: here the edge was repeated, or the opposite one taken for its neighbour.",
            lambda m, x, y: thinned(m, lines(x, y), edge="edge"),
            lambda m, x, y: thinned(m, lines(x, y), edge="wrap"),
        ),
        Mistake(
            "border zero",
            "Only zeros lie beyond the border: what is next to them can still be a maximum.",
            lambda m, x, y: np.pad(thinned(m, lines(x, y))[1:-1, 1:-1], 1) if min(m.shape) > 1 else 0 * m,
        ),
        Mistake(
            "in place",
            "Pixels were compared with neighbours set to zero before: write into a new picture.",
            in_place,
        ),
        Mistake(
            "upright",
            "Where x is 0 the gradient points up or down, along 90 degrees: use atan2(y, x), not y / x.",
            lambda m, x, y: thinned(m, torch.where(x == 0, 0, lines(x, y))),
        ),
    ],
)
