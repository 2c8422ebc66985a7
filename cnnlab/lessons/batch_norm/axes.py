r"""Write one function for three norms. `x` has the shape (N, C, H, W), and `num_groups` divides C: the first
C / `num_groups` channels of a picture are its first group, the next ones its second, and so on. Each group of
each picture is normalised by itself, over all its numbers, two or more: subtract their mean $\mu$ and divide
by $\sqrt{\sigma^2 + \varepsilon}$. Here $\sigma^2$ is the *mean* squared distance from $\mu$ (divide by their
number, not by one less), and `eps` is above 0; there is no gamma and no beta. Return the result in the shape
of `x`, and leave `x` as it is. With one group this is layer norm over whole pictures, with C groups instance
norm.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from torch import Tensor
from torch.nn import functional as F

from cnnlab.exercises import Function, Mistake

Answer = Callable[[Tensor, int, float], Any]


def drawn(seed: int) -> dict[str, Any]:
    """Return pictures whose channels differ in mean, with one to three groups of one to three channels."""
    rng = np.random.default_rng(seed)
    groups, size, (n, h, w) = seed % 3 + 1, seed // 3 + 1, rng.integers(1, 4, 3)
    shape = n, groups * size, h, w + (size == 1)
    x = rng.integers(-9, 10, shape) + rng.integers(-9, 10, (*shape[:2], 1, 1))
    return {"x": x / 4, "num_groups": groups, "eps": 10.0 ** -int(rng.integers(6))}


def rooted(variance: Tensor, eps: float) -> Tensor:
    """Return what is divided by."""
    return (variance + eps).sqrt()


def normal(x: Tensor, axes: tuple[int, ...], eps: float, correction: int = 0, by: Any = rooted) -> Tensor:
    """Return x with mean 0 and variance 1 over these axes, or what comes of another divisor."""
    return (x - x.mean(axes, keepdim=True)) / by(x.var(axes, correction=correction, keepdim=True), eps)


def grouped(axes: tuple[int, ...] = (2, 3, 4), **options: Any) -> Answer:
    """Return an answer that takes means over these axes of x, shape (N, num_groups, C / num_groups, H, W)."""
    return lambda x, g, eps: normal(x.unflatten(1, (g, -1)), axes, eps, **options).view(x.shape)


def by_loops(x: Tensor, num_groups: int, eps: float) -> np.ndarray:
    """Return the right answer, a group of one picture at a time."""
    parts = [np.array_split(picture, num_groups) for picture in x.numpy()]
    return np.stack(
        [np.concatenate([(p - p.mean()) / np.sqrt(p.var() + eps) for p in each]) for each in parts]
    )


EXERCISE = Function(
    cases=[
        {"x": [[[[1, 3]], [[5, 11]], [[0, 4]], [[8, 0]]]], "num_groups": 2, "eps": 2},
        {"x": [[[[1, 5]], [[30, 10]]], [[[200, 220]], [[0, -8]]]], "num_groups": 1, "eps": 1},
        {"x": [[[[1], [3]], [[-5], [-5]], [[9], [2]]]], "num_groups": 3, "eps": 0.5},
        {"x": [[[[0.001, -0.002], [0.004, 0]]]], "num_groups": 1, "eps": 1e-5},
        *map(drawn, range(8)),
    ],
    right=[grouped(), by_loops, lambda x, num_groups, eps: F.group_norm(x, num_groups, eps=eps)],
    mistakes=[
        Mistake(
            "batch included",
            "The means go over the pictures too: each picture is normalised by itself.",
            grouped((0, 2, 3, 4)),
            lambda x, g, eps: normal(x, (0, 2, 3), eps),
            lambda x, g, eps: normal(x, (0, 1, 2, 3), eps),
        ),
        Mistake(
            "groups of num_groups",
            "There are num_groups groups: each holds C / num_groups channels, not num_groups.",
            lambda x, g, eps: grouped()(x, x.shape[1] // g, eps),
        ),
        Mistake(
            "every other channel",
            "A group takes channels that lie apart: it takes C / num_groups neighbours.",
            grouped((1, 3, 4)),
            lambda x, g, eps: normal(x.unflatten(1, (-1, g)), (1, 3, 4), eps).view(x.shape),
        ),
        Mistake(
            "groups ignored",
            "num_groups changes nothing here: a mean goes over the channels of one group.",
            lambda x, g, eps: normal(x, (1, 2, 3), eps),
            lambda x, g, eps: normal(x, (2, 3), eps),
        ),
        Mistake(
            "pixel by pixel",
            "Each pixel got its own mean: a group's mean goes over its rows and columns too.",
            grouped((2,)),
            lambda x, g, eps: normal(x, (1,), eps),
            lambda x, g, eps: normal(x, (0,), eps),
        ),
        Mistake(
            "one axis too few",
            "The means go over only a part of a group: take its channels, rows and columns together.",
            *[grouped((2, 3)), grouped((2, 4)), grouped((3,)), grouped((4,))],
        ),
        Mistake(
            "divisor",
            "Divide by the root of variance plus eps; the variance is the mean of all squared distances.",
            grouped(correction=1),
            grouped(by=lambda variance, eps: variance.sqrt() + eps),
            grouped(by=lambda variance, eps: variance.sqrt()),
            grouped(by=lambda variance, eps: variance + eps),
            grouped(by=lambda variance, eps: 1),
        ),
    ],
)
