"""Answers to the Toeplitz exercise, written as students write them."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch

from cnnlab.exercises.exercise import Wrong


def _by_columns(kernel: torch.Tensor, length: int) -> torch.Tensor:
    matrix = torch.zeros(length + len(kernel) - 1, length)
    for column in range(length):
        matrix[column : column + len(kernel), column] = kernel
    return matrix


def _by_entries(kernel: torch.Tensor, length: int) -> list[list[float]]:
    k = len(kernel)
    return [
        [float(kernel[row - column]) if 0 <= row - column < k else 0.0 for column in range(length)]
        for row in range(length + k - 1)
    ]


def _by_diagonals(kernel: torch.Tensor, length: int) -> np.ndarray:
    rows = length + len(kernel) - 1
    return sum(weight * np.eye(rows, length, -i) for i, weight in enumerate(kernel.numpy()))


def _by_strides(kernel: torch.Tensor, length: int) -> torch.Tensor:
    padded = torch.nn.functional.pad(kernel, (length - 1, length - 1))
    return padded.unfold(0, length, 1).flip(1)


def _correlating(kernel: torch.Tensor, length: int) -> torch.Tensor:
    padded = torch.nn.functional.pad(kernel, (length - 1, length - 1))
    return padded.flip(0).unfold(0, length, 1).flip(1)


def _rows_hold_the_kernel(kernel: torch.Tensor, length: int) -> list[list[float]]:
    return [[0.0] * i + kernel.tolist() + [0.0] * (length - 1 - i) for i in range(length)]


def _rows_hold_the_flipped(kernel: torch.Tensor, length: int) -> list[list[float]]:
    return _rows_hold_the_kernel(kernel.flip(0), length)


def _valid_rows(kernel: torch.Tensor, length: int, step: int) -> list[list[float]]:
    taps, k = kernel.tolist()[::step], len(kernel)
    return [[0.0] * i + taps + [0.0] * (length - k - i) for i in range(length - k + 1)]


def _rolled(kernel: torch.Tensor, length: int) -> torch.Tensor:
    column = torch.zeros(length)
    column[: len(kernel)] = kernel
    return torch.stack([torch.roll(column, shift) for shift in range(length)], dim=1)


def _lower_triangle(kernel: torch.Tensor, length: int) -> np.ndarray:
    rows, columns = np.indices((length, length))
    gap = rows - columns
    return np.where((gap >= 0) & (gap < len(kernel)), kernel.numpy()[np.clip(gap, 0, len(kernel) - 1)], 0)


def _tail_of_zeros(kernel: torch.Tensor, length: int) -> torch.Tensor:
    square = torch.from_numpy(_lower_triangle(kernel, length))
    return torch.nn.functional.pad(square, (0, 0, 0, len(kernel) - 1))


def _one_weight_short(kernel: torch.Tensor, length: int) -> torch.Tensor:
    matrix = torch.zeros(length + len(kernel) - 1, length)
    for i in range(len(kernel) - 1):
        for column in range(length):
            matrix[column + i, column] = kernel[i]
    return matrix


def _rows_from_the_corner(kernel: torch.Tensor, length: int, step: int) -> list[list[float]]:
    taps = kernel.tolist()[::step]
    rows = ([0.0] * row + taps + [0.0] * length for row in range(length + len(kernel) - 1))
    return [row[:length] for row in rows]


def _rows_by_slices(kernel: torch.Tensor, length: int) -> torch.Tensor:
    matrix = torch.zeros(length + len(kernel) - 1, length)
    for row in range(len(matrix)):
        matrix[row, row : row + len(kernel)] = kernel.flip(0)
    return matrix


def _rows_by_slices_in_numpy(kernel: torch.Tensor, length: int) -> np.ndarray:
    matrix = np.zeros((length + len(kernel) - 1, length))
    for row in range(len(matrix)):
        matrix[row, row : row + len(kernel)] = kernel.numpy()
    return matrix


TOEPLITZ_RIGHT: tuple[Any, ...] = (_by_columns, _by_entries, _by_diagonals, _by_strides)

TOEPLITZ_WRONG = (
    Wrong(_rows_hold_the_kernel, "transposed"),
    Wrong(_rows_hold_the_flipped, "transposed"),
    Wrong(_correlating, "cross-correlation"),
    Wrong(lambda kernel, length: _valid_rows(kernel, length, -1), "valid"),
    Wrong(lambda kernel, length: _valid_rows(kernel, length, 1), "valid"),
    Wrong(_rolled, "circulant"),
    Wrong(_lower_triangle, "tail cut"),
    Wrong(_tail_of_zeros, "tail cut"),
    Wrong(lambda kernel, length: _rows_from_the_corner(kernel, length, -1), "kernel in rows"),
    Wrong(lambda kernel, length: _rows_from_the_corner(kernel, length, 1), "kernel in rows"),
    Wrong(lambda kernel, length: _rows_from_the_corner(kernel, length, -1)[:length], "kernel in rows"),
    Wrong(lambda kernel, length: _rows_from_the_corner(kernel, length, 1)[:length], "kernel in rows"),
    Wrong(_rows_by_slices, "row too short"),
    Wrong(_rows_by_slices_in_numpy, "row too short"),
    Wrong(_one_weight_short, "last diagonal missing"),
    Wrong(lambda kernel, length: _by_columns(kernel, length).flip(0), "wrong values"),
    Wrong(lambda kernel, length: _by_columns(kernel, length + 1), "wrong shape"),
    Wrong(lambda kernel, length: _by_columns(kernel, length) @ torch.ones(length), "wrong shape"),
    Wrong(lambda kernel, length: _by_columns(kernel, length) != 0, "booleans"),
    Wrong(lambda kernel, length: [kernel.tolist()[: i + 1] for i in range(length)], "ragged"),
)
