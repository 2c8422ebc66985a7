r"""Write a function without arguments that returns a network for colour pictures of $3\times 32\times 32$ and
ten classes: one row of ten logits a picture, exactly $20\,000$ parameters, and three convolutions or more,
one after the other, with something between two that is not linear: ReLU, say, or max pooling. Every parameter
must be trained and change the output. There are many solutions; a small search helps.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from cnnlab.exercises import Function, Mistake
from cnnlab.lessons.alexnet_vgg._measured import CONVOLUTIONS, MEASURED, PARAMETERS, measure, shows


def chain(*channels: int, last: Any = (), **options: Any) -> nn.Sequential:
    """Return convolutions of 3x3 with ReLU and pooling between, the mean of each map, and a dense layer."""
    layers: list[nn.Module] = []
    for before, after in pairwise((3, *channels)):
        layers += [nn.Conv2d(before, after, 3, padding=1, **options), nn.ReLU(), nn.MaxPool2d(2)]
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(channels[-1], 10), *last)


def right(*last: nn.Module) -> nn.Sequential:
    """Return a network of exactly 20,000 parameters."""
    return chain(20, 28, 55, bias=False, last=last)


def without(network: nn.Sequential, *kinds: type[nn.Module]) -> nn.Sequential:
    """Return a network without its layers of these kinds."""
    return nn.Sequential(*[layer for layer in network if not isinstance(layer, kinds)])


class Called(nn.Module):
    """The layers as attributes, the rest as calls."""

    def __init__(self) -> None:
        super().__init__()
        self.c1, self.c2 = nn.Conv2d(3, 20, 3), nn.Conv2d(20, 30, 3)
        self.c3 = nn.Conv2d(30, 50, 3, bias=False)
        self.out = nn.Linear(50, 10)

    def forward(self, x: Tensor) -> Tensor:
        """Return logits, shape (N, 10)."""
        x = F.avg_pool2d(F.relu(self.c1(x)), 2)
        x = F.avg_pool2d(torch.tanh(self.c2(x)), 2)
        logits: Tensor = self.out(F.relu(self.c3(x)).mean((2, 3)))
        return logits


class SideBySide(nn.Module):
    """Three convolutions that all see the picture."""

    def __init__(self) -> None:
        super().__init__()
        self.branches = nn.ModuleList(nn.Conv2d(3, 38, size, bias=False) for size in (1, 3, 5))
        self.out = nn.Sequential(nn.Linear(3 * 38, 128), nn.ReLU(), nn.Linear(128, 10))

    def forward(self, x: Tensor) -> Tensor:
        """Return logits, shape (N, 10)."""
        means = [branch(x).relu().mean((2, 3)) for branch in self.branches]
        logits: Tensor = self.out(torch.cat(means, 1))
        return logits


class Padded(nn.Module):
    """As many parameters more as are missing, of which little or nothing is used."""

    def __init__(self, use: Callable[[Tensor], Tensor | float]) -> None:
        super().__init__()
        self.network, self.use = chain(16, 24, 32), use
        self.more = nn.Linear(52, 166)

    def forward(self, x: Tensor) -> Tensor:
        """Return logits, shape (N, 10)."""
        logits: Tensor = self.network(x) + self.use(self.more.bias)
        return logits


EXERCISE = Function(
    measure=measure,
    measured=MEASURED,
    shows=shows,
    right=[
        right,
        Called,
        lambda: nn.Sequential(*chain(37, 26, 26)[:-3], nn.Flatten(), nn.Dropout(), nn.LazyLinear(10)),
    ],
    mistakes=[
        Mistake(
            "not registered",
            "No parameters are found: keep layers as attributes or in an nn.ModuleList, not in a list.",
            lambda: without(right(), nn.Conv2d, nn.Linear, nn.Flatten),
            fits=lambda got: got["parameters"] == 0,
        ),
        Mistake(
            "outputs",
            "One row of 10 numbers a picture, a single one too: flatten from dimension 1 on, end with 10.",
            lambda: right(nn.Unflatten(1, (10, 1))),
            lambda: right()[:-1],
            fits=lambda got: (got["dimensions"], got["rows"], got["each"]) != (2, 2, 10),
        ),
        Mistake(
            "too few convolutions",
            "Each picture must meet three convolutions or more.",
            lambda: chain(16, 128),
            fits=lambda got: got["convolutions"] < CONVOLUTIONS,
        ),
        Mistake(
            "thousands apart",
            "Far off: change the channels first, a 3x3 convolution from C to D has 9CD weights and D biases.",
            lambda: chain(64, 64, 64),
            lambda: chain(8, 16, 32),
            fits=lambda got: abs(got["parameters"] - PARAMETERS) >= 2000,
        ),
        Mistake(
            "too many parameters",
            "Close: a channel less, a bias left out or a smaller kernel takes the rest away.",
            lambda: chain(20, 28, 55),
            fits=lambda got: got["parameters"] > PARAMETERS,
        ),
        Mistake(
            "too few parameters",
            "Close: a channel more, a bias or normalisation (two a channel) brings the rest.",
            lambda: chain(20, 28, 54, bias=False),
            fits=lambda got: got["parameters"] < PARAMETERS,
        ),
        Mistake(
            "idle parameters",
            "The number is right, but some parameters are frozen or never change what comes out.",
            lambda: Padded(lambda more: 0 * more.sum()),
            lambda: Padded(lambda more: more[:10]),
            lambda: right().requires_grad_(False),
            fits=lambda got: got["idle"] > 0,
        ),
        Mistake(
            "side by side",
            "The convolutions stand side by side: each of three must see what the one before made.",
            SideBySide,
            fits=lambda got: got["in a row"] < CONVOLUTIONS,
        ),
        Mistake(
            "linear",
            "Two convolutions with nothing but linear layers between do no more than one: put ReLU between.",
            lambda: without(right(), nn.ReLU, nn.MaxPool2d),
            lambda: nn.Sequential(*without(right()[:7], nn.ReLU, nn.MaxPool2d), nn.ReLU(), *right()[9:]),
            fits=lambda got: got["with bends"] < CONVOLUTIONS,
        ),
        Mistake(
            "probabilities",
            "Softmax at the end is not asked for: cross-entropy takes logits.",
            lambda: right(nn.Softmax(1)),
            lambda: right(nn.LogSoftmax(-1)),
            fits=lambda got: got["probabilities"] == 1,
        ),
        Mistake(
            "colour forgotten",
            "The pictures have three channels: the first convolution takes 3.",
            lambda: nn.Sequential(nn.Conv2d(1, 20, 3), *right()[1:]),
            raises=["to have 1 channels, but got 3"],
        ),
        Mistake(
            "channels do not fit",
            "Each convolution must take as many channels as the one before gives.",
            lambda: nn.Sequential(*chain(20, 28)[:6], *chain(20, 30, 55)[6:]),
            raises=["channels, but got"],
        ),
        Mistake(
            "batch flattened",
            "The pictures of the batch were made one row: flatten from dimension 1 on, as nn.Flatten() does.",
            lambda: nn.Sequential(*right()[:-2], nn.Flatten(0), nn.Linear(55, 10)),
            raises=["(1x", "size mismatch, got input"],
        ),
        Mistake(
            "sizes do not fit",
            "A dense layer gets another number of inputs than it takes: print the shape before it.",
            lambda: without(right(), nn.AdaptiveAvgPool2d),
            lambda: without(right(), nn.Flatten),
            raises=["cannot be multiplied", "is invalid for input of size", "too small"],
        ),
    ],
    unnamed={
        "not a function": [nn.Sequential()],
        "not a network": [lambda: Called, lambda: PARAMETERS],
        "arguments": [lambda channels: chain(channels, 28, 55)],
    },
)
