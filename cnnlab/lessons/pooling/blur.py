r"""Blur a picture by $(1, 2, 1)/4$ along both axes, with the edge pixels repeated beyond the edge, and keep
every second row and column, from the first on.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from scipy.ndimage import convolve, convolve1d
from torch import Tensor
from torch.nn.functional import conv2d, pad

from cnnlab.exercises import Function, Mistake

BINOMIAL = (0.25, 0.5, 0.25)


def drawn(seed: int) -> dict[str, Any]:
    """Return a picture of one to eight rows and columns: a single one, a square, a higher or wider one."""
    shape = seed + 1, (3 * seed + 4) % 8 + 1
    return {"image": np.asfortranarray(np.random.default_rng(seed).integers(-18, 19, shape) / 2)}


def blurred(image: Tensor, weights: tuple[float, ...] = BINOMIAL, edge: str = "nearest") -> Any:
    """Return the picture blurred along both axes."""
    return convolve1d(convolve1d(image, weights, axis=0, mode=edge), weights, axis=1, mode=edge)


def by_convolution(image: Tensor) -> Tensor:
    """Return the right answer by a kernel of 3 x 3 with stride 2."""
    row = image.new_tensor(BINOMIAL)
    framed = pad(image[None, None], (1, 1, 1, 1), mode="replicate")
    return conv2d(framed, torch.outer(row, row)[None, None], stride=2)[0, 0]


def of_several(image: Tensor, result: Any) -> Any:
    """Return a result, but None for a single row or column, of which a list or an array may be left."""
    return result if min(image.shape) > 1 else None


def in_place(image: Tensor) -> Tensor:
    """Return what comes of writing into the picture that is still to be read."""
    x = image.clone()
    for _ in range(2):
        for i in range(len(x)):
            x[i] = (x[max(i - 1, 0)] + 2 * x[i] + x[min(i + 1, len(x) - 1)]) / 4
        x = x.T
    return x[::2, ::2]


EXERCISE = Function(
    cases=[
        {"image": [[0, 0, 0, 0], [0, 16, 0, 0], [0, 0, 0, 4], [0, 0, 0, 0]]},
        {"image": [[1, 0, 1, 0, 1, 0], [0, 1, 0, 1, 0, 1], [1, 0, 1, 0, 1, 0]]},
        {"image": [[3, 8, 1, 6], [2, 9, 4, 7]]},
        *map(drawn, range(8)),
    ],
    right=[
        lambda image: blurred(image)[::2, ::2],
        lambda image: convolve(image, np.outer(BINOMIAL, BINOMIAL), mode="nearest")[::2, ::2],
        by_convolution,
    ],
    mistakes=[
        Mistake(
            "blurred too late",
            "Thinned out first and blurred afterwards: what was folded together stays so. Blur first.",
            lambda image: blurred(image[::2, ::2]),
        ),
        Mistake("not thinned out", "This is the blurred picture: keep every second row and column.", blurred),
        Mistake(
            "odd pixels",
            "Kept are rows and columns 1, 3, 5 and so on: start at 0.",
            lambda image: of_several(image, blurred(image)[1::2, 1::2]),
        ),
        Mistake(
            "last one lost",
            "The last row or column is lost where their number is odd: rows 0, 2, 4 and so on stay.",
            lambda image: of_several(
                image, blurred(image)[: len(image) // 2 * 2 : 2, : image.shape[1] // 2 * 2 : 2]
            ),
        ),
        Mistake(
            "divided once",
            "Divided by 4 for one axis only: a flat picture must stay as bright as it was.",
            lambda image: blurred(image)[::2, ::2] * 4,
        ),
        Mistake(
            "zeros at the edge",
            "Zeros were put around the picture, so its edge turns dark: repeat the edge.",
            lambda image: blurred(image, edge="constant")[::2, ::2],
        ),
        Mistake(
            "weights scaled",
            "Beyond the edge nothing counts here, and the other weights grow: repeat the edge instead.",
            lambda image: (
                blurred(image, edge="constant") / blurred(torch.ones_like(image), edge="constant")
            )[::2, ::2],
        ),
        Mistake(
            "other edge",
            "Beyond the edge the picture was mirrored, or its opposite edge taken: repeat the edge itself.",
            lambda image: blurred(image, edge="mirror")[::2, ::2],
            lambda image: blurred(image, edge="wrap")[::2, ::2],
        ),
        Mistake(
            "box",
            "All nine pixels count alike: the middle one counts twice its neighbour along each axis.",
            lambda image: blurred(image, (1 / 3, 1 / 3, 1 / 3))[::2, ::2],
        ),
        Mistake(
            "one axis",
            "Blurred along one axis only: rows and columns are both thinned out, so blur along both.",
            lambda image: convolve1d(image, BINOMIAL, axis=0, mode="nearest")[::2, ::2],
            lambda image: convolve1d(image, BINOMIAL, axis=1, mode="nearest")[::2, ::2],
        ),
        Mistake(
            "added",
            "Two blurred pictures were added: blur along one axis, and what comes of it along the other.",
            lambda image: sum(convolve1d(image, BINOMIAL, axis, mode="nearest") for axis in (0, 1))[::2, ::2],
            lambda image: (
                sum(convolve1d(image, BINOMIAL, axis, mode="nearest") for axis in (0, 1))[::2, ::2] / 2
            ),
        ),
        Mistake(
            "in place",
            "Pixels that were blurred already went into the blur of others: write into a new picture.",
            in_place,
        ),
    ],
)
