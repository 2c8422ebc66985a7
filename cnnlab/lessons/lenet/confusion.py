"""Write the confusion matrix: one row for each true class, one column for each answer, counting pictures.
*Careful:* in `matrix[labels, predictions] += 1` a pair that occurs twice counts once. Classes count from 0,
and not every one need occur.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from cnnlab.exercises import Function, Mistake


def table(labels: Tensor, predictions: Tensor, classes: int) -> Tensor:
    """Return the right answer."""
    counts = torch.zeros(classes, classes)
    for label, prediction in zip(labels, predictions, strict=True):
        counts[label, prediction] += 1
    return counts


def of_classes_seen(labels: Tensor, predictions: Tensor, classes: int) -> Tensor:
    """Return the table without the classes that never occur, as scikit-learn makes it by itself."""
    seen = torch.cat([labels, predictions]).unique()
    return table(labels, predictions, classes)[seen][:, seen]


def drawn(seed: int) -> dict[str, Any]:
    """Return labels and predictions of 15 pictures down to one, in two classes up to nine."""
    rng = np.random.default_rng(seed)
    labels, predictions = rng.integers(seed + 2, size=(2, 15 - 2 * seed))
    return {"labels": labels, "predictions": predictions, "classes": seed + 2}


EXERCISE = Function(
    cases=[
        {"labels": np.array([0, 1, 1, 1]), "predictions": np.array([0, 1, 0, 0]), "classes": 2},
        # Of five classes only two occur, and then there are more than ten.
        {"labels": np.array([3, 1, 3, 3, 1]), "predictions": np.array([1, 1, 1, 3, 3]), "classes": 5},
        {"labels": np.array([11, 0, 11]), "predictions": np.array([10, 11, 10]), "classes": 12},
        {"labels": np.repeat([0, 1], [300, 2]), "predictions": np.zeros(302, dtype=int), "classes": 2},
        *map(drawn, range(8)),
    ],
    right=[
        table,
        lambda y, p, n: torch.bincount(y * n + p, minlength=n**2).reshape(n, n),
        lambda y, p, n: F.one_hot(y, n).T @ F.one_hot(p, n),
    ],
    mistakes=[
        Mistake(
            "counted once",
            "Each pair counts once here: += 1 adds to a place only once.",
            lambda y, p, n: table(y, p, n).clamp(max=1),
        ),
        Mistake(
            "transposed",
            "A row is a label, a column a prediction: not the reverse.",
            lambda y, p, n: table(p, y, n),
        ),
        Mistake(
            "divided",
            "These are shares, of a row, a column or of all pictures: give the counts.",
            lambda y, p, n: F.normalize(table(y, p, n), p=1, dim=1),
            lambda y, p, n: table(y, p, n) / len(y),
        ),
        Mistake(
            "errors only",
            "Only the wrong ones were counted: the right ones stand on the diagonal.",
            lambda y, p, n: table(y, p, n).fill_diagonal_(0),
        ),
        Mistake(
            "classes seen",
            "The table has classes rows and columns, however many classes occur.",
            of_classes_seen,
            lambda y, p, n: F.pad(of_classes_seen(y, p, n), (0, n, 0, n))[:n, :n],
            lambda y, p, n: table(y, p, int(max(y.max(), p.max())) + 1),
            lambda y, p, n: table(y, p, 10),
        ),
        Mistake(
            "classes from 1",
            "All stands one row too high and one column too far left: classes count from 0, not from 1.",
            lambda y, p, n: table(y - 1, p - 1, n),
        ),
        Mistake(
            "bins",
            "These are bins from the smallest class that occurs to the largest: let the table begin with 0.",
            lambda y, p, n: np.histogram2d(y, p, bins=n)[0],
        ),
        Mistake(
            "one row many times",
            "[[0] * n] * n holds one list n times: make each row anew.",
            lambda y, p, n: table(y, p, n).sum(0).expand(n, n),
        ),
    ],
)
