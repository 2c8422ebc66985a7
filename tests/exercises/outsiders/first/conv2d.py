"""Answers of an outsider to the exercises of conv2d."""

from fractions import Fraction

import numpy as np
import scipy.signal
import torch
import torch.nn.functional as F
from torch import nn

# --- conv2d.channels: right


def channels_torch(image, weight, bias):
    return F.conv2d(image[None], weight, bias)[0]


def channels_loops(image, weight, bias):
    picture, kernels, biases = image.tolist(), weight.tolist(), bias.tolist()
    (c_in, height, width), (c_out, _, kh, kw) = image.shape, weight.shape
    result = []
    for o in range(c_out):
        rows = []
        for i in range(height - kh + 1):
            row = []
            for j in range(width - kw + 1):
                total = biases[o]
                for c in range(c_in):
                    for a in range(kh):
                        for b in range(kw):
                            total += picture[c][i + a][j + b] * kernels[o][c][a][b]
                row.append(total)
            rows.append(row)
        result.append(rows)
    return result


def channels_unfold(image, weight, bias):
    kh, kw = weight.shape[2:]
    patches = image.unfold(1, kh, 1).unfold(2, kw, 1)
    return torch.einsum("chwij,ocij->ohw", patches, weight) + bias[:, None, None]


def channels_scipy(image, weight, bias):
    maps = []
    for kernels, b in zip(weight.numpy(), bias.numpy(), strict=False):
        total = sum(
            scipy.signal.correlate2d(x, k, mode="valid") for x, k in zip(image.numpy(), kernels, strict=False)
        )
        maps.append(total + b)
    return np.stack(maps)


# --- conv2d.channels: wrong


def channels_flipped(image, weight, bias):
    return F.conv2d(image[None], weight.flip(2, 3), bias)[0]


def channels_no_bias(image, weight, bias):
    return F.conv2d(image[None], weight)[0]


def channels_bias_each_channel(image, weight, bias):
    result = F.conv2d(image[None], weight)[0]
    for _ in range(image.shape[0]):
        result = result + bias[:, None, None]
    return result


def channels_mean(image, weight, bias):
    return F.conv2d(image[None], weight)[0] / image.shape[0] + bias[:, None, None]


def channels_same(image, weight, bias):
    return F.conv2d(image[None], weight, bias, padding="same")[0]


def channels_one_kernel(image, weight, bias):
    return F.conv2d(image.sum(0)[None, None], weight[:, :1], bias)[0]


def channels_squeezed(image, weight, bias):
    return F.conv2d(image[None], weight, bias).squeeze()


def channels_square_kernel(image, weight, bias):
    _, height, width = image.shape
    c_out, _, k, _ = weight.shape
    result = torch.zeros(c_out, height - k + 1, width - k + 1, dtype=image.dtype)
    for o in range(c_out):
        for i in range(height - k + 1):
            for j in range(width - k + 1):
                result[o, i, j] = (image[:, i : i + k, j : j + k] * weight[o]).sum() + bias[o]
    return result


def channels_last_bias_axis(image, weight, bias):
    return F.conv2d(image[None], weight)[0] + bias


def channels_last_row_missing(image, weight, bias):
    _, height, width = image.shape
    c_out, _, kh, kw = weight.shape
    result = torch.zeros(c_out, height - kh + 1, width - kw + 1, dtype=image.dtype)
    for i in range(height - kh):
        for j in range(width - kw):
            result[:, i, j] = (image[:, i : i + kh, j : j + kw] * weight).sum((1, 2, 3)) + bias
    return result


# --- conv2d.cross_correlate: right


def cross_loops(image, kernel):
    (height, width), (kh, kw) = image.shape, kernel.shape
    x, k = image.tolist(), kernel.tolist()
    return [
        [sum(x[i + a][j + b] * k[a][b] for a in range(kh) for b in range(kw)) for j in range(width - kw + 1)]
        for i in range(height - kh + 1)
    ]


def cross_slices(image, kernel):
    (height, width), (kh, kw) = image.shape, kernel.shape
    rows, columns = height - kh + 1, width - kw + 1
    result = torch.zeros(rows, columns, dtype=torch.float64)
    for a in range(kh):
        for b in range(kw):
            result += kernel[a, b] * image[a : a + rows, b : b + columns]
    return result


def cross_numpy(image, kernel):
    windows = np.lib.stride_tricks.sliding_window_view(image.numpy(), tuple(kernel.shape))
    return np.einsum("ijab,ab->ij", windows, kernel.numpy())


def cross_scipy(image, kernel):
    return torch.from_numpy(scipy.signal.correlate2d(image.numpy(), kernel.numpy(), mode="valid"))


# --- conv2d.cross_correlate: wrong


def cross_flipped(image, kernel):
    return scipy.signal.convolve2d(image.numpy(), kernel.numpy(), mode="valid")


def cross_same(image, kernel):
    return scipy.signal.correlate2d(image.numpy(), kernel.numpy(), mode="same")


