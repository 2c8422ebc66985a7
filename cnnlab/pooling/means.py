"""Average and Lp pooling: every pixel of a window has its say."""

from __future__ import annotations

import torch
from torch import Tensor

from cnnlab._arguments import positive_number
from cnnlab.convolution.operands import check_images, computing_dtype
from cnnlab.convolution.two_dimensional import Size
from cnnlab.geometry import Pool
from cnnlab.geometry.layers import windows as axes_of
from cnnlab.pooling.windows import make_slides, window_view


def avg_pool2d(
    images: Tensor,
    kernel_size: Size,
    *,
    stride: Size | None = None,
    padding: Size = 0,
    ceil_mode: bool = False,
    count_include_pad: bool = True,
) -> Tensor:
    """Return the mean of each window; every size is an integer for both axes or a pair.

    Without ``ceil_mode`` that is a cross-correlation of each channel with a kernel of constant weight
    1 / (kh * kw).

    Args:
        images: shape (H, W), (C, H, W) or (N, C, H, W); floating point, on any device; N may be 0.
        kernel_size: pixels of a window along each axis.
        stride: pixels from one window to the next, ``kernel_size`` unless given.
        padding: zeros on each side, at most half of ``kernel_size``.
        ceil_mode: whether a last window may hang over the far edge; what hangs over is never counted.
        count_include_pad: whether the zeros of ``padding`` count as pixels; if not, a window on the edge is
            divided by its pixels inside the picture.

    Returns:
        Shape (..., H', W') with ``geometry.output_size`` giving H' and W'; dtype of ``images``.

    Raises:
        TypeError: not a tensor of a supported dtype, or a size that is not an integer.
        ValueError: a shape or size that does not fit.

    Source:
        ``torch.nn.functional.avg_pool2d``.

    Example:
        >>> row = torch.tensor([[1.0, 3.0, 5.0]])
        >>> avg_pool2d(row, (1, 2)), avg_pool2d(row, (1, 2), ceil_mode=True)
        (tensor([[2.]]), tensor([[2., 5.]]))
    """
    check_images(images)
    pool = Pool(kernel_size, stride, padding, ceil_mode=ceil_mode)
    exact = images.to(computing_dtype(images.dtype))
    sums = window_view(exact, pool, 0).sum(-1)
    return (sums / pixel_counts(images, pool, count_include_pad)).to(images.dtype)


def pixel_counts(images: Tensor, pool: Pool, count_include_pad: bool) -> Tensor:
    """Return through how many pixels each window of ``images`` is divided, shape (H', W')."""
    slides, counts = make_slides((images.shape[-2], images.shape[-1]), pool), []
    for length, slide, window in zip(images.shape[-2:], slides, axes_of(pool), strict=True):
        margin = slide.left if count_include_pad else 0
        places = slide.positions(length, window.kernel_size)
        starts = torch.arange(places, device=images.device) * slide.stride - slide.left
        ends = (starts + window.kernel_size).clamp(max=length + margin)
        counts.append(ends - starts.clamp(min=-margin))
    return torch.outer(*counts)


def lp_pool2d(
    images: Tensor,
    kernel_size: Size,
    *,
    norm_type: float = 2,
    stride: Size | None = None,
    ceil_mode: bool = False,
) -> Tensor:
    """Return the Lp norm of each window, ``(sum of |x| ** p) ** (1 / p)``; by default its length, L2.

    With p = 1 it is the sum of magnitudes; the larger p, the closer it comes to the largest magnitude.

    Args:
        images: shape (H, W), (C, H, W) or (N, C, H, W); floating point, on any device; N may be 0.
        kernel_size: pixels of a window along each axis.
        norm_type: the power p, above 0.
        stride: pixels from one window to the next, ``kernel_size`` unless given.
        ceil_mode: whether a last window may hang over the far edge.

    Returns:
        Shape (..., H', W') with ``geometry.output_size`` giving H' and W'; dtype of ``images``.

    Raises:
        TypeError: not a tensor of a supported dtype, or a size that is not an integer.
        ValueError: a shape, size or ``norm_type`` that does not fit.

    Source:
        ``torch.nn.functional.lp_pool2d``, which takes no magnitudes, so that an odd p differs for negative
        pixels, scales windows that hang over the edge as if they were whole, and has no gradient where a
        window is all zeros (here it is 0).

    Example:
        >>> lp_pool2d(torch.tensor([[3.0, 0.0], [0.0, -4.0]]), 2)
        tensor([[5.]])
    """
    check_images(images)
    power = positive_number("norm_type", norm_type)
    pool = Pool(kernel_size, stride, ceil_mode=ceil_mode)
    windows = window_view(images.to(computing_dtype(images.dtype)), pool, 0)
    return torch.linalg.vector_norm(windows, power, dim=-1).to(images.dtype)
