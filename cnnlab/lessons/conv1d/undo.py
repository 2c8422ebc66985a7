r"""Undo a convolution. You are given the *full* convolution of an unknown signal with the kernel
$[1, \tfrac12]$. Return the signal. *Hint:* its first sample is easy; then the second is.
"""

from __future__ import annotations

import numpy as np
from torch import Tensor

from cnnlab.exercises import Function, Mistake


def convolved(*signal: float) -> dict[str, np.ndarray]:
    """Return the full convolution of a signal with [1, 0.5]."""
    return {"result": np.convolve(signal, [1, 0.5])}


def drawn(seed: int) -> dict[str, np.ndarray]:
    """Return the convolution of a random signal of 2 * seed + 2 samples."""
    rng = np.random.default_rng(seed)
    return convolved(*rng.integers(-9, 10, 2 * seed + 2))


def divided(result: Tensor, first: float = 1.0, second: float = 0.5) -> list[float]:
    """Return what undoes a convolution with [first, second], one value fewer than there are results."""
    signal: list[float] = []
    previous = 0.0
    for value in result.tolist()[:-1]:
        previous = (value - second * previous) / first
        signal.append(previous)
    return signal


def wrapped(result: Tensor) -> np.ndarray:
    """Return what undoes the circular convolution."""
    ones = np.eye(len(result) - 1)
    return np.linalg.solve(ones + np.roll(ones, 1, axis=0) / 2, result[:-1])


EXERCISE = Function(
    cases=[
        convolved(2, 4, 6),
        convolved(5001),
        convolved(0, 3, -2, 0, 0),
        convolved(-3, 1, 4, -1.125, 5, 9, -2),
        *map(drawn, range(8)),
    ],
    right=[
        divided,
        lambda result: np.polydiv(result.numpy(), np.array([1, 0.5]))[0],
        lambda result: np.convolve(result, (-0.5) ** np.arange(len(result)))[: len(result) - 1],
    ],
    mistakes=[
        Mistake(
            "half the result",
            "Take off half of the signal's previous sample, x[t-1], not of the result's, y[t-1].",
            lambda result: np.convolve(result, [1, -0.5])[: len(result) - 1],
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
            "flipped",
            "This divides by [0.5, 1]: the first result, y[0], is x[0] times 1.",
            lambda result: divided(result, 0.5, 1),
        ),
        Mistake(
            "scaled",
            "Dividing by 1.5 undoes the kernel's sum, not its delay.",
            lambda result: result[:-1] / 1.5,
        ),
        Mistake(
            "cut short",
            "This undoes only the first steps: the halves go on, x[t] = y[t] - x[t-1] / 2 for every t.",
            lambda result: np.convolve(result, [1, -0.5, 0.25, -0.125])[: len(result) - 1],
        ),
        Mistake(
            "wrapped",
            "Half of the last sample was taken off the first: nothing comes before the first sample.",
            wrapped,
        ),
        Mistake(
            "zeros lost",
            "Zeros at the end got lost: they belong to the signal, one value shorter than the result.",
            lambda result: np.trim_zeros(divided(result), "b"),
        ),
        Mistake(
            "negative values cut",
            "Negative samples became 0: a signal may hold them.",
            lambda result: np.maximum(divided(result), 0),
        ),
        Mistake(
            "rounded",
            "The samples were rounded: a signal need not hold whole numbers.",
            lambda result: np.round(divided(result)),
        ),
    ],
)
