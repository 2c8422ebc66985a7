"""What all networks here share: a chain of named layers that says what pictures it takes, and its options."""

from __future__ import annotations

import numbers
from collections import OrderedDict
from collections.abc import Mapping
from typing import Any

from torch import Tensor, nn

from cnnlab._arguments import one_of

ACTIVATIONS: dict[str, type[nn.Module]] = {"relu": nn.ReLU, "sigmoid": nn.Sigmoid, "tanh": nn.Tanh}
GAINS = {"relu": 2**0.5, "sigmoid": 1.0, "tanh": 5 / 3}
POOLINGS: dict[str, type[nn.Module]] = {"average": nn.AvgPool2d, "max": nn.MaxPool2d}


class Classifier(nn.Sequential):
    """A chain of named layers, from pictures to one number a class, that refuses pictures that do not fit.

    A slice, ``network[:3]``, gives what these layers make of a picture; ``network.c1`` is the layer of that
    name.

    Args:
        layers: the layers by name, first layer first.
        in_channels: channels of the pictures; not checked if None.
        input_size: height and width of the pictures where only one fits.
        min_size: least height and width where several do.

    Example:
        >>> import torch
        >>> network = Classifier({"flatten": nn.Flatten(), "output": nn.Linear(64, 10)}, in_channels=1)
        >>> network(torch.zeros(2, 1, 8, 8)).shape
        torch.Size([2, 10])
    """

    def __init__(
        self,
        layers: Mapping[str, nn.Module],
        *,
        in_channels: int | None = None,
        input_size: int | None = None,
        min_size: int = 1,
    ) -> None:
        super().__init__(OrderedDict(layers))
        self.in_channels, self.input_size, self.min_size = in_channels, input_size, min_size

    def forward(self, images: Tensor) -> Tensor:
        """Return the outputs for a batch of pictures.

        Args:
            images: shape (N, C, H, W), floating point.

        Returns:
            Shape (N, num_classes), unless the network is a slice.

        Raises:
            ValueError: the pictures have not the channels or the size that the network needs.
        """
        # What a tracer sends through in place of pictures has no shape to check.
        if self.in_channels is not None and isinstance(images, Tensor):
            self._check(tuple(images.shape))
        return super().forward(images)

    def _check(self, shape: tuple[int, ...]) -> None:
        size, channels = self.input_size, self.in_channels
        fits = len(shape) == 4 and shape[1] == channels and min(shape[2:]) >= self.min_size
        if fits and (size is None or shape[2:] == (size, size)):
            return
        wanted = f"(N, {channels}, H, W) with H and W at least {self.min_size}"
        if size is not None:
            wanted = f"(N, {channels}, {size}, {size})"
        raise ValueError(f"images must have shape {wanted}, got {shape}")


def draw_as_he(network: Classifier, activation: str = "relu") -> Classifier:
    """Draw the weights anew so that a signal keeps its size from layer to layer; biases become 0.

    Deep chains without normalisation hardly start to learn otherwise.

    Args:
        network: its convolutions and linear layers are drawn, normal with standard deviation
            gain / sqrt(inputs of a neuron).
        activation: what follows them, "relu", "sigmoid" or "tanh"; the gain depends on it.

    Returns:
        ``network`` itself.

    Source:
        He et al. 2015, Delving deep into rectifiers, section 2.2; ``torch.nn.init.calculate_gain``.
    """
    for layer in network.modules():
        if isinstance(layer, (nn.Conv2d, nn.Linear)):
            nn.init.normal_(layer.weight, std=GAINS[activation] * layer.weight[0].numel() ** -0.5)
            if layer.bias is not None:
                nn.init.zeros_(layer.bias)
    return network


def make_activation(name: str) -> nn.Module:
    """Return the activation called ``name``: "relu", "sigmoid" or "tanh".

    Raises:
        ValueError: none is called so.
    """
    return ACTIVATIONS[one_of("activation", name, ACTIVATIONS)]()


def make_pooling(name: str) -> nn.Module:
    """Return the pooling called ``name``, "average" or "max", over windows of 2x2 that do not overlap.

    Raises:
        ValueError: none is called so.
    """
    return POOLINGS[one_of("pooling", name, POOLINGS)](2)


def make_dropout(probability: Any) -> nn.Module:
    """Return dropout that sets each number to 0 with this probability while training.

    Raises:
        TypeError: not a number.
        ValueError: below 0, or 1 and more.
    """
    if isinstance(probability, bool) or not isinstance(probability, numbers.Real):
        raise TypeError(f"dropout must be a number, got {probability!r}")
    if not 0 <= float(probability) < 1:
        raise ValueError(f"dropout must be from 0 to below 1, got {probability!r}")
    return nn.Dropout(float(probability))
