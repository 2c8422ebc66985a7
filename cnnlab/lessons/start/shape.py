"""What is the shape of a batch of 8 colour pictures, 32 high and 48 wide, in PyTorch's order? Section 6 has
it.
"""

from __future__ import annotations

import numpy as np
import torch

from cnnlab.exercises import Mistake, Value

SHAPE = [8, 3, 32, 48]

EXERCISE = Value(
    expects="four whole numbers: pictures, channels, height, width",
    right=[SHAPE, torch.zeros(8, 3, 32, 48).shape, np.array(SHAPE)],
    mistakes=[
        Mistake(
            "channels last",
            "The channels come last here, as in NumPy pictures: PyTorch puts them before height and width.",
            (8, 32, 48, 3),
        ),
        Mistake(
            "width first", "Width stands before height: rows come first, as in a matrix.", (8, 3, 48, 32)
        ),
        Mistake(
            "batch second",
            "The channels stand before the batch: the batch is always the first dimension.",
            (3, 8, 32, 48),
        ),
        Mistake(
            "wrong order",
            "Four numbers, wrong order: pictures first, then channels.",
            (32, 48, 3, 8),
            fits=lambda numbers: sorted(numbers) == sorted(SHAPE) and [*numbers] != SHAPE,
        ),
        Mistake(
            "no batch",
            "This is the shape of one picture: the batch of 8 is missing.",
            *((3, 32, 48), (1, 3, 32, 48)),
        ),
        Mistake("no channels", "The three colour channels are missing.", (8, 32, 48)),
        Mistake("one channel", "A colour picture has 3 channels, a grey one has 1.", (8, 1, 32, 48)),
        Mistake(
            "multiplied",
            "Some numbers were multiplied: a shape keeps height, width and channels apart.",
            *((8, 4608), (8, 3, 1536), (24, 32, 48)),
        ),
        Mistake(
            "count", "This is how many numbers the batch holds: its shape is asked for.", 8 * 3 * 32 * 48
        ),
        Mistake(
            "other numbers",
            "Four numbers, but not 8 pictures of 3 channels, 32 high and 48 wide.",
            (8, 3, 32, 32),
            fits=lambda numbers: numbers.size == 4 and [*numbers] != SHAPE,
        ),
        Mistake(
            "batch itself",
            "This is a batch, or as large as one: hand back its shape, as in batch.shape.",
            torch.zeros(8, 3, 32, 48),
            fits=lambda numbers: numbers.size == 8 * 3 * 32 * 48,
        ),
    ],
)
