"""Right and wrong answers to the exercises of the topic start."""

import math

import numpy as np
import torch


# start.mean, right
def mean_method(signal):
    return signal.mean()


def mean_sum_over_length(signal):
    return sum(signal) / len(signal)


def mean_loop(signal):
    total = 0.0
    for sample in signal:
        total += float(sample)
    return total / len(signal)


def mean_dot_numpy(signal):
    samples = np.asarray(signal, dtype=float)
    weights = np.full(samples.shape, 1 / samples.size)
    return samples @ weights


# start.mean, wrong
def mean_n_minus_one(signal):
    return signal.sum() / (len(signal) - 1)


def mean_median(signal):
    return torch.median(signal)


def mean_of_extremes(signal):
    return (signal.max() + signal.min()) / 2


def mean_of_ends(signal):
    return (signal[0] + signal[-1]) / 2


def mean_floor_division(signal):
    return signal.sum() // len(signal)


def mean_absolute(signal):
    return signal.abs().mean()


def mean_root_mean_square(signal):
    return (signal**2).mean().sqrt()


def mean_range_from_one(signal):
    total = 0.0
    for i in range(1, len(signal)):
        total += signal[i]
    return total / len(signal)


def mean_returns_in_loop(signal):
    total = 0.0
    for sample in signal:
        total += sample
        return total / len(signal)


def mean_subtracted(signal):
    return signal - signal.mean()


# start.standardise, right
def standardise_unbiased_false(signal):
    return (signal - signal.mean()) / signal.std(unbiased=False)


def standardise_by_hand(signal):
    centred = signal - signal.mean()
    return centred / torch.sqrt((centred**2).mean())


def standardise_numpy(signal):
    samples = np.asarray(signal, dtype=float)
    return (samples - samples.mean()) / samples.std()


def standardise_lists(signal):
    samples = [float(s) for s in signal]
    n = len(samples)
    middle = sum(samples) / n
    spread = math.sqrt(sum((s - middle) ** 2 for s in samples) / n)
    return [(s - middle) / spread for s in samples]


# start.standardise, wrong
def standardise_n_minus_one(signal):
    return (signal - signal.mean()) / signal.std()


def standardise_variance(signal):
    return (signal - signal.mean()) / signal.var(unbiased=False)


def standardise_precedence(signal):
    return signal - signal.mean() / signal.std(unbiased=False)


def standardise_only_centred(signal):
    return signal - signal.mean()


def standardise_only_scaled(signal):
    return signal / signal.std(unbiased=False)


def standardise_min_max(signal):
    return (signal - signal.min()) / (signal.max() - signal.min())


def standardise_mean_absolute(signal):
    centred = signal - signal.mean()
    return centred / centred.abs().mean()


def standardise_sum_of_squares(signal):
    centred = signal - signal.mean()
    return centred / torch.sqrt((centred**2).sum())


def standardise_multiplied(signal):
    return (signal - signal.mean()) * signal.std(unbiased=False)


def standardise_sign(signal):
    return (signal.mean() - signal) / signal.std(unbiased=False)


ANSWERS = {
    "start.mean": (
        [mean_method, mean_sum_over_length, mean_loop, mean_dot_numpy],
        [
            mean_n_minus_one,
            mean_median,
            mean_of_extremes,
            mean_of_ends,
            mean_floor_division,
            mean_absolute,
            mean_root_mean_square,
            mean_range_from_one,
            mean_returns_in_loop,
            mean_subtracted,
        ],
    ),
    "start.shape": (
        [(8, 3, 32, 48), [8, 3, 32, 48], torch.zeros(8, 3, 32, 48).shape, np.empty((8, 3, 32, 48)).shape],
        [
            (8, 32, 48, 3),
            (8, 3, 48, 32),
            (3, 8, 32, 48),
            (32, 48, 3, 8),
            (8, 32, 48),
            (3, 32, 48),
            (8, 1, 32, 48),
            (8, 3, 32 * 48),
            (24, 32, 48),
            8 * 3 * 32 * 48,
        ],
    ),
    "start.standardise": (
        [standardise_unbiased_false, standardise_by_hand, standardise_numpy, standardise_lists],
        [
            standardise_n_minus_one,
            standardise_variance,
            standardise_precedence,
            standardise_only_centred,
            standardise_only_scaled,
            standardise_min_max,
            standardise_mean_absolute,
            standardise_sum_of_squares,
            standardise_multiplied,
            standardise_sign,
        ],
    ),
}
