"""Answers to the exercise on a budget of parameters, written as students write them."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from cnnlab.exercises.exercise import Wrong


def _chain(*channels: int, bias: bool = True, normalise: bool = False, last: Any = ()) -> nn.Sequential:
    """Return convolutions of 3x3 with ReLU and pooling between, the mean of each map, and a dense layer."""
    layers: list[nn.Module] = []
    for before, after in pairwise((3, *channels)):
        layers += [nn.Conv2d(before, after, 3, padding=1, bias=bias)]
        layers += [nn.BatchNorm2d(after)] if normalise else []
        layers += [nn.ReLU(), nn.MaxPool2d(2)]
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(channels[-1], 10), *last)


class _Functional(nn.Module):
    """The layers as attributes, the rest as calls."""

    def __init__(self) -> None:
        super().__init__()
        self.c1, self.c2 = nn.Conv2d(3, 20, 3), nn.Conv2d(20, 30, 3)
        self.c3 = nn.Conv2d(30, 50, 3, bias=False)
        self.out = nn.Linear(50, 10)

    def forward(self, x: Tensor) -> Tensor:
        x = F.max_pool2d(F.relu(self.c1(x)), 2)
        x = F.avg_pool2d(F.relu(self.c2(x)), 2)
        return torch.as_tensor(self.out(F.relu(self.c3(x)).mean((2, 3))))


class _ByHand(nn.Module):
    """Parameters of one's own: 20, 28 and 55 kernels without biases, and a matrix."""

    def __init__(self) -> None:
        super().__init__()
        shapes = ((20, 3, 3, 3), (28, 20, 3, 3), (55, 28, 3, 3), (55, 10), (10,))
        self.p = nn.ParameterList(torch.randn(shape) for shape in shapes)

    def forward(self, x: Tensor) -> Tensor:
        for weight in [*self.p][:3]:
            x = torch.tanh(F.conv2d(x, weight, stride=2))
        return x.amax((2, 3)) @ self.p[3] + self.p[4]


def _as_vgg() -> nn.Module:
    """Two pairs of layers and one more, as VGG stacks them."""
    pair = [nn.Conv2d(3, 13, 3, padding=1), nn.ReLU(), nn.Conv2d(13, 13, 3, padding=1), nn.ReLU()]
    next_pair = [nn.Conv2d(13, 29, 3, padding=1), nn.ReLU(), nn.Conv2d(29, 29, 3, padding=1), nn.ReLU()]
    last = [nn.Conv2d(29, 26, 3, padding=1), nn.ReLU(), nn.AdaptiveMaxPool2d(1), nn.Flatten()]
    return nn.Sequential(*pair, nn.MaxPool2d(2), *next_pair, nn.MaxPool2d(2), *last, nn.Linear(26, 10))


def _flattened(*last: nn.Module) -> nn.Sequential:
    """Return a network whose dense layer sees all 4 x 4 places."""
    layers = [*_chain(37, 26, 26)][:-3]
    return nn.Sequential(*layers, nn.Flatten(), nn.Dropout(), nn.LazyLinear(10), *last)


def _separable() -> nn.Module:
    """Each map its own kernel, then a convolution of 1x1 across the maps, twice."""
    return nn.Sequential(
        *(nn.Conv2d(3, 28, 3, stride=2), nn.LeakyReLU()),
        *(nn.Conv2d(28, 28, 3, groups=28), nn.Conv2d(28, 68, 1), nn.LeakyReLU(), nn.AvgPool2d(2)),
        *(nn.Conv2d(68, 68, 3, groups=68), nn.Conv2d(68, 206, 1), nn.LeakyReLU()),
        *(nn.AdaptiveAvgPool2d((1, 1)), nn.Flatten(), nn.Linear(206, 10)),
    )


BUDGET_RIGHT: tuple[Any, ...] = (
    lambda: _chain(20, 28, 55, bias=False),
    lambda: _chain(33, 28, 40, normalise=True),
    _Functional,
    _ByHand,
    _as_vgg,
    _flattened,
    _separable,
)


class _Padded(nn.Module):
    """A network with as many parameters more as are missing, of which little or nothing is used."""

    def __init__(self, use: Callable[[Tensor], Tensor | float]) -> None:
        super().__init__()
        self.network, self.use = _chain(16, 24, 32), use
        self.more = nn.Linear(52, 166)

    def forward(self, x: Tensor) -> Tensor:
        return torch.as_tensor(self.network(x) + self.use(self.more.bias))


