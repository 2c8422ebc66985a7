from functools import reduce

import numpy as np
import torch
from scipy.stats import trim_mean


def by_loop(signal):
    total = 0.0
    for sample in signal.tolist():
        total += sample
    return total / len(signal)


def running(signal):
    mean = 0.0
    for count, sample in enumerate(signal.tolist(), start=1):
        mean += (sample - mean) / count
    return mean


def in_place(signal):
    signal /= len(signal)
    return signal.sum()


def median(signal):
    ordered = sorted(signal.tolist())
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else sum(ordered[middle - 1 : middle + 1]) / 2


def printed_only(signal):
    print(signal.mean())


def returned_early(signal):
    total = 0
    for sample in signal:
        total += sample
        return total / len(signal)


def from_one(signal):
    total = 0
    for i in range(1, len(signal)):
        total += signal[i]
    return total / len(signal)


def divided_in_the_loop(signal):
    total = 0.0
    for sample in signal.tolist():
        total = (total + sample) / len(signal)
    return total


RIGHT = [
    np.mean,
    by_loop,
    running,
    lambda signal: signal.mean(dim=0, keepdim=True),
    lambda signal: signal @ torch.ones_like(signal) / signal.numel(),
]
WRONG = {
    "sum": [np.sum, lambda signal: sum(signal)],
    "one too few": [
        lambda signal: sum(x / (len(signal) - 1) for x in signal.tolist()),
        lambda signal: signal.sum() / (len(signal) - 1),
    ],
    "first sample missing": [from_one],
    "median": [median, np.median],
    "midrange": [lambda signal: torch.stack([signal.max(), signal.min()]).mean()],
    "rounded": [lambda signal: int(sum(signal.tolist()) // len(signal))],
    "equal samples once": [lambda signal: torch.unique(signal).mean()],
    "halved in the loop": [lambda signal: reduce(lambda mean, sample: (mean + sample) / 2, signal.tolist())],
    "arguments": [lambda signal, count: sum(signal) / count],
    "booleans": [lambda signal: signal.mean() > 0],
    "changed its input": [in_place],
    "exception": [lambda signal: signal.average()],
    "not a function": [3.0],
    "not finite": [lambda signal: signal[1:].mean(), lambda signal: signal[:-1].mean()],
    "nothing": [printed_only],
    "sign": [lambda signal: -signal.mean()],
    "wrong shape": [
        lambda signal: signal.cumsum(0) / len(signal),
        lambda signal: signal / len(signal),
        lambda signal: signal - signal.mean(),
    ],
    "wrong type": [lambda signal: str(signal.mean())],
    "wrong values": [
        returned_early,
        lambda signal: sum(signal.tolist()) / 5,
        lambda signal: sum(signal.tolist()[1:]) / (len(signal) - 1),
        lambda signal: sum(signal.tolist()[:-1]) / (len(signal) - 1),
        lambda signal: trim_mean(signal.numpy(), 0.1),
        lambda signal: torch.cat([signal, torch.zeros(1)]).mean(),
        lambda signal: sum(signal.tolist()) / 3,
        lambda signal: sum(signal[i] for i in range(len(signal) - 1)) / len(signal),
        lambda signal: sorted(signal.tolist())[len(signal) // 2],
        lambda signal: round(float(signal.mean())),
        divided_in_the_loop,
        lambda signal: int(signal.mean()),
        lambda signal: signal.mean().abs(),
        lambda signal: signal.sum() / max(len(signal), 2),
        lambda signal: signal[:6].mean(),
    ],
}
