"""The pencil-and-paper exercise of notebook 01: one full convolution by hand."""

from __future__ import annotations

import numpy as np

from cnnlab.exercises.answers import by_hand as answers
from cnnlab.exercises.exercise import Exercise, Mistake

BY_HAND = Exercise(
    name="conv1d.by_hand",
    prompt="Work out by hand the full convolution of the signal [1, 2] with the kernel [1, 0, 3].",
    asks="value",
    expects="the values of the full convolution, in order",
    reference=lambda: np.convolve([1, 2], [1, 0, 3]),
    mistakes=(
        Mistake(
            "cross-correlation",
            "This is the cross-correlation: the kernel was not flipped.",
            lambda: [3, 6, 1, 2],
        ),
        Mistake(
            "signal flipped",
            "The signal was flipped: its first sample, 1, makes the first copy of the kernel.",
            lambda: [2, 1, 6, 3],
        ),
        Mistake("ends missing", "The two ends are missing: full has 2 + 3 - 1 values.", lambda: [2, 3]),
        Mistake(
            "last value missing", "The last value is missing: full has 2 + 3 - 1 values.", lambda: [1, 2, 3]
        ),
        Mistake(
            "overwritten",
            "Where the copies overlap, add them: here the second hides the first.",
            lambda: [1, 2, 0, 6],
        ),
        Mistake("not shifted", "The copy for sample 2 must start one place later.", lambda: [3, 0, 9]),
        Mistake(
            "shifted by two",
            "The copy for sample 2 starts one place later, not two.",
            lambda: [1, 0, 5, 0, 6],
        ),
        Mistake(
            "not added",
            "These are the six products: add those that fall on one place.",
            lambda: [1, 0, 3, 2, 0, 6],
        ),
        Mistake(
            "sum",
            "This is the sum of the result: give its values one by one.",
            lambda: 12,
        ),
    ),
    right=answers.BY_HAND_RIGHT,
    wrong=answers.BY_HAND_WRONG,
)
