"""Answers to the convolution exercise, written as students write them."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from torch.nn.functional import conv1d

from cnnlab.exercises.exercise import Wrong


def _scatter(signal: torch.Tensor, kernel: torch.Tensor) -> torch.Tensor:
    result = torch.zeros(len(signal) + len(kernel) - 1)
    for i, weight in enumerate(kernel):
        result[i : i + len(signal)] += weight * signal
    return result


def _gather(signal: torch.Tensor, kernel: torch.Tensor) -> list[float]:
    x, w = signal.tolist(), kernel.tolist()
    return [
        sum(x[n - i] * w[i] for i in range(len(w)) if 0 <= n - i < len(x)) for n in range(len(x) + len(w) - 1)
    ]


def _library(signal: torch.Tensor, kernel: torch.Tensor) -> torch.Tensor:
    return conv1d(signal.view(1, 1, -1), kernel.flip(0).view(1, 1, -1), padding=len(kernel) - 1)[0, 0]


def _fourier(signal: torch.Tensor, kernel: torch.Tensor) -> torch.Tensor:
    n = len(signal) + len(kernel) - 1
    return torch.fft.irfft(torch.fft.rfft(signal, n) * torch.fft.rfft(kernel, n), n)


def _polynomials(signal: torch.Tensor, kernel: torch.Tensor) -> np.ndarray:
    return np.polynomial.Polynomial(signal.numpy()).__mul__(np.polynomial.Polynomial(kernel.numpy())).coef


def _slide(signal: torch.Tensor, kernel: torch.Tensor, border: int) -> torch.Tensor:
    """Return the sums of products of a kernel that is not flipped, sliding over a padded signal."""
    padded = torch.nn.functional.pad(signal, (border, border))
    windows = padded.unfold(0, len(kernel), 1)
    return windows @ kernel


def _circular(signal: torch.Tensor, kernel: torch.Tensor) -> list[float]:
    n = len(signal)
    return [sum(float(w) * float(signal[(i - j) % n]) for j, w in enumerate(kernel)) for i in range(n)]


def _one_loop_short(signal: torch.Tensor, kernel: torch.Tensor) -> torch.Tensor:
    result = torch.zeros(len(signal) + len(kernel) - 1)
    for i in range(len(kernel) - 1):
        for j in range(len(signal)):
            result[i + j] += kernel[i] * signal[j]
    return result


def _room_for_one_more(signal: torch.Tensor, kernel: torch.Tensor) -> np.ndarray:
    result = np.zeros(len(signal) + len(kernel))
    for i, sample in enumerate(signal):
        for j, weight in enumerate(kernel):
            result[i + j] += float(sample * weight)
    return result


def _too_little_room(signal: torch.Tensor, kernel: torch.Tensor) -> torch.Tensor:
    result = torch.zeros(len(signal) + len(kernel) - 2)
    for i, sample in enumerate(signal):
        for j, weight in enumerate(kernel):
            result[i + j] += sample * weight
    return result


def _copies_laid_over(signal: torch.Tensor, kernel: torch.Tensor) -> torch.Tensor:
    result = torch.zeros(len(signal) + len(kernel) - 1)
    for i in range(len(kernel)):
        for j in range(len(signal)):
            result[i + j] = kernel[i] * signal[j]
    return result


def _formula(signal: torch.Tensor, kernel: torch.Tensor) -> list[float]:
    x, w = signal.tolist(), kernel.tolist()
    return [sum(x[tau] * w[t - tau] for tau in range(len(x))) for t in range(len(x) + len(w) - 1)]


def _formula_half_guarded(signal: torch.Tensor, kernel: torch.Tensor) -> list[float]:
    x, w = signal.tolist(), kernel.tolist()
    return [
        sum(x[tau] * w[t - tau] for tau in range(len(x)) if t - tau < len(w))
        for t in range(len(x) + len(w) - 1)
    ]


CONVOLVE_RIGHT: tuple[Any, ...] = (_scatter, _gather, _library, _fourier, np.convolve)

CONVOLVE_WRONG = (
    Wrong(lambda signal, kernel: _slide(signal, kernel, len(kernel) - 1), "cross-correlation"),
    Wrong(lambda signal, kernel: _library(torch.flip(signal, (0,)), kernel), "signal flipped"),
    Wrong(lambda signal, kernel: _slide(signal, kernel.flip(0), 0), "valid"),
    Wrong(
        lambda signal, kernel: conv1d(
            signal.view(1, 1, -1), kernel.flip(0).view(1, 1, -1), padding=(len(kernel) - 1) // 2 + 1
        )[0, 0, 1 : 1 + len(signal)],
        "same",
    ),
    Wrong(lambda signal, kernel: _gather(signal, kernel)[: len(signal)], "cut to the signal"),
    Wrong(_circular, "wrapped"),
    Wrong(_copies_laid_over, "overwritten"),
    Wrong(lambda signal, kernel: _copies_laid_over(kernel, signal), "overwritten"),
    Wrong(_formula_half_guarded, "negative index"),
    Wrong(lambda signal, kernel: _formula_half_guarded(kernel, signal), "negative index"),
    Wrong(_formula, "index outside"),
    Wrong(lambda signal, kernel: _formula(kernel, signal), "index outside"),
    Wrong(_room_for_one_more, "one too long"),
    Wrong(lambda signal, kernel: _gather(signal, kernel)[:-1], "last value missing"),
    Wrong(_too_little_room, "index outside"),
    Wrong(_one_loop_short, "last weight missing"),
    Wrong(
        lambda signal, kernel: torch.fft.ifft(torch.fft.fft(signal, 9) * torch.fft.fft(kernel, 9)),
        "complex numbers",
    ),
    Wrong(lambda signal, kernel: -_scatter(signal, kernel), "sign"),
    Wrong(lambda signal, kernel: _scatter(signal.mul_(2), kernel) / 2, "changed its input"),
    Wrong(lambda signal, kernel: signal * kernel, "exception"),
    Wrong(lambda signal: signal, "arguments"),
    Wrong(lambda signal, kernel: _scatter(signal, kernel).unsqueeze(0), "extra brackets"),
)
