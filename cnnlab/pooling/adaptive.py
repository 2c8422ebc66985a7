"""Pooling by the size of the result: adaptive to any number of windows, global to one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor

from cnnlab._arguments import positive_int
from cnnlab.convolution.operands import check_images, computing_dtype
from cnnlab.geometry.pairs import pair

OutputSize = int | tuple[int | None, int | None]


def adaptive_max_pool2d(images: Tensor, output_size: OutputSize) -> Tensor:
    """Return the largest pixel of each of ``output_size`` windows that together cover the picture.

    Window i of n runs from pixel floor(i * H / n) to just before pixel ceil((i + 1) * H / n): where n does
    not divide H, neighbours share pixels. The gradient goes to the first largest pixel of a window.

    Args:
        images: shape (H, W), (C, H, W) or (N, C, H, W); floating point, on any device; N may be 0.
        output_size: rows and columns of the result; an integer stands for both, None keeps an axis.

    Returns:
        Shape (..., rows, columns); dtype of ``images``.

    Raises:
        TypeError: not a tensor of a supported dtype, or a size that is not an integer.
        ValueError: a shape that does not fit, or a size that is not positive.

    Source:
        ``torch.nn.functional.adaptive_max_pool2d``.

    Example:
        >>> adaptive_max_pool2d(torch.tensor([[1.0, 2.0, 9.0, 4.0, 5.0]]), (1, 2))  # windows of 3, one shared
        tensor([[9., 9.]])
    """
    check_images(images)
    return _reduce_both(images, output_size, lambda strip, axis: strip.max(axis).values)


def adaptive_avg_pool2d(images: Tensor, output_size: OutputSize) -> Tensor:
    """Return the mean of each of ``output_size`` windows, which lie as in ``adaptive_max_pool2d``.

    Args:
        images: shape (H, W), (C, H, W) or (N, C, H, W).
        output_size: rows and columns of the result; an integer stands for both, None keeps an axis.

    Returns:
        Shape (..., rows, columns); dtype of ``images``.

    Raises:
        TypeError: not a tensor of a supported dtype, or a size that is not an integer.
        ValueError: a shape that does not fit, or a size that is not positive.

    Source:
        ``torch.nn.functional.adaptive_avg_pool2d``.

    Example:
        >>> adaptive_avg_pool2d(torch.tensor([[1.0, 2.0, 9.0, 4.0, 5.0]]), (1, 2))
        tensor([[4., 6.]])
    """
    check_images(images)
    exact = images.to(computing_dtype(images.dtype))
    return _reduce_both(exact, output_size, lambda strip, axis: strip.mean(axis)).to(images.dtype)


def global_max_pool2d(images: Tensor) -> Tensor:
    """Return the largest pixel of each channel: whether a feature is anywhere, and no longer where.

    Args:
        images: shape (H, W), (C, H, W) or (N, C, H, W); floating point, on any device; N may be 0.

    Returns:
        Shape (), (C,) or (N, C): the axes H and W are gone. Dtype of ``images``.

    Raises:
        TypeError: not a tensor of a supported dtype.
        ValueError: a shape that does not fit.

    Example:
        >>> global_max_pool2d(torch.tensor([[1.0, 2.0], [7.0, 4.0]]))
        tensor(7.)
    """
    return adaptive_max_pool2d(images, 1)[..., 0, 0]


def global_avg_pool2d(images: Tensor) -> Tensor:
    """Return the mean of each channel: how much of a feature there is in all.

    Args:
        images: shape (H, W), (C, H, W) or (N, C, H, W); floating point, on any device; N may be 0.

    Returns:
        Shape (), (C,) or (N, C): the axes H and W are gone. Dtype of ``images``.

    Raises:
        TypeError: not a tensor of a supported dtype.
        ValueError: a shape that does not fit.

    Source:
        Lin et al. 2014, Network in network, section 3.2.

    Example:
        >>> global_avg_pool2d(torch.tensor([[1.0, 2.0], [7.0, 4.0]]))
        tensor(3.5000)
    """
    return adaptive_avg_pool2d(images, 1)[..., 0, 0]


def _reduce_both(images: Tensor, output_size: Any, reduce: Callable[[Tensor, int], Tensor]) -> Tensor:
    """Reduce along the rows, then down the columns: of equal pixels the first in reading order wins."""
    sizes = pair("output_size", output_size)
    for axis in (-1, -2):
        length = images.shape[axis]
        count = length if sizes[axis] is None else positive_int("output_size", sizes[axis])
        strips = []
        for i in range(count):
            start, end = i * length // count, -(-(i + 1) * length // count)  # rounded down, rounded up
            strips.append(reduce(images.narrow(axis, start, end - start), axis))
        images = torch.stack(strips, dim=axis)
    return images
