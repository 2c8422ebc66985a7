import statistics

import numpy as np
import torch


def by_loop(signal):
    values = signal.tolist()
    mean = sum(values) / len(values)
    deviation = (sum((x - mean) ** 2 for x in values) / len(values)) ** 0.5
    return [(x - mean) / deviation for x in values]


def by_norm(signal):
    centred = signal - signal.mean()
    return centred / centred.norm() * len(signal) ** 0.5


def in_place(signal):
    signal -= signal.mean()
    signal /= signal.std(correction=0)
    return signal


def by_mean_square(signal):
    mean = statistics.fmean(signal.tolist())
    square = statistics.fmean((x - mean) ** 2 for x in signal.tolist())
    return [(x - mean) / square for x in signal.tolist()]


RIGHT = [
    lambda signal: (signal.numpy() - np.mean(signal.numpy())) / np.std(signal.numpy()),
    lambda signal: (signal.float() - signal.float().mean()) / signal.float().var(unbiased=False).sqrt(),
    lambda signal: (signal - signal.mean()) / (signal.std(correction=0) + 1e-8),
    by_loop,
    by_norm,
]
WRONG = {
    "variance": [by_mean_square],
    "mean kept": [lambda signal: [x / statistics.pstdev(signal.tolist()) for x in signal.tolist()]],
    "not divided": [lambda signal: [x - sum(signal) / len(signal) for x in signal]],
    "min-max": [lambda signal: (signal - min(signal)) / (max(signal) - min(signal))],
    "changed its input": [in_place],
    "not finite": [lambda signal: (signal - signal.mean()) / (signal - signal)],
    "sign": [lambda signal: (signal.mean() - signal) / signal.std(correction=0)],
    "wrong shape": [lambda signal: by_norm(signal).sum(), lambda signal: signal.std(correction=0), torch.std],
    "wrong values": [
        lambda signal: torch.tensor(by_loop(signal)).clamp(-3, 3),
        lambda signal: [(x - sum(signal) / len(signal)) / max(signal) for x in signal],
        lambda signal: [x / max(signal.tolist()) for x in signal.tolist()],
        lambda signal: (signal - signal.mean()) / signal.var(),
        lambda signal: signal / signal.std(),
        lambda signal: signal - signal.mean() / signal.std(),
        lambda signal: signal / signal.std(correction=0) - signal.mean(),
        lambda signal: signal / signal.std() - signal.mean(),
        lambda signal: (signal - signal.mean()) / len(signal),
        lambda signal: (signal - signal.mean()) * signal.std(correction=0),
        lambda signal: (signal - signal.mean()) / signal.abs().max(),
        lambda signal: (signal - signal.mean()) / (signal.max() - signal.min()),
        lambda signal: (signal - signal.mean()) / (signal.std(correction=0) + 1e-5),
        lambda signal: (signal - signal.mean()) / (signal.std(correction=0) + 1e-6),
        lambda signal: (signal - signal.mean()) / (signal.var(correction=0) + 1e-6).sqrt(),
        lambda signal: (signal - signal.mean()) / max(float(signal.std(correction=0)), 1),
        lambda signal: (signal - signal.mean()) / signal.std(correction=int(len(signal) > 4)),
        lambda signal: by_norm(torch.unique(signal))[torch.unique(signal, return_inverse=True)[1]],
    ],
}
