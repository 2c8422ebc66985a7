"""The transpose of the strided cross-correlation: it leads from small feature maps back to large images."""

from __future__ import annotations

from typing import Any

import torch

from cnnlab._arguments import non_negative_int, positive_int
from cnnlab.convolution.autocast import without_autocast
from cnnlab.convolution.operands import check_alike, check_shapes
from cnnlab.convolution.slide import Slide, pad, spread
from cnnlab.convolution.two_dimensional import Size, cross_correlate2d
from cnnlab.geometry import effective_kernel_size
from cnnlab.geometry.pairs import int_pair


@without_autocast
def conv_transpose2d(
    images: torch.Tensor,
    kernel: torch.Tensor,
    *,
    stride: Size = 1,
    padding: Size = 0,
    output_padding: Size = 0,
    dilation: Size = 1,
    groups: int = 1,
) -> torch.Tensor:
    """Return the images spread with zeros, with the flipped kernel slid over them.

    If ``cross_correlate2d`` with the same kernel and sizes is a matrix T, this is T transposed: every pixel
    adds a copy of the kernel times its value, and neighbouring copies start ``stride`` pixels apart. An
    infinity or NaN in the images stays in its copy of the kernel; one in the kernel spoils the whole of its
    output channel, for it meets the zeros between the pixels.
    Every size but ``groups`` is an integer for both axes or a pair (rows, columns).

    Args:
        images: shape (H, W), or (N, in_channels, H, W); floating point, on any device. N may be 0.
        kernel: shape (kh, kw), or (in_channels, out_channels // groups, kh, kw); dtype and device likewise.
        stride: pixels of the result from one copy of the kernel to the next.
        padding: pixels cut off each side of the result.
        output_padding: rows and columns of the result added at the end; below ``stride`` or ``dilation``.
        dilation: distance between neighbouring taps in pixels.
        groups: number of groups of channels, each with its own kernels.

    Returns:
        Shape (H', W'), or (N, out_channels, H', W'), with
        ``H' = (H - 1) * stride - 2 * padding + dilation * (kh - 1) + output_padding + 1``.

    Raises:
        TypeError: not tensors, unsupported or differing dtypes, or a size that is not an integer.
        ValueError: shapes, devices, groups or sizes that do not fit together.

    Source:
        ``torch.nn.functional.conv_transpose2d``; Dumoulin and Visin 2016, A guide to convolution arithmetic
        for deep learning, chapter 4.

    Example:
        >>> conv_transpose2d(torch.tensor([[1.0, 2.0]]), torch.ones(1, 3), stride=2)  # two copies meet once
        tensor([[1., 1., 3., 2., 2.]])
    """
    return transpose(
        "images",
        images,
        kernel,
        stride=stride,
        padding=padding,
        output_padding=output_padding,
        dilation=dilation,
        groups=groups,
    )


def transpose(
    name: str,
    images: torch.Tensor,
    kernel: torch.Tensor,
    *,
    stride: Any,
    padding: Any,
    output_padding: Any,
    dilation: Any,
    groups: Any,
) -> torch.Tensor:
    """Return ``conv_transpose2d``, with errors that call the images ``name``."""
    check_transposed(name, images, kernel, groups)
    strides = int_pair("stride", stride, positive_int)
    dilations = int_pair("dilation", dilation, positive_int)
    paddings = int_pair("padding", padding, non_negative_int)
    extras = int_pair("output_padding", output_padding, non_negative_int)
    axes = zip(images.shape[-2:], kernel.shape[-2:], strides, paddings, extras, dilations, strict=True)
    images = pad(spread(images, *strides), *(_slide(*axis) for axis in axes))
    if kernel.ndim == 4:  # (in_channels, O, ...) to (groups * O, in_channels // groups, ...)
        kernel = kernel.unflatten(0, (groups, -1)).transpose(1, 2).flatten(0, 1)
    return cross_correlate2d(images, kernel.flip(-2, -1), dilation=dilation, groups=groups)


def _slide(length: int, taps: int, stride: int, padding: int, extra: int, dilation: int) -> Slide:
    """The slide over the spread pixels; a negative side cuts off those whose windows the padding drops."""
    if extra >= max(stride, dilation):
        raise ValueError(f"output_padding must be below stride or dilation, got {extra}")
    overhang = effective_kernel_size(taps, dilation) - 1
    whole = (length - 1) * stride + overhang + extra + 1
    if 2 * padding >= whole:
        raise ValueError(f"padding must leave some of a result of length {whole}, got {padding}")
    return Slide(1, dilation, overhang - padding, overhang - padding + extra)


def check_transposed(name: str, images: Any, kernel: Any, groups: Any) -> None:
    """Raise one clear sentence unless the two can go into a transposed convolution."""
    check_alike(**{name: images, "kernel": kernel})
    kernel_axes = "in_channels, out_channels // groups, kh, kw"
    check_shapes(tuple(images.shape), tuple(kernel.shape), "H, W", "kh, kw", kernel_axes, name)
    groups, channels = positive_int("groups", groups), 1 if images.ndim == 2 else images.shape[1]
    if channels % groups:
        raise ValueError(f"groups must divide the {channels} channels of {name}, got {groups}")
    if images.ndim == 4 and kernel.shape[0] != channels:
        raise ValueError(
            f"kernel must have as first size the {channels} channels of {name}, got {kernel.shape[0]}"
        )
