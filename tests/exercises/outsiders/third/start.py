"""Answers of an outsider to the exercises of start."""

import math
import statistics

import numpy as np
import scipy.stats
import torch


def mean_loop(signal):
    total = 0.0
    for value in signal:
        total += float(value)
    return total / len(signal)


def standardise_loop(signal):
    values = [float(value) for value in signal]
    mean = sum(values) / len(values)
    deviation = math.sqrt(sum((value - mean) ** 2 for value in values) / len(values))
    return [(value - mean) / deviation for value in values]


def standardise_numpy(signal):
    values = np.asarray(signal)
    return (values - values.mean()) / values.std()


ANSWERS = {
    "start.mean": (
        [
            lambda s: s.sum() / len(s),
            mean_loop,
            lambda s: np.mean(np.asarray(s)),
            lambda s: statistics.fmean(float(v) for v in s),
        ],
        [
            lambda s: s.sum() / max(len(s) - 1, 1),  # n - 1
            lambda s: s.sum(),  # not divided
            lambda s: s.median(),  # median
            lambda s: s.abs().mean(),  # right for positive samples
            lambda s: (s.min() + s.max()) / 2,  # middle of the range
            lambda s: s.sum() // len(s),  # whole-number division
            lambda s: s[1:].sum() / len(s),  # first sample forgotten
            lambda s: s.pow(2).mean().sqrt(),  # root mean square
            lambda s: (s[0] + s[-1]) / 2,  # right on straight lines
            lambda s: s.sum() / max(int((s != 0).sum()), 1),  # counts only what is not 0
        ],
    ),
    "start.shape": (
        [(8, 3, 32, 48), [8, 3, 32, 48], torch.Size([8, 3, 32, 48]), np.array([8, 3, 32, 48])],
        [
            (8, 3, 48, 32),  # width first
            (8, 32, 48, 3),  # channels last
            (3, 8, 32, 48),  # channels before the batch
            (8, 1, 32, 48),  # grey
            (3, 32, 48),  # no batch
            (8, 32, 48),  # no channels
            (8, 4, 32, 48),  # four channels
            (32, 48, 3, 8),  # back to front
            8 * 3 * 32 * 48,  # number of values
            (8, 3, 32, 32),  # square
        ],
    ),
    "start.standardise": (
        [
            standardise_loop,
            standardise_numpy,
            lambda s: (s - s.mean()) / s.std(correction=0),
            lambda s: scipy.stats.zscore(s.numpy()),
        ],
        [
            lambda s: (s - s.mean()) / s.std(),  # n - 1
            lambda s: (s - s.mean()) / s.var(correction=0),  # variance
            lambda s: s / s.std(correction=0),  # mean stays
            lambda s: s - s.mean() / s.std(correction=0),  # brackets forgotten
            lambda s: (s - s.min()) / (s.max() - s.min()),  # to 0 .. 1
            lambda s: (s - s.mean()) / s.pow(2).mean().sqrt(),  # root mean square, right if mean is 0
            lambda s: (s - s.mean()) / (s - s.mean()).abs().mean(),  # mean distance
            lambda s: (s - s.median()) / s.std(correction=0),  # median
            lambda s: torch.nn.functional.layer_norm(s, s.shape),  # eps: wrong for small signals
        ],
    ),
}
