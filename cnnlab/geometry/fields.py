"""Receptive fields: which part of the picture an output can see.

The field of an output is what the pixels that can influence it span along each axis. Positions are followed
back exactly, layer by layer. For a chain of plain layers this gives the closed formulas of the first source;
it also holds where those do not: through branches (all paths count), through transposed convolutions (whose
field changes from position to position) and, with ``inside=True``, at the borders.

Source:
    Araujo, Norris and Sim 2019, Computing Receptive Fields of Convolutional Neural Networks, Distill.
    Dumoulin and Visin 2016, A guide to convolution arithmetic for deep learning, section 4: transposed ones.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from cnnlab._arguments import non_negative_int
from cnnlab.geometry.graphs import INPUT, Graph, Layers
from cnnlab.geometry.layers import Window
from cnnlab.geometry.pairs import Pair, int_pair
from cnnlab.geometry.shapes import sizes
from cnnlab.geometry.tracing import Field, Jump, Tracer, jumps_of, windows_of


@dataclass(frozen=True)
class ReceptiveField:
    """The receptive field of a network's outputs, each entry a pair (vertical, horizontal).

    Without transposed layers, output i sees the ``size`` pixels from ``start + i * jump`` on. With them, the
    fields of neighbours may differ in size and distance; ``field_at`` is exact for every output.

    Attributes:
        size: pixels from the first to the last that an output can see; of the largest field, if they differ.
        jump: pixels between the fields of neighbouring outputs; on average, and perhaps a fraction, if they
            differ.
        start: first row and column that output (0, 0) can see; negative where that is padding. Where a
            transposed layer leaves gaps between its copies, the first output that sees anything counts.
    """

    size: Pair
    jump: tuple[Jump, Jump]
    start: Pair
    _tracer: Tracer = field(repr=False, compare=False)

    def field_at(self, position: int | Pair, *, inside: bool = False) -> Field | None:
        """Return the first and last row and column that can influence one output.

        Args:
            position: (row, column) of the output; an integer stands for both.
            inside: leave out what is padding, here and between the layers: then the field lies within the
                picture and is exact at the borders too. Needs ``receptive_field``'s ``input_size``.

        Returns:
            ((top, bottom), (left, right)), both included; None if no pixel influences this output.

        Raises:
            TypeError: ``position`` is not made of integers.
            ValueError: ``position`` is negative or, inside, beyond the output; or there is no ``input_size``.

        Example:
            >>> from cnnlab.geometry import Conv
            >>> field = receptive_field([Conv(1, 1, 3, padding=1)], input_size=5)
            >>> field.field_at(0), field.field_at(0, inside=True)
            (((-1, 1), (-1, 1)), ((0, 1), (0, 1)))
        """
        place = int_pair("position", position, non_negative_int)
        return self._tracer.field_inside(place) if inside else self._tracer.field(place)


def receptive_field(
    layers: Layers, input_size: int | Pair | None = None, *, output: str | None = None
) -> ReceptiveField:
    """Return the receptive field of a chain or a graph: size, jump and start, and the field of each output.

    Args:
        layers: a layer, a chain or a graph; in a graph the field is the union over all paths.
        input_size: (H, W) of the picture. Dense and Flatten need it, and fields inside the picture. By
            default the size that a graph of ``from_module`` was read for.
        output: the layer whose outputs are meant; by default the one that feeds no other.

    Returns:
        The field.

    Raises:
        TypeError: something among ``layers`` is not a layer of this package.
        ValueError: the graph is not one (empty, a cycle, an unknown input), the branches that a layer merges
            have different jumps, so that they drift apart, or no output sees any input.

    Source:
        Araujo, Norris and Sim 2019; see the module.

    Example:
        >>> from cnnlab.geometry import Conv, Pool
        >>> field = receptive_field([Conv(8, 8, 3, padding=1), Conv(8, 8, 3, padding=1), Pool(2)])
        >>> field.size, field.jump, field.start
        ((6, 6), (2, 2), (-2, -2))
        >>> field.field_at((10, 0))
        ((18, 23), (-2, 3))
    """
    tracer = Tracer(layers, input_size, output)
    fields = [tracer.field(position) for position in tracer.period_positions()]
    seen = [found for found in fields if found is not None]
    if not seen:
        raise ValueError("layers must let some output see the input, got layers that skip all of it")
    height, width = (max(found[axis][1] - found[axis][0] + 1 for found in seen) for axis in (0, 1))
    (top, _), (left, _) = seen[0]
    return ReceptiveField((height, width), tracer.jump(), (top, left), tracer)


def field_sizes(graph: Graph, input_size: Pair) -> dict[str, Pair]:
    """Return by name ``receptive_field(graph, input_size, output=name).size`` of every layer, in one pass.

    Only what lies behind a transposed layer is followed back output by output.

    Args:
        graph: a checked graph.
        input_size: (H, W) of the picture.

    Raises:
        ValueError: as ``receptive_field``.

    Example:
        >>> from cnnlab.geometry import Conv, Pool
        >>> from cnnlab.geometry.graphs import as_graph
        >>> field_sizes(as_graph([Conv(1, 1, 3), Pool(2), Conv(1, 1, 3)]), (20, 20))
        {'0': (3, 3), '1': (4, 4), '2': (8, 8)}
    """
    window = windows_of(graph, sizes(graph, input_size))
    jump, found = jumps_of(graph, window), {}
    ends = {INPUT: [(0, 0), (0, 0)]}  # along each axis, first and last pixel that output (0, 0) sees
    for name, (_, inputs) in graph.items():
        if any(along.transposed for along in window[name]) or not ends.keys() >= set(inputs):
            found[name] = receptive_field(graph, input_size, output=name).size
            continue
        ends[name] = [
            _ends(along, int(step), [ends[source][axis] for source in inputs])
            for axis, (along, step) in enumerate(zip(window[name], jump[inputs[0]], strict=True))
        ]
        height, width = (last - first + 1 for first, last in ends[name])
        found[name] = height, width
    return found


def _ends(window: Window, jump: int, inputs: list[Pair]) -> Pair:
    """The first and last pixel that the first output of a window sees, given those of its inputs' first."""
    start = -window.padding
    end = start + window.dilation * (window.kernel_size - 1)
    return min(first for first, _ in inputs) + start * jump, max(last for _, last in inputs) + end * jump
