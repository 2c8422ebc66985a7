r"""A single white or black pixel (salt and pepper) spoils every mean that it enters. A *median* throws it
away: replace each pixel of a picture (H, W) by the fifth, in order of size, of the nine pixels of the
$3\times 3$ square around it. Beyond the border the pixels of the border are repeated. No kernel can do this:
it is not a convolution.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from scipy.ndimage import generic_filter, median_filter, uniform_filter
from torch import Tensor

from cnnlab.exercises import Function, Mistake


def drawn(seed: int) -> dict[str, Any]:
    """Return a picture of one to eight rows and columns: a single one, a square, a higher or wider one."""
    shape = seed + 1, (3 * seed + 4) % 8 + 1
    return {"image": np.random.default_rng(seed).integers(-12, 13, shape) / 2}


def nine(image: Tensor) -> np.ndarray:
    """Return the nine pixels around each, row by row, shape (H, W, 9)."""
    return sliding_window_view(np.pad(image, 1, "edge"), (3, 3)).reshape(*image.shape, 9)


def of_those_inside(image: Tensor, method: str) -> Any:
    """Make the window smaller at the border; of an even number the median is the lower or the mean."""
    quantile = {"extra_arguments": (0.5,), "extra_keywords": {"method": method}}
    return generic_filter(image, np.nanquantile, 3, mode="constant", cval=np.nan, **quantile)


def border_unfiltered(image: Tensor) -> np.ndarray:
    """Return the medians, but at the border the picture."""
    result = image.numpy().copy()
    result[1:-1, 1:-1] = median_filter(image, 3)[1:-1, 1:-1]
    return result


def changed_while_read(image: Tensor, again: bool) -> np.ndarray:
    """Write into the wide picture that is read; its border is that of the picture, or repeated again."""
    wide = np.pad(image, 1, "edge")
    for i, j in np.ndindex(*image.shape):
        wide[i + 1, j + 1] = np.median(wide[i : i + 3, j : j + 3])
        wide = np.pad(wide[1:-1, 1:-1], 1, "edge") if again else wide
    return wide[1:-1, 1:-1]


EXERCISE = Function(
    cases=[
        {"image": [[5, 5, 5, 5], [5, 99, 5, 6], [5, 5, 0, 6], [5, 5, 6, 6]]},
        {"image": [[0.5, 3, 2], [9, 4, 8], [1, 7, 6], [5, 0, 2.5]]},
        {"image": [[3, 9, 1, 4, 7]]},
        *map(drawn, range(8)),
    ],
    right=[
        lambda x: median_filter(x, 3, mode="nearest"),
        lambda x: np.median(nine(x), axis=2),
        lambda x: np.sort(nine(x))[..., 4],
    ],
    mistakes=[
        Mistake(
            "mean",
            "This is the mean: one white pixel shifts it, but not the median, the fifth of nine in order.",
            lambda x: uniform_filter(x, 3, mode="nearest"),
        ),
        Mistake(
            "one place off",
            "Of nine values in order the middle one is the fifth, at index 4.",
            *(lambda x: np.sort(nine(x))[..., 3], lambda x: np.sort(nine(x))[..., 5]),
        ),
        Mistake(
            "zeros at the edge",
            "Zeros were put around the picture: repeat the edge pixels.",
            lambda x: median_filter(x, 3, mode="constant"),
        ),
        Mistake(
            "other edge",
            "Beyond the border the picture was mirrored, or its opposite edge taken: repeat the edge pixels.",
            *(lambda x: median_filter(x, 3, mode="mirror"), lambda x: median_filter(x, 3, mode="wrap")),
        ),
        Mistake(
            "border unfiltered",
            "The border is as it was: repeat the edge pixels beyond it, and filter it too.",
            border_unfiltered,
        ),
        Mistake(
            "smaller window",
            "The window was made smaller at the border: repeat the edge pixels, so it always holds nine.",
            *(lambda x: of_those_inside(x, "linear"), lambda x: of_those_inside(x, "lower")),
        ),
        Mistake(
            "median of medians",
            "A median of medians is not the median: put all nine pixels into one list.",
            lambda x: median_filter(median_filter(x, (1, 3), mode="nearest"), (3, 1), mode="nearest"),
        ),
        Mistake(
            "cross",
            "Only the five pixels of a cross were taken: all nine count.",
            lambda x: np.median(nine(x)[..., [1, 3, 4, 5, 7]], axis=2),
        ),
        Mistake(
            "eight neighbours",
            "The pixel itself belongs to the window: take the median of nine, not of eight.",
            lambda x: np.median(np.delete(nine(x), 4, axis=2), axis=2),
            lambda x: np.sort(np.delete(nine(x), 4, axis=2))[..., 3],
        ),
        Mistake(
            "changed while read",
            "The filter read pixels that it had changed before: write into a new picture.",
            *(lambda x: changed_while_read(x, again=False), lambda x: changed_while_read(x, again=True)),
        ),
        Mistake(
            "equal pixels once",
            "Equal pixels counted once, as in a set: each of the nine counts.",
            lambda x: [
                [sorted(set(pixels))[len(set(pixels)) // 2] for pixels in row] for row in nine(x).tolist()
            ],
        ),
        Mistake(
            "only extremes",
            "Only the smallest or largest pixels, around or of all, were replaced: replace every one.",
            lambda x: np.where(
                (nine(x).min(2) < x.numpy()) & (x.numpy() < nine(x).max(2)), x, np.median(nine(x), axis=2)
            ),
        ),
    ],
)
