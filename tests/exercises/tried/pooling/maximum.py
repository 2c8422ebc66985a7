"""Further answers to pooling.maximum."""

import torch
from torch.nn import functional as F

IMAGE = torch.tensor([[1.0, 3, 2, 0], [4, 2, 1, 5], [0, 6, 2, 2], [1, 2, 3, 1]])

RIGHT = [F.max_pool2d(IMAGE[None, None], 2)[0, 0], IMAGE.reshape(2, 2, 2, 2).amax((1, 3))]
WRONG = {
    "whole columns": [[4, 6, 3, 5]],
    "stride 1": [
        [[4, 3, 5], [6, 6, 5], [6, 6, 3]],
    ],
    "average": [
        [[2.5, 2], [2.25, 2]],
    ],
    "sum": [
        [[10, 8], [9, 8]],
    ],
    "smallest": [
        [[1, 0], [0, 1]],
    ],
    "first pixel": [
        [[1, 2], [0, 2]],
    ],
    "rows only": [
        [[3, 2], [4, 5], [6, 2], [2, 3]],
    ],
    "columns only": [
        [[4, 3, 2, 5], [1, 6, 3, 2]],
    ],
    "flat": [
        [[4, 5, 6, 3]],
        (4, 5, 6, 3),
    ],
    "one value wrong": [
        [[4, 5], [6, 2]],
        [3, 5, 6, 3],
        [[4, 2], [6, 3]],
    ],
    "wrong values": [
        F.max_pool2d(IMAGE[None, None], 2, return_indices=True)[1][0, 0],
        [[5, 8], [10, 15]],
        [[2, 3], [1, 2]],
        [[3, 4], [2, 3]],
        F.lp_pool2d(IMAGE[None], 2, 2)[0],
    ],
    "transposed": [
        [[4, 6], [5, 3]],
    ],
    "extra brackets": [
        F.max_pool2d(IMAGE[None, None], 2),
    ],
    "reversed": [
        [[3, 6], [5, 4]],
    ],
    "wrong type": [
        "4 5, 6 3",
    ],
    "wrong shape": [
        6,
        # The right numbers in another place or number.
    ],
    "other places": [[[5, 4], [3, 6]]],
    "rows reversed": [[[6, 3], [4, 5]]],
    "too much": [[[4, 5], [6, 3], [0, 0]]],
}
