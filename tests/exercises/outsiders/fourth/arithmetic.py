"""Answers of an outsider to the exercises of arithmetic."""

import math
from fractions import Fraction

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

# output_size: right


def size_formula(size, kernel_size, stride, padding, dilation):
    return (size + 2 * padding - dilation * (kernel_size - 1) - 1) // stride + 1


def size_positions(size, kernel_size, stride, padding, dilation):
    """Count the places where the stretched kernel may start."""
    return len(range(0, size + 2 * padding - dilation * (kernel_size - 1), stride))


def size_meta(size, kernel_size, stride, padding, dilation):
    """Ask PyTorch for the shape, without numbers."""
    signal, kernel = (torch.empty(1, 1, n, device="meta") for n in (size, kernel_size))
    return F.conv1d(signal, kernel, stride=stride, padding=padding, dilation=dilation).shape[-1]


def size_ceiling(size, kernel_size, stride, padding, dilation):
    extent = kernel_size + (kernel_size - 1) * (dilation - 1)
    return math.ceil(Fraction(size + 2 * padding - extent + 1, stride))


# output_size: wrong


def size_no_dilation(size, kernel_size, stride, padding, dilation):
    return (size + 2 * padding - kernel_size) // stride + 1


def size_one_side(size, kernel_size, stride, padding, dilation):
    return (size + padding - dilation * (kernel_size - 1) - 1) // stride + 1


