r"""Write batch normalisation in train mode. Given are `x` of shape (N, C, H, W), `gamma` and `beta` of shape
(C,), and a number `eps` above 0. Each channel of `x` holds N·H·W numbers, two or more. Take their mean $\mu$
and their variance $\sigma^2$, the *mean* squared distance from $\mu$: divide by N·H·W, not by one less.
Return $\gamma\,(x - \mu) / \sqrt{\sigma^2 + \varepsilon} + \beta$, each channel with its own four numbers, in
the shape of `x`, and leave `x` as it is.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from torch import Tensor
from torch.nn import functional as F

from cnnlab.exercises import Function, Mistake

Answer = Callable[[Tensor, Tensor, Tensor, float], Any]
CHANNEL = 0, 2, 3
TWO_PICTURES = [[[[1, 3]], [[0, 4]], [[7, 7]]], [[[2, -2]], [[9, 6]], [[7, 7]]]]


def drawn(seed: int) -> dict[str, Any]:
    """Return random inputs, two numbers a channel at least; channels differ in spread and offset."""
    rng = np.random.default_rng(seed)
    n, c, h, w = rng.integers(1, 5, 4) + np.array([0, 0, seed % 2, 1 - seed % 2])
    spread, offset = 10.0 ** rng.integers(-3, 2, (c, 1, 1)), rng.integers(-40, 41, (c, 1, 1))
    x, gamma, beta = (rng.integers(-9, 10, shape) / 2 for shape in ((n, c, h, w), c, c))
    return {"x": spread * (x + offset), "gamma": gamma, "beta": beta, "eps": 10.0 ** -int(rng.integers(6))}


def centred(x: Tensor, axes: tuple[int, ...] = CHANNEL) -> Tensor:
    """Return x without its mean over these axes."""
    return x - x.mean(axes, keepdim=True)


def variance(x: Tensor, axes: tuple[int, ...] = CHANNEL, correction: int = 0) -> Tensor:
    """Return the variance over these axes, which stay with length 1."""
    return x.var(axes, correction=correction, keepdim=True)


def scaled(normal: Callable[[Tensor, float], Tensor]) -> Answer:
    """Return an answer that normalises in this way, and multiplies by gamma and adds beta rightly."""
    return lambda x, gamma, beta, eps: gamma[:, None, None] * normal(x, eps) + beta[:, None, None]


def over(*axes: int) -> Answer:
    """Return an answer whose means go over these axes."""
    return scaled(lambda x, eps: centred(x, axes) / (variance(x, axes) + eps).sqrt())


RIGHT = over(*CHANNEL)


EXERCISE = Function(
    cases=[
        {"x": [[[[1, 3]]], [[[5, 11]]]], "gamma": [2], "beta": [1], "eps": 2},
        {"x": TWO_PICTURES, "gamma": [1, -2, 3], "beta": [0, 1, -5], "eps": 1},
        {"x": [[[[0.001]]], [[[0.003]]], [[[-0.004]]]], "gamma": [1], "beta": [0], "eps": 1e-5},
        {"x": [[[[204, 200], [202, 207]]]], "gamma": [1], "beta": [0], "eps": 1e-5},
        *map(drawn, range(8)),
    ],
    right=[
        RIGHT,
        scaled(lambda x, eps: F.layer_norm(x.transpose(0, 1), x[:, 0].shape, eps=eps).transpose(0, 1)),
        lambda x, gamma, beta, eps: F.batch_norm(x, None, None, gamma, beta, training=True, eps=eps),
    ],
    mistakes=[
        Mistake(
            "axis 0 only",
            "Each pixel got its own mean, over pictures only: a channel's goes over rows and columns too.",
            over(0),
        ),
        Mistake(
            "each picture by itself",
            "Each picture was normalised by itself: a channel's mean goes over all pictures of the batch.",
            *[over(2, 3), over(1, 2, 3), over(1)],
        ),
        Mistake(
            "other axes",
            "The means go over other numbers: take all pictures, rows and columns, and each channel alone.",
            *[over(0, 1, 2, 3), over(0, 2), over(0, 3), over(0, 1), over(2), over(3)],
        ),
        Mistake(
            "n - 1",
            "The variance was divided by one less than N·H·W, as torch does unless it gets correction=0.",
            scaled(lambda x, eps: centred(x) / (variance(x, correction=1) + eps).sqrt()),
        ),
        Mistake(
            "eps outside",
            "eps was added to the deviation: add it to the variance, under the root.",
            scaled(lambda x, eps: centred(x) / (variance(x).sqrt() + eps)),
        ),
        Mistake(
            "no eps",
            "eps is missing: add it to the variance, under the root.",
            scaled(lambda x, eps: centred(x) / variance(x).sqrt()),
        ),
        Mistake(
            "no root",
            "The root of variance plus eps is missing: divide by it.",
            scaled(lambda x, eps: centred(x) / (variance(x) + eps)),
            scaled(lambda x, eps: centred(x)),
        ),
        Mistake(
            "mean kept",
            "The mean was not subtracted before dividing.",
            scaled(lambda x, eps: x / (variance(x) + eps).sqrt()),
        ),
        Mistake(
            "gamma or beta",
            "Normalised rightly, but gamma or beta is missing, or they have changed places.",
            lambda x, gamma, beta, eps: RIGHT(x, gamma**0, 0 * beta, eps),
            lambda x, gamma, beta, eps: RIGHT(x, gamma, 0 * beta, eps),
            lambda x, gamma, beta, eps: RIGHT(x, gamma**0, beta, eps),
            lambda x, gamma, beta, eps: RIGHT(x, beta, gamma, eps),
        ),
        Mistake(
            "shapes do not fit",
            "A number for each channel, shape (C,), lies along axis 1 of x if its shape is (1, C, 1, 1).",
            lambda x, gamma, beta, eps: gamma * RIGHT(x, gamma**0, 0 * beta, eps) + beta,
            raises=["must match", "could not be broadcast"],
        ),
    ],
)
