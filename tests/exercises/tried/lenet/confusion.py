from collections import Counter

import numpy as np
import torch
from sklearn.metrics import confusion_matrix
from torch.nn import functional as F


def by_loop(labels, predictions, classes):
    table = torch.zeros(classes, classes)
    for label, prediction in zip(labels, predictions, strict=True):
        table[label, prediction] += 1
    return table


def by_histogram(labels, predictions, classes):
    edges = np.arange(classes + 1) - 0.5
    return np.histogram2d(np.array(labels), np.array(predictions), bins=(edges, edges))[0]


def by_put(labels, predictions, classes):
    table = torch.zeros((classes, classes), dtype=torch.int32)
    ones = torch.ones(len(labels), dtype=torch.int32)
    return table.index_put_((labels, predictions), ones, accumulate=True)


def by_counter(labels, predictions, classes):
    pairs = Counter(zip(labels.tolist(), predictions.tolist(), strict=True))
    return [[pairs[row, column] for column in range(classes)] for row in range(classes)]


def all_at_once(labels, predictions, classes):
    """Return what the task warns of."""
    table = torch.zeros(classes, classes)
    table[labels, predictions] += 1
    return table


def shared_rows(labels, predictions, classes):
    """Return a list that holds one and the same row many times."""
    table = [[0] * classes] * classes
    for label, prediction in zip(labels.tolist(), predictions.tolist(), strict=True):
        table[label][prediction] += 1
    return table


RIGHT = [
    by_histogram,
    by_put,
    by_counter,
    lambda labels, predictions, classes: confusion_matrix(labels, predictions, labels=range(classes)),
    lambda y, p, n: [[int(((y == i) & (p == j)).sum()) for j in range(n)] for i in range(n)],
]
WRONG = {
    "one row many times": [shared_rows],
    "counted once": [all_at_once],
    "classes seen": [
        lambda y, p, n: confusion_matrix(y, p),
        lambda y, p, n: by_loop(y, p, int(y.max()) + 1),
    ],
    "sign": [lambda y, p, n: -by_loop(y, p, n)],
    "not finite": [
        lambda y, p, n: by_loop(y, p, n) / by_loop(y, p, n).sum(1, keepdim=True),
        lambda y, p, n: by_loop(y, p, n) / by_loop(y, p, n).sum(0),
    ],
    "wrong values": [
        lambda y, p, n: confusion_matrix(y, p, labels=range(n), normalize="pred"),
        # The right ones only, both orders of a pair.
        lambda y, p, n: torch.diag(by_loop(y, p, n).diag()),
        lambda y, p, n: by_loop(y, p, n) + by_loop(p, y, n),
        lambda y, p, n: by_loop(y, p, n) + by_loop(p, y, n).fill_diagonal_(0),
        # Right up to two pictures a pair, ten classes, or as long as the last class does not occur.
        lambda y, p, n: by_loop(y, p, n).clamp(max=2),
        lambda y, p, n: F.pad(by_loop(y, p, n)[:-1], (0, 0, 0, 1)),
    ],
    "wrong shape": [
        lambda y, p, n: (y * 10 + p).bincount(minlength=144)[:100].reshape(10, 10)[:n, :n],
        lambda y, p, n: [int(((y == c) & (p == c)).sum()) for c in range(n)],
        lambda y, p, n: y.bincount(minlength=n),
        lambda y, p, n: (y == p).sum(),
        lambda y, p, n: [y.tolist(), p.tolist()],
    ],
    "exception": [
        lambda y, p, n: by_loop(y, p, len(set(y.tolist()))),
        lambda y, p, n: by_loop(y, p + 1, n),
        lambda y, p, n: (y * n + p).bincount().reshape(n, n),
    ],
    "booleans": [lambda y, p, n: by_loop(y, p, n) > 0],
    "arguments": [lambda y, p: confusion_matrix(y, p)],
    "wrong type": [lambda y, p, n: Counter(zip(y.tolist(), p.tolist(), strict=True))],
    "nothing": [lambda y, p, n: print(by_loop(y, p, n))],
    "rows reversed": [lambda y, p, n: by_loop(y, p, n).flip(0)],
    "other places": [
        lambda y, p, n: by_loop(y.clamp(max=9), p.clamp(max=9), n),
        lambda y, p, n: by_loop(y, p, n).flatten(),
    ],
    "too much": [lambda y, p, n: by_loop(y, p, n + 1), lambda y, p, n: by_loop(y + 1, p + 1, n + 1)],
}
