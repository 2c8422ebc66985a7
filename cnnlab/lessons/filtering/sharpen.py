r"""To sharpen a picture, add to it what a blur takes away: picture + (picture − mean), where the mean is that
of the $3\times 3$ pixels around each pixel, itself included. One kernel does all of this. Give its three
rows, as fractions or to three decimal places.
"""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import torch
from numpy.lib.stride_tricks import sliding_window_view

from cnnlab.exercises import Mistake, Value


def filtered(kernel: np.ndarray, image: np.ndarray) -> np.ndarray:
    """Return the picture filtered wherever the kernel is inside, nothing if the kernel is not 3 x 3.

    A layer's weight, of shape (1, 1, 3, 3), is a 3 x 3 kernel too.
    """
    if kernel.size != 9 or kernel.shape[-2:] != (3, 3):
        return np.zeros(0)
    return np.asarray((sliding_window_view(image, (3, 3)) * kernel.reshape(3, 3)).sum((2, 3)))


def kernel(centre: float, beside: float, corner: float | None = None) -> list[list[float]]:
    """Return a kernel of three different weights, or of two."""
    corner = beside if corner is None else corner
    return [[corner, beside, corner], [beside, centre, beside], [corner, beside, corner]]


def add_up_to_one(weights: np.ndarray) -> bool:
    """Return whether flat areas keep their brightness."""
    return abs(weights.sum() - 1) <= 1e-3


PIXEL, MEAN = torch.tensor(kernel(1.0, 0.0)), torch.ones(3, 3) / 9
NOT_3_BY_3 = "Give three rows of three numbers."

EXERCISE = Value(
    cases=[
        {"image": [[9, 9, 9, 18, 18], [9, 9, 9, 18, 18], [9, 9, 9, 18, 18]]},
        {"image": [[1, 0, 4, 2, 7], [3, 9, 0, 1, 2], [0, 5, 6, 8, 1], [7, 2, 1, 0, 4], [2, 8, 3, 6, 0]]},
    ],
    effect=filtered,
    # Three places pass, as in 1.889; two do not, as flat areas would grow brighter by 1 %.
    tolerance=1e-3,
    right=[
        kernel(17 / 9, -1 / 9),
        [[Fraction(-1, 9)] * 3, [Fraction(-1, 9), Fraction(17, 9), Fraction(-1, 9)], [Fraction(-1, 9)] * 3],
        PIXEL + (PIXEL - MEAN),
        np.array(kernel(1.889, -0.111), dtype=np.float32),
    ],
    mistakes=[
        Mistake("not 3 x 3", NOT_3_BY_3, 17 / 9, np.eye(5), fits=lambda weights: weights.size != 9),
        Mistake(
            "not 3 x 3",
            NOT_3_BY_3,
            *(np.reshape(kernel(17 / 9, -1 / 9), shape) for shape in (9, (1, 9), (9, 1))),
        ),
        Mistake(
            "picture forgotten",
            "This is picture - mean: the picture that it is added to is missing.",
            PIXEL - MEAN,
        ),
        Mistake(
            "picture forgotten",
            "This finds edges: the mean is not divided by 9, and the picture to be sharpened is missing.",
            kernel(8, -1),
        ),
        Mistake("mean added", "The mean was added: subtract it.", 2 * PIXEL + MEAN, PIXEL + MEAN),
        Mistake(
            "difference turned", "This is mean - picture: turn it, and add it to the picture.", MEAN - PIXEL
        ),
        Mistake(
            "mean",
            "This is the mean itself: picture - mean is to be added to the picture, not subtracted.",
            MEAN,
        ),
        Mistake(
            "not divided",
            "The mean is the sum of nine pixels divided by 9: each of them counts 1 / 9.",
            *(kernel(1, -1), kernel(0, -1), kernel(9, -1)),
        ),
        Mistake("not divided", "This is 9 times the kernel: divide it by 9.", kernel(17, -1)),
        Mistake("divided by 3", "The mean is that of nine pixels, not three.", kernel(5 / 3, -1 / 3)),
        Mistake(
            "all divided", "Only the mean is divided by 9: the picture counts in full.", kernel(1 / 9, -1 / 9)
        ),
        Mistake(
            "eight neighbours",
            "The pixel itself belongs to its 3 x 3 pixels: the mean is that of nine, not of eight.",
            kernel(2, -1 / 8),
        ),
        Mistake(
            "pixel not in the mean",
            "The pixel itself is one of the nine in the mean: something is taken off its weight too.",
            kernel(2, -1 / 9),
        ),
        Mistake(
            "pixel counted once",
            "The picture stands there twice, before and inside the bracket.",
            kernel(1, -1 / 9),
        ),
        Mistake("twice as strong", "The difference was added twice: once is enough.", 3 * PIXEL - 2 * MEAN),
        Mistake(
            "half as strong",
            "Only half of the difference was added: all of it is to be.",
            1.5 * PIXEL - MEAN / 2,
        ),
        Mistake(
            "lecture's kernel",
            "This kernel looks only at the pixels beside, not at the corners: the mean takes all nine.",
            *(kernel(21 / 9, -3 / 9, 0), kernel(21, -3, 0), kernel(5, -1, 0), kernel(1.8, -0.2, 0)),
        ),
        Mistake("nothing", "This kernel leaves every picture as it is.", PIXEL),
        Mistake("upside down", "All signs are turned round: this is the kernel times -1.", MEAN - 2 * PIXEL),
        Mistake(
            "rounded",
            "This is close, but rounded too much: write fractions, as in 1 / 9, or three decimal places.",
            *(kernel(1.89, -0.11), kernel(1.9, -0.1), kernel(1.88, -0.11)),
            fits=lambda weights: bool(np.abs(weights - np.ravel(kernel(17 / 9, -1 / 9))).max() < 0.012),
        ),
        Mistake(
            "sum",
            "The nine weights must add up to 1, or flat areas change their brightness: these do not.",
            *(kernel(2, -0.125, -0.1), torch.ones(3, 3), 3 * PIXEL - MEAN),
            fits=lambda weights: not add_up_to_one(weights),
        ),
        Mistake(
            "other weights",
            "The sum is right, the weights are not: write picture and mean as kernels, then combine them.",
            *(kernel(17 / 9, -2 / 9, 0), kernel(1.5, -1 / 16), kernel(1.8, -0.1)),
            fits=add_up_to_one,
        ),
    ],
    unnamed={
        "wrong type": ["17 / 9"],
        "ragged": [[[-1 / 9] * 3, [-1 / 9, 17 / 9], [-1 / 9] * 3]],
        "not finite": [kernel(float("nan"), -1 / 9)],
    },
)
