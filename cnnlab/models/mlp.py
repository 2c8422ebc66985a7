"""Networks of dense layers, what convolutional ones are measured against."""

from __future__ import annotations

from collections.abc import Sequence

from torch import nn

from cnnlab._arguments import positive_int
from cnnlab.models.classifier import Classifier, draw_as_he, make_activation


def mlp(
    num_classes: int = 10,
    *,
    in_channels: int = 1,
    input_size: int = 32,
    hidden_features: Sequence[int] = (128, 64),
    activation: str = "relu",
) -> Classifier:
    """Return a network of dense layers only, which knows nothing of neighbours.

    Args:
        num_classes: outputs.
        in_channels: channels of the pictures.
        input_size: their height and width.
        hidden_features: neurons of each hidden layer; none for softmax regression.
        activation: "relu", "tanh" or "sigmoid".

    Returns:
        A network from images (N, in_channels, input_size, input_size) to logits (N, num_classes).

    Raises:
        TypeError: an argument of another type.
        ValueError: an argument is out of range.

    Source:
        Weights start as He et al. 2015 propose, ``draw_as_he``.

    Example:
        >>> sum(parameter.numel() for parameter in mlp().parameters())
        140106
        >>> (1024 + 1) * 128 + (128 + 1) * 64 + (64 + 1) * 10
        140106
    """
    channels, size = positive_int("in_channels", in_channels), positive_int("input_size", input_size)
    inputs = channels * size * size
    layers: dict[str, nn.Module] = {"flatten": nn.Flatten()}
    for index, features in enumerate(hidden_features, start=1):
        layers[f"dense{index}"] = nn.Linear(inputs, positive_int("hidden_features", features))
        layers[f"{activation}{index}"] = make_activation(activation)
        inputs = features
    layers["output"] = nn.Linear(inputs, positive_int("num_classes", num_classes))
    return draw_as_he(Classifier(layers, in_channels=channels, input_size=size), activation)
