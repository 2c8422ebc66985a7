"""Answers of an outsider to the exercises of arithmetic."""

import math

import numpy as np
import torch
from torch import nn


# ---- counts
def counts_1(in_channels, out_channels, kernel_size, groups, bias, output_size):
    weights = out_channels * (in_channels // groups) * kernel_size**2
    return weights + (out_channels if bias else 0), weights * output_size**2


def counts_2(in_channels, out_channels, kernel_size, groups, bias, output_size):
    channels = int(in_channels), int(out_channels)
    layer = nn.Conv2d(*channels, int(kernel_size), groups=int(groups), bias=bool(bias))
    return [sum(p.numel() for p in layer.parameters()), layer.weight.numel() * output_size * output_size]


def counts_3(in_channels, out_channels, kernel_size, groups, bias, output_size):
    parameters = work = 0
    for _ in range(int(groups)):
        one = (in_channels // groups) * (out_channels // groups) * kernel_size * kernel_size
        parameters += one
        work += one * output_size * output_size
    return torch.tensor([parameters + bool(bias) * out_channels, work])


def counts_4(in_channels, out_channels, kernel_size, groups, bias, output_size):
    each = in_channels / groups * kernel_size**2
    return np.array([out_channels * (each + int(bias)), out_channels * each * output_size**2])


def counts_w1(i, o, k, g, bias, n):
    w = i * o * k * k
    return w + o * bool(bias), w * n * n


def counts_w2(i, o, k, g, bias, n):
    w = i * o * k * k // g
    return w + o, w * n * n


def counts_w3(i, o, k, g, bias, n):
    w = i * o * k * k // g
    return w, w * n * n


def counts_w4(i, o, k, g, bias, n):
    w = i * o * k * k // g
    return w + o * bool(bias), w * n


def counts_w5(i, o, k, g, bias, n):
    p = i * o * k * k // g + o * bool(bias)
    return p, p * n * n


def counts_w6(i, o, k, g, bias, n):
    w = (i // g) * (o // g) * k * k
    return w + o * bool(bias), w * n * n


def counts_w7(i, o, k, g, bias, n):
    w = i * o * k * k // g
    return w + (o // g) * bool(bias), w * n * n


def counts_w8(i, o, k, g, bias, n):
    w = i * o * k * k // g
    return w + o * bool(bias), 2 * w * n * n


def counts_w9(i, o, k, g, bias, n):
    w = i * i * k * k // g
    return w + o * bool(bias), w * n * n


def counts_w10(i, o, k, g, bias, n):
    w = i * o * k * k // g
    return w + i * bool(bias), w * n * n


# ---- output_size
def size_1(size, kernel_size, stride, padding, dilation):
    return (size + 2 * padding - dilation * (kernel_size - 1) - 1) // stride + 1


def size_2(size, kernel_size, stride, padding, dilation):
    last = dilation * (kernel_size - 1)
    count, start = 0, 0
    while start + last < size + 2 * padding:
        count += 1
        start += stride
    return count


def size_3(size, kernel_size, stride, padding, dilation):
    room = size + 2 * padding - ((kernel_size - 1) * dilation + 1)
    return math.floor(room / stride) + 1


def size_4(size, kernel_size, stride, padding, dilation):
    total = int(size + 2 * padding)
    covered = int(dilation * (kernel_size - 1) + 1)
    return torch.zeros(total).unfold(0, covered, int(stride)).shape[0] if covered <= total else 0


def size_w1(size, k, s, p, d):
    return (size + 2 * p - k) // s + 1


def size_w2(size, k, s, p, d):
    return (size + p - d * (k - 1) - 1) // s + 1


def size_w3(size, k, s, p, d):
    return math.ceil((size + 2 * p - d * (k - 1) - 1) / s) + 1


def size_w4(size, k, s, p, d):
    return round((size + 2 * p - d * (k - 1) - 1) / s) + 1


def size_w5(size, k, s, p, d):
    return (size + 2 * p - d * (k - 1) - 1) / s + 1


def size_w6(size, k, s, p, d):
    return (size + 2 * p - d * (k - 1) - 1) // s


def size_w7(size, k, s, p, d):
    return (size + 2 * p - d * k) // s + 1


def size_w8(size, k, s, p, d):
    return (size - d * (k - 1) - 1) // s + 1 + 2 * p // s


def size_w9(size, k, s, p, d):
    return (size + 2 * p - (k + d - 1)) // s + 1


def size_w10(size, k, s, p, d):
    return -(-(size + 2 * p) // s) - d * (k - 1)


# ---- receptive_field
def field_1(layers):
    field, jump = 1, 1
    for kernel, stride in layers:
        field += (kernel - 1) * jump
        jump *= stride
    return field


def field_2(layers):
    field = 1
    for kernel, stride in reversed(list(layers)):
        field = (field - 1) * stride + kernel
    return field


def field_3(layers):
    kernels = np.array([k for k, s in layers])
    jumps = np.cumprod([1] + [s for k, s in layers])[:-1]
    return 1 + int(((kernels - 1) * jumps).sum())


def field_4(layers):
    (kernel, stride), rest = layers[0], layers[1:]
    return kernel + (stride * (field_4(rest) - 1) if len(rest) else 0)


def field_w1(layers):
    return 1 + sum(k - 1 for k, s in layers)


def field_w2(layers):
    field, jump = 1, 1
    for k, s in layers:
        jump *= s
        field += (k - 1) * jump
    return field


def field_w3(layers):
    return field_1(layers[::-1])


def field_w4(layers):
    return math.prod(k for k, s in layers)


def field_w5(layers):
    field, jump = 1, 1
    for k, s in layers:
        field += k * jump
        jump *= s
    return field - 1


def field_w6(layers):
    field, jump = 1, 0
    for k, s in layers:
        field += (k - 1) * max(jump, 1)
        jump += s
    return field


def field_w7(layers):
    return field_1(layers[:-1]) if len(layers) > 1 else layers[0][0]


def field_w8(layers):
    field, previous = 1, 1
    for k, s in layers:
        field += (k - 1) * previous
        previous = s
    return field


def field_w9(layers):
    field, jump = 1, 1
    for k, s in layers:
        field += 2 * (k // 2) * jump
        jump *= s
    return field


def field_w10(layers):
    s = layers[0][1]
    return 1 + sum((k - 1) * s**i for i, (k, _) in enumerate(layers))


# ---- same_padding
def same_1(kernel_size, dilation):
    return dilation * (kernel_size - 1) // 2


def same_2(kernel_size, dilation):
    return dilation * (kernel_size // 2)


def same_3(kernel_size, dilation):
    padding = 0
    while 2 * padding - dilation * (kernel_size - 1) < 0:
        padding += 1
    return padding


def same_4(kernel_size, dilation):
    covered = (kernel_size - 1) * dilation + 1
    return torch.tensor(covered // 2)


ANSWERS = {
    "arithmetic.counts": (
        [counts_1, counts_2, counts_3, counts_4],
        [
            counts_w1,  # groups forgotten
            counts_w2,  # bias always counted
            counts_w3,  # bias never counted
            counts_w4,  # output_size not squared
            counts_w5,  # adding the biases counted as work
            counts_w6,  # out_channels divided by groups too
            counts_w7,  # one bias a channel of one group only
            counts_w8,  # a multiply-add counted as two
            counts_w9,  # right only for as many channels in as out
            counts_w10,  # one bias for each input channel
        ],
    ),
    "arithmetic.design": (
        [
            [(3, 2, 1), (3, 2, 1), (3, 1, 1)],
            [(3, 1, 0)] * 12,
            ((3, 4, 1), (3, 1, 1), (3, 1, 1)),
            [[3, 3, 0], [3, 1, 0], [3, 1, 1]],
        ],
        [
            [(3, 1, 1), (3, 2, 1), (3, 1, 1), (3, 2, 1)],  # 8 outputs, field of 13 only
            [(3, 2, 0), (3, 2, 0), (3, 1, 1), (3, 1, 1)],  # 7 outputs: rounding forgotten
            [(3, 1, 2), (3, 1, 2), (3, 1, 1)],  # wrong way round: kernel, padding, stride
            [(5, 2, 2), (5, 2, 2), (3, 1, 1)],  # kernels of 5
            [(3, 2, 1), (3, 2, 1), (3, 1, 0)],  # padding of the last layer forgotten: 6
            [(3, 4, 1)],  # 8 outputs in one layer, field of 3
            [(3, 2, 1), (3, 2, 1), (3, 2, 1)],  # one stride too many: 4 outputs, field 15
            [(3, 1, 0)] * 11,  # one layer short: 10 outputs
            [(3, 2), (3, 2), (3, 1)],  # pairs, no padding
            [(3, 1, 1)] * 7,  # field of 15, size stays 32
        ],
    ),
    "arithmetic.output_size": (
        [size_1, size_2, size_3, size_4],
        [
            size_w1,  # dilation forgotten
            size_w2,  # padding on one side only
            size_w3,  # rounded up
            size_w4,  # rounded to the nearest
            size_w5,  # not rounded
            size_w6,  # + 1 forgotten
            size_w7,  # covers d * k: right without dilation
            size_w8,  # padding divided by the stride on its own
            size_w9,  # covers k + d - 1: right for kernels of 2, or no dilation
            size_w10,  # kernel subtracted after the stride: right for stride 1
        ],
    ),
    "arithmetic.receptive_field": (
        [field_1, field_2, field_3, field_4],
        [
            field_w1,  # strides ignored
            field_w2,  # own stride included
            field_w3,  # last layer first
            field_w4,  # product of the kernels
            field_w5,  # k for k - 1
            field_w6,  # strides added, not multiplied
            field_w7,  # last layer left out
            field_w8,  # only the stride just before: right up to two layers
            field_w9,  # right for odd kernels only
            field_w10,  # first stride taken for all
        ],
    ),
    "arithmetic.same_padding": (
        [same_1, same_2, same_3, same_4],
        [
            lambda k, d: (k - 1) // 2,  # dilation forgotten
            lambda k, d: d * (k - 1),  # both sides together
            lambda k, d: k // 2 + d - 1,  # dilation added
            lambda k, d: d * k // 2,  # right for dilation 1
            lambda k, d: d,  # right for kernels of 3
            lambda k, d: ((k - 1) // 2) ** d,  # power
            lambda k, d: "same",  # the name, not the number
            lambda k, d: max(1, d * (k - 1) // 2),  # kernel of 1
            lambda k, d: (d // 2) * (k - 1),  # right for even dilation
            lambda k, d: (d * (k - 1) + 1) / 2,  # half a pixel too many
        ],
    ),
}
