"""A separable kernel is given, of shape (kh, kw). Return a column and a row whose outer product it is. Its
first row or column may be zero, but not the whole kernel.
"""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor

from cnnlab.exercises import Function, Mistake
from cnnlab.exercises.values import MOST_NUMBERS

Pair = tuple[Tensor, Tensor]


def outer(column: np.ndarray, row: np.ndarray) -> np.ndarray:
    """Return the outer product of two vectors, which may also come as matrices of one row or column."""
    for part in (column, row):
        if np.count_nonzero(np.array(part.shape) > 1) > 1:
            raise ValueError(f"column and row must be vectors, got shape {part.shape}")
    if column.size * row.size > MOST_NUMBERS:
        raise ValueError(f"the outer product is too large: {column.size} x {row.size}")
    return np.outer(column, row)


def by_weight(kernel: Tensor, place: Tensor) -> Pair:
    """Return the column and the row through one weight, the row divided by it."""
    i, j = divmod(int(place), kernel.shape[1])
    return kernel[:, j], kernel[i] / kernel[i, j]


def by_largest(kernel: Tensor) -> Pair:
    """Return what is asked for: the largest weight cannot be zero."""
    return by_weight(kernel, kernel.abs().argmax())


def by_first_row(kernel: Tensor) -> tuple[list[float], list[float]]:
    """Return the first row that has a weight, and how many times it every row is."""
    rows = kernel.tolist()
    row = next(row for row in rows if any(row))
    j = next(j for j, weight in enumerate(row) if weight)
    return [other[j] / row[j] for other in rows], row


def by_singular_value(kernel: Tensor, power: int = 1) -> Pair:
    """Return what is asked for, or take the singular value in another power."""
    u, s, vh = torch.linalg.svd(kernel)
    return u[:, 0] * s[0] ** power, vh[0]


def by_projection(kernel: Tensor) -> Pair:
    """Return the longest row, and how many times it every row is."""
    row = kernel[kernel.norm(dim=1).argmax()]
    return kernel @ row / (row @ row), row


def in_the_middle(kernel: Tensor) -> Pair:
    """Trust that the weight in the middle is not zero."""
    i, j = kernel.shape[0] // 2, kernel.shape[1] // 2
    return kernel[:, j], kernel[i] / kernel[i, j]


def on_the_diagonal(kernel: Tensor) -> Pair:
    """Trust that a weight on the diagonal is not zero."""
    return by_weight(kernel, kernel.diag().abs().argmax() * (kernel.shape[1] + 1))


def divided_twice(kernel: Tensor) -> Pair:
    """Divide column and row by the corner."""
    return kernel[:, 0] / kernel[0, 0], kernel[0] / kernel[0, 0]


def divided_twice_unless_zero(kernel: Tensor) -> Pair:
    """Divide column and row by the corner where it is not zero."""
    corner = kernel[0, 0] if kernel[0, 0] else 1
    return kernel[:, 0] / corner, kernel[0] / corner


def vh_transposed(kernel: Tensor) -> Pair:
    """Take the first column of what linalg.svd hands back last."""
    u, s, vh = torch.linalg.svd(kernel)
    return u[:, 0] * s[0], vh[:, 0]


EXERCISE = Function(
    cases=[
        {"kernel": [[2, 4, 10], [3, 6, 15]]},
        {"kernel": [[1, 0, -1], [2, 0, -2], [1, 0, -1]]},
        {"kernel": [[0, 0, 0], [0, 2, -6]]},
        {"kernel": [[0, 0.25], [0, 1], [0, -3]]},
        {"kernel": [[0, 0], [-2, -4]]},
        {"kernel": [[3], [-1], [-2]]},
        {"kernel": [[0, 500, -2000]]},
        {"kernel": [[-4]]},
    ],
    join=outer,
    right=[by_largest, by_first_row, by_singular_value, by_projection],
    mistakes=[
        Mistake(
            "swapped",
            "The row came first: hand back the column, as long as the kernel is high.",
            lambda k: by_largest(k)[::-1],
        ),
        Mistake(
            "not divided",
            "The weight where column and row meet is in both: divide one of them by it.",
            lambda k: (k[:, 0], k[0]),
            lambda k: (by_largest(k)[0], by_largest(k)[1] * by_largest(k)[0][k.abs().amax(1).argmax()]),
        ),
        Mistake(
            "divided twice",
            "Column and row were both divided by the corner: divide only one of them.",
            *(divided_twice, divided_twice_unless_zero),
        ),
        Mistake(
            "zero corner",
            "kernel[0, 0] may be 0: take the row and the column of a weight that is not, and divide by it.",
            lambda k: (k[:, 0], k[0] / k[0, 0]),
        ),
        Mistake(
            "zero in the middle",
            "The weight in the middle may be 0: take the row and the column of one that is not.",
            in_the_middle,
        ),
        Mistake(
            "zero diagonal",
            "The whole diagonal may be 0: look for a weight that is not among all of them.",
            on_the_diagonal,
            lambda k: on_the_diagonal(k) if k.diag().any() else (0 * k[:, 0], 0 * k[0]),
        ),
        Mistake(
            "zero row",
            "The first row may be zero: take a row that is not.",
            lambda k: by_weight(k, k[0].abs().argmax()),
        ),
        Mistake(
            "zero column",
            "The first column may be zero: take a column that is not.",
            lambda k: by_weight(k, k[:, 0].abs().argmax() * k.shape[1]),
        ),
        Mistake(
            "largest is zero",
            "The largest weight may be 0, where all others are negative: look for the largest abs().",
            lambda k: by_weight(k, k.argmax()),
        ),
        Mistake(
            "signs lost",
            "The signs are lost: a column or a row may be negative.",
            lambda k: [part.abs() for part in by_largest(k)],
        ),
        Mistake(
            "sums",
            "The sums of rows and columns are still to be divided by the sum of all weights; means likewise.",
            lambda k: (k.sum(1), k.sum(0)),
            lambda k: (k.mean(1), k.mean(0)),
        ),
        Mistake(
            "zero sum",
            "The sum of all weights may be 0: take a row and a column of the kernel itself.",
            lambda k: (k.sum(1), k.sum(0) / k.sum()),
        ),
        Mistake(
            "singular value missing",
            "The singular value is missing: multiply column or row by it.",
            lambda k: by_singular_value(k, 0),
        ),
        Mistake(
            "singular value twice",
            "The singular value is in column and row: multiply only one of them by it.",
            lambda k: by_singular_value(k, 2),
        ),
        Mistake(
            "Vh transposed",
            "torch.linalg.svd hands back V transposed: its first row is wanted, not its first column.",
            vh_transposed,
        ),
    ],
    unnamed={
        "not finite": [lambda k: (k[:, 0] / 0, k[0])],
        "sign": [lambda k: (-by_largest(k)[0], by_largest(k)[1])],
        "wrong shape": [lambda k: k, torch.linalg.svd, lambda k: (k, k)],
        "wrong values": [lambda k: (by_largest(k)[0] + 1, by_largest(k)[1])],
        "nothing": [lambda k: (k[:, 0], None)],
        "changed its input": [lambda k: (by_largest(k.div_(2))[0] * 2, by_largest(k)[1])],
    },
    exempt={"transposed": "a column may lie either way, also as a matrix of one row"},
)
