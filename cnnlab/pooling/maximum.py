"""Max pooling: each window hands on its largest pixel and drops the rest."""

from __future__ import annotations

from typing import Literal, overload

import torch
from torch import Tensor

from cnnlab.convolution.operands import check_images
from cnnlab.convolution.two_dimensional import Size
from cnnlab.geometry import Pool
from cnnlab.pooling.windows import window_view


@overload
def max_pool2d(
    images: Tensor,
    kernel_size: Size,
    *,
    stride: Size | None = None,
    padding: Size = 0,
    dilation: Size = 1,
    ceil_mode: bool = False,
    return_indices: Literal[False] = False,
) -> Tensor: ...


@overload
def max_pool2d(
    images: Tensor,
    kernel_size: Size,
    *,
    stride: Size | None = None,
    padding: Size = 0,
    dilation: Size = 1,
    ceil_mode: bool = False,
    return_indices: Literal[True],
) -> tuple[Tensor, Tensor]: ...


def max_pool2d(
    images: Tensor,
    kernel_size: Size,
    *,
    stride: Size | None = None,
    padding: Size = 0,
    dilation: Size = 1,
    ceil_mode: bool = False,
    return_indices: bool = False,
) -> Tensor | tuple[Tensor, Tensor]:
    """Return the largest pixel of each window; every size is an integer for both axes or a pair.

    The gradient goes to that pixel alone, and where several are largest, to the first of them, row by row.

    Args:
        images: shape (H, W), (C, H, W) or (N, C, H, W); float16, bfloat16, float32 or float64, on any device;
            N may be 0.
        kernel_size: pixels of a window along each axis.
        stride: pixels from one window to the next, ``kernel_size`` unless given; below it, windows overlap.
        padding: pixels of minus infinity on each side, at most half of what the window spans.
        dilation: distance between neighbouring pixels of a window.
        ceil_mode: whether a last window may hang over the far edge.
        return_indices: whether to hand back also where each pixel was found.

    Returns:
        Shape (..., H', W') with ``geometry.output_size`` giving H' and W', dtype of ``images``; with
        ``return_indices`` also the places row * W + column, int64. A window that meets nothing but padding,
        as a dilated one may, gives minus infinity and the place -1.

    Raises:
        TypeError: not a tensor of a supported dtype, or a size that is not an integer.
        ValueError: a shape or size that does not fit.

    Source:
        ``torch.nn.functional.max_pool2d``, which allows padding up to half of ``kernel_size`` only, however
        far the window is spread.

    Example:
        >>> largest, places = max_pool2d(torch.tensor([[1.0, 5.0, 2.0, 2.0]]), (1, 2), return_indices=True)
        >>> largest, places  # of two equal pixels the first
        (tensor([[5., 2.]]), tensor([[1, 2]]))
    """
    check_images(images)
    pool = Pool(kernel_size, stride, padding, dilation, ceil_mode)
    places = _winners(images.detach(), pool)
    found = images.flatten(-2).gather(-1, places.clamp(min=0).flatten(-2)).reshape(places.shape)
    result = found.masked_fill(places < 0, float("-inf"))
    return (result, places) if return_indices else result


def _winners(images: Tensor, pool: Pool) -> Tensor:
    """Return where the first largest pixel of each window lies, row * W + column."""
    windows = window_view(images, pool, float("-inf"))
    height, width = images.shape[-2:]
    grid = torch.arange(height * width, device=images.device).reshape(height, width)
    places = window_view(grid, pool, -1)
    # NaN counts as largest; padding never wins, not even against a pixel of minus infinity.
    wins = ((windows == windows.amax(-1, keepdim=True)) | windows.isnan()) & (places >= 0)
    first = wins.byte().argmax(-1, keepdim=True)
    return places.expand(wins.shape).gather(-1, first).squeeze(-1)
