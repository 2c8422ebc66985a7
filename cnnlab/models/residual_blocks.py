"""Blocks whose input goes on beside what they compute: residual, bottleneck, highway, densely connected."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from cnnlab._arguments import one_of, positive_int
from cnnlab.geometry import ZeroPadded

SHORTCUTS = ("zeros", "projection", "none")
STRIDES_IN = ("3x3", "1x1")


class ZeroPaddedShortcut(nn.Module):
    """Every ``stride``-th row and column of the input, between channels of zeros: no weights at all.

    Half of the missing channels come before the input's and half after, as in the published weights of
    ResNet-20; the paper does not say where.

    Args:
        in_channels: channels of the input.
        out_channels: channels of the result, at least as many.
        stride: pixels from one that is kept to the next.

    Source:
        He et al. 2016, section 3.3, option A.
    """

    def __init__(self, in_channels: int, out_channels: int, stride: int) -> None:
        super().__init__()
        if out_channels < in_channels:
            raise ValueError(f"out_channels must be at least {in_channels}, got {out_channels}")
        missing = out_channels - in_channels
        self.before, self.after, self.stride = missing // 2, missing - missing // 2, stride
        self.channels = in_channels, out_channels

    def as_layer(self) -> ZeroPadded:
        """Return this layer's description."""
        return ZeroPadded(*self.channels, stride=self.stride)

    def forward(self, images: Tensor) -> Tensor:
        """Return shape (N, out_channels, ceil(H / stride), ceil(W / stride)) of images (N, C, H, W)."""
        kept = images[:, :, :: self.stride, :: self.stride]
        return F.pad(kept, (0, 0, 0, 0, self.before, self.after))


class BasicBlock(nn.Module):
    """Two 3x3 convolutions, and a shortcut around both.

    Args:
        in_channels: channels of the input.
        out_channels: channels of the result.
        stride: of the first convolution.
        shortcut: where the shape changes, "zeros" pads with zeros and "projection" is a 1x1 convolution with
            batch normalization; elsewhere both hand the input on. "none" is a plain block.
        pre_activation: whether normalization and ReLU come before each convolution instead of behind it, and
            nothing after the sum.
        batch_norm: whether there is normalization; without it the convolutions have biases.

    Raises:
        TypeError: a size that is not an integer.
        ValueError: a size or word that is out of range.

    Source:
        He et al. 2016, Deep residual learning, figure 5 left; Identity mappings in deep residual networks,
        figure 1. Names of parameters are torchvision's.

    Example:
        >>> BasicBlock(4, 8, stride=2)(torch.zeros(1, 4, 6, 6)).shape
        torch.Size([1, 8, 3, 3])
    """

    expansion = 1

    def __init__(
        self,
        in_channels: int,
        out_channels: int,
        *,
        stride: int = 1,
        shortcut: str = "projection",
        pre_activation: bool = False,
        batch_norm: bool = True,
    ) -> None:
        super().__init__()
        self.pre_activation = pre_activation
        norm = nn.BatchNorm2d if batch_norm else nn.Identity
        self.conv1 = convolution(in_channels, out_channels, stride=stride, bias=not batch_norm)
        self.bn1 = norm(in_channels if pre_activation else out_channels)
        self.relu = nn.ReLU()
        self.conv2 = convolution(out_channels, out_channels, bias=not batch_norm)
        self.bn2 = norm(out_channels)
        self.downsample = make_shortcut(shortcut, in_channels, out_channels, stride, batch_norm)

    def forward(self, images: Tensor) -> Tensor:
        """Return shape (N, out_channels, H', W') of images (N, in_channels, H, W)."""
        if self.pre_activation:
            branch = self.conv2(self.relu(self.bn2(self.conv1(self.relu(self.bn1(images))))))
            return self._added(branch, images)
        branch = self.bn2(self.conv2(self.relu(self.bn1(self.conv1(images)))))
        return self.relu(self._added(branch, images))

    def _added(self, branch: Tensor, images: Tensor) -> Tensor:
        return branch if self.downsample is None else branch + self.downsample(images)


class Bottleneck(nn.Module):
    """A 1x1 convolution to fewer channels, a 3x3 one, a 1x1 one to four times as many, and a shortcut.

    Args:
        in_channels: channels of the input.
        width: channels of the 3x3 convolution; the result has four times as many.
        stride: pixels that one of the convolutions steps.
        stride_in: which one: "3x3", as in torchvision, or the first "1x1", as published.

    Raises:
        TypeError: a size that is not an integer.
        ValueError: a size or word that is out of range.

    Source:
        He et al. 2016, figure 5 right. Names of parameters are torchvision's.

    Example:
        >>> Bottleneck(4, 2, stride=2)(torch.zeros(1, 4, 6, 6)).shape
        torch.Size([1, 8, 3, 3])
    """

    expansion = 4

    def __init__(self, in_channels: int, width: int, *, stride: int = 1, stride_in: str = "3x3") -> None:
        super().__init__()
        first = one_of("stride_in", stride_in, STRIDES_IN) == "1x1"
        out_channels = self.expansion * positive_int("width", width)
        self.conv1 = convolution(in_channels, width, 1, stride=stride if first else 1)
        self.bn1 = nn.BatchNorm2d(width)
        self.conv2 = convolution(width, width, stride=1 if first else stride)
        self.bn2 = nn.BatchNorm2d(width)
        self.conv3 = convolution(width, out_channels, 1)
        self.bn3 = nn.BatchNorm2d(out_channels)
        self.relu = nn.ReLU()
        self.downsample = make_shortcut("projection", in_channels, out_channels, stride, batch_norm=True)

    def forward(self, images: Tensor) -> Tensor:
        """Return shape (N, 4 width, H', W') of images (N, in_channels, H, W)."""
        narrow = self.relu(self.bn2(self.conv2(self.relu(self.bn1(self.conv1(images))))))
        shortcut: Any = self.downsample
        return self.relu(self.bn3(self.conv3(narrow)) + shortcut(images))


