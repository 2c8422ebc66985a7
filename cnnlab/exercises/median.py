"""The exercise of notebook 03 on the median filter, which no kernel can do."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from cnnlab.exercises.answers import median as answers
from cnnlab.exercises.exercise import Exercise, Hint, Mistake

_CROSS = [1, 3, 4, 5, 7]
_NEIGHBOURS = [0, 1, 2, 3, 5, 6, 7, 8]


def _nine(image: np.ndarray, pad: Any = "edge") -> np.ndarray:
    """Return the 3 x 3 pixels around each, row by row, shape (H, W, 9)."""
    return sliding_window_view(np.pad(image, 1, mode=pad), (3, 3)).reshape(*image.shape, 9)


def _median(image: np.ndarray, pad: Any = "edge") -> np.ndarray:
    return np.asarray(np.median(_nine(image, pad), axis=2))


def _sorted(image: np.ndarray, place: int) -> np.ndarray:
    return np.sort(_nine(image), axis=2)[..., place]


def _some(image: np.ndarray, places: list[int]) -> np.ndarray:
    return np.asarray(np.median(_nine(image)[..., places], axis=2))


def _of_twenty_five(image: np.ndarray) -> np.ndarray:
    return np.asarray(np.median(sliding_window_view(np.pad(image, 2, mode="edge"), (5, 5)), axis=(2, 3)))


def _by_axes(image: np.ndarray, first: int) -> np.ndarray:
    return np.median(np.median(_nine(image).reshape(*image.shape, 3, 3), axis=first), axis=2)


def _inside(image: np.ndarray) -> np.ndarray | None:
    return _median(image)[1:-1, 1:-1] if min(image.shape) > 2 else None


def _border(image: np.ndarray, kept: bool) -> np.ndarray:
    result = image.copy() if kept else np.zeros_like(image)
    result[1:-1, 1:-1] = _median(image)[1:-1, 1:-1]
    return result


def _mean_of_those_inside(image: np.ndarray) -> np.ndarray:
    return _nine(image, "constant").mean(2) / _nine(np.ones_like(image), "constant").mean(2)


def _cut(image: np.ndarray, lower: bool) -> np.ndarray:
    """Return the medians of those of the nine that are inside: of an even number, the lower or the mean."""
    nine = np.sort(_nine(np.pad(image, 1, constant_values=np.nan))[1:-1, 1:-1], axis=2)
    count = np.sum(np.isfinite(nine), axis=2)[..., None]
    low, high = (np.take_along_axis(nine, place, 2)[..., 0] for place in ((count - 1) // 2, count // 2))
    return low if lower else (low + high) / 2


def _changed_while_read(image: np.ndarray, border: bool) -> np.ndarray:
    """Return what comes of writing into the picture that is read, with or without the border beyond."""
    padded = np.pad(image, 1, mode="edge")
    for row, column in np.ndindex(*image.shape):
        padded[row + 1, column + 1] = np.median(padded[row : row + 3, column : column + 3])
        if border:
            padded = np.pad(padded[1:-1, 1:-1], 1, mode="edge")
    return padded[1:-1, 1:-1]


def _extremes_only(image: np.ndarray) -> np.ndarray:
    extreme = (image == _sorted(image, 0)) | (image == _sorted(image, 8))
    return np.where(extreme, _median(image), image)


_MEAN = "This is the mean: a single white pixel shifts it, but not the median, the fifth of nine in order."
_ORDER = "Of nine values in order the middle one is the fifth, at index 4."
_LINE = "These are the medians of three pixels in a line: take all nine of the window."
_LINES = "A median of medians is not the median: put all nine pixels into one list."
_SMALLER = "At the border the window was made smaller: repeat the edge pixels, so that it always holds nine."
_EIGHT = "The pixel itself belongs to the window: take the median of nine, not of eight."
_SLICE = "This window holds 2 x 2 pixels: a slice ends before its second number, so take i - 1 : i + 2."
_READ_BACK = "The filter read pixels that it had changed before: write into a new picture."

MEDIAN = Exercise(
    name="filters.median",
    prompt="Write a function of image (H, W): the median of the 3 x 3 pixels around each, edge repeated.",
    cases=(
        {"image": [[5, 5, 5, 5], [5, 99, 5, 6], [5, 5, 0, 6], [5, 5, 6, 6]]},
        {"image": [[9, 4.5, 1, 7, 8], [2, 10, 6, 12, 5], [1.25, 7, 3, 8, 2], [6, 0, 9, 4, 7]]},
        {"image": [[0.5, 3, 2], [9, 4, 8], [1, 7, 6], [5, 0, 2.5], [8, 3, 9], [4, 6, 1]]},
        {"image": [[3, 9, 1, 4, 7]]},
        {"image": [[8]]},
    ),
    reference=_median,
    mistakes=(
        Mistake("mean", _MEAN, lambda image: _nine(image).mean(2)),
        Mistake("mean", _MEAN, lambda image: _nine(image, "constant").mean(2)),
        Mistake("mean", _MEAN, _mean_of_those_inside),
        Mistake(
            "smallest", "This is the smallest of the nine: take the middle one.", lambda i: _sorted(i, 0)
        ),
        Mistake("largest", "This is the largest of the nine: take the middle one.", lambda i: _sorted(i, 8)),
        Mistake("one place off", _ORDER, lambda image: _sorted(image, 3)),
        Mistake("one place off", _ORDER, lambda image: _sorted(image, 5)),
        Mistake(
            "middle of the range",
            "This is the mean of smallest and largest: one white pixel moves it. Count to the fifth of nine.",
            lambda image: (_sorted(image, 0) + _sorted(image, 8)) / 2,
        ),
        Mistake(
            "not sorted",
            "The picture came back as it was: sort the nine pixels before you take the one in the middle.",
            lambda image: image,
        ),
        Mistake(
            "zeros at the edge",
            "Zeros were put around the picture: repeat the edge pixels.",
            lambda image: _median(image, "constant"),
        ),
        Mistake(
            "mirrored",
            "The picture was mirrored at its edge: repeat the edge pixels themselves.",
            lambda image: _median(image, "reflect"),
        ),
        Mistake(
            "wrapped round",
            "The opposite edge was taken for the pixels beyond: repeat the edge.",
            lambda image: _median(image, "wrap"),
        ),
        Mistake("border lost", "The border is lost: put edge pixels around before.", _inside),
        Mistake(
            "border unfiltered",
            "The border is as it was: repeat the edge pixels beyond it, and filter it too.",
            lambda image: _border(image, kept=True),
        ),
        Mistake(
            "border zero",
            "The border is zero: repeat the edge pixels beyond it, and filter it too.",
            lambda image: _border(image, kept=False),
        ),
        Mistake("smaller window", _SMALLER, lambda image: _cut(image, lower=False)),
        Mistake("smaller window", _SMALLER, lambda image: _cut(image, lower=True)),
        Mistake("one line", _LINE, lambda image: np.median(_nine(image)[..., 3:6], axis=2)),
        Mistake("one line", _LINE, lambda image: np.median(_nine(image)[..., 1::3], axis=2)),
        Mistake("median of medians", _LINES, lambda image: _by_axes(image, 2)),
        Mistake("median of medians", _LINES, lambda image: _by_axes(image, 3)),
        Mistake(
            "cross", "Only the five pixels of a cross were taken: all nine count.", lambda i: _some(i, _CROSS)
        ),
        Mistake("slice too short", _SLICE, lambda image: _some(image, [0, 1, 3, 4])),
        Mistake("slice too short", _SLICE, lambda image: np.sort(_nine(image)[..., [0, 1, 3, 4]])[..., 1]),
        Mistake(
            "not centred",
            "This window starts at the pixel: it must reach one pixel to each side of it.",
            lambda image: _median(np.pad(image, [(0, 1), (0, 1)], mode="edge"))[1:, 1:],
        ),
        Mistake("eight neighbours", _EIGHT, lambda image: _some(image, _NEIGHBOURS)),
        Mistake("eight neighbours", _EIGHT, lambda image: np.sort(_nine(image)[..., _NEIGHBOURS])[..., 3]),
        Mistake(
            "larger window",
            "This window holds 5 x 5 pixels: take one pixel on each side, 3 x 3 in all.",
            _of_twenty_five,
        ),
        Mistake("changed while read", _READ_BACK, lambda image: _changed_while_read(image, border=False)),
        Mistake("changed while read", _READ_BACK, lambda image: _changed_while_read(image, border=True)),
        Mistake(
            "only extremes",
            "Only pixels that are the smallest or largest around were replaced: replace every one.",
            _extremes_only,
        ),
        Mistake(
            "global",
            "This is the median of the whole picture: take one for each pixel, of those around it.",
            lambda image: np.full_like(image, np.median(image)),
        ),
        Mistake(
            "global",
            "This is the median of the whole picture: take one for each pixel, of those around it.",
            lambda image: np.median(image),
        ),
        Mistake(
            "whole numbers",
            "The fractions were cut off: is the result made of integers?",
            lambda image: np.floor(_median(image)),
        ),
    ),
    hints=(
        Hint(
            "index outside",
            "An index left the picture: beyond its edge the pixel of the edge counts again.",
            ("IndexError",),
        ),
    ),
    right=answers.MEDIAN_RIGHT,
    wrong=answers.MEDIAN_WRONG,
)
