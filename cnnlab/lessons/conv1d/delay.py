"""Design a kernel that *delays a signal by two samples and halves it* (convolution, full mode). No formula
needed: think of the response to one spike.
"""

from __future__ import annotations

import numpy as np
import torch

from cnnlab.exercises import Mistake, Value


def delta(index: int, weight: float) -> torch.Tensor:
    """Return a kernel whose last weight is its only one."""
    kernel = torch.zeros(index + 1)
    kernel[index] = weight
    return kernel


def convolved(kernel: np.ndarray, signal: np.ndarray) -> np.ndarray:
    """Return the full convolution without the zeros that further zeros of the kernel bring."""
    result = np.convolve(signal, kernel)
    most = len(signal) + 2
    return result if np.any(result[most:]) else result[:most]


EXERCISE = Value(
    cases=[{"signal": [1, 2, 3]}, {"signal": [4, -1, 0, 7, 2]}],
    effect=convolved,
    right=[[0, 0, 0.5], delta(2, 0.5), [0, 0, 0.5, 0], np.convolve([0, 1], [0, 0.5])],
    mistakes=[
        Mistake(
            "no delay",
            "The signal is halved but not delayed: the weight's index is the delay.",
            *([0.5, 0], delta(0, 0.5)),
        ),
        Mistake(
            "direction",
            "This delays under cross-correlation: convolution flips the kernel, index 0 is no delay.",
            *([0.5, 0, 0], [0.5, 0, 0, 0]),
        ),
        Mistake("not halved", "The delay is right, but the signal is not halved.", delta(2, 1)),
        Mistake("doubled", "The delay is right, but the signal is doubled, not halved.", delta(2, 2)),
        Mistake(
            "delay of one",
            "This delays by one sample: index 0 means no delay.",
            *(delta(1, 0.5), [0, 0.5, 0]),
        ),
        Mistake("delay of three", "This delays by three samples: index 0 means no delay.", np.eye(4)[3] / 2),
        Mistake(
            "average",
            "This adds two samples with half the weight each: only one may remain.",
            [0, 0.5, 0.5],
        ),
        Mistake(
            "several weights",
            "Each weight that is not zero adds a copy of the signal: one copy is wanted.",
            *([0.5, 0.5], [0.5, 0, 0.5], [1, 0, 0.5]),
            fits=lambda weights: bool(np.count_nonzero(weights) > 1),
        ),
        Mistake(
            "longer delay",
            "This delays by more than two samples: the weight's index is the delay.",
            *(np.eye(5)[4] / 2, [0, 0, 0, 0.5, 0]),
            fits=lambda weights: bool(np.flatnonzero(weights)[0] > 2),
        ),
        Mistake(
            "place and size",
            "The one weight stands at the wrong index, and its size is not 0.5: index 0 is no delay.",
            *([1, 0, 0], [0, 1], [2, 0, 0]),
            fits=lambda weights: (
                np.count_nonzero(weights) == 1 and 0.5 not in weights and not weights[2:3].any()
            ),
        ),
    ],
)
