"""Right and wrong answers to the exercises of the topic arithmetic."""

import math

import numpy as np
import torch
import torch.nn as nn


# arithmetic.output_size, right
def size_formula(size, kernel_size, stride, padding, dilation):
    return (size + 2 * padding - dilation * (kernel_size - 1) - 1) // stride + 1


def size_count_starts(size, kernel_size, stride=1, padding=0, dilation=1):
    count, start = 0, 0
    while start + dilation * (kernel_size - 1) < size + 2 * padding:
        count += 1
        start += stride
    return count


def size_ask_torch(size, kernel_size, stride, padding, dilation):
    layer = nn.Conv1d(1, 1, kernel_size, stride=stride, padding=padding, dilation=dilation)
    with torch.no_grad():
        return layer(torch.zeros(1, 1, size)).shape[-1]


def size_range(size, kernel_size, stride, padding, dilation):
    reach = dilation * (kernel_size - 1) + 1
    return len(range(0, size + 2 * padding - reach + 1, stride))


# arithmetic.output_size, wrong
def size_not_rounded(size, kernel_size, stride, padding, dilation):
    return (size + 2 * padding - dilation * (kernel_size - 1) - 1) / stride + 1


def size_rounded_up(size, kernel_size, stride, padding, dilation):
    return math.ceil((size + 2 * padding - dilation * (kernel_size - 1) - 1) / stride) + 1


def size_padding_once(size, kernel_size, stride, padding, dilation):
    return (size + padding - dilation * (kernel_size - 1) - 1) // stride + 1


def size_without_plus_one(size, kernel_size, stride, padding, dilation):
    return (size + 2 * padding - dilation * (kernel_size - 1) - 1) // stride


def size_dilation_times_kernel(size, kernel_size, stride, padding, dilation):
    return (size + 2 * padding - dilation * kernel_size) // stride + 1


def size_dilation_ignored(size, kernel_size, stride, padding, dilation):
    return (size + 2 * padding - kernel_size) // stride + 1


def size_one_inside(size, kernel_size, stride, padding, dilation):
    return (size + 2 * padding - dilation * (kernel_size - 1)) // stride


def size_minus_one_lost(size, kernel_size, stride, padding, dilation):
    return (size + 2 * padding - dilation * (kernel_size - 1)) // stride + 1


def size_dilation_added(size, kernel_size, stride, padding, dilation):
    return (size + 2 * padding - (kernel_size + dilation - 1)) // stride + 1


def size_rounded_to_nearest(size, kernel_size, stride, padding, dilation):
    return round((size + 2 * padding - dilation * (kernel_size - 1) - 1) / stride) + 1


# arithmetic.same_padding, right
def padding_formula(kernel_size, dilation):
    return dilation * (kernel_size - 1) // 2


def padding_half_kernel(kernel_size, dilation=1):
    return kernel_size // 2 * dilation


def padding_search(kernel_size, dilation):
    padding = 0
    while 100 + 2 * padding - dilation * (kernel_size - 1) != 100:
        padding += 1
        if padding > 10_000:
            raise ValueError("no padding keeps the size")
    return padding


