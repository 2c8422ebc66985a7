"""A separable kernel is given, of shape (kh, kw). Return a column and a row whose outer product it is. Its
first row or column may be zero, but not the whole kernel.
"""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor

from cnnlab.exercises import Function, Mistake
from cnnlab.exercises.values import MOST_NUMBERS


def drawn(seed: int) -> dict[str, np.ndarray]:
    """Return a random separable kernel of 1 to 6 rows and columns, some of them zero, but not all."""
    rng = np.random.default_rng(seed)
    column, row = (rng.integers(-3, 4, size) for size in (seed % 6 + 1, rng.integers(1, 7)))
    column[rng.integers(len(column))], row[rng.integers(len(row))] = 3, -2
    return {"kernel": np.outer(column, row).astype(float)}


def outer(column: np.ndarray, row: np.ndarray) -> np.ndarray:
    """Return the outer product of two vectors, which may also come as matrices of one row or column."""
    for part in (column, row):
        if np.count_nonzero(np.array(part.shape) > 1) > 1:
            raise ValueError(f"column and row must be vectors, got shape {part.shape}")
    if column.size * row.size > MOST_NUMBERS:
        raise ValueError(f"the outer product is too large: {column.size} x {row.size}")
    return np.outer(column, row)


def by_weight(kernel: Tensor, place: Tensor | int) -> tuple[Tensor, Tensor]:
    """Return the column and the row through one weight, the row divided by it."""
    i, j = divmod(int(place), kernel.shape[1])
    return kernel[:, j], kernel[i] / kernel[i, j]


def by_largest(kernel: Tensor) -> tuple[Tensor, Tensor]:
    """Return what is asked for: the largest weight cannot be zero."""
    return by_weight(kernel, kernel.abs().argmax())


def by_singular_value(kernel: Tensor) -> tuple[Tensor, Tensor]:
    """Return what is asked for: of a separable kernel one singular value is not zero."""
    u, s, vh = torch.linalg.svd(kernel)
    return u[:, 0] * s[0], vh[0]


def by_projection(kernel: Tensor) -> tuple[Tensor, Tensor]:
    """Return the longest row, and how many times it every row is."""
    row = kernel[kernel.norm(dim=1).argmax()]
    return kernel @ row / (row @ row), row


EXERCISE = Function(
    cases=[
        {"kernel": [[2, 4, 10], [3, 6, 15]]},
        {"kernel": [[1, 0, -1], [2, 0, -2], [1, 0, -1]]},
        {"kernel": [[0, 0.125, -0.125], [0, 3, -3], [0, 0, 0]]},
        {"kernel": [[0, 0], [0, 0], [-2, -4]]},
        {"kernel": [[0.003], [-0.001], [-0.0002]]},
        *map(drawn, range(8)),
    ],
    join=outer,
    right=[by_largest, by_singular_value, by_projection],
    mistakes=[
        Mistake(
            "swapped",
            "The row came first: hand back the column, as long as the kernel is high.",
            lambda k: by_largest(k)[::-1],
        ),
        Mistake(
            "not divided",
            "The weight where column and row meet is in both: divide one of them by it.",
            lambda k: (by_largest(k)[0], by_largest(k)[1] * k.flatten()[k.abs().argmax()]),
        ),
        Mistake(
            "zero corner",
            "kernel[0, 0] may be 0: take the row and the column of a weight that is not, and divide by it.",
            lambda k: by_weight(k, 0),
        ),
        Mistake(
            "zero weight",
            "This weight may be 0: take the row and the column of one that is not, wherever it stands.",
            lambda k: by_weight(k, len(k) // 2 * k.shape[1] + k.shape[1] // 2),
            lambda k: by_weight(k, k[0].abs().argmax()),
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
            "zero sum",
            "The sum of all weights may be 0: take a row and a column of the kernel itself.",
            lambda k: (k.sum(1), k.sum(0) / k.sum()),
        ),
        Mistake(
            "singular value missing",
            "The singular value is missing: multiply column or row by it.",
            lambda k: [part / part.norm() for part in by_largest(k)],
        ),
        Mistake(
            "Vh transposed",
            "torch.linalg.svd hands back V transposed: its first row is wanted, not its first column.",
            lambda k: (by_singular_value(k)[0], torch.linalg.svd(k)[2][:, 0]),
        ),
    ],
    exempt={"transposed": "a column may lie either way, also as a matrix of one row"},
)
