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


class Called(nn.Module):
    """Layers by name, and a function of the pictures and the layers."""

    def __init__(self, function: Callable[..., Tensor], **layers: nn.Module) -> None:
        super().__init__()
        self.function, self.layers = function, nn.ModuleDict(layers)

    def forward(self, x: Tensor) -> Tensor:
        """Return logits, shape (N, 10)."""
        return self.function(x, **self.layers)


def side_by_side(x: Tensor, out: nn.Module, **convolutions: nn.Module) -> Tensor:
    """Return logits from convolutions that all see the picture."""
    return out(torch.cat([layer(x).relu().mean((2, 3)) for layer in convolutions.values()], 1))


EXERCISE = Function(
    measure=measure,
    measured=MEASURED,
    shows=shows,
    right=[
        right,
        lambda: Called(
            lambda x, a, b, c, out: out(c(torch.tanh(b(a(x).relu()))).relu().mean((2, 3))),
            **{"a": nn.Conv2d(3, 20, 3), "b": nn.Conv2d(20, 30, 3), "c": nn.Conv2d(30, 50, 3, bias=False)},
            out=nn.Linear(50, 10),
        ),
        lambda: nn.Sequential(*chain(37, 26, 26)[:-3], nn.Flatten(), nn.Dropout(), nn.LazyLinear(10)),
    ],
    mistakes=[
        Mistake(
            "not registered",
            "No parameters are found: keep layers as attributes or in an nn.ModuleList, not in a list.",
            nn.Flatten,
            fits=lambda got: got["parameters"] == 0,
        ),
        Mistake(
            "outputs",
            "One row of 10 numbers a picture, a single one too: flatten from dimension 1 on, end with 10.",
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
            "too many parameters",
            "Too many: fewer channels, a bias left out or a smaller kernel take the rest away.",
            lambda: chain(20, 28, 55),
            fits=lambda got: got["parameters"] > PARAMETERS,
        ),
        Mistake(
            "too few parameters",
            "Too few: more channels, biases or normalisation (two a channel) bring the rest.",
            lambda: chain(20, 28, 54, bias=False),
            fits=lambda got: got["parameters"] < PARAMETERS,
        ),
        Mistake(
            "idle parameters",
            "The number is right, but some parameters are frozen or never change what comes out.",
            lambda: right().requires_grad_(False),
            fits=lambda got: got["idle"] > 0,
        ),
        Mistake(
            "side by side",
            "The convolutions stand side by side: each of three must see what the one before made.",
            lambda: Called(
                side_by_side,
                **{str(size): nn.Conv2d(3, n, size) for size, n in [(3, 91), (5, 82), (7, 60)]},
                out=nn.Linear(91 + 82 + 60, 10),
            ),
            fits=lambda got: got["in a row"] < CONVOLUTIONS,
        ),
        Mistake(
            "linear",
            "Two convolutions with nothing but linear layers between do no more than one: put ReLU between.",
            lambda: nn.Sequential(*right()[:9:3], *right()[9:]),
            fits=lambda got: got["with bends"] < CONVOLUTIONS,
        ),
        Mistake(
            "activation at the end",
            "No softmax, nor another activation, at the end: logits may be of any size and sign.",
            lambda: right(nn.Softmax(1)),
            fits=lambda got: got["bounded"] == 1,
        ),
        Mistake(
            "sizes do not fit",
            "A dense layer gets another number of inputs than it takes: print the shape before it.",
            lambda: nn.Sequential(*right()[:9], *right()[10:]),
            raises=["cannot be multiplied", "is invalid for input of size", "size mismatch, got input"],
        ),
    ],
)
