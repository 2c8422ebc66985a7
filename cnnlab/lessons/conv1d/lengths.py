"""A signal has 10 samples, the kernel 4 weights. How long are the *full*, *same* and *valid* results? Give
three numbers in this order.
"""

from __future__ import annotations

import numpy as np
import torch

from cnnlab.exercises import Mistake, Value

LENGTHS = [13, 10, 7]

EXERCISE = Value(
    expects="three whole numbers: full, same, valid",
    right=[
        LENGTHS,
        [len(np.convolve(range(10), range(4), mode)) for mode in ("full", "same", "valid")],
        torch.full((3,), 10) + torch.tensor([3, 0, -3]),
    ],
    mistakes=[
        Mistake(
            "full = i + k",
            "Full is counted one too long: the first overlap uses one sample.",
            (14, 10, 7),
        ),
        Mistake(
            "valid = i - k",
            "Valid is counted one too short: count the starts, 0 included.",
            (13, 10, 6),
        ),
        Mistake("both off by one", "Full and valid are both off by one: count the positions.", (14, 10, 6)),
        Mistake(
            "wrong order",
            "The three lengths are right, but the order is full, same, valid.",
            (7, 10, 13),
            fits=lambda numbers: sorted(numbers) == sorted(LENGTHS) and [*numbers] != LENGTHS,
        ),
        Mistake(
            "same",
            "Full and valid are right. Same means as long as the signal, whatever the kernel.",
            (13, 9, 7),
            fits=lambda numbers: (numbers[0], numbers[-1]) == (13, 7) and numbers[1] != 10,
        ),
        Mistake(
            "other lengths",
            "Full is k - 1 longer than the signal, valid k - 1 shorter.",
            (12, 10, 8),
            fits=lambda numbers: numbers.size == 3 and [*numbers] != LENGTHS,
        ),
        Mistake(
            "one number",
            "Give three numbers: full, same, valid.",
            13,
            fits=lambda numbers: numbers.size == 1,
        ),
    ],
)
