"""Dropout while training: each number of `x` is dropped with probability `p`. The draw is already made:
`kept` is True where a number stays. Return 0 where it is dropped, and make what stays larger, so that the
mean over many draws is `x`. Leave `x` and `kept` as they are.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from cnnlab.exercises import Function, Mistake


def by_mask(x: Tensor, kept: Tensor, p: float) -> Tensor:
    """Return the right answer, made in a copy."""
    result = x.clone()
    result[~kept] = 0
    return result.div(1 - p)


def another_draw(got: np.ndarray) -> bool:
    """Return whether the first case's numbers are divided as they should be, but 0 at other places."""
    divided, stays = np.array([2.5, -1.25, 5, 3.75, -6.25, 1.25]), got != 0
    other = 0 < stays.sum() < 6 and stays.tolist() != [True, True, False, True, False, True]
    return bool(other and np.allclose(got[stays], divided[stays]))


def drawn(seed: int) -> dict[str, Any]:
    """Return an array of one to three dimensions, and a draw of which another share may stay than 1 - p."""
    rng = np.random.default_rng(seed)
    x = rng.integers(-9, 10, size=rng.integers(1, 5, size=1 + seed % 3)).astype(float)
    return {"x": x, "kept": rng.random(x.shape) < rng.random(), "p": rng.integers(1, 10).item() / 10}


EXERCISE = Function(
    cases=[
        {"x": [2, -1, 4, 3, -5, 1], "kept": np.array([True, True, False, True, False, True]), "p": 0.2},
        {"x": [1, 2, 3], "kept": np.array([False, False, False]), "p": 0.9},
        {"x": [7, -8, 0], "kept": np.array([True, True, True]), "p": 0},
        *map(drawn, range(8)),
    ],
    right=[
        lambda x, kept, p: x * kept / (1 - p),
        lambda x, kept, p: torch.where(kept, x / (1 - p), 0),
        by_mask,
    ],
    mistakes=[
        Mistake("not scaled", "What stays is divided by 1 - p.", lambda x, kept, p: x * kept),
        Mistake("scaled down", "Divide by 1 - p, do not multiply.", lambda x, kept, p: x * kept * (1 - p)),
        Mistake(
            "p for 1 - p",
            "p is the share that is dropped: divide by the share that stays, 1 - p.",
            lambda x, kept, p: x * kept / p,
            lambda x, kept, p: x * kept / p if p else 0 * x,
        ),
        Mistake(
            "1 + p",
            "This comes of 1 + p: divide by the share that stays, 1 - p.",
            lambda x, kept, p: x * kept * (1 + p),
            lambda x, kept, p: x * kept / (1 + p),
        ),
        Mistake(
            "mask turned round",
            "Numbers stand where 0 should, and 0 where they should: kept is True where x stays.",
            lambda x, kept, p: x * ~kept / (1 - p),
        ),
        Mistake(
            "share of this draw",
            "Divided by the share that stayed in this draw: divide by 1 - p, what stays on average.",
            lambda x, kept, p: x * kept / kept.double().mean(),
            lambda x, kept, p: x * kept * kept.numel() / max(int(kept.sum()), 1),
        ),
        Mistake(
            "left out",
            "What is dropped becomes 0 and keeps its place: the shape stays.",
            lambda x, kept, p: x[kept] / (1 - p),
        ),
        Mistake(
            "another draw",
            "Other places are zero than kept says: draw nothing here, the draw is handed over.",
            lambda x, kept, p: F.dropout(x, p),
            fits=another_draw,
        ),
    ],
)
