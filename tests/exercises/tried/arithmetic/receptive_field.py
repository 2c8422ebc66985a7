"""Further answers to arithmetic.receptive_field."""

import numpy as np
import torch


def by_products(layers):
    kernels, strides = np.array(layers).T
    return 1 + np.sum((kernels - 1) * np.cumprod([1, *strides[:-1]]))


def by_gradient(layers):
    image = torch.ones(1, 1, 200, requires_grad=True)
    maps = image
    for kernel_size, stride in layers:
        maps = torch.nn.functional.conv1d(maps, torch.ones(1, 1, kernel_size), stride=stride)
    (gradient,) = torch.autograd.grad(maps[0, 0, 0], image)
    return int(torch.count_nonzero(gradient))


def with_a_first_layer(layers):
    field, jump = 1, 1
    stack = [(1, 1)] + layers  # noqa: RUF005 - as a student writes it; a tuple would not do
    for kernel_size, stride in stack:
        field, jump = field + (kernel_size - 1) * jump, jump * stride
    return field


def recursive(layers):
    if layers == []:
        return 1
    kernel_size, stride = layers[0]
    return (recursive(layers[1:]) - 1) * stride + kernel_size


def too_soon(layers):
    field = jump = 1
    for kernel_size, stride in layers:
        jump *= stride
        field += (kernel_size - 1) * jump
    return field


def from_zero(layers, field):
    strides = [stride for _, stride in layers]
    return field + sum(k * int(np.prod(strides[:i])) for i, (k, _) in enumerate(layers))


def only_before(layers):
    field, before = 1, 1
    for kernel_size, stride in layers:
        field += (kernel_size - 1) * before
        before = stride
    return field


def jumps_added(layers):
    field, jump = 1, 0
    for kernel_size, stride in layers:
        field += (kernel_size - 1) * (1 + jump)
        jump += stride - 1
    return field


def return_in_the_loop(layers):
    field, jump = 1, 1
    for kernel_size, _ in layers:
        field += (kernel_size - 1) * jump
        return field


def field_with(layers, other):
    return recursive([other(*layer) for layer in layers])


RIGHT = [by_products, by_gradient, with_a_first_layer, recursive]
WRONG = {
    "whole kernels": [
        lambda layers: int(np.sum(layers, axis=0)[0]),
        lambda layers: from_zero(layers, 0),
    ],
    "even kernels": [
        lambda layers: field_with(layers, lambda k, s: (k // 2 * 2 + 1, s)),
    ],
    "jump too soon": [
        too_soon,
    ],
    "stride ignored": [
        lambda layers: sum(k for k, _ in layers) - len(layers) + 1,
    ],
    "stride of one layer": [
        only_before,
        lambda layers: 1 + sum((k - 1) * layers[0][1] ** n for n, (k, _) in enumerate(layers)),
    ],
    "product of kernels": [
        lambda layers: int(np.prod(layers, axis=0)[0]),
    ],
    "start forgotten": [
        lambda layers: by_products(layers) - 1,
    ],
    "order": [
        lambda layers: by_products(list(reversed(layers))),
    ],
    "wrong values": [
        lambda layers: from_zero(layers, 1),
        lambda layers: sum((k - 1) * s for k, s in layers) + 1,
        lambda layers: int(np.dot(*np.array(layers).T)),
        jumps_added,
        lambda layers: torch.tensor(layers)[:, 1].prod(),
        return_in_the_loop,
        lambda layers: 2 * by_products(layers) - 1,
        lambda layers: by_products(layers) ** 2,
        # Tame cases would accept these: strides of 1 x 1 and beyond kernels, three layers, odd fields.
        lambda layers: field_with(layers, lambda k, s: (k, s if k > 1 else 1)),
        lambda layers: field_with(layers, lambda k, s: (k, min(k, s))),
        lambda layers: recursive(layers[:3]),
        lambda layers: recursive(layers) // 2 * 2 + 1,
    ],
    "wrong shape": [
        lambda layers: layers,
        lambda layers: [recursive(layers[:n]) for n in range(len(layers))],
        lambda layers: (by_products(layers), int(np.prod(layers, axis=0)[1])),
        lambda layers: [recursive(layers[:n]) for n in range(1, len(layers) + 1)],
        lambda layers: [recursive(layers[:n]) for n in range(len(layers) + 1)],
    ],
    "exception": [
        lambda layers: sum(layers),
    ],
    "nothing": [
        lambda layers: layers.sort(),
    ],
    "changed its input": [
        lambda layers: recursive([layers.pop(0) for _ in layers[:]]),
    ],
    "arguments": [
        lambda kernels, strides: sum(kernels),
    ],
}
