"""A row of numbers that is shifted and then made shorter in four ways, and how much each way notices."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence

import numpy as np

MAXIMUM, AVERAGE, STRIDE, BLUR = "max pooling", "average pooling", "stride alone", "blur, then stride"
LENGTH = 16
TAPS = (0.25, 0.5, 0.25)


def shifted(row: Sequence[float], shift: int) -> np.ndarray:
    """Return the row moved to the right; what leaves it comes back on the left.

    Args:
        row: the numbers, shape (L,).
        shift: by how many cells.

    Example:
        >>> shifted([1, 2, 3], 1).tolist()
        [3.0, 1.0, 2.0]
    """
    return np.roll(np.asarray(row, dtype=float), shift)


def window_cells(row: np.ndarray, window: int, stride: int) -> np.ndarray:
    """Return what lies in the window at each of its places, shape (L / stride, window).

    Args:
        row: the numbers, shape (L,); the window goes on at the start where the row ends.
        window: cells in the window.
        stride: cells from one place to the next.
    """
    places = np.arange(0, len(row), stride)[:, None] + np.arange(window)
    return row[places % len(row)]


def _blur(row: np.ndarray, window: int, stride: int) -> np.ndarray:
    return window_cells(np.roll(row, 1), len(TAPS), stride) @ np.array(TAPS)


WAYS: dict[str, Callable[[np.ndarray, int, int], np.ndarray]] = {
    MAXIMUM: lambda row, window, stride: window_cells(row, window, stride).max(1),
    AVERAGE: lambda row, window, stride: window_cells(row, window, stride).mean(1),
    STRIDE: lambda row, window, stride: row[::stride],
    BLUR: _blur,
}


def shorten(row: Sequence[float], way: str, *, shift: int, window: int, stride: int) -> np.ndarray:
    """Return the shifted row made shorter, shape (L / stride,).

    Args:
        row: the numbers, shape (L,).
        way: "max pooling", "average pooling", "stride alone" (the first cell of each window), or "blur, then
            stride" (1/4, 1/2, 1/4 around that cell).
        shift: by how many cells the row is moved first.
        window: cells under the pooling window.
        stride: cells from one window to the next.

    Example:
        >>> shorten([0, 8, 0, 8], "max pooling", shift=0, window=2, stride=2).tolist()
        [8.0, 8.0]
        >>> shorten([0, 8, 0, 8], "stride alone", shift=1, window=2, stride=2).tolist()
        [8.0, 8.0]
    """
    return WAYS[way](shifted(row, shift), window, stride)


def changes(row: Sequence[float], way: str, *, window: int, stride: int) -> list[float]:
    """Return how much each shift by one cell changes the output, on average over its cells.

    Args:
        row: the numbers, shape (L,).
        way: as for :func:`shorten`.
        window: cells under the pooling window.
        stride: cells from one window to the next.

    Returns:
        L numbers: the first for the shift from 0 to 1, the last for the one from L - 1 back to 0.

    Example:
        >>> changes([0, 8, 0, 8], "average pooling", window=2, stride=2)
        [0.0, 0.0, 0.0, 0.0]
    """
    outputs = [shorten(row, way, shift=s, window=window, stride=stride) for s in range(len(row) + 1)]
    return [float(np.abs(after - before).mean()) for before, after in itertools.pairwise(outputs)]


def means(row: Sequence[float], way: str, *, window: int, stride: int) -> tuple[float, float]:
    """Return the least and the largest mean of the output over all shifts.

    Args:
        row: the numbers, shape (L,).
        way: as for :func:`shorten`.
        window: cells under the pooling window.
        stride: cells from one window to the next.
    """
    outputs = [shorten(row, way, shift=s, window=window, stride=stride) for s in range(len(row))]
    found = [round(float(output.mean()), 9) for output in outputs]
    return min(found), max(found)
