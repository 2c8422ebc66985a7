"""What a LeNet-5 that was handed back computes: tried are the ways to use its ten parameters."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from itertools import product
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from cnnlab.exercises.networks import Network, close, counted, mapped

PARAMETERS = 44_426
SHAPE = (2, 1, 28, 28)
SHAPES = ((6, 1, 5, 5), (6,), (16, 6, 5, 5), (16,), (120, 256), (120,), (84, 120), (84,), (10, 84), (10,))
RIGHT, RANDOM, OTHER = "as asked for", "random", "other layers"
NAMES = [
    *(RIGHT, RANDOM, OTHER, "average pooling", "some ReLU missing", "no ReLU"),
    *("other activation", "probabilities", "activation at the end"),
]
MEASURED: dict[str, float] = {
    "dimensions": 2,
    "rows": 2,
    "each": 10,
    "parameters": PARAMETERS,
    "computes": NAMES.index(RIGHT),
}
_Function = Callable[[Tensor], Tensor]
_Pool = Callable[[Tensor, _Function], Tensor]
OTHERS: list[_Function] = [torch.tanh, torch.sigmoid, F.leaky_relu, F.gelu]
SHARES: list[_Function] = [partial(F.softmax, dim=1), partial(F.log_softmax, dim=1)]
ENDS: list[_Function] = [F.relu, torch.sigmoid, torch.tanh]


def same(values: Tensor) -> Tensor:
    """Return the values as they are."""
    return values


EITHER: list[_Function] = [F.relu, same]


def max_pooled(maps: Tensor, activation: _Function) -> Tensor:
    """Return the maps after activation and max pooling, in either order if the activation never falls."""
    return F.max_pool2d(activation(maps), 2)


def averaged(maps: Tensor, activation: _Function) -> Tensor:
    """Return the maps after activation and average pooling."""
    return F.avg_pool2d(activation(maps), 2)


def averaged_first(maps: Tensor, activation: _Function) -> Tensor:
    """Return the maps after average pooling and activation."""
    return activation(F.avg_pool2d(maps, 2))


def ways() -> Iterator[tuple[str, _Pool, tuple[_Function, ...], _Function]]:
    """Yield how the layers may be used: a name, the pooling, four activations, and what comes at the end."""
    relus: tuple[_Function, ...] = (F.relu,) * 4
    yield RIGHT, max_pooled, relus, same
    for pool in (averaged, averaged_first):
        yield "average pooling", pool, relus, same
    for pool, four in product((max_pooled, averaged, averaged_first), product(EITHER, repeat=4)):
        yield "no ReLU" if F.relu not in four else "some ReLU missing", pool, four, same
    for pool, other in product((max_pooled, averaged), OTHERS):
        yield "other activation", pool, (other,) * 4, same
    for end in SHARES:
        yield "probabilities", max_pooled, relus, end
    for end in ENDS:
        yield "activation at the end", max_pooled, relus, end


def logits(
    pictures: Tensor, layers: list[Tensor], pool: _Pool, four: tuple[_Function, ...], channels_last: bool
) -> Tensor:
    """Return what LeNet-5 makes of pictures with these weights and biases, of the shapes in ``SHAPES``."""
    w1, b1, w3, b3, w5, b5, w6, b6, w7, b7 = layers
    maps = pool(F.conv2d(pictures, w1, b1), four[0])
    maps = pool(F.conv2d(maps, w3, b3), four[1])
    flat = (maps.movedim(1, 3) if channels_last else maps).flatten(1)
    hidden = four[2](F.linear(flat, w5, b5))
    return F.linear(four[3](F.linear(hidden, w6, b6)), w7, b7)


def measure(value: Any) -> Mapping[str, float]:
    """Return dimensions and shape of the outputs, parameters, and the place in ``NAMES`` of what is computed.

    Args:
        value: what was handed back.

    Raises:
        RefusedError: it is no network.
    """
    network = Network(value, SHAPE)
    # While training: so a dropout or a normalisation that nobody asked for shows.
    network.module.train()
    counts = dict(zip(MEASURED, (*network.shape(), network.parameters), strict=False))
    if MEASURED | counts != MEASURED:
        return MEASURED | counts
    return counts | {"computes": NAMES.index(_computes(network))}


def shows(numbers: np.ndarray) -> str:
    """Return in words what was measured."""
    *shape, parameters, computes = numbers
    words = f"{mapped(SHAPE, *shape)}, {counted(parameters, PARAMETERS)}"
    return words if NAMES[int(computes)] == RIGHT else f"{words}, {NAMES[int(computes)]}"


def _computes(network: Network) -> str:
    # One bright picture, so that a function shows that only bends far from 0.
    drawn, pictures = network.drawn(), network.pictures.clone()
    pictures[1] *= 30
    with torch.no_grad():
        first, second = (network.outputs(drawn, pictures) for _ in range(2))
        if not all(map(close, first, second)):
            return RANDOM
        layers = _layers(drawn)
        for (name, pool, four, end), last in product(ways() if layers else (), (False, True)):
            if all(map(close, first, end(logits(pictures, layers, pool, four, channels_last=last)))):
                return name
    return OTHER


def _layers(drawn: dict[str, Tensor]) -> list[Tensor]:
    """Return weights and biases from first to last layer, told apart by their size; none if they differ.

    A dense layer may be a convolution over all that is left, and a matrix may lie either way.
    """
    by_size = {value.numel(): value for value in drawn.values()}
    found = []
    for shape in SHAPES:
        value = by_size.get(torch.Size(shape).numel())
        if value is None:
            return []
        lies = value.ndim == 2 and value.shape == shape[::-1]
        found.append((value.T if lies else value).reshape(shape))
    return found
