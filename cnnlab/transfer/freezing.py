"""Layers that stay as they are: neither their weights move in training, nor their running statistics."""

from __future__ import annotations

from typing import Any, TypeVar

from torch import nn

from cnnlab._arguments import one_of
from cnnlab.transfer.checks import check_module

Module = TypeVar("Module", bound=nn.Module)

BATCH_NORM = ("both", "statistics", "parameters")


def freeze(module: Module, *, batch_norm: str = "both") -> Module:
    """Return ``module`` itself, frozen for good: training changes none of its numbers.

    ``requires_grad=False`` alone stops the optimizer only: in training mode batch norm still moves its
    running statistics at every batch, and dropout still draws. So each part also gets a hook that puts it in
    evaluation mode whenever it is called, whatever ``model.train()`` has said. The hook is copied with the
    module; names and numbers of ``state_dict()`` do not change.

    Args:
        module: a whole network or a part of it, such as ``model.layer1``.
        batch_norm: what stays of batch norm: "both"; its "statistics" only, so that scale and shift are
            trained; or its "parameters" only, scale and shift, so that statistics are those of each batch and
            the running ones move. Everything else stays in all three cases.

    Raises:
        TypeError: not a torch module.
        ValueError: an unknown ``batch_norm``.

    Source:
        F. Chollet, Transfer learning and fine-tuning (Keras): a frozen batch norm runs in inference mode.
        Here the mode and the weights can also be frozen apart.

    Example:
        >>> import torch
        >>> norm = freeze(nn.BatchNorm1d(1)).train()
        >>> norm(torch.tensor([[1.0], [3.0]])).shape, norm.running_mean, norm.weight.requires_grad
        (torch.Size([2, 1]), tensor([0.]), False)
    """
    one_of("batch_norm", batch_norm, BATCH_NORM)
    for part in check_module("module", module).modules():
        holds = batch_norm if is_batch_norm(part) else "both"
        _hold_mode(part, holds != "parameters")
        _hold_weights(part, holds != "statistics")
    return module


def unfreeze(module: Module) -> Module:
    """Return ``module`` itself, free to be trained: all weights want gradients, all is in training mode.

    Args:
        module: what :func:`freeze` was given, or a part of it; what was never frozen is trained as well.

    Raises:
        TypeError: not a torch module.

    Example:
        >>> norm = unfreeze(freeze(nn.BatchNorm1d(1)))
        >>> norm.training, norm.weight.requires_grad
        (True, True)
    """
    for part in check_module("module", module).modules():
        _hold_mode(part, False)
        _hold_weights(part, False)
    return module.train()


def is_batch_norm(part: nn.Module) -> bool:
    """Return whether a layer gathers statistics, as PyTorch's batch norm and the course's own do."""
    return getattr(part, "running_mean", None) is not None


def stay_in_evaluation(part: nn.Module, inputs: Any) -> None:
    """Put a part in evaluation mode before it computes; no closure, so that it is copied and pickled."""
    part.training = False


def _hold_mode(part: nn.Module, hold: bool) -> None:
    hooks = part._forward_pre_hooks
    for key in [key for key, hook in hooks.items() if hook is stay_in_evaluation]:
        del hooks[key]
    if hold:
        # Before the part's other hooks, which may look at its mode as that of spectral norm does.
        part.register_forward_pre_hook(stay_in_evaluation, prepend=True)
        part.training = False


def _hold_weights(part: nn.Module, hold: bool) -> None:
    for weight in part.parameters(recurse=False):
        weight.requires_grad_(not hold and weight.is_floating_point())
        if hold:
            weight.grad = None  # an optimizer that knows the weight would still take this step
