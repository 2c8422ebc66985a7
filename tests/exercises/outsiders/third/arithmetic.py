"""Answers of an outsider to the exercises of arithmetic."""

import math

import numpy as np
import torch
from torch import nn


# ---------------------------------------------------------------- counts
def counts_formula(in_channels, out_channels, kernel_size, groups, bias, output_size):
    weights = out_channels * (in_channels // groups) * kernel_size**2
    return weights + (out_channels if bias else 0), weights * output_size**2


def counts_layer(in_channels, out_channels, kernel_size, groups, bias, output_size):
    layer = nn.Conv2d(in_channels, out_channels, kernel_size, groups=groups, bias=bias)
    parameters = sum(p.numel() for p in layer.parameters())
    return [parameters, layer.weight.numel() * output_size * output_size]


def counts_groups(in_channels, out_channels, kernel_size, groups, bias, output_size):
    parameters = work = 0
    for _ in range(groups):
        filters = out_channels // groups
        weights = filters * (in_channels // groups) * kernel_size * kernel_size
        parameters += weights
        work += weights * output_size * output_size
    if bias:
        parameters += out_channels
    return torch.tensor([parameters, work])


def counts_numpy(in_channels, out_channels, kernel_size, groups, bias, output_size):
    weight = np.empty((out_channels, in_channels // groups, kernel_size, kernel_size))
    return np.array([weight.size + bias * out_channels, weight.size * output_size**2], dtype=np.int64)


def counts_swapped(*arguments):
    parameters, work = counts_formula(*arguments)
    return work, parameters


def counts_no_groups(i, o, k, groups, bias, size):
    return counts_formula(i, o, k, 1, bias, size)


def counts_groups_twice(i, o, k, groups, bias, size):
    weights = (i // groups) * (o // groups) * k * k
    return weights + bias * o, weights * size * size


def counts_bias_always(i, o, k, groups, bias, size):
    return counts_formula(i, o, k, groups, True, size)


def counts_bias_of_inputs(i, o, k, groups, bias, size):
    weights = counts_formula(i, o, k, groups, False, size)[0]
    return weights + bias * i, weights * size * size


def counts_bias_is_work(i, o, k, groups, bias, size):
    parameters = counts_formula(i, o, k, groups, bias, size)[0]
    return parameters, parameters * size * size


def counts_one_row(i, o, k, groups, bias, size):
    parameters, _ = counts_formula(i, o, k, groups, bias, size)
    return parameters, o * (i // groups) * k * k * size


def counts_doubled(i, o, k, groups, bias, size):
    parameters, work = counts_formula(i, o, k, groups, bias, size)
    return parameters, 2 * work


def counts_groups_in_parameters_only(i, o, k, groups, bias, size):
    return counts_formula(i, o, k, groups, bias, size)[0], o * i * k * k * size * size


def counts_divides_everything(i, o, k, groups, bias, size):
    return (o * i * k * k + bias * o) // groups, o * i * k * k * size * size // groups


# ---------------------------------------------------------------- output size
def size_formula(size, kernel_size, stride, padding, dilation):
    return (size + 2 * padding - dilation * (kernel_size - 1) - 1) // stride + 1


def size_count(size, kernel_size, stride, padding, dilation):
    reach = dilation * (kernel_size - 1)
    count, start = 0, -padding
    while start + reach <= size - 1 + padding:
        count += 1
        start += stride
    return count


def size_layer(size, kernel_size, stride, padding, dilation):
    layer = nn.Conv1d(1, 1, kernel_size, stride=stride, padding=padding, dilation=dilation)
    with torch.no_grad():
        return layer(torch.zeros(1, 1, size)).shape[-1]


def size_floor(size, kernel_size, stride, padding, dilation):
    effective = kernel_size + (kernel_size - 1) * (dilation - 1)
    return math.floor((size + 2 * padding - effective) / stride + 1)


# ---------------------------------------------------------------- receptive field
def field_forward(layers):
    field, jump = 1, 1
    for kernel_size, stride in layers:
        field += (kernel_size - 1) * jump
        jump *= stride
    return field


def field_backward(layers):
    field = 1
    for kernel_size, stride in reversed(layers):
        field = (field - 1) * stride + kernel_size
    return field


def field_numpy(layers):
    kernels, strides = np.array(layers).T
    jumps = np.cumprod(np.concatenate([[1], strides[:-1]]))
    return 1 + ((kernels - 1) * jumps).sum()


def field_interval(layers):
    first = last = 0
    for kernel_size, stride in layers[::-1]:
        first, last = first * stride, last * stride + kernel_size - 1
    return last - first + 1


def field_own_stride(layers):
    field, jump = 1, 1
    for kernel_size, stride in layers:
        jump *= stride
        field += (kernel_size - 1) * jump
    return field


def field_last_stride(layers):
    field, before = 1, 1
    for kernel_size, stride in layers:
        field += (kernel_size - 1) * before
        before = stride
    return field


def field_sum_of_strides(layers):
    field, jump = 1, 0
    for kernel_size, stride in layers:
        field += (kernel_size - 1) * max(jump, 1)
        jump += stride
    return field


def field_from_zero(layers):
    return field_forward(layers) - 1


def field_kernel_times_jump(layers):
    field, jump = 0, 1
    for kernel_size, stride in layers:
        field += kernel_size * jump
        jump *= stride
    return field


def field_first_kernel(layers):
    """Takes every kernel for as large as the first."""
    return field_forward([(layers[0][0], stride) for _, stride in layers])


# ---------------------------------------------------------------- same padding
def padding_count(kernel_size, dilation):
    positions = [dilation * k for k in range(kernel_size)]
    return positions[len(positions) // 2]


def padding_search(kernel_size, dilation):
    padding = 0
    while 2 * padding < dilation * (kernel_size - 1):
        padding += 1
    return padding


ANSWERS = {
    "arithmetic.counts": (
        [counts_formula, counts_layer, counts_groups, counts_numpy],
        [
            counts_swapped,  # order
            counts_no_groups,  # groups forgotten
            counts_groups_twice,  # divides both channels
            counts_bias_always,  # ignores bias=False
            counts_bias_of_inputs,  # one bias for each input channel
            counts_bias_is_work,  # additions of the bias counted
            counts_one_row,  # output_size not squared
            counts_doubled,  # multiplications and additions apart
            counts_groups_in_parameters_only,  # the work of an ungrouped layer
            counts_divides_everything,  # divides the biases too
        ],
    ),
    "arithmetic.design": (
        [
            [(3, 2, 1), (3, 2, 1), (3, 1, 1)],
            [(3, 1, 0)] * 12,
            ((3, 4, 1), (3, 1, 1), (3, 1, 1)),
            np.array([[3, 1, 1], [3, 1, 1], [3, 1, 1], [3, 1, 1], [3, 2, 1], [3, 2, 1]]),
        ],
        [
            [(3, 1, 1), (3, 1, 1), (3, 1, 1), (3, 2, 1), (3, 2, 1)],  # field of 13
            [(3, 2, 1), (3, 2, 1)],  # field of 7 only
            [(3, 2, 0), (3, 2, 0), (3, 1, 1)],  # 7 outputs: rounds up where it must round down
            [(3, 2, 1), (3, 2, 1), (3, 2, 1)],  # 4 outputs
            [(3, 1, 2), (3, 1, 2), (3, 1, 1)],  # stride and padding in the wrong order
            [(3, 1, 1)] * 7,  # field of 15, but 32 outputs
            [(15, 1, 0), (3, 2, 0), (3, 1, 1)],  # a kernel of 15, not 3 only
            [(3, 4, 1), (3, 1, 1)],  # field of 11: takes the field times the stride
            [(3, 1, 0)] * 11,  # one layer short: 10 outputs
            [(3, 2), (3, 2), (3, 1)],  # padding left out
        ],
    ),
    "arithmetic.output_size": (
        [size_formula, size_count, size_layer, size_floor],
        [
            lambda n, k, s, p, d: (n + 2 * p - k) // s + 1,  # dilation ignored
            lambda n, k, s, p, d: (n + 2 * p - d * k) // s + 1,  # d * k, right without dilation
            lambda n, k, s, p, d: (n + p - d * (k - 1) - 1) // s + 1,  # padding on one side
            lambda n, k, s, p, d: math.ceil((n + 2 * p - d * (k - 1) - 1) / s) + 1,  # rounds up
            lambda n, k, s, p, d: (n + 2 * p - d * (k - 1) - 1) // s,  # 1 forgotten
            lambda n, k, s, p, d: (n + 2 * p - d * (k - 1)) // s,  # 1 inside: right at stride 1
            lambda n, k, s, p, d: (n + 2 * p - d * (k - 1) - 1) / s + 1,  # not rounded
            lambda n, k, s, p, d: round((n + 2 * p - d * (k - 1) - 1) / s) + 1,  # rounds to nearest
            lambda n, k, s, p, d: (n + 2 * p - (k + d - 1)) // s + 1,  # one gap only: right for k = 2
            lambda n, k, s, p, d: n // s + (2 * p - d * (k - 1) - 1) // s + 1,  # divides in parts
        ],
    ),
    "arithmetic.receptive_field": (
        [field_forward, field_backward, field_numpy, field_interval],
        [
            field_own_stride,  # the layer's own stride counted
            lambda layers: 1 + sum(k - 1 for k, _ in layers),  # strides ignored
            lambda layers: field_forward(layers[::-1]),  # last layer first
            field_last_stride,  # only the stride just before: right for two layers
            field_sum_of_strides,  # strides added: right for one or two layers
            field_from_zero,  # starts at 0
            field_kernel_times_jump,  # k instead of k - 1
            lambda layers: math.prod(k for k, _ in layers),  # product of the kernels
            field_first_kernel,  # all kernels alike
            lambda layers: field_forward(layers[:-1]),  # last layer left out
        ],
    ),
    "arithmetic.same_padding": (
        [
            lambda k, d: d * (k - 1) // 2,
            lambda k, d: d * (k - 1) / 2,
            padding_count,
            padding_search,
        ],
        [
            lambda k, d: k // 2,  # dilation ignored
            lambda k, d: d * (k - 1),  # both sides together
            lambda k, d: d * k // 2,  # right for dilation 1
            lambda k, d: (k + d - 2) // 2,  # one gap only
            lambda k, d: (k + 1) // 2 * d,  # rounds up
            lambda k, d: d ** (k // 2),  # right for kernels of 3
            lambda k, d: k // 2 + d - 1,  # adds: right for kernels of 3
            lambda k, d: (d * k - 1) // 2,  # right for dilation 1 and 2 of 3
            lambda k, d: max(d * (k - 1) // 2, 1),  # wrong for kernels of 1
            lambda k, d: d,  # only for kernels of 3, hard-coded
        ],
    ),
}
