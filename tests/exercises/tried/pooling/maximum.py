"""Further answers to pooling.maximum."""

import torch
from torch.nn import functional as F

IMAGE = torch.tensor([[1.0, 3, 2, 0], [4, 2, 1, 5], [0, 6, 2, 2], [1, 2, 3, 1]])

RIGHT = [F.max_pool2d(IMAGE[None, None], 2)[0, 0], IMAGE.reshape(2, 2, 2, 2).amax((1, 3))]
WRONG = {
    "stride 1": [[[4, 3, 5], [6, 6, 5], [6, 6, 3]]],
    "average": [[[2.5, 2], [2.25, 2]]],
    "places": [F.max_pool2d(IMAGE[None, None], 2, return_indices=True)[1][0, 0]],
    "flat": [(4, 5, 6, 3)],
    "transposed": [[[4, 6], [5, 3]]],
    "extra brackets": [F.max_pool2d(IMAGE[None, None], 2)],
    "one value wrong": [[[4, 5], [6, 2]]],
    "reversed": [[[3, 6], [5, 4]]],
    "wrong type": ["4 5, 6 3"],
}
