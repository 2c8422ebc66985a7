"""The network of three exercises: a body with batch norm and a head, and what one that was handed back is."""

from __future__ import annotations

from collections.abc import Callable
from itertools import permutations
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from cnnlab.exercises.networks import Network, close
from cnnlab.exercises.values import refuse_absent

CLASSES = 5
SHAPE = (2, 1, 8, 8)
HEAD = CLASSES * 8 + CLASSES
BODY = 8 * 9 + 2 * 8
STATISTICS = 2 * 8
MEAN, VARIANCE = 0.25, 2.0
OUTPUTS: dict[str, float] = {"dimensions": 2, "rows": 2, "each": CLASSES}


def body(norm: Callable[[int], nn.Module] = nn.BatchNorm2d) -> nn.Sequential:
    """Return the body: of each picture 8 features."""
    return nn.Sequential(
        *(nn.Conv2d(1, 8, 3, bias=False), norm(8), nn.ReLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten())
    )


def network(classes: int = CLASSES) -> nn.Sequential:
    """Return body and head."""
    return nn.Sequential(*body(), nn.Linear(8, classes))


def pair(value: Any) -> tuple[Any, Any]:
    """Return a network and what was handed back with it, behind it; -1 where that is nothing, or several."""
    parts = list(value) if issubclass(type(value), list | tuple) else [value]
    for part in parts:
        refuse_absent(part)
    networks = [part for part in parts if issubclass(type(part), nn.Module)]
    if len(parts) == 2 and networks[:1] == parts[:1]:
        return parts[0], parts[1]
    return next(iter(networks), value), -1


def is_head(value: Tensor) -> bool:
    """Return whether a tensor has the size of the head's weight or bias."""
    return tuple(value.shape) in {(CLASSES, 8), (CLASSES,)}


def numbers(model: nn.Module) -> dict[str, Tensor]:
    """Return the state's numbers by name, without the counters of batches."""
    return {name: value for name, value in model.state_dict().items() if value.is_floating_point()}


@torch.no_grad()
def fill(network: Network) -> None:
    """Put drawn numbers in the place of all that the network has, the same statistics everywhere."""
    for name, value in numbers(network.module).items():
        drawn = network.draw(tuple(value.shape)) / value[:1].numel() ** 0.5
        value.copy_({"running_mean": MEAN, "running_var": VARIANCE}.get(name.split(".")[-1], drawn))


@torch.no_grad()
def is_as_asked(network: Network, filled: bool = False) -> bool:
    """Return whether it gives, in the mode that it is in, what the head makes of the body in eval mode.

    Args:
        network: filled with drawn numbers; if not yet, it is filled now and put in eval mode.
        filled: whether it is.
    """
    if not filled:
        fill(network)
        network.module.eval()
    state = {name: value for name, value in numbers(network.module).items() if "running_" not in name}
    by_shape = {tuple(value.shape): value for value in state.values()}
    vectors = [value for value in state.values() if value.shape == (8,)]
    if {(8, 1, 3, 3), (CLASSES, 8), (CLASSES,)} - {*by_shape}:
        return False
    got = network.outputs({}, network.pictures)
    for gamma, beta in permutations(vectors, 2):
        mean, variance = torch.full_like(gamma, MEAN), torch.full_like(gamma, VARIANCE)
        maps = F.conv2d(network.pictures, by_shape[8, 1, 3, 3])
        features = F.batch_norm(maps, mean, variance, gamma, beta).relu().mean((2, 3))
        if got.shape == (2, CLASSES) and close(
            got, F.linear(features, by_shape[CLASSES, 8], by_shape[(CLASSES,)])
        ):
            return True
    return False
