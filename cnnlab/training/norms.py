"""Hooks that measure how large gradients and activations are, layer by layer and step by step."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import torch
from torch import Tensor, nn
from torch.utils.hooks import RemovableHandle

from cnnlab.training.hooks import Hook
from cnnlab.training.meter import read

if TYPE_CHECKING:
    from cnnlab.training.state import State


class _Norms(Hook):
    """Norms by layer, left on the device until somebody asks for them."""

    def __init__(self) -> None:
        self.pending: dict[str, list[Tensor]] = {}

    @property
    def norms(self) -> dict[str, list[float]]:
        """One list for each layer, in the model's order, with one number for each step."""
        return {name: read(values) for name, values in self.pending.items()}

    def add(self, name: str, norm: Tensor) -> None:
        """Remember a layer's norm in this step."""
        self.pending.setdefault(name, []).append(norm)


class GradientNorms(_Norms):
    """Measures the gradient of each layer's own weights, all together, at each step, before clipping.

    A layer is a part of the model with weights of its own that have a gradient. Several processes measure the
    gradient of the whole batch. In float16 a gradient that overflowed is infinite, and its step is skipped.

    Attributes:
        norms: a list for each layer's name, with the length of the gradient at each step.

    Example:
        >>> from cnnlab import training
        >>> measured = GradientNorms()
        >>> examples = torch.ones(6, 1), torch.zeros(6, 1)
        >>> model = nn.Sequential(nn.Linear(1, 3), nn.ReLU(), nn.Linear(3, 1))
        >>> _ = training.fit(model, examples, epochs=1, batch_size=2, hooks=[measured])
        >>> {name: len(norms) for name, norms in measured.norms.items()}
        {'0': 3, '2': 3}
    """

    def after_backward(self, state: State) -> None:
        """Measure."""
        for name, layer in state.model.named_modules():
            gradients = [weight.grad for weight in layer.parameters(recurse=False) if weight.grad is not None]
            if gradients:
                lengths = torch.stack([_norm(gradient) for gradient in gradients])
                self.add(name, lengths.norm())


class ActivationNorms(_Norms):
    """Measures what each layer puts out at each step while training.

    A layer is a part of the model without parts of its own; where it is used twice, its last use counts.
    Each process measures its own share of the batch.

    Attributes:
        norms: a list for each layer's name, with the length of one example's outputs (root mean square over
            the batch) at each step.

    Example:
        >>> from cnnlab import training
        >>> measured = ActivationNorms()
        >>> examples = torch.ones(6, 1), torch.zeros(6, 1)
        >>> model = nn.Sequential(nn.Linear(1, 3), nn.ReLU(), nn.Linear(3, 1))
        >>> _ = training.fit(model, examples, epochs=1, batch_size=2, hooks=[measured])
        >>> {name: len(norms) for name, norms in measured.norms.items()}
        {'0': 3, '1': 3, '2': 3}
    """

    def __init__(self) -> None:
        super().__init__()
        self.latest: dict[str, Tensor] = {}
        self.handles: list[RemovableHandle] = []

    def start(self, state: State) -> None:
        """Listen to every layer."""
        for name, layer in state.model.named_modules():
            if not any(layer.children()):
                self.handles.append(layer.register_forward_hook(self._listener(name)))

    def _listener(self, name: str) -> Any:
        def listen(layer: nn.Module, inputs: tuple, outputs: Any) -> None:
            if isinstance(outputs, Tensor) and outputs.ndim:
                self.latest[name] = _norm(outputs.detach()) / len(outputs) ** 0.5

        return listen

    def before_step(self, state: State) -> None:
        """Forget what was heard outside of the step."""
        self.latest.clear()

    def after_backward(self, state: State) -> None:
        """Keep what the layers put out in this step's forward pass."""
        for name, norm in self.latest.items():
            self.add(name, norm)

    def end(self, state: State) -> None:
        """Listen no more."""
        while self.handles:
            self.handles.pop().remove()


def _norm(values: Tensor) -> Tensor:
    """Return the length, computed at least in float32."""
    return values.to(torch.promote_types(values.dtype, torch.float32)).norm()
