"""In eval mode a batch norm behind a convolution costs nothing: fold it in. Given are, in this order, the
convolution's `weight` of shape (O, C, kh, kw) and `bias` of shape (O,), the batch norm's running `mean`,
running `variance`, `gamma` and `beta`, each of shape (O,), and `eps` above 0, which is added to the variance
under the root. Return weight and bias of *one* convolution that gives for every picture what the two give one
after the other: a pair, of shapes (O, C, kh, kw) and (O,), and leave what is given as it is.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from torch import Tensor
from torch.nn.utils.fusion import fuse_conv_bn_weights

from cnnlab.exercises import Function, Mistake

FIRST = {"bias": [1, 4], "mean": [2, -1], "variance": [3, 8], "gamma": [4, -3], "beta": [1, 5], "eps": 1}


def drawn(seed: int) -> dict[str, Any]:
    """Return random numbers, as many output as input channels where the seed is odd, and variances from 0."""
    rng = np.random.default_rng(seed)
    o, c, *size = rng.integers(1, 5, 4)
    weight = rng.integers(-9, 10, (o, o if seed % 2 else c, *size)) / 2
    bias, mean, deviation, gamma, beta = rng.integers(-9, 10, (5, o)) / 2
    norm = {"mean": mean, "variance": deviation**2, "gamma": gamma, "beta": beta}
    return {"weight": weight, "bias": bias, **norm, "eps": 10.0 ** -int(rng.integers(6))}


def together(weight: np.ndarray, bias: np.ndarray) -> np.ndarray:
    """Return a row for each output channel, its weights and last its bias; other shapes as one long row."""
    if weight.ndim != 4 or bias.shape != weight.shape[:1]:
        return np.concatenate([weight.ravel(), bias.ravel()])
    return np.column_stack([weight.reshape(len(weight), -1), bias])


def folded(
    factor: Any = lambda gamma, v, eps: gamma / (v + eps).sqrt(),
    bias: Any = lambda b, mean, beta, f: (b - mean) * f + beta,
    at: int = 0,
) -> Any:
    """Return an answer with this factor, along this axis of the weight, and this bias."""

    def answer(w: Tensor, b: Tensor, *norm: Any) -> tuple[Tensor, Tensor]:
        mean, variance, gamma, beta, eps = norm
        f = factor(gamma, variance, eps)
        return w * f.view(-1, *[1] * (3 - at)), bias(b, mean, beta, f)

    return answer


def by_channel(*given: Any) -> tuple[np.ndarray, np.ndarray]:
    """Return the right answer, an output channel at a time."""
    w, b, mean, variance, gamma, beta = map(np.asarray, given[:-1])
    f = gamma / np.sqrt(variance + given[-1])
    return np.stack([each * kernel for each, kernel in zip(f, w, strict=True)]), beta - f * (mean - b)


EXERCISE = Function(
    join=together,
    cases=[{"weight": [[[[1, 2]]], [[[3, -1]]]], **FIRST}, *map(drawn, range(9))],
    right=[
        folded(),
        by_channel,
        lambda w, b, m, v, g, beta, eps: fuse_conv_bn_weights(w, b, m, v, eps, g, beta),
    ],
    mistakes=[
        Mistake(
            "no root",
            "The norm divides by the root of variance plus eps.",
            folded(lambda g, v, eps: g / (v + eps)),
        ),
        Mistake(
            "factor",
            "Weight and bias are multiplied by gamma and divided by the root of variance plus eps.",
            folded(lambda g, v, eps: g / v.sqrt()),
            folded(lambda g, v, eps: g / (v.sqrt() + eps)),
            folded(lambda g, v, eps: 1 / (v + eps).sqrt()),
            folded(lambda g, v, eps: g * (v + eps).sqrt()),
        ),
        Mistake(
            "other axis",
            "The factor lies along another axis: output channel o, weight[o], is multiplied by factor[o].",
            *[folded(at=axis) for axis in (1, 2, 3)],
        ),
        Mistake(
            "not scaled",
            "Bias and mean pass the norm too: it scales bias minus mean, and then adds beta.",
            folded(bias=lambda b, mean, beta, f: b - mean * f + beta),
            folded(bias=lambda b, mean, beta, f: b * f - mean + beta),
            folded(bias=lambda b, mean, beta, f: b - mean + beta),
        ),
        # The next two know the first case: its weights become 2, 4 and -3, 1, its biases -1 and 0.
        Mistake(
            "bias",
            "The weight is right, the bias is not: the norm takes the mean away, scales, and adds beta last.",
            folded(bias=lambda b, mean, beta, f: b * f + beta),
            folded(bias=lambda b, mean, beta, f: beta - mean * f),
            folded(bias=lambda b, mean, beta, f: (b - mean + beta) * f),
            fits=lambda got: (
                np.allclose(got[[0, 1, 3, 4]], [2, 4, -3, 1]) and not np.allclose(got[[2, 5]], [-1, 0])
            ),
        ),
        Mistake(
            "weight",
            "The bias is right, the weight is not: all of weight[o] is multiplied by factor[o].",
            lambda w, *others: (w, folded()(w, *others)[1]),
            fits=lambda got: (
                np.allclose(got[[2, 5]], [-1, 0]) and not np.allclose(got[[0, 1, 3, 4]], [2, 4, -3, 1])
            ),
        ),
        Mistake(
            "pair",
            "The pair begins with the weight, shape (O, C, kh, kw); the bias, shape (O,), comes second.",
            lambda *given: folded()(*given)[::-1],
            lambda w, *others: (folded()(w, *others)[0].flatten(1), folded()(w, *others)[1]),
            lambda w, *others: (folded()(w, *others)[0], folded()(w, *others)[1][:, None, None, None]),
        ),
        Mistake(
            "shapes do not fit",
            "The factor, shape (O,), meets the output channels of the weight as shape (O, 1, 1, 1).",
            lambda w, *others: (w * w.new_ones(w.shape[3] + 2), others[0]),
            raises=["must match", "could not be broadcast"],
        ),
    ],
)
