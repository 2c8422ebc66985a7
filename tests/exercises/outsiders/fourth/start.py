"""Answers of an outsider to the exercises of start."""

import math
import statistics
from fractions import Fraction

import numpy as np
import scipy.stats
import torch
import torch.nn.functional as F


# --- mean: right
def mean_loop(signal):
    total = 0.0
    for sample in signal:
        total = total + sample
    return total / len(signal)


def mean_method(signal):
    return signal.mean()


def mean_statistics(signal):
    return statistics.fmean(signal.tolist())


def mean_dot(signal):
    weights = np.full(len(signal), 1 / len(signal))
    return np.einsum("i,i->", signal.numpy(), weights)


# --- mean: wrong
def mean_sum(signal):
    return signal.sum()


def mean_n_minus_one(signal):
    return sum(signal.tolist()) / (len(signal) - 1)


def mean_median(signal):
    return signal.median()


def mean_midrange(signal):
    return (signal.min() + signal.max()) / 2


def mean_running_half(signal):
    """Right up to two samples: each new sample is averaged with the mean so far."""
    result = signal[0]
    for sample in signal[1:]:
        result = (result + sample) / 2
    return result


def mean_of_nonzero(signal):
    """Subtle: zeros are not counted."""
    count = max(int(torch.count_nonzero(signal)), 1)
    return signal.sum() / count


def mean_of_sizes(signal):
    """Subtle: right unless a sample is negative."""
    return signal.abs().sum() / signal.numel()


def mean_of_different(signal):
    """Subtle: equal samples count once."""
    values = set(signal.tolist())
    return sum(values) / len(values)


def mean_of_halves(signal):
    """Subtle: right for even lengths."""
    middle = len(signal) // 2
    return (signal[:middle].mean() + signal[middle:].mean()) / 2


def mean_floor(signal):
    """Subtle: right where the mean is whole."""
    return sum(signal.tolist()) // len(signal)


# --- standardise: right
def standardise_torch(signal):
    centred = signal - signal.mean()
    return centred / centred.square().mean().sqrt()


def standardise_numpy(signal):
    array = signal.numpy()
    return (array - array.mean()) / array.std()


def standardise_zscore(signal):
    return scipy.stats.zscore(signal.numpy())


def standardise_loop(signal):
    samples = signal.tolist()
    n = len(samples)
    centre = math.fsum(samples) / n
    spread = math.sqrt(math.fsum((s - centre) ** 2 for s in samples) / n)
    return [(s - centre) / spread for s in samples]


# --- standardise: wrong
def standardise_unbiased(signal):
    return (signal - signal.mean()) / signal.std()


def standardise_variance(signal):
    return (signal - signal.mean()) / signal.var(correction=0)


def standardise_no_brackets(signal):
    return signal - signal.mean() / signal.std(correction=0)


def standardise_uncentred(signal):
    return signal / signal.std(correction=0)


def standardise_minmax(signal):
    return (signal - signal.min()) / (signal.max() - signal.min())


def standardise_absolute(signal):
    """Mean distance instead of the root of the mean square: right if all are equally far from the mean."""
    centred = signal - signal.mean()
    return centred / centred.abs().mean()


def standardise_layer_norm(signal):
    """Subtle: eps = 1e-5 is added to the variance, wrong for a signal of small numbers."""
    return F.layer_norm(signal, signal.shape)


def standardise_clipped(signal):
    """Subtle: right unless a sample lies more than three deviations from the mean."""
    return ((signal - signal.mean()) / signal.std(correction=0)).clamp(-3, 3)


def standardise_at_least_one(signal):
    """Subtle: right where the deviation is at least 1."""
    return (signal - signal.mean()) / signal.std(correction=0).clamp(min=1)


def standardise_quiet_is_constant(signal):
    """Subtle: a signal of small numbers is taken for constant."""
    spread = signal.std(correction=0)
    if spread < 1e-3:
        return torch.zeros_like(signal)
    return (signal - signal.mean()) / spread


ANSWERS = {
    "start.mean": (
        [mean_loop, mean_method, mean_statistics, mean_dot],
        [
            mean_sum,
            mean_n_minus_one,
            mean_median,
            mean_midrange,
            mean_running_half,
            mean_of_nonzero,
            mean_of_sizes,
            mean_of_different,
            mean_of_halves,
            mean_floor,
        ],
    ),
    "start.shape": (
        [
            (8, 3, 32, 48),
            torch.zeros(8, 3, 32, 48).shape,
            np.array([8.0, 3.0, 32.0, 48.0]),
            [Fraction(8), 3, torch.tensor(32), np.int64(48)],
        ],
        [
            (8, 32, 48, 3),
            (8, 3, 48, 32),
            [3, 8, 32, 48],
            (3, 32, 48),
            (8, 1, 32, 48),
            torch.zeros(8, 3, 32, 48),
            8 * 3 * 32 * 48,
            (32, 48, 3, 8),
            (8, 3, 32 * 48),
            {8, 3, 32, 48},
        ],
    ),
    "start.standardise": (
        [standardise_torch, standardise_numpy, standardise_zscore, standardise_loop],
        [
            standardise_unbiased,
            standardise_variance,
            standardise_no_brackets,
            standardise_uncentred,
            standardise_minmax,
            standardise_absolute,
            standardise_layer_norm,
            standardise_clipped,
            standardise_at_least_one,
            standardise_quiet_is_constant,
        ],
    ),
}
