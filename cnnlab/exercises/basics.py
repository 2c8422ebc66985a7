"""The warm-ups of notebook 00: how exercises work, on means, shapes and deviations."""

from __future__ import annotations

import numpy as np

from cnnlab.exercises.answers import basics as answers
from cnnlab.exercises.exercise import Exercise, Mistake

MEAN = Exercise(
    name="start.mean",
    prompt="Write a function of a signal of any length that returns its mean.",
    cases=(
        {"signal": [1, 2, 6]},
        {"signal": [4, -1, 0, 7, 2.5]},
        {"signal": [0.5, 0.25]},
        {"signal": [-3, 8, 1, 1, 20, -6, 4, 2]},
        {"signal": [5]},
    ),
    reference=np.mean,
    mistakes=(
        Mistake(
            "sum",
            "This is the sum: it was not divided by the number of samples.",
            lambda signal: signal.sum(),
        ),
        Mistake(
            "one too few",
            "The sum was divided by n - 1: a mean divides by all n samples.",
            # With a single sample this divides by zero: an exception, NaN or infinity.
            lambda signal: signal.sum() / (len(signal) - 1) if len(signal) > 1 else None,
        ),
        Mistake(
            "one too many",
            "The sum was divided by n + 1: a mean divides by n.",
            lambda signal: signal.sum() / (len(signal) + 1),
        ),
        Mistake(
            "fixed length",
            "The sum was always divided by 3: the length of the signal is len(signal).",
            lambda signal: signal.sum() / 3,
        ),
        Mistake(
            "fixed length",
            "The length is not always 5: it is len(signal).",
            lambda signal: signal.sum() / 5,
        ),
        Mistake("median", "This is the median, the middle of the sorted samples.", np.median),
        *(
            Mistake(
                "median",
                "This is a median, one of the middle samples.",
                lambda signal, lower=lower: np.sort(signal)[(len(signal) - lower) // 2],
            )
            for lower in (0, 1)
        ),
        Mistake(
            "midrange",
            "This is the middle between the smallest and the largest sample.",
            lambda signal: (signal.min() + signal.max()) / 2,
        ),
        Mistake(
            "rounded",
            "The mean was rounded down: divide with / and not with //.",
            lambda signal: signal.mean() // 1,
        ),
    ),
    right=answers.MEAN_RIGHT,
    wrong=answers.MEAN_WRONG,
)

SHAPE = Exercise(
    name="start.shape",
    prompt="Give the shape of a batch of 8 colour pictures, 32 high and 48 wide, in PyTorch's order.",
    asks="value",
    expects="four whole numbers: pictures, channels, height, width",
    reference=lambda: (8, 3, 32, 48),
    mistakes=(
        Mistake(
            "channels last",
            "The channels come last here, as in NumPy pictures: PyTorch puts them before height and width.",
            lambda: (8, 32, 48, 3),
        ),
        Mistake(
            "width first",
            "Width stands before height: rows come first, as in a matrix.",
            lambda: (8, 3, 48, 32),
        ),
        Mistake(
            "no batch", "This is the shape of one picture: the batch of 8 is missing.", lambda: (3, 32, 48)
        ),
        Mistake("no channels", "The three colour channels are missing.", lambda: (8, 32, 48)),
        Mistake("one channel", "A colour picture has 3 channels, a grey one has 1.", lambda: (8, 1, 32, 48)),
        Mistake(
            "batch second",
            "The channels stand before the batch: the batch is always the first dimension.",
            lambda: (3, 8, 32, 48),
        ),
        Mistake(
            "channels last, width first",
            "The channels belong before the picture's sides, and the height before the width.",
            lambda: (8, 48, 32, 3),
        ),
        Mistake(
            "wrong order",
            "Four numbers, wrong order: pictures first, then channels.",
            lambda: (3, 32, 48, 8),
            fits=lambda answer: sorted(answer.ravel()) == [3, 8, 32, 48],
        ),
    ),
    right=answers.SHAPE_RIGHT,
    wrong=answers.SHAPE_WRONG,
)

STANDARDISE = Exercise(
    name="start.standardise",
    prompt="Write a function that subtracts a signal's mean and divides by its population deviation.",
    cases=(
        {"signal": [1, 3]},
        {"signal": [2, 4, 9]},
        {"signal": [-5, 0, 1, 2, 12]},
        {"signal": [0.5, 0.25, 3, -2, 7, 0.125]},
    ),
    reference=lambda signal: (signal - signal.mean()) / signal.std(),
    mistakes=(
        Mistake(
            "sample deviation",
            "This divides by the sample deviation (n - 1), torch's default: the population's divides by n.",
            lambda signal: (signal - signal.mean()) / signal.std(ddof=1),
        ),
        Mistake(
            "variance",
            "This divides by the variance: the standard deviation is its square root.",
            lambda signal: (signal - signal.mean()) / signal.var(),
        ),
        Mistake("mean kept", "The mean was not subtracted.", lambda signal: signal / signal.std()),
        Mistake(
            "not divided", "The mean is gone, but nothing was divided.", lambda signal: signal - signal.mean()
        ),
        Mistake(
            "precedence",
            "Only the mean was divided: put the difference in brackets.",
            lambda signal: signal - signal.mean() / signal.std(),
        ),
        Mistake(
            "largest value",
            "This divides by the largest value instead of the standard deviation.",
            lambda signal: (signal - signal.mean()) / signal.max(),
        ),
        Mistake(
            "largest value, mean kept",
            "This divides the untouched signal by its largest value.",
            lambda signal: signal / signal.max(),
        ),
        Mistake(
            "min-max",
            "This is min-max scaling to the range from 0 to 1.",
            lambda signal: (signal - signal.min()) / (signal.max() - signal.min()),
        ),
    ),
    right=answers.STANDARDISE_RIGHT,
    wrong=answers.STANDARDISE_WRONG,
)

EXERCISES = (MEAN, SHAPE, STANDARDISE)