def size_rounded_up(size, kernel_size, stride, padding, dilation):
    """A rest beyond the last window counts as one more."""
    return -((dilation * (kernel_size - 1) + 1 - size - 2 * padding) // stride) + 1


def size_dilation_times_kernel(size, kernel_size, stride, padding, dilation):
    return (size + 2 * padding - dilation * kernel_size) // stride + 1


def size_kernel_plus_dilation(size, kernel_size, stride, padding, dilation):
    """The kernel grows by one for each step of dilation: right for two weights only."""
    return (size + 2 * padding - (kernel_size + dilation - 1)) // stride + 1


def size_without_ones(size, kernel_size, stride, padding, dilation):
    """The -1 and the +1 cancel: right for stride 1."""
    return (size + 2 * padding - dilation * (kernel_size - 1)) // stride


def size_nearest(size, kernel_size, stride, padding, dilation):
    """Rounded to the nearest number: right for strides 1 and 2 mostly."""
    return round((size + 2 * padding - dilation * (kernel_size - 1) - 1) / stride) + 1


def size_terms_rounded(size, kernel_size, stride, padding, dilation):
    """Each term divided by itself."""
    return size // stride + (2 * padding - dilation * (kernel_size - 1) - 1) // stride + 1


def size_short_stride(size, kernel_size, stride, padding, dilation):
    """No pixel may be left out, hence no stride larger than the kernel."""
    extent = dilation * (kernel_size - 1) + 1
    return (size + 2 * padding - extent) // min(stride, extent) + 1


def size_padding_at_most_half(size, kernel_size, stride, padding, dilation):
    """More padding than half a kernel is not allowed, as in pooling."""
    extent = dilation * (kernel_size - 1) + 1
    return (size + 2 * min(padding, extent // 2) - extent) // stride + 1


# same_padding: right


def padding_formula(kernel_size, dilation):
    return dilation * (kernel_size - 1) // 2


def padding_search(kernel_size, dilation):
    """The first padding at which size 1 stays 1."""
    padding = 0
    while 1 + 2 * padding - dilation * (kernel_size - 1) != 1:
        padding += 1
    return padding


def padding_layer(kernel_size, dilation):
    """Ask the layer; PyTorch has worked it out for 'same'."""
    layer = nn.Conv1d(1, 1, kernel_size, dilation=dilation, padding="same", device="meta")
    return layer._reversed_padding_repeated_twice[0]


def padding_arm(kernel_size, dilation):
    """Where the last weight lies, seen from the middle one."""
    return np.max(dilation * (np.arange(kernel_size) - kernel_size // 2))


# same_padding: wrong


def padding_no_dilation(kernel_size, dilation):
    return (kernel_size - 1) // 2


def padding_both_sides(kernel_size, dilation):
    return dilation * (kernel_size - 1)


def padding_half_of_product(kernel_size, dilation):
    """Right without dilation."""
    return dilation * kernel_size // 2


def padding_is_dilation(kernel_size, dilation):
    """Right for kernels of 3."""
    return dilation


def padding_plus_dilation(kernel_size, dilation):
    """Right for kernels of 3, and without dilation."""
    return kernel_size // 2 + dilation - 1


def padding_half_less(kernel_size, dilation):
    """Right up to dilation 2."""
    return int(dilation * kernel_size / 2 - 0.5)


def padding_powers(kernel_size, dilation):
    """Doubles with each dilation: right for 1 and 2."""
    return kernel_size // 2 * 2 ** (dilation - 1)


def padding_at_least_one(kernel_size, dilation):
    """Wrong for a kernel of 1 only."""
    return max(1, dilation * (kernel_size // 2))


def padding_rounded_up(kernel_size, dilation):
    return dilation * math.ceil(kernel_size / 2)


def padding_half_dilation(kernel_size, dilation):
    """Divided too early: right for an even dilation."""
    return dilation // 2 * (kernel_size - 1)


# counts: right


def counts_formula(in_channels, out_channels, kernel_size, groups, bias, output_size):
    weights = out_channels * (in_channels // groups) * kernel_size**2
    return weights + (out_channels if bias else 0), weights * output_size**2


def counts_layer(in_channels, out_channels, kernel_size, groups, bias, output_size):
    layer = nn.Conv2d(in_channels, out_channels, kernel_size, groups=groups, bias=bias, device="meta")
    return [sum(p.numel() for p in layer.parameters()), layer.weight.numel() * output_size * output_size]


def counts_group_by_group(in_channels, out_channels, kernel_size, groups, bias, output_size):
    parameters = work = 0
    for _ in range(groups):
        weights = (in_channels // groups) * (out_channels // groups) * kernel_size * kernel_size
        parameters += weights
        work += weights * output_size * output_size
    return np.array([parameters + int(bias) * out_channels, work])


def counts_fraction(in_channels, out_channels, kernel_size, groups, bias, output_size):
    weights = math.prod([in_channels, out_channels, kernel_size, kernel_size, Fraction(1, groups)])
    return int(weights) + out_channels * bool(bias), int(weights * output_size * output_size)


# counts: wrong


def counts_no_groups(in_channels, out_channels, kernel_size, groups, bias, output_size):
    weights = in_channels * out_channels * kernel_size**2
    return weights + bias * out_channels, weights * output_size**2


def counts_other_order(in_channels, out_channels, kernel_size, groups, bias, output_size):
    return counts_formula(in_channels, out_channels, kernel_size, groups, bias, output_size)[::-1]


def counts_one_axis(in_channels, out_channels, kernel_size, groups, bias, output_size):
    weights = in_channels * out_channels * kernel_size**2 // groups
    return weights + bias * out_channels, weights * output_size


def counts_bias_works(in_channels, out_channels, kernel_size, groups, bias, output_size):
    weights = in_channels * out_channels * kernel_size**2 // groups
    return weights + bias * out_channels, (weights + bias * out_channels) * output_size**2


def counts_always_bias(in_channels, out_channels, kernel_size, groups, bias, output_size):
    weights = in_channels * out_channels * kernel_size**2 // groups
    return weights + out_channels, weights * output_size**2


def counts_bias_of_inputs(in_channels, out_channels, kernel_size, groups, bias, output_size):
    """Right for as many channels in as out, and without bias."""
    weights = in_channels * out_channels * kernel_size**2 // groups
    return weights + bias * in_channels, weights * output_size**2


def counts_bias_per_group(in_channels, out_channels, kernel_size, groups, bias, output_size):
    """Right for one group, and without bias."""
    weights = in_channels * out_channels * kernel_size**2 // groups
    return weights + bias * out_channels // groups, weights * output_size**2


def counts_one_group_only(in_channels, out_channels, kernel_size, groups, bias, output_size):
    """Both numbers of channels divided, the groups not added up."""
    weights = (in_channels // groups) * (out_channels // groups) * kernel_size**2
    return weights + bias * out_channels, weights * output_size**2


def counts_depthwise(in_channels, out_channels, kernel_size, groups, bias, output_size):
    """Depthwise taken for 'one kernel a channel': wrong where there are more channels out than in."""
    if groups == in_channels:
        weights = in_channels * kernel_size**2
    else:
        weights = in_channels * out_channels * kernel_size**2 // groups
    return weights + bias * out_channels, weights * output_size**2


def counts_work_of_all_groups(in_channels, out_channels, kernel_size, groups, bias, output_size):
    """The groups save parameters, but 'every pixel is still visited'."""
    weights = in_channels * out_channels * kernel_size**2 // groups
    return weights + bias * out_channels, weights * groups * output_size**2


# receptive_field: right


def field_forward(layers):
    field, step = 1, 1
    for kernel_size, stride in layers:
        field += (kernel_size - 1) * step
        step *= stride
    return field


def field_backward(layers):
    field = 1
    for kernel_size, stride in reversed(layers):
        field = (field - 1) * stride + kernel_size
    return field


def field_interval(layers):
    """Follow the first and the last pixel of unit 0 down."""
    first, last = 0, 0
    for kernel_size, stride in list(layers)[::-1]:
        first, last = first * stride, last * stride + kernel_size - 1
    return last - first + 1


def field_products(layers):
    kernels = np.array([k for k, _ in layers])
    steps = np.cumprod([1] + [s for _, s in layers])[:-1]
    return 1 + int(np.dot(kernels - 1, steps))


# receptive_field: wrong


def field_no_strides(layers):
    return 1 + sum(k - 1 for k, _ in layers)


def field_stride_too_early(layers):
    field, step = 1, 1
    for kernel_size, stride in layers:
        step *= stride
        field += (kernel_size - 1) * step
    return field


def field_from_above(layers):
    """The recursion from the top, but begun at the first layer."""
    field = 1
    for kernel_size, stride in layers:
        field = (field - 1) * stride + kernel_size
    return field


def field_from_zero(layers):
    return field_forward(layers) - 1


def field_last_stride_only(layers):
    """Only the stride of the layer below counts: right for two layers."""
    field, step = 1, 1
    for kernel_size, stride in layers:
        field += (kernel_size - 1) * step
        step = stride
    return field


def field_strides_added(layers):
    """Strides are added up, not multiplied: right for two layers, and two strides of 2."""
    field, step = 1, 0
    for kernel_size, stride in layers:
        field += (kernel_size - 1) * max(step, 1)
        step += stride if stride > 1 else 0
    return field


def field_powers(layers):
    """One stride for all layers, that of the first: right for equal strides."""
    stride = layers[0][1]
    return 1 + sum((k - 1) * stride**i for i, (k, _) in enumerate(layers))


def field_odd_kernels(layers):
    """Half a kernel to each side: right for odd kernels."""
    arm, step = 0, 1
    for kernel_size, stride in layers:
        arm += kernel_size // 2 * step
        step *= stride
    return 2 * arm + 1


def field_skip_ones(layers):
    """1x1 layers see no more, so they are left out, and their strides with them."""
    return field_forward([(k, s) for k, s in layers if k > 1])


def field_dictionary(layers):
    """A later layer with the same kernel size takes the earlier one's place."""
    return field_forward(list(dict(layers).items()))


ANSWERS = {
    "arithmetic.output_size": (
        [size_formula, size_positions, size_meta, size_ceiling],
        [
            size_no_dilation,
            size_one_side,
            size_rounded_up,
            size_dilation_times_kernel,
            size_kernel_plus_dilation,
            size_without_ones,
            size_nearest,
            size_terms_rounded,
            size_short_stride,
            size_padding_at_most_half,
        ],
    ),
    "arithmetic.same_padding": (
        [padding_formula, padding_search, padding_layer, padding_arm],
        [
            padding_no_dilation,
            padding_both_sides,
            padding_half_of_product,
            padding_is_dilation,
            padding_plus_dilation,
            padding_half_less,
            padding_powers,
            padding_at_least_one,
            padding_rounded_up,
            padding_half_dilation,
        ],
    ),
    "arithmetic.counts": (
        [counts_formula, counts_layer, counts_group_by_group, counts_fraction],
        [
            counts_no_groups,
            counts_other_order,
            counts_one_axis,
            counts_bias_works,
            counts_always_bias,
            counts_bias_of_inputs,
            counts_bias_per_group,
            counts_one_group_only,
            counts_depthwise,
            counts_work_of_all_groups,
        ],
    ),
    "arithmetic.receptive_field": (
        [field_forward, field_backward, field_interval, field_products],
        [
            field_no_strides,
            field_stride_too_early,
            field_from_above,
            field_from_zero,
            field_last_stride_only,
            field_strides_added,
            field_powers,
            field_odd_kernels,
            field_skip_ones,
            field_dictionary,
        ],
    ),
    "arithmetic.design": (
        [
            [(3, 2, 1), (3, 2, 1), (3, 1, 1)],
            ((3, 1, 0),) * 12,
            np.array([[3, 4, 1], [3, 1, 1], [3, 1, 1]]),
            torch.tensor([[3, 2, 1], [3, 1, 0], [3, 1, 0], [3, 1, 0], [3, 1, 0]]),
        ],
        [
            [(3, 2, 1), (3, 2, 1)],  # the field is 7
            [(3, 1, 1), (3, 2, 1), (3, 2, 1)],  # strides too late: 9
            [(3, 2, 0), (3, 1, 0), (3, 1, 0), (3, 1, 0), (3, 1, 1)],  # 9 outputs
            [(3, 2, 1), (3, 2, 1), (3, 2, 1)],  # 4 outputs
            [(3, 2, 0), (3, 2, 0), (3, 1, 1)],  # 7 outputs
            [(3, 2, 1), (3, 2, 1), (3, 1, 1), (1, 1, 0)],  # a kernel of 1
            [(3, 1, 2), (3, 1, 2), (3, 1, 1)],  # padding before stride
            [(3, 1, 1)] * 7,  # 32 outputs
            [(3, 1, 0), (3, 1, 0), (3, 1, 0), (3, 1, 0), (3, 3, 0)],  # 8 outputs, the field is 11
            [(7, 2, 3), (3, 2, 1), (3, 1, 1)],
        ],
    ),  # a kernel of 7
}
