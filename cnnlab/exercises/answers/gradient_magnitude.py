"""Answers to the exercise on Sobel's gradient magnitude, written as students write them."""

from __future__ import annotations

from typing import Any

import numpy as np
import scipy.ndimage
import scipy.signal
import torch
from torch.nn import functional as F

from cnnlab import filters
from cnnlab.exercises.exercise import Wrong

Tensor = torch.Tensor
_ACROSS = ((-1.0, 0.0, 1.0), (-2.0, 0.0, 2.0), (-1.0, 0.0, 1.0))


def _responses(image: Tensor, mode: str = "replicate", kernel: Any = _ACROSS) -> tuple[Tensor, Tensor]:
    padded = F.pad(image[None, None], (1, 1, 1, 1), mode=mode)
    x = torch.tensor(kernel, dtype=image.dtype)
    return F.conv2d(padded, x[None, None])[0, 0], F.conv2d(padded, x.T[None, None])[0, 0]


def _by_convolution(image: Tensor, mode: str = "replicate", kernel: Any = _ACROSS) -> Tensor:
    x, y = _responses(image, mode, kernel)
    return (x**2 + y**2).sqrt()


def _by_slices(image: Tensor) -> Tensor:
    wide = torch.cat([image[:1], image, image[-1:]])
    wide = torch.cat([wide[:, :1], wide, wide[:, -1:]], dim=1)
    down = wide[:-2] + 2 * wide[1:-1] + wide[2:]
    right = wide[:, :-2] + 2 * wide[:, 1:-1] + wide[:, 2:]
    return torch.hypot(down[:, 2:] - down[:, :-2], right[2:] - right[:-2])


def _by_loops(image: Tensor) -> list[list[float]]:
    height, width = image.shape

    def pixel(i: int, j: int) -> float:
        return float(image[min(max(i, 0), height - 1), min(max(j, 0), width - 1)])

    def change(i: int, j: int) -> tuple[float, float]:
        near = [(s, 2 - abs(s)) for s in (-1, 0, 1)]
        x = sum(w * (pixel(i + s, j + 1) - pixel(i + s, j - 1)) for s, w in near)
        return x, sum(w * (pixel(i + 1, j + s) - pixel(i - 1, j + s)) for s, w in near)

    return [[(x * x + y * y) ** 0.5 for x, y in (change(i, j) for j in range(width))] for i in range(height)]


def _by_scipy(image: Tensor, mode: str = "nearest") -> Any:
    x, y = (scipy.ndimage.sobel(image.numpy(), axis=axis, mode=mode) for axis in (1, 0))
    return np.hypot(x, y)


def _convolved(image: Tensor) -> Any:
    kernel = np.array(_ACROSS)
    padded = np.pad(image.numpy(), 1, mode="symmetric")
    x, y = (scipy.signal.convolve2d(padded, k, mode="valid") for k in (kernel, kernel.T))
    return abs(x + 1j * y)


def _inner(image: Tensor, border: bool) -> Tensor:
    if min(image.shape) < 3:
        return _by_convolution(image)
    inner = _by_convolution(image)[1:-1, 1:-1]
    return F.pad(inner, (1, 1, 1, 1)) if border else inner


def _without_padding(image: Tensor) -> Tensor:
    x = torch.tensor(_ACROSS, dtype=image.dtype)
    gx, gy = F.conv2d(image[None, None], x[None, None]), F.conv2d(image[None, None], x.T[None, None])
    return torch.hypot(gx, gy)[0, 0]


def _wrapped(image: Tensor) -> Tensor:
    across = image.roll(-1, 1) - image.roll(1, 1)
    down = image.roll(-1, 0) - image.roll(1, 0)
    gx = across.roll(1, 0) + 2 * across + across.roll(-1, 0)
    return torch.hypot(gx, down.roll(1, 1) + 2 * down + down.roll(-1, 1))


def _scaled(image: Tensor) -> Tensor:
    magnitude = _by_slices(image)
    return magnitude / magnitude.max()


def _into_integers(image: Tensor) -> Tensor:
    result = torch.zeros(image.shape, dtype=torch.int64)
    result[:] = _by_slices(image)
    return result


_PREWITT = ((-1.0, 0.0, 1.0),) * 3
_SCHARR = ((-3.0, 0.0, 3.0), (-10.0, 0.0, 10.0), (-3.0, 0.0, 3.0))
_ROW = ((0.0, 0.0, 0.0), (-1.0, 0.0, 1.0), (0.0, 0.0, 0.0))
_BINOMIAL = ((1.0, 2.0, 1.0), (2.0, 4.0, 2.0), (1.0, 2.0, 1.0))

