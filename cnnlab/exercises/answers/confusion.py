"""Answers to the exercise on the confusion table, written as students write them."""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np
import torch
from sklearn.metrics import confusion_matrix
from torch import Tensor
from torch.nn import functional as F

from cnnlab.exercises.exercise import Wrong


def _by_loop(labels: Tensor, predictions: Tensor, classes: int) -> Tensor:
    table = torch.zeros(classes, classes)
    for label, prediction in zip(labels, predictions, strict=True):
        table[label, prediction] += 1
    return table


def _by_masks(labels: Tensor, predictions: Tensor, classes: int) -> list[list[int]]:
    return [
        [int(((labels == row) & (predictions == column)).sum()) for column in range(classes)]
        for row in range(classes)
    ]


def _by_bincount(labels: Tensor, predictions: Tensor, classes: int) -> Tensor:
    return torch.bincount(labels * classes + predictions, minlength=classes**2).reshape(classes, classes)


def _by_one_hot(labels: Tensor, predictions: Tensor, classes: int) -> Tensor:
    return F.one_hot(labels, classes).T @ F.one_hot(predictions, classes)


def _by_library(labels: Tensor, predictions: Tensor, classes: int) -> Any:
    return confusion_matrix(labels, predictions, labels=range(classes))


def _by_histogram(labels: Tensor, predictions: Tensor, classes: int) -> Any:
    edges = np.arange(classes + 1) - 0.5
    return np.histogram2d(np.array(labels), np.array(predictions), bins=(edges, edges))[0]


def _by_put(labels: Tensor, predictions: Tensor, classes: int) -> Tensor:
    table = torch.zeros((classes, classes), dtype=torch.int32)
    ones = torch.ones(len(labels), dtype=torch.int32)
    return table.index_put_((labels, predictions), ones, accumulate=True)


def _by_counter(labels: Tensor, predictions: Tensor, classes: int) -> list[list[int]]:
    pairs = Counter(zip(labels.tolist(), predictions.tolist(), strict=True))
    return [[pairs[row, column] for column in range(classes)] for row in range(classes)]


CONFUSION_RIGHT: tuple[Any, ...] = (
    _by_loop,
    _by_masks,
    _by_bincount,
    _by_one_hot,
    _by_library,
    _by_histogram,
    _by_put,
    _by_counter,
)


def _all_at_once(labels: Tensor, predictions: Tensor, classes: int) -> Tensor:
    table = torch.zeros(classes, classes)
    table[labels, predictions] += 1
    return table


def _shared_rows(labels: Tensor, predictions: Tensor, classes: int) -> list[list[int]]:
    table = [[0] * classes] * classes
    for label, prediction in zip(labels.tolist(), predictions.tolist(), strict=True):
        table[label][prediction] += 1
    return table


def _two_by_two(labels: Tensor, predictions: Tensor, classes: int) -> Tensor:
    table = torch.zeros(2, 2)
    for label, prediction in zip(labels, predictions, strict=True):
        table[label, prediction] += 1
    return table


def _of_labels_alone(labels: Tensor, predictions: Tensor, classes: int) -> Tensor:
    return _by_loop(labels, predictions, len(set(labels.tolist())))


CONFUSION_WRONG = (
    Wrong(_all_at_once, "counted once"),
    Wrong(lambda labels, predictions, classes: _by_loop(predictions, labels, classes), "transposed"),
    Wrong(lambda labels, predictions, classes: _by_loop(labels, predictions, classes).T, "transposed"),
    Wrong(
        lambda labels, predictions, classes: F.normalize(_by_loop(labels, predictions, classes), p=1, dim=1),
        "rows divided",
    ),
    Wrong(
        lambda labels, predictions, classes: (
            _by_loop(labels, predictions, classes) / _by_loop(labels, predictions, classes).sum(1)[:, None]
        ),
        "rows divided",
    ),
    Wrong(
        lambda labels, predictions, classes: confusion_matrix(
            labels, predictions, labels=range(classes), normalize="pred"
        ),
        "columns divided",
    ),
    Wrong(
        lambda labels, predictions, classes: (
            _by_loop(labels, predictions, classes) / _by_loop(labels, predictions, classes).sum(0)
        ),
        "columns divided",
    ),
    Wrong(lambda labels, predictions, classes: _by_put(labels, predictions, classes) / len(labels), "shares"),
    Wrong(
        lambda labels, predictions, classes: torch.diag(_by_loop(labels, predictions, classes).diag()),
        "diagonal only",
    ),
    Wrong(
        lambda labels, predictions, classes: [
            int(((labels == c) & (predictions == c)).sum()) for c in range(classes)
        ],
        "diagonal only",
    ),
    Wrong(
        lambda labels, predictions, classes: _by_loop(labels, predictions, classes).fill_diagonal_(0),
        "errors only",
    ),
    Wrong(lambda labels, predictions, classes: confusion_matrix(labels, predictions), "classes seen"),
    Wrong(
        lambda labels, predictions, classes: _by_loop(
            labels, predictions, int(torch.cat([labels, predictions]).max()) + 1
        ),
        "classes seen",
    ),
    Wrong(_shared_rows, "one row many times"),
    Wrong(lambda labels, predictions, classes: labels.bincount(minlength=classes), "labels counted"),
    Wrong(
        lambda labels, predictions, classes: predictions.bincount(minlength=classes), "predictions counted"
    ),
    Wrong(
        lambda labels, predictions, classes: _by_bincount(labels, predictions, classes).flatten(), "flattened"
    ),
    Wrong(lambda labels, predictions, classes: (labels == predictions).sum(), "number right"),
    Wrong(lambda labels, predictions, classes: _by_loop(labels, predictions, classes + 1), "one extra class"),
    Wrong(lambda labels, predictions, classes: _by_loop(labels + 1, predictions + 1, classes + 1), "from 1"),
    Wrong(lambda labels, predictions, classes: _by_loop(labels, predictions, classes).flip(0), "reversed"),
    Wrong(lambda labels, predictions, classes: -_by_loop(labels, predictions, classes), "subtracted"),
    Wrong(_two_by_two, "index outside"),
    Wrong(_of_labels_alone, "index outside"),
    Wrong(lambda labels, predictions, classes: _by_loop(labels, predictions + 1, classes), "index outside"),
    Wrong(
        lambda labels, predictions, classes: (
            (labels * classes + predictions).bincount().reshape(classes, classes)
        ),
        "sizes from the data",
    ),
    Wrong(lambda labels, predictions, classes: [list(labels), list(predictions)], "wrong shape"),
    Wrong(lambda labels, predictions, classes: _by_loop(labels, predictions, classes) > 0, "booleans"),
    Wrong(lambda labels, predictions: confusion_matrix(labels, predictions), "arguments"),
    Wrong(
        lambda labels, predictions, classes: Counter(zip(labels.tolist(), predictions.tolist(), strict=True)),
        "wrong type",
    ),
    Wrong(lambda labels, predictions, classes: print(_by_loop(labels, predictions, classes)), "nothing"),
)
