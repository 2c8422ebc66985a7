"""Answers to the exercise on blurred subsampling, written as students write them."""

from __future__ import annotations

from typing import Any

import numpy as np
import scipy.ndimage
import torch
from torch.nn import functional as F

from cnnlab.exercises.exercise import Wrong

Tensor = torch.Tensor


def _by_convolution(image: Tensor, mode: str = "replicate", stride: int = 2) -> Tensor:
    row = torch.tensor([1.0, 2.0, 1.0], dtype=image.dtype) / 4
    padded = F.pad(image[None, None], (1, 1, 1, 1), mode=mode)
    return F.conv2d(padded, torch.outer(row, row)[None, None], stride=stride)[0, 0]


def _by_loops(image: Tensor) -> list[list[float]]:
    height, width = image.shape

    def pixel(i: int, j: int) -> float:
        return float(image[min(max(i, 0), height - 1), min(max(j, 0), width - 1)])

    weights = {(a, b): (2 - abs(a)) * (2 - abs(b)) / 16 for a in (-1, 0, 1) for b in (-1, 0, 1)}
    return [
        [sum(w * pixel(i + a, j + b) for (a, b), w in weights.items()) for j in range(0, width, 2)]
        for i in range(0, height, 2)
    ]


def _by_slices(image: Tensor) -> Tensor:
    x = torch.cat([image[:1], image, image[-1:]])
    x = (x[:-2] + 2 * x[1:-1] + x[2:]) / 4
    x = torch.cat([x[:, :1], x, x[:, -1:]], dim=1)
    x = (x[:, :-2] + 2 * x[:, 1:-1] + x[:, 2:]) / 4
    return x[::2, ::2]


def _by_scipy(image: Tensor, mode: str = "nearest", weights: tuple[float, ...] = (0.25, 0.5, 0.25)) -> Any:
    rows = scipy.ndimage.convolve1d(image.numpy(), weights, axis=0, mode=mode)
    return scipy.ndimage.convolve1d(rows, weights, axis=1, mode=mode)[::2, ::2]


def _wrapped(image: Tensor) -> Tensor:
    x = (image.roll(1, 0) + 2 * image + image.roll(-1, 0)) / 4
    return ((x.roll(1, 1) + 2 * x + x.roll(-1, 1)) / 4)[::2, ::2]


def _rows_or_columns(image: Tensor, axis: int) -> Any:
    return scipy.ndimage.convolve1d(image.numpy(), [0.25, 0.5, 0.25], axis=axis, mode="nearest")[::2, ::2]


def _without_border(image: Tensor) -> Tensor:
    if min(image.shape) < 3:
        return _by_convolution(image)
    row = torch.tensor([1.0, 2.0, 1.0], dtype=image.dtype) / 4
    return F.conv2d(image[None, None], torch.outer(row, row)[None, None], stride=2)[0, 0]


def _unpadded(image: Tensor) -> Tensor:
    row = torch.tensor([1.0, 2.0, 1.0], dtype=image.dtype) / 4
    return F.conv2d(image[None, None], torch.outer(row, row)[None, None], stride=2)[0, 0]


def _by_pixels(image: Tensor, lowest: int) -> Tensor:
    result = torch.zeros(-(-image.shape[0] // 2), -(-image.shape[1] // 2))
    for i, j in np.ndindex(*result.shape):
        for a, b in np.ndindex(3, 3):
            pixel = image[max(lowest, 2 * i + a - 1), max(lowest, 2 * j + b - 1)]
            result[i, j] += pixel * (2 - abs(a - 1)) * (2 - abs(b - 1)) / 16
    return result


BLUR_RIGHT: tuple[Any, ...] = (_by_convolution, _by_loops, _by_slices, _by_scipy)

BLUR_WRONG = (
    Wrong(lambda image: image.clone()[0::2][:, 0::2], "not blurred"),
    Wrong(lambda image: _by_convolution(image[::2, ::2], stride=1), "blurred too late"),
    Wrong(lambda image: _by_convolution(image, stride=1), "not thinned out"),
    Wrong(
        lambda image: _by_convolution(image, stride=1)[1::2, 1::2] if min(image.shape) > 1 else image,
        "odd pixels",
    ),
    Wrong(lambda image: _by_scipy(image, weights=(1, 2, 1)), "not divided"),
    Wrong(lambda image: _by_scipy(image, weights=(1, 2, 1)) / 4, "divided once"),
    Wrong(lambda image: _by_convolution(image, "constant"), "zeros at the edge"),
    Wrong(lambda image: _by_scipy(image, "mirror"), "mirrored"),
    Wrong(_wrapped, "wrapped round"),
    Wrong(lambda image: _by_scipy(image, weights=(1 / 3, 1 / 3, 1 / 3)), "box"),
    Wrong(lambda image: _rows_or_columns(image, 0), "one axis"),
    Wrong(lambda image: _rows_or_columns(image, 1), "one axis"),
    Wrong(_without_border, "border lost"),
    Wrong(_unpadded, "border lost"),
    Wrong(lambda image: _by_convolution(image, "reflect"), "mirrored"),
    Wrong(lambda image: _by_pixels(image, lowest=-1), "wrapped round"),
    Wrong(lambda image: _by_pixels(image, lowest=0), "index outside"),
    Wrong(lambda image: _by_slices(image).T, "transposed"),
    Wrong(lambda image: _by_slices(image)[None, None], "extra brackets"),
    Wrong(lambda image: 2 * _by_slices(image), "factor"),
    Wrong(lambda image: image.mean(), "wrong shape"),
    Wrong(lambda image: _by_slices(image.add_(1)) - 1, "changed its input"),
)
