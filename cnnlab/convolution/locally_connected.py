"""Locally connected layers: windows as in a convolution, but every place has weights of its own."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn

from cnnlab._arguments import positive_int
from cnnlab.convolution.autocast import without_autocast
from cnnlab.convolution.methods2d import sliding_windows2d
from cnnlab.convolution.operands import check_alike, computing_dtype
from cnnlab.convolution.slide import pad
from cnnlab.convolution.two_dimensional import Size, make_slides
from cnnlab.geometry.pairs import int_pair


@without_autocast
def locally_connected2d(
    images: Tensor, weight: Tensor, bias: Tensor | None = None, *, stride: Size = 1, padding: Size = 0
) -> Tensor:
    """Return each window times the weights of its place, summed: a convolution whose weights are not shared.

    Args:
        images: shape (N, C, H, W); float16, bfloat16, float32 or float64. N may be 0.
        weight: shape (out_channels, H', W', C, kh, kw); dtype and device of ``images``.
        bias: shape (out_channels, H', W'), or None.
        stride: pixels from one window to the next, for both axes or a pair (rows, columns).
        padding: zeros added on each side, for both axes or a pair.

    Returns:
        Shape (N, out_channels, H', W'), with ``geometry.output_length`` giving H' and W'.

    Raises:
        TypeError: not tensors, unsupported or differing dtypes, or a size that is not an integer.
        ValueError: shapes or devices that do not fit together.

    Source:
        LeCun 1989, Generalization and network design strategies: the network before weight sharing.

    Example:
        >>> images = torch.tensor([[[[1.0, 2.0, 4.0]]]])
        >>> weight = torch.tensor([1.0, 0.0, 0.0, 10.0]).reshape(1, 1, 2, 1, 1, 2)  # (1, 0), then (0, 10)
        >>> locally_connected2d(images, weight)
        tensor([[[[ 1., 40.]]]])
    """
    biases = {} if bias is None else {"bias": bias}
    check_alike(images=images, weight=weight, **biases)
    _check_ranks(images, weight)
    dtype, taps = computing_dtype(images.dtype), weight.shape[-2:]
    slides = make_slides("cross_correlation", taps, stride=stride, padding=padding)
    view = sliding_windows2d(pad(images.to(dtype), *slides), *taps, *slides)
    _check_places(weight, bias, view.shape[2:4])
    result = torch.einsum("ncijtu,oijctu->noij", view, weight.to(dtype))
    return (result if bias is None else result + bias.to(dtype)).to(images.dtype)


class LocallyConnected2d(nn.Module):
    """A layer that gives ``locally_connected2d`` of its input with weights and biases that it learns.

    Both start uniform between -b and b with b = 1 / sqrt(in_channels * kh * kw), as in ``torch.nn.Conv2d``.

    Args:
        in_channels: channels of the input.
        out_channels: channels of the result.
        input_size: (H, W) of the input, which the number of weights depends on; an integer for both.
        kernel_size: (kh, kw), or an integer for both.
        stride: pixels from one window to the next.
        padding: zeros added on each side.
        bias: whether to add a bias, one for each number of the result.

    Raises:
        TypeError: a size is not an integer.
        ValueError: a size is out of range, or the kernel does not fit the padded input.

    Example:
        >>> layer = LocallyConnected2d(3, 4, input_size=8, kernel_size=3)
        >>> layer(torch.ones(1, 3, 8, 8)).shape, layer.weight.shape
        (torch.Size([1, 4, 6, 6]), torch.Size([4, 6, 6, 3, 3, 3]))
    """

    bias: nn.Parameter | None

    def __init__(
        self,
        in_channels: int,
        out_channels: int,
        input_size: Size,
        kernel_size: Size,
        *,
        stride: Size = 1,
        padding: Size = 0,
        bias: bool = True,
    ) -> None:
        super().__init__()
        self.stride, self.padding = stride, padding
        taps = int_pair("kernel_size", kernel_size, positive_int)
        slides = make_slides("cross_correlation", taps, stride=stride, padding=padding)
        axes = zip(int_pair("input_size", input_size, positive_int), slides, taps, strict=True)
        places = [slide.positions(size, tap) for size, slide, tap in axes]
        in_channels = positive_int("in_channels", in_channels)
        neurons = positive_int("out_channels", out_channels), *places
        self.weight = nn.Parameter(torch.empty(*neurons, in_channels, *taps))
        self.bias = nn.Parameter(torch.empty(neurons)) if bias else None
        self.reset_parameters()

    def reset_parameters(self) -> None:
        """Draw all parameters anew."""
        bound = self.weight[0, 0, 0].numel() ** -0.5
        for parameter in self.parameters():
            nn.init.uniform_(parameter, -bound, bound)

    def forward(self, images: Tensor) -> Tensor:
        """Return ``locally_connected2d`` of the images."""
        return locally_connected2d(images, self.weight, self.bias, stride=self.stride, padding=self.padding)


def _check_ranks(images: Tensor, weight: Tensor) -> None:
    if images.ndim != 4:
        raise ValueError(f"images must have shape (N, C, H, W), got {tuple(images.shape)}")
    if weight.ndim != 6 or weight.shape[3] != images.shape[1]:
        expected = f"(out_channels, H', W', {images.shape[1]}, kh, kw)"
        raise ValueError(f"weight must have shape {expected}, got {tuple(weight.shape)}")
    for name, sizes in (("images", images.shape[1:]), ("weight", weight.shape)):
        if 0 in sizes:
            raise ValueError(f"{name} must not be empty, got shape {tuple(sizes)}")


def _check_places(weight: Tensor, bias: Any, places: torch.Size) -> None:
    if weight.shape[1:3] != places:
        raise ValueError(f"weight must have {tuple(places)} places, got {tuple(weight.shape[1:3])}")
    if bias is not None and bias.shape != weight.shape[:3]:
        raise ValueError(f"bias must have shape {tuple(weight.shape[:3])}, got {tuple(bias.shape)}")
