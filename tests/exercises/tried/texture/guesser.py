import numpy as np
import torch

RIGHT = [
    lambda k: torch.tensor([1 / k, 1 / k, 1 - 2 / k, 0.5]),
    lambda k: np.array([1, 1, k - 2, k / 2]) / k,
    lambda k: (1 / k, 1 / k, 1 - 1 / k - 1 / k, (1 / k) / (1 / k + 1 / k)),
]
WRONG = {
    "bias 1/K": [lambda k: [1 / k, 1 / k, (k - 2) / k, 1 / k]],
    "bias 0": [lambda k: [1 / k, 1 / k, (k - 2) / k, 0]],
    "bias 1 - 1/K": [lambda k: [1 / k, 1 / k, (k - 2) / k, (k - 1) / k]],
    "bias of the ratio": [
        lambda k: [1 / k, 1 / k, (k - 2) / k, 2 / k],
        lambda k: [1 / k, 1 / k, (k - 2) / k, 50],
        lambda k: [1 / k, 1 / k, (k - 2) / k, 1 / 3],
    ],
    "no neither": [lambda k: [0.5, 0.5, 0, 0.5], lambda k: [1 / k, (k - 1) / k, 0, 0.5]],
    "overlap": [
        lambda k: [1 / k, 1 / k, 1 - 1 / k, 0.5],
        lambda k: [1 / k, 1 / k, 1 - 2 // k, 0.5],
        lambda k: [1 / k, 1 / k, 1 / k, 0.5],
        lambda k: [1 / k, 1 / k, 1 - 1 / k**2, 0.5],
    ],
    "texture's share": [
        lambda k: [1 / k, 1 / (k - 1), 1 - 1 / k - 1 / (k - 1), (k - 1) / (2 * k - 1)],
        lambda k: [1 / k, (k - 1) / k, 1 / k, 1 / k],
    ],
    "shape's share": [
        lambda k: [1 / 3, 1 / 3, 1 / 3, 0.5],
        lambda k: [1 / k**2, 1 / k**2, 1 - 2 / k**2, 0.5],
        lambda k: [1 / (k + 1), 1 / (k + 1), 1 - 2 / (k + 1), 0.5],
        lambda k: [2 / k, 2 / k, 1 - 4 / k, 0.5],
    ],
    "per cent": [lambda k: [100 / k, 100 / k, 100 - 200 / k, 50]],
    "counts": [lambda k: [1, 1, k - 2, 1 / 2]],
    "order": [lambda k: [1 - 2 / k, 1 / k, 1 / k, 1 / 2]],
    "four numbers": [lambda k: (k - 2) / k, lambda k: [1 / k, 1 / k], lambda k: [1 / k] * k if k == 8 else 0],
}
