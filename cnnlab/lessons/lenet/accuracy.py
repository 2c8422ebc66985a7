"""Write the share of right answers, between 0 and 1, from `logits` (N, K) and `labels` (N,), which count the
classes from 0.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from torch import Tensor
from torch.nn import functional as F

from cnnlab.exercises import Function, Mistake


def hits(logits: Tensor, labels: Tensor) -> Tensor:
    """Return 1 for each picture that is right, 0 for the others."""
    return (logits.argmax(1) == labels).double()


def drawn(seed: int) -> dict[str, Any]:
    """Return logits of which no two in a row are alike, and labels of which about half are right."""
    rng = np.random.default_rng(seed)
    pictures, classes = 8 - seed, 2 * seed + 2
    logits = rng.permuted(np.tile(np.arange(-9, 10), (pictures, 1)), axis=1)[:, :classes] / 4
    labels = np.where(rng.random(pictures) < 0.5, logits.argmax(1), rng.integers(classes, size=pictures))
    return {"logits": logits, "labels": labels}


EXERCISE = Function(
    cases=[
        {"logits": [[2, 1, 0], [0, 3, 1], [4, 1, 2], [0, -1, 1]], "labels": np.array([0, 2, 0, 2])},
        # Negative rows have a largest logit too; exponentials of large ones, and half precision, need care.
        {"logits": [[-60, -50, -70], [40, 80, 20], [90, 10, 50]], "labels": np.array([1, 1, 1])},
        {"logits": [[900, 1000, 800], [4096, 4097, 0]], "labels": np.array([1, 1])},
        {"logits": [[0, 9, 1, 2, 3, 4]], "labels": np.array([1])},
        *map(drawn, range(8)),
    ],
    right=[
        lambda logits, labels: (logits.argmax(dim=1) == labels).double().mean(),
        lambda x, y: sum(row.argmax() == label for row, label in zip(x, y, strict=True)) / len(y),
        lambda logits, labels: np.mean(np.argmax(np.array(logits), axis=-1) == np.array(labels)),
    ],
    mistakes=[
        Mistake(
            "per cent", "This is in per cent: give a share from 0 to 1.", lambda x, y: 100 * hits(x, y).mean()
        ),
        Mistake("count", "So many are right: divide by the pictures.", lambda x, y: hits(x, y).sum()),
        Mistake(
            "wrong ones",
            "These are the wrong ones: give the share of the right ones.",
            lambda x, y: 1 - hits(x, y).mean(),
        ),
        Mistake(
            "mean of scores",
            "This is a mean of probabilities, losses or logits: count where the right class is the largest.",
            lambda x, y: F.softmax(x, 1).gather(1, y[:, None]).mean(),
        ),
        Mistake(
            "above a bound",
            "Counted where the right logit, or its probability, is above a bound: it must be the largest.",
            lambda x, y: (x.gather(1, y[:, None]) > 0).float().mean(),
            lambda x, y: (F.softmax(x, 1).gather(1, y[:, None]) > 0.5).float().mean(),
        ),
        Mistake(
            "largest magnitude",
            "The logit of largest magnitude was taken: a large negative one speaks against its class.",
            lambda x, y: hits(x.abs(), y).mean(),
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
        ),
        Mistake(
            "classes from 1",
            "The classes were counted from 1: argmax counts from 0, as the labels do.",
            lambda x, y: hits(x, y - 1).mean(),
        ),
        Mistake(
            "mean of booleans",
            "torch takes no mean of True and False: make them numbers with .float() first.",
            lambda x, y: (x.argmax(dim=1) == y).mean(),
            raises=["Got: Bool"],
        ),
        Mistake(
            "best from 0",
            "A row of negative logits has a largest one too: do not start the search from 0.",
            lambda x, y: hits(x.relu(), y).mean(),
        ),
        Mistake(
            "mean of classes",
            "This is the mean of each class's share: every picture counts the same.",
            lambda x, y: np.mean([hits(x, y)[y == one].mean() for one in y.unique()]),
        ),
    ],
)
