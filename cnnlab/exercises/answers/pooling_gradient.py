"""Answers to the exercise on the gradient of max pooling, written as students write them."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from torch.nn import functional as F

from cnnlab.exercises.exercise import Wrong

Tensor = torch.Tensor


def _by_loops(image: Tensor, gradient: Tensor, kernel_size: int, stride: int) -> Tensor:
    result = torch.zeros_like(image)
    for i in range(gradient.shape[0]):
        for j in range(gradient.shape[1]):
            window = image[i * stride : i * stride + kernel_size, j * stride : j * stride + kernel_size]
            a, b = divmod(int(window.argmax()), kernel_size)
            result[i * stride + a, j * stride + b] += gradient[i, j]
    return result


def _by_places(image: Tensor, gradient: Tensor, kernel_size: int, stride: int) -> Tensor:
    _, places = F.max_pool2d(image[None], kernel_size, stride, return_indices=True)
    result = torch.zeros(image.numel(), dtype=gradient.dtype)
    return result.index_add(0, places.flatten(), gradient.flatten()).reshape(image.shape)


def _by_autograd(image: Tensor, gradient: Tensor, kernel_size: int, stride: int) -> Tensor:
    leaf = image.clone().requires_grad_()
    F.max_pool2d(leaf[None], kernel_size, stride)[0].backward(gradient)
    assert leaf.grad is not None
    return leaf.grad


def _by_lists(image: Tensor, gradient: Tensor, kernel_size: int, stride: int) -> list[list[float]]:
    x, result = image.tolist(), [[0.0] * image.shape[1] for _ in image]
    for i, row in enumerate(gradient.tolist()):
        for j, value in enumerate(row):
            inside = [
                (i * stride + a, j * stride + b) for a in range(kernel_size) for b in range(kernel_size)
            ]
            m, n = max(inside, key=lambda place: x[place[0]][place[1]])
            result[m][n] += value
    return result


def _spread(image: Tensor, gradient: Tensor, k: int, s: int, weight: float) -> Tensor:
    kernel = torch.full((1, 1, k, k), weight, dtype=gradient.dtype)
    sent = F.conv_transpose2d(gradient[None, None], kernel, stride=s)[0, 0]
    return F.pad(sent, (0, image.shape[1] - sent.shape[1], 0, image.shape[0] - sent.shape[0]))


def _assigned(image: Tensor, gradient: Tensor, k: int, s: int) -> Tensor:
    _, places = F.max_pool2d(image[None], k, s, return_indices=True)
    result = torch.zeros(image.numel(), dtype=gradient.dtype)
    for place, value in zip(places.flatten().tolist(), gradient.flatten().tolist(), strict=True):
        result[place] = value
    return result.reshape(image.shape)


def _where_largest(image: Tensor, gradient: Tensor, k: int, s: int, split: bool) -> Tensor:
    result = torch.zeros_like(image)
    for i, j in np.ndindex(*gradient.shape):
        window = image[i * s : i * s + k, j * s : j * s + k]
        mask = (window == window.max()).double()
        result[i * s : i * s + k, j * s : j * s + k] += gradient[i, j] * (
            mask / mask.sum() if split else mask
        )
    return result


def _last_of_equals(image: Tensor, gradient: Tensor, k: int, s: int) -> np.ndarray:
    result = np.zeros(image.shape)
    for i, j in np.ndindex(*gradient.shape):
        inside = [(i * s + a, j * s + b) for a in range(k) for b in range(k)]
        place = max(inside, key=lambda at: (float(image[at]), at))
        result[place] += float(gradient[i, j])
    return result


def _corners(image: Tensor, gradient: Tensor, k: int, s: int) -> Tensor:
    result = torch.zeros_like(image)
    result[: gradient.shape[0] * s : s, : gradient.shape[1] * s : s] = gradient
    return result


def _apart(image: Tensor, gradient: Tensor, k: int, s: int) -> Tensor:
    fits = gradient.shape[0] * k <= image.shape[0] and gradient.shape[1] * k <= image.shape[1]
    return _by_loops(image, gradient, k, k) if fits else image


MAX_GRADIENT_RIGHT: tuple[Any, ...] = (_by_loops, _by_places, _by_autograd, _by_lists)

MAX_GRADIENT_WRONG = (
    Wrong(lambda image, gradient, k, s: _spread(image, gradient, k, s, 1 / k**2), "spread evenly"),
    Wrong(lambda image, gradient, k, s: _spread(image, gradient, k, s, 1), "sent to all"),
    Wrong(_assigned, "overwritten"),
    Wrong(lambda image, gradient, k, s: _where_largest(image, gradient, k, s, False), "ties"),
    Wrong(lambda image, gradient, k, s: _where_largest(image, gradient, k, s, True), "ties shared"),
    Wrong(_last_of_equals, "last of equals"),
    Wrong(_corners, "first pixel"),
    Wrong(lambda image, gradient, k, s: _by_places(-image, gradient, k, s), "smallest"),
    Wrong(lambda image, gradient, k, s: _by_loops(image, gradient, k, s) * image, "times the pixel"),
    Wrong(lambda image, gradient, k, s: _by_autograd(image, torch.ones_like(gradient), k, s), "ones"),
    Wrong(_apart, "stride ignored"),
    Wrong(lambda image, gradient, k, s: _by_loops(image, gradient, k, k), "index outside"),
    Wrong(lambda image, gradient, k, s: gradient * (image == image.max()), "index outside"),
    Wrong(lambda image, gradient, k, s: _by_loops(image, gradient, k, s).T, "transposed"),
    Wrong(lambda image, gradient, k, s: -_by_loops(image, gradient, k, s), "sign"),
    Wrong(lambda image, gradient, k, s: F.max_pool2d(image[None], k, s)[0] * gradient, "wrong shape"),
    Wrong(lambda image, gradient, k, s: 2 * _by_places(image, gradient, k, s), "factor"),
    Wrong(lambda image, gradient: _by_loops(image, gradient, 2, 2), "arguments"),
    Wrong(lambda image, gradient, k, s: -_by_loops(image, gradient.neg_(), k, s), "changed its input"),
)
