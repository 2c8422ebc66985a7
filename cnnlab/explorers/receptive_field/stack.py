"""Stacks of layers along one axis: how long each output is, and what each of its units sees."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from cnnlab import geometry
from cnnlab.geometry.layers import Window
from cnnlab.geometry.tracing import before

LayerSettings = Mapping[str, Any]
WINDOW = ("kernel_size", "stride", "padding", "dilation")


class Level(NamedTuple):
    """A row of units: the input, or the output of a layer."""

    length: int
    """Number of units."""
    jump: int
    """Input cells from one unit's field to the next unit's."""
    field: int
    """Input cells from the first to the last that a unit sees: its receptive field."""
    start: int
    """Input cell where the field of unit 0 starts; negative where it starts in the padding."""


def span(layer: LayerSettings) -> int:
    """Return the cells from the first to the last tap of a layer's kernel.

    Args:
        layer: kernel_size and dilation, among others.
    """
    return geometry.effective_kernel_size(layer["kernel_size"], layer["dilation"])


def levels(layers: Sequence[LayerSettings], input_size: int) -> list[Level]:
    """Return the input and the output of each layer, up to the first layer that does not fit.

    Args:
        layers: kernel_size, stride, padding and dilation of each.
        input_size: cells of the input.

    Returns:
        One level more than there are layers, or fewer where one does not fit.

    Example:
        >>> conv = {"kernel_size": 3, "stride": 2, "padding": 1, "dilation": 1}
        >>> levels([conv, conv], 9)[-1]
        Level(length=3, jump=4, field=7, start=-3)
    """
    found = [Level(input_size, 1, 1, 0)]
    described: list[geometry.Layer] = []
    for layer in layers:
        window = {name: layer[name] for name in WINDOW}
        places = geometry.positions(found[-1].length, **window).starts
        if not places:
            break
        described.append(geometry.Conv(1, 1, **window))
        field = geometry.receptive_field(described)
        found.append(Level(len(places), int(field.jump[0]), field.size[0], field.start[0]))
    return found


def feeding(layers: Sequence[LayerSettings], lengths: Sequence[int], unit: int) -> list[list[int]]:
    """Return the cells of each level that feed one unit of the last layer, the input's first.

    Cells below 0 or from a level's length on are padding; nothing feeds them.

    Args:
        layers: the layers from the input to the unit's own.
        lengths: length of the input and of each layer's output.
        unit: the unit.

    Example:
        >>> feeding([{"kernel_size": 2, "stride": 2, "padding": 1, "dilation": 1}], [4, 3], 0)
        [[-1, 0], [0]]
    """
    cells = [[unit]]
    for layer, length in zip(reversed(layers), reversed(lengths[: len(layers) + 1]), strict=False):
        inside = {cell for cell in cells[0] if 0 <= cell < length}
        cells.insert(0, sorted(before(Window(*(layer[name] for name in WINDOW)), inside, None)))
    return cells
