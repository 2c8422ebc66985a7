"""Networks as plain descriptions: lists of layers, or dictionaries that say where each gets its input."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter
from typing import TypeVar

from cnnlab.geometry.layers import LAYERS, Add, Concatenate, Layer
from cnnlab.geometry.pairs import Pair

INPUT = "input"
Node = tuple[Layer, Sequence[str]]
Graph = dict[str, tuple[Layer, tuple[str, ...]]]


class ReadGraph(Graph):
    """A graph read from a module, with what the descriptions of its layers do not say.

    Attributes:
        input_size: (H, W) of the picture it was read for, or None.
        repeated: by name, how many of a layer's parameters are stored in layers before it already.
    """

    def __init__(self, nodes: Graph, input_size: Pair | None, repeated: dict[str, int]) -> None:
        super().__init__(nodes)
        self.input_size = input_size
        self.repeated = repeated


Layers = Layer | Sequence[Layer] | Mapping[str, Node] | Graph
Value = TypeVar("Value")


def as_graph(layers: Layers) -> Graph:
    """Return a layer, a chain or a graph as a checked graph, inputs before what uses them.

    Args:
        layers: one layer; a list of layers, each fed by the one before; or a dictionary of name to (layer,
            names of its inputs), where "input" is the picture.

    Returns:
        name to (layer, names of its inputs); the layers of a chain are named "0", "1" and so on.

    Raises:
        TypeError: something in it is not one of this package's layers.
        ValueError: it is empty, names an input that is not there, has a cycle, or feeds a layer too many
            inputs or none.

    Example:
        >>> from cnnlab.geometry import Conv, Pool
        >>> residual = {"conv": (Conv(8, 8, 3, padding=1), ["input"]), "sum": (Add(), ["conv", "input"])}
        >>> [inputs for layer, inputs in as_graph(residual).values()]
        [('input',), ('conv', 'input')]
        >>> list(as_graph([Pool(2), Pool(2)]))
        ['0', '1']
    """
    nodes = _nodes(layers)
    if not nodes:
        raise ValueError("layers must have at least one layer, got none")
    for name, (layer, inputs) in nodes.items():
        _check_node(name, layer, inputs, nodes)
    return {name: (nodes[name][0], tuple(nodes[name][1])) for name in _ordered(nodes)}


def _nodes(layers: Layers) -> Mapping[str, Node]:
    if isinstance(layers, Mapping):
        return layers
    chain = list(layers) if isinstance(layers, Sequence) else [layers]
    return {str(i): (layer, (str(i - 1) if i else INPUT,)) for i, layer in enumerate(chain)}


def _check_node(name: str, layer: Layer, inputs: Sequence[str], names: Collection[str]) -> None:
    if not isinstance(layer, LAYERS):
        raise TypeError(f"layer {name!r} must be one of cnnlab.geometry's, got {type(layer).__name__}")
    if name == INPUT:
        raise ValueError(f"layers must not be called {INPUT!r}, which is the picture, got {layer}")
    if isinstance(inputs, str):
        raise TypeError(f"inputs of {name!r} must be a list of names, got {inputs!r}")
    for source in inputs:
        if source != INPUT and source not in names:
            raise ValueError(f"inputs of {name!r} must be names of layers or {INPUT!r}, got {source!r}")
    if not inputs or (len(inputs) > 1 and not isinstance(layer, (Add, Concatenate))):
        rule = "at least one input" if isinstance(layer, (Add, Concatenate)) else "one input"
        raise ValueError(f"layer {name!r} must have {rule}, got {len(inputs)}")


def _ordered(layers: Mapping[str, Node]) -> list[str]:
    sorter = TopologicalSorter({name: inputs for name, (_, inputs) in layers.items()})
    try:
        return [name for name in sorter.static_order() if name != INPUT]
    except CycleError as error:
        raise ValueError(f"layers must have no cycle, got {' -> '.join(error.args[1])}") from error


def output_name(graph: Graph, output: str | None = None) -> str:
    """Return the name of the layer whose output is the graph's: the one that feeds no other.

    Args:
        graph: a checked graph.
        output: the layer to use instead.

    Returns:
        A name in ``graph``.

    Raises:
        ValueError: ``output`` is not in the graph, or is None and several layers feed no other.
    """
    if output is not None:
        if output not in graph:
            raise ValueError(f"output must be one of {', '.join(map(repr, graph))}, got {output!r}")
        return output
    used = {source for _, inputs in graph.values() for source in inputs}
    ends = [name for name in graph if name not in used]
    if len(ends) > 1:
        raise ValueError(f"output must be given where several layers feed no other, got {', '.join(ends)}")
    return ends[0]


def ancestors(graph: Graph, output: str) -> Graph:
    """Return the part of ``graph`` that ``output`` depends on, itself included, in the same order."""
    wanted = {output}
    for name, (_, inputs) in reversed(graph.items()):
        wanted |= set(inputs) if name in wanted else set()
    return {name: node for name, node in graph.items() if name in wanted}


def given_size(layers: Layers, input_size: int | Pair | None) -> int | Pair | None:
    """Return ``input_size``, or if it is None the size that ``layers`` were read for."""
    return layers.input_size if input_size is None and isinstance(layers, ReadGraph) else input_size


def walk(layers: Layers, start: Value, step: Callable[[Layer, list[Value]], Value]) -> dict[str, Value]:
    """Return the value of "input" and of every layer, each computed from the values of its inputs.

    Args:
        layers: a chain or a graph.
        start: value of "input".
        step: takes a layer and the values of its inputs, and returns the layer's value.

    Returns:
        Values by name, inputs before what uses them.

    Raises:
        ValueError: ``step`` raised one; the sentence is kept and names the layer.

    Example:
        >>> from cnnlab.geometry import Pool
        >>> walk([Pool(2), Pool(3)], 1, lambda layer, strides: strides[0] * layer.stride[0])
        {'input': 1, '0': 2, '1': 6}
    """
    values = {INPUT: start}
    for name, (layer, inputs) in as_graph(layers).items():
        try:
            values[name] = step(layer, [values[source] for source in inputs])
        except ValueError as error:
            raise ValueError(f"layer {name!r}: {error}") from error
    return values
