"""Optimizers, of all weights alike or of groups with a learning rate or other settings of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

import torch
from torch import Tensor, nn

if TYPE_CHECKING:
    from cnnlab.training.options import Options

MakeGroups = Callable[[nn.Module], Iterable[dict[str, Any]]]
MakeOptimizer = Callable[[Iterable], torch.optim.Optimizer]

OPTIMIZERS = ("sgd", "adamw")


def make(options: Options, model: nn.Module) -> torch.optim.Optimizer:
    """Return the optimizer of the model's weights that want gradients.

    Raises:
        ValueError: there are none, or not all of them are in the groups.
    """
    weights: list = [weight for weight in model.parameters() if weight.requires_grad]
    if not weights:
        raise ValueError("model must have weights that want gradients, got none")
    if options.groups is not None:
        weights = grouped(options.groups, model)
    if callable(options.optimizer):
        return options.optimizer(weights)
    decay = options.weight_decay
    if options.optimizer == "adamw":
        return torch.optim.AdamW(weights, lr=options.learning_rate or 0.001, weight_decay=decay)
    return torch.optim.SGD(
        weights,
        lr=options.learning_rate or 0.1,
        momentum=options.momentum,
        nesterov=options.nesterov,
        weight_decay=decay,
    )


def grouped(
    groups: Callable[[nn.Module], Iterable[dict[str, Any]]], model: nn.Module
) -> list[dict[str, Any]]:
    """Return a model's weights by groups, without those that want no gradients.

    Raises:
        ValueError: the groups are no dictionaries with "params", or a weight is in none or in several.

    Example:
        >>> model = nn.Sequential(nn.Linear(2, 2), nn.Linear(2, 1))
        >>> def slow_start(model):
        ...     return [{"params": model[0].parameters(), "lr": 0.01}, {"params": model[1].parameters()}]
        >>> parts = grouped(slow_start, model)
        >>> [len(part["params"]) for part in parts]
        [2, 2]
    """
    made = groups(model)
    if not isinstance(made, Iterable):
        raise ValueError(f"groups must be dictionaries with 'params', got {type(made).__name__}")
    found = [_group(group) for group in made]
    chosen = [id(weight) for group in found for weight in group["params"]]
    for name, weight in model.named_parameters():
        count = chosen.count(id(weight))
        if weight.requires_grad and count != 1:
            raise ValueError(f"groups must have every weight once, got {name!r} {count} times")
    return [group for group in found if group["params"]]


def _group(group: Any) -> dict[str, Any]:
    if not isinstance(group, dict) or "params" not in group:
        raise ValueError(f"groups must be dictionaries with 'params', got {type(group).__name__}")
    weights = [group["params"]] if isinstance(group["params"], Tensor) else group["params"]
    return group | {"params": [weight for weight in weights if weight.requires_grad]}
