"""The layers of LeNet-5 as published in 1998 that PyTorch has no modules for.

Source:
    LeCun, Bottou, Bengio and Haffner 1998, Gradient-based learning applied to document recognition, section
    II.B and appendix A.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable

import torch
from torch import Tensor, nn

from cnnlab._arguments import positive_int
from cnnlab.geometry import Pointwise, RadialBasis, Scale


def draw_as_in_1998(parameters: Iterable[Tensor], fan_in: int) -> None:
    """Draw parameters uniform between -2.4 / F and 2.4 / F, with F the inputs of the unit (appendix A)."""
    for parameter in parameters:
        nn.init.uniform_(parameter, -2.4 / fan_in, 2.4 / fan_in)


class ScaledTanh(nn.Module):
    """The squashing function 1.7159 tanh(2x / 3), which maps 1 to 1 and -1 to -1.

    Example:
        >>> round(float(ScaledTanh()(torch.tensor(1.0))), 3)
        1.0
    """

    def forward(self, x: Tensor) -> Tensor:
        """Return the squashed numbers, in the shape of ``x``."""
        return 1.7159 * torch.tanh(x * (2 / 3))

    def as_layer(self) -> Pointwise:
        """Return this layer's description."""
        return Pointwise()


class ChannelScale(nn.Module):
    """A trainable coefficient and bias for each channel.

    Args:
        num_features: channels.
        fan_in: numbers that were added up before; the larger, the smaller the parameters start.

    Example:
        >>> ChannelScale(6)(torch.ones(1, 6, 2, 2)).shape
        torch.Size([1, 6, 2, 2])
    """

    def __init__(self, num_features: int, fan_in: int = 1) -> None:
        super().__init__()
        self.fan_in = positive_int("fan_in", fan_in)
        self.weight = nn.Parameter(torch.empty(positive_int("num_features", num_features)))
        self.bias = nn.Parameter(torch.empty(num_features))
        self.reset_parameters()

    def reset_parameters(self) -> None:
        """Draw all parameters anew."""
        draw_as_in_1998((self.weight, self.bias), self.fan_in)

    def forward(self, images: Tensor) -> Tensor:
        """Return the scaled feature maps, shape (N, C, H, W) like ``images``."""
        return images * self.weight[:, None, None] + self.bias[:, None, None]

    def as_layer(self) -> Scale:
        """Return this layer's description."""
        return Scale(len(self.weight))


def subsampling(num_features: int, kernel_size: int = 2) -> nn.Sequential:
    """Return a subsampling layer of 1998: the sum of each window, times a coefficient, plus a bias.

    Both are trained, one of each for every feature map. The squashing function comes after it.

    Args:
        num_features: channels.
        kernel_size: pixels along each side of a window; windows do not overlap.

    Returns:
        A module from (N, C, H, W) to (N, C, H // kernel_size, W // kernel_size).

    Raises:
        TypeError: an argument is not an integer.
        ValueError: an argument is below 1.

    Example:
        >>> sum(parameter.numel() for parameter in subsampling(6).parameters())
        12
    """
    area = positive_int("kernel_size", kernel_size) ** 2
    total = nn.AvgPool2d(kernel_size, divisor_override=1)
    return nn.Sequential(OrderedDict(sum=total, scale=ChannelScale(num_features, fan_in=area)))


class SquaredDistances(nn.Module):
    """Squared Euclidean distances of the features to fixed points, one a class; nothing in it is trained.

    Args:
        prototypes: the points, shape (num_classes, F), floating point.
        negative: whether to return the distances times -1, so that the nearest point has the largest output.

    Raises:
        ValueError: ``prototypes`` has another shape.

    Example:
        >>> layer = SquaredDistances(torch.tensor([[1.0, 1.0], [-1.0, 1.0]]))
        >>> layer(torch.tensor([[1.0, 0.0]]))
        tensor([[1., 5.]])
    """

    prototypes: Tensor

    def __init__(self, prototypes: Tensor, *, negative: bool = False) -> None:
        super().__init__()
        if prototypes.ndim != 2 or 0 in prototypes.shape:
            raise ValueError(f"prototypes must have shape (num_classes, F), got {tuple(prototypes.shape)}")
        self.register_buffer("prototypes", prototypes.clone())
        self.negative = negative

    def forward(self, features: Tensor) -> Tensor:
        """Return the distances, shape (N, num_classes), of features (N, F)."""
        distances = (features[:, None] - self.prototypes).square().sum(-1)
        return -distances if self.negative else distances

    def as_layer(self) -> RadialBasis:
        """Return this layer's description."""
        num_classes, features = self.prototypes.shape
        return RadialBasis(features, num_classes)
