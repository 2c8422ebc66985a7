"""A network as what is drawn of it: boxes in a row, shortcuts over them, repeated parts once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from cnnlab.geometry import (
    Add,
    BatchNorm,
    Concatenate,
    Conv,
    Dense,
    Flatten,
    Layer,
    Pool,
    Scale,
    ZeroPadded,
    from_module,
    shapes,
)
from cnnlab.geometry.graphs import INPUT, Graph, as_graph, output_name
from cnnlab.geometry.shapes import Shape

WORDS = {"relu": "ReLU", "tanh": "tanh", "sigmoid": "sigmoid", "dropout": "dropout", "max": "max pool"}
WORDS |= {"avg": "average pool", "average": "average pool", "mean": "average pool"}
"""What a module or function is called in a drawing, by a part of its name."""


@dataclass
class Box:
    """A layer with an output of a size: kind, (C, H, W), and the words that stand below it."""

    kind: str
    shape: Shape
    words: list[str] = field(default_factory=list)

    @property
    def size(self) -> str:
        """The shape in words; a picture of one position whose axes are gone is its number of features."""
        return str(self.shape[0]) if self.kind == "dense" else str(self.shape)


@dataclass(frozen=True)
class Arc:
    """A shortcut from behind box ``start`` to the sum ``end``, with the words of what lies on it."""

    start: int
    end: int
    words: str


@dataclass(frozen=True)
class Unit:
    """Boxes that stand ``count`` times in a row; arcs count from the first of them, so -1 is before it."""

    boxes: tuple[Box, ...]
    arcs: tuple[Arc, ...]
    count: int = 1

    def alike(self, other: Unit) -> bool:
        """Return whether both are drawn alike."""
        return self._drawn() == other._drawn()

    def _drawn(self) -> tuple:
        return [(box.kind, box.shape, box.words) for box in self.boxes], self.arcs

    def described(self) -> str:
        """Return the unit as a line of text."""
        words = [f"{', '.join(box.words)} {box.size}" for box in self.boxes]
        words += [
            f"shortcut{f' ({arc.words})' if arc.words else ''} past {arc.end - arc.start - 1} boxes"
            for arc in self.arcs
        ]
        times = f"{self.count} times: " if self.count > 1 else ""
        return times + "; ".join(words)


def read_units(network: Any, input_shape: Sequence[int], *, fold: bool) -> list[Unit]:
    """Return what is drawn of a network, first unit first.

    Args:
        network: a module that ``geometry.from_module`` reads, or a layer, a chain or a graph.
        input_shape: (C, H, W) of the picture.
        fold: whether units that are alike and follow each other become one with its count.
    """
    if not isinstance(input_shape, (tuple, list)) or len(input_shape) != 3:
        raise TypeError(f"input_shape must be (C, H, W), got {input_shape!r}")
    modules: dict[str, Any] = {}
    if hasattr(network, "named_modules"):
        modules = dict(network.named_modules())
        network = from_module(network, (input_shape[1], input_shape[2]))
    graph = as_graph(network)
    reader = _Reader(graph, shapes(graph, tuple(input_shape)), modules)
    units = _units(reader.boxes, reader.arcs)
    return _folded(units) if fold else units


class _Reader:
    """Follows the longest way through a graph, and takes what goes beside it for shortcuts."""

    def __init__(self, graph: Graph, shape: dict[str, Shape], modules: dict[str, Any]) -> None:
        self.graph, self.modules = graph, modules
        self.depth = {INPUT: 0}
        for name, (layer, inputs) in graph.items():
            learns = isinstance(layer, (Conv, Dense)) and not isinstance(layer, ZeroPadded)
            self.depth[name] = learns + max(self.depth[source] for source in inputs)
        self.path = self._way(output_name(graph), {INPUT})
        self.boxes = [Box(INPUT, shape[INPUT], [INPUT])]
        self.arcs: list[Arc] = []
        ways = self._ways_beside()
        starts = {start for start, _, _ in ways}
        place, waiting, forked = {INPUT: 0}, list[str](), INPUT in starts
        for name in self.path[1:]:
            box = self._box(name, shape)
            if box is not None:
                box.words = waiting + box.words
                self.boxes.append(box)
                waiting, forked = [], False
            elif forked or isinstance(
                graph[name][0], Flatten
            ):  # what a shortcut passes by, or only dense needs
                waiting += self._words(name, shape)
            else:
                self.boxes[-1].words += self._words(name, shape)
            place[name] = len(self.boxes) - 1
            forked = forked or name in starts
        self.boxes[-1].words += waiting
        self.arcs = [Arc(place[start], place[end], words) for start, end, words in ways]

    def _way(self, end: str, known: set[str]) -> list[str]:
        """The longest way to ``end`` from one of the nodes ``known``, both included."""
        way = [end]
        while way[-1] not in known:
            way.append(max(self.graph[way[-1]][1], key=self.depth.__getitem__))
        return way[::-1]

    def _ways_beside(self) -> list[tuple[str, str, str]]:
        """Start, end and words of every way into a sum that is not the one drawn as boxes."""
        ways = []
        for before, name in zip(self.path, self.path[1:], strict=False):
            for source in self.graph[name][1]:
                if source != before:
                    way = self._way(source, set(self.path))
                    words = [", ".join(_kernel(self.graph[node][0])) for node in way[1:]]
                    ways.append((way[0], name, ", ".join(word for word in words if word)))
        return ways

    def _box(self, name: str, shape: dict[str, Shape]) -> Box | None:
        layer = self.graph[name][0]
        match layer:
            case Add() | Concatenate():
                return Box("sum", shape[name], ["+" if isinstance(layer, Add) else "joined"])
            case Conv():
                return Box("convolution", shape[name], _kernel(layer))
            case Pool():
                return Box("pooling", shape[name], [*self._called(name), *_kernel(layer)])
            case Dense():
                return Box("dense", shape[name], ["dense"])
        return None

    def _words(self, name: str, shape: dict[str, Shape]) -> list[str]:
        layer, inputs = self.graph[name]
        if isinstance(layer, BatchNorm):
            return ["scale" if isinstance(layer, Scale) else "norm"]
        if isinstance(layer, Flatten):
            return ["flatten"] if shape[inputs[0]][1:] != (1, 1) else []
        return self._called(name)

    def _called(self, name: str) -> list[str]:
        called = type(self.modules[name]).__name__ if name in self.modules else name.rstrip("_0123456789")
        if called == "Identity":
            return []
        return [next((word for part, word in WORDS.items() if part in called.lower()), called)]


def _kernel(layer: Layer) -> list[str]:
    """What a layer's kernel is, in the words of a drawing; nothing for a layer without."""
    if isinstance(layer, ZeroPadded):
        return ["zeros", *_unusual(stride=layer.stride)]
    if not isinstance(layer, (Conv, Pool)):
        return []
    words = ["×".join(map(str, layer.kernel_size))]  # type: ignore[arg-type]
    if isinstance(layer, Pool):
        return words + ([] if layer.stride == layer.kernel_size else _unusual(stride=layer.stride))
    words += _unusual(stride=layer.stride, dilation=layer.dilation)
    words += [f"groups {layer.groups}"] if layer.groups > 1 else []
    return words + (["transposed"] if layer.transposed else [])


def _unusual(**options: Any) -> list[str]:
    pairs = {name: pair for name, pair in options.items() if pair != (1, 1)}
    return [f"{name} {pair[0] if pair[0] == pair[1] else pair}" for name, pair in pairs.items()]


def _units(boxes: list[Box], arcs: list[Arc]) -> list[Unit]:
    """Cut the row of boxes wherever no arc passes over."""
    cuts = [i for i in range(len(boxes)) if not any(arc.start + 1 < i <= arc.end for arc in arcs)]
    units = []
    for first, last in zip(cuts, [*cuts[1:], len(boxes)], strict=True):
        own = [arc for arc in arcs if first <= arc.end < last]
        moved = tuple(Arc(arc.start - first, arc.end - first, arc.words) for arc in own)
        units.append(Unit(tuple(boxes[first:last]), moved))
    return units


def _folded(units: list[Unit]) -> list[Unit]:
    folded: list[Unit] = []
    for unit in units:
        if folded and folded[-1].alike(unit):
            folded[-1] = Unit(folded[-1].boxes, folded[-1].arcs, folded[-1].count + 1)
        else:
            folded.append(unit)
    return folded
