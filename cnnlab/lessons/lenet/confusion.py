"""Write the confusion matrix: one row for each true class, one column for each answer, counting pictures.
*Careful:* in `matrix[labels, predictions] += 1` a pair that occurs twice counts once. Classes count from 0,
and not every one need occur.
"""

from __future__ import annotations

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


def all_at_once(labels: Tensor, predictions: Tensor, classes: int) -> Tensor:
    """Return what the task warns of."""
    counts = torch.zeros(classes, classes)
    counts[labels, predictions] += 1
    return counts


def shared_rows(labels: Tensor, predictions: Tensor, classes: int) -> list[list[int]]:
    """Return a list that holds one and the same row many times."""
    counts = [[0] * classes] * classes
    for label, prediction in zip(labels.tolist(), predictions.tolist(), strict=True):
        counts[label][prediction] += 1
    return counts


def of_classes_seen(labels: Tensor, predictions: Tensor, classes: int) -> Tensor:
    """Return the table without the classes that never occur, as scikit-learn makes it by itself."""
    seen = torch.cat([labels, predictions]).unique()
    return table(labels, predictions, classes)[seen][:, seen]


EXERCISE = Function(
    cases=[
        {"labels": np.array([0, 1, 1, 1]), "predictions": np.array([0, 1, 0, 0]), "classes": 2},
        {
            "labels": np.array([2, 0, 1, 2, 2, 0, 1, 2]),
            "predictions": np.array([2, 1, 1, 0, 2, 1, 0, 2]),
            "classes": 3,
        },
        {"labels": np.array([3, 1, 3, 3, 1]), "predictions": np.array([1, 1, 1, 3, 3]), "classes": 5},
        {"labels": np.array([0, 0, 0]), "predictions": np.array([2, 2, 1]), "classes": 3},
        {"labels": np.array([0]), "predictions": np.array([0]), "classes": 2},
    ],
    right=[
        table,
        lambda y, p, n: [[int(((y == i) & (p == j)).sum()) for j in range(n)] for i in range(n)],
        lambda y, p, n: torch.bincount(y * n + p, minlength=n**2).reshape(n, n),
        lambda y, p, n: F.one_hot(y, n).T @ F.one_hot(p, n),
    ],
    mistakes=[
        Mistake("counted once", "Each pair counts once here: += 1 adds to a place only once.", all_at_once),
        Mistake(
            "transposed",
            "A row is a label, a column a prediction: not the reverse.",
            lambda y, p, n: table(p, y, n),
        ),
        Mistake(
            "divided",
            "These are shares, of a row, a column or of all pictures: give the counts.",
            lambda y, p, n: table(y, p, n) / table(y, p, n).sum(1, keepdim=True),
            lambda y, p, n: table(y, p, n) / table(y, p, n).sum(0),
            lambda y, p, n: F.normalize(table(y, p, n), p=1, dim=1),
            lambda y, p, n: F.normalize(table(y, p, n), p=1, dim=0),
            lambda y, p, n: table(y, p, n) / len(y),
        ),
        Mistake(
            "diagonal only",
            "Only the right ones were counted: those taken for another class stand beside the diagonal.",
            lambda y, p, n: torch.diag(table(y, p, n).diag()),
            lambda y, p, n: table(y, p, n).diag(),
        ),
        Mistake(
            "errors only",
            "Only the wrong ones were counted: the right ones stand on the diagonal.",
            lambda y, p, n: table(y, p, n).fill_diagonal_(0),
        ),
        Mistake(
            "classes seen",
            "Not every class need occur: the table has classes rows and columns.",
            of_classes_seen,
            lambda y, p, n: table(y, p, int(max(y.max(), p.max())) + 1),
            lambda y, p, n: table(y, p, int(y.max()) + 1),
        ),
        Mistake(
            "one row many times", "[[0] * n] * n holds one list n times: make each row anew.", shared_rows
        ),
        Mistake(
            "classes from 1",
            "All stands one row too high and one column too far left: classes count from 0, not from 1.",
            lambda y, p, n: table(y - 1, p - 1, n),
        ),
        Mistake(
            "both ways",
            "Each pair counts in both orders here: label and answer have each their axis.",
            lambda y, p, n: table(y, p, n) + table(p, y, n),
            lambda y, p, n: table(y, p, n) + table(p, y, n).fill_diagonal_(0),
        ),
        Mistake(
            "bins",
            "These are bins from the smallest class that occurs to the largest: let the table begin with 0.",
            lambda y, p, n: np.histogram2d(y, p, bins=n)[0],
        ),
        Mistake(
            "ten classes",
            "The table has 10 rows and columns: the number is given, classes.",
            lambda y, p, n: table(y, p, 10),
        ),
        Mistake(
            "one of the two",
            "This counts the labels, or the predictions: count pairs of label and prediction.",
            lambda y, p, n: y.bincount(minlength=n),
            lambda y, p, n: p.bincount(minlength=n),
        ),
        Mistake(
            "flattened", "Reshape the counts to (classes, classes).", lambda y, p, n: table(y, p, n).flatten()
        ),
        Mistake("number right", "So many are right: give all pairs.", lambda y, p, n: (y == p).sum()),
        Mistake(
            "one extra class",
            "There is a row and a column too many: classes are counted from 0.",
            lambda y, p, n: table(y, p, n + 1),
            lambda y, p, n: table(y + 1, p + 1, n + 1),
        ),
        Mistake(
            "index outside",
            "A label found no row, or a prediction no column: make the table (classes, classes), from 0.",
            lambda y, p, n: table(y, p, 2),
            lambda y, p, n: table(y, p + 1, n),
            raises=["IndexError", "out of bounds", "out of range"],
        ),
        Mistake(
            "sizes from the data",
            "Counts for each place are wanted, also for pairs that never occur: ask for classes**2 of them.",
            lambda y, p, n: (y * n + p).bincount().reshape(n, n),
            raises=["is invalid for input of size", "cannot reshape"],
        ),
    ],
    unnamed={
        "wrong shape": [lambda y, p, n: [y.tolist(), p.tolist()]],
        "booleans": [lambda y, p, n: table(y, p, n) > 0],
        "arguments": [lambda y, p: table(y, p, 10)],
    },
)
