"""A control for what a network has learnt: the same numbers, in another order."""

from __future__ import annotations

import copy
from typing import TypeVar

import torch
from torch import Tensor, nn

from cnnlab._arguments import non_negative_int
from cnnlab.transfer.checks import check_module

Module = TypeVar("Module", bound=nn.Module)


def permuted(model: Module, seed: int) -> Module:
    """Return a copy in which each layer's weights have changed places among themselves at random.

    The copy's layers have the same numbers, and so the same mean, deviation and outliers, but nothing of what
    they had learnt to look for. Where it does as well as the model, size was what counted.

    A matrix or kernel is permuted over all its entries. What a layer has once a channel, such as biases, and
    batch norm's scale, shift and running statistics, is permuted channel by channel, all alike: a channel's
    four numbers stay together. Yet the running statistics are those of the model's maps, not of the copy's:
    gather them anew before the copy is asked in evaluation mode.

    Args:
        model: any module; left as it is.
        seed: of the order, 0 or more.

    Raises:
        TypeError: not a torch module, or ``seed`` is not an integer.
        ValueError: ``seed`` is negative.

    Source:
        Raghu et al. 2019, Transfusion, ask what transfer owes to the scale of the weights alone; they draw
        weights with each layer's mean and variance, here the weights themselves are permuted.

    Example:
        >>> model = nn.Linear(3, 2)
        >>> other = permuted(model, seed=0)
        >>> torch.equal(other.weight, model.weight)
        False
        >>> torch.equal(other.weight.flatten().sort().values, model.weight.flatten().sort().values)
        True
    """
    check_module("model", model)
    other = copy.deepcopy(model)
    generator = torch.Generator().manual_seed(non_negative_int("seed", seed))
    for part in other.modules():
        _permute(part, generator)
    return other


@torch.no_grad()
def _permute(part: nn.Module, generator: torch.Generator) -> None:
    """Permute a layer's own numbers in place."""
    orders: dict[int, Tensor] = {}
    for values in (*part.parameters(recurse=False), *_statistics(part)):
        if values.ndim == 1 and len(values) in orders:
            order = orders[len(values)]
        else:
            order = torch.randperm(values.numel(), generator=generator).to(values.device)
            if values.ndim == 1:
                orders[len(values)] = order
        values.copy_(values.flatten()[order].view_as(values))


def _statistics(part: nn.Module) -> list[Tensor]:
    found = getattr(part, "running_mean", None), getattr(part, "running_var", None)
    return [values for values in found if values is not None]
