"""Answers to the exercise on the gradient of the image, written as students write them."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from torch.nn.functional import conv2d, conv_transpose2d, pad

from cnnlab.exercises.exercise import Wrong

Tensor = torch.Tensor


def _scatter(gradient: Tensor, kernel: Tensor) -> Tensor:
    rows, columns = kernel.shape
    result = torch.zeros(gradient.shape[0] + rows - 1, gradient.shape[1] + columns - 1)
    for i, j in np.ndindex(*gradient.shape):
        result[i : i + rows, j : j + columns] += gradient[i, j] * kernel
    return result


def _gather(gradient: Tensor, kernel: Tensor) -> list[list[float]]:
    g, w = gradient.tolist(), kernel.tolist()
    height, width = len(g) + len(w) - 1, len(g[0]) + len(w[0]) - 1

    def pixel(m: int, n: int) -> float:
        inside = [(i, j) for i in range(len(g)) for j in range(len(g[0]))]
        return sum(
            g[i][j] * w[m - i][n - j] for i, j in inside if 0 <= m - i < len(w) and 0 <= n - j < len(w[0])
        )

    return [[pixel(m, n) for n in range(width)] for m in range(height)]


def _slide(gradient: Tensor, kernel: Tensor) -> Tensor:
    rows, columns = kernel.shape
    border = pad(gradient, (columns - 1, columns - 1, rows - 1, rows - 1))
    return conv2d(border[None, None], kernel[None, None])[0, 0]


def _autograd(gradient: Tensor, kernel: Tensor) -> Tensor:
    height, width = gradient.shape[0] + kernel.shape[0] - 1, gradient.shape[1] + kernel.shape[1] - 1
    image = torch.zeros(1, 1, height, width, dtype=kernel.dtype, requires_grad=True)
    (image_gradient,) = torch.autograd.grad(conv2d(image, kernel[None, None]), image, gradient[None, None])
    return image_gradient[0, 0]


def _assigned(gradient: Tensor, kernel: Tensor) -> np.ndarray:
    result = np.zeros((gradient.shape[0] + kernel.shape[0] - 1, gradient.shape[1] + kernel.shape[1] - 1))
    for (i, j), slope in np.ndenumerate(gradient.numpy()):
        result[i : i + len(kernel), j : j + kernel.shape[1]] = slope * kernel.numpy()
    return result


def _no_border(gradient: Tensor, kernel: Tensor) -> Tensor:
    result = torch.zeros(gradient.shape)
    for i, j in np.ndindex(*gradient.shape):
        result[i : i + len(kernel), j : j + kernel.shape[1]] += gradient[i, j] * kernel
    return result


def _with_border(gradient: Tensor, kernel: Tensor) -> Tensor:
    down, right = len(kernel) - 1, kernel.shape[1] - 1
    border = pad(gradient, (right // 2, right - right // 2, down // 2, down - down // 2))
    return conv2d(border[None, None], kernel.flip(0, 1)[None, None])[0, 0]


def _valid_where_it_fits(gradient: Tensor, kernel: Tensor) -> Tensor:
    fits = len(kernel) <= len(gradient) and kernel.shape[1] <= gradient.shape[1]
    return conv2d(gradient[None, None], kernel[None, None])[0, 0] if fits else gradient


INPUT_GRADIENT_RIGHT: tuple[Any, ...] = (
    _scatter,
    _gather,
    lambda gradient, kernel: _slide(gradient, kernel.flip(0, 1)),
    lambda gradient, kernel: conv_transpose2d(gradient[None, None], kernel[None, None])[0, 0],
    _autograd,
)

INPUT_GRADIENT_WRONG = (
    Wrong(_slide, "cross-correlation"),
    Wrong(lambda gradient, kernel: _slide(gradient, kernel.flip(1)), "rows flipped"),
    Wrong(lambda gradient, kernel: _slide(gradient, kernel.flip(0)), "columns flipped"),
    Wrong(lambda gradient, kernel: _scatter(gradient, kernel.T), "kernel transposed"),
    Wrong(_valid_where_it_fits, "valid"),
    Wrong(lambda gradient, kernel: _valid_where_it_fits(gradient, kernel.flip(0, 1)), "valid"),
    Wrong(_with_border, "same"),
    Wrong(lambda gradient, kernel: _scatter(gradient, kernel)[: len(gradient), : len(gradient[0])], "cut"),
    Wrong(_assigned, "overwritten"),
    Wrong(lambda gradient, kernel: torch.stack([row * kernel.sum() for row in gradient]), "only summed"),
    Wrong(lambda gradient, kernel: _scatter(gradient, torch.ones(kernel.shape)), "spread evenly"),
    Wrong(_no_border, "window does not fit"),
    Wrong(lambda gradient, kernel: gradient * kernel, "wrong shape"),
    Wrong(lambda gradient, kernel: _scatter(gradient, kernel).T, "transposed"),
    Wrong(lambda gradient, kernel: -_scatter(gradient, kernel), "sign"),
    Wrong(lambda gradient, kernel: _scatter(gradient, kernel).flatten(), "wrong shape"),
    Wrong(lambda gradient, kernel: _scatter(gradient.neg_(), kernel).neg(), "changed its input"),
)
