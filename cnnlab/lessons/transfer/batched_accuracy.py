"""The test pictures came in batches. `shares` of shape (B,) holds the share of right answers in each batch,
from 0 to 1, and `sizes` of shape (B,) how many pictures the batch held, 1 or more: often the last one is
smaller. Return the share of right answers among all pictures, one number from 0 to 1.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
from torch import Tensor

from cnnlab.exercises import Function, Mistake


def drawn(seed: int) -> dict[str, Any]:
    """Return up to six batches of one size, but the last one, and the shares of random numbers of hits."""
    rng = np.random.default_rng(seed)
    sizes = np.full(seed % 5 + 2, rng.integers(8, 65))
    sizes[-1] = rng.integers(1, sizes[0])
    hits = rng.binomial(sizes, 0.6)
    return {"shares": (hits / sizes).tolist(), "sizes": sizes.tolist()}


def pooled(shares: Tensor, sizes: Tensor) -> Tensor:
    """Return the right answer."""
    return (shares * sizes).sum() / sizes.sum()


def exact(shares: Tensor, sizes: Tensor) -> Fraction:
    """Return the right answer from whole numbers of hits."""
    hits = [round(share * size) for share, size in zip(shares.tolist(), sizes.tolist(), strict=True)]
    return Fraction(sum(hits), int(sizes.sum()))


# The answers call shares and sizes p and n.
EXERCISE = Function(
    cases=[
        {"shares": [0.75, 0.5, 1], "sizes": [32, 32, 11]},
        {"shares": [0.5, 0.25], "sizes": [2, 4]},
        {"shares": [0.9], "sizes": [10]},
        {"shares": [0.9, 0.8, 0.7], "sizes": [10, 10, 10]},
        *map(drawn, range(8)),
    ],
    right=[pooled, exact, lambda p, n: np.average(np.array(p), weights=np.array(n))],
    mistakes=[
        Mistake(
            "mean of means",
            "This is the mean of the batches' shares: a small batch counts as much as a large one.",
            *(lambda p, n: p.mean(), lambda p, n: p.median()),
        ),
        Mistake(
            "last dropped",
            "The last batch is left out: it counts with the pictures that it held.",
            *(lambda p, n: pooled(p[:-1], n[:-1]), lambda p, n: p[:-1].mean()),
            lambda p, n: (p * n)[:-1].sum() / n.sum(),
            lambda p, n: pooled(p[n == n[0]], n[n == n[0]]),
        ),
        Mistake(
            "full batches",
            "Divided as if all batches were full: divide by the pictures that there were.",
            *(lambda p, n: (p * n).sum() / (len(n) * n.max()), lambda p, n: (p * n).sum() / (len(n) * n[0])),
        ),
        Mistake(
            "number of batches",
            "Divide by the pictures, not by the batches.",
            *(lambda p, n: (p * n).sum() / len(n), lambda p, n: p.sum() / n.sum()),
        ),
        Mistake(
            "count",
            "This is the number of right answers: divide it by that of all pictures.",
            *(lambda p, n: (p * n).sum(), lambda p, n: p.sum()),
        ),
        Mistake("wrong ones", "This is the share of wrong answers.", lambda p, n: 1 - pooled(p, n)),
        Mistake(
            "per cent", "This is in per cent: give a share from 0 to 1.", lambda p, n: 100 * pooled(p, n)
        ),
        Mistake(
            "one batch",
            "This is the share of one batch: all pictures count.",
            *(lambda p, n: p[0], lambda p, n: p[-1], lambda p, n: p.max(), lambda p, n: p.min()),
        ),
        Mistake(
            "not summed",
            "One number is wanted: add up over the batches.",
            *(lambda p, n: p * n / n.sum(), lambda p, n: p * n),
            fits=lambda got: len(got) == 3,
        ),
        # The last knows the first case: 51 of 75 are right.
        Mistake(
            "weights",
            "Each batch counts by its size: turn its share into a number of right answers first.",
            *(lambda p, n: pooled(p, 1 / n), lambda p, n: pooled(p, n**2), lambda p, n: pooled(p, n.sqrt())),
            fits=lambda got: len(got) == 1 and got[0] > 0 and not np.isclose(got, 0.68),
        ),
    ],
)
