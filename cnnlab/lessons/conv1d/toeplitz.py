"""Build the matrix of section 9: shape `(length + len(kernel) - 1, length)`, so that the matrix times a
signal of `length` samples is its full convolution with `kernel`. *Hint:* what is the first column?
"""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor
from torch.nn.functional import pad

from cnnlab.exercises import Function, Mistake


def band(kernel: Tensor, rows: int, columns: int, first: int = 0, step: int = 1) -> Tensor:
    """Return the matrix that holds kernel[first + step * (r - c)] in row r, column c, and 0 outside."""
    matrix = torch.zeros(rows, columns, dtype=kernel.dtype)
    for r in range(rows):
        for c in range(columns):
            index = first + step * (r - c)
            if 0 <= index < len(kernel):
                matrix[r, c] = kernel[index]
    return matrix


def rows(kernel: Tensor, length: int) -> int:
    """Return how many rows the right matrix has."""
    return length + len(kernel) - 1


def full(kernel: Tensor, length: int) -> Tensor:
    """Return the right matrix: each column is a copy of the kernel, one lower than the column before."""
    matrix = torch.zeros(rows(kernel, length), length, dtype=kernel.dtype)
    for column in range(length):
        matrix[column : column + len(kernel), column] = kernel
    return matrix


def wrapped(kernel: Tensor, height: int, length: int) -> list[Tensor]:
    """Return a matrix whose row r is the kernel, filled up with zeros and rolled by r."""
    row = torch.zeros(length, dtype=kernel.dtype)
    row[: len(kernel)] = kernel
    return [row.roll(r) for r in range(height)]


def symmetric(kernel: Tensor, height: int, length: int) -> Tensor:
    """Return a matrix with the weights on both sides of the diagonal."""
    return band(kernel, height, length) + band(kernel, height, length, step=-1).triu(1)


def unguarded(kernel: Tensor, length: int) -> list[list[float]]:
    """Return kernel[r - c] without a look at r - c < 0, where the kernel is read from its end."""
    weights = kernel.tolist()
    return [
        [weights[r - c] if r - c < len(weights) else 0 for c in range(length)]
        for r in range(rows(kernel, length))
    ]


def from_the_end(kernel: Tensor, length: int) -> Tensor:
    """Put kernel[i] at column r - i without a look at r - i < 0, where a row is written from its end."""
    matrix = torch.zeros(rows(kernel, length), length)
    for r in range(len(matrix)):
        for i, weight in enumerate(kernel):
            if r - i < length:
                matrix[r, r - i] = weight
    return matrix


def mirrored_guard(kernel: Tensor, length: int) -> Tensor:
    """Return kernel[r - c] wherever abs(r - c) is an index of the kernel."""
    later = kernel * (torch.arange(len(kernel)) > 0)
    return full(kernel, length) + band(later, rows(kernel, length), length, first=len(kernel))


