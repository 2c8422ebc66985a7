"""A small, wide residual network that learns CIFAR-10 in few epochs, and two things that help it to.

Source:
    Page 2019, How to train your ResNet (the whitened first layer, fixed scales, scaled logits); Jordan 2024,
    94% on CIFAR-10 in 3.29 seconds on a single GPU (the widths, 2x2 patches, the partial identity). Ours has
    a shortcut around every second layer of a stage.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from cnnlab._arguments import positive_int
from cnnlab.models.classifier import Classifier, draw_as_he
from cnnlab.models.residual_blocks import convolution


class ResidualLayer(nn.Module):
    """One 3x3 convolution with batch normalization and GELU, and a shortcut around all three."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.branch = nn.Sequential(convolution(channels, channels), nn.BatchNorm2d(channels), nn.GELU())

    def forward(self, images: Tensor) -> Tensor:
        """Return the input plus what the branch makes of it, both (N, channels, H, W)."""
        return images + self.branch(images)


class Times(nn.Module):
    """The input times a number."""

    def __init__(self, factor: float) -> None:
        super().__init__()
        self.factor = factor

    def forward(self, values: Tensor) -> Tensor:
        """Return the product, in the input's shape."""
        return self.factor * values


def fast_resnet(num_classes: int = 10, *, width: int = 64) -> Classifier:
    """Return a residual network of eight layers for colour pictures of 32x32, to be trained fast.

    A 2x2 convolution (see ``start_whitened``), then three stages: a 3x3 convolution, max pooling, batch
    normalization and GELU, and a residual layer. The first channels of each stage start as a copy of its
    input's, the scales of batch normalization stay 1, and the logits are divided by 8, so that a high
    learning rate does not make them large.

    Args:
        num_classes: outputs.
        width: channels of the first stage; the second and third have four times as many.

    Returns:
        A network from images (N, 3, 32, 32) to logits (N, num_classes).

    Raises:
        TypeError: a size that is not an integer.
        ValueError: a size that is not positive.

    Example:
        >>> images = torch.rand(2, 3, 32, 32)
        >>> fast_resnet(width=8)(images).shape
        torch.Size([2, 10])
        >>> sum(weight.numel() for weight in fast_resnet().parameters())
        1972792
    """
    inputs = 24  # both signs of the 3 * 2 * 2 directions of a patch
    layers: dict[str, nn.Module] = {"whitening": nn.Conv2d(3, inputs, 2), "gelu": nn.GELU()}
    for number, times in enumerate((1, 4, 4), start=1):
        outputs = times * positive_int("width", width)
        layers[f"stage{number}"] = nn.Sequential(
            *(convolution(inputs, outputs), nn.MaxPool2d(2), nn.BatchNorm2d(outputs), nn.GELU()),
            ResidualLayer(outputs),
        )
        inputs = outputs
    linear = nn.Linear(inputs, positive_int("num_classes", num_classes), bias=False)
    layers |= {"maxpool": nn.MaxPool2d(3), "flatten": nn.Flatten(), "linear": linear, "scale": Times(1 / 8)}
    network = draw_as_he(Classifier(layers, in_channels=3, input_size=32))
    for part in network.modules():
        if isinstance(part, nn.BatchNorm2d):
            part.weight.requires_grad_(False)
        elif isinstance(part, nn.Conv2d) and part.out_channels > part.in_channels and part.bias is None:
            nn.init.dirac_(part.weight.data[: part.in_channels])
    return network


@torch.no_grad()
def start_whitened(layer: nn.Conv2d, images: Tensor, *, eps: float = 5e-4) -> nn.Conv2d:
    """Have a first layer return uncorrelated numbers of variance 1, and keep its weights from learning.

    Neighbouring pixels are nearly alike, so that the first layer of a network otherwise sees little but
    brightness. Filters are the eigenvectors of the covariance of the pictures' patches, the most varied
    first, each divided by its deviation, then the same with the other sign, for a ReLU or GELU keeps one
    sign only. The biases go on learning.

    Args:
        layer: a convolution with biases and twice as many outputs as a patch has numbers.
        images: pictures (N, C, H, W) to measure, as the layer will see them; a few thousand do.
        eps: added to each variance, so that directions that hardly vary are not blown up.

    Returns:
        ``layer`` itself.

    Raises:
        ValueError: another number of outputs, or no biases.

    Source:
        Page 2019, part 8; Jordan 2024, section 3.2.

    Example:
        >>> layer = start_whitened(nn.Conv2d(1, 8, 2), torch.rand(200, 1, 6, 6), eps=0)
        >>> first = layer(torch.rand(2000, 1, 6, 6))[:, :4].transpose(0, 1).flatten(1)
        >>> torch.allclose(first.cov(), torch.eye(4), atol=0.1)
        True
    """
    height, width = layer.kernel_size
    size = layer.in_channels * height * width
    if layer.out_channels != 2 * size or layer.bias is None:
        raise ValueError(f"layer must have biases and {2 * size} outputs, twice its inputs, got {layer}")
    patches = F.unfold(images, (height, width), stride=layer.stride).transpose(0, 1).flatten(1).double()
    variances, directions = torch.linalg.eigh(patches.cov(correction=0).cpu())
    filters = (directions / (variances + eps).sqrt()).flip(1).T
    shifts = -filters @ patches.mean(1).cpu()
    layer.weight.copy_(torch.cat([filters, -filters]).view_as(layer.weight)).requires_grad_(False)
    layer.bias.copy_(torch.cat([shifts, -shifts]))
    return layer


class Mirrored(nn.Module):
    """A network's mean answer to a picture and to its mirror image, for tests.

    Args:
        network: from images (N, C, H, W) to logits (N, num_classes).

    Example:
        >>> sums = nn.Sequential(nn.Flatten(), nn.Linear(3, 1, bias=False))
        >>> images = torch.rand(4, 1, 1, 3)
        >>> torch.allclose(Mirrored(sums)(images), Mirrored(sums)(images.flip(3)))
        True
    """

    def __init__(self, network: nn.Module) -> None:
        super().__init__()
        self.network = network

    def forward(self, images: Tensor) -> Tensor:
        """Return the mean logits, (N, num_classes)."""
        return (self.network(images) + self.network(images.flip(3))) / 2
