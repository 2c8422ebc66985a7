"""Editable lists of layers: what each may be set to, and what follows from it, told by ``geometry``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from torch import nn

from cnnlab import geometry
from cnnlab.explorers.kit.layers import Layers
from cnnlab.explorers.kit.limits import Number, Whole
from cnnlab.geometry.layers import BatchNorm, Conv, Dense, Flatten, Layer, Pointwise, Pool

Settings = Mapping[str, Any]
Shape = tuple[int, int, int]

POOLS = {"max pool": nn.MaxPool2d, "average pool": nn.AvgPool2d}
ACTIVATIONS = {"ReLU": nn.ReLU, "tanh": nn.Tanh, "sigmoid": nn.Sigmoid}
OTHERS = {"dropout": nn.Dropout, "flatten": nn.Flatten}
WITHOUT_SHAPE: dict[str, type[nn.Module]] = {**POOLS, **ACTIVATIONS, **OTHERS}
WINDOW = {"kernel_size": 2, "stride": 2, "padding": 0}
DEFAULTS: dict[str, dict[str, Any]] = {
    "conv": {"out_channels": 8, "kernel_size": 3, "stride": 1, "padding": 0},
    **dict.fromkeys(POOLS, WINDOW),
    **{kind: {} for kind in ACTIVATIONS},
    "batch norm": {},
    "dropout": {"p": 0.5},
    "flatten": {},
    "linear": {"out_features": 10},
}
LIMITS = {
    "out_channels": Whole(1, 512),
    "out_features": Whole(1, 4096),
    "kernel_size": Whole(1, 15),
    "stride": Whole(1, 15),
    "padding": Whole(0, 7),
    "p": Number(0, 0.9, 0.1),
}
LIST = Layers(DEFAULTS, LIMITS, 30)
MISFITS = {
    "misfit": "Layer {number}, {kind}, does not fit: {why}",
    "features": "it needs features, so put a flatten before it",
    "maps": "it needs maps, but a flatten comes before it",
    "span": "its kernel spans {kernel_size}, but its padded input is {height} × {width}",
}
"""Why a layer cannot take what comes in, for the page on paper and for the browser."""


class Row(NamedTuple):
    """What follows from one layer of a list."""

    shape: Shape
    """(C, H, W) of its output; features are channels of a single position."""
    parameters: int
    """Weights and biases."""
    activations: int
    """Numbers that come out of it."""
    multiply_adds: int
    """Products, each added to a sum."""
    field: tuple[int, int]
    """Rows and columns of the input that an output can see, padding included."""


def rows(layers: Sequence[Settings], input_size: Shape) -> tuple[list[Row], str]:
    """Return what follows from each layer, up to the first that does not fit, and why it does not.

    Args:
        layers: as ``LIST`` checks them.
        input_size: (C, H, W).

    Returns:
        A row for each layer that fits, and one sentence about the next one, empty where all fit.

    Example:
        >>> rows([LIST.layer({"kind": "conv", "out_channels": 6, "kernel_size": 5})], (1, 32, 32))
        ([Row(shape=(6, 28, 28), parameters=156, activations=4704, multiply_adds=117600, field=(5, 5))], '')
    """
    found: list[Row] = []
    described: list[Layer] = []
    shape, flat = input_size, False
    for number, layer in enumerate(layers, start=1):
        problem = misfit(layer, shape, flat)
        if problem:
            return found, MISFITS["misfit"].format(number=number, kind=layer["kind"], why=problem) + "."
        described.append(describe(layer, shape))
        field = geometry.receptive_field(described, input_size[1:]).size
        after, flat = geometry.output_shape(described[-1], shape), flat or layer["kind"] == "flatten"
        counts = geometry.parameters(described[-1]), after[0] * after[1] * after[2]
        found.append(Row(after, *counts, geometry.multiply_adds(described[-1], shape[1:]), field))
        shape = after
    return found, ""


def misfit(layer: Settings, shape: Shape, flat: bool) -> str:
    """Return why a layer cannot take what comes in, empty where it can.

    Args:
        layer: as ``LIST`` checks it.
        shape: (C, H, W) of what comes in.
        flat: whether that was flattened.
    """
    kind = layer["kind"]
    if kind == "linear" and not flat:
        return MISFITS["features"]
    if "kernel_size" not in layer:
        return ""
    if flat:
        return MISFITS["maps"]
    height, width = (size + 2 * layer["padding"] for size in shape[1:])
    if layer["kernel_size"] > min(height, width):
        return MISFITS["span"].format(kernel_size=layer["kernel_size"], height=height, width=width)
    return ""


def describe(layer: Settings, shape: Shape) -> Layer:
    """Return a layer in the words of ``geometry``.

    Args:
        layer: as ``LIST`` checks it.
        shape: (C, H, W) of what comes in.
    """
    window = {name: layer[name] for name in WINDOW if name in layer}
    match layer["kind"]:
        case "conv":
            return Conv(shape[0], layer["out_channels"], **window)
        case "linear":
            return Dense(shape[0], layer["out_features"])
        case "batch norm":
            return BatchNorm(shape[0])
        case "flatten":
            return Flatten()
    return Pool(**window) if window else Pointwise()


def module(layer: Settings, shape: Shape, flat: bool) -> nn.Module:
    """Return a layer as PyTorch has it.

    Args:
        layer: as ``LIST`` checks it.
        shape: (C, H, W) of what comes in.
        flat: whether that was flattened.
    """
    kind = layer["kind"]
    settings = {name: layer[name] for name in DEFAULTS[kind]}
    match kind:
        case "conv":
            return nn.Conv2d(shape[0], **settings)
        case "linear":
            return nn.Linear(shape[0], **settings)
        case "batch norm":
            return nn.BatchNorm1d(shape[0]) if flat else nn.BatchNorm2d(shape[0])
    return WITHOUT_SHAPE[kind](**settings)
