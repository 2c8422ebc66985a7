"""What a LeNet-5 that was handed back computes, found by trying all that it might."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import product
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional as F

from cnnlab.exercises.networks import Drawn, Network, close

PARAMETERS = 44_426
SHAPE = (2, 1, 28, 28)
SHAPES = ((6, 1, 5, 5), (6,), (16, 6, 5, 5), (16,), (120, 256), (120,), (84, 120), (84,), (10, 84), (10,))
UNKNOWN, RANDOM = -1, -2
_Function = Callable[[Tensor], Tensor]


def _same(values: Tensor) -> Tensor:
    return values


POOLINGS: dict[str, Callable[[Tensor, _Function], Tensor]] = {
    "max pooling": lambda maps, activation: F.max_pool2d(activation(maps), 2),
    "average pooling": lambda maps, activation: F.avg_pool2d(activation(maps), 2),
    "average pooling before activation": lambda maps, activation: activation(F.avg_pool2d(maps, 2)),
}
# All four, then every way to leave some out, all of them last: then other functions.
_EITHER: tuple[_Function, ...] = (F.relu, _same)
_RELUS = sorted(product(_EITHER, repeat=4), key=lambda four: four.count(_same))
_OTHERS: dict[str, _Function] = {
    "tanh": torch.tanh,
    "sigmoid": torch.sigmoid,
    "leaky ReLU": F.leaky_relu,
    "GELU": F.gelu,
}
ACTIVATIONS: tuple[tuple[_Function, ...], ...] = (
    *_RELUS,
    *((function,) * 4 for function in _OTHERS.values()),
)
NO_RELU = len(_RELUS) - 1
ENDS: dict[str, _Function] = {
    "logits": _same,
    "probabilities": lambda logits: F.softmax(logits, 1),
    "log probabilities": lambda logits: F.log_softmax(logits, 1),
    "logits after ReLU": F.relu,
    "logits after sigmoid": torch.sigmoid,
    "logits after tanh": torch.tanh,
}


def measure(value: Any) -> tuple[int, ...]:
    """Return dimensions and shape of the outputs, parameters, and the places in the tables above.

    Args:
        value: what was handed back.

    Returns:
        Dimensions of the outputs; how many rows; how many numbers in each; parameters; pooling, activation
        and end, all three UNKNOWN if no combination gives these outputs (or the numbers before are wrong),
        and RANDOM if the outputs differ from call to call.

    Raises:
        RefusedError: the value is no network.
    """
    network = Network(value, SHAPE)
    # While training: so a dropout or a normalisation that nobody asked for shows.
    network.module.train()
    counts = (*network.shape(), network.parameters)
    return (*counts, *(_computes(network) if counts == (2, 2, 10, PARAMETERS) else (UNKNOWN,) * 3))


def _computes(network: Network) -> tuple[int, ...]:
    # One bright picture, so that a function shows that only bends far from 0.
    drawn, pictures = network.drawn(), network.pictures.clone()
    pictures[1] *= 30
    with torch.no_grad():
        first, second = (network.outputs(drawn, pictures) for _ in range(2))
        if not _alike(first, second):
            return (RANDOM,) * 3
        tried = _candidates(drawn, pictures)
        return next((places for places, outputs in tried if _alike(first, outputs)), (UNKNOWN,) * 3)


def _alike(first: Tensor, second: Tensor) -> bool:
    return all(map(close, first, second))


def _candidates(drawn: Drawn, pictures: Tensor) -> Iterator[tuple[tuple[int, int, int], Tensor]]:
    """Yield what each combination makes of the pictures, the right one first."""
    layers = _layers(drawn)
    if not layers:
        return
    combinations = product(range(len(POOLINGS)), range(len(ACTIVATIONS)), (False, True))
    for pooling, activation, channels_last in combinations:
        pool = [*POOLINGS.values()][pooling]
        logits = _forward(pictures, layers, pool, ACTIVATIONS[activation], channels_last)
        for end, function in enumerate(ENDS.values()):
            yield (pooling, activation, end), function(logits)


def _layers(drawn: Drawn) -> list[Tensor]:
    """Return weights and biases from first to last layer, told apart by their size; none if they differ.

    A dense layer may be a convolution over all that is left, and a matrix may lie either way.
    """
    by_size = {value.numel(): value for value in drawn.values()}
    found = []
    for shape in SHAPES:
        value = by_size.get(torch.Size(shape).numel())
        if value is None:
            return []
        lies = value.ndim == 2 and tuple(value.shape) == shape[::-1]
        found.append((value.T if lies else value).reshape(shape))
    return found


def _forward(
    pictures: Tensor,
    layers: list[Tensor],
    pool: Callable[[Tensor, _Function], Tensor],
    activations: tuple[_Function, ...],
    channels_last: bool,
) -> Tensor:
    w1, b1, w3, b3, w5, b5, w6, b6, w7, b7 = layers
    maps = pool(F.conv2d(pictures, w1, b1), activations[0])
    maps = pool(F.conv2d(maps, w3, b3), activations[1])
    flat = (maps.permute(0, 2, 3, 1) if channels_last else maps).flatten(1)
    hidden = activations[2](F.linear(flat, w5, b5))
    return F.linear(activations[3](F.linear(hidden, w6, b6)), w7, b7)
