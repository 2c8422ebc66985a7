r"""What share, between 0 and 1, of the activations of a $30\times 30$ map does `nn.MaxPool2d(3)` not hand
on, if no two are equal? A fraction will do.
"""

from __future__ import annotations

from fractions import Fraction

import torch

from cnnlab.exercises import Mistake, Value

EXERCISE = Value(
    expects="a number between 0 and 1; a fraction such as 1 / 2 will do",
    # Three digits are enough, two are not.
    tolerance=1e-3,
    right=[
        8 / 9,
        Fraction(8, 9),
        1 - torch.nn.MaxPool2d(3)(torch.ones(1, 30, 30)).numel() / torch.ones(30, 30).numel(),
    ],
    mistakes=[
        Mistake("handed on", "This is the share that is handed on: what about the others?", 1 / 9),
        Mistake(
            "one axis",
            "A window has 3 x 3 pixels, and one of them is handed on: count along both axes.",
            *(2 / 3, 1 / 3),
        ),
        Mistake("smaller window", "That is true of windows of 2 x 2: these have 3 x 3.", 3 / 4),
        Mistake(
            "stride 1",
            "This counts windows that overlap: the stride is the kernel size unless another is given.",
            1 - 28 * 28 / 900,
        ),
        Mistake("number", "This is their number: divide it by the 900 there are.", 800),
        Mistake("per cent", "This is in per cent: give a share between 0 and 1.", 800 / 9),
        Mistake("not divided", "Divide the one number by the other.", (8, 9), (800, 900)),
        Mistake("odds", "Divide by all 9 pixels of the window, not by the one that is kept.", 8),
        Mistake(
            "rounded",
            "Nearly: give a fraction, or three digits.",
            0.89,
            fits=lambda numbers: abs(numbers[0] - 8 / 9) < 0.012,
        ),
    ],
)
