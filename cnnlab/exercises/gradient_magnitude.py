"""The exercise of notebook 03 on Sobel's gradient magnitude."""

from __future__ import annotations

import numpy as np

from cnnlab.exercises.answers import gradient_magnitude as answers
from cnnlab.exercises.exercise import Exercise, Hint, Mistake
from cnnlab.exercises.gradient_mistakes import WRONG_LENGTHS, Weights, change, length, response

_PIXEL: Weights = (0, 1, 0)
_BESIDE: Weights = (1, -2, 1)


def _magnitude(image: np.ndarray) -> np.ndarray:
    return length(change(image))


def _by_gradient(image: np.ndarray) -> np.ndarray | None:
    return np.asarray(np.hypot(*np.gradient(image))) if min(image.shape) > 1 else None


def _laplacian(image: np.ndarray) -> np.ndarray:
    return response(image, _BESIDE, _PIXEL) + response(image, _PIXEL, _BESIDE)


def _inside(image: np.ndarray) -> np.ndarray | None:
    return _magnitude(image)[1:-1, 1:-1] if min(image.shape) > 2 else None


def _border_zero(image: np.ndarray) -> np.ndarray | None:
    inside = _inside(image)
    return None if inside is None else np.pad(inside, 1)


_ZEROS = "Zeros were put around the picture, which makes its rim look like an edge: repeat the edge pixels."
_KEPT = "The border is zero: repeat the edge pixels, and compute the gradient there too."
_LAPLACIAN = "This is the Laplacian, of second derivatives: Sobel's two kernels are first ones."
_WHOLE = "The fractions were cut off or rounded: hand back floating-point numbers."
_GRADIENT = "This is the length of np.gradient: Sobel has weights of its own, and repeats the edge."

GRADIENT_MAGNITUDE = Exercise(
    name="filters.gradient_magnitude",
    prompt="Write a function of image (H, W): the magnitude of Sobel's gradient, edge repeated, same shape.",
    cases=(
        {"image": [[0, 0, 1, 1], [0, 0, 1, 1], [0, 0, 1, 1]]},
        {"image": [[2, 2, 2, 2], [2, 2, 2, 9], [2, 2, 9, 9]]},
        {"image": [[3, 3], [3, 3]]},
        {"image": [[2, 5, 1, 7], [8, 1, 4, 0], [3, 9.5, 2, 5], [7, 0, 6, 4], [1, 3, 5, 2.25]]},
        {"image": [[1, 4, 2, 8, 5, 7], [3, 0, 9, 6, 2, 1]]},
        {"image": [[12, 200, 255], [90, 34, 180], [255, 0, 61]]},
        {"image": [[4, 1, 6]]},
    ),
    reference=_magnitude,
    mistakes=(
        Mistake("zeros at the edge", _ZEROS, lambda image: length(change(image, pad="constant"))),
        Mistake(
            "mirrored",
            "The picture was mirrored at its edge, which hides the change across it: repeat the edge.",
            lambda image: length(change(image, pad="reflect")),
        ),
        Mistake(
            "wrapped round",
            "The opposite edge was taken for the pixels beyond: repeat the edge.",
            lambda image: length(change(image, pad="wrap")),
        ),
        Mistake("border zero", _KEPT, _border_zero),
        Mistake("border lost", "The border is lost: put edge pixels around before.", _inside),
        *WRONG_LENGTHS,
        Mistake("np.gradient", _GRADIENT, _by_gradient),
        Mistake("Laplacian", _LAPLACIAN, lambda image: _laplacian(image)),
        Mistake("Laplacian", _LAPLACIAN, lambda image: np.abs(_laplacian(image))),
        Mistake("whole numbers", _WHOLE, lambda image: np.floor(_magnitude(image))),
        Mistake("whole numbers", _WHOLE, lambda image: np.floor(_magnitude(image)) % 256),
        Mistake("whole numbers", _WHOLE, lambda image: np.round(_magnitude(image))),
    ),
    hints=(
        Hint(
            "index outside",
            "An index left the picture: beyond its edge the pixel of the edge counts again.",
            ("IndexError",),
        ),
    ),
    right=answers.GRADIENT_MAGNITUDE_RIGHT,
    wrong=answers.GRADIENT_MAGNITUDE_WRONG,
)
