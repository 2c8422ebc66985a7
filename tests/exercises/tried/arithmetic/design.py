"""Further answers to arithmetic.design."""

import numpy as np
import torch

RIGHT = [
    torch.tensor([[3, 1, 1]] * 6 + [[3, 4, 0]]),
    [[3, 2, 1], [3, 1, 0], [3, 1, 0], [3, 1, 1], [3, 1, 2], [3, 1, 1], [3, 2, 2]],
    [(3, 1, 1), (3, 2, 1), (3, 1, 1), (3, 2, 1), (3, 1, 1)],
]
WRONG = {
    "impossible": [
        [(3, 2.5, 1), (3, 2, 1)],
        [(3, 2, -1), (3, 0, 1)],
        [(3, 1.5, 1), (3, 2, 1)],
        [(3, 2, 0.5), (3, 2, 0.5), (3, 1, 1)],
        [(3, 0, 1)],
        [(3, 2, -1)] * 3,
    ],
    "other kernels": [
        [(5, 2, 2), (5, 2, 2), (3, 1, 1)],
        [(3, 2, 1), (3, 2, 1), (3, 1, 1), (1, 1, 0)],
    ],
    "size and field": [
        torch.tensor([[3, 2, 1]]),
        [(3, 1, 1)] * 4,
    ],
    "too many outputs": [
        [(3, 2, 1)] + [(3, 1, 1)] * 6,
    ],
    "too few outputs": [
        [(3, 2, 0)] * 6,
        np.array([(3, 2, 1)] * 4),
        [(3, 2, 0)] * 5,
        [(3, 2, 0), (3, 2, 0), (3, 1, 0)],
        # 8 outputs of a layer that had no input left, one kernel in four numbers, a field of 13.
        [(3, 2, 0)] * 5 + [(3, 1, 5)],
    ],
    "field too small": [
        [(3, 2, 1), (3, 2, 1)],
        [(3, 1, 1)] * 5 + [(3, 4, 0)],
    ],
    "wrong shape": [
        [3, 2, 1],
        [(3, 2), (3, 2), (3, 1)],
        [],
        [(3, 2, 1, 1), (3, 2, 1, 1), (3, 1, 1, 1)],
    ],
    "ragged": [
        [(3, 2, 1), (3, 2)],
    ],
    "not finite": [
        [(3, 2, float("nan"))],
    ],
    "wrong type": [
        torch.nn.Conv2d(1, 1, 3),
    ],
}
