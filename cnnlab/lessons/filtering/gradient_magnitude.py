r"""Write the magnitude of Sobel's gradient of a picture (H, W): the root of $x^2 + y^2$ at each pixel,
nothing divided. Beyond the border the pixels of the border are repeated, so that the result has the shape of
the picture.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import torch
from scipy.ndimage import prewitt, sobel
from torch import Tensor
from torch.nn.functional import conv2d, pad

from cnnlab import filters
from cnnlab.exercises import Function, Mistake


def drawn(seed: int) -> dict[str, Any]:
    """Return a picture of one to eight rows and columns: a single one, a square, a higher or wider one."""
    shape = seed + 1, (3 * seed + 4) % 8 + 1
    return {"image": np.random.default_rng(seed).integers(-18, 19, shape) / 2}


def magnitude(image: Tensor, edge: str = "nearest", change: Callable[..., Any] = sobel) -> Any:
    """Return the root of the sum of the squares of the changes along both axes."""
    return np.hypot(change(image, 0, mode=edge), change(image, 1, mode=edge))


def by_convolution(image: Tensor) -> Tensor:
    """Return the same by a convolution with two kernels."""
    kernel = image.new_tensor([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])
    wide = pad(image[None, None], (1, 1, 1, 1), mode="replicate")
    return conv2d(wide, torch.stack([kernel, kernel.T])[:, None])[0].norm(dim=0)


EXERCISE = Function(
    cases=[
        {"image": [[0, 0, 1, 1], [0, 0, 1, 1], [0, 0, 1, 1]]},
        {"image": [[2, 2, 2, 2], [2, 2, 2, 9], [2, 2, 9, 9]]},
        {"image": [[-3, -3], [-3, -3]]},
        {"image": [[-4, -4, -9], [-4, -6, -9]]},
        {"image": [[12, 200, 255], [90, 34, 180], [255, 0, 61]]},
        *map(drawn, range(8)),
    ],
    right=[magnitude, by_convolution, lambda x: filters.gradient(x).magnitude],
    mistakes=[
        Mistake(
            "zeros at the edge",
            "Zeros were put around the picture, so its rim looks like an edge: repeat the edge pixels.",
            lambda x: magnitude(x, "constant"),
        ),
        Mistake(
            "other edge",
            "Beyond the border the picture was mirrored, or its opposite edge taken: repeat the edge pixels.",
            *(lambda x: magnitude(x, "mirror"), lambda x: magnitude(x, "wrap")),
        ),
        Mistake(
            "border lost",
            "The border is lost: put edge pixels around before.",
            lambda x: magnitude(x)[1:-1, 1:-1] if min(x.shape) > 2 else None,
        ),
        Mistake(
            "sum of sizes",
            "The sizes of the two changes were added: the magnitude is the root of the sum of squares.",
            lambda x: np.abs(sobel(x, 0, mode="nearest")) + np.abs(sobel(x, 1, mode="nearest")),
        ),
        Mistake("not rooted", "Take the root: this is its square.", lambda x: magnitude(x) ** 2),
        Mistake(
            "one axis",
            "This is the change along one axis only: take both, and the root of the sum of their squares.",
            *(lambda x: np.abs(sobel(x, 0, mode="nearest")), lambda x: np.abs(sobel(x, 1, mode="nearest"))),
        ),
        Mistake(
            "Prewitt",
            "This is Prewitt's: Sobel's weights are 1, 2, 1; divide by nothing.",
            lambda x: magnitude(x, change=prewitt),
        ),
        Mistake(
            "divided",
            "Sobel's weights are whole numbers here: divide by nothing, not by 8 or as scikit-image does.",
            *(lambda x: magnitude(x) / 8, lambda x: magnitude(x) / 32**0.5),
        ),
        Mistake(
            "clipped",
            "Large values were cut off: give them all.",
            lambda x: np.minimum(magnitude(x), 1),
        ),
        Mistake(
            "result repeated",
            "The border repeats the result: repeat the picture's edge, and compute the gradient there.",
            lambda x: np.pad(magnitude(x)[1:-1, 1:-1], 1, "edge"),
        ),
    ],
)
