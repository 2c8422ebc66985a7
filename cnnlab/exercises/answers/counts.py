"""Answers to the exercise on cost, written as students write them."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from torch.nn import Conv2d

from cnnlab.exercises.exercise import Wrong


def _by_shape(i: int, o: int, k: int, g: int, bias: bool, size: int) -> list[int]:
    weight = np.zeros((o, i // g, k, k))
    return [weight.size + (o if bias else 0), weight.size * size * size]


def _by_layer(i: int, o: int, k: int, g: int, bias: bool, size: int) -> torch.Tensor:
    layer = Conv2d(i, o, k, groups=g, bias=bias)
    places = layer(torch.zeros(1, i, size + k - 1, size + k - 1))[0, 0].numel()
    return torch.tensor([sum(p.numel() for p in layer.parameters()), layer.weight.numel() * places])


def _by_loop(i: int, o: int, k: int, g: int, bias: bool, size: int) -> tuple[int, int]:
    parameters = multiply_adds = 0
    for _ in range(o):
        for _ in range(i // g):
            parameters += k * k
            multiply_adds += k * k * size * size
        parameters += int(bias)
    return parameters, multiply_adds


def _first(i: int, o: int, k: int, g: int, bias: bool, size: int) -> int:
    return _by_loop(i, o, k, g, bias, size)[0]


def _second(i: int, o: int, k: int, g: int, bias: bool, size: int) -> int:
    return _by_loop(i, o, k, g, bias, size)[1]


def _grouped_twice(i: int, o: int, k: int, g: int, bias: bool, size: int) -> tuple[float, float]:
    weights = (o / g) * (i / g) * k * k
    return weights + (o if bias else 0), weights * size * size


COUNTS_RIGHT: tuple[Any, ...] = (_by_shape, _by_layer, _by_loop)

COUNTS_WRONG = (
    Wrong(lambda i, o, k, g, bias, size: _by_shape(i, o, k, 1, bias, size), "groups ignored"),
    Wrong(_grouped_twice, "groups twice"),
    Wrong(
        lambda i, o, k, g, bias, size: (k * k * i * o // g, k * k * i * o // g * size**2), "bias forgotten"
    ),
    Wrong(lambda i, o, k, g, bias, size: _by_layer(i, o, k, g, True, size), "bias always"),
    Wrong(
        lambda i, o, k, g, bias, size: (
            _first(i, o, k, g, bias, size),
            _first(i, o, k, g, bias, size) * size**2,
        ),
        "bias multiplied",
    ),
    Wrong(
        lambda i, o, k, g, bias, size: (
            _first(i, o, k, g, False, size) + bias * i,
            _second(i, o, k, g, bias, size),
        ),
        "bias of the input",
    ),
    Wrong(
        lambda i, o, k, g, bias, size: (i // g * o * k + bias * o, i // g * o * k * size**2),
        "kernel not squared",
    ),
    Wrong(
        lambda i, o, k, g, bias, size: (_first(i, o, k, g, bias, size), i // g * o * k**2 * size),
        "output not squared",
    ),
    Wrong(
        lambda i, o, k, g, bias, size: (_first(i, o, k, g, bias, size), i // g * o * k**2), "output forgotten"
    ),
    Wrong(
        lambda i, o, k, g, bias, size: _by_layer(i, o, k, g, bias, size) * torch.tensor([1, 2]), "operations"
    ),
    Wrong(lambda i, o, k, g, bias, size: _by_layer(i, o, k, g, bias, size).flip(0), "swapped"),
    Wrong(lambda i, o, k, g, bias, size: _first(i, o, k, g, bias, size), "wrong shape"),
    Wrong(lambda i, o, k, g, bias, size: (o * i, bias), "booleans"),
    Wrong(lambda i, o, k, size: (o * i * k * k, o * i * k * k * size**2), "arguments"),
)