GRADIENT_MAGNITUDE_RIGHT: tuple[Any, ...] = (
    _by_convolution,
    _by_slices,
    _by_loops,
    _by_scipy,
    _convolved,
    lambda image: filters.gradient(image).magnitude,
)

GRADIENT_MAGNITUDE_WRONG = (
    Wrong(lambda image: _by_convolution(image, "constant"), "zeros at the edge"),
    Wrong(lambda image: _by_convolution(image, "reflect"), "mirrored"),
    Wrong(lambda image: _by_scipy(image, "mirror"), "mirrored"),
    Wrong(_wrapped, "wrapped round"),
    Wrong(lambda image: _inner(image, border=True), "border zero"),
    Wrong(lambda image: _inner(image, border=False), "border lost"),
    Wrong(_without_padding, "border lost"),
    Wrong(lambda image: sum(part.abs() for part in _responses(image)), "sum of sizes"),
    Wrong(lambda image: torch.maximum(*map(torch.abs, _responses(image))), "larger"),
    Wrong(lambda image: _by_slices(image).square(), "not rooted"),
    Wrong(lambda image: sum(part.abs() for part in _responses(image)) ** 0.5, "not squared"),
    Wrong(lambda image: scipy.ndimage.sobel(image.numpy(), mode="nearest"), "one axis"),
    Wrong(lambda image: _responses(image)[0].pow(2).sqrt(), "one axis"),
    Wrong(lambda image: filters.sobel(image, "y"), "one axis"),
    Wrong(lambda image: filters.sobel(image, "y").abs(), "one axis"),
    Wrong(lambda image: torch.hypot(filters.sobel(image), filters.sobel(image)), "same axis twice"),
    Wrong(lambda image: torch.hypot(filters.sobel(image, "y"), filters.sobel(image, "y")), "same axis twice"),
    Wrong(lambda image: sum(_responses(image)), "signed sum"),
    Wrong(lambda image: (filters.sobel(image) + filters.sobel(image, "y")).square().sqrt(), "signed sum"),
    Wrong(lambda image: _by_convolution(image, kernel=_PREWITT), "Prewitt"),
    Wrong(lambda image: _by_convolution(image, kernel=_SCHARR), "Scharr"),
    Wrong(lambda image: _by_convolution(image, kernel=_ROW), "not smoothed"),
    Wrong(lambda image: _by_convolution(image / 2, kernel=_ROW), "not smoothed"),
    Wrong(lambda image: _by_slices(image / 4) / 2**0.5, "scikit-image's scale"),
    Wrong(lambda image: _by_slices(image / 4), "scikit-image's scale"),
    Wrong(lambda image: _by_slices(image) / 8, "divided"),
    Wrong(lambda image: torch.stack(_responses(image)).square().mean(0).sqrt(), "mean of squares"),
    Wrong(_scaled, "scaled to 1"),
    Wrong(lambda image: _by_slices(image).clamp(max=255), "clipped"),
    Wrong(lambda image: torch.minimum(_by_slices(image), torch.tensor(1.0)), "clipped"),
    Wrong(lambda image: _by_slices(image).round(), "whole numbers"),
    Wrong(lambda image: torch.stack(_responses(image)), "both"),
    Wrong(lambda image: filters.gradient(image), "both"),
    Wrong(lambda image: scipy.ndimage.laplace(image.numpy()), "Laplacian"),
    Wrong(lambda image: abs(scipy.ndimage.laplace(image.numpy())), "Laplacian"),
    Wrong(
        lambda image: np.hypot(*np.gradient(image.numpy())) if min(image.shape) > 1 else 0 * image,
        "np.gradient",
    ),
    Wrong(lambda image: sum(part.abs() for part in _responses(image, "constant")), "sum of sizes"),
    Wrong(lambda image: _by_convolution(image, "constant", _PREWITT), "Prewitt"),
    Wrong(lambda image: _responses(image, kernel=_BINOMIAL)[0], "smoothing"),
    Wrong(lambda image: _by_convolution(image, kernel=_BINOMIAL), "smoothing"),
    Wrong(lambda image: filters.gradient(image).direction, "direction"),
    Wrong(_into_integers, "whole numbers"),
    Wrong(lambda image: [[float(image[i + 1, j]) for j in range(3)] for i in range(3)], "index outside"),
    Wrong(lambda image: torch.stack(_responses(image)).sum(0).sqrt(), "not finite"),
    Wrong(lambda image: _by_slices(image).T, "transposed"),
    Wrong(lambda image: _by_slices(image)[None, None], "extra brackets"),
    Wrong(lambda image: 2 * _by_slices(image), "factor"),
    Wrong(lambda image: _by_slices(image).flatten(), "wrong shape"),
    Wrong(lambda image: _by_slices(image.mul_(2)) / 2, "changed its input"),
)
