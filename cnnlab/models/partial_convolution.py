"""Convolutions whose output channels each see only some of the input channels, as in LeNet-5's layer C3."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor, nn
from torch.nn.functional import conv2d

from cnnlab._arguments import non_negative_int, positive_int
from cnnlab.geometry import PartialConv
from cnnlab.models.lenet_layers import draw_as_in_1998


class PartialConv2d(nn.Module):
    """A convolution whose output channels each see only the input channels named for them.

    Only the kernels that exist are parameters; ``dense_weight`` sets zeros for the others.

    Args:
        in_channels: channels of the input.
        connections: for each output channel, the input channels that it sees, counted from 0.
        kernel_size: pixels along each side of a kernel; stride 1, no padding.

    Raises:
        TypeError: a size or channel is not an integer.
        ValueError: an output channel sees none, one twice, or one that is not there.

    Example:
        >>> layer = PartialConv2d(3, [[0], [0, 1, 2]], kernel_size=5)
        >>> layer.weight.shape, layer.dense_weight().shape  # four kernels of six
        (torch.Size([4, 5, 5]), torch.Size([2, 3, 5, 5]))
    """

    rows: Tensor
    columns: Tensor

    def __init__(self, in_channels: int, connections: Sequence[Sequence[int]], kernel_size: int) -> None:
        super().__init__()
        self.in_channels = positive_int("in_channels", in_channels)
        self.kernel_size = positive_int("kernel_size", kernel_size)
        self.connections = _checked(connections, in_channels)
        pairs = [(row, column) for row, seen in enumerate(self.connections) for column in seen]
        rows, columns = torch.tensor(pairs).T.contiguous()
        self.register_buffer("rows", rows, persistent=False)
        self.register_buffer("columns", columns, persistent=False)
        self.weight = nn.Parameter(torch.empty(len(pairs), kernel_size, kernel_size))
        self.bias = nn.Parameter(torch.empty(len(self.connections)))
        self.reset_parameters()

    def reset_parameters(self) -> None:
        """Draw all parameters anew; the more channels an output sees, the smaller."""
        area = self.kernel_size**2
        with torch.no_grad():
            weights = self.weight.split([len(seen) for seen in self.connections])
            for seen, weight, bias in zip(self.connections, weights, self.bias, strict=True):
                draw_as_in_1998((weight, bias), area * len(seen))

    def dense_weight(self) -> Tensor:
        """Return the weight of the plain convolution that does the same, shape (out, in, k, k)."""
        shape = len(self.connections), self.in_channels, self.kernel_size, self.kernel_size
        return self.weight.new_zeros(shape).index_put((self.rows, self.columns), self.weight)

    def forward(self, images: Tensor) -> Tensor:
        """Return the feature maps, shape (N, out, H - k + 1, W - k + 1), of images (N, in, H, W)."""
        return conv2d(images, self.dense_weight(), self.bias)

    def as_layer(self) -> PartialConv:
        """Return this layer's description."""
        channels = self.in_channels, len(self.connections)
        return PartialConv(*channels, self.kernel_size, connections=len(self.weight))


def _checked(connections: Sequence[Sequence[int]], in_channels: int) -> tuple[tuple[int, ...], ...]:
    table = tuple(tuple(non_negative_int("connections", channel) for channel in seen) for seen in connections)
    for seen in table or ((),):
        if not seen or len(set(seen)) < len(seen) or max(seen) >= in_channels:
            rule = f"different channels from 0 to {in_channels - 1} for each output"
            raise ValueError(f"connections must name {rule}, got {list(seen)}")
    return table
