"""Answers of an outsider to the exercises of start."""

import numpy as np
import torch


# ---- mean
def mean_1(signal):
    return signal.mean()


def mean_2(signal):
    total = 0.0
    for sample in signal.tolist():
        total += sample
    return total / len(signal)


def mean_3(signal):
    return np.average(signal.numpy())


def mean_4(signal):
    return torch.dot(signal, torch.full_like(signal, 1 / len(signal)))


def mean_w2(signal):
    return signal.sum() / max(len(signal) - 1, 1)


def mean_w8(signal):
    total = 0.0
    for i in range(1, len(signal)):
        total += float(signal[i])
    return total / len(signal)


# ---- standardise
def standardise_1(signal):
    return (signal - signal.mean()) / signal.std(unbiased=False)


def standardise_2(signal):
    numbers = signal.tolist()
    n = len(numbers)
    mean = sum(numbers) / n
    deviation = (sum((v - mean) ** 2 for v in numbers) / n) ** 0.5
    return [(v - mean) / deviation for v in numbers]


def standardise_3(signal):
    array = signal.numpy()
    return (array - np.mean(array)) / np.std(array)


def standardise_4(signal):
    centred = signal - signal.sum() / signal.numel()
    return centred * len(signal) ** 0.5 / torch.linalg.vector_norm(centred)


def centred(signal):
    return signal - signal.mean()


ANSWERS = {
    "start.mean": (
        [mean_1, mean_2, mean_3, mean_4],
        [
            lambda signal: signal.sum(),  # not divided
            mean_w2,  # divided by n - 1 (right for one sample)
            lambda signal: signal.median(),  # median
            lambda signal: (signal.max() + signal.min()) / 2,  # middle of the range
            lambda signal: signal.abs().mean(),  # right if nothing is negative
            lambda signal: signal.square().mean().sqrt(),  # root mean square
            lambda signal: signal.long().double().mean(),  # samples cut to whole numbers
            mean_w8,  # first sample left out
            lambda signal: torch.unique(signal).mean(),  # equal samples counted once
            lambda signal: signal[signal != 0].sum() / max(int((signal != 0).sum()), 1),  # zeros not counted
        ],
    ),
    "start.shape": (
        [
            (8, 3, 32, 48),
            [8, 3, 32, 48],
            torch.Size([8, 3, 32, 48]),
            torch.tensor([8, 3, 32, 48]),
        ],
        [
            (8, 32, 48, 3),  # channels last
            (8, 3, 48, 32),  # width before height
            (3, 32, 48),  # batch forgotten
            (3, 8, 32, 48),  # channels before the batch
            (8, 1, 32, 48),  # one channel
            (24, 32, 48),  # batch and channels together
            8 * 3 * 32 * 48,  # number of values
            (8, 3, 32, 32),  # square
            (8, 3, 32 * 48),  # flattened
            (1, 3, 32, 48),  # a single picture
        ],
    ),
    "start.standardise": (
        [standardise_1, standardise_2, standardise_3, standardise_4],
        [
            lambda signal: centred(signal) / signal.std(),  # n - 1
            lambda signal: centred(signal) / signal.var(unbiased=False),  # variance
            lambda signal: signal / signal.std(unbiased=False),  # mean not subtracted
            lambda signal: centred(signal) / centred(signal).abs().mean(),  # mean distance
            lambda signal: (signal - signal.min()) / (signal.max() - signal.min()),  # to 0 ... 1
            lambda signal: centred(signal) / signal.square().mean().sqrt(),  # right for mean 0
            lambda signal: signal / signal.std(unbiased=False) - signal.mean(),  # mean not divided
            # eps inside: wrong for weak signals
            lambda signal: torch.nn.functional.layer_norm(signal, signal.shape),
            lambda signal: (signal - signal.median()) / signal.std(unbiased=False),  # median
            lambda signal: centred(signal) / centred(signal).square().sum().sqrt(),  # sum for mean
        ],
    ),
}
