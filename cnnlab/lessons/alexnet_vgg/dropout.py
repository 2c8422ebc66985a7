"""Dropout while training: each number of `x` is dropped with probability `p`. The draw is already made:
`kept` is True where a number stays. Return 0 where it is dropped, and make what stays larger, so that the
mean over many draws is `x`. Leave `x` and `kept` as they are.
"""

from __future__ import annotations

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


def in_place(x: Tensor, kept: Tensor, p: float) -> Tensor:
    """Return the right answer, and spoil the input."""
    x[~kept] = 0
    return x / (1 - p)


def another_draw(got: np.ndarray) -> bool:
    """Return whether the first case's numbers are divided as they should be, but 0 at other places."""
    divided, stays = np.array([2.5, -1.25, 5, 3.75, -6.25, 1.25]), got != 0
    other = stays.any() and stays.tolist() != [True, True, False, True, False, True]
    return bool(other and np.allclose(got[stays], divided[stays]))


EXERCISE = Function(
    cases=[
        {"x": [2, -1, 4, 3, -5, 1], "kept": np.array([True, True, False, True, False, True]), "p": 0.2},
        {
            "x": [[1, -2, 3], [0.5, 4, -6]],
            "kept": np.array([[False, True, True], [True, False, False]]),
            "p": 0.75,
        },
        {"x": [[[5, 1]], [[-3, 2]]], "kept": np.array([[[True, True]], [[False, True]]]), "p": 0.5},
        {"x": [1, 2, 3], "kept": np.array([False, False, False]), "p": 0.9},
        {"x": [7, -8, 0], "kept": np.array([True, True, True]), "p": 0},
        {"x": [-1000], "kept": np.array([True]), "p": 0.6},
    ],
    right=[
        lambda x, kept, p: x * kept / (1 - p),
        lambda x, kept, p: torch.where(kept, x / (1 - p), 0),
        by_mask,
        lambda x, kept, p: x.masked_fill(kept.logical_not(), 0) / (1.0 - p),
    ],
    mistakes=[
        Mistake("not scaled", "What stays is divided by 1 - p.", lambda x, kept, p: torch.where(kept, x, 0)),
        Mistake("scaled down", "Divide by 1 - p, do not multiply.", lambda x, kept, p: x * kept * (1 - p)),
        Mistake(
            "p for 1 - p",
            "p is the share that is dropped: divide by the share that stays, 1 - p.",
            lambda x, kept, p: x * kept / p,
            lambda x, kept, p: x * kept / (p or 1),
            lambda x, kept, p: x * kept * p,
        ),
        Mistake(
            "1 + p",
            "This comes of 1 + p: divide by the share that stays, 1 - p.",
            lambda x, kept, p: x * kept / (1 + p),
            lambda x, kept, p: x * kept * (1 + p),
        ),
        Mistake(
            "mask turned round",
            "Numbers stand where 0 should, and 0 where they should: kept is True where x stays.",
            lambda x, kept, p: x * ~kept / (1 - p),
            lambda x, kept, p: x.masked_fill(kept, 0),
            lambda x, kept, p: x * ~kept / (p or 1),
        ),
        Mistake(
            "share of this draw",
            "Divided by the share that stayed in this draw: divide by 1 - p, what stays on average.",
            lambda x, kept, p: x * kept / kept.double().mean(),
            lambda x, kept, p: x * kept * kept.numel() / max(int(kept.sum()), 1),
        ),
        Mistake(
            "not 0",
            "Where kept is False the result is 0: here something else stands there.",
            lambda x, kept, p: x / (1 - p),
            lambda x, kept, p: x * (1 - p),
            lambda x, kept, p: torch.where(kept, x / (1 - p), x),
            lambda x, kept, p: torch.where(kept, x, x.mean()) / (1 - p),
        ),
        Mistake(
            "left out",
            "What is dropped becomes 0 and keeps its place: the shape stays.",
            lambda x, kept, p: x[kept] / (1 - p),
            lambda x, kept, p: x[kept],
        ),
        Mistake(
            "mask",
            "This is the mask: multiply x by it.",
            lambda x, kept, p: kept / (1 - p),
            lambda x, kept, p: kept.int(),
        ),
        Mistake(
            "another draw",
            "Other places are zero than kept says: draw nothing here, the draw is handed over.",
            lambda x, kept, p: F.dropout(x, p),
            fits=another_draw,
        ),
        Mistake(
            "minus on booleans",
            "kept holds booleans: turn them round with ~kept, or make them numbers with kept.double().",
            lambda x, kept, p: x * (True - kept) / (1 - p),
            raises=["a bool tensor is not supported", "bool tensors is not", "numpy boolean"],
        ),
        Mistake(
            "if on an array",
            "kept holds many booleans: no single if, but torch.where(kept, ..., 0) or a product.",
            lambda x, kept, p: x / (1 - p) if kept else 0 * x,
            raises=["is ambiguous"],
        ),
    ],
    unnamed={
        "booleans": [lambda x, kept, p: kept],
        "untouched input": [lambda x, kept, p: x],
        "wrong values": [lambda x, kept, p: x * kept * 2],
        "changed its input": [in_place],
        "arguments": [lambda x, p: F.dropout(x, p)],
    },
)
