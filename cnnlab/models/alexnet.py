"""AlexNet, which won ImageNet's challenge of 2012: one tower, and two groups as published.

Source:
    Krizhevsky, Sutskever and Hinton 2012, ImageNet classification with deep convolutional neural networks.
    Krizhevsky 2014, One weird trick for parallelizing convolutional neural networks: the one tower.
"""

from __future__ import annotations

from torch import nn

from cnnlab._arguments import positive_int
from cnnlab.models.classifier import Classifier, make_dropout

# The paper multiplies the sum of five neighbouring squares by 1e-4; PyTorch takes their mean.
LRN_SIZE, LRN_ALPHA = 5, 5 * 1e-4


def alexnet(num_classes: int = 1000, *, dropout: float = 0.5) -> Classifier:
    """Return AlexNet in one tower, with torchvision's 61,100,840 parameters for 1,000 classes.

    Args:
        num_classes: outputs.
        dropout: probability that a number before the first two dense layers is set to 0 while training.

    Returns:
        A network from images (N, 3, H, W), H and W at least 63, 224 in the paper, to logits
        (N, num_classes). Its state has the names and shapes of torchvision's, so that
        ``alexnet().load_state_dict(weights)`` takes torchvision's weights.

    Raises:
        TypeError: an argument is not a number.
        ValueError: an argument is out of range.

    Source:
        Krizhevsky 2014, in torchvision's version: no local response normalisation, and an adaptive pooling
        that makes any size 6x6. Here ReLU keeps its input, so that feature maps can be looked at.

    Example:
        >>> import torch
        >>> with torch.device("meta"):  # counts need no memory
        ...     network = alexnet()
        >>> sum(parameter.numel() for parameter in network.parameters())
        61100840
    """
    features = nn.Sequential(
        *(nn.Conv2d(3, 64, 11, stride=4, padding=2), nn.ReLU(), nn.MaxPool2d(3, stride=2)),
        *(nn.Conv2d(64, 192, 5, padding=2), nn.ReLU(), nn.MaxPool2d(3, stride=2)),
        *(nn.Conv2d(192, 384, 3, padding=1), nn.ReLU()),
        *(nn.Conv2d(384, 256, 3, padding=1), nn.ReLU()),
        *(nn.Conv2d(256, 256, 3, padding=1), nn.ReLU(), nn.MaxPool2d(3, stride=2)),
    )
    layers = {
        "features": features,
        "avgpool": nn.AdaptiveAvgPool2d(6),
        "flatten": nn.Flatten(),
        "classifier": _classifier(num_classes, dropout),
    }
    return Classifier(layers, in_channels=3, min_size=63)


def alexnet_2012(num_classes: int = 1000, *, dropout: float = 0.5) -> Classifier:
    """Return AlexNet as published: two groups, one a graphics card, and 60,965,224 parameters.

    The second, fourth and fifth convolution see only the channels of their own group. After the first two
    stands local response normalisation (k = 2, n = 5, alpha = 1e-4, beta = 0.75), then overlapping pooling of
    3x3 windows two apart.

    Args:
        num_classes: outputs.
        dropout: probability that a number before the first two dense layers is set to 0 while training.

    Returns:
        A network from images (N, 3, 227, 227) to logits (N, num_classes).

    Raises:
        TypeError: an argument is not a number.
        ValueError: an argument is out of range.

    Source:
        Krizhevsky et al. 2012, section 3. The paper says 224x224, from which no whole number of steps leads
        to the 55x55 it goes on with; (227 - 11) / 4 + 1 = 55 does, so the picture has 227 pixels here.
        Normalisation reaches across the border between the groups, on which the paper is silent, and weights
        start as PyTorch's do.

    Example:
        >>> import torch
        >>> with torch.device("meta"):
        ...     network = alexnet_2012()
        >>> sum(parameter.numel() for parameter in network.parameters())
        60965224
    """
    features = nn.Sequential(
        *(nn.Conv2d(3, 96, 11, stride=4), nn.ReLU(), _normalisation(), nn.MaxPool2d(3, stride=2)),
        *(nn.Conv2d(96, 256, 5, padding=2, groups=2), nn.ReLU(), _normalisation(), nn.MaxPool2d(3, stride=2)),
        *(nn.Conv2d(256, 384, 3, padding=1), nn.ReLU()),
        *(nn.Conv2d(384, 384, 3, padding=1, groups=2), nn.ReLU()),
        *(nn.Conv2d(384, 256, 3, padding=1, groups=2), nn.ReLU(), nn.MaxPool2d(3, stride=2)),
    )
    layers = {
        "features": features,
        "flatten": nn.Flatten(),
        "classifier": _classifier(num_classes, dropout),
    }
    return Classifier(layers, in_channels=3, input_size=227)


def _normalisation() -> nn.Module:
    return nn.LocalResponseNorm(LRN_SIZE, alpha=LRN_ALPHA, beta=0.75, k=2.0)


def _classifier(num_classes: int, dropout: float) -> nn.Sequential:
    return nn.Sequential(
        *(make_dropout(dropout), nn.Linear(256 * 6 * 6, 4096), nn.ReLU()),
        *(make_dropout(dropout), nn.Linear(4096, 4096), nn.ReLU()),
        nn.Linear(4096, positive_int("num_classes", num_classes)),
    )
