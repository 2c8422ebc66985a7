"""Following output positions back to the picture: what ``receptive_field`` counts with."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction
from itertools import product

from cnnlab.geometry.graphs import INPUT, Graph, Layers, ancestors, as_graph, given_size, output_name
from cnnlab.geometry.layers import Window, windows
from cnnlab.geometry.pairs import Pair
from cnnlab.geometry.shapes import sizes

Field = tuple[Pair, Pair]
Jump = int | Fraction
Jumps = tuple[Fraction, Fraction]
# All pixels in one of these rows and one of these columns.
Block = tuple[set[int], set[int]]


class Tracer:
    """A graph, ready to say which pixels each of its outputs can see."""

    def __init__(self, layers: Layers, input_size: int | Pair | None, output: str | None) -> None:
        graph, input_size = as_graph(layers), given_size(layers, input_size)
        self.output = output_name(graph, output)
        self.graph = ancestors(graph, self.output)
        self.sizes = None if input_size is None else sizes(self.graph, input_size)
        self.windows = windows_of(self.graph, self.sizes)
        self.jumps = jumps_of(self.graph, self.windows)

    def jump(self) -> tuple[Jump, Jump]:
        """Return the pixels between the fields of neighbouring outputs, as integers where they are whole."""
        down, right = (int(jump) if jump.denominator == 1 else jump for jump in self.jumps[self.output])
        return down, right

    def period_positions(self) -> Iterator[Pair]:
        """Return the outputs after which the fields repeat, moved: (0, 0) alone without transposed layers."""
        down, right = self.jumps[self.output]
        steps = [(down / vertical, right / horizontal) for vertical, horizontal in self.jumps.values()]
        vertical, horizontal = (
            math.lcm(*(step.denominator for step in axis)) for axis in zip(*steps, strict=True)
        )
        return product(range(vertical), range(horizontal))

    def field(self, position: Pair) -> Field | None:
        """Return what the output at ``position`` sees of a picture without borders."""
        return _hull(self._blocks(position, {}))

    def field_inside(self, position: Pair) -> Field | None:
        """Return what the output at ``position`` sees of a picture of the size given."""
        if self.sizes is None:
            raise ValueError("input_size must be given to receptive_field for a field inside, got None")
        out = self.sizes[self.output]
        if position[0] >= out[0] or position[1] >= out[1]:
            raise ValueError(f"position must lie within the output {out}, got {position}")
        return _hull(self._blocks(position, self.sizes))

    def _blocks(self, position: Pair, sizes: dict[str, Pair]) -> list[Block]:
        needed: defaultdict[str, list[Block]] = defaultdict(list)
        needed[self.output] = [({position[0]}, {position[1]})]
        for name, (_, inputs) in reversed(self.graph.items()):
            vertical, horizontal = self.windows[name]
            for (rows, columns), source in product(needed.pop(name, []), inputs):
                height, width = sizes.get(source, (None, None))
                block = before(vertical, rows, height), before(horizontal, columns, width)
                needed[source] = _union(needed[source], block)
        return needed[INPUT]


def windows_of(graph: Graph, sizes: dict[str, Pair] | None) -> dict[str, tuple[Window, Window]]:
    """Return by name what every layer of a graph sees along each axis, given (H, W) behind each."""
    return {
        name: windows(layer, sizes[inputs[0]] if sizes else None) for name, (layer, inputs) in graph.items()
    }


def jumps_of(graph: Graph, window: dict[str, tuple[Window, Window]]) -> dict[str, Jumps]:
    """Return by name the pixels between the fields of neighbouring outputs, along each axis.

    Raises:
        ValueError: a layer merges branches of different jumps.
    """
    jumps = {INPUT: (Fraction(1), Fraction(1))}
    for name, (_, inputs) in graph.items():
        if len({jumps[source] for source in inputs}) > 1:
            found = ", ".join(f"({jumps[x][0]}, {jumps[x][1]}) from {x!r}" for x in inputs)
            raise ValueError(f"branches that {name!r} merges must have one jump, got {found}")
        vertical, horizontal = window[name]
        down, right = jumps[inputs[0]]
        jumps[name] = (down * _stride(vertical), right * _stride(horizontal))
    return jumps


def _stride(window: Window) -> Fraction:
    return Fraction(1, window.stride) if window.transposed else Fraction(window.stride)


def before(window: Window, positions: set[int], length: int | None) -> set[int]:
    """Return the input positions that a window at one of ``positions`` touches.

    Args:
        window: the layer along this axis.
        positions: places of its outputs.
        length: how many inputs there are; None leaves in what is padding.
    """
    kernel_size, stride, padding, dilation, transposed = window
    taps = range(0, dilation * kernel_size, dilation)
    if transposed:  # input i adds to the outputs i * stride - padding + tap
        starts = {place + padding - tap for place in positions for tap in taps}
        touched = {start // stride for start in starts if start % stride == 0}
    else:
        touched = {place * stride - padding + tap for place in positions for tap in taps}
    return touched if length is None else {place for place in touched if 0 <= place < length}


def _union(blocks: list[Block], new: Block) -> list[Block]:
    """The blocks with one more, without those that lie in another: paths of equal reach stay one block."""
    rows, columns = new
    if not rows or not columns or any(rows <= r and columns <= c for r, c in blocks):
        return blocks
    return [(r, c) for r, c in blocks if not (r <= rows and c <= columns)] + [new]


def _hull(blocks: list[Block]) -> Field | None:
    if not blocks:
        return None
    rows = set().union(*(rows for rows, _ in blocks))
    columns = set().union(*(columns for _, columns in blocks))
    return (min(rows), max(rows)), (min(columns), max(columns))
