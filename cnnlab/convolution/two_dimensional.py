"""Convolution and cross-correlation of images: checks, padding and groups around the four methods."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch

from cnnlab._arguments import one_of
from cnnlab.convolution import methods2d
from cnnlab.convolution.autocast import without_autocast
from cnnlab.convolution.operands import check_operands
from cnnlab.convolution.slide import Slide, apply, make_slide
from cnnlab.geometry.pairs import pair

Size = int | tuple[int, int]

_METHODS = {
    "loops": methods2d.loops,
    "windows": methods2d.windows,
    "im2col": methods2d.im2col,
    "fft": methods2d.fft,
}
METHODS_2D = tuple(_METHODS)


@without_autocast
def cross_correlate2d(
    images: torch.Tensor,
    kernel: torch.Tensor,
    *,
    method: str = "im2col",
    mode: str = "valid",
    stride: Size = 1,
    padding: Size = 0,
    dilation: Size = 1,
    groups: int = 1,
) -> torch.Tensor:
    """Return the kernel slid over the images as it stands: what deep learning calls convolution.

    ``result[i, j] = sum over a, b of images[i + a, j + b] * kernel[a, b]`` at stride 1 without padding.
    Every size but ``groups`` is an integer for both axes or a pair (rows, columns).

    Args:
        images: shape (H, W), or (N, C, H, W); float16, bfloat16, float32 or float64, on any device; N may
            be 0.
        kernel: shape (kh, kw), or (out_channels, C // groups, kh, kw); dtype and device of ``images``.
        method: "loops", "windows", "im2col" or "fft": same numbers, different cost. An infinity or NaN in an
            image stays in its own windows with the first three; with "fft" it spoils the whole of its
            image's results, in all output channels of its group and in no others.
        mode: "valid" (only where the kernel fits), "full" (wherever it overlaps), or "same" (as large as the
            images; an even kernel reaches further down and to the right; stride 1 only).
        stride: pixels from one result to the next.
        padding: zeros added on each side, in mode "valid" only.
        dilation: distance between neighbouring taps in pixels.
        groups: number of groups of channels, each with its own kernels.

    Returns:
        Shape (H', W'), or (N, out_channels, H', W'), with ``geometry.output_length`` giving H' and W'; dtype
        of ``images``. The error is at most tol * max(1, largest result), with tol 1e-12 in float64, 1e-5 in
        float32 and 1e-2 in half precision, for data of ordinary size; sums that nearly cancel lose more.

    Raises:
        TypeError: not tensors, unsupported or differing dtypes, or a size that is not an integer.
        ValueError: shapes, devices, groups or options that do not fit together.

    Source:
        ``torch.nn.functional.conv2d``, including its ``padding="same"``.

    Example:
        >>> cross_correlate2d(torch.tensor([[1.0, 2.0, 4.0], [0.0, 0.0, 0.0]]), torch.tensor([[-1.0, 1.0]]))
        tensor([[1., 2.],
                [0., 0.]])
    """
    check_operands(images, kernel, axes="H, W", taps="kh, kw", groups=groups, name="images")
    options = {"mode": mode, "stride": stride, "padding": padding, "dilation": dilation}
    slides = make_slides("cross_correlation", kernel.shape[-2:], **options)
    return apply(_METHODS[one_of("method", method, METHODS_2D)], images, kernel, *slides, groups=groups)


@without_autocast
def convolve2d(
    images: torch.Tensor,
    kernel: torch.Tensor,
    *,
    method: str = "im2col",
    mode: str = "valid",
    stride: Size = 1,
    padding: Size = 0,
    dilation: Size = 1,
    groups: int = 1,
) -> torch.Tensor:
    """Return the convolution: the kernel, flipped in both axes, slid over the images.

    ``result[i, j] = sum over a, b of images[i - a, j - b] * kernel[a, b]`` in mode "full" with stride and
    dilation 1. Arguments, shapes, accuracy and errors are those of ``cross_correlate2d``; only "same"
    differs: it is the middle of "full", so an even kernel reaches further up and to the left.

    Args:
        images: shape (H, W), or (N, C, H, W).
        kernel: shape (kh, kw), or (out_channels, C // groups, kh, kw); only its taps are flipped.
        method: "loops", "windows", "im2col" or "fft"; with "fft" an infinity or NaN in an image spoils the
            whole of its image's results, in all output channels of its group.
        mode: "valid", "full" or "same".
        stride: pixels from one result to the next.
        padding: zeros added on each side, in mode "valid" only.
        dilation: distance between neighbouring taps in pixels.
        groups: number of groups of channels, each with its own kernels.

    Returns:
        Shape (H', W'), or (N, out_channels, H', W'); dtype of ``images``.

    Raises:
        TypeError: not tensors, unsupported or differing dtypes, or a size that is not an integer.
        ValueError: shapes, devices, groups or options that do not fit together.

    Source:
        ``scipy.signal.convolve2d``, including its ``mode="same"``. Where the kernel is larger than the image
        in both axes, "valid" is an error here and swaps the two there.

    Example:
        >>> convolve2d(torch.tensor([[1.0, 10.0]]), torch.tensor([[1.0], [2.0]]), mode="full")
        tensor([[ 1., 10.],
                [ 2., 20.]])
    """
    check_operands(images, kernel, axes="H, W", taps="kh, kw", groups=groups, name="images")
    options = {"mode": mode, "stride": stride, "padding": padding, "dilation": dilation}
    slides = make_slides("convolution", kernel.shape[-2:], **options)
    flipped = kernel.flip(-2, -1)
    return apply(_METHODS[one_of("method", method, METHODS_2D)], images, flipped, *slides, groups=groups)


def make_slides(
    operation: str, kernel_size: Sequence[int], *, mode: Any = "valid", **options: Any
) -> list[Slide]:
    """Return how a kernel of ``kernel_size`` moves down the rows and along the columns.

    Raises:
        TypeError: a size is not an integer.
        ValueError: a size is out of range or not a pair, or ``mode`` is unknown or forbids the options.
    """
    pairs = {name: pair(name, value) for name, value in options.items()}
    return [
        make_slide(operation, taps, mode=mode, **{name: values[axis] for name, values in pairs.items()})
        for axis, taps in enumerate(kernel_size)
    ]
