"""LeNet-5, the network that read handwritten digits: as it is built today, and as published in 1998.

Source:
    LeCun, Bottou, Bengio and Haffner 1998, Gradient-based learning applied to document recognition,
    Proceedings of the IEEE 86(11), section II.B.
"""

from __future__ import annotations

from torch import nn

from cnnlab._arguments import positive_int
from cnnlab.models.bitmaps import digit_bitmaps
from cnnlab.models.classifier import Classifier, make_activation, make_pooling
from cnnlab.models.lenet_layers import ScaledTanh, SquaredDistances, draw_as_in_1998, subsampling
from cnnlab.models.partial_convolution import PartialConv2d

C3_CONNECTIONS = (
    *((0, 1, 2), (1, 2, 3), (2, 3, 4), (3, 4, 5), (0, 4, 5), (0, 1, 5)),
    *((0, 1, 2, 3), (1, 2, 3, 4), (2, 3, 4, 5), (0, 3, 4, 5), (0, 1, 4, 5), (0, 1, 2, 5)),
    *((0, 1, 3, 4), (1, 2, 4, 5), (0, 2, 3, 5)),
    (0, 1, 2, 3, 4, 5),
)
"""The maps of S2 that each of the 16 maps of C3 sees: table I of the paper. Six see three neighbours (the
first follows the last), six see four neighbours, three see two pairs of neighbours, and one sees all."""


def lenet5(
    num_classes: int = 10,
    *,
    in_channels: int = 1,
    input_size: int = 32,
    activation: str = "tanh",
    pooling: str = "average",
) -> Classifier:
    """Return LeNet-5 as it is built today: C3 sees all maps, pooling learns nothing, the output is linear.

    Args:
        num_classes: outputs.
        in_channels: channels of the pictures.
        input_size: their height and width: 32, or 28, which the first layer pads by 2.
        activation: "tanh", "relu" or "sigmoid", after every layer with weights but the last.
        pooling: "average" or "max".

    Returns:
        A network from images (N, in_channels, input_size, input_size) to logits (N, num_classes). Its layers
        are named as in the paper: c1, s2, c3, s4, c5, f6, output, and between them tanh1, tanh3 and so on.

    Raises:
        TypeError: a number is not an integer.
        ValueError: an argument is not one of those named.

    Source:
        LeCun et al. 1998; see ``lenet5_1998`` for what differs.

    Example:
        >>> network = lenet5()
        >>> sum(parameter.numel() for parameter in network.parameters())
        61706
        >>> 156 + 2416 + 48120 + 10164 + 850
        61706
    """
    channels = positive_int("in_channels", in_channels)
    layers = {
        "c1": nn.Conv2d(channels, 6, 5, padding=_padding(input_size)),
        f"{activation}1": make_activation(activation),
        "s2": make_pooling(pooling),
        "c3": nn.Conv2d(6, 16, 5),
        f"{activation}3": make_activation(activation),
        "s4": make_pooling(pooling),
        "c5": nn.Conv2d(16, 120, 5),
        f"{activation}5": make_activation(activation),
        "flatten": nn.Flatten(),
        "f6": nn.Linear(120, 84),
        f"{activation}6": make_activation(activation),
        "output": nn.Linear(84, positive_int("num_classes", num_classes)),
    }
    return Classifier(layers, in_channels=channels, input_size=input_size)


def lenet5_1998(*, input_size: int = 32, logits: bool = False) -> Classifier:
    """Return LeNet-5 as published, for the ten digits, with 60,000 trained parameters.

    What today's version leaves out is here: C3's partial connections (``C3_CONNECTIONS``), subsampling with
    a trained coefficient and bias a map, the squashing function 1.7159 tanh(2x / 3) after every layer up to
    F6, and an output that measures how far F6's 84 numbers are from a drawn 7x12 picture of each digit.

    Args:
        input_size: height and width of the pictures: 32, or 28, which the first layer pads by 2 with zeros.
            In the paper the background is -0.1 and ink 1.175, so that pictures have mean 0 and variance 1.
        logits: return the distances times -1. Then the largest output is the network's answer, as elsewhere,
            and cross-entropy is the paper's equation 9 without its constant for pictures of no digit.

    Returns:
        A network from images (N, 1, input_size, input_size) to squared distances (N, 10), at least 0: the
        smallest is the answer. Their negatives are logits: give those to cross-entropy.

    Raises:
        TypeError: ``input_size`` is not an integer.
        ValueError: ``input_size`` is neither 32 nor 28.

    Source:
        LeCun et al. 1998, section II.B, table I, appendix A (squashing function, initial weights). The
        pictures of the digits are drawn by us, and training with momentum replaces the paper's stochastic
        diagonal Levenberg-Marquardt.

    Example:
        >>> sum(parameter.numel() for parameter in lenet5_1998().parameters())
        60000
        >>> 156 + 12 + 1516 + 32 + 48120 + 10164
        60000
    """
    layers = {
        "c1": nn.Conv2d(1, 6, 5, padding=_padding(input_size)),
        "squash1": ScaledTanh(),
        "s2": subsampling(6),
        "squash2": ScaledTanh(),
        "c3": PartialConv2d(6, C3_CONNECTIONS, 5),
        "squash3": ScaledTanh(),
        "s4": subsampling(16),
        "squash4": ScaledTanh(),
        "c5": nn.Conv2d(16, 120, 5),
        "squash5": ScaledTanh(),
        "flatten": nn.Flatten(),
        "f6": nn.Linear(120, 84),
        "squash6": ScaledTanh(),
        "output": SquaredDistances(digit_bitmaps().flatten(1), negative=logits),
    }
    for name in ("c1", "c5", "f6"):
        weight, bias = layers[name].parameters()
        draw_as_in_1998((weight, bias), weight[0].numel())
    return Classifier(layers, in_channels=1, input_size=input_size)


def _padding(input_size: int) -> int:
    if positive_int("input_size", input_size) not in (28, 32):
        raise ValueError(f"input_size must be 32 or 28, got {input_size}")
    return (32 - input_size) // 2
