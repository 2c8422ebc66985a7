"""By hand: what is the full convolution of $[1, 2]$ with $[1, 0, 3]$? Four numbers."""

from __future__ import annotations

import numpy as np
import torch

from cnnlab.exercises import Mistake, Value

EXERCISE = Value(
    expects="the values of the full convolution, in order",
    right=[
        [1, 2, 3, 6],
        np.convolve([1, 2], [1, 0, 3]),
        torch.tensor([1, 0, 3, 0]) + 2 * torch.tensor([0, 1, 0, 3]),
    ],
    mistakes=[
        Mistake(
            "cross-correlation",
            "This is the cross-correlation: the kernel was not flipped.",
            [3, 6, 1, 2],
        ),
        Mistake(
            "signal flipped",
            "This is the answer for the signal [2, 1]: the first sample, 1, makes the first copy.",
            [2, 1, 6, 3],
        ),
        Mistake("ends missing", "The two ends are missing: full has 2 + 3 - 1 values.", [2, 3]),
        Mistake("last value missing", "The last value is missing: full has 2 + 3 - 1 values.", [1, 2, 3]),
        Mistake(
            "first on top",
            "Where the copies overlap, add them: here the first hides the second.",
            [1, 0, 3, 6],
        ),
        Mistake(
            "not added",
            "These are the six products: add those that fall on one place.",
            [1, 0, 3, 2, 0, 6],
            fits=lambda numbers: sorted(numbers) == [0, 0, 1, 2, 3, 6],
        ),
        Mistake("sum", "This is the sum of the result: give its values one by one.", 12),
        Mistake("one number", "Give four numbers.", 1236, fits=lambda numbers: numbers.size == 1),
        Mistake(
            "one value wrong",
            "Three of the four values are right. For each place, list the products that fall on it.",
            [1, 2, 3, 5],
            fits=lambda numbers: np.count_nonzero(numbers == [1, 2, 3, 6]) == 3,
        ),
    ],
)
