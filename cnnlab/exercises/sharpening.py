"""The warm-up of notebook 03: a sharpening kernel derived from what it does."""

from __future__ import annotations

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from cnnlab.exercises.answers import sharpening as answers
from cnnlab.exercises.exercise import Exercise, Mistake

_PIXEL = np.array([[0.0, 0, 0], [0, 1, 0], [0, 0, 0]])
_ONES = np.ones((3, 3))
_MEAN = _ONES / 9
_SHARPEN = 2 * _PIXEL - _MEAN
_CROSS = np.array([[0.0, 1, 0], [1, 1, 1], [0, 1, 0]])


def _is_3_by_3(kernel: np.ndarray) -> bool:
    """Return whether this is a 3 x 3 kernel, by itself or in the shape of a layer's weight."""
    return kernel.ndim >= 2 and kernel.shape[-2:] == (3, 3) and kernel.size == 9


def _filtered(kernel: np.ndarray, image: np.ndarray) -> np.ndarray:
    """Return the picture filtered wherever the kernel is inside, NaN if the kernel is not 3 x 3."""
    windows = sliding_window_view(image, (3, 3))
    if not _is_3_by_3(kernel):
        return np.full(windows.shape[:2], np.nan)
    return np.asarray(np.sum(windows * kernel.reshape(3, 3), axis=(2, 3)))


_NINTHS = "The mean is the sum of nine pixels divided by 9: each of them counts 1 / 9."
_LECTURE = "This kernel looks only at the pixels beside, not at the corners: the mean takes all nine."

SHARPEN = Exercise(
    name="filters.sharpen",
    prompt="Give the 3 x 3 kernel of picture + (picture - mean), the mean being that of the 3 x 3 pixels.",
    asks="value",
    cases=(
        {"image": [[9, 9, 9, 18, 18], [9, 9, 9, 18, 18], [9, 9, 9, 18, 18]]},
        {"image": [[1, 0, 4, 2, 7], [3, 9, 0, 1, 2], [0, 5, 6, 8, 1], [7, 2, 1, 0, 4], [2, 8, 3, 6, 0]]},
    ),
    effect=_filtered,
    reference=lambda: _SHARPEN,
    # Three places pass, as in 1.889; two do not, as flat areas would grow brighter by 1 %.
    tolerance=1e-3,
    mistakes=(
        Mistake(
            "not 3 x 3",
            "Give three rows of three numbers.",
            lambda: [-1 / 9, 17 / 9, -1 / 9],
            lambda kernel: not _is_3_by_3(kernel),
        ),
        Mistake(
            "picture forgotten",
            "This is picture - mean: the picture that it is added to is missing.",
            lambda: _PIXEL - _MEAN,
        ),
        Mistake(
            "picture forgotten",
            "This finds edges: the mean is not divided by 9, and the picture to be sharpened is missing.",
            lambda: 9 * _PIXEL - _ONES,
        ),
        Mistake("mean added", "The mean was added: subtract it.", lambda: 2 * _PIXEL + _MEAN),
        Mistake("mean added", "The mean was added: subtract it.", lambda: _PIXEL + _MEAN),
        Mistake(
            "difference turned",
            "This is mean - picture: turn it round, and add it to the picture.",
            lambda: _MEAN - _PIXEL,
        ),
        Mistake(
            "mean",
            "This is the mean itself: picture - mean is to be added to the picture, not subtracted.",
            lambda: _MEAN,
        ),
        Mistake("not divided", _NINTHS, lambda: 2 * _PIXEL - _ONES),
        Mistake("not divided", _NINTHS, lambda: _PIXEL - _ONES),
        Mistake("not divided", "This is 9 times the kernel: divide it by 9.", lambda: 9 * _SHARPEN),
        Mistake("not divided", _NINTHS, lambda: 10 * _PIXEL - _ONES),
        Mistake(
            "divided by 3", "The mean is that of nine pixels, not three.", lambda: 2 * _PIXEL - _ONES / 3
        ),
        Mistake(
            "all divided",
            "Only the mean is divided by 9: the picture counts in full.",
            lambda: (2 * _PIXEL - _ONES) / 9,
        ),
        Mistake(
            "eight neighbours",
            "The pixel itself belongs to its 3 x 3 pixels: the mean is that of nine, not of eight.",
            lambda: 2 * _PIXEL - (_ONES - _PIXEL) / 8,
        ),
        Mistake(
            "pixel not in the mean",
            "The pixel itself is one of the nine in the mean: something is taken off its weight too.",
            lambda: _SHARPEN + _PIXEL / 9,
        ),
        Mistake(
            "pixel counted once",
            "The picture stands there twice, before and inside the bracket.",
            lambda: _SHARPEN - _PIXEL * 8 / 9,
        ),
        Mistake(
            "twice as strong",
            "The difference was added twice: once is enough.",
            lambda: 3 * _PIXEL - 2 * _MEAN,
        ),
        Mistake(
            "half as strong",
            "Only half of the difference was added: all of it is to be.",
            lambda: 1.5 * _PIXEL - _MEAN / 2,
        ),
        Mistake("lecture's kernel", _LECTURE, lambda: _PIXEL - (3 * _CROSS - 15 * _PIXEL) / 9),
        Mistake("lecture's kernel", _LECTURE, lambda: 6 * _PIXEL - _CROSS),
        Mistake("lecture's kernel", _LECTURE, lambda: 2 * _PIXEL - _CROSS / 5),
        Mistake("nothing", "This kernel leaves every picture as it is.", lambda: _PIXEL),
        Mistake("upside down", "All signs are turned round: this is the kernel times -1.", lambda: -_SHARPEN),
        Mistake(
            "rounded",
            "This is rounded too much, so flat areas change their brightness: write fractions, as in 1 / 9.",
            lambda: np.round(_SHARPEN, 2),
            lambda kernel: bool(np.max(np.abs(kernel - _SHARPEN)) < 0.012),
        ),
        Mistake(
            "sum",
            "The nine weights must add up to 1, or flat areas change their brightness: these do not.",
            lambda: 3 * _PIXEL - _MEAN,
            lambda kernel: abs(kernel.sum() - 1) > 1e-3,
        ),
        Mistake(
            "other weights",
            "The sum is right, the weights are not: write picture and mean as kernels, then combine them.",
            lambda: [[-0.1, -0.1, -0.1], [-0.1, 1.8, -0.1], [-0.1, -0.1, -0.1]],
            lambda kernel: abs(kernel.sum() - 1) <= 1e-3,
        ),
    ),
    right=answers.SHARPEN_RIGHT,
    wrong=answers.SHARPEN_WRONG,
)
