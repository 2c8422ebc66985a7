"""Reading a PyTorch module into a graph of plain layers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from cnnlab._arguments import positive_int
from cnnlab.geometry.descriptions import from_call, from_leaf
from cnnlab.geometry.graphs import INPUT, Graph, ReadGraph, ancestors
from cnnlab.geometry.layers import Conv, Dense, Flatten, Layer, Pool
from cnnlab.geometry.pairs import Pair, int_pair
from cnnlab.geometry.shapes import layer_size
from cnnlab.geometry.stored import Stored

if TYPE_CHECKING:
    from torch import fx, nn

# What may be done with numbers of a shape: entries, arithmetic, and a check that a module makes of them.
SHAPE_CALLS = frozenset({"getitem", "add", "sub", "mul", "floordiv", "truediv", "mod", "eq", "_assert"})


def from_module(module: nn.Module, input_size: int | Pair | None = None) -> Graph:
    """Return the graph of layers that ``module`` applies in evaluation mode.

    Known are convolutions and transposed convolutions of signals and pictures, maximum, average, adaptive
    and global pooling (also as ``x.mean([2, 3])``), linear layers, batch normalisation, dropout and
    stochastic depth, activations, flattening, sums (``+``) and ``torch.cat`` along the channels, as modules
    or as functions; chains and branches of them. What they do must not depend on the values of the input. A
    module of another kind is looked into, unless it has a method ``as_layer()`` that returns the layer it is.

    Args:
        module: the network; left as it is.
        input_size: (H, W) of the picture, (1, L) for a signal; only adaptive and global pooling need it. An
            integer stands for both.

    Returns:
        name to (layer, names of its inputs), as ``receptive_field``, ``shapes``, ``parameters`` and
        ``multiply_adds`` take it; ``input_size`` goes with it, so that none of them asks for it again. Names
        are those of ``module.named_modules()`` where there is one. A module that is used twice stands there
        twice, and its parameters count once, as do those that modules share.

    Raises:
        TypeError: ``module`` is not a PyTorch module.
        ValueError: it cannot be followed, or holds something unknown, such as a product of two tensors; the
            sentence names it and the path of the module where it stands.

    Example:
        >>> from torch import nn
        >>> from_module(nn.Sequential(nn.Conv2d(1, 6, 5), nn.ReLU()))["1"]
        (Pointwise(), ('0',))
    """
    if not hasattr(module, "named_modules"):
        raise TypeError(f"module must be a torch module, got {type(module).__name__}")
    size = None if input_size is None else int_pair("input_size", input_size, positive_int)
    traced = _trace(module)
    reader = _Reader(dict(traced.named_modules()), size)
    for node in traced.graph.nodes:
        reader.read(node)
    return reader.finished()


class _Reader:
    """Takes the nodes of a traced module one by one, and remembers the graph so far."""

    def __init__(self, modules: dict[str, Any], size: Pair | None) -> None:
        self.modules = modules
        self.graph: Graph = {}
        self.names: dict[fx.Node, str] = {}  # only nodes that are pictures or features
        self.sizes: dict[str, Pair | None] = {INPUT: size}
        self.modules_of: dict[str, nn.Module] = {}
        self.flat: dict[str, bool] = {INPUT: True}  # a network may take features
        self.output = INPUT

    def read(self, node: fx.Node) -> None:
        inputs = [self.names[source] for source in _sources(node) if source in self.names]
        if node.op == "placeholder":
            self._start(node)
        elif node.op == "output":
            self._finish(node)
        elif not self._is_about_shapes(node):
            self._add(node, self._layer(node, inputs), inputs)

    def _start(self, node: fx.Node) -> None:
        if INPUT in self.names.values():
            raise ValueError(f"module must take one input, got another: {node.target}")
        self.names[node] = INPUT

    def _finish(self, node: fx.Node) -> None:
        if node.args[0] not in self.names:
            raise ValueError(f"module must return one tensor that it computed, got {node.args[0]}")
        self.output = self.names[node.args[0]]  # type: ignore[index]

    def _is_about_shapes(self, node: fx.Node) -> bool:
        """Whether a node is ``x.size(0)``, ``x.shape``, or numbers made of them, which ``x.view`` may use."""
        name = _call_name(node)
        numbers = name in SHAPE_CALLS and not any(source in self.names for source in _sources(node))
        return bool(numbers or name == "size" or (name == "getattr" and node.args[1] == "shape"))

    def _layer(self, node: fx.Node, inputs: list[str]) -> Layer:
        size = self.sizes[inputs[0]] if inputs else None
        layer: Layer | None = None
        try:
            if node.op == "call_module":
                module = self.modules[str(node.target)]
                layer = module.as_layer() if hasattr(module, "as_layer") else from_leaf(module, size)
            elif node.op in ("call_function", "call_method") and inputs:
                layer = from_call(_call_name(node), node.args, node.kwargs, len(inputs), size)
        except ValueError as error:
            called = f"{_call_name(node)} {_place(node)}"
            where = f"layer {node.target!r}" if node.op == "call_module" else called
            raise ValueError(f"{where}: {error}") from error
        if layer is None:
            rule = "module must consist of layers this package knows or that have a method as_layer()"
            raise ValueError(f"{rule}, got {self._kind(node, inputs)} {_place(node)}")
        if isinstance(layer, Dense) and not self.flat[inputs[0]]:
            raise ValueError(f"linear layer {node.target!r} must follow a flatten, got a picture")
        return layer

    def _kind(self, node: fx.Node, inputs: list[str]) -> str:
        """What an unknown node is, in words."""
        if node.op == "call_module":
            return type(self.modules[str(node.target)]).__name__
        if node.op == "get_attr":
            return f"the tensor {node.target!r}"
        several = f" of {len(inputs)} tensors" if len(inputs) > 1 else ""
        return f"{_call_name(node)}{several}"

    def _add(self, node: fx.Node, layer: Layer, inputs: list[str]) -> None:
        name = str(node.target) if node.op == "call_module" else node.name
        name = node.name if name in self.graph or name == INPUT else name
        known = [size for source in inputs if (size := self.sizes[source]) is not None]
        self.sizes[name] = layer_size(layer, *known) if known else None
        self.flat[name] = (
            isinstance(layer, (Dense, Flatten))
            or _drops_axes(node)
            or (self.flat[inputs[0]] and not isinstance(layer, (Conv, Pool)))
        )
        self.names[node] = name
        if node.op == "call_module":
            self.modules_of[name] = self.modules[str(node.target)]
        self.graph[name] = layer, tuple(inputs)

    def finished(self) -> Graph:
        if self.output == INPUT:
            raise ValueError("module must have at least one layer, got one that returns its input")
        graph, counted, repeated = ancestors(self.graph, self.output), Stored(), {}
        for name, module in self.modules_of.items():
            if name in graph:
                repeated[name] = sum(weight.numel() - counted.add(weight) for weight in _weights(module))
        return ReadGraph(graph, self.sizes[INPUT], repeated)


def _trace(module: nn.Module) -> fx.GraphModule:
    from torch import fx, nn

    class Tracer(fx.Tracer):
        stopped = ""  # path of the innermost module that could not be followed

        def is_leaf_module(self, m: nn.Module, module_qualified_name: str) -> bool:
            return hasattr(m, "as_layer") or super().is_leaf_module(m, module_qualified_name)

        def call_module(self, m: nn.Module, forward: Any, args: Any, kwargs: Any) -> Any:
            try:
                return super().call_module(m, forward, args, kwargs)
            except Exception:
                self.stopped = self.stopped or self.path_of_module(m)
                raise

    # A tracer looks into the module it is given, so a single layer gets something around it.
    plain = type(module).__module__.startswith("torch.nn.") and not isinstance(module, nn.Sequential)
    root, tracer = nn.Sequential(module) if plain or hasattr(module, "as_layer") else module, Tracer()
    with _evaluating(module):
        try:
            return fx.GraphModule(root, tracer.trace(root))
        except Exception as error:
            reason = str(error).splitlines()[0] if str(error) else type(error).__name__
            where = f" at {tracer.stopped!r}" if tracer.stopped else ""
            raise ValueError(f"module must do the same for every input, got{where}: {reason}") from error


@contextmanager
def _evaluating(module: nn.Module) -> Iterator[None]:
    """Evaluation mode, and afterwards each attribute as it was: a ``forward`` may keep what it works on."""
    kept = {part: dict(vars(part)) for part in module.modules()}
    module.eval()
    try:
        yield
    finally:
        for part, attributes in kept.items():
            vars(part).clear()
            vars(part).update(attributes)


def _sources(node: fx.Node) -> list[fx.Node]:
    """Nodes among the arguments, in order, one as often as it stands there."""
    from torch import fx

    flat: list[Any] = []
    for argument in (*node.args, *node.kwargs.values()):
        flat.extend(argument if isinstance(argument, (tuple, list)) else [argument])
    return [argument for argument in flat if isinstance(argument, fx.Node)]


def _weights(module: nn.Module) -> list[nn.Parameter]:
    return [weight for _, weight in module.named_parameters(remove_duplicate=False)]


def _place(node: fx.Node) -> str:
    """Where a node stands: the path of the module whose ``forward`` calls it, or of the module it is."""
    if node.op == "call_module":
        return f"at {str(node.target)!r}"
    path, kind = [*(node.meta.get("nn_module_stack") or {"": ("", None)}).values()][-1]
    return f"at {path!r} ({kind.__name__})" if path else "in its own forward"


def _drops_axes(node: fx.Node) -> bool:
    """Whether a node is a mean over rows and columns that leaves neither."""
    kept = node.args[2] if len(node.args) > 2 else node.kwargs.get("keepdim", False)
    return _call_name(node) == "mean" and not kept


def _call_name(node: fx.Node) -> str:
    """Name of the function or method that a node calls; empty for a module, whose name says nothing."""
    return "" if node.op == "call_module" else str(getattr(node.target, "__name__", node.target))
