"""A row of numbers that is shifted and then made shorter in four ways, and how much each way notices."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from functools import partial

import numpy as np
import torch
from torch import Tensor

from cnnlab import pooling

LENGTH = 16


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


def _pooled(pool: Callable[..., Tensor], row: Tensor, window: int, stride: int) -> Tensor:
    """Pool the row as a picture, which goes on at the start where it ends."""
    return pool(torch.cat([row, row[: window - 1]])[None], (1, window), stride=(1, stride))


# Each takes a row, the cells under the window and the cells from one window to the next.
WAYS: dict[str, Callable[[Tensor, int, int], Tensor]] = {
    "max pooling": partial(_pooled, pooling.max_pool2d),
    "average pooling": partial(_pooled, pooling.avg_pool2d),
    "stride alone": lambda row, window, stride: row[::stride],
    "blur, then stride": lambda row, window, stride: pooling.blur_pool2d(
        row[None], stride=(1, stride), padding_mode="circular"
    ),
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
    return WAYS[way](torch.from_numpy(shifted(row, shift)), window, stride).flatten().numpy()


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
