"""The exercises of notebook 01: convolution in one dimension."""

from __future__ import annotations

import numpy as np

from cnnlab.exercises.answers import one_dimensional as answers
from cnnlab.exercises.derivative import DERIVATIVE
from cnnlab.exercises.exercise import Exercise, Mistake
from cnnlab.exercises.toeplitz import TOEPLITZ


def _wrapped(signal: np.ndarray, kernel: np.ndarray) -> np.ndarray | None:
    if len(kernel) > len(signal):
        return None
    spectrum = np.fft.rfft(signal) * np.fft.rfft(kernel, len(signal))
    return np.fft.irfft(spectrum, len(signal))


def _without_last_weight(signal: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    return np.convolve(signal, np.append(kernel[:-1], 0))


def _shifted_and_scaled(kernel: np.ndarray, signal: np.ndarray) -> np.ndarray:
    """Return the full convolution on an endless line: zeros at its end are no difference."""
    result = np.convolve(signal, kernel)
    samples = np.trim_zeros(result, "b")
    return np.pad(samples, (0, max(0, len(signal) + 2 - len(samples))))


LENGTHS = Exercise(
    name="conv1d.lengths",
    prompt="Give the full, same and valid output lengths for 10 samples and a kernel of 4, in this order.",
    asks="value",
    expects="three whole numbers: full, same, valid",
    reference=lambda: (13, 10, 7),
    mistakes=(
        Mistake(
            "full = i + k",
            "Full is counted one too long: the first overlap uses one sample.",
            lambda: (14, 10, 7),
        ),
        Mistake(
            "valid = i - k",
            "Valid is counted one too short: count the starts, 0 included.",
            lambda: (13, 10, 6),
        ),
        Mistake(
            "both off by one", "Full and valid are both off by one: count the positions.", lambda: (14, 10, 6)
        ),
        Mistake("swapped", "Full and valid have changed places: full is the longest.", lambda: (7, 10, 13)),
        Mistake(
            "wrong order",
            "The three lengths are right, but the order is full, same, valid.",
            lambda: (13, 7, 10),
        ),
        Mistake(
            "wrong order",
            "The three lengths are right, but the order is full, same, valid.",
            lambda: (10, 13, 7),
        ),
        Mistake(
            "same as the kernel", "Same means as long as the signal, not as the kernel.", lambda: (13, 4, 7)
        ),
        Mistake(
            "no border", "Without any border only valid would come out: see full again.", lambda: (10, 10, 7)
        ),
    ),
    right=answers.LENGTHS_RIGHT,
    wrong=answers.LENGTHS_WRONG,
)

DELAY = Exercise(
    name="conv1d.delay",
    prompt="Give the shortest kernel whose full convolution delays a signal by two samples and halves it.",
    asks="value",
    cases=({"signal": [1, 2, 3]}, {"signal": [4, -1, 0, 7, 2]}),
    effect=_shifted_and_scaled,
    reference=lambda: [0, 0, 0.5],
    mistakes=(
        Mistake(
            "no delay",
            "The signal is halved but not delayed: the weight's index is the delay.",
            lambda: [0.5],
        ),
        Mistake(
            "direction",
            "This delays under cross-correlation: convolution flips the kernel, index 0 is no delay.",
            lambda: [0.5, 0, 0],
        ),
        Mistake("not halved", "The delay is right, but the signal is not halved.", lambda: [0, 0, 1]),
        Mistake("doubled", "The delay is right, but the signal is doubled, not halved.", lambda: [0, 0, 2]),
        Mistake("delay of one", "This delays by one sample: index 0 means no delay.", lambda: [0, 0.5]),
        Mistake(
            "delay of three", "This delays by three samples: index 0 means no delay.", lambda: [0, 0, 0, 0.5]
        ),
        Mistake(
            "average",
            "This adds two samples with half the weight each: only one may remain.",
            lambda: [0, 0.5, 0.5],
        ),
    ),
    right=answers.DELAY_RIGHT,
    wrong=answers.DELAY_WRONG,
)

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
            "This is the middle part, as long as the signal: full has n + k - 1 values.",
            lambda signal, kernel: np.convolve(signal, kernel)[(len(kernel) - 1) // 2 :][: len(signal)],
        ),
        Mistake(
            "same",
            "This is the middle part, as long as the signal: full has n + k - 1 values.",
            lambda signal, kernel: np.convolve(signal, kernel)[len(kernel) // 2 :][: len(signal)],
        ),
        Mistake(
            "cut to the signal",
            "The answer stops with the signal: full goes on until the kernel has left it.",
            lambda signal, kernel: np.convolve(signal, kernel)[: len(signal)],
        ),
        Mistake(
            "wrapped",
            "What left at the end came in again at the start: this is circular convolution.",
            _wrapped,
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
    right=answers.CONVOLVE_RIGHT,
    wrong=answers.CONVOLVE_WRONG,
)

EXERCISES = (LENGTHS, DELAY, CONVOLVE, DERIVATIVE, TOEPLITZ)
