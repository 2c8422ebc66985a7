"""The hard exercise of notebook 01: convolution as a Toeplitz matrix."""

from __future__ import annotations

import numpy as np

from cnnlab.exercises.answers import toeplitz as answers
from cnnlab.exercises.exercise import Exercise, Hint, Mistake


def _full(kernel: np.ndarray, length: int) -> np.ndarray:
    return np.stack([np.convolve(column, kernel) for column in np.eye(length)], axis=1)


def _flipped(kernel: np.ndarray, length: int) -> np.ndarray:
    return _full(kernel[::-1], length)


def _valid(kernel: np.ndarray, length: int) -> np.ndarray | None:
    return _full(kernel, length)[len(kernel) - 1 : length] if len(kernel) <= length else None


def _valid_flipped(kernel: np.ndarray, length: int) -> np.ndarray | None:
    return _valid(kernel[::-1], length)


def _circulant(kernel: np.ndarray, length: int) -> np.ndarray | None:
    full = _full(kernel, length)
    if len(kernel) > length:
        return None
    wrapped = full[:length].copy()
    wrapped[: len(kernel) - 1] += full[length:]
    return wrapped


def _cut(kernel: np.ndarray, length: int) -> np.ndarray:
    return _full(kernel, length)[:length]


def _cut_to_zero(kernel: np.ndarray, length: int) -> np.ndarray:
    full = _full(kernel, length)
    full[length:] = 0
    return full


def _rows(kernel: np.ndarray, length: int) -> np.ndarray:
    """Return the kernel laid in rows from the corner, one step further right in each."""
    rows = length + len(kernel) - 1
    return sum(weight * np.eye(rows, length, i) for i, weight in enumerate(kernel))


_ROWS = "Row 0 sees only kernel[0]: place columns instead."
_TAIL = "The last k - 1 rows are cut: full goes on until the kernel has left the signal."
_CIRCULANT = "The matrix wraps round: what leaves at the bottom comes in again at the top."
_VALID = "These are the rows of the valid part: full has length + k - 1 rows."

TOEPLITZ = Exercise(
    name="conv1d.toeplitz",
    prompt="Write a function of kernel and length: the matrix T whose T @ signal is the full convolution.",
    cases=(
        {"kernel": [1, 2, 3], "length": 4},
        {"kernel": [2, -1], "length": 3},
        {"kernel": [5], "length": 2},
        {"kernel": [1, 0.5, -4, 3], "length": 3},
        {"kernel": [7, 8], "length": 1},
    ),
    reference=_full,
    mistakes=(
        Mistake(
            "transposed",
            "This is the transpose: each column holds the kernel, pushed one row further down.",
            lambda kernel, length: _full(kernel, length).T,
        ),
        Mistake(
            "cross-correlation",
            "The columns hold the flipped kernel: this matrix does cross-correlation.",
            _flipped,
        ),
        Mistake(
            "transposed",
            "This is the transpose of the matrix with the flipped kernel: columns must hold the kernel.",
            lambda kernel, length: _flipped(kernel, length).T,
        ),
        Mistake("valid", _VALID, _valid),
        Mistake("valid", _VALID, _valid_flipped),
        Mistake("circulant", _CIRCULANT, _circulant),
        Mistake("tail cut", _TAIL, _cut),
        Mistake("tail cut", _TAIL, _cut_to_zero),
        Mistake("kernel in rows", _ROWS, lambda kernel, length: _rows(kernel[::-1], length)),
        Mistake("kernel in rows", _ROWS, _rows),
        Mistake("kernel in rows", _ROWS, lambda kernel, length: _rows(kernel[::-1], length)[:length]),
        Mistake("kernel in rows", _ROWS, lambda kernel, length: _rows(kernel, length)[:length]),
        Mistake(
            "last diagonal missing",
            "The kernel's last weight is missing: does the loop end one too early?",
            lambda kernel, length: _full(np.append(kernel[:-1], 0), length),
        ),
    ),
    hints=(
        Hint(
            "row too short",
            "A row has no room for the whole kernel. Row 0 sees only kernel[0]: place columns instead.",
            ("must match", "could not broadcast", "shape mismatch"),
        ),
    ),
    right=answers.TOEPLITZ_RIGHT,
    wrong=answers.TOEPLITZ_WRONG,
)
