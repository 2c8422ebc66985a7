r"""A single white or black pixel (salt and pepper) spoils every mean that it enters. A *median* throws it
away: replace each pixel of a picture (H, W) by the fifth, in order of size, of the nine pixels of the
$3\times 3$ square around it. Beyond the border the pixels of the border are repeated. No kernel can do this:
it is not a convolution.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable
from typing import Any

import numpy as np
import scipy.ndimage
import torch
from torch import Tensor
from torch.nn.functional import avg_pool2d, pad

from cnnlab.exercises import Function, Mistake

FIRST = [[5, 5, 5, 5], [5, 99, 5, 6], [5, 5, 0, 6], [5, 5, 6, 6]]
NEIGHBOURS, CROSS = [0, 1, 2, 3, 5, 6, 7, 8], [1, 3, 4, 5, 7]


def squares(image: Tensor, size: int = 3) -> Tensor:
    """Return the squares that fit into a picture, the pixels of each in one row."""
    return image.unfold(0, size, 1).unfold(1, size, 1).flatten(2)


def wide(image: Tensor, mode: str = "replicate", border: int = 1) -> Tensor:
    """Return the picture with a border around."""
    return pad(image[None, None], (border, border, border, border), mode=mode)[0, 0]


def nine(image: Tensor, mode: str = "replicate") -> Tensor:
    """Return the nine pixels around each, row by row, shape (H, W, 9)."""
    return squares(wide(image, mode))


def median(pixels: Tensor) -> Tensor:
    """Return the median along the last axis, of an even number the lower of the two in the middle."""
    return pixels.median(-1).values


def mean_of_two(pixels: Tensor) -> Tensor:
    """Return the median along the last axis, of an even number the mean of the two in the middle."""
    return pixels.quantile(0.5, -1)


def in_order(image: Tensor, place: int) -> Tensor:
    """Return the pixel at this place, counted from 0, of the nine in order of size."""
    return nine(image).sort(2).values[..., place]


def by_lists(image: Tensor) -> list[list[float]]:
    """Return what is asked for, a pixel at a time."""
    x, last_row, last_column = image.tolist(), len(image) - 1, image.shape[1] - 1

    def pixel(i: int, j: int) -> float:
        return x[min(max(i, 0), last_row)][min(max(j, 0), last_column)]

    near = [(a, b) for a in (-1, 0, 1) for b in (-1, 0, 1)]
    return [
        [statistics.median(pixel(i + a, j + b) for a, b in near) for j in range(len(x[0]))]
        for i in range(len(x))
    ]


def of_those_inside(image: Tensor, middle: Callable[[Tensor], Tensor]) -> Any:
    """Make the window smaller at the border."""
    return [
        [middle(image[max(i - 1, 0) : i + 2, max(j - 1, 0) : j + 2].flatten()) for j in range(image.shape[1])]
        for i in range(image.shape[0])
    ]


def inside_only(image: Tensor, result: Tensor) -> Tensor:
    """Return the result with the medians in it, except at the border."""
    result[1:-1, 1:-1] = median(nine(image))[1:-1, 1:-1]
    return result


def changed_while_read(image: Tensor, border: bool) -> Tensor:
    """Write into the picture that is read, with or without the border beyond."""
    padded = wide(image)
    for i in range(image.shape[0]):
        for j in range(image.shape[1]):
            padded[i + 1, j + 1] = padded[i : i + 3, j : j + 3].median()
            padded = wide(padded[1:-1, 1:-1]) if border else padded
    return padded[1:-1, 1:-1]


def only_extremes(image: Tensor) -> Tensor:
    """Replace a pixel only if none around it is smaller, or none is larger."""
    extreme = (image == in_order(image, 0)) | (image == in_order(image, 8))
    return torch.where(extreme, median(nine(image)), image)


def in_the_middle(pixels: set[float]) -> float:
    """Return the middle one in order of size."""
    return sorted(pixels)[len(pixels) // 2]


def twice_as_many(numbers: np.ndarray) -> bool:
    """Return whether the medians of the first picture came back, and as many numbers after them."""
    medians = median(nine(torch.tensor(FIRST, dtype=torch.float64))).numpy().ravel()
    return len(numbers) == 2 * len(medians) and np.array_equal(numbers[: len(medians)], medians)


EXERCISE = Function(
    cases=[
        {"image": FIRST},
        {"image": [[9, 4.5, 1, 7, 8], [2, 10, 6, 12, 5], [1.25, 7, 3, 8, 2], [6, 0, 9, 4, 7]]},
        {"image": [[0.5, 3, 2], [9, 4, 8], [1, 7, 6], [5, 0, 2.5], [8, 3, 9], [4, 6, 1]]},
        {"image": [[-30, -9, -100], [-4, -7, -2000], [-1, -6, -8]]},
        {"image": [[3, 9, 1, 4, 7]]},
        {"image": [[8]]},
    ],
    right=[
        lambda x: median(nine(x)),
        lambda x: in_order(x, 4),
        by_lists,
        lambda x: scipy.ndimage.median_filter(x.numpy(), 3, mode="nearest"),
    ],
    mistakes=[
        Mistake(
            "mean",
            "This is the mean: one white pixel shifts it, but not the median, the fifth of nine in order.",
            lambda x: nine(x).mean(2),
            lambda x: nine(x, "constant").mean(2),
            lambda x: avg_pool2d(x[None], 3, 1, 1, count_include_pad=False)[0],
        ),
        Mistake(
            "smallest", "This is the smallest of the nine: take the middle one.", lambda x: in_order(x, 0)
        ),
        Mistake("largest", "This is the largest of the nine: take the middle one.", lambda x: in_order(x, 8)),
        Mistake(
            "one place off",
            "Of nine values in order the middle one is the fifth, at index 4.",
            *(lambda x: in_order(x, 3), lambda x: in_order(x, 5)),
        ),
        Mistake(
            "middle of the range",
            "This is the mean of smallest and largest: one white pixel moves it. Take the fifth of nine.",
            lambda x: (in_order(x, 0) + in_order(x, 8)) / 2,
        ),
        Mistake(
            "not sorted",
            "The picture came back as it was: sort the nine pixels before you take the one in the middle.",
            lambda x: nine(x)[..., 4],
        ),
        Mistake(
            "zeros at the edge",
            "Zeros were put around the picture: repeat the edge pixels.",
            lambda x: median(nine(x, "constant")),
        ),
        Mistake(
            "mirrored",
            "The picture was mirrored at its edge: repeat the edge pixels themselves.",
            lambda x: scipy.ndimage.median_filter(x.numpy(), 3, mode="mirror"),
        ),
        Mistake(
            "wrapped round",
            "The opposite edge was taken for the pixels beyond: repeat the edge.",
            lambda x: median(nine(x, "circular")),
        ),
        Mistake(
            "border lost", "The border is lost: put edge pixels around before.", lambda x: median(squares(x))
        ),
        Mistake(
            "border unfiltered",
            "The border is as it was: repeat the edge pixels beyond it, and filter it too.",
            lambda x: inside_only(x, x.clone()),
        ),
        Mistake(
            "border zero",
            "The border is zero: repeat the edge pixels beyond it, and filter it too.",
            lambda x: inside_only(x, torch.zeros_like(x)),
        ),
        Mistake(
            "smaller window",
            "The window was made smaller at the border: repeat the edge pixels, so it always holds nine.",
            lambda x: of_those_inside(x, median),
            lambda x: of_those_inside(x, mean_of_two),
        ),
        Mistake(
            "one line",
            "These are the medians of three pixels in a line: take all nine of the window.",
            *(lambda x: median(nine(x)[..., 3:6]), lambda x: median(nine(x)[..., 1::3])),
        ),
        Mistake(
            "median of medians",
            "A median of medians is not the median: put all nine pixels into one list.",
            lambda x: median(median(nine(x).unflatten(2, (3, 3)))),
            lambda x: median(median(nine(x).unflatten(2, (3, 3)).mT)),
        ),
        Mistake(
            "cross",
            "Only the five pixels of a cross were taken: all nine count.",
            lambda x: median(nine(x)[..., CROSS]),
        ),
        Mistake(
            "slice too short",
            "This window holds 2 x 2 pixels: a slice ends before its second number, so take i - 1 : i + 2.",
            lambda x: median(nine(x)[..., [0, 1, 3, 4]]),
            lambda x: mean_of_two(nine(x)[..., [0, 1, 3, 4]]),
        ),
        Mistake(
            "not centred",
            "This window starts at the pixel: it must reach one pixel to each side of it.",
            lambda x: median(squares(wide(x, border=2)[2:, 2:])),
        ),
        Mistake(
            "eight neighbours",
            "The pixel itself belongs to the window: take the median of nine, not of eight.",
            lambda x: median(nine(x)[..., NEIGHBOURS]),
            lambda x: mean_of_two(nine(x)[..., NEIGHBOURS]),
        ),
        Mistake(
            "larger window",
            "This window holds 5 x 5 pixels: take one pixel on each side, 3 x 3 in all.",
            lambda x: median(squares(wide(x, border=2), 5)),
        ),
        Mistake(
            "changed while read",
            "The filter read pixels that it had changed before: write into a new picture.",
            lambda x: changed_while_read(x, border=False),
            lambda x: changed_while_read(x, border=True),
        ),
        Mistake(
            "equal pixels once",
            "Equal pixels counted once, as in a set: each of the nine counts.",
            lambda x: [[in_the_middle(set(pixels)) for pixels in row] for row in nine(x).tolist()],
        ),
        Mistake(
            "filtered twice",
            "These are medians of medians: filter the picture once.",
            lambda x: median(nine(median(nine(x)))),
        ),
        Mistake(
            "only extremes",
            "Only the smallest or largest pixels, around or of all, were replaced: replace every one.",
            only_extremes,
            lambda x: torch.where((x == x.min()) | (x == x.max()), median(nine(x)), x),
        ),
        Mistake(
            "global",
            "This is the median of the whole picture: take one for each pixel, of those around it.",
            lambda x: mean_of_two(x.flatten()),
            lambda x: median(x.flatten()),
            lambda x: torch.full_like(x, float(mean_of_two(x.flatten()))),
            lambda x: torch.full_like(x, float(median(x.flatten()))),
        ),
        Mistake(
            "whole numbers",
            "The fractions were cut off: is the result made of integers?",
            lambda x: in_order(x, 4).int(),
        ),
        Mistake(
            "values and indices",
            "Values and indices came back: torch's median along an axis hands back both, take .values.",
            lambda x: nine(x).median(2),
            fits=twice_as_many,
        ),
        Mistake(
            "index outside",
            "An index left the picture: beyond its edge the pixel of the edge counts again.",
            lambda x: [[x[i + 1, j + 1] for j in range(x.shape[1])] for i in range(len(x))],
            raises=["IndexError"],
        ),
    ],
    unnamed={
        "wrong shape": [nine],
        "transposed": [lambda x: median(nine(x)).T],
        "extra brackets": [lambda x: median(nine(x))[None]],
        "exception": [lambda x: pad(x, (1, 1, 1, 1), mode="replicate")],
        "changed its input": [lambda x: in_order(x.mul_(2), 4) / 2],
    },
)
