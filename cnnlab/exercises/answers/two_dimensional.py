"""Answers to the first exercises of notebook 02, written as students write them."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from torch.nn.functional import conv2d, pad

from cnnlab.exercises.exercise import Wrong

PARAMETERS_RIGHT: tuple[Any, ...] = (
    1216,
    16 * (3 * 5 * 5 + 1),
    np.zeros((16, 3, 5, 5)).size + np.zeros(16).size,
    torch.nn.utils.parameters_to_vector(torch.nn.Conv2d(3, 16, 5).parameters()).numel(),
)

PARAMETERS_WRONG = (
    Wrong(torch.nn.Conv2d(3, 16, 5, bias=False).weight.numel(), "bias forgotten"),
    Wrong(16 * (5 * 5 + 1), "input channels forgotten"),
    Wrong(16 * (3 * 5 + 1), "kernel not square"),
    Wrong(3 * 5 * 5 + 1, "one output channel"),
    Wrong([1203], "bias of the input"),
    Wrong(1201.0, "one bias"),
    Wrong(torch.tensor(1248), "bias of each kernel"),
    Wrong(np.float32(491), "added"),
    Wrong((16, 3, 5, 5), "wrong shape"),
    Wrong(torch.nn.Conv2d(3, 16, 5).weight, "wrong shape"),
    Wrong("1,216", "wrong type"),
    Wrong(1215, "wrong values"),
    Wrong(-1216, "sign"),
)


def _by_loops(image: torch.Tensor, kernel: torch.Tensor) -> torch.Tensor:
    (height, width), (rows, columns) = image.shape, kernel.shape
    result = torch.zeros(height - rows + 1, width - columns + 1)
    for i in range(height - rows + 1):
        for j in range(width - columns + 1):
            result[i, j] = (image[i : i + rows, j : j + columns] * kernel).sum()
    return result


def _by_lists(image: torch.Tensor, kernel: torch.Tensor) -> list[list[float]]:
    x, w = image.tolist(), kernel.tolist()
    return [
        [
            sum(x[i + a][j + b] * w[a][b] for a in range(len(w)) for b in range(len(w[0])))
            for j in range(len(x[0]) - len(w[0]) + 1)
        ]
        for i in range(len(x) - len(w) + 1)
    ]


def _by_shifts(image: torch.Tensor, kernel: torch.Tensor) -> np.ndarray:
    x, w = image.numpy(), kernel.numpy()
    height, width = x.shape[0] - w.shape[0] + 1, x.shape[1] - w.shape[1] + 1
    return sum(w[a, b] * x[a : a + height, b : b + width] for a, b in np.ndindex(*w.shape))


def _layer(image: torch.Tensor, kernel: torch.Tensor, **options: Any) -> torch.Tensor:
    return conv2d(image[None, None], kernel[None, None], **options)[0, 0]


def _with_border(image: torch.Tensor, kernel: torch.Tensor) -> torch.Tensor:
    down, right = len(kernel) - 1, kernel.shape[1] - 1
    return _by_loops(pad(image, (right // 2, right - right // 2, down // 2, down - down // 2)), kernel)


def _one_place_short(image: torch.Tensor, kernel: torch.Tensor) -> torch.Tensor:
    result = torch.zeros(_by_loops(image, kernel).shape)
    for i in range(len(image) - len(kernel)):
        for j in range(image.shape[1] - kernel.shape[1]):
            result[i, j] = (image[i : i + len(kernel), j : j + kernel.shape[1]] * kernel).sum()
    return result


def _one_size(image: torch.Tensor, kernel: torch.Tensor) -> list[list[float]]:
    k = len(kernel)
    return [
        [
            sum(
                float(image[i + a, j + b] * kernel[a, b])
                for a in range(k)
                for b in range(min(k, kernel.shape[1]))
            )
            for j in range(image.shape[1] - k + 1)
        ]
        for i in range(image.shape[0] - k + 1)
    ]


def _square_windows(image: torch.Tensor, kernel: torch.Tensor) -> torch.Tensor:
    k = len(kernel)
    return torch.stack([(image[i : i + k, i : i + k] * kernel).sum() for i in range(len(image) - k + 1)])


def _every_pixel(image: torch.Tensor, kernel: torch.Tensor) -> torch.Tensor:
    result = torch.zeros(image.shape)
    for i, j in np.ndindex(*image.shape):
        for a, b in np.ndindex(*kernel.shape):
            result[i, j] += image[i + a, j + b] * kernel[a, b]
    return result


def _assigned(image: torch.Tensor, kernel: torch.Tensor) -> torch.Tensor:
    result = torch.zeros(_by_loops(image, kernel).shape)
    for i, j in np.ndindex(*result.shape):
        for a, b in np.ndindex(*kernel.shape):
            result[i, j] = image[i + a, j + b] * kernel[a, b]
    return result


def _matrices(image: torch.Tensor, kernel: torch.Tensor) -> torch.Tensor:
    windows = image.unfold(0, kernel.shape[0], 1).unfold(1, kernel.shape[1], 1)
    square = kernel.shape[0] == kernel.shape[1]
    return ((windows @ kernel) if square else windows * kernel).sum((2, 3))


CROSS_CORRELATE_RIGHT: tuple[Any, ...] = (_by_loops, _by_lists, _by_shifts, _layer)

CROSS_CORRELATE_WRONG = (
    Wrong(lambda image, kernel: _layer(image, torch.flip(kernel, (0, 1))), "convolution"),
    Wrong(lambda image, kernel: _by_loops(image, kernel.flip(0)), "rows flipped"),
    Wrong(lambda image, kernel: _by_shifts(image, kernel.flip(1)), "columns flipped"),
    Wrong(
        lambda image, kernel: _layer(image, kernel.T) if len(image) >= kernel.shape[1] else image,
        "kernel transposed",
    ),
    Wrong(
        lambda image, kernel: _layer(image, kernel, padding=(len(kernel) - 1, kernel.shape[1] - 1)), "full"
    ),
    Wrong(_with_border, "same"),
    Wrong(lambda image, kernel: _by_loops(image, kernel)[:-1, :-1], "off by one"),
    Wrong(_one_place_short, "off by one"),
    Wrong(_one_size, "square kernel"),
    Wrong(_square_windows, "wrong shape"),
    Wrong(lambda image, kernel: _by_loops(image, kernel) / kernel.numel(), "averaged"),
    Wrong(_matrices, "matrix product"),
    Wrong(_assigned, "overwritten"),
    Wrong(lambda image, kernel: _by_loops(image, kernel).int(), "whole numbers"),
    Wrong(lambda image, kernel: _by_loops(image.T, kernel.T), "transposed"),
    Wrong(lambda image, kernel: _by_loops(image, kernel)[None, None], "extra brackets"),
    Wrong(lambda image, kernel: (image * kernel).sum(), "window and kernel differ"),
    Wrong(lambda image, kernel: image @ kernel, "window and kernel differ"),
    Wrong(_every_pixel, "index outside"),
    Wrong(lambda image, kernel: _by_loops(pad(image, (1, 1, 1, 1)), kernel), "wrong shape"),
    Wrong(lambda image, kernel: _by_loops(image.mul_(2), kernel) / 2, "changed its input"),
)
