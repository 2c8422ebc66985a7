r"""Write what `loss.backward()` sends back through batch normalisation in train mode. Work it out yourself,
although the check would accept what autograd gives. Given are, in this order, `gradient`, the loss's gradient
with respect to the *result*, and `x`, the input, both of shape (N, C, H, W), then `gamma` of shape (C,) and a
number `eps` above 0. The result was $\gamma\,(x - \mu) / \sqrt{\sigma^2 + \varepsilon} + \beta$, with $\mu$
and $\sigma^2$ each channel's mean and variance over all its N·H·W numbers, two or more (the variance divided
by N·H·W, not by one less). They too depend on `x`. Return the loss's gradient with respect to `x`, in its
shape, and leave what is given as it is.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.func import vjp
from torch.nn import functional as F

from cnnlab.exercises import Function, Mistake
from cnnlab.normalization import batch_norm_gradient

CHANNEL = 0, 2, 3
GRADIENT = [[[[1, 2, -1]], [[0, 3, 1]]], [[[4, 0, 0]], [[-2, 5, 1]]]]
X = [[[[1, 3, 2]], [[-5, 0, 4]]], [[[7, 2, 0]], [[1, 1, 8]]]]
TINY = [[[[0.001, 0.004], [-0.002, 0]]]]


def drawn(seed: int) -> dict[str, Any]:
    """Return random inputs, two numbers a channel at least; channels differ in spread and offset."""
    rng = np.random.default_rng(seed)
    n, c, h, w = rng.integers(1, 5, 4) + np.array([0, 0, seed % 2, 1 - seed % 2])
    spread, offset = 10.0 ** rng.integers(-2, 2, (c, 1, 1)), rng.integers(-20, 21, (c, 1, 1))
    gradient, x = rng.integers(-9, 10, (2, n, c, h, w)) / 2
    gamma, eps = rng.integers(-9, 10, c) / 2, 10.0 ** -int(rng.integers(5))
    return {"gradient": gradient, "x": spread * (x + offset), "gamma": gamma, "eps": eps}


def mean(values: Tensor) -> Tensor:
    """Return the mean of each channel, shape (1, C, 1, 1)."""
    return values.mean(CHANNEL, keepdim=True)


def sent(
    left: Any = lambda g, z, v: g - mean(g) - z * mean(g * z), root: Any = Tensor.sqrt, less: int = 0
) -> Any:
    """Return an answer: what it leaves of a gradient, given z, the standardised x, and what it divides by."""

    def answer(gradient: Tensor, x: Tensor, gamma: Tensor, eps: float) -> Tensor:
        variance = x.var(CHANNEL, correction=less, keepdim=True) + eps
        z = (x - mean(x)) / variance.sqrt()
        return gamma[:, None, None] * left(gradient, z, variance) / root(variance)

    return answer


RIGHT = sent()

EXERCISE = Function(
    cases=[
        {"gradient": [[[[4, 0]]], [[[0, 0]]]], "x": [[[[1, 3]]], [[[5, 11]]]], "gamma": [2], "eps": 2},
        {"gradient": GRADIENT, "x": X, "gamma": [3, -1], "eps": 0.5},
        {"gradient": [[[[3, 1, -1]]]], "x": [[[[5, 5, 5]]]], "gamma": [1], "eps": 0.25},
        {"gradient": [[[[3, 0], [1, -1]]]], "x": TINY, "gamma": [1], "eps": 1e-5},
        *map(drawn, range(8)),
    ],
    right=[
        RIGHT,
        lambda g, x, w, eps: vjp(lambda x: F.batch_norm(x, None, None, w, None, True, 0, eps), x)[1](g)[0],
        lambda gradient, x, gamma, eps: batch_norm_gradient(gradient, x, gamma, eps=eps)[0],
    ],
    mistakes=[
        Mistake("order", "gradient comes first, x second.", lambda x, g, gamma, eps: RIGHT(g, x, gamma, eps)),
        Mistake("n - 1", "The variance was divided by one less: take correction=0.", sent(less=1)),
        Mistake(
            "statistics held constant",
            "Mean and variance were held constant: whatever moves one number of x moves them too.",
            sent(lambda g, z, v: g),
            lambda gradient, x, gamma, eps: gradient * gamma[:, None, None] / (1 + eps) ** 0.5,
        ),
        Mistake(
            "mean term missing",
            "The way through the mean is missing: subtract the channel's mean of the gradient.",
            sent(lambda g, z, v: g - z * mean(g * z)),
        ),
        Mistake(
            "variance term missing",
            "The way through the variance is missing: whatever moves one number of x moves the root too.",
            sent(lambda g, z, v: g - mean(g)),
        ),
        Mistake(
            "variance term",
            "The way through the variance is x-hat times the mean of gradient times x-hat, once.",
            sent(lambda g, z, v: g - mean(g) - mean(g * z)),
            sent(lambda g, z, v: g - mean(g) - 2 * z * mean(g * z)),
            sent(lambda g, z, v: g - mean(g) - z * mean(g * z) / 2),
            sent(lambda g, z, v: g - mean(g) - z * mean(g * z) * v),
            sent(lambda g, z, v: g - mean(g) - z * mean(g * z) * v.sqrt()),
        ),
        Mistake(
            "sign",
            "A sign is wrong: both ways, through the mean and through the variance, take something away.",
            sent(lambda g, z, v: g + mean(g) + z * mean(g * z)),
            sent(lambda g, z, v: g - mean(g) + z * mean(g * z)),
            sent(lambda g, z, v: g + mean(g) - z * mean(g * z)),
        ),
        Mistake(
            "not a mean",
            "The means go over a channel's N·H·W numbers: these are sums, or divided by fewer.",
            sent(lambda g, z, v: g - (mean(g) + z * mean(g * z)) * z[:, 0].numel()),
            sent(lambda g, z, v: g - (mean(g) + z * mean(g * z)) * z[0, 0].numel()),
            sent(lambda g, z, v: g - g.mean(0) - z * (g * z).mean(0)),
            sent(lambda g, z, v: g - g.mean((2, 3), keepdim=True) - z * (g * z).mean((2, 3), keepdim=True)),
        ),
        Mistake(
            "factor",
            "The factor is gamma divided by the root of variance plus eps, each of them once.",
            *[sent(root=root) for root in (lambda v: 1, lambda v: v, torch.rsqrt)],
            lambda gradient, x, gamma, eps: RIGHT(gradient, x, gamma**0, eps),
            lambda gradient, x, gamma, eps: RIGHT(gradient, x, gamma**2, eps),
            lambda gradient, x, gamma, eps: RIGHT(gradient, x, gamma, 0.0),
        ),
        Mistake(
            "shapes do not fit",
            "A number for each channel, shape (C,), lies along axis 1 of x if its shape is (1, C, 1, 1).",
            lambda gradient, x, gamma, eps: gamma * RIGHT(gradient, x, gamma**0, eps),
            raises=["must match", "could not be broadcast"],
        ),
    ],
)
