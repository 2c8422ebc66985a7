"""Blur, then subsample: pooling whose result moves smoothly when the picture moves."""

from __future__ import annotations

import math
from typing import Any

import torch
from torch import Tensor, nn

from cnnlab._arguments import one_of, positive_int
from cnnlab.convolution.operands import check_images, computing_dtype
from cnnlab.convolution.slide import Slide
from cnnlab.convolution.two_dimensional import Size
from cnnlab.geometry.pairs import int_pair
from cnnlab.pooling.maximum import max_pool2d
from cnnlab.pooling.windows import planes

PADDING_MODES = ("zeros", "reflect", "replicate", "circular")


def blur_pool2d(
    images: Tensor, kernel_size: int = 3, *, stride: Size = 2, padding_mode: str = "reflect"
) -> Tensor:
    """Return every ``stride``-th pixel of the images, blurred first by a binomial kernel.

    Subsampling alone folds stripes finer than ``2 * stride`` pixels into coarse ones that are not there
    (aliasing), and which ones depends on where the picture happens to lie. The blur weakens them before.
    Of 3 taps it is (1, 2, 1) / 4 along each axis; of 1 tap there is no blur.

    Args:
        images: shape (H, W), (C, H, W) or (N, C, H, W); floating point, on any device; N may be 0.
        kernel_size: taps of the blur along each axis.
        stride: pixels from one result to the next, for both axes or a pair.
        padding_mode: what lies beyond the edges: "zeros", "reflect" (the picture mirrored, its edge not
            repeated), "replicate" (the edge repeated) or "circular" (the opposite side). The padding is
            (kernel_size - 1) / 2 on each side; an even kernel has one pixel more at the bottom and right.

    Returns:
        Shape (..., ceil(H / stride), ceil(W / stride)); dtype of ``images``.

    Raises:
        TypeError: not a tensor of a supported dtype, or a size that is not an integer.
        ValueError: a shape, size or mode that does not fit; a picture too small to mirror or to wrap.

    Source:
        Zhang 2019, Making convolutional networks shift-invariant again, section 3.2.

    Example:
        >>> stripes = torch.tensor([[1.0, 0.0, 1.0, 0.0, 1.0, 0.0]])
        >>> stripes[:, ::2], blur_pool2d(stripes, stride=(1, 2), padding_mode="circular")
        (tensor([[1., 1., 1.]]), tensor([[0.5000, 0.5000, 0.5000]]))
    """
    check_images(images)
    taps = positive_int("kernel_size", kernel_size)
    down, along = int_pair("stride", stride, positive_int)
    one_of("padding_mode", padding_mode, PADDING_MODES)
    exact = planes(images.to(computing_dtype(images.dtype)))
    padded = _padded(exact, taps, padding_mode)
    result = _subsample(_subsample(padded, taps, down, -2), taps, along, -1)
    return result.reshape(*images.shape[:-2], *result.shape[-2:]).to(images.dtype)


def max_blur_pool2d(
    images: Tensor,
    kernel_size: Size = 2,
    *,
    stride: Size = 2,
    blur_size: int = 3,
    padding_mode: str = "reflect",
) -> Tensor:
    """Return max pooling that does not alias: the maximum at every place, then ``blur_pool2d``.

    Max pooling with stride 2 is the maximum at stride 1, of which every second is kept. The maximum moves
    with the picture; only the keeping of every second does not. So the blur goes between the two.

    Args:
        images: shape (H, W), (C, H, W) or (N, C, H, W); floating point, on any device; N may be 0.
        kernel_size: pixels of the maximum's window along each axis.
        stride: pixels from one result to the next.
        blur_size: taps of the blur along each axis; 1 gives plain max pooling.
        padding_mode: what lies beyond the edges of the maxima, as in ``blur_pool2d``.

    Returns:
        Shape (..., ceil((H - kernel_size + 1) / stride), ...); dtype of ``images``.

    Raises:
        TypeError: not a tensor of a supported dtype, or a size that is not an integer.
        ValueError: a shape, size or mode that does not fit.

    Source:
        Zhang 2019, section 3.2, "MaxBlurPool".

    Example:
        >>> image = torch.tensor([[0.0, 0.0, 1.0, 1.0, 0.0, 0.0]])
        >>> max_blur_pool2d(image, (1, 2), stride=(1, 2), padding_mode="replicate")
        tensor([[0.2500, 1.0000, 0.2500]])
    """
    largest = max_pool2d(images, kernel_size, stride=1)
    return blur_pool2d(largest, blur_size, stride=stride, padding_mode=padding_mode)


class BlurPool2d(nn.Module):
    """A layer that gives ``blur_pool2d`` of its input; it has nothing to learn, and takes any channels.

    Args:
        kernel_size: taps of the blur along each axis.
        stride: pixels from one result to the next.
        padding_mode: "zeros", "reflect", "replicate" or "circular".

    Raises:
        TypeError: a size is not an integer.
        ValueError: a size is not positive, or the mode is unknown.

    Example:
        >>> model = nn.Sequential(nn.MaxPool2d(2, stride=1), BlurPool2d())  # max pooling that does not alias
        >>> model(torch.ones(1, 3, 8, 8)).shape
        torch.Size([1, 3, 4, 4])
    """

    def __init__(self, kernel_size: int = 3, *, stride: Size = 2, padding_mode: str = "reflect") -> None:
        super().__init__()
        self.kernel_size = positive_int("kernel_size", kernel_size)
        self.stride = int_pair("stride", stride, positive_int)
        self.padding_mode = one_of("padding_mode", padding_mode, PADDING_MODES)

    def forward(self, images: Tensor) -> Tensor:
        """Return ``blur_pool2d`` of the images."""
        options: dict[str, Any] = {"stride": self.stride, "padding_mode": self.padding_mode}
        return blur_pool2d(images, self.kernel_size, **options)

    def extra_repr(self) -> str:
        """Return the settings, as ``print(model)`` shows them."""
        return f"{self.kernel_size}, stride={self.stride}, padding_mode={self.padding_mode!r}"


def _subsample(images: Tensor, taps: int, stride: int, axis: int) -> Tensor:
    """Return every ``stride``-th sum along ``axis`` of neighbours weighted by Pascal's row of ``taps``.

    For so few taps adding up shifted copies takes a third of the time of ``cross_correlate2d``.
    """
    slide, turned = Slide(stride, 1, 0, 0), images.transpose(axis, -1)
    count = slide.positions(images.shape[axis], taps)
    total = torch.zeros((), dtype=images.dtype, device=images.device)
    for tap in range(taps):
        weight = math.comb(taps - 1, tap) / 2 ** (taps - 1)
        total = total + weight * turned[..., slide.samples(tap, count)]
    return total.transpose(axis, -1)


def _padded(images: Tensor, taps: int, mode: str) -> Tensor:
    before, after = (taps - 1) // 2, taps // 2
    for name, most in (("reflect", min(images.shape[-2:]) - 1), ("circular", min(images.shape[-2:]))):
        if mode == name and after > most:
            size = tuple(images.shape[-2:])
            raise ValueError(f"padding_mode {mode!r} must add at most {most} pixels to {size}, got {after}")
    mode = "constant" if mode == "zeros" else mode
    return nn.functional.pad(images, (before, after, before, after), mode=mode)