def cross_full(image, kernel):
    return scipy.signal.correlate2d(image.numpy(), kernel.numpy(), mode="full")


def cross_one_less(image, kernel):
    return cross_slices(image, kernel)[:-1, :-1]


def cross_transposed_kernel(image, kernel):
    return cross_slices(image, kernel.T)


def cross_mean(image, kernel):
    return cross_slices(image, kernel) / kernel.numel()


def cross_rectified(image, kernel):
    return cross_slices(image, kernel).clamp(min=0)


def cross_squeezed(image, kernel):
    return F.conv2d(image[None, None], kernel[None, None]).squeeze()


def cross_square_size(image, kernel):
    (height, _width), (kh, kw) = image.shape, kernel.shape
    result = torch.zeros(height - kh + 1, height - kh + 1, dtype=torch.float64)
    for i in range(height - kh + 1):
        for j in range(height - kh + 1):
            result[i, j] = (image[i : i + kh, j : j + kw] * kernel).sum()
    return result


def cross_integers(image, kernel):
    (height, width), (kh, kw) = image.shape, kernel.shape
    result = torch.zeros(height - kh + 1, width - kw + 1, dtype=torch.long)
    for i in range(height - kh + 1):
        for j in range(width - kw + 1):
            result[i, j] = int((image[i : i + kh, j : j + kw] * kernel).sum())
    return result


# --- conv2d.input_gradient: right


def input_loops(gradient, kernel):
    (height, width), (kh, kw) = gradient.shape, kernel.shape
    g, k = gradient.tolist(), kernel.tolist()
    result = [[0.0] * (width + kw - 1) for _ in range(height + kh - 1)]
    for i in range(height):
        for j in range(width):
            for a in range(kh):
                for b in range(kw):
                    result[i + a][j + b] += g[i][j] * k[a][b]
    return result


def input_scipy(gradient, kernel):
    return scipy.signal.convolve2d(gradient.numpy(), kernel.numpy(), mode="full")


def input_transposed(gradient, kernel):
    return F.conv_transpose2d(gradient[None, None], kernel[None, None])[0, 0]


def input_autograd(gradient, kernel):
    size = [g + k - 1 for g, k in zip(gradient.shape, kernel.shape, strict=False)]
    image = torch.zeros(1, 1, *size, dtype=gradient.dtype, requires_grad=True)
    F.conv2d(image, kernel.detach()[None, None]).backward(gradient.detach()[None, None])
    return image.grad[0, 0]


# --- conv2d.input_gradient: wrong


def padded(gradient, rows, columns):
    return F.pad(gradient, (columns, columns, rows, rows))[None, None]


def input_not_flipped(gradient, kernel):
    kh, kw = kernel.shape
    return F.conv2d(padded(gradient, kh - 1, kw - 1), kernel[None, None])[0, 0]


def input_flipped_once(gradient, kernel):
    kh, kw = kernel.shape
    return F.conv2d(padded(gradient, kh - 1, kw - 1), kernel.flip(0)[None, None])[0, 0]


def input_square_padding(gradient, kernel):
    k = kernel.shape[0]
    return F.conv2d(padded(gradient, k - 1, k - 1), kernel.flip(0, 1)[None, None])[0, 0]


def input_too_much_padding(gradient, kernel):
    kh, kw = kernel.shape
    return F.conv2d(padded(gradient, kh, kw), kernel.flip(0, 1)[None, None])[0, 0]


def input_same(gradient, kernel):
    return scipy.signal.convolve2d(gradient.numpy(), kernel.numpy(), mode="same")


def input_overwritten(gradient, kernel):
    (height, width), (kh, kw) = gradient.shape, kernel.shape
    result = torch.zeros(height + kh - 1, width + kw - 1, dtype=torch.float64)
    for i in range(height):
        for j in range(width):
            result[i : i + kh, j : j + kw] = gradient[i, j] * kernel
    return result


def input_mean(gradient, kernel):
    return input_transposed(gradient, kernel) / gradient.numel()


def input_kernel_transposed(gradient, kernel):
    return input_transposed(gradient, kernel.T)


def input_rotated(gradient, kernel):
    return input_transposed(gradient, kernel).flip(0, 1)


def input_ones(gradient, kernel):
    return input_transposed(torch.ones_like(gradient), kernel)


# --- conv2d.separable: right


def separable_svd(kernel):
    u, s, vh = torch.linalg.svd(kernel)
    return u[:, 0] * s[0], vh[0]


def separable_pivot(kernel):
    i, j = divmod(int(kernel.abs().argmax()), kernel.shape[1])
    return kernel[:, j], kernel[i] / kernel[i, j]


def separable_lists(kernel):
    rows = kernel.tolist()
    row = max(rows, key=lambda r: sum(v * v for v in r))
    square = sum(v * v for v in row)
    column = [sum(a * b for a, b in zip(r, row, strict=False)) / square for r in rows]
    return [column, row]


