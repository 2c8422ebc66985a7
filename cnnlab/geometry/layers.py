"""Layers as plain descriptions: what their sizes and counts depend on, and no weights.

A layer's sizes are pairs (vertical, horizontal); an integer stands for both. A signal of L samples is a
picture of one row, so a layer over signals has (1, k) taps.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple, get_args

from cnnlab._arguments import non_negative_int, positive_int
from cnnlab.geometry.lengths import effective_kernel_size
from cnnlab.geometry.pairs import Pair, int_pair


@dataclass(frozen=True)
class Conv:
    """A convolution, or with ``transposed`` a transposed one.

    Attributes:
        in_channels: channels of the input, a multiple of ``groups``.
        out_channels: channels of the output, a multiple of ``groups``.
        kernel_size: taps along each axis.
        stride: pixels from one position to the next; transposed, between the copies of the kernel.
        padding: zeros added on each side; transposed, pixels cut from each side of the result.
        dilation: distance between neighbouring taps in pixels.
        groups: groups of channels that do not see each other; ``in_channels`` for a depthwise convolution.
        bias: whether each output channel adds a number of its own.
        transposed: whether the layer spreads each input pixel instead of gathering.
        output_padding: pixels added at the bottom and right, transposed only.

    Example:
        >>> Conv(3, 96, 11, stride=4).stride
        (4, 4)
    """

    in_channels: int
    out_channels: int
    kernel_size: int | Pair
    stride: int | Pair = 1
    padding: int | Pair = 0
    dilation: int | Pair = 1
    groups: int = 1
    bias: bool = True
    transposed: bool = False
    output_padding: int | Pair = 0

    def __post_init__(self) -> None:
        for name in ("in_channels", "out_channels", "groups"):
            positive_int(name, getattr(self, name))
        _normalise(self, positive=("kernel_size", "stride", "dilation"), zero=("padding", "output_padding"))
        for name in ("in_channels", "out_channels"):
            if getattr(self, name) % self.groups:
                raise ValueError(f"groups must divide {name} {getattr(self, name)}, got {self.groups}")
        if self.output_padding != (0, 0) and not self.transposed:
            raise ValueError(f"output_padding must be 0 unless transposed, got {self.output_padding}")


@dataclass(frozen=True)
class ZeroPadded(Conv):
    """Every ``stride``-th row and column of the input, beside channels of zeros: nothing is learned.

    Example:
        >>> from cnnlab.geometry import output_shape, parameters
        >>> shortcut = ZeroPadded(16, 32, stride=2)
        >>> output_shape(shortcut, (16, 32, 32)), parameters(shortcut)
        ((32, 16, 16), 0)
    """

    kernel_size: int | Pair = 1
    bias: bool = False


@dataclass(frozen=True)
class Pool:
    """Pooling, maximum or average: every channel for itself.

    Attributes:
        kernel_size: pixels pooled along each axis.
        stride: pixels from one position to the next; ``kernel_size`` unless given, so windows do not overlap.
        padding: pixels added on each side, at most half of what the kernel spans.
        dilation: distance between the pooled pixels.
        ceil_mode: whether a last window may hang over the far edge.

    Example:
        >>> Pool(2)
        Pool(kernel_size=(2, 2), stride=(2, 2), padding=(0, 0), dilation=(1, 1), ceil_mode=False)
    """

    kernel_size: int | Pair
    stride: int | Pair | None = None
    padding: int | Pair = 0
    dilation: int | Pair = 1
    ceil_mode: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "stride", self.kernel_size if self.stride is None else self.stride)
        _normalise(self, positive=("kernel_size", "stride", "dilation"), zero=("padding",))
        for window in windows(self):
            span = effective_kernel_size(window.kernel_size, window.dilation)
            if 2 * window.padding > span:
                raise ValueError(f"padding must be at most half of the span {span}, got {window.padding}")


@dataclass(frozen=True)
class Dense:
    """A fully connected layer: every output sees every input, a whole (C, H, W) if that is what comes in."""

    in_features: int
    out_features: int
    bias: bool = True

    def __post_init__(self) -> None:
        positive_int("in_features", self.in_features)
        positive_int("out_features", self.out_features)


@dataclass(frozen=True)
class BatchNorm:
    """Batch normalisation after training: if ``affine``, a scale and a shift for each channel."""

    num_features: int
    affine: bool = True

    def __post_init__(self) -> None:
        positive_int("num_features", self.num_features)


@dataclass(frozen=True)
class Pointwise:
    """What treats every position alone and has no parameters: ReLU, dropout, scaling by a constant."""


@dataclass(frozen=True)
class Flatten:
    """(C, H, W) strung out to C * H * W features at a single position."""


@dataclass(frozen=True)
class Add:
    """The sum of several inputs of one shape: where a residual branch ends."""


@dataclass(frozen=True)
class Concatenate:
    """Several inputs of one size, channel behind channel: where Inception's branches end."""


Layer = Conv | Pool | Dense | BatchNorm | Pointwise | Flatten | Add | Concatenate
LAYERS: tuple[type, ...] = get_args(Layer)


class Window(NamedTuple):
    """What a layer sees along one axis."""

    kernel_size: int = 1
    stride: int = 1
    padding: int = 0
    dilation: int = 1
    transposed: bool = False


def windows(layer: Layer, size: Pair | None = None) -> tuple[Window, Window]:
    """Return what ``layer`` sees along each axis.

    Args:
        layer: any layer.
        size: (H, W) of its input; only Dense and Flatten, which see all of it, need it.

    Returns:
        (vertical, horizontal).

    Raises:
        ValueError: the layer needs ``size`` and has none.

    Example:
        >>> windows(Pool((1, 2)))[1]
        Window(kernel_size=2, stride=2, padding=0, dilation=1, transposed=False)
    """
    if isinstance(layer, (Dense, Flatten)):
        if size is None:
            name = type(layer).__name__
            raise ValueError(
                f"input_size must be given where a layer sees all of its input, got None for {name}"
            )
        return Window(size[0], size[0]), Window(size[1], size[1])
    if not isinstance(layer, (Conv, Pool)):
        return Window(), Window()
    transposed = isinstance(layer, Conv) and layer.transposed
    pairs = [getattr(layer, name) for name in ("kernel_size", "stride", "padding", "dilation")]
    vertical, horizontal = (Window(k, s, p, d, transposed) for k, s, p, d in zip(*pairs, strict=True))
    return vertical, horizontal


def _normalise(layer: Conv | Pool, *, positive: tuple[str, ...], zero: tuple[str, ...]) -> None:
    for names, check in ((positive, positive_int), (zero, non_negative_int)):
        for name in names:
            object.__setattr__(layer, name, int_pair(name, getattr(layer, name), check))
