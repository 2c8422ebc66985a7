"""The exercises of notebook 01: convolution in one dimension."""

from __future__ import annotations

import numpy as np

from cnnlab.exercises.answers import one_dimensional as answers
from cnnlab.exercises.by_hand import BY_HAND
from cnnlab.exercises.convolve import CONVOLVE
from cnnlab.exercises.derivative import DERIVATIVE
from cnnlab.exercises.exercise import Exercise, Mistake
from cnnlab.exercises.layer_kernel import LAYER_KERNEL
from cnnlab.exercises.toeplitz import TOEPLITZ
from cnnlab.exercises.undo import UNDO


def _shifted_and_scaled(kernel: np.ndarray, signal: np.ndarray) -> np.ndarray:
    """Return the full convolution, as if zeros of the kernel beyond the third weight were not there."""
    result = np.convolve(signal, kernel)
    most = len(signal) + 2
    return result if np.any(result[most:]) else result[:most]


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
            "no border", "Full has i + k - 1 results: it also counts partial overlaps.", lambda: (10, 10, 7)
        ),
        Mistake(
            "one number",
            "Give three numbers: full, same, valid.",
            lambda: 13,
            lambda answer: answer.size == 1,
        ),
        Mistake(
            "other lengths",
            "Full is k - 1 longer than the signal, valid k - 1 shorter.",
            lambda: (12, 10, 8),
            lambda answer: answer.shape == (3,),
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
            "no delay",
            "The signal is halved but not delayed: the weight's index is the delay.",
            lambda: [0.5, 0],
        ),
        Mistake(
            "direction",
            "This delays under cross-correlation: convolution flips the kernel, index 0 is no delay.",
            lambda: [0.5, 0, 0],
        ),
        Mistake("not halved", "The delay is right, but the signal is not halved.", lambda: [0, 0, 1]),
        Mistake("doubled", "The delay is right, but the signal is doubled, not halved.", lambda: [0, 0, 2]),
        Mistake("delay of one", "This delays by one sample: index 0 means no delay.", lambda: [0, 0.5]),
        Mistake("delay of one", "This delays by one sample: index 0 means no delay.", lambda: [0, 0.5, 0]),
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

EXERCISES = (LENGTHS, BY_HAND, DELAY, LAYER_KERNEL, CONVOLVE, DERIVATIVE, TOEPLITZ, UNDO)
