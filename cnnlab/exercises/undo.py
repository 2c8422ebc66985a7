"""The second hard exercise of notebook 01: a convolution undone by long division."""

from __future__ import annotations

import numpy as np

from cnnlab.exercises.answers import undo as answers
from cnnlab.exercises.exercise import Exercise, Mistake


def _recursion(result: np.ndarray, first: float = 1.0, second: float = 0.5) -> np.ndarray:
    """Return x with x[t] = (y[t] - second * x[t-1]) / first, one value fewer than there are in y."""
    signal: list[float] = []
    previous = 0.0
    for value in result[:-1]:
        previous = (value - second * previous) / first
        signal.append(previous)
    return np.array(signal)


def _result(*signal: float) -> list[float]:
    return [float(value) for value in np.convolve(signal, [1, 0.5])]


UNDO = Exercise(
    name="conv1d.undo",
    prompt="Write a function that gets a signal's full convolution with [1, 0.5] and returns the signal.",
    cases=(
        {"result": _result(2, 4, 6)},
        {"result": _result(1, 0, 0, 0, 8)},
        {"result": _result(5)},
        {"result": _result(-3, 1, 4, -1.5, 5, 9, -2)},
    ),
    reference=_recursion,
    mistakes=(
        Mistake(
            "half the result",
            "Take off half of the signal's previous sample, x[t-1], not of the result's, y[t-1].",
            lambda result: (result - np.append(0, result[:-1]) / 2)[:-1],
        ),
        Mistake(
            "added",
            "The half of the previous sample was added: it must be taken off.",
            lambda result: _recursion(result, 1, -0.5),
        ),
        Mistake(
            "not halved",
            "The whole previous sample was taken off: the kernel's second weight is 0.5.",
            lambda result: _recursion(result, 1, 1),
        ),
        Mistake(
            "flipped",
            "This divides by [0.5, 1]: the first result, y[0], is x[0] times 1.",
            lambda result: _recursion(result, 0.5, 1),
        ),
        Mistake(
            "only cut",
            "Only the last value was dropped: each result still holds half of the sample before.",
            lambda result: result[:-1],
        ),
        Mistake(
            "scaled",
            "Dividing by 1.5 undoes the kernel's sum, not its delay.",
            lambda result: result[:-1] / 1.5,
        ),
        Mistake(
            "one too long",
            "The signal is one value shorter than the result: n + 2 - 1 values came from n.",
            lambda result: _recursion(np.append(result, 0)),
        ),
        Mistake(
            "convolved again",
            "This convolves a second time: undo it by subtracting.",
            lambda result: np.convolve(result, [1, 0.5]),
        ),
        Mistake(
            "convolved again",
            "This convolves with [1, -0.5]: that undoes only the first step of the long division.",
            lambda result: np.convolve(result, [1, -0.5]),
        ),
    ),
    right=answers.UNDO_RIGHT,
    wrong=answers.UNDO_WRONG,
)
