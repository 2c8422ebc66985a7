"""Write average pooling of a picture (H, W) with windows that do not overlap (the stride is the window's
size). Rows and columns that fill no window are left out.
"""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor
from torch.nn.functional import adaptive_avg_pool2d, avg_pool2d, max_pool2d, pad

from cnnlab.exercises import Function, Mistake

SQUARE = [[2, 0.5, 1, 3, 1], [1, 4, 0, 1, 7], [5, 1, -2, -0.25, 6], [3, 0, -8, -3, 1], [9, 4, 1, 5, 2]]
WIDE = [[3, 1, 4, 1, 5, 9, 2], [6, 5, 3, 5, 8, 9, 7], [9, 3, 2, 3, 8, 4, 6], [2, 6, 4, 3, 3, 8, 3]]


def windows(image: Tensor, k: int) -> Tensor:
    """Return the windows side by side: row and column of the window, then row and column in it."""
    return image.unfold(0, k, k).unfold(1, k, k)


def by_loops(image: Tensor, k: int, last: int = 1) -> list[list[Tensor]]:
    """Return the mean of each window in turn: where `last` is 0, the ranges end too soon."""
    rows, columns = range(0, len(image) - k + last, k), range(0, len(image[0]) - k + last, k)
    return [[image[i : i + k, j : j + k].mean() for j in columns] for i in rows]


def by_reshape(image: Tensor, k: int) -> Tensor:
    """Return the means over axes that count the pixels in a window."""
    rows, columns = len(image) // k, len(image[0]) // k
    return image[: rows * k, : columns * k].reshape(rows, k, columns, k).mean((1, 3))


def following_pixels(image: Tensor, k: int) -> Tensor:
    """Return the means of pixels that follow each other in a row, and not of windows."""
    rows, columns = len(image) // k, len(image[0]) // k
    return image[: rows * k, : columns * k].reshape(rows, columns, k, k).mean((2, 3))


def height_for_width(image: Tensor, k: int) -> Tensor:
    """Return as many columns as rows."""
    result = torch.zeros(len(image) // k, len(image) // k)
    for i, j in np.ndindex(*result.shape):
        result[i, j] = image[i * k : i * k + k, j * k : j * k + k].mean()
    return result


EXERCISE = Function(
    cases=[
        {"image": [[1, 3, 2, 0], [4, 2, 1, 6]], "kernel_size": 2},
        {"image": [[1, -5, 2], [0, 3, -9], [4, 4, 1], [7, 2, 6]], "kernel_size": 1},
        {"image": SQUARE, "kernel_size": 2},
        {"image": WIDE, "kernel_size": 3},
        {"image": [[100, 200, -300], [400, 500, 600], [700, -800, 0]], "kernel_size": 3},
        {"image": [[-1, -2], [-3, -6], [-4, -4], [-8, -1], [-9, -2]], "kernel_size": 2},
        {"image": [[5]], "kernel_size": 1},
    ],
    right=[by_loops, by_reshape, lambda image, k: windows(image, k).mean((2, 3))],
    mistakes=[
        Mistake(
            "sum",
            "The pixels of each window are added up: divide by their number.",
            lambda image, k: windows(image, k).sum((2, 3)),
        ),
        Mistake(
            "divided by k",
            "Divided by kernel_size only: a window holds kernel_size * kernel_size pixels.",
            lambda image, k: windows(image, k).sum((2, 3)) / k,
        ),
        Mistake(
            "maximum",
            "This is max pooling: take the mean of each window.",
            lambda image, k: max_pool2d(image[None], k)[0],
        ),
        Mistake(
            "stride 1",
            "The windows overlap: each starts kernel_size pixels after the one before.",
            lambda image, k: avg_pool2d(image[None], k, stride=1)[0],
        ),
        Mistake(
            "stride 2",
            "The windows start two pixels apart: each starts kernel_size pixels after the one before.",
            lambda image, k: avg_pool2d(image[None], k, stride=2)[0],
        ),
        Mistake(
            "stretched",
            "The windows were stretched over the whole picture: leave out what fills no window.",
            lambda image, k: adaptive_avg_pool2d(image[None], (len(image) // k, image.shape[1] // k))[0],
        ),
        Mistake(
            "start left out",
            "The first rows or columns are left out: the last ones are what fills no window.",
            lambda image, k: by_reshape(image[len(image) % k :, image.shape[1] % k :], k),
        ),
        Mistake(
            "parts of windows",
            "What is left over at the edge makes no window: drop it, there are H // kernel_size rows.",
            lambda image, k: avg_pool2d(image[None], k, ceil_mode=True)[0],
        ),
        Mistake(
            "filled up",
            "What is left over at the edge was filled up with zeros: drop it.",
            lambda image, k: by_reshape(pad(image, (0, -image.shape[1] % k, 0, -len(image) % k)), k),
        ),
        Mistake(
            "subsampled",
            "Only the first pixel of each window counts: take the mean of all.",
            lambda image, k: windows(image, k)[:, :, 0, 0],
        ),
        Mistake(
            "rows only",
            "Only the pixels of one row were averaged: a window has kernel_size rows.",
            lambda image, k: windows(image, k)[:, :, 0].mean(-1),
        ),
        Mistake(
            "columns only",
            "Only the pixels of one column were averaged: a window has kernel_size columns.",
            lambda image, k: windows(image, k)[:, :, :, 0].mean(-1),
        ),
        Mistake(
            "median",
            "This is the median: take the mean.",
            lambda image, k: np.median(windows(image, k), axis=(2, 3)),
        ),
        Mistake(
            "overwritten",
            "Only the last pixel of each window is kept: add with +=.",
            lambda image, k: windows(image, k)[:, :, -1, -1] / k**2,
        ),
        Mistake(
            "whole numbers",
            "The fractions were cut off: use / and not //, and no result made of integers.",
            lambda image, k: windows(image, k).sum((2, 3)) // k**2,
            lambda image, k: windows(image, k).mean((2, 3)).int(),
        ),
        Mistake(
            "following pixels",
            "These are means of pixels that follow each other in a row: reshape to (rows, k, columns, k).",
            following_pixels,
        ),
        Mistake(
            "last windows missing",
            "Windows at the end are missing: the last row that one may start in is H - kernel_size.",
            lambda image, k: by_loops(image, k, last=0),
        ),
        Mistake(
            "height for width",
            "There are as many columns as rows here: the picture is image.shape[1] pixels wide.",
            height_for_width,
        ),
        Mistake(
            "global",
            "This is the mean of the whole picture: give one for each window.",
            lambda image, k: image.mean(),
        ),
        Mistake(
            "two dimensions",
            "PyTorch pools (C, H, W): give it image[None] and take the channel off its result, with [0].",
            *(avg_pool2d, lambda image, k: torch.nn.AvgPool2d(k)(image)),
            raises=["Dimension out of range", "3D or 4D"],
        ),
        Mistake(
            "rest at the edge",
            "A shape or an index does not fit: drop the rows and columns that fill no window.",
            lambda image, k: image.reshape(len(image) // k, k, -1, k).mean((1, 3)),
            raises=["is invalid for input of size", "cannot reshape", "IndexError"],
        ),
    ],
)
