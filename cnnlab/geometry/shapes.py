"""What comes out of a layer, and of every layer of a graph."""

from __future__ import annotations

import math

from cnnlab._arguments import positive_int
from cnnlab.geometry.graphs import Layers, walk
from cnnlab.geometry.layers import Add, Concatenate, Conv, Dense, Flatten, Layer, Pool
from cnnlab.geometry.pairs import Pair, int_pair
from cnnlab.geometry.sizes import output_size, transposed_output_size

Shape = tuple[int, int, int]


def output_shape(layer: Layer, *inputs: Shape) -> Shape:
    """Return (C, H, W) after ``layer``; its features are the channels of a single position, (F, 1, 1).

    Args:
        layer: any layer.
        inputs: (C, H, W) of its input; of each input for Add and Concatenate.

    Returns:
        (C, H, W) of the output.

    Raises:
        ValueError: channels or features are not the layer's, inputs do not agree, or a kernel does not fit.

    Example:
        >>> output_shape(Conv(3, 96, 11, stride=4), (3, 227, 227))
        (96, 55, 55)
    """
    channels = [shape[0] for shape in inputs]
    size = layer_size(layer, *(shape[1:] for shape in inputs))
    match layer:
        case Conv():
            return _expect("in_channels", layer.in_channels, channels[0], layer.out_channels), *size
        case Dense():
            features = math.prod(inputs[0])
            return _expect("in_features", layer.in_features, features, layer.out_features), *size
        case Flatten():
            return math.prod(inputs[0]), *size
        case Concatenate():
            return sum(channels), *size
        case Add() if len(set(channels)) > 1:
            raise ValueError(f"Add must merge equally many channels, got {channels}")
    return channels[0], *size


def layer_size(layer: Layer, *inputs: Pair) -> Pair:
    """Return (H, W) after ``layer`` of ``inputs``, each (H, W), whatever their channels.

    Raises:
        ValueError: inputs of different sizes are merged, or a kernel does not fit its padded input.

    Example:
        >>> layer_size(Pool(3, stride=2), (55, 55))
        (27, 27)
    """
    if len(set(inputs)) > 1:
        raise ValueError(f"{type(layer).__name__} must merge inputs of one size, got {list(inputs)}")
    match layer:
        case Conv() if layer.transposed:
            options = {"output_padding": layer.output_padding, "dilation": layer.dilation}
            return transposed_output_size(
                inputs[0], layer.kernel_size, stride=layer.stride, padding=layer.padding, **options
            )
        case Conv() | Pool():
            return output_size(
                inputs[0],
                layer.kernel_size,
                stride=layer.kernel_size if layer.stride is None else layer.stride,
                padding=layer.padding,
                dilation=layer.dilation,
                ceil_mode=isinstance(layer, Pool) and layer.ceil_mode,
            )
        case Dense() | Flatten():
            return 1, 1
    return inputs[0]


def _expect(name: str, wanted: int, found: int, result: int) -> int:
    if wanted != found:
        raise ValueError(f"{name} must be that of what comes in, {found}, got {wanted}")
    return result


def shapes(layers: Layers, input_shape: Shape) -> dict[str, Shape]:
    """Return (C, H, W) of the input and after every layer, inputs before what uses them.

    Args:
        layers: a chain or a graph; the layers of a chain are named "0", "1" and so on.
        input_shape: (C, H, W) of the input.

    Returns:
        Shape of "input" and of every layer, by name.

    Raises:
        TypeError: ``input_shape`` is not three integers.
        ValueError: a layer does not fit what comes in; the sentence names it.

    Example:
        >>> shapes([Conv(1, 6, 5, padding=2), Pool(2)], (1, 28, 28))
        {'input': (1, 28, 28), '0': (6, 28, 28), '1': (6, 14, 14)}
    """
    if not isinstance(input_shape, (tuple, list)) or len(input_shape) != 3:
        raise TypeError(f"input_shape must be (C, H, W), got {input_shape!r}")
    channels, height, width = (positive_int("input_shape", value) for value in input_shape)
    return walk(layers, (channels, height, width), lambda layer, inputs: output_shape(layer, *inputs))


def sizes(layers: Layers, input_size: int | Pair) -> dict[str, Pair]:
    """Return (H, W) of "input" and after every layer, by name; an integer ``input_size`` stands for both.

    Raises:
        ValueError: a kernel does not fit, or inputs of different sizes are merged.

    Example:
        >>> sizes([Conv(2, 2, 3, stride=2, padding=1)], 5)
        {'input': (5, 5), '0': (3, 3)}
    """
    start = int_pair("input_size", input_size, positive_int)
    return walk(layers, start, lambda layer, inputs: layer_size(layer, *inputs))
