import numpy as np
import torch

RIGHT = [
    lambda s, t, n: 1 - t.sum() / (s.sum() + t.sum()),
    lambda s, t, n: np.sum(np.array(s)) / np.sum(np.array(s + t)),
    lambda s, t, n: (s / (s + t)).nan_to_num() @ (s + t) / (s + t).sum(),
    lambda s, t, n: torch.stack([s, t]).sum(1)[0] / torch.stack([s, t]).sum(),
    lambda s, t, n: s.mean() / (s + t).mean(),
]
WRONG = {
    "mean of categories": [
        lambda s, t, n: torch.nanmean(s / (s + t)),
        lambda s, t, n: sum(float(a / (a + b)) for a, b in zip(s, t, strict=True) if a + b) / len(s),
    ],
    "not finite": [lambda s, t, n: (s / t).mean()],
    "all trials": [lambda s, t, n: (s / n.sum()).sum(), lambda s, t, n: (s / n).mean()],
    "texture": [lambda s, t, n: 1 - s.sum() / (s + t).sum()],
    "ratio": [lambda s, t, n: s.mean() / t.mean()],
    "neither": [lambda s, t, n: s.sum() / (n.sum() - t.sum())],
    "difference": [lambda s, t, n: (s.sum() - t.sum()) / (s.sum() + t.sum())],
    "not pooled": [lambda s, t, n: s / n, lambda s, t, n: s / (s + t).sum(), lambda s, t, n: s + t],
    "per cent": [lambda s, t, n: 100 - 100 * t.sum() / (s + t).sum()],
    "count": [lambda s, t, n: sum(s), lambda s, t, n: sum(s) + sum(t)],
    "other share": [
        lambda s, t, n: s.sum() / (s + t + n).sum(),
        lambda s, t, n: (s / (s + t))[0],
        lambda s, t, n: (s / (s + t)).nan_to_num().amax(),
        lambda s, t, n: s.sum() / (n - s).sum(),
        lambda s, t, n: (s + 1).sum() / (s + t + 2).sum(),
        lambda s, t, n: 0.5,
    ],
}
