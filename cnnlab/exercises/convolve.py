"""The convolution exercise of notebook 01: copies, sums and their ends."""

from __future__ import annotations

import numpy as np

from cnnlab.exercises.answers import convolve as answers
from cnnlab.exercises.exercise import Exercise, Hint, Mistake


def _wrapped(signal: np.ndarray, kernel: np.ndarray) -> np.ndarray | None:
    if len(kernel) > len(signal):
        return None
    spectrum = np.fft.rfft(signal) * np.fft.rfft(kernel, len(signal))
    return np.fft.irfft(spectrum, len(signal))


def _overwritten(signal: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    """Return the copies of the signal laid over each other, each hiding what lies below."""
    result = np.zeros(len(signal) + len(kernel) - 1)
    for shift, weight in enumerate(kernel):
        result[shift : shift + len(signal)] = weight * signal
    return result


def _from_the_end(signal: np.ndarray, kernel: np.ndarray) -> np.ndarray | None:
    """Return the formula with negative indices of the kernel that wrap round, as a list's do."""
    if len(signal) - 1 > len(kernel):
        return None  # a list raises an IndexError here
    places = np.arange(len(signal) + len(kernel) - 1)
    terms = [
        sample * np.where(places - i < len(kernel), kernel[(places - i) % len(kernel)], 0)
        for i, sample in enumerate(signal)
    ]
    return np.sum(terms, axis=0)


def _without_last_weight(signal: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    return np.convolve(signal, np.append(kernel[:-1], 0))


_OVERWRITTEN = "Later copies overwrite earlier ones: add with +=."

CONVOLVE = Exercise(
    name="conv1d.convolve",
    prompt="Write a function of signal and kernel that returns their full convolution, worked out by hand.",
    cases=(
        {"signal": [1, 2, 3], "kernel": [1, 10]},
        {"signal": [0, 1, 2], "kernel": [1, 0, -1]},
        {"signal": [3, -1, 4, 1, -5, 9], "kernel": [2, 7, -1, 8]},
        {"signal": [0.5, 2, -3, 1], "kernel": [1.5, -2, 0.25]},
        {"signal": [2, -3], "kernel": [4]},
        {"signal": [6, 5], "kernel": [1, 2, 4]},
    ),
    reference=np.convolve,
    mistakes=(
        Mistake(
            "cross-correlation",
            "This is the cross-correlation: the kernel was not flipped.",
            lambda signal, kernel: np.correlate(signal, kernel, "full"),
        ),
        Mistake(
            "signal flipped",
            "The signal was flipped instead of the kernel, so the answer runs backwards.",
            lambda signal, kernel: np.convolve(signal[::-1], kernel),
        ),
        Mistake(
            "valid",
            "This is the valid part: full also keeps the positions where the kernel hangs over the ends.",
            lambda signal, kernel: (
                np.convolve(signal, kernel, "valid") if len(kernel) <= len(signal) else None
            ),
        ),
        Mistake(
            "same",
            "This is same: the two ends are missing.",
            lambda signal, kernel: np.convolve(signal, kernel)[(len(kernel) - 1) // 2 :][: len(signal)],
        ),
        Mistake(
            "same",
            "This is same: the two ends are missing.",
            lambda signal, kernel: np.convolve(signal, kernel)[len(kernel) // 2 :][: len(signal)],
        ),
        Mistake(
            "cut to the signal",
            "The answer stops with the signal: full goes on until the kernel has left it.",
            lambda signal, kernel: np.convolve(signal, kernel)[: len(signal)],
        ),
        Mistake(
            "wrapped",
            "This is circular convolution: what left at the end, or a negative index, came in again.",
            _wrapped,
        ),
        Mistake("overwritten", _OVERWRITTEN, _overwritten),
        Mistake("overwritten", _OVERWRITTEN, lambda signal, kernel: _overwritten(kernel, signal)),
        Mistake(
            "negative index",
            "A negative index reads from the end: outside the kernel, w counts as 0.",
            _from_the_end,
        ),
        Mistake(
            "negative index",
            "A negative index reads from the end: outside the signal, x counts as 0.",
            lambda signal, kernel: _from_the_end(kernel, signal),
        ),
        Mistake(
            "one too long",
            "The answer is one value too long: n samples and k weights give n + k - 1 values.",
            lambda signal, kernel: np.append(np.convolve(signal, kernel), 0),
        ),
        Mistake(
            "last value missing",
            "The last value is missing: n samples and k weights give n + k - 1 values.",
            lambda signal, kernel: np.convolve(signal, kernel)[:-1],
        ),
        Mistake(
            "last weight missing",
            "The kernel's last weight is never used: does the loop end one too early?",
            _without_last_weight,
        ),
    ),
    hints=(
        Hint(
            "index outside",
            "Is the result n + k - 1 long? Outside the kernel w counts as 0, and -1 reads from the end.",
            ("IndexError",),
        ),
    ),
    right=answers.CONVOLVE_RIGHT,
    wrong=answers.CONVOLVE_WRONG,
)
