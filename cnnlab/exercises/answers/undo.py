"""Answers to the exercise that undoes a convolution, written as students write them."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from torch.nn.functional import pad

from cnnlab.exercises.exercise import Wrong


def _forwards(result: torch.Tensor) -> list[float]:
    y = result.tolist()
    x = [y[0]]
    for t in range(1, len(y) - 1):
        x.append(y[t] - x[t - 1] / 2)
    return x


def _backwards(result: torch.Tensor) -> torch.Tensor:
    signal = torch.zeros(len(result), dtype=result.dtype)
    for t in range(len(result) - 1, 0, -1):
        signal[t - 1] = 2 * (result[t] - signal[t])
    return signal[:-1]


def _matrix(result: torch.Tensor) -> torch.Tensor:
    n = len(result) - 1
    matrix = torch.eye(n + 1, n, dtype=result.dtype) + pad(torch.eye(n, dtype=result.dtype), (0, 0, 1, 0)) / 2
    return torch.linalg.lstsq(matrix, result[:, None]).solution[:, 0]


def _fourier(result: torch.Tensor) -> torch.Tensor:
    n = len(result)
    return torch.fft.irfft(torch.fft.rfft(result) / torch.fft.rfft(torch.tensor([1, 0.5]), n), n)[:-1]


def _recursive(result: torch.Tensor, first: float, second: float) -> list[float]:
    x: list[float] = []
    for value in result.tolist()[:-1]:
        x.append((value - second * (x[-1] if x else 0)) / first)
    return x


def _in_place(result: torch.Tensor) -> torch.Tensor:
    for t in range(1, len(result)):
        result[t] -= result[t - 1] / 2
    return result[:-1]


UNDO_RIGHT: tuple[Any, ...] = (
    _forwards,
    _backwards,
    _matrix,
    _fourier,
    lambda result: np.polydiv(result.numpy(), np.array([1, 0.5]))[0],
)

UNDO_WRONG = (
    Wrong(lambda result: (result - pad(result, (1, 0))[:-1] / 2)[:-1], "half the result"),
    Wrong(lambda result: _recursive(result, 1, -0.5), "added"),
    Wrong(lambda result: _recursive(result, 1, 1), "not halved"),
    Wrong(lambda result: _recursive(result, 0.5, 1), "flipped"),
    Wrong(lambda result: result.tolist()[:-1], "only cut"),
    Wrong(lambda result: [2 * y / 3 for y in result.tolist()[:-1]], "scaled"),
    Wrong(lambda result: [*_forwards(result), 0.0], "one too long"),
    Wrong(lambda result: np.convolve(result, [1, 0.5]), "convolved again"),
    Wrong(lambda result: result + 0, "untouched input"),
    Wrong(lambda result: np.convolve(result, [1, -0.5]), "convolved again"),
    Wrong(_in_place, "changed its input"),
    Wrong(lambda result: _forwards(result)[::-1], "reversed"),
    Wrong(lambda result: torch.eye(len(result)) @ result, "dtype"),
    Wrong(lambda result: result.deconvolve([1, 0.5]), "exception"),
    Wrong(lambda result: _forwards(result).append(0), "nothing"),
)
