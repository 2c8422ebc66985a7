"""Layers of LeNet-5 as published, which later networks dropped: descriptions like those of ``layers``."""

from __future__ import annotations

from dataclasses import dataclass, field

from cnnlab._arguments import positive_int
from cnnlab.geometry.layers import BatchNorm, Conv, Dense


@dataclass(frozen=True)
class PartialConv(Conv):
    """A convolution whose output channels each see only some of the input channels.

    Attributes:
        connections: how many pairs of an input and an output channel have a kernel between them; at most
            ``in_channels * out_channels``, which is a plain convolution.

    Example:
        >>> from cnnlab.geometry import parameters
        >>> parameters(PartialConv(6, 16, 5, connections=60)), 60 * 5 * 5 + 16  # LeNet-5's C3
        (1516, 1516)
    """

    connections: int = field(kw_only=True)

    def __post_init__(self) -> None:
        super().__post_init__()
        most = self.in_channels * self.out_channels
        if positive_int("connections", self.connections) > most:
            raise ValueError(f"connections must be at most {most}, got {self.connections}")
        for name, value in (("groups", 1), ("transposed", False)):
            if getattr(self, name) != value:
                rule = f"must be {value} where channels are connected one by one"
                raise ValueError(f"{name} {rule}, got {getattr(self, name)}")


@dataclass(frozen=True)
class Scale(BatchNorm):
    """A coefficient and a bias for each channel: what batch normalisation is after training."""


@dataclass(frozen=True)
class RadialBasis(Dense):
    """Distances of the features to ``out_features`` fixed points, of which nothing is learned."""

    bias: bool = False

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.bias:
            raise ValueError(f"bias must be False where nothing is learned, got {self.bias}")
