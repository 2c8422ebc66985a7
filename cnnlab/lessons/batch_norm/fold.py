"""In eval mode a batch norm behind a convolution costs nothing: fold it in. Given are, in this order, the
convolution's `weight` of shape (O, C, kh, kw) and `bias` of shape (O,), the batch norm's running `mean`,
running `variance`, `gamma` and `beta`, each of shape (O,), and `eps` above 0, which is added to the variance
under the root. Return weight and bias of *one* convolution that gives for every picture what the two give one
after the other: a pair, of shapes (O, C, kh, kw) and (O,).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from torch import Tensor
from torch.nn.utils.fusion import fuse_conv_bn_weights

from cnnlab.exercises import Function, Mistake

FIRST = {"bias": [1, 4], "mean": [2, -1], "variance": [3, 8], "gamma": [4, -3], "beta": [1, 5]}
Answer = Callable[..., Any]


def drawn(seed: int) -> dict[str, Any]:
    """Return random numbers, as many output as input channels where the seed is odd, and variances from 0."""
    rng = np.random.default_rng(seed)
    o, c, *size = rng.integers(1, 5, 4)
    weight = rng.integers(-9, 10, (o, o if seed % 2 else c, *size)) / 2
    bias, mean, deviation, gamma, beta = rng.integers(-9, 10, (5, o)) / 2
    given = {"weight": weight, "bias": bias, "mean": mean, "variance": deviation**2}
    return given | {"gamma": gamma, "beta": beta, "eps": 10.0 ** -int(rng.integers(4))}


def together(weight: np.ndarray, bias: np.ndarray) -> np.ndarray:
    """Return a row for each output channel: its weights, and last its bias."""
    channels, depth, height, width = weight.shape
    return np.hstack([weight.reshape(channels, depth * height * width), bias[:, None]])


def rooted(gamma: Tensor, variance: Tensor, eps: float) -> Tensor:
    """Return what the batch norm multiplies by."""
    return gamma / (variance + eps).sqrt()


def folded(
    bias: Any = lambda b, mean, beta, f: (b - mean) * f + beta, factor: Any = rooted, at: int = 0
) -> Answer:
    """Return an answer with this bias, and this factor along an axis of the weight."""

    def answer(w: Tensor, b: Tensor, *norm: Any) -> tuple[Tensor, Tensor]:
        mean, variance, gamma, beta, eps = norm
        f = factor(gamma, variance, eps)
        return w * f.view(-1, *[1] * (3 - at)), bias(b, mean, beta, f)

    return answer


def by_numpy(*given: Any) -> tuple[np.ndarray, np.ndarray]:
    """Return the right answer, an output channel at a time."""
    w, b, mean, variance, gamma, beta = map(np.asarray, given[:-1])
    f = gamma / np.sqrt(variance + given[-1])
    return np.stack([each * kernel for each, kernel in zip(f, w, strict=True)]), beta - f * (mean - b)


EXERCISE = Function(
    join=together,
    cases=[{"weight": [[[[1, 2]]], [[[3, -1]]]], **FIRST, "eps": 1}, *map(drawn, range(9))],
    right=[
        folded(),
        by_numpy,
        lambda w, b, m, v, g, beta, eps: fuse_conv_bn_weights(w, b, m, v, eps, g, beta),
    ],
    mistakes=[
        Mistake(
            "bias not scaled",
            "The old bias passes the norm too: it is multiplied by gamma and divided by the root.",
            folded(lambda b, mean, beta, f: b - mean * f + beta),
            folded(lambda b, mean, beta, f: b - mean + beta),
        ),
        Mistake(
            "mean not scaled",
            "The mean is subtracted before the norm scales: scale bias minus mean, then add beta.",
            folded(lambda b, mean, beta, f: b * f - mean + beta),
        ),
        Mistake(
            "missing in the bias",
            "The new bias needs the old one, the mean, the factor and beta: one or more of them are missing.",
            folded(lambda b, mean, beta, f: b * f + beta),
            folded(lambda b, mean, beta, f: beta - mean * f),
            folded(lambda b, mean, beta, f: (b - mean) * f),
            folded(lambda b, mean, beta, f: b),
            folded(lambda b, mean, beta, f: b * f),
        ),
        Mistake(
            "sign or order",
            "Subtract the mean from the old bias, scale, and add beta last.",
            folded(lambda b, mean, beta, f: (b - mean + beta) * f),
            folded(lambda b, mean, beta, f: (b + mean) * f + beta),
            folded(lambda b, mean, beta, f: (mean - b) * f + beta),
        ),
        Mistake(
            "no root",
            "The norm divides by the root of variance plus eps, not by the variance.",
            folded(factor=lambda gamma, variance, eps: gamma / (variance + eps)),
        ),
        Mistake(
            "factor",
            "Weight and bias are multiplied by gamma and divided by the root of variance plus eps.",
            folded(factor=lambda gamma, variance, eps: gamma / variance.sqrt()),
            folded(factor=lambda gamma, variance, eps: gamma / (variance.sqrt() + eps)),
            folded(factor=lambda gamma, variance, eps: 1 / (variance + eps).sqrt()),
            folded(factor=lambda gamma, variance, eps: gamma * (variance + eps).sqrt()),
        ),
        Mistake(
            "weight not scaled",
            "The weight is as it was: output channel o is multiplied by factor[o].",
            lambda w, *others: (w, folded()(w, *others)[1]),
        ),
        Mistake(
            "other axis",
            "The factor lies along another axis: output channel o, weight[o], is multiplied by factor[o].",
            *[folded(at=1), folded(at=2), folded(at=3)],
        ),
        Mistake(
            "shapes do not fit",
            "The factor, shape (O,), meets the output channels of the weight as shape (O, 1, 1, 1).",
            lambda w, *others: (w * w.new_ones(w.shape[3] + 2), others[0]),
            raises=["must match", "could not be broadcast"],
        ),
    ],
)
