"""Make a head that needs no training. A body turned pictures into features: `features` of shape (N, D) are
those of the examples, `targets` of shape (N,) their classes, counted from 0; each class has at least one
example. `queries` of shape (M, D) are the features of new pictures. Give each new picture the class whose
mean is nearest to it: the mean of all features of the class's examples, and Euclidean distance, the root of
the sum of the squared differences. Return the M classes, shape (M,).
"""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from cnnlab.exercises import Function, Mistake


def drawn(seed: int) -> dict[str, Any]:
    """Return two to five classes of one to five examples in any order, and eight new pictures."""
    rng = np.random.default_rng(seed)
    classes, dimensions = seed % 4 + 2, rng.integers(2, 5)
    targets = rng.permutation(np.repeat(np.arange(classes), rng.integers(1, 6, classes)))
    centres = rng.normal(2, 3, (classes, dimensions))
    spread = rng.choice([0.5, 3], (classes, 1))
    features = centres[targets] + spread[targets] * rng.normal(size=(len(targets), dimensions))
    queries = rng.normal(2, 3, (8, dimensions))
    return {"features": features.round(2), "targets": targets, "queries": queries.round(2)}


def means(features: Tensor, targets: Tensor) -> Tensor:
    """Return the mean of each class, shape (K, D)."""
    return torch.stack([features[targets == k].mean(0) for k in range(int(targets.max()) + 1)])


def nearest(of: Any = means, score: Any = torch.cdist) -> Any:
    """Return an answer: the class for which the score of query and what stands for the class is smallest."""
    return lambda features, targets, queries: score(queries, of(features, targets)).argmin(1)


def by_hand(features: Tensor, targets: Tensor, queries: Tensor) -> list[int]:
    """Return the right answer, a query at a time."""
    x, y = np.array(features), np.array(targets)
    centres = {k: x[y == k].mean(axis=0) for k in np.unique(y)}
    return [int(min(centres, key=lambda k: np.linalg.norm(q - centres[k]))) for q in np.array(queries)]


def of_examples(collected: Any) -> Any:
    """Return an answer by what it makes of the distances to the examples of each class, shape (M, n)."""

    def answer(features: Tensor, targets: Tensor, queries: Tensor) -> Tensor:
        distances = torch.cdist(queries, features)
        found = [collected(distances[:, targets == k]) for k in range(int(targets.max()) + 1)]
        return torch.stack(found, 1).argmin(1)

    return answer


def totals(features: Tensor, targets: Tensor) -> Tensor:
    """Return the sum of each class, shape (K, D)."""
    return means(features, targets) * targets.bincount()[:, None]


RIGHT = nearest()
FIRST = [[0, 0], [12, 0], [8, 0], [26, 0]], [[11, 0], [20, 3], [-3, 1]]

EXERCISE = Function(
    cases=[
        {"features": FIRST[0], "targets": np.array([0, 1, 0, 1]), "queries": FIRST[1]},
        {"features": [[5, 5], [3, 0], [0, 4]], "targets": np.array([1, 0, 2]), "queries": [[4, 3], [2, 1]]},
        *map(drawn, range(10)),
    ],
    right=[
        RIGHT,
        by_hand,
        nearest(score=lambda q, m: (m**2).sum(1) - 2 * q @ m.T),
    ],
    mistakes=[
        Mistake(
            "nearest example",
            "This goes by the nearest examples, or distances to each: take each class's mean first.",
            *map(of_examples, [lambda d: d.amin(1), lambda d: d.mean(1), lambda d: (d**2).mean(1)]),
            *map(of_examples, [lambda d: d.amax(1), lambda d: d.sum(1)]),
        ),
        Mistake(
            "sum",
            "The classes have other numbers of examples: a sum is no mean before it is divided by its own.",
            *(nearest(totals), nearest(lambda x, y: totals(x, y) / len(x))),
        ),
        Mistake(
            "similarity",
            "The largest product or cosine is not the smallest distance: take the difference first.",
            *(nearest(score=lambda q, m: -q @ m.T), nearest(score=lambda q, m: q @ m.T)),
            nearest(score=lambda q, m: -torch.cosine_similarity(q[:, None], m, 2)),
        ),
        Mistake(
            "farthest", "This is the mean farthest away.", nearest(score=lambda q, m: -torch.cdist(q, m))
        ),
        Mistake(
            "other distance",
            "The distance is another: square the differences, add them up, and let the smallest win.",
            *[nearest(score=lambda q, m, p=p: torch.cdist(q, m, p=p)) for p in (1, torch.inf)],
            nearest(score=lambda q, m: (q[:, None] - m).sum(2)),
            nearest(score=lambda q, m: (q[:, None] - m).sum(2).abs()),
        ),
        Mistake(
            "no mean",
            "The mean goes over all examples of one class, each feature by itself.",
            nearest(lambda x, y: torch.stack([x[y == k].median(0)[0] for k in y.unique()])),
            *[nearest(lambda x, y, n=n: torch.stack([x[y == k][n] for k in y.unique()])) for n in (0, -1)],
        ),
        Mistake(
            "not the class",
            "Give back classes: not numbers of examples, not distances, and counted from 0.",
            lambda x, y, q: RIGHT(x, y, q) + 1,
            lambda x, y, q: torch.cdist(q, x).argmin(1),
            lambda x, y, q: torch.cdist(q, means(x, y)).amin(1),
            lambda x, y, q: torch.cdist(q, means(x, y)).argmin(0),
        ),
        Mistake(
            "not one each",
            "One class for each new picture is wanted, shape (M,): not its distances, not a mean.",
            lambda x, y, q: -torch.cdist(q, means(x, y)),
            fits=lambda got: len(got) != 3,
        ),
        Mistake(
            "other features",
            "Right for some pictures only: compare each, as it is, with the mean of each class, as it is.",
            nearest(lambda x, y: means(x - x.mean(0), y)),
            nearest(lambda x, y: means(F.normalize(x), y), lambda q, m: torch.cdist(F.normalize(q), m)),
        ),
        Mistake(
            "always one class",
            "Every new picture got the same class: compare each with all means.",
            *(lambda x, y, q: 0 * q[:, 0], lambda x, y, q: 0 * q[:, 0] + y.mode()[0]),
            fits=lambda got: len(got) == 3 and len({*got}) == 1,
        ),
        Mistake(
            "sizes do not fit",
            "All new pictures meet all means if one has the shape (M, 1, D): then sum over the last axis.",
            lambda x, y, q: (q - means(x, y).repeat(7, 1)).norm(dim=1).argmin(),
            raises=["must match", "could not be broadcast"],
        ),
    ],
)
