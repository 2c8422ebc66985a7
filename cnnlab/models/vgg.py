"""VGG, deep stacks of 3x3 convolutions: 11, 13, 16 and 19 layers with weights.

Source:
    Simonyan and Zisserman 2015, Very deep convolutional networks for large-scale image recognition, table 1.
"""

from __future__ import annotations

from torch import nn

from cnnlab._arguments import positive_int
from cnnlab.models.classifier import Classifier, draw_as_he, make_dropout

WIDTHS = (64, 128, 256, 512, 512)
"""Channels of the five stages; a maximum pooling ends each."""


def vgg11(num_classes: int = 1000, *, batch_norm: bool = False, dropout: float = 0.5) -> Classifier:
    """Return VGG with 8 convolutions and 3 dense layers, column A of the paper's table 1.

    Args:
        num_classes: outputs.
        batch_norm: whether batch normalisation follows every convolution, which the paper did not have.
        dropout: probability that a number after the first two dense layers is set to 0 while training.

    Returns:
        A network from images (N, 3, H, W), H and W at least 32, 224 in the paper, to logits
        (N, num_classes). Its state has the names and shapes of torchvision's ``vgg11`` or ``vgg11_bn``, so
        that ``vgg11().load_state_dict(weights)`` takes torchvision's weights.

    Raises:
        TypeError: an argument is not a number.
        ValueError: an argument is out of range.

    Source:
        Simonyan and Zisserman 2015, in torchvision's version: an adaptive pooling makes any size 7x7. Ours
        differs in that all layers start as He et al. 2015 propose, and that ReLU keeps its input, so that
        feature maps can be looked at.

    Example:
        >>> import torch
        >>> with torch.device("meta"):  # counts need no memory
        ...     network = vgg11()
        >>> sum(parameter.numel() for parameter in network.parameters())
        132863336
    """
    return _vgg((1, 1, 2, 2, 2), num_classes, batch_norm, dropout)


def vgg13(num_classes: int = 1000, *, batch_norm: bool = False, dropout: float = 0.5) -> Classifier:
    """Return VGG with 10 convolutions and 3 dense layers, column B; see ``vgg11``."""
    return _vgg((2, 2, 2, 2, 2), num_classes, batch_norm, dropout)


def vgg16(num_classes: int = 1000, *, batch_norm: bool = False, dropout: float = 0.5) -> Classifier:
    """Return VGG with 13 convolutions and 3 dense layers, column D; see ``vgg11``."""
    return _vgg((2, 2, 3, 3, 3), num_classes, batch_norm, dropout)


def vgg19(num_classes: int = 1000, *, batch_norm: bool = False, dropout: float = 0.5) -> Classifier:
    """Return VGG with 16 convolutions and 3 dense layers, column E; see ``vgg11``."""
    return _vgg((2, 2, 4, 4, 4), num_classes, batch_norm, dropout)


def stages(
    in_channels: int, widths: tuple[int, ...], depths: tuple[int, ...], batch_norm: bool, kernel_size: int = 3
) -> nn.Sequential:
    """Return stages of convolutions that keep the size, each ended by a maximum pooling that halves it.

    Args:
        in_channels: channels of the input.
        widths: channels of each stage.
        depths: convolutions of each stage.
        batch_norm: whether batch normalisation follows every convolution.
        kernel_size: pixels along each side of the kernels, odd.

    Returns:
        Convolution, perhaps batch normalisation, ReLU, and so on, numbered as in torchvision.
    """
    layers: list[nn.Module] = []
    for width, depth in zip(widths, depths, strict=True):
        for _ in range(depth):
            layers.append(nn.Conv2d(in_channels, width, kernel_size, padding=kernel_size // 2))
            layers += [nn.BatchNorm2d(width), nn.ReLU()] if batch_norm else [nn.ReLU()]
            in_channels = width
        layers.append(nn.MaxPool2d(2))
    return nn.Sequential(*layers)


def _vgg(depths: tuple[int, ...], num_classes: int, batch_norm: bool, dropout: float) -> Classifier:
    classifier = nn.Sequential(
        *(nn.Linear(512 * 7 * 7, 4096), nn.ReLU(), make_dropout(dropout)),
        *(nn.Linear(4096, 4096), nn.ReLU(), make_dropout(dropout)),
        nn.Linear(4096, positive_int("num_classes", num_classes)),
    )
    layers = {
        "features": stages(3, WIDTHS, depths, batch_norm),
        "avgpool": nn.AdaptiveAvgPool2d(7),
        "flatten": nn.Flatten(),
        "classifier": classifier,
    }
    return draw_as_he(Classifier(layers, in_channels=3, min_size=32))
