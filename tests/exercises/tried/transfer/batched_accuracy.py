import numpy as np
import torch

from cnnlab.lessons.transfer.batched_accuracy import pooled


def running(shares, sizes):
    """Keep the share of all batches so far."""
    share, seen = 0.0, 0.0
    for one, size in zip(shares.tolist(), sizes.tolist(), strict=True):
        seen += size
        share += (one - share) * size / seen
    return share


RIGHT = [
    running,
    lambda p, n: torch.dot(p, n) / n.sum(),
    lambda p, n: torch.round(p * n).sum() / n.sum(),
    lambda p, n: np.sum(p.numpy() * (n / n.sum()).numpy()),
    lambda p, n: 1 - pooled(1 - p, n),
]
WRONG = {
    "mean of means": [
        lambda p, n: (p.sum() * n.sum()) / (len(p) * n.sum()),
        lambda p, n: np.mean(p.tolist()),
    ],
    "last dropped": [lambda p, n: (p[:-1] * n[:-1]).sum() / n[:-1].sum()],
    "full batches": [lambda p, n: (p * n).sum() / (n[0] * len(n))],
    "number of batches": [lambda p, n: (p * n).mean(), lambda p, n: sum(p) / sum(n)],
    "count": [lambda p, n: torch.dot(p, n), lambda p, n: sum(p)],
    "wrong ones": [lambda p, n: pooled(1 - p, n)],
    "per cent": [lambda p, n: pooled(100 * p, n)],
    "weights": [
        lambda p, n: (p / n).sum() / n.sum(),
        lambda p, n: (p * n.max()).sum() / n.sum(),
        lambda p, n: (p**2).mean().sqrt(),
        lambda p, n: (p * n).mean() / n.sum(),
        lambda p, n: pooled(p[[0, -1]], n[[0, -1]]),
        lambda p, n: pooled(p, n.flip(0)),
    ],
    "one batch": [lambda p, n: p[0].item()],
    "not summed": [lambda p, n: p, lambda p, n: (p * n).cumsum(0) / n.cumsum(0)],
    "one value": [lambda p, n: (p * n).sum() // n.sum()],
    "exception": [lambda p, n: pooled(p, n[:-1])],
}
