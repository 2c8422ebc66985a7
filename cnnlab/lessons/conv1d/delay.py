"""Design a kernel that *delays a signal by two samples and halves it* (convolution, full mode). No formula
needed: think of the response to one spike.
"""

from __future__ import annotations

import numpy as np

from cnnlab.exercises import Mistake, Value


def convolved(kernel: np.ndarray, signal: np.ndarray) -> np.ndarray:
    """Return the full convolution without the zeros that further zeros of the kernel bring."""
    result = np.convolve(signal, kernel)
    most = len(signal) + 2
    return result if np.any(result[most:]) else result[:most]


EXERCISE = Value(
    cases=[{"signal": [1, 2, 3]}, {"signal": [4, -1, 0, 7, 2]}],
    effect=convolved,
    right=[[0, 0, 0.5], [0, 0, 0.5, 0], np.convolve([0, 1], [0, 0.5])],
    mistakes=[
        Mistake(
            "no delay",
            "The signal is halved but not delayed: the weight's index is the delay.",
            *([0.5], [0.5, 0]),
        ),
        Mistake(
            "direction",
            "This delays under cross-correlation: convolution flips the kernel, index 0 is no delay.",
            [0.5, 0, 0],
        ),
        Mistake("not halved", "The delay is right, but the signal is not halved.", [0, 0, 1]),
        Mistake("doubled", "The delay is right, but the signal is doubled, not halved.", [0, 0, 2]),
        Mistake(
            "delay of one",
            "This delays by one sample: index 0 means no delay.",
            *([0, 0.5], [0, 0.5, 0]),
        ),
        Mistake(
            "several weights",
            "Each weight that is not zero adds a copy of the signal: one copy is wanted.",
            [0.5, 0, 0.5],
            fits=lambda weights: bool(np.count_nonzero(weights) > 1),
        ),
        Mistake(
            "longer delay",
            "This delays by more than two samples: the weight's index is the delay.",
            [0, 0, 0, 0.5],
            fits=lambda weights: bool(np.flatnonzero(weights)[0] > 2),
        ),
    ],
)
