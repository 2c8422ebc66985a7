r"""Write the local response normalisation of section 3 for `x` of shape (C, H, W): each value is divided by
$(2 + 0.0001\,s)^{0.75}$, where $s$ is the sum of the squares, at the same pixel, in five channels: its own
and two on each side. At the first and last channels there are fewer. Leave `x` as it is.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from cnnlab.exercises import Function, Mistake


def near(values: Tensor, before: int = 2, after: int = 2) -> Tensor:
    """Return for each channel the sum over those from ``before`` it to ``after`` it that exist."""
    return torch.stack([values[max(0, c - before) : c + after + 1].sum(0) for c in range(len(values))])


def divided(x: Tensor, s: Tensor | int) -> Tensor:
    """Return x divided as the task says, with any sums."""
    return x / (2 + 1e-4 * s) ** 0.75


def by_loop(x: Tensor, changed: bool = False) -> Tensor:
    """Return the right answer, a channel at a time, or what comes of reading channels that were changed."""
    result = x.clone()
    for c in range(len(x)):
        neighbours = (result if changed else x)[max(0, c - 2) : c + 3]
        result[c] = x[c] / (2 + 1e-4 * (neighbours**2).sum(0)) ** 0.75
    return result


def drawn(seed: int) -> dict[str, Any]:
    """Return one to eight maps of any sides, their numbers so large that every neighbour shows."""
    rng = np.random.default_rng(seed)
    return {"x": 30.0 * rng.integers(-9, 10, size=(seed + 1, *rng.integers(1, 5, size=2)))}


EXERCISE = Function(
    cases=[
        {"x": [[[100, 0]], [[0, 200]], [[0, 100]], [[300, 50]]]},
        {"x": [[[120, -80], [0, 300]]]},
        {"x": [[[10, 250]], [[20, -100]], [[-30, 50]], [[40, 75]], [[50, 125]], [[60, -175]]]},
        *map(drawn, range(8)),
    ],
    right=[
        by_loop,
        lambda x: F.local_response_norm(x[None], 5, alpha=5e-4, beta=0.75, k=2)[0],
        lambda x: divided(x, torch.tensordot(x.new_ones(len(x), len(x)).tril(2).triu(-2), x**2, 1)),
    ],
    mistakes=[
        Mistake(
            "mean",
            "This is the mean of the squares, as in PyTorch, which divides alpha by n: here they are added.",
            lambda x: F.local_response_norm(x[None], 5, alpha=1e-4, beta=0.75, k=2)[0],
        ),
        Mistake(
            "over pixels",
            "The neighbours are channels at the same pixel: here neighbouring pixels were added.",
            lambda x: F.local_response_norm(x, 5, alpha=5e-4, beta=0.75, k=2),
            lambda x: F.local_response_norm(x.mT, 5, alpha=5e-4, beta=0.75, k=2).mT,
            lambda x: divided(x, F.avg_pool2d(x**2, 5, 1, 2) * 25),
        ),
        Mistake(
            "sum of squares",
            "Square each value first, then add: no sum of the values themselves, no square or root of a sum.",
            lambda x: divided(x, near(x) ** 2),
        ),
        Mistake(
            "beyond the ends",
            "Beyond the first and the last channel there is none: add only those that exist.",
            lambda x: divided(x, sum((x**2).roll(shift, 0) for shift in range(-2, 3))),
            lambda x: divided(x, near(x[[0, 0, *range(len(x)), -1, -1]] ** 2)[2:-2]),
        ),
        Mistake(
            "negative start",
            "A slice that starts below 0 counts from the end: let it start at max(0, c - 2).",
            lambda x: divided(x, torch.stack([(x[c - 2 : c + 3] ** 2).sum(0) for c in range(len(x))])),
        ),
        Mistake(
            "too few channels",
            "Channels are missing: five are added, from c - 2 to c + 2; a slice leaves out its end.",
            lambda x: divided(x, near(x**2, 1, 1)),
            lambda x: divided(x, near(x**2, 2, 1)),
            lambda x: divided(x, near(x**2) - x**2),
        ),
        Mistake(
            "changed while read",
            "Changed channels are read again: use a new array.",
            lambda x: by_loop(x, changed=True),
        ),
    ],
)
