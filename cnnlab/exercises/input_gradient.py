"""The hard exercise of notebook 02: the gradient with respect to the image."""

from __future__ import annotations

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from cnnlab.exercises.answers import input_gradient as answers
from cnnlab.exercises.exercise import Exercise, Hint, Mistake


def _full(gradient: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    """Return the full convolution: what each place of the output sends back through the kernel."""
    border = np.pad(gradient, [(side - 1, side - 1) for side in kernel.shape])
    return np.sum(sliding_window_view(border, kernel.shape) * kernel[::-1, ::-1], axis=(2, 3))


def _correlated(gradient: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    return _full(gradient, kernel[::-1, ::-1])


def _valid(gradient: np.ndarray, kernel: np.ndarray, flip: int) -> np.ndarray | None:
    (height, width), (rows, columns) = gradient.shape, kernel.shape
    if rows > height or columns > width:
        return None
    return _full(gradient, kernel[::flip, ::flip])[rows - 1 : height, columns - 1 : width]


def _overwritten(gradient: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    rows, columns = kernel.shape
    result = np.zeros((gradient.shape[0] + rows - 1, gradient.shape[1] + columns - 1))
    for i, j in np.ndindex(*gradient.shape):
        result[i : i + rows, j : j + columns] = gradient[i, j] * kernel
    return result


def _cut(gradient: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    return _full(gradient, kernel)[: gradient.shape[0], : gradient.shape[1]]


def _middle(gradient: np.ndarray, kernel: np.ndarray, up: int) -> np.ndarray:
    top, left = (kernel.shape[0] - up) // 2, (kernel.shape[1] - up) // 2
    return _full(gradient, kernel)[top:, left:][: gradient.shape[0], : gradient.shape[1]]


_VALID = "This is as small as a valid result: the gradient is as large as the image, so use full."
_SMALL = "The gradient must be as large as the image, H' + kh - 1 by W' + kw - 1."

INPUT_GRADIENT = Exercise(
    name="conv2d.input_gradient",
    prompt="Write a function of gradient (H', W') and kernel (kh, kw): the gradient of the image (H, W).",
    cases=(
        {"gradient": [[1, 2]], "kernel": [[1, 10]]},
        {"gradient": [[1, 0, 2], [0, 3, -1]], "kernel": [[1, 2], [4, 8]]},
        {"gradient": [[2, 1], [0.5, 4], [1, -3]], "kernel": [[1, 0, 3], [2, 5, 7]]},
        {"gradient": [[1, 5, 2, 4], [3, 0, 6, 1], [2, 7, 1, 8]], "kernel": [[2, 1], [0, 3], [6, 4]]},
        {"gradient": [[3]], "kernel": [[1, 2], [3, 5]]},
    ),
    reference=_full,
    mistakes=(
        Mistake(
            "cross-correlation",
            "The kernel was turned round: pixel (i + a, j + b) met kernel[a, b], so it gets that weight.",
            _correlated,
        ),
        Mistake(
            "rows flipped",
            "The kernel was flipped upside down: each gradient goes back by the weights as they are.",
            lambda gradient, kernel: _full(gradient, kernel[::-1]),
        ),
        Mistake(
            "columns flipped",
            "The kernel was flipped left to right: each gradient goes back by the weights as they are.",
            lambda gradient, kernel: _full(gradient, kernel[:, ::-1]),
        ),
        Mistake(
            "kernel transposed",
            "Rows and columns of the kernel have changed places.",
            lambda gradient, kernel: _full(gradient, kernel.T),
        ),
        Mistake("valid", _VALID, lambda gradient, kernel: _valid(gradient, kernel, 1)),
        Mistake("valid", _VALID, lambda gradient, kernel: _valid(gradient, kernel, -1)),
        Mistake("same", _SMALL, lambda gradient, kernel: _middle(gradient, kernel, 0)),
        Mistake("same", _SMALL, lambda gradient, kernel: _middle(gradient, kernel, 1)),
        Mistake("cut", "What falls beyond H' and W' was cut off: these pixels have gradients too.", _cut),
        Mistake(
            "overwritten",
            "Windows overlap: a pixel adds up what all of them send back, with +=.",
            _overwritten,
        ),
        Mistake(
            "only summed",
            "Each gradient was multiplied by the kernel's sum: spread it over the window instead.",
            lambda gradient, kernel: gradient * kernel.sum(),
        ),
        Mistake(
            "spread evenly",
            "Every pixel of a window got the same: each gets its own weight times the gradient.",
            lambda gradient, kernel: _full(gradient, np.ones_like(kernel)),
        ),
    ),
    hints=(
        Hint(
            "window does not fit",
            "Is the answer H' + kh - 1 by W' + kw - 1, and each window kh by kw?",
            ("must match", "broadcast", "IndexError", "Kernel size can't"),
        ),
    ),
    right=answers.INPUT_GRADIENT_RIGHT,
    wrong=answers.INPUT_GRADIENT_WRONG,
)