class _WithoutGradient(_Functional):
    def forward(self, x: Tensor) -> Tensor:
        with torch.no_grad():
            return super().forward(x)


class _Unregistered(nn.Module):
    def forward(self, x: Tensor) -> Tensor:
        return torch.as_tensor(_chain(20, 28, 55, bias=False)(x))


class _Forgetful(_Functional):
    def forward(self, x: Tensor) -> Any:
        super().forward(x)


class _TooLate(_Functional):
    def __init__(self) -> None:
        self.c1 = nn.Conv2d(3, 20, 3)


def _frozen() -> nn.Module:
    network = _chain(20, 28, 55, bias=False)
    next(network.parameters()).requires_grad = False
    return network


def _linear() -> nn.Module:
    layers = _chain(20, 28, 55, bias=False)
    return nn.Sequential(*[layer for layer in layers if not isinstance(layer, nn.ReLU | nn.MaxPool2d)])


def _without(kind: type[nn.Module]) -> nn.Module:
    return nn.Sequential(*[layer for layer in _chain(20, 28, 55) if not isinstance(layer, kind)])


def _two_convolutions() -> nn.Module:
    layers = (nn.Conv2d(3, 16, 3), nn.ReLU(), nn.Conv2d(16, 128, 3), nn.ReLU(), nn.AdaptiveAvgPool2d(1))
    return nn.Sequential(*layers, nn.Flatten(), nn.Linear(128, 10))


BUDGET_WRONG = (
    Wrong(lambda: _Padded(lambda more: 0.0), "idle parameters"),
    Wrong(lambda: _Padded(lambda more: 0 * more.sum()), "idle parameters"),
    Wrong(lambda: _Padded(lambda more: more[:10]), "idle parameters"),
    Wrong(_frozen, "idle parameters"),
    Wrong(_WithoutGradient, "idle parameters"),
    Wrong(_Unregistered, "not registered"),
    Wrong(_linear, "linear"),
    Wrong(lambda: _chain(20, 28, 55, bias=False, last=[nn.Softmax(1)]), "probabilities"),
    Wrong(lambda: _flattened(nn.LogSoftmax(-1)), "probabilities"),
    Wrong(lambda: _chain(20, 28, 55), "too many parameters"),
    Wrong(lambda: _chain(20, 29, 55, bias=False), "too many parameters"),
    Wrong(lambda: _chain(20, 28, 54, bias=False), "too few parameters"),
    Wrong(lambda: _chain(33, 28, 40), "too few parameters"),
    Wrong(lambda: _chain(64, 64, 64), "thousands apart"),
    Wrong(lambda: _chain(8, 16, 32), "thousands apart"),
    Wrong(_two_convolutions, "too few convolutions"),
    Wrong(
        lambda: nn.Sequential(nn.Flatten(), nn.LazyLinear(6), nn.ReLU(), nn.Linear(6, 10)),
        "too few convolutions",
    ),
    Wrong(lambda: nn.Sequential(*_chain(20, 28, 55, bias=False), nn.Unflatten(1, (10, 1))), "outputs"),
    Wrong(lambda: nn.Sequential(*[*_chain(20, 28, 55)][:-1]), "outputs"),
    Wrong(lambda: _without(nn.AdaptiveAvgPool2d), "sizes do not fit"),
    Wrong(lambda: _without(nn.Flatten), "sizes do not fit"),
    Wrong(lambda: nn.Sequential(nn.Conv2d(1, 20, 3), *[*_chain(20, 28, 55)][1:]), "colour forgotten"),
    Wrong(lambda: nn.Sequential(*[*_chain(20, 28)][:6], *[*_chain(20, 30, 55)][6:]), "channels do not fit"),
    Wrong(
        lambda: nn.Sequential(*[*_chain(20, 28, 55)][:-2], nn.Flatten(0), nn.Linear(55, 10)),
        "batch flattened",
    ),
    Wrong(_chain(20, 28, 55, bias=False), "not a function"),
    Wrong(_TooLate, "no super().__init__()"),
    Wrong(lambda: nn.ModuleList(_chain(20, 28, 55)), "no forward"),
    Wrong(lambda: _Functional, "not a network"),
    Wrong(lambda: (20, 28, 55), "not a network"),
    Wrong(lambda: 20_000, "not a network"),
    Wrong(_Forgetful, "nothing"),
    Wrong(lambda channels: _chain(channels, 28, 55), "arguments"),
)
