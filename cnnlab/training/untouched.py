"""A try that leaves no trace."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.parameter import is_lazy


@contextmanager
def untouched(model: nn.Module, device: torch.device) -> Iterator[None]:
    """Let a model run, and afterwards give back its state and all random states.

    Weights, buffers, gradients, modes and whatever else the modules' names are bound to come back without a
    copy of the model; what is changed in place inside of a list of its own stays changed. A lazy module takes
    its shape for good, since nothing can take it away again.
    """
    attributes = [(part, dict(vars(part)), dict(part._buffers)) for part in model.modules()]
    tensors = [value for value in (*model.parameters(), *model.buffers()) if not is_lazy(value)]
    values = [(value, value.detach().clone()) for value in tensors]
    gradients = [(weight, weight.grad) for weight in model.parameters()]
    for weight, _ in gradients:
        weight.grad = None
    devices = [device] if device.type == "cuda" else []
    states = random.getstate(), np.random.get_state()  # noqa: NPY002 (the one that datasets draw from)
    try:
        with torch.random.fork_rng(devices=devices):
            yield
    finally:
        random.setstate(states[0])
        np.random.set_state(states[1])  # noqa: NPY002
        _give_back(attributes, values, gradients)


@torch.no_grad()
def _give_back(
    attributes: list[tuple[nn.Module, dict, dict]],
    values: list[tuple[Tensor, Tensor]],
    gradients: list[tuple[nn.Parameter, Tensor | None]],
) -> None:
    for part, before, buffers in attributes:
        part.training = before["training"]
        if "_initialize_hook" not in before:  # that of a lazy module, which is gone now
            vars(part).clear()
            vars(part).update(before)
            part._buffers.clear()
            part._buffers.update(buffers)
    for value, kept in values:
        if not torch.equal(value, kept):
            value.copy_(kept)
    for weight, gradient in gradients:
        weight.grad = gradient
