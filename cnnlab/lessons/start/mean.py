"""Return the mean of a signal: the sum of its samples divided by their number."""

from __future__ import annotations

import statistics
from functools import reduce

import numpy as np
import torch

from cnnlab.exercises import Function, Mistake


def drawn(seed: int) -> dict[str, np.ndarray]:
    """Return a random signal of 2 * seed + 2 samples."""
    rng = np.random.default_rng(seed)
    return {"signal": rng.integers(-9, 10, 2 * seed + 2).astype(float)}


EXERCISE = Function(
    cases=[
        {"signal": [1, 2, 6]},
        {"signal": [4, -1, 0, 7, 2.5]},
        {"signal": [5]},
        *map(drawn, range(8)),
    ],
    right=[
        lambda signal: signal.sum() / len(signal),
        torch.mean,
        lambda signal: statistics.fmean(signal.tolist()),
    ],
    mistakes=[
        Mistake("sum", "This is the sum: it was not divided by the number of samples.", torch.sum),
        Mistake(
            "one too few",
            "The sum was divided by one too few: a mean divides by the number of all samples.",
            lambda signal: sum(signal.tolist()) / (len(signal) - 1),
        ),
        Mistake(
            "first sample missing",
            "The first sample is not in the sum: indices begin at 0.",
            lambda signal: signal[1:].sum() / len(signal),
        ),
        Mistake(
            "median",
            "This is a median, taken from the middle of the sorted samples.",
            *(torch.median, statistics.median),
        ),
        Mistake(
            "midrange",
            "This is the middle between the smallest and the largest sample.",
            lambda signal: (signal.min() + signal.max()) / 2,
        ),
        Mistake(
            "rounded",
            "This is the mean rounded to a whole number: divide with / and leave out // and int.",
            lambda signal: signal.sum() // len(signal),
        ),
        Mistake(
            "zeros left out",
            "The sum was divided by the number of samples that are not 0: samples of 0 count too.",
            lambda signal: signal.sum() / signal.count_nonzero(),
        ),
        Mistake(
            "equal samples once",
            "Equal samples were counted once: every sample counts.",
            lambda signal: signal.unique().mean(),
        ),
        Mistake(
            "halved in the loop",
            "This takes the middle of two numbers again and again: add all samples, then divide once.",
            lambda signal: reduce(lambda mean, sample: (mean + sample) / 2, signal.tolist()),
        ),
        Mistake(
            "sign lost",
            "A sign was lost: negative samples make the sum smaller, and the mean may be negative.",
            lambda signal: signal.abs().mean(),
        ),
        Mistake(
            "root mean square",
            "This is the root of the mean square: a mean adds the samples as they are.",
            lambda signal: signal.square().mean().sqrt(),
        ),
    ],
)
