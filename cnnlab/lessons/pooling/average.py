"""Write average pooling of a picture (H, W) with windows that do not overlap (the stride is the window's
size). Rows and columns that fill no window are left out.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from torch import Tensor
from torch.nn.functional import adaptive_avg_pool2d, avg_pool2d, max_pool2d, pad

from cnnlab.exercises import Function, Mistake


def drawn(seed: int) -> dict[str, Any]:
    """Return a picture that may be higher or wider than a whole number of windows."""
    rng = np.random.default_rng(seed)
    k = seed % 4 + 1
    return {"image": rng.integers(-18, 19, rng.integers(k, 9, 2)) / 2, "kernel_size": k}


def cropped(image: Tensor, k: int) -> Tensor:
    """Return the picture without the rows and columns that fill no window."""
    return image[: len(image) // k * k, : image.shape[1] // k * k]


def by_reshape(image: Tensor, k: int) -> Tensor:
    """Return the means over axes that count the pixels in a window."""
    return cropped(image, k).reshape(len(image) // k, k, image.shape[1] // k, k).mean((1, 3))


EXERCISE = Function(
    cases=[
        {"image": [[1, 3, 2, 0], [4, 2, 1, 6]], "kernel_size": 2},
        {"image": [[2, 0.5, 1, 3, 1], [1, 4, 0, 1, 7], [5, 1, -2, -0.25, 6]], "kernel_size": 2},
        {"image": [[1, 2, 3], [4, 5, 6], [7, 8, 0]], "kernel_size": 3},
        *map(drawn, range(8)),
    ],
    right=[
        lambda image, k: avg_pool2d(image[None], k)[0],
        lambda image, k: image.unfold(0, k, k).unfold(1, k, k).mean((2, 3)),
        by_reshape,
    ],
    mistakes=[
        Mistake(
            "sum",
            "The pixels of each window are added up: divide by their number.",
            lambda image, k: by_reshape(image, k) * k**2,
        ),
        Mistake(
            "divided by k",
            "Divided by kernel_size only: a window holds kernel_size * kernel_size pixels.",
            lambda image, k: by_reshape(image, k) * k,
        ),
        Mistake(
            "maximum",
            "This is max pooling: take the mean of each window.",
            lambda image, k: max_pool2d(image[None], k)[0],
        ),
        Mistake(
            "other stride",
            "The windows start one or two pixels apart: each starts kernel_size pixels after the one before.",
            lambda image, k: avg_pool2d(image[None], k, stride=1)[0],
            lambda image, k: avg_pool2d(image[None], k, stride=2)[0],
            lambda image, k: avg_pool2d(image[None], 2)[0],
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
            lambda image, k: by_reshape(pad(image, (0, -image.shape[1] % k, 0, -len(image) % k)), k),
        ),
        Mistake(
            "following pixels",
            "These are means of pixels that follow each other in a row: reshape to (rows, k, columns, k).",
            lambda image, k: cropped(image, k).reshape(len(image) // k, -1, k * k).mean(2),
        ),
        Mistake(
            "height for width",
            "There are as many columns as rows here: the picture is image.shape[1] pixels wide.",
            lambda image, k: (
                by_reshape(image, k)[:, : len(image) // k] if image.shape[1] >= len(image) else None
            ),
        ),
        Mistake(
            "two dimensions",
            "PyTorch pools (C, H, W): give it image[None] and take the channel off its result, with [0].",
            avg_pool2d,
            raises=["Dimension out of range", "3D or 4D"],
        ),
        Mistake(
            "rest at the edge",
            "A shape or an index does not fit: drop the rows and columns that fill no window.",
            lambda image, k: image.reshape(len(image) // k, k, -1, k).mean((1, 3)),
            raises=["is invalid for input of size", "cannot reshape", "IndexError"],
        ),
        Mistake(
            "stretched",
            "The windows were stretched over the whole picture: leave out what fills no window.",
            lambda image, k: adaptive_avg_pool2d(image[None], (len(image) // k, image.shape[1] // k))[0],
        ),
    ],
)
