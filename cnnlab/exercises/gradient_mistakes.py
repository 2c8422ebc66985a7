"""What students make of two Sobel responses, with the edge repeated as asked or with zeros around."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from cnnlab.exercises.exercise import Mistake

Weights = tuple[float, float, float]
SLOPE: Weights = (-1, 0, 1)
SOBEL: Weights = (1, 2, 1)


def response(image: np.ndarray, down: Weights, along: Weights, pad: Any = "edge") -> np.ndarray:
    """Return the cross-correlation with the kernel that is the product of a column and a row."""
    windows = sliding_window_view(np.pad(image, 1, mode=pad), (3, 3))
    return np.einsum("ijab,a,b->ij", windows, np.array(down, float), np.array(along, float))


def change(image: np.ndarray, smooth: Weights = SOBEL, pad: Any = "edge") -> np.ndarray:
    """Return the derivatives to the right and downward, shape (2, H, W)."""
    return np.stack([response(image, smooth, SLOPE, pad), response(image, SLOPE, smooth, pad)])


def length(of: np.ndarray) -> np.ndarray:
    """Return the magnitude of derivatives of shape (2, H, W)."""
    return np.asarray(np.hypot(*of))


def _to_one(image: np.ndarray, pad: Any) -> np.ndarray | None:
    magnitude = length(change(image, pad=pad))
    return magnitude / magnitude.max() if magnitude.max() > 0 else None


def _twice(place: int) -> Callable[[np.ndarray, Any], np.ndarray]:
    return lambda i, pad: np.sqrt(2) * np.abs(change(i, pad=pad)[place])


_SIZES = "The sizes of the two changes were added: the magnitude is the root of the sum of squares."
_NOT_SQUARED = "The root was taken of sizes, not of squares: square the two changes first."
_ONE_AXIS = "This is the change along one axis only: take both, and the root of the sum of their squares."
_TWICE = "The same kernel was used twice: the second is the transpose of the first."
_SIGNED = "The two changes were added as they are, so that they can cancel: square them first."
_PREWITT = "This is Prewitt's: Sobel counts the middle of the three rows or columns twice."
_SCHARR = "This is Scharr's: Sobel's weights are 1, 2, 1."
_ALONE = "Only pixels of one row or column were subtracted: Sobel adds up three differences as 1, 2, 1."
_SMOOTH = "Nothing was subtracted: Sobel smooths along one axis and takes the difference along the other."
_SCALE = "scikit-image divides its kernels, and the magnitude by the root of 2: divide by nothing here."
_EIGHT = "Sobel's weights are whole numbers here: do not divide by 8."
_MEAN = "The squares are added, not averaged: this is too small by the root of 2."
_DIRECTION = "This is the direction: the magnitude is the root of the sum of squares."
_BOTH = "These are the two changes: hand back one number a pixel, the root of the sum of their squares."

_Model = Callable[[np.ndarray, Any], Any]
# Name, sentence, and what comes back of a picture padded in this way.
_WAYS: tuple[tuple[str, str, _Model], ...] = (
    ("sum of sizes", _SIZES, lambda i, pad: np.abs(change(i, pad=pad)).sum(0)),
    (
        "larger",
        "This is the larger of the two: both count.",
        lambda i, pad: np.abs(change(i, pad=pad)).max(0),
    ),
    ("not rooted", "Take the root: this is its square.", lambda i, pad: length(change(i, pad=pad)) ** 2),
    ("not squared", _NOT_SQUARED, lambda i, pad: np.sqrt(np.abs(change(i, pad=pad)).sum(0))),
    ("one axis", _ONE_AXIS, lambda i, pad: change(i, pad=pad)[0]),
    ("one axis", _ONE_AXIS, lambda i, pad: np.abs(change(i, pad=pad)[0])),
    ("one axis", _ONE_AXIS, lambda i, pad: change(i, pad=pad)[1]),
    ("one axis", _ONE_AXIS, lambda i, pad: np.abs(change(i, pad=pad)[1])),
    ("one axis", _ONE_AXIS, lambda i, pad: change(i, pad=pad)[0] / 4),
    ("one axis", _ONE_AXIS, lambda i, pad: change(i, pad=pad)[1] / 4),
    ("same axis twice", _TWICE, _twice(0)),
    ("same axis twice", _TWICE, _twice(1)),
    ("signed sum", _SIGNED, lambda i, pad: change(i, pad=pad).sum(0)),
    ("signed sum", _SIGNED, lambda i, pad: np.abs(change(i, pad=pad).sum(0))),
    ("Prewitt", _PREWITT, lambda i, pad: length(change(i, (1, 1, 1), pad))),
    (
        "Prewitt",
        "This is scikit-image's Prewitt: Sobel's weights are 1, 2, 1; divide by nothing.",
        lambda i, pad: length(change(i, (1, 1, 1), pad)) / np.sqrt(18),
    ),
    ("Scharr", _SCHARR, lambda i, pad: length(change(i, (3, 10, 3), pad))),
    (
        "Scharr",
        "This is scikit-image's Scharr: Sobel's weights are 1, 2, 1; divide by nothing.",
        lambda i, pad: length(change(i, (3, 10, 3), pad)) / np.sqrt(512),
    ),
    ("not smoothed", _ALONE, lambda i, pad: length(change(i, (0, 1, 0), pad))),
    ("not smoothed", f"{_ALONE} Do not halve.", lambda i, pad: length(change(i, (0, 0.5, 0), pad))),
    ("scikit-image's scale", _SCALE, lambda i, pad: length(change(i, pad=pad)) / np.sqrt(32)),
    ("scikit-image's scale", _SCALE, lambda i, pad: length(change(i, pad=pad)) / 4),
    ("divided", _EIGHT, lambda i, pad: length(change(i, pad=pad)) / 8),
    ("mean of squares", _MEAN, lambda i, pad: length(change(i, pad=pad)) / np.sqrt(2)),
    ("scaled to 1", "This was divided by its own maximum: give it as it is.", _to_one),
    ("clipped", "Values above 255 were cut off: give them all.", lambda i, pad: _clipped(i, pad, 255)),
    ("clipped", "Values above 1 were cut off: give them all.", lambda i, pad: _clipped(i, pad, 1)),
    ("smoothing", _SMOOTH, lambda i, pad: response(i, SOBEL, SOBEL, pad)),
    ("smoothing", _SMOOTH, lambda i, pad: np.sqrt(2) * response(i, SOBEL, SOBEL, pad)),
    ("direction", _DIRECTION, lambda i, pad: np.arctan2(*change(i, pad=pad)[::-1])),
    ("direction", _DIRECTION, lambda i, pad: np.degrees(np.arctan2(*change(i, pad=pad)[::-1]))),
    ("direction", _DIRECTION, lambda i, pad: np.arctan2(*change(i, pad=pad))),
    ("both", _BOTH, lambda i, pad: change(i, pad=pad)),
    ("both", _BOTH, lambda i, pad: change(i, pad=pad)[::-1]),
)


def _clipped(image: np.ndarray, pad: Any, highest: float) -> np.ndarray:
    return np.minimum(length(change(image, pad=pad)), highest)


def _repeated(name: str, says: str, model: _Model) -> Mistake:
    return Mistake(name, says, lambda image: model(image, "edge"))


def _with_zeros(name: str, says: str, model: _Model) -> Mistake:
    # One thing at a time: once this is mended, the zeros are named.
    return Mistake(name, says, lambda image: model(image, "constant"))


WRONG_LENGTHS = tuple(make(*way) for make in (_repeated, _with_zeros) for way in _WAYS)
