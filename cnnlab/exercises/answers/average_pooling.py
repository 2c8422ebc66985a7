"""Answers to the exercise on average pooling, written as students write them."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from torch.nn import functional as F

from cnnlab.exercises.exercise import Wrong

Tensor = torch.Tensor


def _by_loops(image: Tensor, kernel_size: int) -> Tensor:
    height, width = image.shape[0] // kernel_size, image.shape[1] // kernel_size
    result = torch.zeros(height, width, dtype=image.dtype)
    for i in range(height):
        for j in range(width):
            top, left = i * kernel_size, j * kernel_size
            result[i, j] = image[top : top + kernel_size, left : left + kernel_size].mean()
    return result


def _by_reshape(image: Tensor, kernel_size: int) -> Tensor:
    k = kernel_size
    height, width = image.shape[0] // k, image.shape[1] // k
    return image[: height * k, : width * k].reshape(height, k, width, k).mean((1, 3))


def _by_convolution(image: Tensor, kernel_size: int) -> Tensor:
    weight = torch.full((1, 1, kernel_size, kernel_size), 1 / kernel_size**2, dtype=image.dtype)
    return F.conv2d(image[None, None], weight, stride=kernel_size)[0, 0]


def _by_lists(image: Tensor, kernel_size: int) -> list[list[float]]:
    x, k = image.tolist(), kernel_size
    return [
        [
            sum(x[i + a][j + b] for a in range(k) for b in range(k)) / k**2
            for j in range(0, len(x[0]) - k + 1, k)
        ]
        for i in range(0, len(x) - k + 1, k)
    ]


def _windows(image: Tensor, k: int) -> Tensor:
    return image.unfold(0, k, k).unfold(1, k, k)


def _layer(image: Tensor, **options: Any) -> Tensor:
    return F.avg_pool2d(image[None], **options)[0]


def _assigned(image: Tensor, k: int) -> Tensor:
    result = torch.zeros(_by_loops(image, k).shape)
    for i, j in np.ndindex(*result.shape):
        for a in range(k):
            for b in range(k):
                result[i, j] = image[i * k + a, j * k + b] / k**2
    return result


def _beyond(image: Tensor, k: int) -> Tensor:
    result = torch.zeros(-(-image.shape[0] // k), -(-image.shape[1] // k))
    for i, j in np.ndindex(*result.shape):
        for a, b in np.ndindex(k, k):
            result[i, j] += image[i * k + a, j * k + b] / k**2
    return result


AVERAGE_RIGHT: tuple[Any, ...] = (_by_loops, _by_reshape, _by_convolution, _by_lists)

AVERAGE_WRONG = (
    Wrong(lambda image, kernel_size: _by_convolution(image, kernel_size) * kernel_size**2, "sum"),
    Wrong(lambda image, kernel_size: _windows(image, kernel_size).mean(-1).sum(-1), "divided by k"),
    Wrong(lambda image, kernel_size: F.max_pool2d(image[None], kernel_size)[0], "maximum"),
    Wrong(lambda image, kernel_size: _layer(image, kernel_size=kernel_size, stride=1), "stride 1"),
    Wrong(
        lambda image, kernel_size: _layer(image, kernel_size=kernel_size, ceil_mode=True), "parts of windows"
    ),
    Wrong(
        lambda image, kernel_size: _by_lists(
            F.pad(image, (0, -image.shape[1] % kernel_size, 0, -len(image) % kernel_size)), kernel_size
        ),
        "filled up",
    ),
    Wrong(lambda image, k: image[: len(image) // k * k : k, : image.shape[1] // k * k : k], "subsampled"),
    Wrong(lambda image, k: _windows(image, k)[:, :, 0].mean(-1), "rows only"),
    Wrong(lambda image, k: _windows(image, k)[..., 0].mean(-1), "columns only"),
    Wrong(lambda image, k: np.median(_windows(image, k).numpy(), axis=(2, 3)), "median"),
    Wrong(_assigned, "overwritten"),
    Wrong(lambda image, k: _windows(image, k).sum((2, 3)) // k**2, "whole numbers"),
    Wrong(lambda image, k: torch.mean(image), "global"),
    Wrong(lambda image, k: image.reshape(len(image) // k, k, -1, k).mean((1, 3)), "rest at the edge"),
    Wrong(_beyond, "rest at the edge"),
    Wrong(lambda image, k: _by_loops(image, k).T, "transposed"),
    Wrong(lambda image, k: _by_loops(image, k)[None, None], "extra brackets"),
    Wrong(lambda image, k: _by_loops(image, k).flatten(), "wrong shape"),
    Wrong(lambda image: _by_loops(image, 2), "arguments"),
    Wrong(lambda image, k: _by_loops(image.mul_(2), k) / 2, "changed its input"),
)
