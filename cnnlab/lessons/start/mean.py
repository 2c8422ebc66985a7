"""Return the mean of a signal: the sum of its samples divided by their number."""

from __future__ import annotations

import statistics
from functools import reduce

import torch
from torch import Tensor

from cnnlab.exercises import Function, Mistake


def divided_in_the_loop(signal: Tensor) -> float:
    """Return what is left when the division stands inside the loop that adds."""
    total = 0.0
    for sample in signal.tolist():
        total = (total + sample) / len(signal)
    return total


EXERCISE = Function(
    cases=[
        {"signal": [1, 2, 6]},
        {"signal": [4, -1, 0, 7, 2.5]},
        {"signal": [-0.5, -0.25]},
        {"signal": [-3, 8, 1, 1, 20, -6, 4, 2]},
        {"signal": [5]},
    ],
    right=[
        lambda signal: signal.sum() / len(signal),
        torch.mean,
        lambda signal: signal @ torch.ones_like(signal) / signal.numel(),
        lambda signal: statistics.fmean(signal.tolist()),
    ],
    mistakes=[
        Mistake("sum", "This is the sum: it was not divided by the number of samples.", torch.sum),
        Mistake(
            "one too few",
            "The sum was divided by n - 1: a mean divides by all n samples.",
            lambda signal: sum(signal.tolist()) / (len(signal) - 1),
        ),
        Mistake(
            "one too many",
            "The sum was divided by n + 1: a mean divides by n.",
            lambda signal: signal.sum() / (len(signal) + 1),
        ),
        Mistake(
            "fixed length",
            "The sum was always divided by 3: the length of the signal is len(signal).",
            lambda signal: signal.sum() / 3,
        ),
        Mistake(
            "fixed length",
            "The length is not always 5: it is len(signal).",
            lambda signal: signal.sum() / 5,
        ),
        Mistake(
            "first sample missing",
            "The first sample is not in the sum: indices begin at 0.",
            lambda signal: sum(signal.tolist()[1:]) / (len(signal) - 1),
            lambda signal: signal[1:].sum() / len(signal),
        ),
        Mistake(
            "last sample missing",
            "The last sample is not in the sum: range(n) ends before n, and [:-1] leaves out one.",
            lambda signal: sum(signal.tolist()[:-1]) / (len(signal) - 1),
            lambda signal: signal[:-1].sum() / len(signal),
        ),
        Mistake(
            "not added",
            "Every sample was divided by n, but they were not added: a mean is one number.",
            lambda signal: signal / len(signal),
        ),
        Mistake(
            "first sample only",
            "This is the first sample divided by n, as when `return` stands inside the loop.",
            lambda signal: signal[0] / len(signal),
        ),
        Mistake(
            "divided in the loop",
            "This comes of dividing in every round of the loop: add all samples, then divide once.",
            divided_in_the_loop,
        ),
        Mistake("median", "This is the median, the middle of the sorted samples.", statistics.median),
        Mistake(
            "median",
            "This is a median, one of the middle samples.",
            torch.median,
            lambda signal: signal.sort().values[len(signal) // 2],
        ),
        Mistake(
            "midrange",
            "This is the middle between the smallest and the largest sample.",
            lambda signal: (signal.min() + signal.max()) / 2,
        ),
        Mistake(
            "rounded",
            "This is the mean rounded to a whole number: divide with / and leave out // and int.",
            lambda signal: sum(signal.tolist()) // len(signal),
            lambda signal: int(signal.mean()),
        ),
        Mistake(
            "zeros left out",
            "The sum was divided by the number of samples that are not 0: samples of 0 count too.",
            lambda signal: signal.sum() / signal.count_nonzero(),
        ),
        Mistake(
            "halved in the loop",
            "This takes the middle of two numbers again and again: add all samples, then divide once.",
            lambda signal: reduce(lambda mean, sample: (mean + sample) / 2, signal.tolist()),
        ),
        Mistake(
            "centred",
            "This is the signal without its mean: return the mean itself, one number.",
            lambda signal: signal - signal.mean(),
        ),
        Mistake(
            "sign lost",
            "A sign was lost: negative samples make the sum smaller, and the mean may be negative.",
            lambda signal: signal.abs().mean(),
            lambda signal: signal.mean().abs(),
        ),
    ],
)
