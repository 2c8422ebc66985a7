"""LeNet-5 as most will write it, and what a network that was handed back computes: this, or what else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache, partial
from itertools import product
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.func import functional_call

from cnnlab.exercises.networks import Network, close, counted, mapped

PARAMETERS = 44_426
SHAPE = (2, 1, 28, 28)
Layer = type[nn.Module]
RELUS: tuple[Layer, ...] = (nn.ReLU,) * 4


def lenet(*last: nn.Module, four: tuple[Layer, ...] = RELUS, pool: Layer = nn.MaxPool2d) -> nn.Sequential:
    """Return LeNet-5 with these four activations and this pooling, and further layers at its end."""
    return nn.Sequential(
        *(nn.Conv2d(1, 6, 5), four[0](), pool(2), nn.Conv2d(6, 16, 5), four[1](), pool(2)),
        *(nn.Flatten(), nn.Linear(256, 120), four[2](), nn.Linear(120, 84), four[3](), nn.Linear(84, 10)),
        *last,
    )


RIGHT, OTHER = "as asked for", "other layers"
WAYS: dict[str, list[Callable[[], nn.Module]]] = {
    RIGHT: [lenet],
    "average pooling": [partial(lenet, pool=nn.AvgPool2d)],
    "some ReLU missing": [
        partial(lenet, four=four) for four in product((nn.ReLU, nn.Identity), repeat=4) if four != RELUS
    ],
    "other activation": [
        partial(lenet, four=(other,) * 4, pool=pool)
        for other in (nn.Tanh, nn.Sigmoid, nn.LeakyReLU, nn.GELU)
        for pool in (nn.MaxPool2d, nn.AvgPool2d)
    ],
    "probabilities": [partial(lenet, nn.Softmax(1)), partial(lenet, nn.LogSoftmax(1))],
    "activation at the end": [partial(lenet, end) for end in (nn.ReLU(), nn.Sigmoid(), nn.Tanh())],
}
NAMES = [*WAYS, OTHER]
MEASURED: dict[str, float] = {
    "dimensions": 2,
    "rows": 2,
    "each": 10,
    "parameters": PARAMETERS,
    "computes": NAMES.index(RIGHT),
}


def measure(value: Any) -> Mapping[str, float]:
    """Return dimensions and shape of the outputs, parameters, and the place in ``NAMES`` of what is computed.

    Args:
        value: what was handed back.

    Raises:
        RefusedError: it is no network.
    """
    network = Network(value, SHAPE)
    counts = dict(zip(MEASURED, (*network.shape(), network.parameters), strict=False))
    if MEASURED | counts != MEASURED:
        return MEASURED | counts
    return counts | {"computes": NAMES.index(_computes(network))}


def shows(numbers: np.ndarray) -> str:
    """Return in words what was measured."""
    *shape, parameters, computes = numbers
    words = f"{mapped(SHAPE, *shape)}, {counted(parameters, PARAMETERS)}"
    return words if NAMES[int(computes)] == RIGHT else f"{words}, {NAMES[int(computes)]}"


@torch.no_grad()
def _computes(network: Network) -> str:
    # One bright picture, so that a function shows that only bends far from 0.
    drawn, pictures = network.drawn(), network.pictures.clone()
    pictures[1] *= 30
    outputs: list[Tensor] = []
    for training in (True, False):  # a dropout or a normalisation that nobody asked for shows in one of them
        network.module.train(training)
        outputs += network.outputs(drawn, pictures)
    for (name, like), layers in product(_built(), _layers(drawn)):
        wanted = [*functional_call(like, layers, (pictures,))]
        if all(map(close, outputs, wanted * 2)):
            return name
    return OTHER


@cache
def _built() -> list[tuple[str, nn.Module]]:
    return [(name, way()) for name, ways in WAYS.items() for way in ways]


def _layers(drawn: dict[str, Tensor]) -> list[dict[str, Tensor]]:
    """Return a network's parameters by the names that they have in ``lenet``; none if their sizes differ.

    A dense layer may be a convolution over all that is left, and a matrix may lie either way. There are two
    answers: for maps that were flattened as they are, and for those whose channels were moved to the end.
    """
    by_size = {value.numel(): value for value in drawn.values()}
    found = {}
    for name, own in lenet().named_parameters():
        value = by_size.get(own.numel())
        if value is None:
            return []
        lies = value.ndim == 2 and value.shape == own.shape[::-1]
        found[name] = (value.T if lies else value).reshape(own.shape)
    channels_last = found["7.weight"].reshape(120, 4, 4, 16).movedim(3, 1).reshape(120, 256)
    return [found, found | {"7.weight": channels_last}]
