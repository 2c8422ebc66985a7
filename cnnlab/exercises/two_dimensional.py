"""The exercises of notebook 02: convolution in two dimensions."""

from __future__ import annotations

import numpy as np
import torch
from numpy.lib.stride_tricks import sliding_window_view

from cnnlab.exercises.answers import two_dimensional as answers
from cnnlab.exercises.channels import CHANNELS
from cnnlab.exercises.exercise import Exercise, Hint, Mistake
from cnnlab.exercises.input_gradient import INPUT_GRADIENT
from cnnlab.exercises.separable import SEPARABLE

PARAMETERS = Exercise(
    name="conv2d.parameters",
    prompt="Give the number of parameters of nn.Conv2d(3, 16, 5).",
    asks="value",
    expects="one whole number",
    reference=lambda: sum(parameter.numel() for parameter in torch.nn.Conv2d(3, 16, 5).parameters()),
    mistakes=(
        Mistake("bias forgotten", "The 16 biases are missing: one an output channel.", lambda: 3 * 16 * 25),
        Mistake(
            "input channels forgotten",
            "Each output channel has one 5 x 5 kernel for each of the 3 input channels.",
            lambda: 16 * 25 + 16,
        ),
        Mistake("kernel not square", "A kernel of size 5 has 5 x 5 weights, not 5.", lambda: 3 * 16 * 5 + 16),
        Mistake("one output channel", "These are the parameters of one of the 16 filters.", lambda: 75 + 1),
        Mistake(
            "bias of the input",
            "The biases belong to the 16 output channels, not to the 3 input channels.",
            lambda: 1200 + 3,
        ),
        Mistake("one bias", "Each of the 16 output channels has a bias of its own.", lambda: 1200 + 1),
        Mistake(
            "bias of each kernel",
            "The 3 kernels of an output channel share one bias: 16 biases in all.",
            lambda: 3 * 16 * (25 + 1),
        ),
        Mistake(
            "added",
            "Multiply 3 by 16: every output channel looks at every input channel.",
            lambda: (3 + 16) * 25 + 16,
        ),
    ),
    right=answers.PARAMETERS_RIGHT,
    wrong=answers.PARAMETERS_WRONG,
)


def _correlate(image: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    return np.sum(sliding_window_view(image, kernel.shape) * kernel, axis=(2, 3))


def _padded(image: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    return _correlate(np.pad(image, [(side - 1, side - 1) for side in kernel.shape]), kernel)


def _same(image: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    top, left = (kernel.shape[0] - 1) // 2, (kernel.shape[1] - 1) // 2
    top, left = kernel.shape[0] - 1 - top, kernel.shape[1] - 1 - left
    return _padded(image, kernel)[top:, left:][: image.shape[0], : image.shape[1]]


def _off_by_one(image: np.ndarray, kernel: np.ndarray, kept: bool) -> np.ndarray:
    result = _correlate(image, kernel)
    if not kept:
        return result[:-1, :-1]
    result[-1], result[:, -1] = 0, 0
    return result


def _kernel_transposed(image: np.ndarray, kernel: np.ndarray) -> np.ndarray | None:
    fits = kernel.shape[1] <= image.shape[0] and kernel.shape[0] <= image.shape[1]
    return _correlate(image, kernel.T) if fits else None


def _as_if_square(image: np.ndarray, kernel: np.ndarray) -> np.ndarray | None:
    rows, columns = kernel.shape
    return _correlate(image, kernel[:, :rows]) if rows <= columns else None


def _matrix_product(image: np.ndarray, kernel: np.ndarray) -> np.ndarray | None:
    if kernel.shape[0] != kernel.shape[1]:
        return None
    return np.sum(sliding_window_view(image, kernel.shape) @ kernel, axis=(2, 3))


_FIRST_MISSING = "The last row and column are missing: the first place counts too, H - kh + 1 in all."

CROSS_CORRELATE = Exercise(
    name="conv2d.cross_correlate",
    prompt="Write a function of image (H, W) and kernel (kh, kw) that returns their valid cross-correlation.",
    cases=(
        {"image": [[1, 2, 3], [4, 5, 6]], "kernel": [[1, 10]]},
        {"image": [[1, 2, 0], [3, 1, 4], [0, 5, 2], [2, 2, 1]], "kernel": [[1, 0], [2, -1]]},
        {
            "image": [[2, 0.5, 1, 3, 1], [1, 4, 0, 1, 7], [5, 1, 2, 0.25, 6]],
            "kernel": [[1, 2], [0, 3], [5, 8]],
        },
        {"image": [[1, 4, 2, 7], [3, 0, 5, 1], [6, 2, 8, 4], [9, 1, 0, 3]], "kernel": [[1, 2, 4], [0, 3, 9]]},
        {"image": [[3, 1], [2, 5]], "kernel": [[1, 2], [4, 8]]},
        {"image": [[3, 1, 2]], "kernel": [[4]]},
    ),
    reference=_correlate,
    mistakes=(
        Mistake(
            "convolution",
            "This is the convolution: the kernel was flipped. Cross-correlation takes it as it is.",
            lambda image, kernel: _correlate(image, kernel[::-1, ::-1]),
        ),
        Mistake(
            "rows flipped",
            "The kernel was flipped upside down: cross-correlation takes it as it is.",
            lambda image, kernel: _correlate(image, kernel[::-1]),
        ),
        Mistake(
            "columns flipped",
            "The kernel was flipped left to right: cross-correlation takes it as it is.",
            lambda image, kernel: _correlate(image, kernel[:, ::-1]),
        ),
        Mistake(
            "kernel transposed", "Rows and columns of the kernel have changed places.", _kernel_transposed
        ),
        Mistake("full", "This is full: valid keeps only places where the whole kernel is inside.", _padded),
        Mistake("same", "This is same: valid has no border, its size is H - kh + 1 by W - kw + 1.", _same),
        Mistake("off by one", _FIRST_MISSING, lambda image, kernel: _off_by_one(image, kernel, False)),
        Mistake("off by one", _FIRST_MISSING, lambda image, kernel: _off_by_one(image, kernel, True)),
        Mistake(
            "square kernel",
            "The kernel's height was taken for its width too: use both numbers of kernel.shape.",
            _as_if_square,
        ),
        Mistake(
            "averaged",
            "The products were averaged: add them up.",
            lambda image, kernel: _correlate(image, kernel / kernel.size),
        ),
        Mistake(
            "matrix product",
            "Window and kernel were multiplied as matrices: multiply element by element, with *.",
            _matrix_product,
        ),
        Mistake(
            "overwritten",
            "Only the last product of each window is kept: add with +=.",
            lambda image, kernel: kernel[-1, -1] * image[kernel.shape[0] - 1 :, kernel.shape[1] - 1 :],
        ),
        Mistake(
            "whole numbers",
            "The fractions were cut off: is the result made of integers?",
            lambda image, kernel: np.trunc(_correlate(image, kernel)),
        ),
    ),
    hints=(
        Hint(
            "window and kernel differ",
            "Window and kernel differ in shape: each window has kh rows and kw columns, multiplied by *.",
            ("must match", "could not be broadcast", "cannot be multiplied", "inconsistent tensor size"),
        ),
        Hint(
            "index outside",
            "An index left the image or the kernel: windows start at H - kh + 1 rows and W - kw + 1 columns.",
            ("IndexError",),
        ),
    ),
    right=answers.CROSS_CORRELATE_RIGHT,
    wrong=answers.CROSS_CORRELATE_WRONG,
)

EXERCISES = (PARAMETERS, CROSS_CORRELATE, CHANNELS, SEPARABLE, INPUT_GRADIENT)
