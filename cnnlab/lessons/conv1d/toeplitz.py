"""Build the matrix of section 9: shape `(length + len(kernel) - 1, length)`, so that the matrix times a
signal of `length` samples is its full convolution with `kernel`. *Hint:* what is the first column?
"""

from __future__ import annotations

import numpy as np
import torch
from scipy import linalg
from torch import Tensor
from torch.nn.functional import pad

from cnnlab.exercises import Function, Mistake


def drawn(seed: int) -> dict[str, object]:
    """Return a random kernel of seed + 1 weights, some of them 0, and a length from 1 to 7."""
    rng = np.random.default_rng(seed)
    return {"kernel": rng.integers(-3, 4, seed + 1).astype(float), "length": int(rng.integers(1, 8))}


def full(kernel: Tensor, length: int) -> Tensor:
    """Return the right matrix: each column is a copy of the kernel, one lower than the column before."""
    matrix = torch.zeros(length + len(kernel) - 1, length, dtype=kernel.dtype)
    for column in range(length):
        matrix[column : column + len(kernel), column] = kernel
    return matrix


def circulant(kernel: Tensor, length: int) -> Tensor:
    """Return a square matrix in which a column that leaves below comes in again above."""
    column = torch.zeros(length, dtype=kernel.dtype)
    column[: len(kernel)] = kernel
    return torch.stack([column.roll(shift) for shift in range(length)], dim=1)


EXERCISE = Function(
    cases=[
        {"kernel": [1, 2, 3], "length": 4},
        {"kernel": [2, -1], "length": 4},
        {"kernel": [1, 0.125, -4, 3], "length": 3},
        {"kernel": [7001, 8], "length": 1},
        *map(drawn, range(8)),
    ],
    right=[
        full,
        lambda kernel, n: np.stack([np.convolve(spike, kernel) for spike in np.eye(n)], axis=1),
        lambda kernel, n: pad(kernel, (n - 1, n - 1)).unfold(0, n, 1).flip(1),
    ],
    mistakes=[
        Mistake(
            "transposed",
            "The rows hold the kernel, as in the transpose: columns must hold it, each one row further down.",
            lambda kernel, n: full(kernel, n).T,
        ),
        Mistake(
            "cross-correlation",
            "The columns hold the flipped kernel: this matrix does cross-correlation.",
            lambda kernel, n: full(kernel.flip(0), n),
        ),
        Mistake(
            "circulant",
            "The matrix wraps round: what leaves at one side comes in again at the other.",
            circulant,
            lambda kernel, n: pad(circulant(kernel, n), (0, 0, 0, len(kernel) - 1)),
        ),
        Mistake(
            "tail cut",
            "The last k - 1 rows are cut: full goes on until the kernel has left the signal.",
            lambda kernel, n: full(kernel, n)[:n],
            lambda kernel, n: pad(full(kernel, n)[:n], (0, 0, 0, len(kernel) - 1)),
        ),
        Mistake(
            "number of rows",
            "The number of rows is wrong: `length` samples and k weights give length + k - 1 results.",
            lambda kernel, n: pad(full(kernel, n), (0, 0, 0, 1)),
            lambda kernel, n: full(kernel, n)[(len(kernel) - 1) // 2 :][:n],
            # To stack no rows at all raises: a list of none would forget how many columns there were.
            lambda kernel, n: torch.stack([*full(kernel, n)[len(kernel) - 1 : n]]),
        ),
        Mistake(
            "symmetric",
            "The weights stand on both sides of the diagonal: above it there are zeros.",
            lambda kernel, n: linalg.toeplitz(pad(kernel, (0, n - 1)))[:, :n],
        ),
        Mistake(
            "negative index",
            "Where r - c is no index of the kernel, 0 belongs: a negative index would count from the end.",
            lambda kernel, n: [
                [kernel[r - c] if r - c < len(kernel) else 0 for c in range(n)]
                for r in range(n + len(kernel) - 1)
            ],
            lambda kernel, n: [
                [kernel[r - c] if abs(r - c) < len(kernel) else 0 for c in range(n)]
                for r in range(n + len(kernel) - 1)
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
        Mistake(
            "not shifted",
            "All columns are the same: each must stand one row lower than the one before.",
            lambda kernel, n: torch.stack([pad(kernel, (0, n - 1))] * n, dim=1),
            lambda kernel, n: torch.stack([kernel] * n, dim=1),
        ),
    ],
)
