import numpy as np
import torch
from sklearn.metrics import accuracy_score
from torch.nn import functional as F

from cnnlab.lessons.lenet.accuracy import hits


def by_lists(logits, labels):
    rows = zip(logits.tolist(), labels.tolist(), strict=True)
    return sum(max(range(len(row)), key=row.__getitem__) == label for row, label in rows) / len(labels)


def by_one_hot(logits, labels):
    chosen, right = (F.one_hot(x, logits.shape[1]) for x in (logits.argmax(1), labels))
    return (chosen * right).sum() / len(labels)


def until_right(logits, labels):
    for row, label in zip(logits, labels, strict=True):
        return float(row.argmax() == label)
    return 0.0


RIGHT = [
    by_lists,
    by_one_hot,
    lambda logits, labels: accuracy_score(labels, logits.argmax(1)),
    lambda logits, labels: (logits.argmax(1) == labels).float().mean(),
    lambda x, y: float((F.softmax(x, 1).max(1).indices - y).eq(0).sum()) / len(x),
]
WRONG = {
    "mean of classes": [lambda x, y: np.mean([by_lists(x[y == one], y[y == one]) for one in y.unique()])],
    "best from 0": [lambda x, y: hits(x.relu(), y).mean()],
    "wrong values": [
        lambda x, y: (y == 0).float().mean(),
        lambda x, y: torch.count_nonzero(x.argmax(1) - y),
        # The smallest, the two largest, the largest of the first two, of all, of those above 0.
        lambda x, y: hits(-x, y).mean(),
        lambda x, y: (x.topk(2, 1).indices == y[:, None]).any(1).float().mean(),
        lambda x, y: hits(x[:, :2], y).mean(),
        lambda x, y: (x.argmax() == y).float().mean(),
        lambda x, y: hits(F.softmax(x, 0), y).mean(),
        lambda x, y: (x.max(1).values == y).float().mean(),
        # Other means.
        F.cross_entropy,
        lambda x, y: x.gather(1, y[:, None]).mean(),
        lambda x, y: round(by_lists(x, y)),
        until_right,
        lambda x, y: hits(x, y)[-1],
        # Right unless there are more than ten classes, fewer than three pictures, or logits nearly alike.
        lambda x, y: hits(x[:, :10], y).mean(),
        lambda x, y: hits(x, y).sum() / max(len(y), 3),
        lambda x, y: hits(x.round(), y).mean(),
    ],
    "wrong shape": [hits, lambda x, y: x.argmax(1)],
    "exception": [
        lambda x, y: (x == y).float().mean(),
        lambda x, y: (x.argmax(0) == y).float().mean(),
        lambda x, y: (x.argmax(1) == y.argmax(1)).float().mean(),
    ],
    "booleans": [lambda x, y: x.argmax(1) == y],
    "one value": [lambda x, y: 1.0],
    "sign": [lambda x, y: -by_lists(x, y)],
    "arguments": [lambda logits: logits.argmax(1)],
    "nothing": [lambda logits, labels: print(by_lists(logits, labels))],
    "wrong type": [lambda x, y: f"{by_lists(x, y):.1%}"],
}
