"""The hard exercise of notebook 05: the gradient of max pooling."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from cnnlab.exercises.answers import pooling_gradient as answers
from cnnlab.exercises.exercise import Exercise, Hint, Mistake

_Window = tuple[float, tuple[slice, slice]]


def _sent(gradient: np.ndarray, kernel_size: int, stride: int) -> Iterator[_Window]:
    """Yield each value of the gradient and the window that it goes back to."""
    for (i, j), value in np.ndenumerate(gradient):
        top, left = i * stride, j * stride
        yield float(value), (slice(top, top + kernel_size), slice(left, left + kernel_size))


def _winner(window: np.ndarray) -> np.ndarray:
    """Return 1 at the first largest pixel and 0 elsewhere."""
    chosen = np.zeros(window.shape)
    chosen.flat[np.argmax(window)] = 1
    return chosen


def _gathered(image: np.ndarray, gradient: np.ndarray, kernel_size: int, stride: int) -> np.ndarray:
    result = np.zeros(image.shape)
    for value, window in _sent(gradient, kernel_size, stride):
        result[window] += value * _winner(image[window])
    return result


def _shared(image: np.ndarray, gradient: np.ndarray, kernel_size: int, stride: int, parts: int) -> np.ndarray:
    result = np.zeros(image.shape)
    for value, window in _sent(gradient, kernel_size, stride):
        result[window] += value / parts
    return result


def _ties(image: np.ndarray, gradient: np.ndarray, kernel_size: int, stride: int, split: bool) -> np.ndarray:
    result = np.zeros(image.shape)
    for value, window in _sent(gradient, kernel_size, stride):
        largest = image[window] == image[window].max()
        result[window] += value * largest / (largest.sum() if split else 1)
    return result


def _last(image: np.ndarray, gradient: np.ndarray, kernel_size: int, stride: int) -> np.ndarray:
    turned = np.zeros(image.shape)
    for value, window in _sent(gradient, kernel_size, stride):
        turned[window] += value * _winner(image[window][::-1, ::-1])[::-1, ::-1]
    return turned


def _overwritten(image: np.ndarray, gradient: np.ndarray, kernel_size: int, stride: int) -> np.ndarray:
    result = np.zeros(image.shape)
    for value, window in _sent(gradient, kernel_size, stride):
        result[window][_winner(image[window]) == 1] = value
    return result


def _corner(image: np.ndarray, gradient: np.ndarray, kernel_size: int, stride: int) -> np.ndarray:
    result = np.zeros(image.shape)
    for value, (rows, columns) in _sent(gradient, kernel_size, stride):
        result[rows.start, columns.start] += value
    return result


def _times_pixel(image: np.ndarray, gradient: np.ndarray, kernel_size: int, stride: int) -> np.ndarray:
    return image * _gathered(image, gradient, kernel_size, stride)


def _smallest(image: np.ndarray, gradient: np.ndarray, kernel_size: int, stride: int) -> np.ndarray:
    return _gathered(-image, gradient, kernel_size, stride)


_ALL = "A tie has one winner: of several largest pixels only the first, row by row, gets the gradient."

MAX_GRADIENT = Exercise(
    name="pooling.max_gradient",
    prompt="Write a function of image, gradient (H', W'), kernel_size, stride: max pooling's image gradient.",
    cases=(
        {"image": [[1, 3, 2, 0], [4, 2, 1, 5]], "gradient": [[1, 10]], "kernel_size": 2, "stride": 2},
        {"image": [[1, 7, 2], [3, 4, 5]], "gradient": [[2, 5]], "kernel_size": 2, "stride": 1},
        {
            "image": [[1, 2, 0, 3, 1], [2, 9, 1, 0, 2], [0, 1, 4, 8, 1], [3, 0, 1, 2, 6], [5, 1, 7, 0, 2]],
            "gradient": [[1, 2], [4, -3]],
            "kernel_size": 3,
            "stride": 2,
        },
        {
            "image": [[2, 2, 1, 5], [2, 0, 5, 5], [0, 3, 1, 1], [3, 3, 0, 1]],
            "gradient": [[1, 2], [3, 4]],
            "kernel_size": 2,
            "stride": 2,
        },
        {
            "image": [[1, 2, 0, 3, 1], [2, 9, 1, 0, 2], [7, 1, 4, 8, 1], [3, 0, 1, 2, 6], [5, 1, 0, 4, 2]],
            "gradient": [[1, 2], [4, 8]],
            "kernel_size": 2,
            "stride": 3,
        },
        {"image": [[-1, -4, 3], [-2, -3, 6], [2, 8, 1]], "gradient": [[0.5]], "kernel_size": 2, "stride": 2},
    ),
    reference=_gathered,
    mistakes=(
        Mistake(
            "spread evenly",
            "Every pixel of a window got its share: that is average pooling. Here the winner takes all.",
            lambda image, gradient, k, s: _shared(image, gradient, k, s, k * k),
        ),
        Mistake(
            "sent to all",
            "Every pixel of a window got the gradient: only the largest was handed on.",
            lambda image, gradient, k, s: _shared(image, gradient, k, s, 1),
        ),
        Mistake(
            "overwritten",
            "A pixel may win in several windows: add up what they send, with +=.",
            _overwritten,
        ),
        Mistake("ties", _ALL, lambda image, gradient, k, s: _ties(image, gradient, k, s, False)),
        Mistake(
            "ties shared",
            "The gradient was divided among equal pixels: the first, row by row, gets all of it.",
            lambda image, gradient, k, s: _ties(image, gradient, k, s, True),
        ),
        Mistake("last of equals", "Of equal pixels the last was taken: take the first.", _last),
        Mistake(
            "first pixel",
            "The gradient went to the upper left pixel of each window: find the largest.",
            _corner,
        ),
        Mistake("smallest", "The gradient went to the smallest pixel of each window.", _smallest),
        Mistake(
            "times the pixel",
            "The gradient was multiplied by the pixel: the slope of the winner is 1.",
            _times_pixel,
        ),
        Mistake(
            "ones",
            "The winners got 1: each gets the gradient of its window.",
            lambda image, gradient, k, s: _gathered(image, np.ones_like(gradient), k, s),
        ),
        Mistake(
            "stride ignored",
            "The windows start stride pixels apart, not kernel_size.",
            lambda image, gradient, k, s: (
                _gathered(image, gradient, k, k) if _reaches(image, gradient, k) else None
            ),
        ),
    ),
    hints=(
        Hint(
            "index outside",
            "An index left the image: window (i, j) starts at row i * stride and column j * stride.",
            ("IndexError", "non-zero size", "must match", "shape mismatch", "could not be broadcast"),
        ),
    ),
    right=answers.MAX_GRADIENT_RIGHT,
    wrong=answers.MAX_GRADIENT_WRONG,
)


def _reaches(image: np.ndarray, gradient: np.ndarray, kernel_size: int) -> bool:
    return all(count * kernel_size <= side for count, side in zip(gradient.shape, image.shape, strict=True))
