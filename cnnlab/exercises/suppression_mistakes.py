"""Mistaken neighbours and comparisons in non-maximum suppression, at the border too or only inside."""

from __future__ import annotations

import numpy as np

from cnnlab.exercises.exercise import Mistake
from cnnlab.exercises.suppression import (
    against_all,
    anything,
    degrees,
    lines,
    octants,
    suppressed,
    unlisted,
    without_border,
)

_SIGNS = "Opposite directions lie on one line: add 180 degrees to negative angles, or take them modulo 180."
_STRICT = "An equal neighbour does no harm: the magnitude stays where it is >= both neighbours."
_ONE_SIDE = "Only one neighbour was looked at: compare with the one ahead and the one behind."
_ALL = "Compare with the two neighbours along the gradient only, not with all around."
_TWO_LINES = "There are four lines: at angles near 45 and 135 degrees the neighbours are across the corners."
_ONE_LINE = "The same two neighbours were taken everywhere: is the angle in radians, compared with degrees?"

_EVERYWHERE = (
    Mistake(
        "along the edge",
        "These neighbours lie along the edge: take those across it, where the gradient points.",
        lambda m, x, y: suppressed(m, lines(x, y) + 2),
    ),
    Mistake(
        "y upward",
        "y points downward: at 45 degrees the neighbours are to the lower right and the upper left.",
        lambda m, x, y: suppressed(m, lines(x, -y)),
    ),
    Mistake(
        "x and y swapped",
        "x and y have changed places: x counts columns, y counts rows; atan2 takes y first.",
        lambda m, x, y: suppressed(m, lines(y, x)),
    ),
    Mistake("strict", _STRICT, lambda m, x, y: suppressed(m, lines(x, y), np.greater, np.greater)),
    Mistake("strict", _STRICT, lambda m, x, y: suppressed(m, lines(x, y), np.greater)),
    Mistake("strict", _STRICT, lambda m, x, y: suppressed(m, lines(x, y), behind=np.greater)),
    Mistake("strict", _STRICT, lambda m, x, y: suppressed(m, octants(x, y), np.greater)),
    Mistake("strict", _STRICT, lambda m, x, y: suppressed(m, octants(x, y), behind=np.greater)),
    Mistake("one neighbour", _ONE_SIDE, lambda m, x, y: suppressed(m, lines(x, y), anything)),
    Mistake("one neighbour", _ONE_SIDE, lambda m, x, y: suppressed(m, lines(x, y), behind=anything)),
    Mistake("one neighbour", _ONE_SIDE, lambda m, x, y: suppressed(m, octants(x, y), anything)),
    Mistake("one neighbour", _ONE_SIDE, lambda m, x, y: suppressed(m, octants(x, y), behind=anything)),
    Mistake("all neighbours", _ALL, lambda m, x, y: against_all(m, tuple(range(8)), np.greater_equal)),
    Mistake("all neighbours", _ALL, lambda m, x, y: against_all(m, tuple(range(8)), np.greater)),
    Mistake("all neighbours", _ALL, lambda m, x, y: against_all(m, (0, 2, 4, 6), np.greater_equal)),
    Mistake(
        "either neighbour",
        "It is enough here to reach one of the two neighbours: both are asked for, with and.",
        lambda m, x, y: np.maximum(
            suppressed(m, lines(x, y), anything), suppressed(m, lines(x, y), behind=anything)
        ),
    ),
    Mistake(
        "either neighbour",
        "It is enough here to be larger than one of the two: >= both is asked for, with and.",
        lambda m, x, y: np.maximum(
            suppressed(m, lines(x, y), np.greater, anything), suppressed(m, lines(x, y), anything, np.greater)
        ),
    ),
    Mistake("two lines", _TWO_LINES, lambda m, x, y: suppressed(m, np.where(abs(y) > abs(x), 2, 0))),
    Mistake("one line", _ONE_LINE, lambda m, x, y: suppressed(m, 0)),
    Mistake("one line", _ONE_LINE, lambda m, x, y: suppressed(m, 2)),
    Mistake(
        "rounded down",
        "Round the angle to the nearest of the four lines: 40 degrees is nearer to 45 than to 0.",
        lambda m, x, y: suppressed(m, np.floor(degrees(x, y) % 180 / 45).astype(int)),
    ),
    Mistake(
        "rounded down",
        "Round the angle to the nearest of the four lines: 40 degrees is nearer to 45 than to 0.",
        lambda m, x, y: suppressed(m, np.trunc(degrees(x, y) / 45).astype(int)),
    ),
    Mistake(
        "rounded components",
        "x and y were divided by the length and rounded: that draws the line at 30 degrees, not at 22.5.",
        lambda m, x, y: suppressed(m, octants(*(np.round(part / np.where(m, m, 1)) for part in (x, y)))),
    ),
    Mistake(
        "signs of x and y",
        "Only the signs of x and y were used: a gradient of (24, 7) is nearer to 0 degrees than to 45.",
        lambda m, x, y: suppressed(m, octants(np.sign(x), np.sign(y))),
    ),
    Mistake("signs", _SIGNS, lambda m, x, y: unlisted(m, x, y, degrees(x, y) < 0, kept=False)),
    Mistake("signs", _SIGNS, lambda m, x, y: unlisted(m, x, y, degrees(x, y) < 0, kept=True)),
    Mistake("signs", _SIGNS, lambda m, x, y: unlisted(m, x, y, degrees(x, y) < -22.5, kept=False)),
    Mistake("signs", _SIGNS, lambda m, x, y: unlisted(m, x, y, degrees(x, y) < -22.5, kept=True)),
    Mistake("signs", _SIGNS, lambda m, x, y: unlisted(m, x, y, degrees(x, y) > 0, kept=False)),
    Mistake("signs", _SIGNS, lambda m, x, y: unlisted(m, x, y, degrees(x, y) > 0, kept=True)),
    Mistake("signs", _SIGNS, lambda m, x, y: suppressed(m, np.where(degrees(x, y) < -22.5, 0, lines(x, y)))),
    Mistake("signs", _SIGNS, lambda m, x, y: suppressed(m, lines(x, abs(y)))),
    Mistake("signs", _SIGNS, lambda m, x, y: suppressed(m, lines(abs(x), y))),
    Mistake("signs", _SIGNS, lambda m, x, y: suppressed(m, lines(abs(x), abs(y)))),
)


def _inside_only(mistake: Mistake) -> Mistake:
    # One thing at a time: once this is mended, the border is named.
    return Mistake(mistake.name, mistake.says, lambda m, x, y: without_border(mistake.model(m, x, y)))


WRONG_NEIGHBOURS = (*_EVERYWHERE, *map(_inside_only, _EVERYWHERE))
