"""Answers to the exercise on accuracy, written as students write them."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from sklearn.metrics import accuracy_score
from torch import Tensor
from torch.nn import functional as F

from cnnlab.exercises.exercise import Wrong


def _by_torch(logits: Tensor, labels: Tensor) -> Tensor:
    return (logits.argmax(dim=1) == labels).double().mean()


def _by_loop(logits: Tensor, labels: Tensor) -> float:
    right = 0
    for row, label in zip(logits, labels, strict=True):
        if row.argmax() == label:
            right += 1
    return right / len(labels)


def _by_lists(logits: Tensor, labels: Tensor) -> float:
    rows = zip(logits.tolist(), labels.tolist(), strict=True)
    return sum(max(range(len(row)), key=row.__getitem__) == label for row, label in rows) / len(labels)


def _by_numpy(logits: Tensor, labels: Tensor) -> Any:
    return np.mean(np.argmax(np.array(logits), axis=-1) == np.array(labels))


def _by_softmax(logits: Tensor, labels: Tensor) -> float:
    return float((F.softmax(logits, 1).max(1).indices - labels).eq(0).sum()) / logits.shape[0]


def _by_library(logits: Tensor, labels: Tensor) -> Any:
    return accuracy_score(labels, logits.argmax(1))


def _by_one_hot(logits: Tensor, labels: Tensor) -> Tensor:
    chosen, right = (F.one_hot(x, logits.shape[1]) for x in (logits.argmax(1), labels))
    return (chosen * right).sum() / len(labels)


ACCURACY_RIGHT: tuple[Any, ...] = (
    _by_torch,
    _by_loop,
    _by_lists,
    _by_numpy,
    _by_softmax,
    _by_library,
    _by_one_hot,
)


def _of_label(values: Tensor, labels: Tensor) -> Tensor:
    return values[torch.arange(len(labels)), labels]


def _until_right(logits: Tensor, labels: Tensor) -> float:
    for row, label in zip(logits, labels, strict=True):
        return float(row.argmax() == label)
    return 0.0


ACCURACY_WRONG = (
    Wrong(lambda logits, labels: 100 * _by_torch(logits, labels), "per cent"),
    Wrong(lambda logits, labels: (logits.argmax(1) == labels).sum(), "count"),
    Wrong(lambda logits, labels: np.mean(np.array(logits.argmax(1) != labels)), "error rate"),
    Wrong(lambda logits, labels: int(torch.count_nonzero(logits.argmax(1) - labels)), "number wrong"),
    Wrong(lambda logits, labels: (logits.argmax(1) == labels).float(), "each picture"),
    Wrong(lambda logits, labels: logits.argmax(1), "predictions"),
    Wrong(lambda logits, labels: (logits.argmax(0) == labels).float().mean(), "wrong axis"),
    Wrong(lambda logits, labels: (logits.argmin(1) == labels).float().mean(), "smallest"),
    Wrong(lambda logits, labels: _of_label(F.softmax(logits, 1), labels).mean(), "probability"),
    Wrong(F.cross_entropy, "cross-entropy"),
    Wrong(lambda logits, labels: _of_label(logits, labels).mean(), "mean logit"),
    Wrong(
        lambda logits, labels: (logits.topk(2, 1).indices == labels[:, None]).any(1).float().mean(),
        "first two",
    ),
    Wrong(
        lambda logits, labels: (_of_label(F.softmax(logits, 1), labels) > 0.5).float().mean(),
        "above one half",
    ),
    Wrong(lambda logits, labels: (_of_label(logits, labels) > 0).float().mean(), "above zero"),
    Wrong(lambda logits, labels: (logits.argmax(1) == labels).sum() / len(logits[0]), "divided by K"),
    Wrong(lambda logits, labels: (logits.argmax(1) == labels).sum() / logits.numel(), "divided by all"),
    Wrong(lambda logits, labels: (logits.argmax(1) == labels).sum() // len(labels), "whole numbers"),
    Wrong(lambda logits, labels: round(_by_loop(logits, labels)), "whole numbers"),
    Wrong(lambda logits, labels: (logits.argmax(1) + 1 == labels).float().mean(), "classes from 1"),
    Wrong(lambda logits, labels: (logits.max(1).values == labels).float().mean(), "logits compared"),
    Wrong(
        lambda logits, labels: np.mean(
            [_by_torch(logits[labels == one], labels[labels == one]) for one in labels.unique()]
        ),
        "mean of classes",
    ),
    Wrong(lambda logits, labels: (labels == 0).float().mean(), "first class"),
    Wrong(lambda logits, labels: (logits.argmax(dim=1) == labels).mean(), "mean of booleans"),
    Wrong(lambda logits, labels: (logits.argmax(1) == labels.argmax(1)).float().mean(), "labels are classes"),
    Wrong(lambda logits, labels: logits.argmax(1) == labels, "booleans"),
    Wrong(lambda logits, labels: torch.equal(logits.argmax(1), labels), "booleans"),
    Wrong(lambda logits, labels: (logits == labels).float().mean(), "wrong axis"),
    Wrong(_until_right, "wrong values"),
    Wrong(lambda logits, labels: 1.0, "one value"),
    Wrong(lambda logits: logits.argmax(1), "arguments"),
    Wrong(lambda logits, labels: f"{_by_loop(logits, labels):.1%}", "wrong type"),
    Wrong(lambda logits, labels: print(_by_loop(logits, labels)), "nothing"),
    Wrong(lambda logits, labels: -_by_torch(logits, labels), "sign"),
)
