"""The exercise of notebook 05 on aliasing: blur, then keep every second pixel."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from cnnlab.exercises.answers import blurred_subsampling as answers
from cnnlab.exercises.exercise import Exercise, Hint, Mistake

_BINOMIAL = (0.25, 0.5, 0.25)
_BOX = (1 / 3, 1 / 3, 1 / 3)


_Weights = tuple[float, float, float]


def _blurred(
    image: np.ndarray, down: _Weights = _BINOMIAL, along: _Weights = _BINOMIAL, pad: Any = "edge"
) -> np.ndarray:
    windows = sliding_window_view(np.pad(image, 1, mode=pad), (3, 3))
    return np.einsum("ijab,a,b->ij", windows, np.array(down), np.array(along))


def _halved(image: np.ndarray) -> np.ndarray:
    return image[::2, ::2]


def _inside(image: np.ndarray) -> np.ndarray | None:
    return _halved(_blurred(image)[1:-1, 1:-1]) if min(image.shape) > 2 else None


_KEEP = (0.0, 1.0, 0.0)
_ONE_AXIS = "Blurred along one axis only: rows and columns are both thinned out, so blur along both."

BLUR = Exercise(
    name="pooling.blur",
    prompt="Write a function of image: blur by (1, 2, 1) / 4 on both axes, edge repeated; keep [::2, ::2].",
    cases=(
        {"image": [[0, 0, 0, 0], [0, 16, 0, 0], [0, 0, 0, 4], [0, 0, 0, 0]]},
        {"image": [[1, 0, 1, 0, 1, 0], [0, 1, 0, 1, 0, 1], [1, 0, 1, 0, 1, 0]]},
        {"image": [[2, 5, 1, 7, 3], [8, 1, 4, 0, 6], [3, 9, 2, 5, 1], [7, 0, 6, 4, 8], [1, 3, 5, 2, 9]]},
        {"image": [[3, 8, 1, 6], [2, 9, 4, 7]]},
        {"image": [[5]]},
    ),
    reference=lambda image: _halved(_blurred(image)),
    mistakes=(
        Mistake("not blurred", "This is every second pixel: blur before.", _halved),
        Mistake(
            "blurred too late",
            "Thinned out first and blurred afterwards: what was folded together stays so. Blur first.",
            lambda image: _blurred(_halved(image)),
        ),
        Mistake(
            "not thinned out", "This is the blurred picture: keep every second row and column.", _blurred
        ),
        Mistake(
            "odd pixels",
            "Kept are rows and columns 1, 3, 5 and so on: start at 0.",
            lambda image: _blurred(image)[1::2, 1::2] if min(image.shape) > 1 else None,
        ),
        Mistake(
            "not divided",
            "The weights 1, 2, 1 add up to 4 along each axis: divide by 4 twice.",
            lambda image: 16 * _halved(_blurred(image)),
        ),
        Mistake(
            "divided once",
            "Divided by 4 for one axis only: a flat picture must stay as bright as it was.",
            lambda image: 4 * _halved(_blurred(image)),
        ),
        Mistake(
            "zeros at the edge",
            "Zeros were put around the picture, so its edge turns dark: repeat the edge.",
            lambda image: _halved(_blurred(image, pad="constant")),
        ),
        Mistake(
            "mirrored",
            "The picture was mirrored at its edge: repeat the edge itself.",
            lambda image: _halved(_blurred(image, pad="reflect")),
        ),
        Mistake(
            "wrapped round",
            "The opposite edge was taken for the pixels beyond: repeat the edge.",
            lambda image: _halved(_blurred(image, pad="wrap")),
        ),
        Mistake(
            "box",
            "All nine pixels count alike: the middle one counts twice its neighbour along each axis.",
            lambda image: _halved(_blurred(image, _BOX, _BOX)),
        ),
        Mistake("one axis", _ONE_AXIS, lambda image: _halved(_blurred(image, along=_KEEP))),
        Mistake("one axis", _ONE_AXIS, lambda image: _halved(_blurred(image, down=_KEEP))),
        Mistake(
            "border lost",
            "The pixels of the border are gone: the first kept pixel is that of the corner.",
            _inside,
        ),
    ),
    hints=(
        Hint(
            "index outside",
            "An index left the picture: beyond its edge the pixel of the edge counts again.",
            ("IndexError",),
        ),
    ),
    right=answers.BLUR_RIGHT,
    wrong=answers.BLUR_WRONG,
)
