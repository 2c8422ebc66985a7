"""The NetworkBuilder explorer: a list of layers to edit, and the layer table that follows from it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import traitlets
from torch import nn

from cnnlab.explorers.kit.explorer import Explorer
from cnnlab.explorers.kit.limits import WORDS, Limit, Setting, Whole
from cnnlab.explorers.network_builder import layer_list
from cnnlab.explorers.network_builder.layer_list import MISFITS, Row, Shape, rows

CONV = {"kind": "conv", "out_channels": 6, "kernel_size": 5, "padding": 2}
LAYERS = (CONV, {"kind": "ReLU"}, {"kind": "max pool"}, {"kind": "flatten"}, {"kind": "linear"})


class Size(Limit):
    """Channels, height and width of a picture."""

    limits: ClassVar[dict[str, Whole]] = {
        "channels": Whole(1, 512),
        "height": Whole(1, 256),
        "width": Whole(1, 256),
    }

    def check(self, name: str, value: Any) -> list[int]:
        """Return the three numbers as a list."""
        if not isinstance(value, (tuple, list)) or len(value) != 3:
            raise TypeError(f"{name} must be (C, H, W), got {value!r}")
        pairs = zip(self.limits.values(), value, strict=True)
        return [limit.check(f"each number of {name}", number) for limit, number in pairs]

    def sent(self) -> dict[str, Any]:
        """Return the limits as the browser reads them."""
        return {name: limit.sent() for name, limit in self.limits.items()}


class Budget(Limit):
    """A number of parameters, or None."""

    def check(self, name: str, value: Any) -> int | None:
        """Return an integer, or None."""
        return None if value is None else Whole(1, 1_000_000_000).check(name, value)


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

    words: ClassVar[Mapping[str, str]] = WORDS | MISFITS

    layers = Setting(layer_list.LIST, LAYERS)
    input_size = Setting(Size(), (1, 28, 28))
    budget = Setting(Budget())
    layer = Setting(Limit())

    def _watch(self) -> None:
        self.observe(self._stay_inside, ["layers"])

    @traitlets.validate("layer")
    def _check_layer(self, proposal: Any) -> int:
        count = len(self.layers)
        return count if proposal["value"] is None else Whole(1, count).check("layer", proposal["value"])

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
        return nn.Sequential(*map(layer_list.module, self.layers, shapes[:-1], flat))

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
