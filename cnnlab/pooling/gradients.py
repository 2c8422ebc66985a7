"""The gradients of pooling written out: a maximum sends all to its winner, a mean the same to everybody."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn.functional import pad

from cnnlab._arguments import positive_int
from cnnlab.convolution.operands import check_images, computing_dtype
from cnnlab.convolution.transposed import conv_transpose2d
from cnnlab.convolution.two_dimensional import Size
from cnnlab.geometry import Pool
from cnnlab.geometry.pairs import int_pair
from cnnlab.pooling.means import pixel_counts
from cnnlab.pooling.windows import make_slides, planes


def max_pool2d_gradient(gradient: Tensor, indices: Tensor, input_size: Size) -> Tensor:
    """Return the loss's gradient with respect to the images: each value goes to its window's winner.

    A pixel that won in several overlapping windows adds up what they send; the others get nothing.

    Args:
        gradient: the loss's gradient with respect to the result of ``max_pool2d``, shape (..., H', W').
        indices: the places that ``max_pool2d`` gave with ``return_indices``, same shape.
        input_size: (H, W) of the images.

    Returns:
        Shape (..., H, W); dtype of ``gradient``.

    Raises:
        TypeError: not tensors, an unsupported dtype, or a size that is not an integer.
        ValueError: shapes that differ, a size that is not positive, or a place outside the images.

    Example:
        >>> places = torch.tensor([[1, 1]])  # the middle won in both windows
        >>> max_pool2d_gradient(torch.tensor([[10.0, 1.0]]), places, (1, 3))
        tensor([[ 0., 11.,  0.]])
    """
    check_images(gradient, "gradient")
    height, width = int_pair("input_size", input_size, positive_int)
    _check_indices(gradient, indices, height * width)
    exact = gradient.to(computing_dtype(gradient.dtype))
    sent = exact.masked_fill(indices < 0, 0).flatten(-2)
    result = sent.new_zeros(*gradient.shape[:-2], height * width)
    result = result.scatter_add(-1, indices.clamp(min=0).flatten(-2), sent)
    return result.unflatten(-1, (height, width)).to(gradient.dtype)


def avg_pool2d_gradient(
    gradient: Tensor,
    input_size: Size,
    kernel_size: Size,
    *,
    stride: Size | None = None,
    padding: Size = 0,
    ceil_mode: bool = False,
    count_include_pad: bool = True,
) -> Tensor:
    """Return the loss's gradient with respect to the images: a transposed convolution, all weights alike.

    Each value is divided by its window's number of pixels, and every pixel of the window gets that share.

    Args:
        gradient: the loss's gradient with respect to the result of ``avg_pool2d``, shape (..., H', W').
        input_size: (H, W) of the images; at a stride above 1 several sizes lead to one H'.
        kernel_size: as in that call; and so on.
        stride: pixels from one window to the next, ``kernel_size`` unless given.
        padding: zeros on each side.
        ceil_mode: whether a last window may hang over the far edge.
        count_include_pad: whether the zeros of ``padding`` count as pixels.

    Returns:
        Shape (..., H, W); dtype of ``gradient``.

    Raises:
        TypeError: not a tensor of a supported dtype, or a size that is not an integer.
        ValueError: a shape or size that does not fit.

    Example:
        >>> avg_pool2d_gradient(torch.tensor([[2.0, 6.0]]), (1, 3), (1, 2), stride=1)
        tensor([[1., 4., 3.]])
    """
    check_images(gradient, "gradient")
    size = int_pair("input_size", input_size, positive_int)
    pool = Pool(kernel_size, stride, padding, ceil_mode=ceil_mode)
    counts = pixel_counts(gradient.new_empty(size), pool, count_include_pad)
    if gradient.shape[-2:] != counts.shape:
        rows_columns = f"{tuple(counts.shape)} rows and columns, got {tuple(gradient.shape[-2:])}"
        raise ValueError(f"gradient must have {rows_columns}")
    shares = gradient.to(computing_dtype(gradient.dtype)) / counts
    kernel = shares.new_ones(1, 1, *int_pair("kernel_size", kernel_size, positive_int))
    steps = int_pair("stride", kernel_size if stride is None else stride, positive_int)
    spread = conv_transpose2d(planes(shares), kernel, stride=steps)
    down, along = make_slides(size, pool)  # what was padded is cut off again
    spread = pad(spread, (-along.left, -along.right, -down.left, -down.right))
    return spread.reshape(*gradient.shape[:-2], *size).to(gradient.dtype)


def _check_indices(gradient: Tensor, indices: Tensor, pixels: int) -> None:
    if not isinstance(indices, Tensor) or indices.dtype != torch.int64:
        kind = indices.dtype if isinstance(indices, Tensor) else type(indices).__name__
        raise TypeError(f"indices must be an int64 tensor, got {kind}")
    if indices.shape != gradient.shape:
        raise ValueError(f"indices must have shape {tuple(gradient.shape)}, got {tuple(indices.shape)}")
    if indices.device.type != "meta" and indices.numel() and indices.max() >= pixels:
        raise ValueError(f"indices must lie among the {pixels} pixels, got {int(indices.max())}")