EXERCISE = Function(
    cases=[
        {"kernel": [1, 2, 3], "length": 4},
        {"kernel": [2, -1], "length": 4},
        {"kernel": [5], "length": 2},
        {"kernel": [1, 0.5, -4, 3], "length": 3},
        {"kernel": [3, 0, -2], "length": 3},
        {"kernel": [7, 8], "length": 1},
    ],
    right=[
        full,
        lambda kernel, n: band(kernel, rows(kernel, n), n),
        lambda kernel, n: pad(kernel, (n - 1, n - 1)).unfold(0, n, 1).flip(1),
    ],
    mistakes=[
        Mistake(
            "transposed",
            "The rows hold the kernel, as in the transpose: columns must hold it, each one row further down.",
            lambda kernel, n: full(kernel, n).T,
            lambda kernel, n: full(kernel.flip(0), n).T,
        ),
        Mistake(
            "cross-correlation",
            "The columns hold the flipped kernel: this matrix does cross-correlation.",
            lambda kernel, n: full(kernel.flip(0), n),
        ),
        Mistake(
            "sizes exchanged",
            "Numbers of rows and columns changed places: a row for each result, a column for each sample.",
            lambda kernel, n: band(kernel, n, rows(kernel, n)),
            lambda kernel, n: band(kernel.flip(0), n, rows(kernel, n)),
        ),
        Mistake(
            "valid",
            "These are the rows of the valid part: full has length + k - 1 rows.",
            lambda kernel, n: wrapped(kernel.flip(0), n - len(kernel) + 1, n),
            lambda kernel, n: wrapped(kernel, n - len(kernel) + 1, n),
        ),
        Mistake(
            "circulant",
            "The matrix wraps round: what leaves at one side comes in again at the other.",
            lambda kernel, n: torch.stack(wrapped(kernel, n, n), dim=1),
            lambda kernel, n: torch.stack(wrapped(kernel.flip(0), n, n), dim=1),
            lambda kernel, n: pad(torch.stack(wrapped(kernel, n, n), dim=1), (0, 0, 0, len(kernel) - 1)),
            lambda kernel, n: wrapped(kernel, n, n),
            lambda kernel, n: wrapped(kernel.flip(0), n, n),
            lambda kernel, n: wrapped(kernel, rows(kernel, n), n),
            lambda kernel, n: wrapped(kernel.flip(0), rows(kernel, n), n),
        ),
        Mistake(
            "tail cut",
            "The last k - 1 rows are cut: full goes on until the kernel has left the signal.",
            lambda kernel, n: band(kernel, n, n),
            lambda kernel, n: pad(band(kernel, n, n), (0, 0, 0, len(kernel) - 1)),
            lambda kernel, n: band(kernel.flip(0), n, n),
        ),
        Mistake(
            "same",
            "Rows are missing at both ends, as in same: full has length + k - 1 rows.",
            lambda kernel, n: band(kernel, n, n, first=(len(kernel) - 1) // 2),
            lambda kernel, n: band(kernel, n, n, first=len(kernel) // 2),
            lambda kernel, n: np.stack([np.convolve(spike, kernel, "same") for spike in np.eye(n)], axis=1),
            lambda kernel, n: band(kernel.flip(0), n, n, first=(len(kernel) - 1) // 2),
            lambda kernel, n: band(kernel.flip(0), n, n, first=len(kernel) // 2),
        ),
        Mistake(
            "kernel in rows",
            "Row 0 sees only kernel[0]: place columns instead.",
            lambda kernel, n: band(kernel, rows(kernel, n), n, first=len(kernel) - 1),
            lambda kernel, n: band(kernel, rows(kernel, n), n, step=-1),
            lambda kernel, n: band(kernel, n, n, first=len(kernel) - 1),
            lambda kernel, n: band(kernel, n, n, step=-1),
        ),
        Mistake(
            "shifted",
            "The whole band stands one row too high or too low: row 0 begins with kernel[0].",
            lambda kernel, n: band(kernel, rows(kernel, n), n, first=1),
            lambda kernel, n: band(kernel, rows(kernel, n), n, first=-1),
        ),
        Mistake(
            "number of rows",
            "The number of rows is wrong: `length` samples and k weights give length + k - 1 results.",
            lambda kernel, n: band(kernel, n + len(kernel), n),
            lambda kernel, n: band(kernel, n + len(kernel) + 1, n),
            lambda kernel, n: band(kernel, n + len(kernel) + 1, n, first=-1),
            lambda kernel, n: band(kernel, n + len(kernel) - 2, n),
            lambda kernel, n: band(kernel, len(kernel), n),
        ),
        Mistake(
            "number of columns",
            "The number of columns is wrong: there is one for each of the `length` samples.",
            lambda kernel, n: band(kernel, rows(kernel, n), rows(kernel, n)),
            lambda kernel, n: pad(full(kernel, n), (0, len(kernel) - 1)),
            lambda kernel, n: torch.stack(wrapped(kernel, rows(kernel, n), rows(kernel, n)), dim=1),
            lambda kernel, n: pad(full(kernel, n).T, (0, 0, 0, len(kernel) - 1)),
            lambda kernel, n: pad(full(kernel.flip(0), n).T, (0, 0, 0, len(kernel) - 1)),
            lambda kernel, n: band(kernel, rows(kernel, n), len(kernel)),
            lambda kernel, n: band(kernel, rows(kernel, n), n + 1),
            lambda kernel, n: band(kernel, rows(kernel, n), n - 1),
            lambda kernel, n: full(kernel, n + 1),
            lambda kernel, n: full(kernel, n - 1),
        ),
        Mistake(
            "columns left empty",
            "Not every column holds the kernel: it starts once for each of the `length` samples.",
            lambda kernel, n: full(kernel, n) * (torch.arange(n) < n - 1),
            lambda kernel, n: full(kernel, n) * (torch.arange(n) < len(kernel)),
            lambda kernel, n: full(kernel, n) * (torch.arange(n) < 1),
            lambda kernel, n: full(kernel, n) * (torch.arange(n) > 0),
        ),
        Mistake(
            "not shifted",
            "All columns are the same: each must stand one row lower than the one before.",
            lambda kernel, n: torch.stack([pad(kernel, (0, n - 1))] * n, dim=1),
            lambda kernel, n: torch.stack([kernel] * n, dim=1),
        ),
        Mistake(
            "main diagonal only",
            "Only the main diagonal is filled: the kernel's weight number i belongs i rows below it.",
            lambda kernel, n: kernel[0] * torch.eye(rows(kernel, n), n),
            lambda kernel, n: kernel.sum() * torch.eye(rows(kernel, n), n),
        ),
        Mistake(
            "upwards",
            "From column to column the kernel moves up: it must move down.",
            lambda kernel, n: full(kernel, n).flip(0),
            lambda kernel, n: full(kernel, n).flip(1),
            lambda kernel, n: band(kernel, rows(kernel, n), n, first=n - 1).flip(1),
        ),
        Mistake(
            "symmetric",
            "The weights stand on both sides of the diagonal: above it there are zeros.",
            lambda kernel, n: symmetric(kernel, rows(kernel, n), n),
            lambda kernel, n: symmetric(kernel, rows(kernel, n), rows(kernel, n)),
            lambda kernel, n: symmetric(kernel, n, n),
            lambda kernel, n: symmetric(kernel, len(kernel), len(kernel)),
        ),
        Mistake(
            "negative index",
            "Where r - c is no index of the kernel, 0 belongs: a negative index would count from the end.",
            unguarded,
            from_the_end,
            mirrored_guard,
            lambda kernel, n: kernel[
                (torch.arange(rows(kernel, n))[:, None] - torch.arange(n)) % len(kernel)
            ],
        ),
        Mistake(
            "long kernel",
            "The kernel was cut to the length of the signal: it may be the longer one of the two.",
            lambda kernel, n: pad(full(kernel[:n], n), (0, 0, 0, max(0, len(kernel) - n))),
        ),
        Mistake(
            "whole numbers",
            "The fractions were cut off: is the matrix made of integers?",
            lambda kernel, n: full(kernel, n).int(),
        ),
        Mistake(
            "last diagonal missing",
            "The kernel's last weight is missing: does the loop end one too early?",
            lambda kernel, n: pad(full(kernel[:-1], n), (0, 0, 0, 1)),
        ),
        Mistake(
            "first diagonal missing",
            "The kernel's first weight is missing: indices begin at 0.",
            lambda kernel, n: pad(full(kernel[1:], n), (0, 0, 1, 0)),
        ),
        Mistake(
            "vector",
            "This is a vector: asked for is the matrix, with a column for each sample.",
            lambda kernel, n: pad(kernel, (0, n - 1)),
            lambda kernel, n: full(kernel, n).sum(dim=1),
            lambda kernel, n: full(kernel, n).flatten(),
        ),
        Mistake(
            "row too short",
            "No room for the whole kernel. Row 0 sees only kernel[0]: place columns instead.",
            lambda kernel, n: full(kernel, n)[0].copy_(kernel),
            raises=["must match", "could not broadcast", "shape mismatch"],
        ),
        Mistake(
            "index outside",
            "An index left the matrix or the kernel: row r, column c holds kernel[r - c], or 0.",
            lambda kernel, n: full(kernel, n)[:, n],
            raises=["IndexError"],
        ),
    ],
)
