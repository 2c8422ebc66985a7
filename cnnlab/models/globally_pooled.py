"""A convolutional network that pools each feature map to one number, and so forgets where things stood."""

from __future__ import annotations

from torch import nn

from cnnlab._arguments import one_of, positive_int
from cnnlab.models.classifier import Classifier, draw_as_he

GLOBAL_POOLINGS: dict[str, type[nn.Module]] = {"average": nn.AdaptiveAvgPool2d, "max": nn.AdaptiveMaxPool2d}


def globally_pooled_cnn(num_classes: int = 10, *, in_channels: int = 1, pooling: str = "max") -> Classifier:
    """Return convolutions whose feature maps are pooled to one number each, wherever it was found.

    Nothing after the pooling knows where a pattern stood, so that a shifted picture keeps its class as long
    as nothing leaves it and the border stays out of the view of the numbers that matter, 18x18 pixels each.
    A network that flattens its maps, like LeNet-5, ties every weight to a place.

    Args:
        num_classes: outputs.
        in_channels: channels of the pictures.
        pooling: "max" or "average", over the whole map.

    Returns:
        A network from images (N, in_channels, H, W), H and W at least 4, to logits (N, num_classes).

    Raises:
        TypeError: an argument of another type.
        ValueError: an argument is out of range.

    Source:
        Lin, Chen and Yan 2014, Network in network, section 3.2: global pooling in place of dense layers.
        Sizes are our own; weights start as He et al. 2015 propose.

    Example:
        >>> sum(parameter.numel() for parameter in globally_pooled_cnn().parameters())
        23946
    """
    channels = positive_int("in_channels", in_channels)
    global_pooling = GLOBAL_POOLINGS[one_of("pooling", pooling, GLOBAL_POOLINGS)](1)
    features = nn.Sequential(
        *(nn.Conv2d(channels, 16, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2)),
        *(nn.Conv2d(16, 32, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2)),
        *(nn.Conv2d(32, 64, 3, padding=1), nn.ReLU()),
    )
    layers = {
        "features": features,
        "pool": global_pooling,
        "flatten": nn.Flatten(),
        "output": nn.Linear(64, positive_int("num_classes", num_classes)),
    }
    return draw_as_he(Classifier(layers, in_channels=channels, min_size=4))