def separable_two_axes(kernel):
    k = kernel.numpy()
    j = np.abs(k).sum(0).argmax()
    column = k[:, j : j + 1]
    row = np.linalg.lstsq(column, k, rcond=None)[0]
    return column, row


# --- conv2d.separable: wrong


def separable_first(kernel):
    return kernel[:, 0], kernel[0] / kernel[0, 0]


def separable_sums(kernel):
    return kernel.sum(1), kernel.sum(0) / kernel.sum()


def separable_undivided(kernel):
    i, j = divmod(int(kernel.abs().argmax()), kernel.shape[1])
    return kernel[:, j], kernel[i]


def separable_no_singular_value(kernel):
    u, _s, vh = torch.linalg.svd(kernel)
    return u[:, 0], vh[0]


def separable_swapped(kernel):
    column, row = separable_pivot(kernel)
    return row, column


def separable_no_signs(kernel):
    column, row = separable_svd(kernel)
    return column.abs(), row.abs()


def separable_v(kernel):
    u, s, vh = torch.linalg.svd(kernel)
    return u[:, 0] * s[0], vh[:, 0]


def separable_diagonal(kernel):
    for i in range(min(kernel.shape)):
        if kernel[i, i] != 0:
            return kernel[:, i], kernel[i] / kernel[i, i]
    return torch.zeros(kernel.shape[0]), torch.zeros(kernel.shape[1])


def separable_greatest(kernel):
    i, j = divmod(int(kernel.argmax()), kernel.shape[1])
    return kernel[:, j], kernel[i] / kernel[i, j]


def separable_first_column(kernel):
    for i in range(kernel.shape[0]):
        if kernel[i].abs().sum() > 0:
            return kernel[:, 0] / kernel[i, 0], kernel[i]


ANSWERS = {
    "conv2d.channels": (
        [channels_torch, channels_loops, channels_unfold, channels_scipy],
        [
            channels_flipped,  # convolution: the kernels are turned round
            channels_no_bias,  # bias forgotten
            channels_bias_each_channel,  # the bias enters once for each input channel
            channels_mean,  # mean of the input channels, not their sum
            channels_same,  # padded to the size of the picture
            channels_one_kernel,  # the first kernel for all input channels
            channels_squeezed,  # loses axes of length 1 (one output channel, one row)
            channels_square_kernel,  # takes kernels for square
            channels_last_bias_axis,  # the bias runs along the columns
            channels_last_row_missing,  # last row and column stay 0
        ],
    ),
    "conv2d.cross_correlate": (
        [cross_loops, cross_slices, cross_numpy, cross_scipy],
        [
            cross_flipped,  # convolution
            cross_same,  # size of the picture
            cross_full,  # everywhere where they overlap
            cross_one_less,  # H - kh rows in place of H - kh + 1
            cross_transposed_kernel,  # kernel transposed
            cross_mean,  # divided by the number of weights
            cross_rectified,  # negative results cut off
            cross_squeezed,  # loses an axis if one row or column results
            cross_square_size,  # result taken for square
            cross_integers,  # decimals cut off
        ],
    ),
    "conv2d.input_gradient": (
        [input_loops, input_scipy, input_transposed, input_autograd],
        [
            input_not_flipped,  # full correlation with the kernel as it is
            input_flipped_once,  # turned upside down only
            input_square_padding,  # padding of kh - 1 along both axes
            input_too_much_padding,  # padding of kh, not kh - 1
            input_same,  # shape of the gradient
            input_overwritten,  # = in place of +=
            input_mean,  # divided by the number of results
            input_kernel_transposed,  # "transposed" convolution misunderstood
            input_rotated,  # the result is turned by 180 degrees too
            input_ones,  # chain rule forgotten: as if the loss were the sum of the results
        ],
    ),
    "conv2d.parameters": (
        [
            1216,
            sum(p.numel() for p in nn.Conv2d(3, 16, 5).parameters()),
            torch.tensor(1216.0),
            Fraction(16 * (3 * 25 + 1)),
        ],
        [
            1200,  # no bias
            1203,  # a bias for each input channel
            1201,  # one bias for all
            1248,  # a bias for each pair of channels
            416,  # one kernel for each output, input channels forgotten
            256,  # 5 weights in place of 5 x 5
            91,  # output channels forgotten
            76,  # one output channel only
            448,  # kernels 3 x 3
            1228.16,  # 1 % too many
        ],
    ),
    "conv2d.separable": (
        [separable_svd, separable_pivot, separable_lists, separable_two_axes],
        [
            separable_first,  # divides by the first number, which may be 0
            separable_sums,  # divides by the sum, which may be 0 (Sobel)
            separable_undivided,  # the pivot enters twice
            separable_no_singular_value,  # the singular value forgotten
            separable_swapped,  # row first
            separable_no_signs,  # signs lost
            separable_v,  # column of V^T in place of its row
            separable_diagonal,  # looks for a number on the diagonal only
            separable_greatest,  # greatest number, not greatest magnitude: 0 for kernels without positives
            separable_first_column,  # skips zero rows, but not zero columns
        ],
    ),
}
