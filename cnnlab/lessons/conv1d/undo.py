r"""Undo a convolution. You are given the *full* convolution of an unknown signal with the kernel
$[1, \tfrac12]$. Return the signal. *Hint:* its first sample is easy; then the second is.
"""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor

from cnnlab.exercises import Function, Mistake


def convolved(*signal: float) -> list[float]:
    """Return the full convolution of a signal with [1, 0.5]."""
    return np.convolve(signal, [1, 0.5]).tolist()


def divided(result: Tensor, first: float = 1.0, second: float = 0.5) -> Tensor:
    """Return what undoes a convolution with [first, second], one value fewer than there are results."""
    signal = torch.zeros(len(result) - 1, dtype=result.dtype)
    for t in range(len(signal)):
        previous = signal[t - 1] if t > 0 else 0
        signal[t] = (result[t] - second * previous) / first
    return signal


def backwards(result: Tensor) -> Tensor:
    """Return the signal, found from its last sample on."""
    signal = torch.zeros_like(result)
    for t in range(len(result) - 1, 0, -1):
        signal[t - 1] = 2 * (result[t] - signal[t])
    return signal[:-1]


def wrapped(size: int) -> np.ndarray:
    """Return the matrix of the circular convolution with [1, 0.5]."""
    return np.eye(size) + np.roll(np.eye(size), 1, axis=0) / 2


EXERCISE = Function(
    cases=[
        {"result": convolved(2, 4, 6)},
        {"result": convolved(1, 0, 0, 0, 8)},
        {"result": convolved(5)},
        {"result": convolved(0, 0, -4)},
        {"result": convolved(3, -2, 0, 0)},
        {"result": convolved(-3, 1, 4, -1.5, 5, 9, -2)},
    ],
    right=[divided, backwards, lambda result: np.polydiv(result.numpy(), np.array([1, 0.5]))[0]],
    mistakes=[
        Mistake(
            "half the result",
            "Take off half of the signal's previous sample, x[t-1], not of the result's, y[t-1].",
            lambda result: np.convolve(result, [1, -0.5])[: len(result) - 1],
        ),
        Mistake(
            "whole result",
            "The result's previous value, y[t-1], was taken off: take half of the signal's, x[t-1].",
            lambda result: np.convolve(result, [1, -1])[: len(result) - 1],
        ),
        Mistake(
            "added",
            "The half of the previous sample was added: it must be taken off.",
            lambda result: divided(result, 1, -0.5),
        ),
        Mistake(
            "not halved",
            "The whole previous sample was taken off: the kernel's second weight is 0.5.",
            lambda result: divided(result, 1, 1),
        ),
        Mistake(
            "doubled",
            "Twice the previous sample was taken off: the kernel's second weight is 0.5.",
            lambda result: divided(result, 1, 2),
        ),
        Mistake(
            "brackets",
            "Half of the whole difference was taken: halve only what is taken off, the previous sample.",
            lambda result: [result[0], *divided(result, 2, 1)[1:]],
        ),
        Mistake(
            "flipped",
            "This divides by [0.5, 1]: the first result, y[0], is x[0] times 1.",
            lambda result: divided(result, 0.5, 1),
        ),
        Mistake(
            "first sample 0",
            "The first sample stayed 0: it is y[0], with nothing to take off.",
            lambda result: divided(torch.cat([result[:1] * 0, result[1:]])),
        ),
        Mistake(
            "only cut",
            "Only the last value was dropped: each result still holds half of the sample before.",
            lambda result: result[:-1],
        ),
        Mistake(
            "first dropped",
            "The first value was dropped: it is the first sample, alone. The others hold two samples each.",
            lambda result: result[1:],
            lambda result: divided(torch.cat([result[1:], result[:1]])),
        ),
        Mistake(
            "scaled",
            "Dividing by 1.5 undoes the kernel's sum, not its delay.",
            lambda result: result[:-1] / 1.5,
        ),
        Mistake(
            "zeros lost",
            "Zeros at the end got lost: they belong to the signal, one value shorter than the result.",
            lambda result: np.polynomial.polynomial.polydiv(result, [1, 0.5])[0],
        ),
        Mistake(
            "cut short",
            "This undoes only the first steps: the halves go on, x[t] = y[t] - x[t-1] / 2 for every t.",
            lambda result: np.convolve(result, [1, -0.5, 0.25])[: len(result) - 1],
            lambda result: np.convolve(result, [1, -0.5, 0.25, -0.125])[: len(result) - 1],
        ),
        Mistake(
            "wrapped",
            "Half of the last sample was taken off the first: nothing comes before the first sample.",
            lambda result: np.linalg.solve(wrapped(len(result) - 1), result[:-1]),
        ),
        Mistake(
            "one too long",
            "The signal is one value shorter than the result: n + 2 - 1 values came from n.",
            lambda result: [*divided(result), 0],
        ),
        Mistake(
            "last sample missing",
            "The last sample is missing: the signal is one value shorter than the result, not two.",
            lambda result: divided(result)[:-1],
            lambda result: divided(result)[: max(1, len(result) - 2)],
        ),
        Mistake(
            "convolved again",
            "This convolves a second time: undo it by subtracting.",
            lambda result: np.convolve(result, [1, 0.5]),
            lambda result: np.convolve(result, [1, 0.5])[: len(result)],
            lambda result: np.convolve(result, [1, 0.5])[: len(result) - 1],
            lambda result: result[:-1] + result[1:] / 2,
        ),
        Mistake(
            "convolved again",
            "This convolves with [1, -0.5]: that undoes only the first step of the long division.",
            lambda result: np.convolve(result, [1, -0.5]),
            lambda result: np.convolve(result, [1, -0.5])[: len(result)],
        ),
    ],
)
