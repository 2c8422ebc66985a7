"""A residual block as most will write it, and what a network computes: this, or what else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import permutations, product
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from cnnlab.exercises.networks import Drawn, Network, close, counted

PARAMETERS = 13_952
SHAPE = (2, 16, 8, 6)
# Running statistics, for evaluation.
MEAN, VARIANCE, MODES = 0.25, 2.0, (True, False)
Layer = Callable[[Tensor], Tensor]
Way = Callable[[Tensor, Layer, Layer, Layer, Layer], Tensor]


def zeros(x: Tensor, before: int = 0) -> Tensor:
    """Return every second pixel, and 16 channels of zeros, so many of them in front."""
    return F.pad(x[:, :, ::2, ::2], (0, 0, 0, 0, before, 16 - before))


def branch(x: Tensor, conv1: Layer, conv2: Layer, norm1: Layer, norm2: Layer) -> Tensor:
    """Return what is added to the shortcut."""
    return norm2(conv2(norm1(conv1(x)).relu()))


def adding(shortcut: Callable[[Tensor], Tensor]) -> Way:
    """Return the block with this shortcut."""
    return lambda x, *layers: (branch(x, *layers) + shortcut(x)).relu()


class Block(nn.Module):
    """The layers of the block, put together in some way."""

    def __init__(self, way: Way | None = None, strides: tuple[int, int] = (2, 1)) -> None:
        super().__init__()
        self.way = way or adding(zeros)
        self.conv1 = nn.Conv2d(16, 32, 3, stride=strides[0], padding=1, bias=False)
        self.conv2 = nn.Conv2d(32, 32, 3, stride=strides[1], padding=1, bias=False)
        self.bn1, self.bn2 = nn.BatchNorm2d(32), nn.BatchNorm2d(32)

    def forward(self, x: Tensor) -> Tensor:
        """Return maps of 32 channels."""
        return self.way(x, self.conv1, self.conv2, self.bn1, self.bn2)


RIGHT, CHANGED, OTHER = "as asked for", "input changed", "other layers"
# The ways call the convolutions c and d, their normalisations n and m.
WAYS: dict[str, list[Way]] = {
    RIGHT: [adding(zeros)],
    "ReLU before the sum": [
        lambda x, *layers: branch(x, *layers).relu() + zeros(x),
        lambda x, *layers: (branch(x, *layers).relu() + zeros(x)).relu(),
    ],
    "no ReLU at the end": [lambda x, *layers: branch(x, *layers) + zeros(x)],
    "no ReLU in the branch": [
        lambda x, c, d, n, m: (m(d(n(c(x)))) + zeros(x)).relu(),
        lambda x, c, d, n, m: m(d(n(c(x)))) + zeros(x),
    ],
    "no shortcut": [lambda x, *layers: branch(x, *layers).relu(), branch],
    "shortcut from the middle": [
        lambda x, c, d, n, m: (m(d(y := n(c(x)).relu())) + y).relu(),
        lambda x, c, d, n, m: (m(d((y := n(c(x))).relu())) + y).relu(),
        lambda x, c, d, n, m: (m(d(n(y := c(x)).relu())) + y).relu(),
    ],
    "other shortcut": [
        adding(lambda x: zeros(x, before=8)),
        adding(lambda x: zeros(x, before=16)),
        adding(lambda x: x[:, :, ::2, ::2].repeat(1, 2, 1, 1)),
        adding(lambda x: zeros(x[:, :, 1:, 1:])),
        adding(lambda x: zeros(x.relu())),
        adding(lambda x: F.pad(F.avg_pool2d(x, 2), (0, 0, 0, 0, 0, 16))),
        adding(lambda x: F.pad(F.max_pool2d(x, 2), (0, 0, 0, 0, 0, 16))),
    ],
    "one normalisation twice": [lambda x, c, d, n, m: (n(d(n(c(x)).relu())) + zeros(x)).relu()],
    "other order": [
        lambda x, c, d, n, m: m(d(n(c(x)).relu()) + zeros(x)).relu(),
        lambda x, c, d, n, m: (m(d(n(c(x).relu()))) + zeros(x)).relu(),
        lambda x, c, d, n, m: (m(d(n(c(x).relu())).relu()) + zeros(x)).relu(),
        lambda x, c, d, n, m: (m(n(d(c(x).relu()))) + zeros(x)).relu(),
    ],
}
BLOCKS: dict[str, list[Block]] = {name: [*map(Block, ways)] for name, ways in WAYS.items()}
BLOCKS["stride in the second"] = [Block(strides=(1, 2))]
NAMES = [*BLOCKS, CHANGED, OTHER]
OUTPUTS = {"dimensions": 4, "pictures": 2, "channels": 32, "rows": 4, "columns": 3}
MEASURED: dict[str, float] = {**OUTPUTS, "parameters": PARAMETERS, "computes": NAMES.index(RIGHT)}


def measure(value: Any) -> Mapping[str, float]:
    """Return the shape of the outputs, the parameters, and the place in ``NAMES`` of what is computed.

    Args:
        value: what was handed back.

    Raises:
        RefusedError: it is no network.
    """
    network = Network(value, SHAPE)
    with torch.no_grad():
        shape = network.outputs({}, network.pictures.clone()).shape
    counts = dict(zip(MEASURED, (len(shape), *(*shape, 0, 0, 0, 0)[:4], network.parameters), strict=False))
    if MEASURED | counts != MEASURED:
        return MEASURED | counts
    return counts | {"computes": NAMES.index(_computes(network))}


def shows(numbers: np.ndarray) -> str:
    """Return in words what was measured."""
    dimensions, *shape, parameters, computes = map(int, numbers)
    words = f"{SHAPE} to {(*shape[:dimensions],)}, {counted(parameters, PARAMETERS)}"
    return words if NAMES[computes] == RIGHT else f"{words}, {NAMES[computes]}"


@torch.no_grad()
def _computes(network: Network) -> str:
    drawn = network.drawn()
    sizes = [value.numel() for value in drawn.values()]
    if sorted(sizes) != [32, 32, 32, 32, 16 * 32 * 9, 32 * 32 * 9]:
        return OTHER
    # One bright picture, so that a function shows that only bends far from 0.
    pictures, outputs = network.pictures.clone(), []
    pictures[1] *= 30
    for training in MODES:
        network.module.train(training)
        given = pictures.clone()
        outputs.append(network.outputs(drawn | _statistics(network.module), given))
        if not torch.equal(given, pictures):
            return CHANGED
    one, two = (value.reshape(32, -1, 3, 3) for value in sorted(drawn.values(), key=Tensor.numel)[4:])
    vectors = [value.reshape(32) for value in drawn.values() if value.numel() == 32]
    for four, (name, blocks) in product(permutations(vectors), BLOCKS.items()):
        for block in blocks:
            layers = (_layers(block, (one, two, *four), training) for training in MODES)
            if all(close(got, block.way(pictures, *each)) for got, each in zip(outputs, layers, strict=True)):
                return name
    return OTHER


def _statistics(network: nn.Module) -> Drawn:
    """Return new buffers, the running statistics the same in all layers."""
    filled = {"running_mean": MEAN, "running_var": VARIANCE}
    return {
        name: torch.full_like(value, filled[kind])
        if (kind := name.split(".")[-1]) in filled
        else value.clone()
        for name, value in network.named_buffers()
    }


def _layers(like: Block, numbers: tuple[Tensor, ...], training: bool) -> tuple[Layer, ...]:
    """Return two convolutions and two normalisations with these weights, gammas and betas."""
    one, two, gamma1, beta1, gamma2, beta2 = numbers
    mean, variance = torch.full_like(gamma1, MEAN), torch.full_like(gamma1, VARIANCE)
    return (
        lambda x: F.conv2d(x, one, stride=like.conv1.stride, padding=1),
        lambda x: F.conv2d(x, two, stride=like.conv2.stride, padding=1),
        lambda x: F.batch_norm(x, mean.clone(), variance.clone(), gamma1, beta1, training),
        lambda x: F.batch_norm(x, mean.clone(), variance.clone(), gamma2, beta2, training),
    )
