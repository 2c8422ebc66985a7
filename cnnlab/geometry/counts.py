"""How many weights, biases, neurons and multiply-adds a layer has."""

from __future__ import annotations

import math

from cnnlab._arguments import positive_int
from cnnlab.geometry.graphs import Layers, ReadGraph, as_graph, given_size
from cnnlab.geometry.historical import PartialConv, RadialBasis
from cnnlab.geometry.layers import BatchNorm, Conv, Dense, Layer, ZeroPadded
from cnnlab.geometry.pairs import Pair, int_pair
from cnnlab.geometry.shapes import layer_size, sizes


def weights(layer: Layer) -> int:
    """Return how many weights ``layer`` has: kernel taps, or the scales of batch normalisation.

    Args:
        layer: any layer.

    Returns:
        The number; 0 for a layer that learns nothing.

    Example:
        >>> weights(Conv(3, 96, 11, stride=4)), 11 * 11 * 3 * 96
        (34848, 34848)
        >>> 2 * weights(Conv(10, 10, 3)), weights(Conv(10, 10, 5))  # 18 C^2 against 25 C^2
        (1800, 2500)
    """
    match layer:
        case PartialConv():
            return layer.connections * _taps(layer)
        case RadialBasis() | ZeroPadded():
            return 0
        case Conv():
            return _fan_in(layer) * (layer.in_channels if layer.transposed else layer.out_channels)
        case Dense():
            return layer.in_features * layer.out_features
        case BatchNorm(affine=True):
            return layer.num_features
    return 0


def biases(layer: Layer) -> int:
    """Return how many biases ``layer`` has: one an output channel, or batch normalisation's shifts.

    Args:
        layer: any layer.

    Returns:
        The number; 0 for a layer without.

    Example:
        >>> biases(Conv(3, 96, 11)), biases(Conv(3, 96, 11, bias=False)), biases(Dense(10, 7))
        (96, 0, 7)
    """
    match layer:
        case Conv(bias=True):
            return layer.out_channels
        case Dense(bias=True):
            return layer.out_features
        case BatchNorm(affine=True):
            return layer.num_features
    return 0


def parameters(layers: Layers, *, input_size: int | Pair | None = None, shared: bool = True) -> int:
    """Return how many numbers a layer, a chain or a graph learns: weights and biases.

    Args:
        layers: a layer, or several; a description that stands twice counts twice, but what the modules behind
            a graph of ``from_module`` share, whole or in part, counts once.
        input_size: (H, W) of the input, needed when not ``shared``; an integer stands for both. By default
            the size that a graph was read for.
        shared: whether all positions of a convolution share their weights and biases. If not, it is locally
            connected: each output neuron has its own.

    Returns:
        The number.

    Raises:
        ValueError: not ``shared`` and no ``input_size``, a kernel that does not fit it, or a transposed
            convolution, of which there is no unshared kind here.

    Example:
        >>> alexnet_first = Conv(3, 96, 11, stride=4)
        >>> parameters(alexnet_first), parameters(alexnet_first, input_size=227, shared=False)
        (34944, 105705600)
        >>> parameters(Dense(784, 100)), 784 * 100 + 100
        (78500, 78500)
    """
    if shared:
        return sum(learned(layers).values())
    graph, input_size = as_graph(layers), given_size(layers, input_size)
    if input_size is None:
        raise ValueError("input_size must be given to count unshared parameters, got None")
    size = sizes(graph, input_size)
    return sum(_unshared(layer, size[name]) for name, (layer, _) in graph.items())


def learned(layers: Layers) -> dict[str, int]:
    """Return by name how many numbers each layer learns that no layer before it holds."""
    repeated = layers.repeated if isinstance(layers, ReadGraph) else {}
    return {
        name: max(0, weights(layer) + biases(layer) - repeated.get(name, 0))
        for name, (layer, _) in as_graph(layers).items()
    }


def _unshared(layer: Layer, out: Pair) -> int:
    once = weights(layer) + biases(layer)
    if not isinstance(layer, Conv):
        return once
    if layer.transposed:
        raise ValueError("transposed must be False to count unshared parameters, got True")
    return once * math.prod(out)


def neurons(layer: Layer, input_size: int | Pair | None = None) -> int:
    """Return how many units a layer with weights has: one for each output channel at each position.

    Args:
        layer: a Conv or a Dense.
        input_size: (H, W) of the input, for a Conv; an integer stands for both.

    Returns:
        The number.

    Raises:
        TypeError: another kind of layer (``output_shape`` gives the size of what it returns).
        ValueError: a Conv without ``input_size``, or whose kernel does not fit it.

    Example:
        >>> neurons(Conv(3, 96, 11, stride=4), 227), 55 * 55 * 96
        (290400, 290400)
    """
    if isinstance(layer, Dense):
        return layer.out_features
    if not isinstance(layer, Conv):
        raise TypeError(f"layer must be a Conv or a Dense, got {type(layer).__name__}")
    height, width = layer_size(layer, _required(input_size))
    return layer.out_channels * height * width


def multiply_adds(layers: Layers, input_size: int | Pair | None = None) -> int:
    """Return how many multiplications, each followed by an addition, one picture costs.

    Counted are convolutions and dense layers, products with padded zeros included, and the squares of
    distances. Adding a bias is not
    counted, nor are batch normalisation (at test time it folds into the convolution before it), pooling and
    what works position by position.

    Args:
        layers: a layer, a chain or a graph.
        input_size: (H, W) of the input; needed only where there is a convolution. An integer stands for both;
            by default the size that a graph was read for.

    Returns:
        The number, every use of a layer counted; twice that are floating-point operations.

    Raises:
        ValueError: no ``input_size`` for a convolution, or a kernel that does not fit.

    Source:
        Agrees with ``torch.utils.flop_counter`` (which counts both halves) for these layers.

    Example:
        >>> multiply_adds(Conv(1, 6, 5, padding=2), 28), 5 * 5 * 1 * 6 * 28 * 28
        (117600, 117600)
    """
    graph = as_graph(layers)
    if not any(isinstance(layer, Conv) for layer, _ in graph.values()):
        return sum(_products(layer, (1, 1), (1, 1)) for layer, _ in graph.values())
    size = sizes(graph, _required(given_size(layers, input_size)))
    return sum(_products(layer, size[inputs[0]], size[name]) for name, (layer, inputs) in graph.items())


def _products(layer: Layer, size: Pair, out: Pair) -> int:
    match layer:
        case Conv():
            # A plain convolution gathers for every output, a transposed one spreads every input.
            return weights(layer) * math.prod(size if layer.transposed else out)
        case Dense():
            return layer.in_features * layer.out_features
    return 0


def _fan_in(layer: Conv) -> int:
    """Taps times the channels of a group: what one output (transposed: one input) is connected to."""
    channels = layer.out_channels if layer.transposed else layer.in_channels
    return channels // layer.groups * _taps(layer)


def _taps(layer: Conv) -> int:
    return math.prod(int_pair("kernel_size", layer.kernel_size, positive_int))


def _required(input_size: int | Pair | None) -> Pair:
    if input_size is None:
        raise ValueError("input_size must be given for a convolution, got None")
    return int_pair("input_size", input_size, positive_int)
