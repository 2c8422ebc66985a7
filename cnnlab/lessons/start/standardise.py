"""*Standardise* a signal: subtract its mean and divide by its standard deviation, so that the result has mean
0 and standard deviation 1. The standard deviation here is the root of the *mean* squared distance from the
mean: divide by $m$, the number of samples, not by $m-1$ as `signal.std()` does. Networks like their inputs
this way.
"""

from __future__ import annotations

import numpy as np
from torch import Tensor
from torch.nn.functional import layer_norm

from cnnlab.exercises import Function, Mistake


def centred(signal: Tensor) -> Tensor:
    """Return the signal with its mean subtracted."""
    return signal - signal.mean()


def drawn(seed: int) -> dict[str, np.ndarray]:
    """Return a random signal of 2 * seed + 2 samples; none of the first eight is constant."""
    rng = np.random.default_rng(seed)
    return {"signal": rng.integers(-9, 10, 2 * seed + 2).astype(float)}


EXERCISE = Function(
    cases=[
        {"signal": [1, 3]},
        {"signal": [2, 4, 9]},
        {"signal": [-80] + 15 * [-20]},
        {"signal": [0.001, 0.003, 0.0025]},
        *map(drawn, range(8)),
    ],
    tolerance=2e-5,  # a right answer may guard against 0 with 1e-8
    right=[
        lambda signal: centred(signal) / signal.std(correction=0),
        lambda signal: centred(signal) / centred(signal).square().mean().sqrt(),
        lambda signal: (signal.numpy() - signal.numpy().mean()) / signal.numpy().std(),
    ],
    mistakes=[
        Mistake(
            "sample deviation",
            "This divides by the sample deviation (m - 1), torch's default: the population's divides by m.",
            lambda signal: centred(signal) / signal.std(),
        ),
        Mistake(
            "variance",
            "This divides by the variance: the standard deviation is its square root.",
            lambda signal: centred(signal) / signal.var(correction=0),
        ),
        Mistake("mean kept", "The mean was not subtracted.", lambda x: x / x.std(correction=0)),
        Mistake("not divided", "The mean is gone, but nothing was divided.", centred),
        Mistake(
            "precedence",
            "Only the mean was divided: put the difference in brackets.",
            lambda signal: signal - signal.mean() / signal.std(correction=0),
        ),
        Mistake(
            "not the mean square",
            "This divides by the root of the *sum* of squared distances: take their mean.",
            lambda signal: centred(signal) / centred(signal).norm(),
        ),
        Mistake(
            "distances from 0",
            "This divides by the root of the mean square: take the distances from the mean, not from 0.",
            lambda signal: centred(signal) / signal.square().mean().sqrt(),
        ),
        Mistake(
            "absolute distances",
            "This divides by the mean absolute distance: square the distances, take the root of their mean.",
            lambda signal: centred(signal) / centred(signal).abs().mean(),
        ),
        Mistake(
            "min-max",
            "This is min-max scaling to the range from 0 to 1.",
            lambda signal: (signal - signal.min()) / (signal.max() - signal.min()),
        ),
        Mistake(
            "median",
            "The median was subtracted, not the mean.",
            lambda signal: (signal - signal.median()) / signal.std(correction=0),
        ),
        Mistake(
            "small number added",
            "A small number was added to the divisor, as layers do: where a signal varies little, it counts.",
            lambda signal: layer_norm(signal, signal.shape),
        ),
    ],
)
