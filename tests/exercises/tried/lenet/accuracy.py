import numpy as np
import torch
from sklearn.metrics import accuracy_score
from torch.nn import functional as F


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
]
WRONG = {
    "count": [lambda logits, labels: (logits.argmax(1) == labels).sum()],
    "wrong ones": [lambda logits, labels: np.mean(np.array(logits.argmax(1) != labels))],
    "smallest": [lambda logits, labels: (logits.argmin(1) == labels).float().mean()],
    "wrong values": [lambda logits, labels: (labels == 0).float().mean()],
    "one picture": [until_right],
    "booleans": [lambda logits, labels: torch.equal(logits.argmax(1), labels)],
    "arguments": [lambda logits: logits.argmax(1)],
    "nothing": [lambda logits, labels: print(by_lists(logits, labels))],
}
