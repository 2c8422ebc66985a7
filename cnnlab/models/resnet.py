"""Residual networks: of 18 to 152 layers for large pictures, and of any depth 6n + 2 for small ones.

Source:
    He, Zhang, Ren and Sun 2016, Deep residual learning for image recognition, tables 1 and 6.
"""

from __future__ import annotations

from collections.abc import Callable

from torch import nn

from cnnlab._arguments import one_of, positive_int
from cnnlab.models.classifier import Classifier, draw_as_he
from cnnlab.models.residual_blocks import (
    STRIDES_IN,
    BasicBlock,
    Bottleneck,
    DenseLayer,
    HighwayBlock,
    convolution,
)

KINDS = ("residual", "plain", "pre-activation", "highway")
WIDTHS = (64, 128, 256, 512)


def resnet18(num_classes: int = 1000) -> Classifier:
    """Return the residual network of 18 layers: two basic blocks in each of four stages.

    Args:
        num_classes: outputs.

    Returns:
        A network from images (N, 3, H, W), H and W at least 32, 224 in the paper, to logits
        (N, num_classes). Its state has the names and shapes of torchvision's ``resnet18``.

    Raises:
        TypeError: ``num_classes`` is not an integer.
        ValueError: it is not positive.

    Source:
        He et al. 2016, table 1, in torchvision's version; shortcuts that change the shape are projections.
        Ours starts with He's draw by inputs, torchvision's by outputs.

    Example:
        >>> import torch
        >>> with torch.device("meta"):  # counts need no memory
        ...     network = resnet18()
        >>> sum(parameter.numel() for parameter in network.parameters())
        11689512
    """
    return _resnet((2, 2, 2, 2), BasicBlock, num_classes)


def resnet34(num_classes: int = 1000) -> Classifier:
    """Return the residual network of 34 layers, of basic blocks; see ``resnet18``."""
    return _resnet((3, 4, 6, 3), BasicBlock, num_classes)


def resnet50(num_classes: int = 1000, *, stride_in: str = "3x3") -> Classifier:
    """Return the residual network of 50 layers, of bottlenecks; see ``resnet18``.

    Args:
        num_classes: outputs.
        stride_in: which convolution of a bottleneck steps two pixels: "3x3", as in torchvision, or the first
            "1x1", as published, which takes fewer multiply-adds.
    """
    return _resnet((3, 4, 6, 3), Bottleneck, num_classes, stride_in)


def resnet101(num_classes: int = 1000, *, stride_in: str = "3x3") -> Classifier:
    """Return the residual network of 101 layers, of bottlenecks; see ``resnet50``."""
    return _resnet((3, 4, 23, 3), Bottleneck, num_classes, stride_in)


def resnet152(num_classes: int = 1000, *, stride_in: str = "3x3") -> Classifier:
    """Return the residual network of 152 layers, of bottlenecks; see ``resnet50``."""
    return _resnet((3, 8, 36, 3), Bottleneck, num_classes, stride_in)


def cifar_resnet(
    depth: int = 20,
    num_classes: int = 10,
    *,
    kind: str = "residual",
    shortcut: str = "zeros",
    in_channels: int = 3,
    width: int = 16,
    batch_norm: bool = True,
) -> Classifier:
    """Return a network of 6n + 2 layers for small pictures: three stages of n blocks of two layers.

    Args:
        depth: layers with weights on the way from picture to output, 8, 14, 20, ...
        num_classes: outputs.
        kind: "residual"; "plain", the same without shortcuts; "pre-activation", the blocks of 2016's second
            paper; "highway", whose two-layer blocks are each two gated layers.
        shortcut: where the shape changes, "zeros" or "projection", as in ``BasicBlock``.
        in_channels: channels of the pictures.
        width: channels of the first stage; the second has twice, the third four times as many.
        batch_norm: whether there is normalization; highway layers always have it.

    Returns:
        A network from images (N, in_channels, H, W), H and W at least 4, 32 in the paper, to logits
        (N, num_classes).

    Raises:
        TypeError: a size that is not an integer.
        ValueError: a depth that is not 6n + 2, or a size or word that is out of range.

    Source:
        He et al. 2016, section 4.2; Identity mappings in deep residual networks (pre-activation).

    Example:
        >>> [sum(part.numel() for part in cifar_resnet(depth).parameters()) for depth in (20, 56)]
        [269722, 853018]
    """
    one_of("kind", kind, KINDS)
    one_of("shortcut", shortcut, ("zeros", "projection"))
    blocks, rest = divmod(positive_int("depth", depth) - 2, 6)
    if rest or blocks < 1:
        raise ValueError(f"depth must be 6n + 2 for some n of at least 1, got {depth}")
    channels = positive_int("width", width)
    first = positive_int("in_channels", in_channels)
    ahead = kind == "pre-activation"
    layers: dict[str, nn.Module] = {"conv1": convolution(first, channels, bias=not batch_norm)}
    if not ahead:
        layers |= {"bn1": _norm(channels, batch_norm), "relu": nn.ReLU()}
    way = "none" if kind == "plain" else shortcut

    def block(inputs: int, outputs: int, stride: int) -> nn.Module:
        if kind == "highway":
            return nn.Sequential(HighwayBlock(inputs, outputs, stride=stride), HighwayBlock(outputs, outputs))
        return BasicBlock(
            inputs, outputs, stride=stride, shortcut=way, pre_activation=ahead, batch_norm=batch_norm
        )

    inputs = channels
    for number, stride in enumerate((1, 2, 2), start=1):
        outputs = channels * 2 ** (number - 1)
        layers[f"layer{number}"] = _stage(block, inputs, outputs, blocks, stride)
        inputs = outputs
    if ahead:
        layers |= {"bn": _norm(inputs, batch_norm), "relu": nn.ReLU()}
    layers |= _head("linear", inputs, num_classes)
    return _drawn(Classifier(layers, in_channels=first, min_size=4))


