"""The exercise of notebook 02 on separable kernels: a column and a row instead of a matrix."""

from __future__ import annotations

import numpy as np

from cnnlab.exercises.answers import separable as answers
from cnnlab.exercises.exercise import Exercise, Mistake
from cnnlab.exercises.values import MOST_NUMBERS

_Pair = tuple[np.ndarray, np.ndarray]


def _outer(column: np.ndarray, row: np.ndarray) -> np.ndarray:
    """Return the outer product of two vectors, which may also come as matrices of one row or column."""
    if column.size * row.size > MOST_NUMBERS or any(
        np.count_nonzero(np.array(part.shape) > 1) > 1 for part in (column, row)
    ):
        raise ValueError(f"column and row must be vectors, got shapes {column.shape} and {row.shape}")
    with np.errstate(all="ignore"):
        return np.outer(column, row)


def _factors(kernel: np.ndarray) -> _Pair:
    columns, sizes, rows = np.linalg.svd(kernel)
    return columns[:, 0] * sizes[0], rows[0]


def _by_corner(kernel: np.ndarray) -> _Pair:
    with np.errstate(all="ignore"):
        return kernel[:, 0], kernel[0] / kernel[0, 0]


def _by_sums(kernel: np.ndarray) -> _Pair:
    with np.errstate(all="ignore"):
        return kernel.sum(1), kernel.sum(0) / kernel.sum()


def _turned(kernel: np.ndarray) -> _Pair:
    column, row = _factors(kernel)
    return row, column


def _singular_values(kernel: np.ndarray, power: int) -> _Pair:
    columns, sizes, rows = np.linalg.svd(kernel)
    return columns[:, 0] * sizes[0] ** power, rows[0]


def _undivided(kernel: np.ndarray) -> _Pair:
    return kernel[:, 0], kernel[0]


def _divided_twice(kernel: np.ndarray) -> _Pair | None:
    corner = kernel[0, 0]
    return (kernel[:, 0] / corner, kernel[0] / corner) if corner else None


SEPARABLE = Exercise(
    name="conv2d.separable",
    prompt="Write a function of a rank-1 kernel: a pair (column, row) whose outer product is the kernel.",
    cases=(
        {"kernel": [[2, 4, 10], [3, 6, 15]]},
        {"kernel": [[1, 0, -1], [2, 0, -2], [1, 0, -1]]},
        {"kernel": [[0, 0, 0], [0, 2, -6]]},
        {"kernel": [[0, 0.25], [0, 1], [0, -3]]},
        {"kernel": [[3], [-1], [2]]},
    ),
    reference=_factors,
    join=_outer,
    mistakes=(
        Mistake(
            "swapped", "The row came first: hand back the column, as long as the kernel is high.", _turned
        ),
        Mistake(
            "not divided",
            "The corner, kernel[0, 0], is in column and row: divide one of them by it.",
            _undivided,
        ),
        Mistake(
            "divided twice",
            "Column and row were both divided by the corner: divide only one of them.",
            _divided_twice,
        ),
        Mistake(
            "sums",
            "The means of the rows and of the columns are still to be divided by the mean of all weights.",
            lambda kernel: (kernel.mean(1), kernel.mean(0)),
        ),
        Mistake(
            "zero corner",
            "kernel[0, 0] may be 0: take the row and the column of a weight that is not, and divide by it.",
            _by_corner,
        ),
        Mistake(
            "zero sum",
            "The sum of all weights may be 0: take a row and a column of the kernel itself.",
            _by_sums,
        ),
        Mistake(
            "singular value missing",
            "The singular value is missing: multiply column or row by it.",
            lambda kernel: _singular_values(kernel, 0),
        ),
        Mistake(
            "singular value twice",
            "The singular value is in column and row: multiply only one of them by it.",
            lambda kernel: _singular_values(kernel, 2),
        ),
        Mistake(
            "sums",
            "The sums of the rows and of the columns are still to be divided by the sum of all weights.",
            lambda kernel: (kernel.sum(1), kernel.sum(0)),
        ),
    ),
    right=answers.SEPARABLE_RIGHT,
    wrong=answers.SEPARABLE_WRONG,
    exempt={"transposed": "a column may lie either way, also as a matrix of one row"},
)
