"""Write what a batch norm layer remembers. `batches` of shape (K, N, C, H, W) holds K batches in the order in
which they come; `training` of shape (K,) is True for those in train mode, one at least. Each channel's
running mean starts at 0, its running variance at 1. A batch in eval mode changes nothing. One in train mode
changes both, as in PyTorch: the new value is (1 - `momentum`) times the old one plus `momentum` times the
batch's. The batch's variance is here the *unbiased* one: divided by n - 1, where n = N·H·W, two or more,
counts a channel's numbers. Return running mean and running variance after the last batch, in this order, each
of shape (C,). `momentum` lies between 0 and 1.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from cnnlab.exercises import Function, Mistake

Answer = Callable[[Tensor, Tensor, float], Any]
THREE = [[[[[2, 4]]]], [[[[30, 90]]]], [[[[8, -2]]]]]
START = torch.tensor([[0.0], [1.0]], dtype=torch.float64)


def drawn(seed: int) -> dict[str, Any]:
    """Return one to four batches, their channels with means of their own, one or more in train mode."""
    rng = np.random.default_rng(seed)
    k, (n, c, h, w) = seed % 4 + 1, rng.integers(1, 4, 4) + np.array([seed % 2, 0, 1 - seed % 2, 0])
    batches = rng.integers(-9, 10, (k, n, c, h, w)) / 2 + rng.integers(-9, 10, (k, 1, c, 1, 1))
    training = (rng.random(k) < 0.5) | (np.arange(k) == seed // 3 % k)
    return {"batches": batches, "training": training, "momentum": rng.integers(1, 10).item() / 10}


def statistics(x: Tensor, correction: int = 1) -> Tensor:
    """Return mean and variance of each channel of a batch, shape (2, C)."""
    return torch.stack([x.mean((0, 2, 3)), x.var((0, 2, 3), correction=correction)])


def remembered(of: Callable[[Tensor], Tensor] = statistics) -> Answer:
    """Return an answer that takes this of each batch in train mode."""

    def answer(batches: Tensor, training: Tensor, momentum: float) -> Tensor:
        running = START.repeat(1, batches.shape[2])
        for x in batches[training]:
            running = (1 - momentum) * running + momentum * of(x)
        return running

    return answer


RIGHT = remembered()


def by_layer(batches: Tensor, training: Tensor, momentum: float) -> Any:
    """Return what PyTorch's layer remembers."""
    layer = nn.BatchNorm2d(batches.shape[2], momentum=momentum, dtype=batches.dtype)
    for x, is_training in zip(batches, training.tolist(), strict=True):
        layer.train(is_training)(x)
    return layer.running_mean, layer.running_var


def by_weights(batches: Tensor, training: Tensor, momentum: float) -> np.ndarray:
    """Return the right answer as one sum: what came k train batches ago counts (1 - momentum)^k as much."""
    seen = batches.numpy()[training.numpy()]
    each = np.stack([seen.mean((1, 3, 4)), seen.var((1, 3, 4), ddof=1)])
    counts = (1 - momentum) ** np.arange(len(seen), -1, -1)
    return counts[0] * START.numpy() + momentum * np.einsum("k,skc->sc", counts[1:], each)


EXERCISE = Function(
    cases=[
        {"batches": [[[[[1, 3]]]], [[[[4, 8]]]]], "training": np.array([True, True]), "momentum": 0.25},
        {"batches": THREE, "training": np.array([True, False, True]), "momentum": 0.25},
        {"batches": [[[[[7, 5]]]], [[[[-400, -200]]]]], "training": np.array([False, True]), "momentum": 0.1},
        *map(drawn, range(8)),
    ],
    right=[RIGHT, by_layer, by_weights],
    mistakes=[
        Mistake(
            "momentum reversed",
            "momentum counts for the old value here: in PyTorch it is the share of the new batch.",
            lambda b, t, m: RIGHT(b, t, 1 - m),
        ),
        Mistake(
            "biased variance",
            "The variance was divided by n: the running one takes the unbiased one, divided by n - 1.",
            remembered(lambda x: statistics(x, 0)),
        ),
        Mistake(
            "eval mode",
            "A batch in eval mode changed something, or ended the loop: only train mode counts, all of it.",
            lambda b, t, m: RIGHT(b, torch.ones_like(t), m),
            lambda b, t, m: RIGHT(b, ~t, m),
            lambda b, t, m: RIGHT(b, t.cumprod(0).bool(), m),
            lambda b, t, m: RIGHT(b, t, m) * (1 - m) ** (~t).sum(),
        ),
        Mistake(
            "start",
            "The first batch too is mixed with what was there before: mean 0 and variance 1.",
            lambda b, t, m: RIGHT(b, t, m) - START * (1 - m) ** t.sum(),
            lambda b, t, m: RIGHT(b, t, m) + (statistics(b[t][0]) - START) * (1 - m) ** t.sum(),
        ),
        Mistake(
            "not mixed",
            "This is the last batch alone, or a plain mean of all: mix each with what was remembered before.",
            lambda b, t, m: RIGHT(b, t, 1.0),
            lambda b, t, m: RIGHT(b[t][-1:], t[t][-1:], m),
            lambda b, t, m: torch.stack([statistics(x) for x in b[t]]).mean(0),
        ),
        Mistake(
            "axes",
            "Take each channel by itself, and its variance over all pictures, rows and columns together.",
            remembered(lambda x: torch.stack([x.mean((0, 2, 3)), x.var((2, 3)).mean(0)])),
            remembered(lambda x: torch.stack([x.mean(), x.var()])[:, None]),
        ),
        Mistake(
            "deviation",
            "Remembered was the standard deviation: take its square, the variance.",
            remembered(lambda x: torch.stack([x.mean((0, 2, 3)), x.std((0, 2, 3))])),
            lambda b, t, m: torch.stack([RIGHT(b, t, m)[0], RIGHT(b, t, m)[1].sqrt()]),
        ),
        Mistake(
            "old value whole",
            "The old value was kept in full: it counts 1 - momentum times.",
            lambda b, t, m: START + m * sum(map(statistics, b[t])),
        ),
        Mistake("swapped", "The mean comes first.", lambda b, t, m: RIGHT(b, t, m).flip(0)),
    ],
)
