r"""By hand: max pooling, $2\times 2$ with stride 2, of the rows 1, 3, 2, 0 / 4, 2, 1, 5 / 0, 6, 2, 2 /
1, 2, 3, 1. Give a list of rows.
"""

from __future__ import annotations

import numpy as np
import torch
from torch.nn.functional import avg_pool2d, max_pool2d

from cnnlab.exercises import Mistake, Value

IMAGE = torch.tensor([[1.0, 3, 2, 0], [4, 2, 1, 5], [0, 6, 2, 2], [1, 2, 3, 1]])

EXERCISE = Value(
    expects="the rows of the result, each a list",
    right=[
        [[4, 5], [6, 3]],
        max_pool2d(IMAGE[None], 2)[0],
        IMAGE.unfold(0, 2, 2).unfold(1, 2, 2).amax((2, 3)),
    ],
    mistakes=[
        Mistake(
            "stride 1",
            "The windows overlap: with stride 2 the next one starts two pixels further, so there are 2 x 2.",
            max_pool2d(IMAGE[None], 2, stride=1)[0],
        ),
        Mistake(
            "average", "These are the means of the windows: take the largest.", avg_pool2d(IMAGE[None], 2)[0]
        ),
        Mistake(
            "sum", "These are the sums of the windows: take the largest.", 4 * avg_pool2d(IMAGE[None], 2)[0]
        ),
        Mistake(
            "smallest", "These are the smallest pixels: take the largest.", -max_pool2d(-IMAGE[None], 2)[0]
        ),
        Mistake(
            "first pixel", "This is the upper left pixel of each window: look at all four.", IMAGE[::2, ::2]
        ),
        Mistake(
            "rows only",
            "Each window has two rows: the larger of two neighbours in one row is not enough.",
            max_pool2d(IMAGE[None], (1, 2))[0],
        ),
        Mistake(
            "columns only",
            "Each window has two columns: the larger of two pixels one above the other is not enough.",
            max_pool2d(IMAGE[None], (2, 1))[0],
        ),
        Mistake(
            "flat",
            "These are the right numbers in a single list: give a list of rows.",
            [4, 5, 6, 3],
            [[4, 5, 6, 3]],
        ),
        Mistake(
            "one value wrong",
            "Three of the four are right: look at the four pixels of each window again.",
            [[4, 5], [6, 2]],
            fits=lambda numbers: np.count_nonzero(numbers == [4, 5, 6, 3]) == 3,
        ),
        Mistake(
            "whole columns",
            "These are the largest pixels of the columns: a window has two rows and two columns.",
            IMAGE.amax(0),
        ),
    ],
)
