"""A network as a table: what comes out of each layer, what it learns, computes and sees."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cnnlab.geometry.counts import learned, multiply_adds
from cnnlab.geometry.fields import field_sizes
from cnnlab.geometry.graphs import Graph, Layers, as_graph
from cnnlab.geometry.layers import Flatten, Pointwise
from cnnlab.geometry.modules import from_module
from cnnlab.geometry.pairs import Pair
from cnnlab.geometry.shapes import Shape, shapes

if TYPE_CHECKING:
    from torch import nn

HEADS = ("layer", "kind", "shape", "parameters", "activations", "multiply-adds", "field")


@dataclass(frozen=True)
class LayerRow:
    """What one layer gives and costs for one picture.

    Attributes:
        name: of the layer, as in the module or graph.
        kind: name of its description, "Conv" for instance.
        shape: (C, H, W) of what comes out; features are channels of a single position.
        parameters: numbers it learns that no layer before it holds.
        activations: numbers that come out, C * H * W.
        multiply_adds: multiplications, each followed by an addition.
        receptive_field: (height, width) of what one output sees, in pixels of the picture; padding counts,
            so that it may exceed the picture.
    """

    name: str
    kind: str
    shape: Shape
    parameters: int
    activations: int
    multiply_adds: int
    receptive_field: Pair


@dataclass(frozen=True)
class LayerTable:
    """The rows of a network, first layer first; as text an aligned table that ends in the totals."""

    rows: tuple[LayerRow, ...]

    @property
    def parameters(self) -> int:
        """All numbers that the network learns."""
        return sum(row.parameters for row in self.rows)

    @property
    def activations(self) -> int:
        """All numbers that come out of the layers listed."""
        return sum(row.activations for row in self.rows)

    @property
    def multiply_adds(self) -> int:
        """All multiplications, each followed by an addition, for one picture."""
        return sum(row.multiply_adds for row in self.rows)

    def __str__(self) -> str:
        """Return the table as lines of text."""
        lines = [HEADS, *(_words(row) for row in self.rows)]
        lines.append(("total", "", "", *_counts(self), ""))
        widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
        return "\n".join(_line(words, widths) for words in lines)


def layer_table(
    network: nn.Module | Layers, input_shape: Sequence[int], *, compact: bool = False
) -> LayerTable:
    """Return shape, parameters, activations, multiply-adds and receptive field of every layer.

    Args:
        network: a PyTorch module that ``from_module`` can read, or a layer, a chain or a graph.
        input_shape: (C, H, W) of the picture.
        compact: leave out activations, dropout, normalisation without parameters and flattening, which
            change neither size nor counts but the activations.

    Returns:
        The table; its ``rows`` are in the order of computation.

    Raises:
        TypeError: ``input_shape`` is not three integers, or ``network`` is no network.
        ValueError: a layer is unknown or does not fit; the sentence names it.

    Example:
        >>> from cnnlab.geometry import Conv, Pool
        >>> print(layer_table([Conv(1, 6, 5), Pool(2)], (1, 32, 32)))
        layer  kind  shape        parameters  activations  multiply-adds  field
        0      Conv  (6, 28, 28)         156        4,704        117,600    5x5
        1      Pool  (6, 14, 14)           0        1,176              0    6x6
        total                            156        5,880        117,600
    """
    if not isinstance(input_shape, (tuple, list)) or len(input_shape) != 3:
        raise TypeError(f"input_shape must be (C, H, W), got {input_shape!r}")
    size = (input_shape[1], input_shape[2])
    layers: Any = network
    if hasattr(layers, "named_modules"):
        layers = from_module(layers, size)
    graph, counts = as_graph(layers), learned(layers)
    shape, fields = shapes(graph, (input_shape[0], *size)), field_sizes(graph, size)
    hidden = (Pointwise, Flatten) if compact else ()
    names = [name for name, (layer, _) in graph.items() if not isinstance(layer, hidden)]
    return LayerTable(tuple(_row(name, graph, shape, counts[name], fields[name]) for name in names))


def _row(name: str, graph: Graph, shape: dict[str, Shape], count: int, field: Pair) -> LayerRow:
    layer, inputs = graph[name]
    return LayerRow(
        name,
        type(layer).__name__,
        shape[name],
        count,
        math.prod(shape[name]),
        multiply_adds(layer, shape[inputs[0]][1:]),
        field,
    )


def _words(row: LayerRow) -> tuple[str, ...]:
    field = "x".join(map(str, row.receptive_field))
    return row.name, row.kind, str(row.shape), *_counts(row), field


def _counts(counted: LayerRow | LayerTable) -> tuple[str, str, str]:
    return f"{counted.parameters:,}", f"{counted.activations:,}", f"{counted.multiply_adds:,}"


def _line(words: Sequence[str], widths: Sequence[int]) -> str:
    """Text to the left, numbers to the right."""
    cells = [
        word.ljust(width) if column < 3 else word.rjust(width)
        for column, (word, width) in enumerate(zip(words, widths, strict=True))
    ]
    return "  ".join(cells).rstrip()