class HighwayBlock(nn.Module):
    """A convolution H, and a gate T that lets through some of it and some of the input: T H + (1 - T) x.

    Args:
        in_channels: channels of the input.
        out_channels: channels of the result; where the shape changes, the input is padded with zeros.
        stride: of both convolutions.
        gate_bias: bias that the gate starts with; the more negative, the more of the input is handed on.

    Source:
        Srivastava, Greff and Schmidhuber 2015, Highway networks, equation 3.

    Example:
        >>> images = torch.rand(1, 4, 5, 5)
        >>> torch.allclose(HighwayBlock(4, 4, gate_bias=-30)(images), images)
        True
    """

    def __init__(
        self, in_channels: int, out_channels: int, *, stride: int = 1, gate_bias: float = -1.0
    ) -> None:
        super().__init__()
        self.conv = convolution(in_channels, out_channels, stride=stride)
        self.bn = nn.BatchNorm2d(out_channels)
        self.gate = convolution(in_channels, out_channels, stride=stride, bias=True)
        self.carry = ZeroPaddedShortcut(in_channels, out_channels, stride)
        self.gate_bias = gate_bias
        self.open_gate()

    def open_gate(self) -> None:
        """Set the gate's bias to what it starts with."""
        if self.gate.bias is not None:
            nn.init.constant_(self.gate.bias, self.gate_bias)

    def forward(self, images: Tensor) -> Tensor:
        """Return shape (N, out_channels, H', W') of images (N, in_channels, H, W)."""
        gate = self.gate(images).sigmoid()
        return gate * self.bn(self.conv(images)).relu() + (1 - gate) * self.carry(images)


class DenseLayer(nn.Module):
    """Normalization, ReLU and a 3x3 convolution, whose few channels join those of the input.

    Args:
        in_channels: channels of the input.
        growth_rate: channels that are added.

    Source:
        Huang et al. 2017, Densely connected convolutional networks, section 3.

    Example:
        >>> DenseLayer(3, 10)(torch.zeros(1, 3, 5, 5)).shape
        torch.Size([1, 13, 5, 5])
    """

    def __init__(self, in_channels: int, growth_rate: int) -> None:
        super().__init__()
        self.bn = nn.BatchNorm2d(positive_int("in_channels", in_channels))
        self.relu = nn.ReLU()
        self.conv = convolution(in_channels, growth_rate)

    def forward(self, images: Tensor) -> Tensor:
        """Return shape (N, in_channels + growth_rate, H, W) of images (N, in_channels, H, W)."""
        return torch.cat([images, self.conv(self.relu(self.bn(images)))], 1)


def convolution(
    in_channels: int, out_channels: int, kernel_size: int = 3, *, stride: int = 1, bias: bool = False
) -> nn.Conv2d:
    """Return a convolution that keeps the size at stride 1."""
    inputs, outputs = positive_int("in_channels", in_channels), positive_int("out_channels", out_channels)
    step = positive_int("stride", stride)
    return nn.Conv2d(inputs, outputs, kernel_size, step, padding=kernel_size // 2, bias=bias)


def make_shortcut(
    shortcut: str, in_channels: int, out_channels: int, stride: int, batch_norm: bool
) -> nn.Module | None:
    """Return what brings a block's input to the shape of its result; None where there is no shortcut."""
    if one_of("shortcut", shortcut, SHORTCUTS) == "none":
        return None
    if stride == 1 and in_channels == out_channels:
        return nn.Identity()
    if shortcut == "zeros":
        return ZeroPaddedShortcut(in_channels, out_channels, stride)
    projection = convolution(in_channels, out_channels, 1, stride=stride, bias=not batch_norm)
    return nn.Sequential(projection, nn.BatchNorm2d(out_channels)) if batch_norm else projection


def start_as_identity(network: nn.Module, how: str = "zero gamma") -> nn.Module:
    """Have every block of a network hand on what comes in, as far as it can, before training.

    Args:
        network: with ``BasicBlock``s or ``Bottleneck``s; changed in place.
        how: "zero gamma" sets to 0 the weight of the last batch normalization of each branch that has a
            shortcut around it; "dirac" makes of every 3x3 convolution of a block one that copies its input's
            channels, for plain blocks too.

    Returns:
        ``network`` itself.

    Raises:
        ValueError: another word, or no block that it applies to.

    Source:
        Goyal et al. 2017, Accurate, large minibatch SGD, section 5.1; Zagoruyko and Komodakis 2017,
        DiracNets.

    Example:
        >>> block = start_as_identity(BasicBlock(2, 2))
        >>> images = torch.rand(3, 2, 4, 4)
        >>> torch.equal(block(images), images)
        True
    """
    one_of("how", how, ("zero gamma", "dirac"))
    blocks = [part for part in network.modules() if isinstance(part, (BasicBlock, Bottleneck))]
    changed = 0
    for block in blocks:
        last: Any = block.bn3 if isinstance(block, Bottleneck) else block.bn2
        if how == "dirac":
            for part in (block.conv1, block.conv2):
                if part.kernel_size == (3, 3):
                    nn.init.dirac_(part.weight)
                    changed += 1
        elif block.downsample is not None and isinstance(last, nn.BatchNorm2d):
            nn.init.zeros_(last.weight)
            changed += 1
    if not changed:
        raise ValueError(f"network must have blocks that can start as the identity by {how!r}, got none")
    return network
