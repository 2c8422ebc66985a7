"""The exercises of notebook 05: pooling."""

from __future__ import annotations

import numpy as np

from cnnlab.exercises.answers import pooling as answers
from cnnlab.exercises.average_pooling import AVERAGE
from cnnlab.exercises.blurred_subsampling import BLUR
from cnnlab.exercises.exercise import Exercise, Mistake
from cnnlab.exercises.pooling_gradient import MAX_GRADIENT

_IMAGE = np.array([[1, 3, 2, 0], [4, 2, 1, 5], [0, 6, 2, 2], [1, 2, 3, 1]])
_TILES = _IMAGE.reshape(2, 2, 2, 2).swapaxes(1, 2)  # (window row, window column, row, column)

MAXIMUM = Exercise(
    name="pooling.maximum",
    prompt="Work out by hand max pooling, 2 x 2 with stride 2, of the rows 1320, 4215, 0622, 1231.",
    asks="value",
    expects="the rows of the result, each a list",
    reference=lambda: _TILES.max((2, 3)),
    mistakes=(
        Mistake(
            "stride 1",
            "The windows overlap: with stride 2 the next one starts two pixels further, so there are 2 x 2.",
            lambda: [[4, 3, 5], [6, 6, 5], [6, 6, 3]],
        ),
        Mistake(
            "average", "These are the means of the windows: take the largest.", lambda: _TILES.mean((2, 3))
        ),
        Mistake("sum", "These are the sums of the windows: take the largest.", lambda: _TILES.sum((2, 3))),
        Mistake("smallest", "These are the smallest pixels: take the largest.", lambda: _TILES.min((2, 3))),
        Mistake(
            "first pixel",
            "This is the upper left pixel of each window: look at all four.",
            lambda: _TILES[:, :, 0, 0],
        ),
        Mistake(
            "rows only",
            "Each window has two rows: the larger of two neighbours in one row is not enough.",
            lambda: _IMAGE.reshape(4, 2, 2).max(2),
        ),
        Mistake(
            "columns only",
            "Each window has two columns: the larger of two pixels one above the other is not enough.",
            lambda: _IMAGE.reshape(2, 2, 4).max(1),
        ),
        Mistake("global", "This is the largest pixel of the picture: give one for each window.", lambda: 6),
        Mistake(
            "places",
            "These are the places of the largest pixels: give the pixels.",
            lambda: [[4, 7], [9, 14]],
        ),
        Mistake(
            "length",
            "This is L2 pooling, the root of the sum of squares: take the largest pixel.",
            lambda: np.sqrt(np.square(_TILES).sum((2, 3))),
        ),
    ),
    right=answers.MAXIMUM_RIGHT,
    wrong=answers.MAXIMUM_WRONG,
)

DISCARDED = Exercise(
    name="pooling.discarded",
    prompt="Which share of a 30 x 30 map's activations does nn.MaxPool2d(3) not hand on, if none are equal?",
    asks="value",
    expects="a number between 0 and 1; a fraction such as 1 / 2 will do",
    tolerance=1e-3,
    reference=lambda: 1 - 1 / 9,
    mistakes=(
        Mistake("handed on", "This is the share that is handed on: what about the others?", lambda: 1 / 9),
        Mistake(
            "one axis",
            "A window has 3 x 3 pixels, and one of them is handed on: count along both axes.",
            lambda: 2 / 3,
        ),
        Mistake(
            "one axis",
            "A window has 3 x 3 pixels, and one of them is handed on: count along both axes.",
            lambda: 1 / 3,
        ),
        Mistake(
            "smaller window",
            "That is true of windows of 2 x 2: these have 3 x 3.",
            lambda: 3 / 4,
        ),
        Mistake(
            "stride 1",
            "These windows do not overlap: the stride is the kernel size unless another is given.",
            lambda: 1 - 28**2 / 30**2,
        ),
        Mistake("number", "This is their number: divide it by the 900 there are.", lambda: 800),
        Mistake("number handed on", "This is the number of those handed on.", lambda: 100),
        Mistake("per cent", "This is in per cent: give a share between 0 and 1.", lambda: 100 - 100 / 9),
        Mistake("odds", "Divide by all 9 pixels of the window, not by the one that is kept.", lambda: 8),
    ),
    right=answers.DISCARDED_RIGHT,
    wrong=answers.DISCARDED_WRONG,
)

EXERCISES = (MAXIMUM, DISCARDED, AVERAGE, BLUR, MAX_GRADIENT)
