"""Write the share of right answers, between 0 and 1, from `logits` (N, K) and `labels` (N,), which count the
classes from 0.
"""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from cnnlab.exercises import Function, Mistake


def hits(logits: Tensor, labels: Tensor) -> Tensor:
    """Return 1 for each picture that is right, 0 for the others."""
    return (logits.argmax(1) == labels).double()


def of_label(values: Tensor, labels: Tensor) -> Tensor:
    """Return of each row the value that belongs to the label."""
    return values[torch.arange(len(labels)), labels]


def by_loop(logits: Tensor, labels: Tensor) -> float:
    """Return the right answer, a picture at a time."""
    right = 0
    for row, label in zip(logits, labels, strict=True):
        if row.argmax() == label:
            right += 1
    return right / len(labels)


EXERCISE = Function(
    cases=[
        {"logits": [[2, 1, 0], [0, 3, 1], [4, 1, 2], [0, -1, 1]], "labels": np.array([0, 2, 0, 2])},
        {
            "logits": [[0.5, 2, -1, 1], [1, 0, 3, 2], [-2, -1, -4, -3], [0, 1, 0.5, 4], [3, 2, 2.5, 0]],
            "labels": np.array([1, 3, 1, 3, 3]),
        },
        {
            "logits": [[1, 0.5], [-1, 2], [0.25, 0], [3, 5], [1, 2], [2, 1]],
            "labels": np.array([0, 0, 1, 0, 0, 0]),
        },
        {"logits": [[0.2, 0.1, 0.4, 0.3], [-1, 5, 2, 3]], "labels": np.array([2, 1])},
        {"logits": [[0, 9, 1, 2, 3, 4]], "labels": np.array([5])},
        {"logits": [[-60, -50, -70], [40, 80, 20], [90, 10, 50]], "labels": np.array([1, 1, 1])},
    ],
    right=[
        lambda logits, labels: (logits.argmax(dim=1) == labels).double().mean(),
        by_loop,
        lambda logits, labels: np.mean(np.argmax(np.array(logits), axis=-1) == np.array(labels)),
        lambda logits, labels: (
            float((F.softmax(logits, 1).max(1).indices - labels).eq(0).sum()) / len(logits)
        ),
    ],
    mistakes=[
        Mistake(
            "per cent", "This is in per cent: give a share from 0 to 1.", lambda x, y: 100 * by_loop(x, y)
        ),
        Mistake("count", "So many are right: divide by the pictures.", lambda x, y: hits(x, y).sum()),
        Mistake(
            "wrong ones",
            "These are the wrong ones: give the share of the right ones.",
            lambda x, y: 1 - by_loop(x, y),
            lambda x, y: torch.count_nonzero(x.argmax(1) - y),
        ),
        Mistake(
            "each picture", "This says of each picture whether it is right: take the mean over all.", hits
        ),
        Mistake(
            "predictions", "These are predictions: compare them with the labels.", lambda x, y: x.argmax(1)
        ),
        Mistake("smallest", "Predicted is the class of the largest logit.", lambda x, y: hits(-x, y).mean()),
        Mistake(
            "mean of scores",
            "This is a mean of probabilities, losses or logits: count where the right class is the largest.",
            F.cross_entropy,
            lambda x, y: of_label(F.softmax(x, 1), y).mean(),
            lambda x, y: of_label(x, y).mean(),
        ),
        Mistake(
            "first two",
            "The second largest counted as right too: only the largest does.",
            lambda x, y: (x.topk(2, 1).indices == y[:, None]).any(1).float().mean(),
        ),
        Mistake(
            "above a bound",
            "Counted where the right logit, or its probability, is above a bound: it must be the largest.",
            lambda x, y: (of_label(x, y) > 0).float().mean(),
            lambda x, y: (of_label(F.softmax(x, 1), y) > 0.5).float().mean(),
        ),
        Mistake(
            "best from 0",
            "A row of negative logits has a largest one too: do not start the search from 0.",
            lambda x, y: hits(x.relu(), y).mean(),
        ),
        Mistake(
            "largest magnitude",
            "The logit of largest magnitude was taken: a large negative one speaks against its class.",
            lambda x, y: hits(x.abs(), y).mean(),
        ),
        Mistake(
            "two classes",
            "Only the first two classes were compared: take the largest of all logits.",
            lambda x, y: hits(x[:, :2], y).mean(),
        ),
        Mistake(
            "divided by K",
            "Divide by the number of pictures, not of classes or of logits.",
            lambda x, y: hits(x, y).sum() / x.shape[1],
            lambda x, y: hits(x, y).sum() / x.numel(),
        ),
        Mistake(
            "whole numbers",
            "Only whole numbers came back: divide by / and not //, and do not round.",
            lambda x, y: hits(x, y).sum() // len(y),
            lambda x, y: round(by_loop(x, y)),
        ),
        Mistake(
            "one picture",
            "Only the first picture counts, or only the last: count over all, and return after the loop.",
            lambda x, y: hits(x, y)[0],
            lambda x, y: hits(x, y)[-1],
        ),
        Mistake(
            "classes from 1",
            "The classes were counted from 1: argmax counts from 0, as the labels do.",
            lambda x, y: (x.argmax(1) + 1 == y).float().mean(),
        ),
        Mistake(
            "no axis",
            "argmax without an axis finds one place in the whole table: take it along axis 1.",
            lambda x, y: (x.argmax() == y).float().mean(),
        ),
        Mistake(
            "softmax over pictures",
            "These are the numbers of a softmax along axis 0: the classes lie along axis 1.",
            lambda x, y: hits(F.softmax(x, 0), y).mean(),
        ),
        Mistake(
            "logits compared",
            "The largest logit itself was compared: its place, argmax, is the class.",
            lambda x, y: (x.max(1).values == y).float().mean(),
        ),
        Mistake(
            "mean of classes",
            "This is the mean of each class's share: every picture counts the same.",
            lambda x, y: np.mean([by_loop(x[y == one], y[y == one]) for one in y.unique()]),
        ),
        Mistake(
            "wrong axis",
            "The shapes do not fit: one prediction a picture is wanted, argmax along axis 1.",
            lambda x, y: (x.argmax(0) == y).float().mean(),
            lambda x, y: (x == y).float().mean(),
            raises=["must match the size", "could not be broadcast", "must match"],
        ),
        Mistake(
            "mean of booleans",
            "torch takes no mean of True and False: make them numbers with .float() first.",
            lambda x, y: (x.argmax(dim=1) == y).mean(),
            raises=["Got: Bool"],
        ),
        Mistake(
            "labels are classes",
            "labels holds one class a picture, no row of K numbers: only the logits need argmax.",
            lambda x, y: (x.argmax(1) == y.argmax(1)).float().mean(),
            raises=["Dimension out of range", "axis 1 is out of bounds"],
        ),
    ],
    unnamed={
        "booleans": [lambda x, y: x.argmax(1) == y],
        "one value": [lambda x, y: 1.0],
        "sign": [lambda x, y: -by_loop(x, y)],
        "wrong type": [lambda x, y: f"{by_loop(x, y):.1%}"],
    },
)
