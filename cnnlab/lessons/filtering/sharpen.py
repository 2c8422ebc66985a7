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
    """Return the picture filtered wherever the kernel is inside.

    A layer's weight, of shape (1, 1, 3, 3), is a 3 x 3 kernel too.
    """
    if kernel.size != 9 or kernel.shape[-2:] != (3, 3):
        raise ValueError(f"kernel must be 3 x 3, got shape {kernel.shape}")
    return np.asarray((sliding_window_view(image, (3, 3)) * kernel.reshape(3, 3)).sum((2, 3)))


def kernel(centre: float, beside: float, corner: float | None = None) -> list[list[float]]:
    """Return a kernel of three different weights, or of two."""
    corner = beside if corner is None else corner
    return [[corner, beside, corner], [beside, centre, beside], [corner, beside, corner]]


PIXEL, MEAN = torch.tensor(kernel(1.0, 0.0)), torch.ones(3, 3) / 9

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
    ],
    mistakes=[
        Mistake("picture forgotten", "This is picture - mean: add it to the picture.", PIXEL - MEAN),
        Mistake("mean added", "The mean was added: subtract it.", 2 * PIXEL + MEAN, PIXEL + MEAN),
        Mistake(
            "not divided",
            "The mean is the sum of nine pixels divided by 9: each of them counts 1 / 9.",
            *(kernel(9, -1), kernel(17, -1)),
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
            "lecture's kernel",
            "This kernel looks only at the pixels beside, not at the corners: the mean takes all nine.",
            *(kernel(5, -1, 0), kernel(1.8, -0.2, 0)),
        ),
        Mistake(
            "rounded",
            "This is close, but rounded too much: write fractions, as in 1 / 9, or three decimal places.",
            kernel(1.89, -0.11),
            fits=lambda weights: bool(np.abs(weights - np.ravel(kernel(17 / 9, -1 / 9))).max() < 0.012),
        ),
        Mistake(
            "sum",
            "The nine weights must add up to 1, or flat areas change their brightness: these do not.",
            torch.ones(3, 3),
            fits=lambda weights: abs(weights.sum() - 1) > 1e-3,
        ),
        Mistake(
            "other weights",
            "The sum is right, the weights are not: write picture and mean as kernels, then combine them.",
            kernel(1.5, -1 / 16),
            fits=lambda weights: abs(weights.sum() - 1) <= 1e-3,
        ),
    ],
)
