"""The hard exercise of notebook 03: non-maximum suppression, the thinning step of Canny's detector."""

from __future__ import annotations

import numpy as np

from cnnlab.exercises.answers import non_maximum as answers
from cnnlab.exercises.exercise import Case, Exercise, Hint, Mistake
from cnnlab.exercises.suppression import (
    in_place,
    inner_only,
    interpolated,
    largest_of_three,
    lines,
    suppressed,
    thinned,
    valid_only,
)
from cnnlab.exercises.suppression_mistakes import WRONG_NEIGHBOURS


def _case(x: list[list[float]], y: list[list[float]]) -> Case:
    return {"magnitude": np.hypot(x, y).tolist(), "x": x, "y": y}


_BETWEEN = (
    "This compares with values between two pixels: here, take the neighbour on the nearest of four lines."
)
_READ_BACK = (
    "Pixels were compared with neighbours that had been set to zero before: write into a new picture."
)
_OUTSIDE = "Only zeros lie beyond the border: what is next to them can still be a maximum."

NON_MAXIMUM = Exercise(
    name="filters.non_maximum",
    prompt="Write a function of magnitude, x, y, each (H, W): keep what is >= both neighbours along (x, y).",
    cases=(
        _case(
            [[1, 3, 2, 4], [2, 2, 1, 3]],
            [[0, 0, 0, 0], [0, 0, 0, 0]],
        ),
        _case(
            [[0, 0, 0], [0, 0, 0], [0, 0, 0], [0, 0, 0]],
            [[1, 2, 3], [2, 4, 4], [3, 1, 4], [1, 2, 0]],
        ),
        _case(
            [[3, 6, 3], [6, 9, 6], [3, 6, 3]],
            [[4, 8, -4], [8, 12, 8], [-4, 8, 4]],
        ),
        _case(
            [[15, -15, -21, -7, -8], [-4, 9, 4, 21, 0], [0, 0, -20, 7, 0], [-4, -40, -40, 7, 20]],
            [[8, 8, -20, -24, 6], [-3, 0, -3, -20, 20], [4, 0, -21, -24, -20], [0, -9, -9, 24, 0]],
        ),
        _case(
            [
                [-8, 0, -6, 20, 0, -15, -9],
                [-20, 0, 0, -7, -20, 3, 4],
                [-4, -21, 8, 4, 4, -8, 15],
                [-4, -8, 8, 20, 8, 8, 20],
                [8, -4, -20, -7, 8, -3, 0],
                [0, -8, 6, -14, -20, 0, -3],
            ],
            [
                [6, -9, -8, 21, 20, 8, -40],
                [21, 20, 0, 24, 0, -4, 3],
                [3, -20, 15, 0, 0, 6, -8],
                [-3, 15, -6, 0, -15, 6, 0],
                [-15, 0, 0, -24, -15, -4, 4],
                [-20, 15, -8, 0, 0, 14, -4],
            ],
        ),
        _case([[6]], [[8]]),
    ),
    reference=thinned,
    mistakes=(
        *WRONG_NEIGHBOURS,
        Mistake(
            "wrapped round",
            "The opposite edge was taken for the neighbours outside: zeros lie there.",
            lambda m, x, y: suppressed(m, lines(x, y), pad="wrap"),
        ),
        Mistake(
            "edge repeated",
            "The edge was repeated beyond the border: outside the picture count zeros.",
            lambda m, x, y: suppressed(m, lines(x, y), pad="edge"),
        ),
        Mistake(
            "edge repeated",
            "The picture was mirrored at its border: outside the picture count zeros.",
            lambda m, x, y: suppressed(m, lines(x, y), pad="reflect"),
        ),
        Mistake("border zero", _OUTSIDE, lambda m, x, y: inner_only(m, x, y, kept=False)),
        Mistake("border zero", _OUTSIDE, lambda m, x, y: suppressed(m, lines(x, y), value=np.inf)),
        Mistake(
            "border as it was",
            "The border was not thinned: compare there too, with zeros outside.",
            lambda m, x, y: inner_only(m, x, y, kept=True),
        ),
        Mistake("border lost", "The border is lost: zeros lie beyond it.", valid_only),
        Mistake(
            "mask",
            "These are ones where the magnitude stays: hand back the magnitude there.",
            lambda m, x, y: np.sign(thinned(m, x, y)),
        ),
        Mistake(
            "turned round",
            "What is to stay was removed, and the rest kept.",
            lambda m, x, y: m - thinned(m, x, y),
        ),
        Mistake(
            "smallest",
            "Kept is what is <= both neighbours: an edge is where the magnitude is largest.",
            lambda m, x, y: suppressed(m, lines(x, y), np.less_equal, np.less_equal),
        ),
        Mistake(
            "maximum of the three",
            "Each pixel became the largest of three: one that is not the largest itself becomes 0.",
            largest_of_three,
        ),
        Mistake("in place", _READ_BACK, lambda m, x, y: in_place(m, lines(x, y))),
        Mistake("interpolated", _BETWEEN, lambda m, x, y: interpolated(x, y, border=False)),
        Mistake("interpolated", _BETWEEN, lambda m, x, y: interpolated(x, y, border=True)),
        Mistake("nothing suppressed", "Every magnitude stays: nothing was set to zero.", lambda m, x, y: m),
    ),
    hints=(
        Hint(
            "index outside",
            "An index left the picture: test for the border, or put zeros around first.",
            ("IndexError",),
        ),
        Hint(
            "one pixel at a time",
            "An array is neither true nor false: compare pixel by pixel, or join comparisons with &.",
            ("is ambiguous",),
        ),
    ),
    right=answers.NON_MAXIMUM_RIGHT,
    wrong=answers.NON_MAXIMUM_WRONG,
)
