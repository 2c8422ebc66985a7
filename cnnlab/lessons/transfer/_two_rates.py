"""What an optimizer is judged by: what it trains of a network, and at which rates."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import torch
from torch import nn, optim

from cnnlab.exercises.networks import Network
from cnnlab.geometry import stored_numbers
from cnnlab.lessons.transfer import _network
from cnnlab.lessons.transfer._network import BODY, HEAD, SHAPE, is_head

# A process's first optimizer loads torch's compiler, for seconds: here, once, and not in every child.
optim.SGD([nn.Parameter(torch.zeros(1))])

PARTS = "body", "head"
MEASURED: dict[str, float] = {
    "parameters": BODY + HEAD,
    "as asked": 1,
    "is an optimizer": 1,
    "others": 0,
    "frozen": 0,
    "body": BODY,
    "head": HEAD,
    "body rate": 0.01,
    "head rate": 0.1,
}


def measure(value: Any) -> Mapping[str, float]:
    """Return of the network what it is; of the optimizer how many numbers it has, and at which rates.

    Args:
        value: what was handed back: network and optimizer.

    Raises:
        RefusedError: the first is no network.
    """
    model, optimizer = _network.pair(value)
    network = Network(model, SHAPE)
    is_optimizer = isinstance(optimizer, optim.Optimizer)
    given = {
        each: float(group["lr"])
        for group in (optimizer.param_groups if is_optimizer else [])
        for each in group["params"]
    }
    own = [*network.module.parameters()]
    trained = [each for each in own if each in given]
    found: dict[str, float] = {
        "parameters": network.parameters,
        "as asked": int(_network.is_as_asked(network)),
        "is an optimizer": int(is_optimizer),
        "others": stored_numbers(given) - stored_numbers(trained),
        "frozen": stored_numbers(each for each in own if not each.requires_grad),
    }
    for name in PARTS:
        part = [each for each in trained if is_head(each) == (name == "head")]
        rates = {given[each] for each in part}
        found |= {name: stored_numbers(part), f"{name} rate": rates.pop() if len(rates) == 1 else -1}
    return found


def shows(numbers: np.ndarray) -> str:
    """Return in words what was measured."""
    found = dict(zip(MEASURED, numbers, strict=True))
    words = f"{int(found['parameters'])} parameters"
    for name in PARTS:
        rate = found[f"{name} rate"]
        words += (
            f", {int(found[name])} of the {name} at {'several rates or none' if rate < 0 else f'{rate:g}'}"
        )
    return words + f", {int(found['others'])} of another network" * bool(found["others"])
