from collections import Counter

import numpy as np
import torch
from sklearn.metrics import confusion_matrix


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


RIGHT = [
    by_histogram,
    by_put,
    by_counter,
    lambda labels, predictions, classes: confusion_matrix(labels, predictions, labels=range(classes)),
]
WRONG = {
    "transposed": [lambda y, p, n: by_loop(y, p, n).T],
    "divided": [lambda y, p, n: confusion_matrix(y, p, labels=range(n), normalize="pred")],
    "sign": [lambda y, p, n: -by_loop(y, p, n)],
    "wrong values": [lambda y, p, n: by_loop(y, p, n).flip(0)],
    "diagonal only": [lambda y, p, n: [int(((y == c) & (p == c)).sum()) for c in range(n)]],
    "index outside": [lambda y, p, n: by_loop(y, p, len(set(y.tolist())))],
    "wrong shape": [lambda y, p, n: [list(y), list(p)]],
    "classes seen": [lambda y, p, n: confusion_matrix(y, p)],
    "arguments": [lambda y, p: confusion_matrix(y, p)],
    "wrong type": [lambda y, p, n: Counter(zip(y.tolist(), p.tolist(), strict=True))],
    "nothing": [lambda y, p, n: print(by_loop(y, p, n))],
}