def cifar_densenet(depth: int = 40, num_classes: int = 10, *, growth_rate: int = 12) -> Classifier:
    """Return a densely connected network of 3n + 4 layers for small pictures, without bottlenecks.

    Args:
        depth: layers with weights on the way from picture to output, 7, 10, ..., 40, ...
        num_classes: outputs.
        growth_rate: channels that each layer adds.

    Returns:
        A network from images (N, 3, H, W), H and W at least 4, 32 in the paper, to logits (N, num_classes).

    Raises:
        TypeError: a size that is not an integer.
        ValueError: a depth that is not 3n + 4, or a size that is not positive.

    Source:
        Huang et al. 2017, Densely connected convolutional networks, section 3; 1.0 million parameters with
        40 layers that add 12 channels each.

    Example:
        >>> round(sum(part.numel() for part in cifar_densenet().parameters()) / 1e6, 1)
        1.0
    """
    each, rest = divmod(positive_int("depth", depth) - 4, 3)
    if rest or each < 1:
        raise ValueError(f"depth must be 3n + 4 for some n of at least 1, got {depth}")
    channels, growth = 16, positive_int("growth_rate", growth_rate)
    layers: dict[str, nn.Module] = {"conv1": convolution(3, channels)}
    for number in (1, 2, 3):
        layers[f"dense{number}"] = nn.Sequential(
            *(DenseLayer(channels + index * growth, growth) for index in range(each))
        )
        channels += each * growth
        if number < 3:
            layers[f"transition{number}"] = nn.Sequential(
                nn.BatchNorm2d(channels), nn.ReLU(), convolution(channels, channels, 1), nn.AvgPool2d(2)
            )
    layers |= {"bn": nn.BatchNorm2d(channels), "relu": nn.ReLU(), **_head("linear", channels, num_classes)}
    return _drawn(Classifier(layers, in_channels=3, min_size=4))


def _resnet(
    depths: tuple[int, ...],
    block: type[BasicBlock] | type[Bottleneck],
    num_classes: int,
    stride_in: str = "3x3",
) -> Classifier:
    one_of("stride_in", stride_in, STRIDES_IN)

    def make(inputs: int, width: int, stride: int) -> nn.Module:
        if block is Bottleneck:
            return Bottleneck(inputs, width, stride=stride, stride_in=stride_in)
        return BasicBlock(inputs, width, stride=stride)

    layers: dict[str, nn.Module] = {
        "conv1": nn.Conv2d(3, 64, 7, stride=2, padding=3, bias=False),
        "bn1": nn.BatchNorm2d(64),
        "relu": nn.ReLU(),
        "maxpool": nn.MaxPool2d(3, stride=2, padding=1),
    }
    inputs = 64
    for number, (width, depth) in enumerate(zip(WIDTHS, depths, strict=True), start=1):
        stride = 1 if number == 1 else 2
        layers[f"layer{number}"] = _stage(make, inputs, width, depth, stride, block.expansion)
        inputs = width * block.expansion
    layers |= _head("fc", inputs, num_classes)
    return _drawn(Classifier(layers, in_channels=3, min_size=32))


def _stage(
    block: Callable[[int, int, int], nn.Module],
    inputs: int,
    width: int,
    depth: int,
    stride: int,
    expansion: int = 1,
) -> nn.Sequential:
    """Return ``depth`` blocks, the first of which may change the shape."""
    first = block(inputs, width, stride)
    return nn.Sequential(first, *(block(width * expansion, width, 1) for _ in range(depth - 1)))


def _head(name: str, channels: int, num_classes: int) -> dict[str, nn.Module]:
    linear = nn.Linear(channels, positive_int("num_classes", num_classes))
    return {"avgpool": nn.AdaptiveAvgPool2d(1), "flatten": nn.Flatten(), name: linear}


def _norm(channels: int, batch_norm: bool) -> nn.Module:
    return nn.BatchNorm2d(channels) if batch_norm else nn.Identity()


def _drawn(network: Classifier) -> Classifier:
    """Draw all weights as He et al. 2015 propose, and open the gates as far as they were."""
    draw_as_he(network)
    for part in network.modules():
        if isinstance(part, HighwayBlock):
            part.open_gate()
    return network
