r"""Write batch normalisation in train mode. Given are `x` of shape (N, C, H, W), `gamma` and `beta` of shape
(C,), and a number `eps` above 0. Each channel of `x` holds N·H·W numbers, two or more. Take their mean $\mu$
and their variance $\sigma^2$, the *mean* squared distance from $\mu$: divide by N·H·W, not by one less.
Return $\gamma\,(x - \mu) / \sqrt{\sigma^2 + \varepsilon} + \beta$, each channel with its own $\mu$,
$\sigma^2$, $\gamma$ and $\beta$, in the shape of `x`, and leave what is given as it is.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from torch import Tensor
from torch.nn import functional as F

from cnnlab.exercises import Function, Mistake

CHANNEL = 0, 2, 3
TWO_PICTURES = [[[[1, 3]], [[0, 4]], [[7, 7]]], [[[2, -2]], [[9, 6]], [[7, 7]]]]


def drawn(seed: int) -> dict[str, Any]:
    """Return random inputs, two numbers a channel at least; channels differ in spread and offset."""
    rng = np.random.default_rng(seed)
    n, c, h, w = rng.integers(1, 5, 4) + np.array([0, 0, seed % 2, 1 - seed % 2])
    spread, offset = 10.0 ** rng.integers(-3, 2, (c, 1, 1)), rng.integers(-40, 41, (c, 1, 1))
    x, gamma, beta = (rng.integers(-9, 10, shape) / 2 for shape in ((n, c, h, w), c, c))
    return {"x": spread * (x + offset), "gamma": gamma, "beta": beta, "eps": 10.0 ** -int(rng.integers(6))}


def made(
    normal: Any = lambda x, mu, v, eps: (x - mu) / (v + eps).sqrt(), axes: tuple[int, ...] = CHANNEL
) -> Any:
    """Return an answer that normalises in this way, with means over these axes."""

    def answer(x: Tensor, gamma: Tensor, beta: Tensor, eps: float) -> Tensor:
        mu, variance = x.mean(axes, keepdim=True), x.var(axes, correction=0, keepdim=True)
        return gamma[:, None, None] * normal(x, mu, variance, eps) + beta[:, None, None]

    return answer


RIGHT = made()


EXERCISE = Function(
    cases=[
        {"x": [[[[1, 3]]], [[[5, 11]]]], "gamma": [2], "beta": [1], "eps": 2},
        {"x": TWO_PICTURES, "gamma": [1, -2, 3], "beta": [0, 1, -5], "eps": 1},
        {"x": [[[[0.001]]], [[[0.003]]], [[[-0.004]]]], "gamma": [1], "beta": [0], "eps": 1e-5},
        {"x": [[[[204, 200], [202, 200]]]], "gamma": [1], "beta": [0], "eps": 1e-5},
        *map(drawn, range(8)),
    ],
    right=[
        RIGHT,
        made(lambda x, mu, v, eps: F.layer_norm(x.transpose(0, 1), x[:, 0].shape, eps=eps).transpose(0, 1)),
        lambda x, g, b, eps: F.batch_norm(x, None, None, g, b, training=True, eps=eps),
    ],
    mistakes=[
        Mistake(
            "axis 0 only", "Each pixel got its own mean: it goes over rows and columns too.", made(axes=(0,))
        ),
        Mistake(
            "other axes",
            "The means go over other numbers: take a channel's in all pictures, rows and columns.",
            *[made(axes=axes) for axes in [(2, 3), (1, 2, 3), (1,), (0, 1, 2, 3), (0, 2), (0, 3), (0, 1)]],
        ),
        Mistake(
            "n - 1",
            "The variance was divided by one less than N·H·W, as torch does unless it gets correction=0.",
            made(lambda x, mu, v, eps: (x - mu) / (x.var(CHANNEL, keepdim=True) + eps).sqrt()),
        ),
        Mistake(
            "variance",
            "The variance is another: add the squared distances from the mean, and divide by N·H·W.",
            made(lambda x, mu, v, eps: (x - mu) / (v + mu**2 + eps).sqrt()),
            made(lambda x, mu, v, eps: (x - mu) / (v * x[:, 0].numel() + eps).sqrt()),
            made(lambda x, mu, v, eps: (x - mu) / (v * x[0, 0].numel() + eps).sqrt()),
            made(
                lambda x, mu, v, eps: (
                    (x - mu) / ((x - mu).var((2, 3), False).mean(0)[:, None, None] + eps).sqrt()
                )
            ),
        ),
        Mistake(
            "eps",
            "eps is missing or elsewhere: add it to the variance, under the root.",
            made(lambda x, mu, v, eps: (x - mu) / (v.sqrt() + eps)),
            made(lambda x, mu, v, eps: (x - mu) / v.sqrt()),
            made(lambda x, mu, v, eps: ((x - mu) / v.sqrt()).nan_to_num()),
            made(lambda x, mu, v, eps: (x - mu) / (x.std(CHANNEL, keepdim=True) + eps)),
        ),
        Mistake(
            "no root",
            "Divide by the root of variance plus eps.",
            made(lambda x, mu, v, eps: (x - mu) / (v + eps)),
            made(lambda x, mu, v, eps: x - mu),
        ),
        Mistake(
            "mean",
            "Subtract the batch's mean before you divide.",
            made(lambda x, mu, v, eps: x / (v + eps).sqrt()),
            made(lambda x, mu, v, eps: x - mu / (v + eps).sqrt()),
            made(lambda x, mu, v, eps: x / (1 + eps) ** 0.5),
        ),
        Mistake(
            "gamma or beta",
            "gamma multiplies what is normalised, beta is added last: one is missing or elsewhere.",
            lambda x, g, b, eps: RIGHT(x, g**0, 0 * b, eps),
            lambda x, g, b, eps: RIGHT(x, g, 0 * b, eps),
            lambda x, g, b, eps: RIGHT(x, g**0, b, eps),
            lambda x, g, b, eps: RIGHT(x, b, g, eps),
            lambda x, g, b, eps: RIGHT(x, g, g * b, eps),
        ),
        Mistake(
            "other axis",
            "gamma and beta lie along another axis: each channel, axis 1, has its own.",
            lambda x, g, b, eps: g[:, None] * RIGHT(x, g**0, 0 * b, eps) + b[:, None],
        ),
        Mistake(
            "shapes do not fit",
            "A number for each channel, shape (C,), lies along axis 1 of x if its shape is (1, C, 1, 1).",
            lambda x, g, b, eps: g * RIGHT(x, g**0, 0 * b, eps) + b,
            raises=["must match", "could not be broadcast"],
        ),
    ],
)
