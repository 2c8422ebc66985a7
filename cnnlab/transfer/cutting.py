"""The body of a network: its layers up to one of them."""

from __future__ import annotations

import difflib
import numbers
from collections import OrderedDict
from typing import Any

from torch import fx, nn

from cnnlab.transfer.checks import check_module
from cnnlab.transfer.modes import evaluating


def cut(model: nn.Module, after: str | int) -> nn.Module:
    """Return a model's layers up to and including one, as a module that returns what this layer returns.

    It has only the weights that it needs, under the names that they have in the model, and shares them: what
    is trained or frozen in one is so in the other. ``copy.deepcopy`` makes it independent.

    Args:
        model: any module that ``torch.fx`` can follow, such as the course's networks and torchvision's. Where
            a forward looks at its own ``training``, as for ``F.dropout``, the body does what it does in
            evaluation mode; layers such as ``nn.Dropout`` keep both.
        after: the layer's name in ``model.named_modules()``, such as "layer4" or "features.3"; one that is
            called several times counts at its last call. Or for an ``nn.Sequential`` its index.

    Raises:
        TypeError: not a torch module, or ``after`` is neither a name nor an index.
        ValueError: no such layer, or the model cannot be followed to it.

    Example:
        >>> model = nn.Sequential(nn.Flatten(), nn.Linear(4, 3), nn.ReLU(), nn.Linear(3, 2))
        >>> [len(list(cut(model, after).parameters())) for after in (2, "2", -1)]
        [2, 2, 4]
    """
    check_module("model", model)
    body = _traced(model, after) if isinstance(after, str) else _slice(model, after)
    # New containers are in training mode, whatever the model's are in.
    for name, part in body.named_modules():
        part.training = model.get_submodule(name).training
    return body


def _slice(model: nn.Module, after: Any) -> nn.Sequential:
    if isinstance(after, bool) or not isinstance(after, numbers.Integral):
        raise TypeError(f"after must be a layer's name or its index, got {after!r}")
    if not isinstance(model, nn.Sequential):
        raise TypeError(f"after must be a layer's name unless the model is an nn.Sequential, got {after!r}")
    index, layers = int(after), list(model._modules.items())
    if not -len(layers) <= index < len(layers):
        raise ValueError(f"after must be an index of {len(layers)} layers, got {index}")
    return nn.Sequential(OrderedDict(layers[: index % len(layers) + 1]))


def _traced(model: nn.Module, after: str) -> fx.GraphModule:
    names = [name for name, _ in model.named_modules(remove_duplicate=False) if name]
    if after not in names:
        close = ", ".join(difflib.get_close_matches(after, names, n=3) or names[-3:])
        hint = f"such as {close}" if close else "which has none"
        raise ValueError(f"after must be a layer of the model, {hint}, got {after!r}")
    tracer = _Tracer(model.get_submodule(after))
    try:
        with evaluating(model):
            graph = tracer.trace(model)
    except Exception as error:  # whatever the model's own forward raises when it meets no numbers
        first = (str(error).strip() or type(error).__name__).splitlines()[0]
        raise ValueError(f"model must be one that torch.fx can follow, got: {first}") from error
    if not isinstance(tracer.output, fx.Proxy):
        rule = "after must be a layer that the model calls, and that returns one tensor"
        raise ValueError(f"{rule}, got {after!r}")
    for node in reversed(graph.nodes):
        if node is tracer.output.node:
            break
        graph.erase_node(node)
    graph.output(tracer.output.node)
    body = fx.GraphModule(model, graph)
    body.graph.eliminate_dead_code()
    body.recompile()
    body.delete_all_unused_submodules()
    return body


class _Tracer(fx.Tracer):
    """Follows a model through its layers, and notes what one of them returns at its last call.

    Made without a layer by PyTorch, which follows a pickled body once more.
    """

    def __init__(self, layer: nn.Module | None = None) -> None:
        super().__init__()
        self.layer, self.output = layer, None

    def is_leaf_module(self, m: nn.Module, module_qualified_name: str) -> bool:
        """Return whether a layer is taken as a whole: also one without parts, which may look at numbers."""
        whole = not isinstance(m, nn.Sequential) and not any(True for _ in m.children())
        return whole or super().is_leaf_module(m, module_qualified_name)

    def call_module(self, m: nn.Module, forward: Any, args: Any, kwargs: Any) -> Any:
        """Return what a layer returns."""
        result = super().call_module(m, forward, args, kwargs)
        if m is self.layer:
            self.output = result
        return result
