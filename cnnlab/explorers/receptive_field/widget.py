"""The ReceptiveField explorer: a stack of layers along one axis, and the input cells that one unit sees."""

from __future__ import annotations

from typing import Any

import traitlets

from cnnlab.explorers.kit.explorer import Explorer
from cnnlab.explorers.kit.layers import Layers
from cnnlab.explorers.kit.limits import Limit, Setting, Whole
from cnnlab.explorers.receptive_field.stack import LayerSettings, Level, levels, span

WINDOW = {"stride": 1, "padding": 0, "dilation": 1}
DEFAULTS = {"conv": {"kernel_size": 3, **WINDOW}, "pool": {"kernel_size": 2, **WINDOW, "stride": 2}}
RANGES = {"kernel_size": Whole(1, 9), "stride": Whole(1, 9), "padding": Whole(0, 4), "dilation": Whole(1, 4)}
CONV = {"kind": "conv", "kernel_size": 3}
LAYERS = (CONV, CONV, CONV, {"kind": "pool", "kernel_size": 2})


class ReceptiveField(Explorer):
    """An explorer of an editable stack of layers: choose a unit and see which cells below feed it.

    One axis is drawn, the input at the bottom. It starts at the first layer; those above appear as the reader
    climbs.

    Args:
        layers: 1 to 8 mappings with "kind" ("conv" or "pool") and by choice "kernel_size" (1 to 9; 3, for a
            pool 2), "stride" (1 to 9; 1, for a pool its kernel_size), "padding" (0 to 4; 0) and "dilation"
            (1 to 4; 1).
        input_size: cells of the input, 1 to 64.
        layer: the chosen unit's layer, counted from 1.
        unit: the chosen unit; by default the middle one.

    Raises:
        TypeError: an argument is of the wrong kind.
        ValueError: an argument is outside its range.

    Example:
        >>> stack = ReceptiveField([{"kind": "conv", "kernel_size": 3}, {"kind": "pool", "kernel_size": 2}])
        >>> stack.levels()[-1]
        Level(length=7, jump=2, field=4, start=0)
    """

    layers = Setting(Layers(DEFAULTS, RANGES, 8), LAYERS)
    input_size = Setting(Whole(1, 64), 16)
    layer = Setting(Limit(), 1)
    unit = Setting(Limit())
    reached = traitlets.Int(1).tag(sync=True)

    def _watch(self) -> None:
        self.reached = max(1, self.layer)
        self.observe(self._settle, ["layers", "input_size", "layer"])

    @traitlets.validate("layer")
    def _check_layer(self, proposal: Any) -> int:
        # Where not even the first layer fits, only the input is there.
        top = len(self.levels()) - 1
        return min(Whole(min(1, top), max(1, top)).check("layer", proposal["value"]), top)

    @traitlets.validate("unit")
    def _check_unit(self, proposal: Any) -> int:
        found = self.levels()
        given, length = proposal["value"], found[min(self.layer, len(found) - 1)].length
        return length // 2 if given is None else Whole(0, length - 1).check("unit", given)

    def _settle(self, change: Any) -> None:
        """Keep the choice inside the stack; a stack that was wholly shown stays so."""
        found, top = self.levels(), len(self.levels()) - 1
        whole = change["name"] == "layers" and self.reached >= len(change["old"])
        with self.hold_trait_notifications():
            self.layer = min(max(self.layer, min(1, top)), top)
            self.unit = min(self.unit, found[self.layer].length - 1)
            reached = len(self.layers) if whole else min(max(self.reached, self.layer), len(self.layers))
            self.reached = reached

    def levels(self) -> list[Level]:
        """Return length, jump, field and start of the input and each layer, as far as the layers fit."""
        return levels(self.layers, self.input_size)

    def settings(self) -> str:
        """Return the settings in a few words, the same for the same settings."""
        stack = ", ".join(name(layer) for layer in self.layers)
        return f"{stack}; input {self.input_size}, layer {self.layer}, unit {self.unit}"

    def describe(self) -> str:
        """Return what the explorer shows now, in sentences."""
        found = self.levels()
        level = found[self.layer]
        first = level.start + self.unit * level.jump
        last = first + level.field - 1
        words = (
            f"Layer {self.layer}, unit {self.unit}: it sees input cells {first} to {last}, "
            f"a receptive field of {level.field}."
        )
        return words if len(found) > len(self.layers) else f"{words} {self._misfit(found)}"

    def _misfit(self, found: list[Level]) -> str:
        layer, cells = self.layers[len(found) - 1], found[-1].length
        padded = cells + 2 * layer["padding"]
        return (
            f"Layer {len(found)} does not fit: it spans {span(layer)} cells, its padded input has {padded}."
        )

    def names(self) -> list[str]:
        """Return a name for the input and for each layer."""
        return ["input", *(f"{number} {name(layer)}" for number, layer in enumerate(self.layers, start=1))]


def name(layer: LayerSettings) -> str:
    """Return a layer in a few words, such as "conv 3" or "pool 2/2" with its stride.

    Args:
        layer: its settings, all of them.

    Example:
        >>> name({"kind": "conv", "kernel_size": 3, "stride": 2, "padding": 1, "dilation": 1})
        'conv 3/2, padding 1'
    """
    stride = f"/{layer['stride']}" if layer["stride"] > 1 else ""
    padding = f", padding {layer['padding']}" if layer["padding"] else ""
    dilation = f", dilation {layer['dilation']}" if layer["dilation"] > 1 else ""
    return f"{layer['kind']} {layer['kernel_size']}{stride}{padding}{dilation}"
