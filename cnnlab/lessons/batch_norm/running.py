"""Write what a batch norm layer remembers. `batches` of shape (K, N, C, H, W) holds K batches in the order in
which they come; `training` is a list of K booleans, True for those in train mode, one at least. Each
channel's running mean starts at 0, its running variance at 1. A batch in eval mode changes nothing. One in
train mode changes both, as in PyTorch: the new value is (1 - `momentum`) times the old one plus `momentum`
times the batch's. The batch's variance is here the *unbiased* one: divided by n - 1, where n = N·H·W, two or
more, counts a channel's numbers. `momentum` is a number from 0 to 1. Return running mean and running variance
after the last batch, in this order, each of shape (C,), and leave `batches` as they are.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from cnnlab.exercises import Function, Mistake

THREE = [[[[[2, 4]]]], [[[[30, 90]]]], [[[[8, -2]]]]]
START = torch.tensor([[0.0], [1.0]], dtype=torch.float64)


def drawn(seed: int) -> dict[str, Any]:
    """Return one to four batches, their channels with means of their own, one or more in train mode."""
    rng = np.random.default_rng(seed)
    k, (n, c, h, w) = seed % 4 + 1, rng.integers(1, 4, 4) + np.array([seed % 2, 0, 1 - seed % 2, 0])
    batches = rng.integers(-9, 10, (k, n, c, h, w)) / 2 + rng.integers(-9, 10, (k, 1, c, 1, 1))
    training = (rng.random(k) < 0.5) | (np.arange(k) == seed // 2 % k)
    return {
        "batches": batches,
        "training": tuple(training.tolist()),
        "momentum": rng.integers(1, 10).item() / 10,
    }


def statistics(x: Tensor, correction: int = 1) -> Tensor:
    """Return mean and variance of each channel of a batch, shape (2, C)."""
    return torch.stack([x.mean((0, 2, 3)), x.var((0, 2, 3), correction=correction)])


def remembered(of: Any = statistics) -> Any:
    """Return an answer that takes this of each batch in train mode."""

    def answer(batches: Tensor, training: list[bool], momentum: float) -> Tensor:
        running = START.repeat(1, batches.shape[2])
        for x in batches[training]:
            running = (1 - momentum) * running + momentum * of(x)
        return running

    return answer


RIGHT = remembered()


def by_layer(batches: Tensor, training: list[bool], momentum: float) -> Any:
    """Return what PyTorch's layer remembers."""
    layer = nn.BatchNorm2d(batches.shape[2], momentum=momentum, dtype=batches.dtype)
    for x, is_training in zip(batches, training, strict=True):
        layer.train(is_training)(x)
    return layer.running_mean, layer.running_var


def by_weights(batches: Tensor, training: list[bool], momentum: float) -> Tensor:
    """Return the right answer as one sum: what came k train batches ago counts (1 - momentum)^k as much."""
    ages = reversed(range(sum(training)))
    added = [(1 - momentum) ** k * statistics(x) for k, x in zip(ages, batches[training], strict=True)]
    return START * (1 - momentum) ** sum(training) + momentum * sum(added)


EXERCISE = Function(
    cases=[
        {"batches": [[[[[1, 3]]]], [[[[4, 8]]]]], "training": (True, True), "momentum": 0.25},
        {"batches": THREE, "training": (True, False, True), "momentum": 0.25},
        {"batches": [[[[[7, 5]]]], [[[[-400, -200]]]]], "training": (False, True), "momentum": 0.1},
        *map(drawn, range(8)),
    ],
    right=[RIGHT, by_layer, by_weights],
    mistakes=[
        Mistake(
            "reversed",
            "momentum is the new batch's share, not the old one's.",
            lambda b, t, m: RIGHT(b, t, 1 - m),
        ),
        Mistake(
            "biased",
            "The batch's variance is divided by n - 1, not by n.",
            remembered(lambda x: statistics(x, 0)),
        ),
        Mistake("swapped", "The mean comes first.", lambda b, t, m: RIGHT(b, t, m).flip(0)),
        Mistake(
            "eval mode",
            "A batch in eval mode changed something, or ended the loop: go on to the next in train mode.",
            lambda b, t, m: RIGHT(b, [True] * len(t), m),
            lambda b, t, m: RIGHT(b, [not each for each in t], m),
            lambda b, t, m: RIGHT(b, [all(t[: k + 1]) for k in range(len(t))], m),
        ),
        Mistake(
            "start",
            "The first batch too is mixed with what was there before: mean 0 and variance 1.",
            lambda b, t, m: RIGHT(b, t, m) - START * (1 - m) ** sum(t),
            lambda b, t, m: RIGHT(b, t, m) + (1 - 2 * START) * (1 - m) ** sum(t),
            lambda b, t, m: RIGHT(b, t, m) + (statistics(b[t][0]) - START) * (1 - m) ** sum(t),
        ),
        Mistake(
            "not mixed",
            "One after the other, each batch is mixed with what was remembered before, by `momentum`.",
            lambda b, t, m: RIGHT(b, t, 1.0),
            *[lambda b, t, m, one=one: RIGHT(b[t][one], [True], m) for one in (slice(1), slice(-1, None))],
            lambda b, t, m: RIGHT(b[:1], t[:1], m),
            lambda b, t, m: RIGHT(b[t].flatten(0, 1)[None], [True], m),
            lambda b, t, m: torch.stack([statistics(x) for x in b[t]]).mean(0),
            lambda b, t, m: START + m * sum(map(statistics, b[t])),
            lambda b, t, m: RIGHT(b, t, 0.1),
        ),
        Mistake(
            "axes",
            "Take each channel by itself, and its variance over all pictures, rows and columns together.",
            remembered(lambda x: torch.stack([x.mean((0, 2, 3)), x.var((2, 3)).mean(0)])),
            remembered(lambda x: torch.stack([x.mean(), x.var()])[:, None]),
        ),
        Mistake(
            "deviation",
            "Remember the variance, not its root.",
            remembered(lambda x: statistics(x) ** (1 - START / 2)),
            lambda b, t, m: RIGHT(b, t, m) ** (1 - START / 2),
        ),
    ],
)
