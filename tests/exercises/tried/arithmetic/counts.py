"""Further answers to arithmetic.counts."""

import numpy as np
import torch
from torch.nn import Conv2d


def by_shape(i, o, k, g, bias, size):
    weight = np.zeros((o, i // g, k, k))
    return [weight.size + (o if bias else 0), weight.size * size * size]


def by_layer(i, o, k, g, bias, size):
    layer = Conv2d(i, o, k, groups=g, bias=bias)
    places = layer(torch.zeros(1, i, size + k - 1, size + k - 1))[0, 0].numel()
    return torch.tensor([sum(p.numel() for p in layer.parameters()), layer.weight.numel() * places])


def by_loop(i, o, k, g, bias, size):
    parameters = multiply_adds = 0
    for _ in range(o):
        for _ in range(i // g):
            parameters += k * k
            multiply_adds += k * k * size * size
        parameters += int(bias)
    return parameters, multiply_adds


def first(i, o, k, g, bias, size):
    return by_loop(i, o, k, g, bias, size)[0]


def second(i, o, k, g, bias, size):
    return by_loop(i, o, k, g, bias, size)[1]


def grouped_twice(i, o, k, g, bias, size):
    weights = (o / g) * (i / g) * k * k
    return weights + (o if bias else 0), weights * size * size


def times_places(i, o, k, g, bias, size):
    return first(i, o, k, g, bias, size), first(i, o, k, g, bias, size) * size**2


def input_bias(i, o, k, g, bias, size):
    return first(i, o, k, g, False, size) + bias * i, second(i, o, k, g, bias, size)


def pair(i, o, k, g, biases, places):
    weights = o * (i // g) * k**2
    return weights + biases, weights * places


RIGHT = [by_shape, by_layer, by_loop]
WRONG = {
    "groups ignored": [
        lambda i, o, k, g, bias, size: by_shape(i, o, k, 1, bias, size),
    ],
    "groups twice": [
        grouped_twice,
    ],
    "bias always": [
        lambda i, o, k, g, bias, size: by_layer(i, o, k, g, True, size),
    ],
    "other biases": [
        lambda i, o, k, g, bias, size: (k * k * i * o // g, k * k * i * o // g * size**2),
        input_bias,
        lambda i, o, k, g, bias, size: pair(i, o, k, g, bias, size**2),
    ],
    "bias multiplied": [
        times_places,
    ],
    "output not squared": [
        lambda i, o, k, g, bias, size: (first(i, o, k, g, bias, size), i // g * o * k**2 * size),
    ],
    "operations": [
        lambda i, o, k, g, bias, size: by_layer(i, o, k, g, bias, size) * torch.tensor([1, 2]),
    ],
    "swapped": [
        lambda i, o, k, g, bias, size: by_layer(i, o, k, g, bias, size).flip(0),
    ],
    "wrong values": [
        lambda i, o, k, g, bias, size: (i // g * o * k + bias * o, i // g * o * k * size**2),
        lambda i, o, k, g, bias, size: (first(i, o, k, g, bias, size), i // g * o * k**2),
        lambda i, o, k, g, bias, size: pair(i, o, k, g if g == i else 1, bias * o, size**2),
        lambda i, o, k, g, bias, size: pair(1, o, k, 1, bias * o, size**2),
        lambda i, o, k, g, bias, size: pair(i, 1, k, g, bias * o, size**2),
        lambda i, o, k, g, bias, size: pair(i, 1, k, g, bias, size**2),
        lambda i, o, k, g, bias, size: (i // g * o * k * 2 + bias * o, i // g * o * k * 2 * size**2),
        lambda i, o, k, g, bias, size: pair(i, o, k, g, bias * o, o * size**2),
        lambda i, o, k, g, bias, size: (
            first(i, o, k, g, bias, size),
            i // g * o * k**2 * size**2 + bias * o,
        ),
        # Tame cases would accept these: biases only without groups, the input's size, odd kernels, depthwise.
        lambda i, o, k, g, bias, size: pair(i, o, k, g, bias * o * (g == 1), size**2),
        lambda i, o, k, g, bias, size: pair(i, o, k, g, bias * o, max(1, size - k + 1) ** 2),
        lambda i, o, k, g, bias, size: pair(i, o, k // 2 * 2 + 1, g, bias * o, size**2),
        lambda i, o, k, g, bias, size: pair(i, i if g == i else o, k, g, bias * o, size**2),
    ],
    "wrong shape": [
        first,
    ],
    "one too long": [
        lambda i, o, k, g, bias, size: (*by_loop(i, o, k, g, bias, size), o),
    ],
    "booleans": [
        lambda i, o, k, g, bias, size: (o * i, bias),
    ],
    "arguments": [
        lambda i, o, k, size: (o * i * k * k, o * i * k * k * size**2),
    ],
}
