"""Answers to the exercise that assembles LeNet-5, written as students write them."""

from __future__ import annotations

from collections import OrderedDict
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from cnnlab.exercises.exercise import Wrong
from cnnlab.models.lenet import C3_CONNECTIONS
from cnnlab.models.partial_convolution import PartialConv2d


def _in_a_row(*last: nn.Module, padding: int = 0, bias: bool = True, **other: Any) -> nn.Sequential:
    """Return the chain that most will write, with other layers of the kinds that are named."""
    activation, pool = other.get("activation", nn.ReLU), other.get("pool", nn.MaxPool2d)
    flat = 16 * (4 + padding // 2) ** 2
    return nn.Sequential(
        *(nn.Conv2d(1, 6, 5, padding=padding, bias=bias), activation(), pool(2)),
        *(other.get("c3", nn.Conv2d(6, 16, 5, bias=bias)), activation(), pool(2)),
        *(nn.Flatten(), nn.Linear(flat, 120, bias=bias), activation()),
        *(nn.Linear(120, 84, bias=bias), activation(), nn.Linear(84, 10, bias=bias)),
        *last,
    )


class _Functional(nn.Module):
    """The layers as attributes, in no order, the rest as calls."""

    def __init__(self) -> None:
        super().__init__()
        self.fc1, self.fc2, self.fc3 = nn.Linear(256, 120), nn.Linear(120, 84), nn.Linear(84, 10)
        self.conv1, self.conv2 = nn.Conv2d(1, 6, 5), nn.Conv2d(6, 16, 5)

    def forward(self, x: Tensor) -> Tensor:
        x = F.max_pool2d(F.relu(self.conv1(x)), 2)
        x = F.max_pool2d(torch.relu(self.conv2(x)), 2).view(-1, 256)
        return torch.Tensor(self.fc3(F.relu(self.fc2(F.relu(self.fc1(x))))))


class _Parts(nn.Module):
    """Two halves, lazily sized, pooled before ReLU: the same, as the largest stays the largest."""

    def __init__(self) -> None:
        super().__init__()
        self.features = nn.Sequential(
            *(nn.LazyConv2d(6, 5), nn.MaxPool2d(2, 2), nn.ReLU(inplace=True)),
            *(nn.LazyConv2d(16, 5), nn.MaxPool2d(2, 2), nn.ReLU(inplace=True)),
        )
        self.dense = nn.ModuleList(nn.LazyLinear(n) for n in (120, 84, 10))

    def forward(self, images: Tensor) -> Tensor:
        values = self.features(images).flatten(1)
        for layer in self.dense[:-1]:
            values = layer(values).clamp(min=0)
        return torch.as_tensor(self.dense[-1](values))


class _ByHand(nn.Module):
    """Parameters of one's own, dense matrices the other way round."""

    def __init__(self) -> None:
        super().__init__()
        shapes = (
            (6, 1, 5, 5),
            (6,),
            (16, 6, 5, 5),
            (16,),
            (256, 120),
            (120,),
            (120, 84),
            (84,),
            (84, 10),
            (10,),
        )
        self.p = nn.ParameterList(torch.randn(shape) for shape in shapes)

    def forward(self, x: Tensor) -> Tensor:
        for weight, bias in ((self.p[0], self.p[1]), (self.p[2], self.p[3])):
            x = F.conv2d(x, weight, bias).relu().unfold(2, 2, 2).unfold(3, 2, 2).amax((4, 5))
        x = x.reshape(len(x), -1)
        x = (x @ self.p[4] + self.p[5]).relu()
        return torch.as_tensor((x @ self.p[6] + self.p[7]).relu() @ self.p[8] + self.p[9])


def _all_convolutions() -> nn.Module:
    """C5 as a convolution over all that is left, as in the paper."""
    layers = OrderedDict(
        c1=nn.Conv2d(1, 6, 5), r1=nn.ReLU(), s2=nn.MaxPool2d(2), c3=nn.Conv2d(6, 16, 5), r3=nn.ReLU(),
        s4=nn.MaxPool2d(2), c5=nn.Conv2d(16, 120, 4), r5=nn.ReLU(), flat=nn.Flatten(),
        f6=nn.Linear(120, 84), r6=nn.ReLU(), out=nn.Linear(84, 10),
    )  # fmt: skip
    return nn.Sequential(layers)


ASSEMBLE_RIGHT: tuple[Any, ...] = (_in_a_row, _Functional, lambda: _Parts(), _ByHand, _all_convolutions)


def _without(*places: int) -> nn.Module:
    """Return the chain without the layers at these places."""
    return nn.Sequential(*[layer for place, layer in enumerate(_in_a_row()) if place not in places])


def _with(place: int, layer: nn.Module) -> nn.Module:
    """Return the chain with another layer at this place."""
    layers = [*_in_a_row()]
    layers[place] = layer
    return nn.Sequential(*layers)


class _Unregistered(_Functional):
    def __init__(self) -> None:
        nn.Module.__init__(self)
        self.layers = [*_in_a_row()]

    def forward(self, x: Tensor) -> Tensor:
        for layer in self.layers:
            x = layer(x)
        return x


class _Forgetful(_Functional):
    def forward(self, x: Tensor) -> Any:
        super().forward(x)


class _TooLate(_Functional):
    def __init__(self) -> None:
        self.conv = nn.Conv2d(1, 6, 5)


def _small_kernels() -> nn.Module:
    return nn.Sequential(
        *(nn.Conv2d(1, 6, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(6, 16, 3), nn.ReLU(), nn.MaxPool2d(2)),
        *[*_in_a_row(padding=2)][6:],
    )


def _normalised() -> nn.Module:
    layers = [*_in_a_row()]
    return nn.Sequential(layers[0], nn.BatchNorm2d(6), *layers[1:4], nn.BatchNorm2d(16), *layers[4:])


def _no_pooling() -> nn.Module:
    layers = [layer for layer in _in_a_row() if not isinstance(layer, nn.MaxPool2d)]
    return nn.Sequential(*layers[:5], nn.Linear(6400, 120), *layers[6:])


ASSEMBLE_WRONG = (
    Wrong(lambda: _in_a_row(padding=2), "padded"),
    Wrong(_no_pooling, "not pooled"),
    Wrong(lambda: _in_a_row(bias=False), "no biases"),
    Wrong(lambda: _in_a_row(c3=nn.Conv2d(6, 16, 5, bias=False)), "too few parameters"),
    Wrong(_small_kernels, "3 x 3 kernels"),
    Wrong(lambda: _in_a_row(c3=PartialConv2d(6, C3_CONNECTIONS, 5)), "partial C3"),
    Wrong(lambda: _without(11), "no last layer"),
    Wrong(lambda: nn.Sequential(*[*_in_a_row()][:9], nn.Linear(120, 10)), "dense layer missing"),
    Wrong(_normalised, "normalisation"),
    Wrong(_Unregistered, "not registered"),
    Wrong(lambda: nn.Sequential(*_in_a_row(), nn.Unflatten(1, (10, 1, 1))), "outputs"),
    Wrong(lambda: _with(11, nn.Linear(84, 9)), "outputs"),
    Wrong(lambda: _in_a_row(nn.PReLU()), "too many parameters"),
    Wrong(lambda: _in_a_row(c3=nn.Conv2d(6, 16, 5, groups=2)), "too few parameters"),
    Wrong(lambda: _with(8, nn.Sequential(nn.ReLU(), nn.Dropout())), "random"),
    Wrong(lambda: _with(2, nn.LPPool2d(2, 2)), "other layers"),
    Wrong(lambda: _with(1, nn.Sequential(nn.BatchNorm2d(6, affine=False), nn.ReLU())), "other layers"),
    Wrong(lambda: _in_a_row(activation=nn.Tanh), "other activation"),
    Wrong(lambda: _in_a_row(activation=nn.Tanh, pool=nn.AvgPool2d), "other activation"),
    Wrong(lambda: _without(1, 4, 8, 10), "no ReLU"),
    Wrong(lambda: _without(8, 10), "some ReLU missing"),
    Wrong(lambda: _in_a_row(pool=nn.AvgPool2d), "average pooling"),
    Wrong(lambda: _in_a_row(nn.Softmax(1)), "probabilities"),
    Wrong(lambda: _in_a_row(nn.LogSoftmax(1)), "probabilities"),
    Wrong(lambda: _in_a_row(nn.ReLU()), "activation at the end"),
    Wrong(_in_a_row(), "not a function"),
    Wrong(_TooLate, "no super().__init__()"),
    Wrong(lambda: nn.ModuleList(_in_a_row()), "no forward"),
    Wrong(lambda: _in_a_row(activation=nn.ReLU6), "other layers"),
    Wrong(lambda: _with(7, nn.Linear(400, 120)), "picture of 32"),
    Wrong(lambda: _with(0, nn.Conv2d(3, 6, 5)), "grey forgotten"),
    Wrong(lambda: _with(6, nn.Flatten(0)), "batch flattened"),
    Wrong(lambda: _without(6), "not flattened"),
    Wrong(lambda: _without(5), "sizes do not fit"),
    Wrong(lambda: _Functional, "not a network"),
    Wrong(lambda: [*_in_a_row()], "not a network"),
    Wrong(lambda: 44_426, "not a network"),
    Wrong(_Forgetful, "nothing"),
    Wrong(lambda size: _in_a_row(), "arguments"),
)
