"""Write the full convolution of two 1-D tensors yourself, from the formula or by sliding: one sum for each
$t$. The copies of section 3 or a library's function would pass the check too, but you know those already.
"""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor
from torch.nn.functional import conv1d

from cnnlab.exercises import Function, Mistake


def drawn(seed: int) -> dict[str, np.ndarray]:
    """Return a random kernel of seed + 1 weights and a signal of 1 to 8 samples, some of them 0."""
    rng = np.random.default_rng(seed)
    signal, kernel = (rng.integers(-3, 4, size).astype(float) for size in (rng.integers(1, 9), seed + 1))
    return {"signal": signal, "kernel": kernel}


def by_formula(signal: Tensor, kernel: Tensor) -> Tensor:
    """Return the full convolution: one sum for each place t."""
    result = torch.zeros(len(signal) + len(kernel) - 1, dtype=signal.dtype)
    for t in range(len(result)):
        for tau in range(max(0, t - len(kernel) + 1), min(t + 1, len(signal))):
            result[t] += signal[tau] * kernel[t - tau]
    return result


def wrapped(signal: Tensor, kernel: Tensor) -> Tensor:
    """Return the circular convolution, as long as the longer of the two."""
    n = max(len(signal), len(kernel))
    return torch.fft.ifft(torch.fft.fft(signal, n) * torch.fft.fft(kernel, n)).real


def overwritten(signal: Tensor, kernel: Tensor) -> Tensor:
    """Return the copies of the kernel laid over each other, each hiding what lies below."""
    result = torch.zeros(len(signal) + len(kernel) - 1, dtype=signal.dtype)
    for shift, sample in enumerate(signal):
        result[shift : shift + len(kernel)] = sample * kernel
    return result


def from_the_end(signal: Tensor, kernel: Tensor) -> list[float]:
    """Return the formula without a look at t - tau < 0, where the kernel is read from its end."""
    x, w = signal.tolist(), kernel.tolist()
    return [
        sum(x[tau] * w[t - tau] for tau in range(len(x)) if t - tau < len(w))
        for t in range(len(x) + len(w) - 1)
    ]


EXERCISE = Function(
    cases=[
        {"signal": [1, 2, 3], "kernel": [1, 10]},
        {"signal": [0, 1, 2, 0], "kernel": [1, 0, -1]},
        {"signal": [0.5, 2, -3, 1], "kernel": [1.5, -2, 0.25]},
        {"signal": [6001], "kernel": [0, 1, 2]},
        *map(drawn, range(8)),
    ],
    right=[
        np.convolve,
        by_formula,
        lambda signal, kernel: conv1d(
            signal[None, None], kernel.flip(0)[None, None], padding=len(kernel) - 1
        )[0, 0],
    ],
    mistakes=[
        Mistake(
            "cross-correlation",
            "This is the cross-correlation: the kernel was not flipped.",
            lambda signal, kernel: np.convolve(signal, kernel.flip(0)),
        ),
        Mistake(
            "valid",
            "This is the valid part: full also keeps the positions where the kernel hangs over the ends.",
            lambda signal, kernel: np.convolve(signal, kernel, "valid"),
        ),
        Mistake(
            "same",
            "This is same: the two ends are missing.",
            lambda signal, kernel: np.convolve(signal, kernel, "same"),
        ),
        Mistake(
            "cut to the signal",
            "The answer stops with the signal: full goes on until the kernel has left it.",
            lambda signal, kernel: np.convolve(signal, kernel)[: len(signal)],
        ),
        Mistake(
            "wrapped",
            "This is circular convolution: what left at the end, or a negative index, came in again.",
            wrapped,
        ),
        Mistake(
            "overwritten", "Each place holds only one of its products: add them up with +=.", overwritten
        ),
        Mistake(
            "negative index",
            "A negative index reads from the end: outside signal and kernel, 0 counts.",
            from_the_end,
            lambda signal, kernel: from_the_end(kernel, signal),
        ),
        Mistake(
            "zeros lost",
            "Zeros at the beginning or the end got lost, as they do with polynomials: they count as samples.",
            np.polymul,
        ),
        Mistake(
            "long kernel",
            "The kernel was cut to the length of the signal: it may be the longer one of the two.",
            lambda signal, kernel: [
                *np.convolve(signal, kernel[: len(signal)]),
                *[0] * (len(kernel) - len(signal)),
            ],
        ),
        Mistake(
            "whole numbers",
            "The fractions are lost: is the result made of integers?",
            lambda signal, kernel: np.convolve(signal, kernel).round(),
            lambda signal, kernel: sum(
                np.convolve((sample * kernel).trunc(), spike)
                for sample, spike in zip(signal, np.eye(len(signal)), strict=True)
            ),
        ),
        Mistake(
            "index outside",
            "Is the result n + k - 1 long? Outside the kernel w counts as 0, and -1 reads from the end.",
            lambda signal, kernel: [signal[len(signal)]],
            raises=["IndexError"],
        ),
    ],
)
