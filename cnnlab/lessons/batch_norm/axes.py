r"""Write group norm, of which layer and instance norm are the extremes. `x` has the shape (N, C, H, W), and
`num_groups` divides C: the first C / `num_groups` channels of a picture are its first group, the next ones
its second, and so on. Normalise each group of each picture by itself, over all its numbers, two or more:
subtract their mean $\mu$ and divide by $\sqrt{\sigma^2 + \varepsilon}$, with `eps` above 0. Here $\sigma^2$
is the *mean* squared distance from $\mu$: divide by their number, not by one less. There is no gamma and no
beta. The result has the shape of `x`; leave `x` as it is. With one group this is layer norm over whole
pictures, with C groups instance norm.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from torch import Tensor
from torch.nn import functional as F

from cnnlab.exercises import Function, Mistake


def drawn(seed: int) -> dict[str, Any]:
    """Return pictures whose channels differ in mean, with one to three groups of one to three channels."""
    rng = np.random.default_rng(seed)
    groups, size, (n, h, w) = seed % 3 + 1, seed // 3 + 1, rng.integers(1, 5, 3)
    shape = n, groups * size, h, w + (size == 1)
    x = rng.integers(-9, 10, shape) + rng.integers(-9, 10, (*shape[:2], 1, 1))
    return {"x": x / 4, "num_groups": groups, "eps": 10.0 ** -int(rng.integers(6))}


def grouped(axes: Any = (2, 3, 4), root: Any = lambda v, eps: (v + eps).sqrt(), correction: int = 0) -> Any:
    """Return an answer with means over these axes of x, seen as (N, num_groups, C / num_groups, H, W)."""

    def answer(x: Tensor, num_groups: int, eps: float) -> Tensor:
        groups = x.unflatten(1, (num_groups, -1))
        divisor = root(groups.var(axes, correction=correction, keepdim=True), eps)
        return ((groups - groups.mean(axes, keepdim=True)) / divisor).view(x.shape)

    return answer


RIGHT = grouped()

EXERCISE = Function(
    cases=[
        {"x": [[[[1, 3]], [[5, 11]], [[0, 4]], [[8, 0]]]], "num_groups": 2, "eps": 2},
        {"x": [[[[1, 5]], [[30, 10]]], [[[200, 220]], [[0, -8]]]], "num_groups": 1, "eps": 1},
        {"x": [[[[1], [3]], [[-5], [-5]], [[9], [2]]]], "num_groups": 3, "eps": 0.5},
        {"x": [[[[0.001, -0.002], [0.004, 0]]]], "num_groups": 1, "eps": 1e-5},
        *map(drawn, range(8)),
    ],
    right=[
        RIGHT,
        lambda x, num_groups, eps: F.group_norm(x, num_groups, eps=eps),
        lambda x, g, eps: F.instance_norm(x.view(len(x), g, -1), eps=eps).view(x.shape),
    ],
    mistakes=[
        Mistake(
            "batch included",
            "The means go over the pictures too: each picture is normalised by itself.",
            *map(grouped, [(0, 2, 3, 4), (0, 1, 2, 3, 4)]),
            lambda x, g, eps: grouped((0, 2, 3, 4))(x, x.shape[1], eps),
        ),
        Mistake(
            "other channels",
            "The groups hold other channels: there are num_groups, each of C / num_groups neighbours.",
            lambda x, g, eps: RIGHT(x, x.shape[1] // g, eps),
            lambda x, g, eps: grouped((1, 3, 4))(x, x.shape[1] // g, eps),
            grouped((1, 3, 4)),
        ),
        Mistake(
            "groups ignored",
            "num_groups changes nothing: a mean goes over the channels of one group.",
            lambda x, g, eps: RIGHT(x, 1, eps),
            lambda x, g, eps: RIGHT(x, x.shape[1], eps),
        ),
        Mistake(
            "part of a group",
            "The means go over only a part of a group: take its channels, rows and columns together.",
            *map(grouped, [(2,), (2, 3), (2, 4), (3,), (4,), (1, 2), (0,)]),
        ),
        Mistake(
            "divisor",
            "The variance was divided by one less than the group's count: take the mean of the squares.",
            grouped(correction=1),
        ),
        Mistake(
            "eps",
            "eps is missing, fixed or outside the root: add it to the variance, then take the root.",
            *[grouped(root=lambda v, eps: v.sqrt()), grouped(root=lambda v, eps: v.sqrt() + eps)],
            lambda x, g, eps: RIGHT(x, g, 1e-5),
        ),
        Mistake(
            "root",
            "Divide by the root of variance plus eps, not by the sum itself or by 1.",
            *[grouped(root=Tensor.add), grouped(root=lambda v, eps: 1)],
        ),
        Mistake(
            "not put together",
            "These are the groups: give them the shape of x again.",
            lambda x, g, eps: RIGHT(x, g, eps).unflatten(1, (g, -1)),
            lambda x, g, eps: RIGHT(x, g, eps).view(len(x), g, -1),
        ),
    ],
)
