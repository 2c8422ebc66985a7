"""Non-maximum suppression along eight directions, right and mistaken, for the exercise of notebook 03."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import torch

from cnnlab import filters

# Rows and columns to the neighbour at 0, 45, ..., 315 degrees, from the x axis towards the y axis.
_STEPS = np.array([(0, 1), (1, 1), (1, 0), (1, -1), (0, -1), (-1, -1), (-1, 0), (-1, 1)])
Compare = Callable[[np.ndarray, np.ndarray], np.ndarray]


def octants(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Return 0 to 7: the multiple of 45 degrees that is nearest to the direction (x, y)."""
    return np.asarray(np.round(degrees(x, y) / 45).astype(int) % 8)


def degrees(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Return the angle of (x, y), -180 to 180."""
    return np.asarray(np.degrees(np.arctan2(y, x)))


def lines(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Return 0 to 3: the nearest of the lines at 0, 45, 90 and 135 degrees."""
    return octants(x, y) % 4


def neighbour(magnitude: np.ndarray, octant: Any, pad: Any = "constant", value: float = 0.0) -> np.ndarray:
    """Return the magnitude one step from each pixel in its own direction."""
    options = {"constant_values": value} if pad == "constant" else {}
    padded = np.pad(magnitude, 1, mode=pad, **options)
    down, right = np.moveaxis(_STEPS[np.broadcast_to(octant, magnitude.shape) % 8], -1, 0)
    rows, columns = np.indices(magnitude.shape) + 1
    return np.asarray(padded[rows + down, columns + right])


def suppressed(
    magnitude: np.ndarray,
    octant: Any,
    ahead: Compare = np.greater_equal,
    behind: Compare = np.greater_equal,
    pad: Any = "constant",
    value: float = 0.0,
) -> np.ndarray:
    """Return the magnitude where it compares well with both neighbours, zero elsewhere."""
    kept = ahead(magnitude, neighbour(magnitude, octant, pad, value))
    kept = kept & behind(magnitude, neighbour(magnitude, np.asarray(octant) + 4, pad, value))
    return np.where(kept, magnitude, 0)


def anything(magnitude: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Return True everywhere: a comparison that was forgotten."""
    return np.ones(magnitude.shape, bool)


def against_all(magnitude: np.ndarray, octants: tuple[int, ...], compare: Compare) -> np.ndarray:
    """Return the magnitude where it compares well with its neighbours in all these directions."""
    kept = [compare(magnitude, neighbour(magnitude, octant)) for octant in octants]
    return np.where(np.all(kept, axis=0), magnitude, 0)


def in_place(magnitude: np.ndarray, line: np.ndarray) -> np.ndarray:
    """Return what comes of setting pixels to zero in the picture that is read."""
    result = magnitude.copy()
    for place in np.ndindex(*magnitude.shape):
        result[place] = suppressed(result, line)[place]
    return result


def interpolated(x: np.ndarray, y: np.ndarray, border: bool) -> np.ndarray:
    """Return Canny's own suppression, between neighbours; its border zero, or with zeros beyond it."""
    parts = [torch.from_numpy(np.pad(part, 0 if border else 1)) for part in (x, y)]
    result = filters.non_maximum_suppression(filters.Gradient(*parts)).numpy()
    return result if border else result[1:-1, 1:-1]


def thinned(magnitude: np.ndarray, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Return what is asked for."""
    return suppressed(magnitude, lines(x, y))


def valid_only(magnitude: np.ndarray, x: np.ndarray, y: np.ndarray) -> np.ndarray | None:
    """Return the result without the outermost rows and columns, None where nothing is left."""
    return thinned(magnitude, x, y)[1:-1, 1:-1] if min(magnitude.shape) > 2 else None


def inner_only(magnitude: np.ndarray, x: np.ndarray, y: np.ndarray, kept: bool) -> np.ndarray:
    """Return the result with the border zero, or as it was."""
    result = magnitude.copy() if kept else np.zeros_like(magnitude)
    result[1:-1, 1:-1] = thinned(magnitude, x, y)[1:-1, 1:-1]
    return result


def unlisted(
    magnitude: np.ndarray, x: np.ndarray, y: np.ndarray, where: np.ndarray, kept: bool
) -> np.ndarray:
    """Return what comes of having no neighbours for some directions: their pixels all kept, or none."""
    return np.where(where, magnitude if kept else 0, thinned(magnitude, x, y))


def without_border(result: np.ndarray) -> np.ndarray:
    """Return a result with its outermost pixels zero."""
    return np.pad(result[1:-1, 1:-1], 1) if min(result.shape) > 2 else np.zeros_like(result)


def largest_of_three(magnitude: np.ndarray, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Return the largest of each pixel and its two neighbours."""
    ahead, behind = (neighbour(magnitude, octants(x, y) + turn) for turn in (0, 4))
    return np.maximum(np.maximum(ahead, behind), magnitude)
