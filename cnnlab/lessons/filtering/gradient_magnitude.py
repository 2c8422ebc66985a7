r"""Write the magnitude of Sobel's gradient of a picture (H, W): the root of $x^2 + y^2$ at each pixel,
nothing divided. Beyond the border the pixels of the border are repeated, so that the result has the shape of
the picture.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import scipy.ndimage
import torch
from torch import Tensor
from torch.nn.functional import conv2d, pad

from cnnlab.exercises import Function, Mistake

SOBEL = (1.0, 2.0, 1.0)
ALL_ROUND = (1, 1, 1, 1)


def convolved(image: Tensor, kernels: list[Tensor]) -> Tensor:
    """Return what the kernels answer where they fit, shape (2, H - 2, W - 2)."""
    return conv2d(image[None, None], torch.stack(kernels)[:, None])[0]


def slopes(image: Tensor, smooth: tuple[float, float, float] = SOBEL) -> Tensor:
    """Return the changes to the right and downward where the kernels fit, shape (2, H - 2, W - 2)."""
    across = torch.outer(image.new_tensor(smooth), image.new_tensor([-1, 0, 1]))
    return convolved(image, [across, across.T])


def changes(image: Tensor, mode: str = "replicate", smooth: tuple[float, float, float] = SOBEL) -> Tensor:
    """Return the changes to the right and downward at every pixel, shape (2, H, W)."""
    return slopes(pad(image[None, None], ALL_ROUND, mode=mode)[0, 0], smooth)


def length(change: Tensor) -> Tensor:
    """Return the root of the sum of the squares."""
    return change.square().sum(0).sqrt()


def by_slices(image: Tensor) -> Tensor:
    """Return what is asked for without a convolution."""
    wide = torch.cat([image[:1], image, image[-1:]])
    wide = torch.cat([wide[:, :1], wide, wide[:, -1:]], dim=1)
    down = wide[:-2] + 2 * wide[1:-1] + wide[2:]
    right = wide[:, :-2] + 2 * wide[:, 1:-1] + wide[:, 2:]
    return torch.hypot(down[:, 2:] - down[:, :-2], right[2:] - right[:-2])


def by_scipy(image: Tensor) -> np.ndarray:
    """Return what SciPy works out."""
    x, y = (scipy.ndimage.sobel(image.numpy(), axis, mode="nearest") for axis in (1, 0))
    return np.hypot(x, y)


def smoothed(image: Tensor, mode: str = "replicate") -> Tensor:
    """Smooth along both axes."""
    weights = image.new_tensor(SOBEL)
    return convolved(pad(image[None, None], ALL_ROUND, mode=mode)[0, 0], [weights.outer(weights)])[0]


def laplacian(image: Tensor) -> Tensor:
    """Return the sum of the second derivatives."""
    kernel = image.new_tensor([[0, 1, 0], [1, -4, 1], [0, 1, 0]])
    return convolved(pad(image[None, None], ALL_ROUND, mode="replicate")[0, 0], [kernel])[0]


def border_kept(image: Tensor) -> Tensor:
    """Write the magnitude into the inside of the picture."""
    result = image.clone()
    result[1:-1, 1:-1] = length(slopes(image))
    return result


def to_one(change: Tensor) -> Tensor:
    """Return the magnitude divided by its maximum."""
    if not change.any():
        raise ZeroDivisionError("this may come out as NaN or as 0: either is the same mistake")
    return length(change) / length(change).max()


def added(small: float) -> Callable[[Tensor], Tensor]:
    """Return an answer that adds a small number under the root."""
    return lambda image: (changes(image).square().sum(0) + small).sqrt()


def mistaken(
    name: str, says: str, *ways: Callable[[Tensor], Tensor], smooth: tuple[float, float, float] = SOBEL
) -> Mistake:
    """Return a mistake made of the two changes, with the edge repeated or with zeros around the picture.

    One thing at a time: once it is mended, the zeros are named.
    """

    def answer(way: Callable[[Tensor], Tensor], mode: str) -> Callable[[Tensor], Tensor]:
        return lambda image: way(changes(image, mode, smooth))

    return Mistake(name, says, *(answer(way, mode) for mode in ("replicate", "constant") for way in ways))


EXERCISE = Function(
    cases=[
        {"image": [[0, 0, 1, 1], [0, 0, 1, 1], [0, 0, 1, 1]]},
        {"image": [[2, 2, 2, 2], [2, 2, 2, 9], [2, 2, 9, 9]]},
        {"image": [[3, 3], [3, 3]]},
        {"image": [[2, 5, 1, 7], [8, 1, -4, 0], [3, 9.5, 2, 5], [-2, 0, 6, 4], [1, 3, 5, 2.25]]},
        {"image": [[1, 4, 2, 8, 5, 7], [3, 0, 9, 6, 2, 1]]},
        {"image": [[12, 200, 255], [90, 34, 180], [255, 0, 61]]},
        {"image": [[4, 1, 6]]},
        {"image": [[7]]},
    ],
    right=[lambda x: length(changes(x)), by_slices, by_scipy],
    mistakes=[
        Mistake(
            "zeros at the edge",
            "Zeros were put around the picture, so its rim looks like an edge: repeat the edge pixels.",
            lambda x: length(changes(x, "constant")),
        ),
        Mistake(
            "mirrored",
            "The picture was mirrored at its edge, which hides the change across it: repeat the edge.",
            lambda x: length(changes(x, "reflect")),
        ),
        Mistake(
            "wrapped round",
            "The opposite edge was taken for the pixels beyond: repeat the edge.",
            lambda x: length(changes(x, "circular")),
        ),
        Mistake(
            "border zero",
            "The border is zero: repeat the edge pixels, and compute the gradient there too.",
            lambda x: pad(length(slopes(x)), ALL_ROUND),
        ),
        Mistake(
            "result repeated",
            "The border repeats the result: repeat the picture's edge, and compute the gradient there.",
            lambda x: pad(length(slopes(x))[None], ALL_ROUND, mode="replicate")[0],
        ),
        Mistake(
            "border as it was",
            "The border is that of the picture: repeat the edge pixels, and compute the gradient there too.",
            border_kept,
        ),
        Mistake(
            "border lost", "The border is lost: put edge pixels around before.", lambda x: length(slopes(x))
        ),
        mistaken(
            "sum of sizes",
            "The sizes of the two changes were added: the magnitude is the root of the sum of squares.",
            lambda c: c.abs().sum(0),
        ),
        mistaken("larger", "This is the larger of the two: both count.", lambda c: c.abs().amax(0)),
        mistaken("not rooted", "Take the root: this is its square.", lambda c: length(c).square()),
        mistaken(
            "not squared",
            "The root was taken of sizes, not of squares: square the two changes first.",
            lambda c: c.abs().sum(0).sqrt(),
        ),
        mistaken(
            "one axis",
            "This is the change along one axis only: take both, and the root of the sum of their squares.",
            *(lambda c: c[0], lambda c: c[0].abs(), lambda c: c[0] / 4),
            *(lambda c: c[1], lambda c: c[1].abs(), lambda c: c[1] / 4),
        ),
        mistaken(
            "same axis twice",
            "The same kernel was used twice: the second is the transpose of the first.",
            lambda c: 2**0.5 * c[0].abs(),
            lambda c: 2**0.5 * c[1].abs(),
        ),
        mistaken(
            "signed sum",
            "The two changes were added as they are, so that they can cancel: square them first.",
            *(lambda c: c.sum(0), lambda c: c.sum(0).abs()),
        ),
        mistaken(
            "Prewitt",
            "This is Prewitt's: Sobel's weights are 1, 2, 1; divide by nothing.",
            *(length, lambda c: length(c) / 18**0.5),
            smooth=(1, 1, 1),
        ),
        mistaken(
            "Scharr",
            "This is Scharr's: Sobel's weights are 1, 2, 1; divide by nothing.",
            *(length, lambda c: length(c) / 512**0.5),
            smooth=(3, 10, 3),
        ),
        mistaken(
            "not smoothed",
            "Only pixels of one row or column were subtracted: Sobel adds up three differences as 1, 2, 1.",
            *(length, lambda c: length(c) / 2),
            smooth=(0, 1, 0),
        ),
        mistaken(
            "scikit-image's scale",
            "scikit-image divides its kernels, and the magnitude by the root of 2: divide by nothing here.",
            *(lambda c: length(c) / 32**0.5, lambda c: length(c) / 4),
        ),
        mistaken(
            "divided", "Sobel's weights are whole numbers here: do not divide by 8.", lambda c: length(c) / 8
        ),
        mistaken(
            "mean of squares",
            "The squares are added, not averaged: this is too small by the root of 2.",
            lambda c: length(c) / 2**0.5,
        ),
        mistaken("scaled to 1", "This was divided by its own maximum: give it as it is.", to_one),
        mistaken(
            "clipped",
            "Large values were cut off: give them all.",
            *(lambda c: length(c).clamp(max=255), lambda c: length(c).clamp(max=1)),
        ),
        mistaken(
            "direction",
            "This is the direction: the magnitude is the root of the sum of squares.",
            lambda c: torch.atan2(c[1], c[0]),
            lambda c: torch.atan2(c[0], c[1]),
            lambda c: torch.rad2deg(torch.atan2(c[1], c[0])),
        ),
        mistaken(
            "both",
            "These are the two changes: hand back one number a pixel, the root of the sum of their squares.",
            *(lambda c: c, lambda c: c.flip(0)),
        ),
        Mistake(
            "smoothing",
            "Nothing was subtracted: Sobel smooths along one axis and takes the difference along the other.",
            *(smoothed, lambda x: 2**0.5 * smoothed(x)),
            *(lambda x: smoothed(x, "constant"), lambda x: 2**0.5 * smoothed(x, "constant")),
        ),
        Mistake(
            "small number added",
            "Where nothing changes the magnitude is 0, not a little more: add nothing under the root.",
            *(added(1e-8), added(1e-6), added(1e-4)),
        ),
        Mistake(
            "np.gradient",
            "This is the length of np.gradient: Sobel has weights of its own, and repeats the edge.",
            lambda x: torch.hypot(*torch.gradient(x)),
        ),
        Mistake(
            "Laplacian",
            "This is the Laplacian, of second derivatives: Sobel's two kernels are first ones.",
            *(laplacian, lambda x: laplacian(x).abs()),
        ),
        Mistake(
            "whole numbers",
            "The fractions were cut off or rounded: hand back floating-point numbers.",
            lambda x: by_slices(x).floor(),
            lambda x: by_slices(x).floor() % 256,
            lambda x: by_slices(x).round(),
        ),
        Mistake(
            "index outside",
            "An index left the picture: beyond its edge the pixel of the edge counts again.",
            lambda x: [[float(x[i + 1, j]) for j in range(3)] for i in range(3)],
            raises=["IndexError"],
        ),
    ],
    unnamed={
        "not finite": [lambda x: changes(x).sum(0).sqrt()],
        "transposed": [lambda x: by_slices(x).T],
        "extra brackets": [lambda x: by_slices(x)[None, None]],
        "factor": [lambda x: 2 * by_slices(x)],
        "wrong shape": [lambda x: by_slices(x).flatten()],
        "changed its input": [lambda x: by_slices(x.mul_(2)) / 2],
    },
)
