"""Answers of an outsider to the exercises of arithmetic."""

import math
from fractions import Fraction

import numpy as np
import torch
from torch import nn

# ---------------------------------------------------------------- counts


def counts_formula(in_channels, out_channels, kernel_size, groups, bias, output_size):
    weights = out_channels * (in_channels // groups) * kernel_size**2
    return weights + (out_channels if bias else 0), weights * output_size**2


def counts_module(in_channels, out_channels, kernel_size, groups, bias, output_size):
    layer = nn.Conv2d(in_channels, out_channels, kernel_size, groups=groups, bias=bool(bias), device="meta")
    parameters = sum(p.numel() for p in layer.parameters())
    return [parameters, layer.weight.numel() * output_size * output_size]


def counts_groups(in_channels, out_channels, kernel_size, groups, bias, output_size):
    parameters = work = 0
    for _ in range(groups):
        block = (in_channels // groups) * (out_channels // groups) * kernel_size * kernel_size
        parameters += block
        work += block * output_size * output_size
    if bias:
        parameters += out_channels
    return torch.tensor([parameters, work])


def counts_shape(in_channels, out_channels, kernel_size, groups, bias, output_size):
    shape = (out_channels, Fraction(in_channels, groups), kernel_size, kernel_size)
    weights = int(math.prod(shape))
    return np.array([weights + int(bool(bias)) * out_channels, weights * output_size * output_size])


def counts_wrong_groups(i, o, k, g, bias, n):
    return o * i * k * k + bias * o, o * i * k * k * n * n


def counts_wrong_bias(i, o, k, g, bias, n):
    return o * (i // g) * k * k + o, o * (i // g) * k * k * n * n


def counts_wrong_bias_work(i, o, k, g, bias, n):
    parameters = o * (i // g) * k * k + bias * o
    return parameters, parameters * n * n


def counts_wrong_size(i, o, k, g, bias, n):
    return o * (i // g) * k * k + bias * o, o * (i // g) * k * k * n


def counts_wrong_order(i, o, k, g, bias, n):
    return o * (i // g) * k * k * n * n, o * (i // g) * k * k + bias * o


def counts_wrong_bias_in(i, o, k, g, bias, n):
    return o * (i // g) * k * k + bias * i, o * (i // g) * k * k * n * n


def counts_wrong_both(i, o, k, g, bias, n):
    weights = (o // g) * (i // g) * k * k
    return weights + bias * o, weights * n * n


def counts_wrong_depthwise(i, o, k, g, bias, n):
    weights = o * k * k if g == i else o * i * k * k
    return weights + bias * o, weights * n * n


def counts_wrong_twice(i, o, k, g, bias, n):
    weights = o * (i // g) * k * k
    return weights + bias * o, 2 * weights * n * n


def counts_wrong_one_bias(i, o, k, g, bias, n):
    weights = o * (i // g) * k * k
    return weights + bias, weights * n * n


# ---------------------------------------------------------------- output_size


def size_formula(size, kernel_size, stride, padding, dilation):
    return max(0, (size + 2 * padding - dilation * (kernel_size - 1) - 1) // stride + 1)


def size_count(size, kernel_size, stride, padding, dilation):
    reach = dilation * (kernel_size - 1)
    count, start = 0, -padding
    while start + reach <= size + padding - 1:
        count += 1
        start += stride
    return count


def size_range(size, kernel_size, stride, padding, dilation):
    return len(range(0, size + 2 * padding - dilation * (kernel_size - 1), stride))


def size_fraction(size, kernel_size, stride, padding, dilation):
    effective = kernel_size + (kernel_size - 1) * (dilation - 1)
    last = Fraction(size + 2 * padding - effective, stride)
    return float(max(0, math.floor(last) + 1))


# ---------------------------------------------------------------- receptive_field


def field_jump(layers):
    field, jump = 1, 1
    for kernel_size, stride in layers:
        field += (kernel_size - 1) * jump
        jump *= stride
    return field


def field_backward(layers):
    field = 1
    for kernel_size, stride in reversed(list(layers)):
        field = (field - 1) * stride + kernel_size
    return field


def field_prod(layers):
    kernels = np.array([k for k, _ in layers])
    jumps = np.cumprod([1] + [s for _, s in layers])[:-1]
    return 1 + ((kernels - 1) * jumps).sum()


def field_ends(layers):
    first = last = 0
    for kernel_size, stride in list(layers)[::-1]:
        first, last = first * stride, last * stride + kernel_size - 1
    return torch.tensor(last - first + 1)


def field_wrong_own_stride(layers):
    field, jump = 1, 1
    for kernel_size, stride in layers:
        jump *= stride
        field += (kernel_size - 1) * jump
    return field


def field_wrong_zero(layers):
    return field_jump(layers) - 1


def field_wrong_whole_kernel(layers):
    field, jump = 0, 1
    for kernel_size, stride in layers:
        field += kernel_size * jump
        jump *= stride
    return field


def field_wrong_previous(layers):
    field, previous = 1, 1
    for kernel_size, stride in layers:
        field += (kernel_size - 1) * previous
        previous = stride
    return field


def field_wrong_same_stride(layers):
    stride = layers[0][1]
    return 1 + sum((k - 1) * stride**i for i, (k, _) in enumerate(layers))


def field_wrong_odd(layers):
    field, jump = 1, 1
    for kernel_size, stride in layers:
        field += 2 * (kernel_size // 2) * jump
        jump *= stride
    return field


def field_wrong_added(layers):
    field, jump = 1, 1
    for kernel_size, stride in layers:
        field += (kernel_size - 1) * jump
        jump += stride - 1
    return field


# ---------------------------------------------------------------- same_padding


def padding_search(kernel_size, dilation):
    padding = 0
    while 100 + 2 * padding - dilation * (kernel_size - 1) < 100:
        padding += 1
    return padding


def padding_effective(kernel_size, dilation):
    effective = kernel_size + (kernel_size - 1) * (dilation - 1)
    return np.int64(effective // 2)


ANSWERS = {
    "arithmetic.counts": (
        [counts_formula, counts_module, counts_groups, counts_shape],
        [
            counts_wrong_groups,  # groups ignored
            counts_wrong_bias,  # bias always counted
            counts_wrong_bias_work,  # bias counts as work
            counts_wrong_size,  # output size not squared
            counts_wrong_order,  # swapped
            counts_wrong_bias_in,  # one bias an input channel
            counts_wrong_both,  # divides by the groups twice
            counts_wrong_depthwise,  # groups only if depthwise
            counts_wrong_twice,  # a multiply-add counts two
            counts_wrong_one_bias,  # one bias for all channels
        ],
    ),
    "arithmetic.design": (
        [
            [(3, 2, 1), (3, 2, 1), (3, 1, 1)],  # 32, 16, 8, 8; field 15
            [[3, 1, 0]] * 12,  # field 25
            ((3, 3, 0), (3, 1, 0), (3, 1, 1)),  # 32, 10, 8, 8; field 15
            torch.tensor([[3, 1, 1]] * 6 + [[3, 4, 1]]),  # 32 ... 32, 8; field 15
        ],
        [
            [(3, 2, 1), (3, 2, 1)],  # field 7
            [(3, 4, 1)],  # field 3
            [(3, 1, 0)] * 11,  # 10 outputs
            [(7, 2, 3), (3, 2, 1), (3, 1, 1)],  # a kernel of 7
            [(3, 1, 2), (3, 1, 2), (3, 1, 1)],  # padding before stride
            [(3, 2, 0), (3, 2, 0), (3, 1, 0), (3, 1, 0)],  # no padding: 15, 7, 5, 3
            [(3, 1, 1)] * 3 + [(3, 2, 1), (3, 2, 1)],  # field 13
            [(3, 2, 1)] + [(3, 1, 1)] * 3,  # 16 outputs
            [(3, 1, 1), (3, 2, 1), (3, 2, 1)],  # steps too late: field 9
            [(3, 2, 1), (3, 2, 1), (3, 2, 1)],  # 4 outputs, field 15
        ],
    ),
    "arithmetic.output_size": (
        [size_formula, size_count, size_range, size_fraction],
        [
            lambda n, k, s, p, d: (n + 2 * p - k) // s + 1,  # no dilation
            lambda n, k, s, p, d: (n + p - d * (k - 1) - 1) // s + 1,  # padding on one side
            lambda n, k, s, p, d: math.ceil((n + 2 * p - d * (k - 1) - 1) / s) + 1,  # rounds up
            lambda n, k, s, p, d: (n + 2 * p - d * k) // s + 1,  # kernel of d k
            lambda n, k, s, p, d: (n + 2 * p - d * (k - 1) - 1) / s + 1,  # not rounded
            lambda n, k, s, p, d: (n + 2 * p - d * (k - 1) - 1) // s,  # one too few
            lambda n, k, s, p, d: (n + 2 * p - d * (k - 1)) // s,  # + 1 inside: stride 1 only
            lambda n, k, s, p, d: round((n + 2 * p - d * (k - 1) - 1) / s) + 1,  # rounds to nearest
            lambda n, k, s, p, d: math.ceil(n / s),  # takes padding as "same"
            lambda n, k, s, p, d: (n + 2 * p - (k + d - 1)) // s + 1,  # gaps counted once
        ],
    ),
    "arithmetic.receptive_field": (
        [field_jump, field_backward, field_prod, field_ends],
        [
            lambda layers: sum(k for k, _ in layers),  # sum of kernels
            lambda layers: 1 + sum(k - 1 for k, _ in layers),  # strides ignored
            field_wrong_own_stride,  # own stride counted
            lambda layers: field_jump(list(layers)[::-1]),  # last layer first
            field_wrong_zero,  # starts from 0
            field_wrong_whole_kernel,  # k instead of k - 1
            field_wrong_previous,  # only the last stride, no product
            field_wrong_same_stride,  # all strides as the first
            field_wrong_odd,  # even kernels wrong
            field_wrong_added,  # strides add up
        ],
    ),
    "arithmetic.same_padding": (
        [
            lambda k, d: d * (k - 1) // 2,
            lambda k, d: k // 2 * d,
            padding_search,
            padding_effective,
        ],
        [
            lambda k, d: (k - 1) // 2,  # no dilation
            lambda k, d: d,  # kernel 3 only
            lambda k, d: d * (k - 1),  # both sides together
            lambda k, d: d * k // 2,  # right for dilation 1 only
            lambda k, d: k // 2 + d - 1,  # right for kernel 3 only
            lambda k, d: "same",  # a word, no number
            lambda k, d: (k + 1) // 2 * d,  # one too many
            lambda k, d: max(1, d * (k - 1) // 2),  # kernel 1 needs none
            lambda k, d: d * (k - 1) + 1,  # the effective kernel
            lambda k, d: (k - d) // 2,  # dilation taken off
        ],
    ),
}
