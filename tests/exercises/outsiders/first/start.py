"""Answers of an outsider to the exercises of start."""

import statistics

import numpy as np
import torch
import torch.nn.functional as F
from scipy import stats


def mean_loop(signal):
    total, count = 0.0, 0
    for value in signal.tolist():
        total += value
        count += 1
    return total / count


def mean_wrong_nonzero(signal):
    return signal.sum() / torch.count_nonzero(signal)


def mean_wrong_first_lost(signal):
    total = 0.0
    for i in range(1, len(signal)):
        total += signal[i]
    return total / len(signal)


def mean_wrong_running(signal):
    mean = signal[0]
    for value in signal[1:]:
        mean = (mean + value) / 2
    return mean


def standardise_loop(signal):
    values = signal.tolist()
    mean = sum(values) / len(values)
    spread = (sum((v - mean) ** 2 for v in values) / len(values)) ** 0.5
    return [(v - mean) / spread for v in values]


def standardise_numpy(signal):
    x = signal.numpy()
    return ((x - x.mean()) / x.std()).astype(np.float32)


def standardise_torch(signal):
    return (signal - signal.mean()) / signal.std(correction=0)


def standardise_zscore(signal):
    return stats.zscore(signal.numpy())


def standardise_wrong_scaled(signal):
    return (signal - signal.min()) / (signal.max() - signal.min())


def standardise_wrong_norm(signal):
    centred = signal - signal.mean()
    return centred / centred.norm()


def standardise_wrong_rms(signal):
    return (signal - signal.mean()) / (signal**2).mean().sqrt()


def standardise_wrong_abs(signal):
    centred = signal - signal.mean()
    return centred / centred.abs().mean()


def standardise_wrong_epsilon(signal):
    return F.layer_norm(signal, signal.shape)


ANSWERS = {
    "start.mean": (
        [
            mean_loop,
            lambda signal: signal.mean(),
            lambda signal: np.asarray(signal).sum() / len(signal),
            lambda signal: statistics.fmean(signal.tolist()),
        ],
        [
            lambda signal: signal.median(),  # the median
            lambda signal: signal.sum() / (len(signal) - 1),  # n - 1
            lambda signal: signal.sum(),  # not divided
            lambda signal: signal.abs().mean(),  # wrong for negative samples
            lambda signal: (signal.min() + signal.max()) / 2,  # middle of the range
            lambda signal: signal.sum() // len(signal),  # whole numbers only
            mean_wrong_nonzero,  # zeros do not count
            mean_wrong_first_lost,  # starts at sample 1
            mean_wrong_running,  # halves at every step
            lambda signal: signal - signal.mean(),  # centred signal, not the mean
        ],
    ),
    "start.shape": (
        [(8, 3, 32, 48), [8, 3, 32, 48], torch.empty(8, 3, 32, 48).shape, np.array([8, 3, 32, 48])],
        [
            (8, 3, 48, 32),  # width before height
            (8, 32, 48, 3),  # channels last
            (3, 8, 32, 48),  # channels before batch
            (3, 32, 48),  # no batch
            (8, 32, 48),  # no channels
            (8, 1, 32, 48),  # grey
            (32, 48, 3, 8),  # all backwards
            (8, 4608),  # flattened
            (24, 32, 48),  # pictures and colours together
            (8, 48, 32, 3),  # width, height, colours
        ],
    ),
    "start.standardise": (
        [standardise_loop, standardise_numpy, standardise_torch, standardise_zscore],
        [
            lambda x: (x - x.mean()) / x.std(),  # n - 1
            lambda x: x - x.mean(),  # not divided
            lambda x: x / x.std(correction=0),  # mean left in
            lambda x: (x - x.mean()) / x.var(correction=0),  # variance
            lambda x: x - x.mean() / x.std(correction=0),  # brackets forgotten
            standardise_wrong_scaled,  # to 0 ... 1
            standardise_wrong_norm,  # root of the sum, not of the mean
            standardise_wrong_rms,  # mean not taken off in the divisor
            standardise_wrong_abs,  # mean distance
            standardise_wrong_epsilon,  # 1e-5 added: wrong for small signals
        ],
    ),
}
