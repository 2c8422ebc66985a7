"""Answers to the warm-ups, written as students write them."""

from __future__ import annotations

import statistics
from typing import Any

import numpy as np
import torch

from cnnlab.exercises.exercise import Wrong


def _mean_by_loop(signal: torch.Tensor) -> float:
    total = 0.0
    for sample in signal.tolist():
        total += sample
    return total / len(signal)


def _mean_running(signal: torch.Tensor) -> float:
    mean = 0.0
    for count, sample in enumerate(signal.tolist(), start=1):
        mean += (sample - mean) / count
    return mean


def _mean_in_place(signal: torch.Tensor) -> torch.Tensor:
    signal /= len(signal)
    return signal.sum()


def _median(signal: torch.Tensor) -> float:
    ordered = sorted(signal.tolist())
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else sum(ordered[middle - 1 : middle + 1]) / 2


def _printed_only(signal: torch.Tensor) -> None:
    print(signal.mean())


MEAN_RIGHT: tuple[Any, ...] = (
    torch.mean,
    np.mean,
    _mean_by_loop,
    _mean_running,
    lambda signal: signal @ torch.ones_like(signal) / signal.numel(),
    lambda signal: statistics.fmean(signal.tolist()),
    lambda signal: signal.mean(dim=0, keepdim=True),
)

MEAN_WRONG = (
    Wrong(torch.sum, "sum"),
    Wrong(lambda signal: sum(x / (len(signal) - 1) for x in signal.tolist()), "one too few"),
    Wrong(lambda signal: torch.cat([signal, torch.zeros(1)]).mean(), "one too many"),
    Wrong(lambda signal: sum(signal.tolist()) / 3, "fixed length"),
    Wrong(lambda signal: sum(signal.tolist()) / 5, "fixed length"),
    Wrong(_median, "median"),
    Wrong(torch.median, "median"),
    Wrong(lambda signal: sorted(signal.tolist())[len(signal) // 2], "median"),
    Wrong(lambda signal: torch.stack([signal.max(), signal.min()]).mean(), "midrange"),
    Wrong(lambda signal: int(sum(signal.tolist()) // len(signal)), "rounded"),
    Wrong(_mean_in_place, "changed its input"),
    Wrong(_printed_only, "nothing"),
    Wrong(lambda signal, count: sum(signal) / count, "arguments"),
    Wrong(lambda signal: signal.mean() > 0, "booleans"),
    Wrong(lambda signal: str(signal.mean()), "wrong type"),
    Wrong(lambda signal: signal.average(), "exception"),
    Wrong(lambda signal: signal.cumsum(0) / len(signal), "wrong shape"),
    Wrong(lambda signal: -signal.mean(), "sign"),
    Wrong(3.0, "not a function"),
)


def _batch_shape() -> torch.Size:
    return torch.zeros(8, 3, 32, 48).shape


SHAPE_RIGHT: tuple[Any, ...] = (
    (8, 3, 32, 48),
    [8, 3, 32, 48],
    _batch_shape(),
    np.empty((8, 3, 32, 48)).shape,
    torch.tensor([8, 3, 32, 48]),
)

SHAPE_WRONG = (
    Wrong(torch.zeros(8, 32, 48, 3).shape, "channels last"),
    Wrong(np.array([8, 3, 48, 32]), "width first"),
    Wrong(list(torch.zeros(3, 32, 48).shape), "no batch"),
    Wrong(torch.tensor([8, 32, 48]), "no channels"),
    Wrong([8.0, 1.0, 32.0, 48.0], "one channel"),
    Wrong(np.zeros((3, 8, 32, 48)).shape, "batch second"),
    Wrong(list(reversed((3, 32, 48, 8))), "channels last, width first"),
    Wrong(torch.zeros(8, 3, 32, 48), "wrong shape"),
    Wrong("(8, 3, 32, 48)", "wrong type"),
    Wrong(_batch_shape, "wrong type"),
    Wrong(8 * 3 * 32 * 48, "wrong shape"),
    Wrong((48, 32, 3, 8), "wrong order"),
    Wrong((3, 32, 48, 8), "wrong order"),
    Wrong(torch.zeros(32, 48, 3, 8).shape, "wrong order"),
    Wrong((8, 3, 32, 32), "wrong values"),
    Wrong((8, (3, 32), 48), "ragged"),
)


def _standardise_by_loop(signal: torch.Tensor) -> list[float]:
    values = signal.tolist()
    mean = sum(values) / len(values)
    deviation = (sum((x - mean) ** 2 for x in values) / len(values)) ** 0.5
    return [(x - mean) / deviation for x in values]


def _standardise_by_norm(signal: torch.Tensor) -> torch.Tensor:
    centred = signal - signal.mean()
    return centred / centred.norm() * len(signal) ** 0.5


def _standardise_in_place(signal: torch.Tensor) -> torch.Tensor:
    signal -= signal.mean()
    signal /= signal.std(correction=0)
    return signal


def _by_mean_square(signal: torch.Tensor) -> list[float]:
    mean = statistics.fmean(signal.tolist())
    square = statistics.fmean((x - mean) ** 2 for x in signal.tolist())
    return [(x - mean) / square for x in signal.tolist()]


STANDARDISE_RIGHT: tuple[Any, ...] = (
    lambda signal: (signal - signal.mean()) / signal.std(correction=0),
    lambda signal: (signal.numpy() - np.mean(signal.numpy())) / np.std(signal.numpy()),
    lambda signal: (signal.float() - signal.float().mean()) / signal.float().var(unbiased=False).sqrt(),
    _standardise_by_loop,
    _standardise_by_norm,
)

STANDARDISE_WRONG = (
    Wrong(lambda signal: (signal - signal.mean()) / signal.std(), "sample deviation"),
    Wrong(_by_mean_square, "variance"),
    Wrong(lambda signal: [x / statistics.pstdev(signal.tolist()) for x in signal.tolist()], "mean kept"),
    Wrong(lambda signal: [x - sum(signal) / len(signal) for x in signal], "not divided"),
    Wrong(lambda signal: signal - torch.mean(signal) / torch.std(signal, correction=0), "precedence"),
    Wrong(lambda signal: [(x - sum(signal) / len(signal)) / max(signal) for x in signal], "largest value"),
    Wrong(lambda signal: [x / max(signal.tolist()) for x in signal.tolist()], "largest value, mean kept"),
    Wrong(lambda signal: (signal - min(signal)) / (max(signal) - min(signal)), "min-max"),
    Wrong(_standardise_in_place, "changed its input"),
    Wrong(lambda signal: (signal.mean() - signal) / signal.std(correction=0), "sign"),
    Wrong(lambda signal: _standardise_by_norm(signal).sum(), "wrong shape"),
    Wrong(lambda signal: (signal - signal.mean()) / (signal - signal), "not finite"),
)
