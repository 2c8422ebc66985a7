"""The head: a network's last layer, replaced for other classes, and the learning rates of head and body."""

from __future__ import annotations

from typing import Any, cast

import torch
from torch import nn

from cnnlab._arguments import positive_int, positive_number
from cnnlab.transfer.checks import check_module

Head = nn.Linear | nn.Conv2d


def replace_head(
    model: nn.Module, num_classes: int, *, generator: torch.Generator | None = None
) -> nn.Linear | nn.Conv2d:
    """Return a new last layer for ``num_classes`` classes, which takes the place of the old one in ``model``.

    Args:
        model: changed in place; its last layer with weights or buffers must be an ``nn.Linear`` or, as in
            SqueezeNet, an ``nn.Conv2d`` of 1x1. Device, dtype, mode, and whether there is a bias, stay.
        num_classes: outputs of the new layer.
        generator: draws the weights on the CPU, as PyTorch draws them by default; None lets an ``nn.Linear``
            start at 0, so that all classes are as probable and nothing depends on a draw.

    Raises:
        TypeError: not a torch module, not an integer or not a generator.
        ValueError: ``num_classes`` is not positive, the model has no such last layer inside, or a convolution
            would start at 0: SqueezeNet's is followed by a ReLU, whose gradient at 0 is 0 for good.

    Example:
        >>> model = nn.Sequential(nn.Flatten(), nn.Linear(4, 10))
        >>> replace_head(model, 2) is model[1], model(torch.ones(1, 2, 2))
        (True, tensor([[0., 0.]], grad_fn=<AddmmBackward0>))
    """
    name, old = _last(check_module("model", model))
    if not (generator is None or isinstance(generator, torch.Generator)):
        raise TypeError(f"generator must be a torch.Generator or None, got {type(generator).__name__}")
    if generator is None and isinstance(old, nn.Conv2d):
        raise ValueError(
            f"generator must be given for a convolution, {name!r}, which cannot start at 0, got None"
        )
    head = _like(old, positive_int("num_classes", num_classes), generator).train(old.training)
    holder, _, child = name.rpartition(".")
    setattr(model.get_submodule(holder), child, head)
    return head


def parameter_groups(
    model: nn.Module, head: nn.Module, learning_rate: float, body_learning_rate: float
) -> list[dict[str, Any]]:
    """Return a model's weights in two groups, head and body, each with its learning rate.

    For ``torch.optim`` as they are, and for ``training.fit`` as
    ``groups=lambda model: parameter_groups(model, model.fc, 0.1, 0.01)``.

    Args:
        model: the network; what wants no gradients is in no group, everything else in exactly one.
        head: a part of ``model``.
        learning_rate: step size of the head.
        body_learning_rate: step size of all the rest.

    Returns:
        ``[{"params": ..., "lr": learning_rate}, {"params": ..., "lr": body_learning_rate}]``; without the
        second where the body is frozen.

    Raises:
        TypeError: not torch modules, or a rate that is not a number.
        ValueError: a rate is not positive (``freeze`` is for rate 0), or ``head`` is not in ``model`` or has
            nothing to be trained.

    Example:
        >>> model = nn.Sequential(nn.Linear(4, 3), nn.Linear(3, 2))
        >>> [(len(group["params"]), group["lr"]) for group in parameter_groups(model, model[1], 0.1, 0.01)]
        [(2, 0.1), (2, 0.01)]
    """
    check_module("model", model)
    rates = [
        positive_number("learning_rate", learning_rate),
        positive_number("body_learning_rate", body_learning_rate),
    ]
    if not any(part is check_module("head", head) for part in model.modules()):
        raise ValueError(f"head must be a part of the model, got another {type(head).__name__}")
    inside = {id(weight) for weight in head.parameters()}
    parts: tuple[list[nn.Parameter], ...] = [], []
    for weight in model.parameters():
        if weight.requires_grad:
            parts[id(weight) not in inside].append(weight)
    if not parts[0]:
        raise ValueError(f"head must have weights that want gradients, got none in {type(head).__name__}")
    return [{"params": part, "lr": rate} for part, rate in zip(parts, rates, strict=True) if part]


def _last(model: nn.Module) -> tuple[str, Head]:
    """Return the last layer that has numbers of its own, and its name."""
    layers = [(name, part) for name, part in model.named_modules() if part._parameters or part._buffers]
    name, layer = layers[-1] if layers else ("", model)
    # Classes derived from these are used in other ways, as the one within attention is.
    plain = type(layer) is nn.Linear or (type(layer) is nn.Conv2d and layer.kernel_size == (1, 1))
    if not name or not plain:
        rule = "model must end in an nn.Linear or a 1x1 nn.Conv2d inside"
        raise ValueError(f"{rule}, got {type(layer).__name__}{f' {name!r}' if name else ''}")
    return name, cast(Head, layer)


def _like(old: Head, classes: int, generator: torch.Generator | None) -> Head:
    bias, new = old.bias is not None, nn.utils.skip_init  # which draws nothing from the caller's random state
    head: Head = (
        new(nn.Linear, old.in_features, classes, bias=bias)
        if isinstance(old, nn.Linear)
        else new(nn.Conv2d, old.in_channels, classes, 1, old.stride, old.padding, bias=bias)
    )
    bound = 0.0 if generator is None else old.weight[0].numel() ** -0.5
    with torch.no_grad():
        for weight in head.parameters():
            weight.zero_() if generator is None else weight.uniform_(-bound, bound, generator=generator)
    return head.to(old.weight)
