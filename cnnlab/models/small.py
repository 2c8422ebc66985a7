"""Small networks in the manner of the famous ones, for 32x32 pictures: they train in seconds on a laptop.

Their weights start as He et al. 2015 propose, ``draw_as_he``.
"""

from __future__ import annotations

from torch import nn

from cnnlab._arguments import positive_int
from cnnlab.models.classifier import Classifier, draw_as_he, make_activation, make_dropout
from cnnlab.models.vgg import stages


def small_alexnet(
    num_classes: int = 10, *, in_channels: int = 3, activation: str = "relu", dropout: float = 0.0
) -> Classifier:
    """Return five convolutions and three dense layers in AlexNet's order, for pictures of 32x32.

    As in AlexNet, the first layer skips pixels, pooling windows overlap, and the dense layers follow dropout.

    Args:
        num_classes: outputs.
        in_channels: channels of the pictures.
        activation: "relu", "tanh" or "sigmoid".
        dropout: probability that a number before the first two dense layers is set to 0 while training; 0
            unless given, so that what it does can be seen.

    Returns:
        A network from images (N, in_channels, 32, 32) to logits (N, num_classes).

    Raises:
        TypeError: an argument of another type.
        ValueError: an argument is out of range.

    Source:
        The order of Krizhevsky et al. 2012, with sizes of our own.

    Example:
        >>> sum(parameter.numel() for parameter in small_alexnet().parameters())
        298186
    """
    channels = positive_int("in_channels", in_channels)
    convolutions = [
        nn.Conv2d(channels, 32, 5, stride=2, padding=2),
        nn.Conv2d(32, 64, 5, padding=2),
        *(nn.Conv2d(64, 96, 3, padding=1), nn.Conv2d(96, 96, 3, padding=1), nn.Conv2d(96, 64, 3, padding=1)),
    ]
    features: list[nn.Module] = []
    for index, convolution in enumerate(convolutions):
        features += [convolution, make_activation(activation)]
        if index in (0, 1, 4):
            features.append(nn.MaxPool2d(3, stride=2, padding=1))
    layers = {
        "features": nn.Sequential(*features),
        "flatten": nn.Flatten(),
        "classifier": nn.Sequential(
            *(make_dropout(dropout), nn.Linear(64 * 2 * 2, 128), make_activation(activation)),
            *(make_dropout(dropout), nn.Linear(128, 128), make_activation(activation)),
            nn.Linear(128, positive_int("num_classes", num_classes)),
        ),
    }
    return draw_as_he(Classifier(layers, in_channels=channels, input_size=32), activation)


def small_vgg(
    num_classes: int = 10,
    *,
    in_channels: int = 3,
    width: int = 16,
    convolutions: int = 2,
    kernel_size: int = 3,
    batch_norm: bool = False,
    dropout: float = 0.0,
) -> Classifier:
    """Return three stages of convolutions and two dense layers in VGG's manner, for pictures of 32x32.

    Two 3x3 convolutions a stage see as far as one of 5x5, three as far as one of 7x7: with ``convolutions=1,
    kernel_size=5`` or ``7`` the receptive field is the same.

    Args:
        num_classes: outputs.
        in_channels: channels of the pictures.
        width: channels of the first stage; the second has twice, the third four times as many, and the first
            dense layer eight times. 16 trains in seconds, 64 is meant for CIFAR-10 on a GPU.
        convolutions: how many in each stage.
        kernel_size: pixels along each side of their kernels, odd.
        batch_norm: whether batch normalisation follows every convolution.
        dropout: probability that a number after the first dense layer is set to 0 while training.

    Returns:
        A network from images (N, in_channels, 32, 32) to logits (N, num_classes).

    Raises:
        TypeError: an argument of another type.
        ValueError: an argument is out of range.

    Source:
        The manner of Simonyan and Zisserman 2015, with sizes of our own.

    Example:
        >>> sum(parameter.numel() for parameter in small_vgg().parameters())
        204570
    """
    channels, width = positive_int("in_channels", in_channels), positive_int("width", width)
    depth = positive_int("convolutions", convolutions)
    if positive_int("kernel_size", kernel_size) % 2 == 0:
        raise ValueError(f"kernel_size must be odd, got {kernel_size}")
    widths = width, 2 * width, 4 * width
    classifier = nn.Sequential(
        *(nn.Linear(4 * width * 4 * 4, 8 * width), nn.ReLU(), make_dropout(dropout)),
        nn.Linear(8 * width, positive_int("num_classes", num_classes)),
    )
    features = stages(channels, widths, (depth,) * 3, batch_norm, kernel_size)
    layers = {"features": features, "flatten": nn.Flatten(), "classifier": classifier}
    return draw_as_he(Classifier(layers, in_channels=channels, input_size=32))
