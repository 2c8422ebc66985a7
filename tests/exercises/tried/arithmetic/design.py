"""Further answers to arithmetic.design."""

import numpy as np
import torch

RIGHT = [
    [[3, 2, 1], [3, 1, 0], [3, 1, 0], [3, 1, 1], [3, 1, 2], [3, 1, 1], [3, 2, 2]],
    [(3, 1, 1), (3, 2, 1), (3, 1, 1), (3, 2, 1), (3, 1, 1)],
]
WRONG = {
    "fractions": [[(3, 2.5, 1), (3, 2, 1)]],
    "impossible": [[(3, 2, -1), (3, 0, 1)]],
    "other kernels": [[(5, 2, 2), (5, 2, 2), (3, 1, 1)]],
    "picture used up": [[(3, 2, 0)] * 6],
    "size and field": [torch.tensor([[3, 2, 1]])],
    "too few outputs": [np.array([(3, 2, 1)] * 4)],
    "wrong shape": [[3, 2, 1], [(3, 2), (3, 2), (3, 1)], []],
    "ragged": [[(3, 2, 1), (3, 2)]],
    "not finite": [[(3, 2, float("nan"))]],
    "wrong type": [torch.nn.Conv2d(1, 1, 3)],
}