def padding_reach(kernel_size, dilation):
    taps = [dilation * k for k in range(kernel_size)]
    return taps[-1] - taps[len(taps) // 2]


# arithmetic.same_padding, wrong
def padding_no_dilation(kernel_size, dilation):
    return (kernel_size - 1) // 2


def padding_both_sides(kernel_size, dilation):
    return dilation * (kernel_size - 1)


def padding_dilated_kernel_halved(kernel_size, dilation):
    return dilation * kernel_size // 2


def padding_dilation_added(kernel_size, dilation):
    return (kernel_size - 1) // 2 + dilation


def padding_sum_halved(kernel_size, dilation):
    return (kernel_size + dilation - 1) // 2


def padding_rounded_up(kernel_size, dilation):
    return dilation * (kernel_size + 1) // 2


def padding_kernel_minus_one(kernel_size, dilation):
    return kernel_size - 1


def padding_divided(kernel_size, dilation):
    return (kernel_size - 1) // 2 // dilation


def padding_dilation_minus_one(kernel_size, dilation):
    return (kernel_size - 1) // 2 * max(dilation - 1, 1)


def padding_always_one(kernel_size, dilation):
    return 1 * dilation


# arithmetic.counts, right
def counts_formula(in_channels, out_channels, kernel_size, groups, bias, output_size):
    weights = out_channels * (in_channels // groups) * kernel_size**2
    return weights + (out_channels if bias else 0), weights * output_size**2


def counts_ask_torch(in_channels, out_channels, kernel_size, groups, bias, output_size):
    layer = nn.Conv2d(in_channels, out_channels, kernel_size, groups=groups, bias=bias)
    return (sum(p.numel() for p in layer.parameters()), layer.weight.numel() * output_size * output_size)


def counts_group_by_group(in_channels, out_channels, kernel_size, groups, bias, output_size):
    parameters = work = 0
    for _ in range(groups):
        weights = (in_channels // groups) * (out_channels // groups) * kernel_size * kernel_size
        parameters += weights + bias * (out_channels // groups)
        work += weights * output_size * output_size
    return [parameters, work]


def counts_per_unit(in_channels, out_channels, kernel_size, groups=1, bias=True, output_size=1):
    per_unit = kernel_size * kernel_size * in_channels // groups
    return np.array(
        [out_channels * (per_unit + int(bias)), out_channels * output_size * output_size * per_unit]
    )


# arithmetic.counts, wrong
def counts_groups_ignored(in_channels, out_channels, kernel_size, groups, bias, output_size):
    weights = out_channels * in_channels * kernel_size**2
    return weights + (out_channels if bias else 0), weights * output_size**2


def counts_groups_twice(in_channels, out_channels, kernel_size, groups, bias, output_size):
    weights = (out_channels // groups) * (in_channels // groups) * kernel_size**2
    return weights + (out_channels if bias else 0), weights * output_size**2


def counts_bias_always(in_channels, out_channels, kernel_size, groups, bias, output_size):
    weights = out_channels * (in_channels // groups) * kernel_size**2
    return weights + out_channels, weights * output_size**2


def counts_bias_one(in_channels, out_channels, kernel_size, groups, bias, output_size):
    weights = out_channels * (in_channels // groups) * kernel_size**2
    return weights + bias, weights * output_size**2


def counts_bias_is_work(in_channels, out_channels, kernel_size, groups, bias, output_size):
    parameters = out_channels * (in_channels // groups) * kernel_size**2 + bias * out_channels
    return parameters, parameters * output_size**2


def counts_output_in_one_axis(in_channels, out_channels, kernel_size, groups, bias, output_size):
    weights = out_channels * (in_channels // groups) * kernel_size**2
    return weights + bias * out_channels, weights * output_size


def counts_kernel_in_one_axis(in_channels, out_channels, kernel_size, groups, bias, output_size):
    weights = out_channels * (in_channels // groups) * kernel_size
    return weights + bias * out_channels, weights * output_size**2


def counts_swapped(in_channels, out_channels, kernel_size, groups, bias, output_size):
    weights = out_channels * (in_channels // groups) * kernel_size**2
    return weights * output_size**2, weights + bias * out_channels


def counts_two_operations(in_channels, out_channels, kernel_size, groups, bias, output_size):
    weights = out_channels * (in_channels // groups) * kernel_size**2
    return weights + bias * out_channels, 2 * weights * output_size**2


def counts_bias_per_input(in_channels, out_channels, kernel_size, groups, bias, output_size):
    weights = out_channels * (in_channels // groups) * kernel_size**2
    return weights + bias * in_channels, weights * output_size**2


# arithmetic.receptive_field, right
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
    jumps = np.concatenate([[1], np.cumprod(strides)[:-1]])
    return int(1 + ((kernels - 1) * jumps).sum())


def field_comprehension(layers):
    return 1 + sum((k - 1) * math.prod(s for _, s in layers[:i]) for i, (k, _) in enumerate(layers))


# arithmetic.receptive_field, wrong
def field_own_stride_first(layers):
    field, jump = 1, 1
    for kernel_size, stride in layers:
        jump *= stride
        field += (kernel_size - 1) * jump
    return field


def field_stride_ignored(layers):
    return 1 + sum(k - 1 for k, s in layers)


def field_without_one(layers):
    field, jump = 0, 1
    for kernel_size, stride in layers:
        field += (kernel_size - 1) * jump
        jump *= stride
    return field


def field_kernels_added(layers):
    field, jump = 0, 1
    for kernel_size, stride in layers:
        field += kernel_size * jump
        jump *= stride
    return field


def field_only_stride_before(layers):
    field, before = 1, 1
    for kernel_size, stride in layers:
        field += (kernel_size - 1) * before
        before = stride
    return field


def field_strides_added(layers):
    field, jump = 1, 1
    for kernel_size, stride in layers:
        field += (kernel_size - 1) * jump
        jump += stride - 1
    return field


def field_wrong_end(layers):
    field, jump = 1, 1
    for kernel_size, stride in layers[::-1]:
        field += (kernel_size - 1) * jump
        jump *= stride
    return field


def field_product(layers):
    return math.prod(k for k, s in layers)


def field_area(layers):
    return field_forward(layers) ** 2


def field_last_layer_lost(layers):
    return field_forward(layers[:-1])


ANSWERS = {
    "arithmetic.output_size": (
        [size_formula, size_count_starts, size_ask_torch, size_range],
        [
            size_not_rounded,
            size_rounded_up,
            size_padding_once,
            size_without_plus_one,
            size_dilation_times_kernel,
            size_dilation_ignored,
            size_one_inside,
            size_minus_one_lost,
            size_dilation_added,
            size_rounded_to_nearest,
        ],
    ),
    "arithmetic.same_padding": (
        [padding_formula, padding_half_kernel, padding_search, padding_reach],
        [
            padding_no_dilation,
            padding_both_sides,
            padding_dilated_kernel_halved,
            padding_dilation_added,
            padding_sum_halved,
            padding_rounded_up,
            padding_kernel_minus_one,
            padding_divided,
            padding_dilation_minus_one,
            padding_always_one,
        ],
    ),
    "arithmetic.counts": (
        [counts_formula, counts_ask_torch, counts_group_by_group, counts_per_unit],
        [
            counts_groups_ignored,
            counts_groups_twice,
            counts_bias_always,
            counts_bias_one,
            counts_bias_is_work,
            counts_output_in_one_axis,
            counts_kernel_in_one_axis,
            counts_swapped,
            counts_two_operations,
            counts_bias_per_input,
        ],
    ),
    "arithmetic.receptive_field": (
        [field_forward, field_backward, field_numpy, field_comprehension],
        [
            field_own_stride_first,
            field_stride_ignored,
            field_without_one,
            field_kernels_added,
            field_only_stride_before,
            field_strides_added,
            field_wrong_end,
            field_product,
            field_area,
            field_last_layer_lost,
        ],
    ),
    "arithmetic.design": (
        [
            [(3, 2, 1), (3, 2, 1), (3, 1, 1)],
            [(3, 1, 0)] * 12,
            ((3, 1, 0),) * 8 + ((3, 2, 1),),
            [[3, 1, 1], [3, 2, 1], [3, 1, 1], [3, 2, 1], [3, 1, 1]],
        ],
        [
            [(3, 2, 1), (3, 2, 1)],
            [(3, 1, 1)] * 7,
            [(3, 2, 1), (3, 2, 1), (3, 2, 1)],
            [(3, 2, 0), (3, 2, 0), (3, 1, 1)],
            [(3, 1, 0)] * 11,
            [(3, 1, 1), (3, 1, 1), (3, 2, 1), (3, 2, 1)],
            [(7, 2, 3), (7, 2, 3)],
            [(3, 2), (3, 2), (3, 1)],
            [(3, 1, 2), (3, 1, 2), (3, 1, 1)],
            [(3, 2, 1), (3, 2, 1), (3, 1, 0)],
        ],
    ),
}
