"""The NetworkBuilder explorer: a list of layers to edit, and the layer table that follows from it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import traitlets
from torch import nn

from cnnlab.explorers.base import Explorer, read_source, whole_between
from cnnlab.explorers.layer_list import DEFAULTS, RANGES, Row, Settings, Shape, checked_layer, module, rows

if TYPE_CHECKING:
    from matplotlib.figure import Figure

MOST_LAYERS = 30
MOST_CHANNELS, LARGEST_INPUT = 512, 256
LARGEST_BUDGET = 1_000_000_000
CONV = {"kind": "conv", "out_channels": 6, "kernel_size": 5, "padding": 2}
LAYERS = (CONV, {"kind": "ReLU"}, {"kind": "max pool"}, {"kind": "flatten"}, {"kind": "linear"})


class NetworkBuilder(Explorer):
    """An explorer of a chain of layers to add, remove, move and edit, with its layer table up to date.

    The table tells output shape, parameters, activations, multiply-adds and receptive field of every layer,
    as ``geometry`` counts them. Where a layer does not fit what comes in, a sentence says why.

    Args:
        layers: 1 to 30 mappings with "kind" and by choice its settings: "conv" (out_channels 1 to 512, 8;
            kernel_size 1 to 15, 3; stride 1 to 15, 1; padding 0 to 7, 0), "max pool" and "average pool"
            (kernel_size, 2; stride, the kernel_size; padding, 0), "linear" (out_features 1 to 4096, 10),
            "dropout" (p 0 to 0.9, 0.5), "ReLU", "tanh", "sigmoid", "batch norm", "flatten".
        input_size: (C, H, W) of a picture: up to 512 channels, 256 pixels.
        budget: the number of parameters to reach, if there is one.
        layer: the chosen layer, counted from 1, whose counting is written out; by default the last.

    Raises:
        TypeError: an argument is of the wrong kind.
        ValueError: an argument is outside its range.

    Example:
        >>> builder = NetworkBuilder([{"kind": "conv", "out_channels": 6, "kernel_size": 5}], (1, 32, 32))
        >>> builder
        NetworkBuilder explorer: conv; input (1, 32, 32), 156 parameters, layer 1
        >>> builder.to_module()
        Sequential(
          (0): Conv2d(1, 6, kernel_size=(5, 5), stride=(1, 1))
        )
    """

    _esm = read_source("base.js", "layer_list.js", "network_builder.js")

    layers = traitlets.List(traitlets.Dict()).tag(sync=True)
    input_size = traitlets.List(traitlets.Int()).tag(sync=True)
    budget = traitlets.Int(None, allow_none=True).tag(sync=True)
    layer = traitlets.Int(1).tag(sync=True)
    # What the browser needs to offer and to check the same settings.
    defaults = traitlets.Dict().tag(sync=True)
    ranges = traitlets.Dict().tag(sync=True)

    def __init__(
        self,
        layers: Sequence[Settings] = LAYERS,
        input_size: Shape = (1, 28, 28),
        budget: int | None = None,
        *,
        layer: int | None = None,
    ) -> None:
        stack = _stack(layers)
        chosen = len(stack) if layer is None else whole_between("layer", layer, 1, len(stack))
        super().__init__(
            layers=stack,
            input_size=_size(input_size),
            budget=_budget(budget),
            layer=chosen,
            defaults={kind: {"kind": kind, **settings} for kind, settings in DEFAULTS.items()},
            ranges={name: list(ends) for name, ends in RANGES.items()},
        )
        # Only from here on: the settings given at the start are no change.
        self.observe(self._stay_inside, ["layers"])

    @traitlets.validate("layers", "input_size", "budget", "layer")
    def _check_assignment(self, proposal: Any) -> Any:
        name, value = proposal["trait"].name, proposal["value"]
        if name == "layer":
            return whole_between("layer", value, 1, len(self.layers))
        return {"layers": _stack, "input_size": _size, "budget": _budget}[name](value)

    def _stay_inside(self, change: Any) -> None:
        self.layer = min(self.layer, len(self.layers))

    def rows(self) -> list[Row]:
        """Return shape, counts and receptive field of each layer, as far as they fit."""
        return rows(self.layers, self._shape())[0]

    def problem(self) -> str:
        """Return which layer does not fit, and why; empty where all fit."""
        return rows(self.layers, self._shape())[1]

    def parameters(self) -> int:
        """Return the parameters of the layers that fit."""
        return sum(row.parameters for row in self.rows())

    def to_module(self) -> nn.Sequential:
        """Return the network in PyTorch, its weights drawn as PyTorch draws them.

        Raises:
            ValueError: a layer does not fit.
        """
        if self.problem():
            raise ValueError(f"layers must fit one another, got: {self.problem()}")
        shapes = [self._shape(), *(row.shape for row in self.rows())]
        kinds = [layer["kind"] for layer in self.layers]
        flat = ["flatten" in kinds[:place] for place in range(len(kinds))]
        return nn.Sequential(*map(module, self.layers, shapes[:-1], flat))

    def _shape(self) -> Shape:
        channels, height, width = self.input_size
        return channels, height, width

    def settings(self) -> str:
        """Return the settings in a few words, the same for the same settings."""
        kinds = ", ".join(layer["kind"] for layer in self.layers)
        return f"{kinds}; input {self._shape()}, {self.parameters()} parameters, layer {self.layer}"

    def describe(self) -> str:
        """Return what the explorer shows now, in sentences."""
        found, problem = self.rows(), self.problem()
        told = [
            f"{number} {layer['kind']}: {' x '.join(map(str, row.shape))}, {row.parameters} parameters"
            for number, (layer, row) in enumerate(zip(self.layers, found, strict=False), start=1)
        ]
        work = sum(row.multiply_adds for row in found)
        total = f"In all {self.parameters()} parameters and {work} multiply-adds."
        aim = "" if self.budget is None else f"The budget is {self.budget} parameters."
        return " ".join(filter(None, ["; ".join(told) + "." if told else "", total, aim, problem]))

    def static_twin(self) -> Figure:
        """Return a figure with parameters, activations and multiply-adds of every layer.

        Returns:
            A figure for ``figures.show``.
        """
        # matplotlib comes only with the twin.
        from cnnlab.explorers import network_builder_twin

        return network_builder_twin.draw([layer["kind"] for layer in self.layers], self.rows())


def _stack(layers: Any) -> list[dict[str, Any]]:
    if isinstance(layers, (str, bytes)) or not isinstance(layers, Sequence):
        raise TypeError(f"layers must be a sequence of mappings, got {layers!r}")
    whole_between("the number of layers", len(layers), 1, MOST_LAYERS)
    return [checked_layer(layer) for layer in layers]


def _size(value: Any) -> list[int]:
    if not isinstance(value, (tuple, list)) or len(value) != 3:
        raise TypeError(f"input_size must be (C, H, W), got {value!r}")
    limits = (MOST_CHANNELS, LARGEST_INPUT, LARGEST_INPUT)
    return [
        whole_between("each number of input_size", n, 1, most) for n, most in zip(value, limits, strict=True)
    ]


def _budget(value: Any) -> int | None:
    return None if value is None else whole_between("budget", value, 1, LARGEST_BUDGET)
