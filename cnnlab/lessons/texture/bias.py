"""Write the shape bias. Each picture has the shape of one category and the texture of another. For each of K
categories of shape, `shape` of shape (K,) counts the answers that named the shape, `texture` of shape (K,)
those that named the texture, and `trials` of shape (K,) all pictures; the answers that are left named
something else. Return one number from 0 to 1: the share of the shape among the answers that named shape or
texture, the categories taken together, so that each of these answers counts the same. There is at least one.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
from torch import Tensor

from cnnlab.exercises import Function, Mistake


def drawn(seed: int) -> dict[str, Any]:
    """Return counts of two to six categories of unequal size; in every second draw one decided nothing."""
    rng = np.random.default_rng(seed)
    trials = rng.integers(3, 40, seed % 5 + 2)
    shape = rng.binomial(trials - 2, rng.random(len(trials))) + 1
    texture = rng.binomial(trials - shape - 1, rng.random(len(trials))) + 1
    shape[1 :: 1 + seed % 2 * 9] *= 1 - seed % 2
    texture[1 :: 1 + seed % 2 * 9] *= 1 - seed % 2
    return {"shape": shape.tolist(), "texture": texture.tolist(), "trials": trials.tolist()}


def of_each(shape: Tensor, texture: Tensor) -> Tensor:
    """Return each category's bias, NaN where nothing was decided."""
    return shape / (shape + texture)


# The answers call shape, texture and trials s, t and n.
EXERCISE = Function(
    cases=[
        {"shape": [3, 0], "texture": [1, 8], "trials": [10, 14]},
        {"shape": [5, 0, 1], "texture": [1, 0, 3], "trials": [6, 9, 8]},
        {"shape": [7], "texture": [0], "trials": [9]},
        {"shape": [0, 0], "texture": [4, 2], "trials": [5, 2]},
        *map(drawn, range(8)),
    ],
    right=[
        lambda s, t, n: s.sum() / (s.sum() + t.sum()),
        lambda s, t, n: sum(s.tolist()) / sum((s + t).tolist()),
        lambda s, t, n: Fraction(int(s.sum()), int(s.sum() + t.sum())),
    ],
    mistakes=[
        Mistake(
            "mean of categories",
            "This is a mean over categories: add up their counts first, then divide once.",
            lambda s, t, n: of_each(s, t).mean(),
            lambda s, t, n: of_each(s, t).nanmean(),
            lambda s, t, n: of_each(s, t).nan_to_num().mean(),
            lambda s, t, n: (of_each(s, t).nan_to_num() * n).sum() / n.sum(),
            lambda s, t, n: of_each(s, t).nanmedian(),
        ),
        Mistake(
            "all trials",
            "Divided by all pictures: answers that named neither shape nor texture do not count here.",
            lambda s, t, n: s.sum() / n.sum(),
            lambda s, t, n: (s / n).mean(),
        ),
        Mistake(
            "texture",
            "This is the share of the texture: the shape's is wanted.",
            lambda s, t, n: t.sum() / (s + t).sum(),
            lambda s, t, n: t.sum() / n.sum(),
            lambda s, t, n: (1 - of_each(s, t)).nanmean(),
        ),
        Mistake(
            "ratio",
            "Divide by shape and texture answers together, not by those of the texture alone.",
            lambda s, t, n: s.sum() / t.sum(),
        ),
        Mistake(
            "neither",
            "The answers that named something else are in the divisor: it is shape and texture answers.",
            lambda s, t, n: s.sum() / (n - t).sum(),
        ),
        Mistake(
            "difference",
            "This is a difference of shape and texture: a share from 0 to 1 is wanted.",
            lambda s, t, n: (s - t).sum() / (s + t).sum(),
            lambda s, t, n: (s - t).sum() / n.sum(),
        ),
        Mistake(
            "not pooled",
            "One number for each category came back: add up the categories' counts, then divide.",
            lambda s, t, n: of_each(s, t),
            lambda s, t, n: of_each(s, t).nan_to_num(),
            fits=lambda got: len(got) == 2,
        ),
        Mistake(
            "per cent",
            "This is in per cent: give a share from 0 to 1.",
            lambda s, t, n: 100 * s.sum() / (s + t).sum(),
        ),
        Mistake(
            "count",
            "This is a number of answers: divide it.",
            *(lambda s, t, n: s.sum(), lambda s, t, n: (s + t).sum(), lambda s, t, n: s.mean()),
        ),
        Mistake(
            "whole numbers",
            "Only whole numbers came back: divide by / and not //, and do not round.",
            lambda s, t, n: s.sum() // (s + t).sum(),
        ),
        # The last knows the first case: 3 of 12.
        Mistake(
            "other share",
            "Which answers count, and which of them are the share? Add up each over all categories.",
            *(lambda s, t, n: (s + t).sum() / n.sum(), lambda s, t, n: (n - s - t).sum() / n.sum()),
            *(lambda s, t, n: (s > t).double().mean(), lambda s, t, n: s.max() / (s + t).max()),
            fits=lambda got: len(got) == 1 and 0 <= got[0] <= 1 and not np.isclose(got[0], 0.25),
        ),
    ],
)
