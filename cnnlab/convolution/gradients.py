"""The two gradients of a cross-correlation, themselves convolutions: what backpropagation computes."""

from __future__ import annotations

from typing import Any

import torch

from cnnlab._arguments import positive_int
from cnnlab.convolution.autocast import without_autocast
from cnnlab.convolution.operands import check_alike
from cnnlab.convolution.slide import Slide
from cnnlab.convolution.transposed import check_transposed, transpose
from cnnlab.convolution.two_dimensional import Size, cross_correlate2d, make_slides
from cnnlab.geometry.pairs import int_pair


@without_autocast
def input_gradient2d(
    gradient: torch.Tensor,
    kernel: torch.Tensor,
    input_size: Size,
    *,
    stride: Size = 1,
    padding: Size = 0,
    dilation: Size = 1,
    groups: int = 1,
) -> torch.Tensor:
    """Return the loss's gradient with respect to the images: the transposed convolution of ``gradient``.

    An infinity or NaN spreads as in ``conv_transpose2d``: one in the kernel over the whole of its channel.

    Args:
        gradient: the loss's gradient with respect to the result of ``cross_correlate2d``, shape (H', W') or
            (N, out_channels, H', W').
        kernel: the kernel of that call, shape (kh, kw) or (out_channels, in_channels // groups, kh, kw).
        input_size: (H, W) of the images; at a stride above 1 several sizes lead to one H'.
        stride: as in that call; and so on.
        padding: zeros added on each side.
        dilation: distance between neighbouring taps in pixels.
        groups: number of groups of channels.

    Returns:
        Shape (H, W), or (N, in_channels, H, W).

    Raises:
        TypeError: not tensors, unsupported or differing dtypes, or a size that is not an integer.
        ValueError: shapes, devices, groups or sizes that do not fit together.

    Example:
        >>> input_gradient2d(torch.ones(1, 2), torch.tensor([[1.0, 10.0]]), (1, 3))  # the middle is in both
        tensor([[ 1., 11., 10.]])
    """
    check_transposed("gradient", gradient, kernel, groups)
    sizes = int_pair("input_size", input_size, positive_int)
    slides = _fit(gradient, sizes, kernel.shape[-2:], stride=stride, padding=padding, dilation=dilation)
    # What the last window of a strided slide does not reach gets a zero gradient.
    unreached = tuple(
        (size + slide.left + slide.right - slide.dilation * (taps - 1) - 1) % slide.stride
        for size, slide, taps in zip(sizes, slides, kernel.shape[-2:], strict=True)
    )
    options = {"stride": stride, "padding": padding, "dilation": dilation, "groups": groups}
    return transpose("gradient", gradient, kernel, output_padding=unreached, **options)


@without_autocast
def weight_gradient2d(
    images: torch.Tensor,
    gradient: torch.Tensor,
    kernel_size: Size,
    *,
    stride: Size = 1,
    padding: Size = 0,
    dilation: Size = 1,
    groups: int = 1,
) -> torch.Tensor:
    """Return the loss's gradient with respect to the kernel: the images correlated with ``gradient``.

    Here the gradient is what slides: stride and dilation change places, and so do batch and channels, since
    the images of a batch are what is summed over.

    Args:
        images: the images of a call of ``cross_correlate2d``, shape (H, W) or (N, in_channels, H, W).
        gradient: the loss's gradient with respect to its result, shape (H', W') or (N, out_channels, H', W').
        kernel_size: (kh, kw) of the kernel; at a stride above 1 several sizes lead to one H'.
        stride: as in that call; and so on.
        padding: zeros added on each side.
        dilation: distance between neighbouring taps in pixels.
        groups: number of groups of channels.

    Returns:
        Shape (kh, kw), or (out_channels, in_channels // groups, kh, kw).

    Raises:
        TypeError: not tensors, unsupported or differing dtypes, or a size that is not an integer.
        ValueError: shapes, devices, groups or sizes that do not fit together.

    Example:
        >>> weight_gradient2d(torch.tensor([[1.0, 2.0, 4.0]]), torch.ones(1, 2), (1, 2))
        tensor([[3., 6.]])
    """
    check_alike(images=images, gradient=gradient)
    _check_batches(images, gradient, positive_int("groups", groups))
    height, width = int_pair("kernel_size", kernel_size, positive_int)
    _fit(gradient, images.shape[-2:], (height, width), stride=stride, padding=padding, dilation=dilation)
    options: dict[str, Any] = {
        "stride": dilation,
        "padding": padding,
        "dilation": stride,
        "method": "windows",
    }
    if images.ndim == 2:
        return cross_correlate2d(images, gradient, **options)[:height, :width]
    shape = gradient.shape[1], images.shape[1] // groups, height, width
    if len(images) == 0:
        return images.new_zeros(shape)
    # (N, G * C, H, W) to (C, G * N, H, W): the channels of a group become the batch, its batch the channels.
    swapped = images.unflatten(1, (groups, -1)).permute(2, 1, 0, 3, 4).flatten(1, 2)
    result = cross_correlate2d(swapped, gradient.transpose(0, 1), groups=groups, **options)
    return result.transpose(0, 1)[..., :height, :width]


def _fit(gradient: torch.Tensor, sizes: Any, kernel_size: Any, **options: Any) -> list[Slide]:
    """Return the slides of the forward pass, once the gradient has the shape of its result."""
    slides = make_slides("cross_correlation", kernel_size, **options)
    axes = zip(sizes, slides, kernel_size, strict=True)
    expected = tuple(slide.positions(positive_int("input_size", size), taps) for size, slide, taps in axes)
    if tuple(gradient.shape[-2:]) != expected:
        raise ValueError(f"gradient must have {expected} rows and columns, got {tuple(gradient.shape[-2:])}")
    return slides


def _check_batches(images: torch.Tensor, gradient: torch.Tensor, groups: int) -> None:
    shapes = f"{tuple(images.shape)} and {tuple(gradient.shape)}"
    if images.ndim not in (2, 4) or images.ndim != gradient.ndim:
        raise ValueError(f"images and gradient must both have shape (H, W) or (N, C, H, W), got {shapes}")
    if images.ndim == 2:
        if groups != 1:
            raise ValueError(f"groups must be 1 for images without channels, got {groups}")
        return
    if len(images) != len(gradient):
        raise ValueError(f"images and gradient must be batches of one length, got {shapes}")
    for name, channels in (("in_channels", images.shape[1]), ("out_channels", gradient.shape[1])):
        if channels == 0 or channels % groups:
            raise ValueError(f"groups must divide {name} = {channels}, got {groups}")
