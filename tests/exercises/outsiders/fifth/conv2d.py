"""Right and wrong answers to the exercises of the topic conv2d."""

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F


# conv2d.cross_correlate, right
def correlate_windows(image, kernel):
    kh, kw = kernel.shape
    height, width = image.shape[0] - kh + 1, image.shape[1] - kw + 1
    result = torch.zeros(height, width)
    for i in range(height):
        for j in range(width):
            result[i, j] = (image[i : i + kh, j : j + kw] * kernel).sum()
    return result


def correlate_four_loops_lists(image, kernel):
    rows, weights = image.tolist(), kernel.tolist()
    kh, kw = len(weights), len(weights[0])
    result = []
    for i in range(len(rows) - kh + 1):
        line = []
        for j in range(len(rows[0]) - kw + 1):
            total = 0.0
            for a in range(kh):
                for b in range(kw):
                    total += rows[i + a][j + b] * weights[a][b]
            line.append(total)
        result.append(line)
    return result


def correlate_shifted_pictures(image, kernel):
    kh, kw = kernel.shape
    height, width = image.shape[0] - kh + 1, image.shape[1] - kw + 1
    return sum(kernel[a, b] * image[a : a + height, b : b + width] for a in range(kh) for b in range(kw))


def correlate_numpy_windows(image, kernel):
    pixels, weights = np.asarray(image, dtype=float), np.asarray(kernel, dtype=float)
    windows = np.lib.stride_tricks.sliding_window_view(pixels, weights.shape)
    return np.einsum("ijab,ab->ij", windows, weights)


# conv2d.cross_correlate, wrong
def correlate_flipped(image, kernel):
    return correlate_windows(image, kernel.flip(0, 1))


def correlate_kernel_transposed(image, kernel):
    return correlate_windows(image, kernel.T)


def correlate_result_transposed(image, kernel):
    return correlate_windows(image, kernel).T


def correlate_square_kernel_only(image, kernel):
    k = kernel.shape[0]
    height, width = image.shape[0] - k + 1, image.shape[1] - k + 1
    result = torch.zeros(height, width)
    for i in range(height):
        for j in range(width):
            result[i, j] = (image[i : i + k, j : j + k] * kernel).sum()
    return result


def correlate_square_image_only(image, kernel):
    kh, kw = kernel.shape
    n = image.shape[0]
    result = torch.zeros(n - kh + 1, n - kw + 1)
    for i in range(n - kh + 1):
        for j in range(n - kw + 1):
            result[i, j] = (image[i : i + kh, j : j + kw] * kernel).sum()
    return result


def correlate_row_and_column_missing(image, kernel):
    kh, kw = kernel.shape
    height, width = image.shape[0] - kh, image.shape[1] - kw
    result = torch.zeros(height, width)
    for i in range(height):
        for j in range(width):
            result[i, j] = (image[i : i + kh, j : j + kw] * kernel).sum()
    return result


def correlate_zero_padded(image, kernel):
    kh, kw = kernel.shape
    padded = F.pad(image, (kw // 2, kw // 2, kh // 2, kh // 2))
    return correlate_windows(padded, kernel)


def correlate_mean(image, kernel):
    kh, kw = kernel.shape
    height, width = image.shape[0] - kh + 1, image.shape[1] - kw + 1
    result = torch.zeros(height, width)
    for i in range(height):
        for j in range(width):
            result[i, j] = (image[i : i + kh, j : j + kw] * kernel).mean()
    return result


def correlate_matrix_product(image, kernel):
    kh, kw = kernel.shape
    height, width = image.shape[0] - kh + 1, image.shape[1] - kw + 1
    result = torch.zeros(height, width)
    for i in range(height):
        for j in range(width):
            result[i, j] = (image[i : i + kh, j : j + kw] @ kernel.T).sum()
    return result


def correlate_size_of_image(image, kernel):
    # results at the upper left, the rest stays 0
    kh, kw = kernel.shape
    result = torch.zeros(image.shape)
    for i in range(image.shape[0] - kh + 1):
        for j in range(image.shape[1] - kw + 1):
            result[i, j] = (image[i : i + kh, j : j + kw] * kernel).sum()
    return result


# conv2d.channels, right
def channels_library(image, weight, bias):
    return F.conv2d(image[None], weight, bias)[0]


def channels_loops(image, weight, bias):
    outs, _, kh, kw = weight.shape
    height, width = image.shape[1] - kh + 1, image.shape[2] - kw + 1
    result = torch.zeros(outs, height, width)
    for o in range(outs):
        for i in range(height):
            for j in range(width):
                result[o, i, j] = (image[:, i : i + kh, j : j + kw] * weight[o]).sum() + bias[o]
    return result


def channels_numpy_tensordot(image, weight, bias):
    pixels, weights = np.asarray(image, dtype=float), np.asarray(weight, dtype=float)
    kh, kw = weights.shape[2:]
    windows = np.lib.stride_tricks.sliding_window_view(pixels, (kh, kw), axis=(1, 2))
    result = np.tensordot(weights, windows, axes=([1, 2, 3], [0, 3, 4]))
    return result + np.asarray(bias, dtype=float)[:, None, None]


def channels_unfold(image, weight, bias):
    outs, _, kh, kw = weight.shape
    columns = F.unfold(image[None], (kh, kw))[0]
    result = weight.reshape(outs, -1) @ columns + bias[:, None]
    return result.reshape(outs, image.shape[1] - kh + 1, image.shape[2] - kw + 1)


# conv2d.channels, wrong
def channels_no_bias(image, weight, bias):
    return F.conv2d(image[None], weight)[0]


def channels_bias_per_input(image, weight, bias):
    outs, ins, kh, kw = weight.shape
    result = torch.zeros(outs, image.shape[1] - kh + 1, image.shape[2] - kw + 1)
    for o in range(outs):
        for c in range(ins):
            result[o] += correlate_windows(image[c], weight[o, c]) + bias[o]
    return result


def channels_flipped(image, weight, bias):
    return F.conv2d(image[None], weight.flip(2, 3), bias)[0]


def channels_first_only(image, weight, bias):
    return torch.stack([correlate_windows(image[0], weight[o, 0]) + bias[o] for o in range(len(weight))])


def channels_overwritten(image, weight, bias):
    outs, ins, kh, kw = weight.shape
    result = torch.zeros(outs, image.shape[1] - kh + 1, image.shape[2] - kw + 1)
    for o in range(outs):
        for c in range(ins):
            result[o] = correlate_windows(image[c], weight[o, c])
        result[o] += bias[o]
    return result


def channels_same_bias_for_all(image, weight, bias):
    return F.conv2d(image[None], weight)[0] + bias[0]


def channels_bias_along_width(image, weight, bias):
    # broadcasts along the last axis; fails, or is wrong, unless O is 1
    return F.conv2d(image[None], weight)[0] + bias


def channels_mean_over_inputs(image, weight, bias):
    return F.conv2d(image[None], weight)[0] / image.shape[0] + bias[:, None, None]


def channels_batch_axis_left(image, weight, bias):
    return F.conv2d(image[None], weight, bias)


def channels_padded(image, weight, bias):
    kh, kw = weight.shape[2:]
    return F.conv2d(image[None], weight, bias, padding=(kh // 2, kw // 2))[0]


# conv2d.separable, right
def factors_svd(kernel):
    u, s, vt = torch.linalg.svd(kernel.double())
    return u[:, 0] * s[0], vt[0]


def factors_largest_entry(kernel):
    position = int(kernel.abs().argmax())
    i, j = divmod(position, kernel.shape[1])
    return kernel[:, j] / kernel[i, j], kernel[i].clone()


def factors_first_row_that_is_not_zero(kernel):
    rows = kernel.tolist()
    row = next(r for r in rows if any(v != 0 for v in r))
    j = max(range(len(row)), key=lambda b: abs(row[b]))
    return [r[j] / row[j] for r in rows], row


def factors_projection_numpy(kernel):
    k = np.asarray(kernel, dtype=float)
    row = k[np.argmax((k**2).sum(axis=1))]
    return k @ row / (row @ row), row


# conv2d.separable, wrong
def factors_first_row_and_column(kernel):
    return kernel[:, 0] / kernel[0, 0], kernel[0]


def factors_not_scaled(kernel):
    i, j = divmod(int(kernel.abs().argmax()), kernel.shape[1])
    return kernel[:, j], kernel[i]


def factors_sums(kernel):
    return kernel.sum(1), kernel.sum(0)


def factors_sums_over_total(kernel):
    return kernel.sum(1) / kernel.sum(), kernel.sum(0)


def factors_svd_without_value(kernel):
    u, _s, vt = torch.linalg.svd(kernel)
    return u[:, 0], vt[0]


def factors_svd_value_twice(kernel):
    u, s, vt = torch.linalg.svd(kernel)
    return u[:, 0] * s[0], vt[0] * s[0]


def factors_swapped(kernel):
    column, row = factors_largest_entry(kernel)
    return row, column


def factors_magnitudes(kernel):
    column, row = factors_largest_entry(kernel)
    return column.abs(), row.abs()


def factors_middle(kernel):
    i, j = kernel.shape[0] // 2, kernel.shape[1] // 2
    return kernel[:, j] / kernel[i, j], kernel[i]


def factors_svd_wrong_vector(kernel):
    u, s, vt = torch.linalg.svd(kernel)
    return u[0] * s[0], vt[:, 0]


# conv2d.input_gradient, right
def gradient_scatter(gradient, kernel):
    (height, width), (kh, kw) = gradient.shape, kernel.shape
    result = torch.zeros(height + kh - 1, width + kw - 1)
    for i in range(height):
        for j in range(width):
            result[i : i + kh, j : j + kw] += gradient[i, j] * kernel
    return result


def gradient_full_convolution(gradient, kernel):
    kh, kw = kernel.shape
    padded = F.pad(gradient, (kw - 1, kw - 1, kh - 1, kh - 1))
    return F.conv2d(padded[None, None], kernel.flip(0, 1)[None, None])[0, 0]


def gradient_autograd(gradient, kernel):
    shape = (gradient.shape[0] + kernel.shape[0] - 1, gradient.shape[1] + kernel.shape[1] - 1)
    image = torch.zeros(1, 1, *shape, dtype=gradient.dtype, requires_grad=True)
    F.conv2d(image, kernel[None, None]).backward(gradient[None, None])
    return image.grad[0, 0]


def gradient_numpy_four_sums(gradient, kernel):
    g, k = np.asarray(gradient, dtype=float), np.asarray(kernel, dtype=float)
    result = np.zeros((g.shape[0] + k.shape[0] - 1, g.shape[1] + k.shape[1] - 1))
    for a in range(k.shape[0]):
        for b in range(k.shape[1]):
            result[a : a + g.shape[0], b : b + g.shape[1]] += k[a, b] * g
    return result


# conv2d.input_gradient, wrong
def gradient_not_flipped(gradient, kernel):
    kh, kw = kernel.shape
    padded = F.pad(gradient, (kw - 1, kw - 1, kh - 1, kh - 1))
    return F.conv2d(padded[None, None], kernel[None, None])[0, 0]


def gradient_flipped_in_one_axis(gradient, kernel):
    kh, kw = kernel.shape
    padded = F.pad(gradient, (kw - 1, kw - 1, kh - 1, kh - 1))
    return F.conv2d(padded[None, None], kernel.flip(0)[None, None])[0, 0]


def gradient_transposed_kernel(gradient, kernel):
    return gradient_full_convolution(gradient, kernel.T)


def gradient_padding_swapped(gradient, kernel):
    # F.pad takes the last axis first
    kh, kw = kernel.shape
    padded = F.pad(gradient, (kh - 1, kh - 1, kw - 1, kw - 1))
    return F.conv2d(padded[None, None], kernel.flip(0, 1)[None, None])[0, 0]


def gradient_same_size(gradient, kernel):
    kh, kw = kernel.shape
    return gradient_full_convolution(gradient, kernel)[
        kh // 2 : kh // 2 + gradient.shape[0], kw // 2 : kw // 2 + gradient.shape[1]
    ]


def gradient_valid(gradient, kernel):
    return F.conv2d(gradient[None, None], kernel.flip(0, 1)[None, None])[0, 0]


def gradient_overwritten(gradient, kernel):
    (height, width), (kh, kw) = gradient.shape, kernel.shape
    result = torch.zeros(height + kh - 1, width + kw - 1)
    for i in range(height):
        for j in range(width):
            result[i : i + kh, j : j + kw] = gradient[i, j] * kernel
    return result


def gradient_kernel_sum(gradient, kernel):
    kh, kw = kernel.shape
    return F.pad(gradient, (0, kw - 1, 0, kh - 1)) * kernel.sum()


def gradient_downhill(gradient, kernel):
    return -gradient_scatter(gradient, kernel)


def gradient_last_row_lost(gradient, kernel):
    (height, width), (kh, kw) = gradient.shape, kernel.shape
    result = torch.zeros(height + kh - 1, width + kw - 1)
    for i in range(height - 1):
        for j in range(width - 1):
            result[i : i + kh, j : j + kw] += gradient[i, j] * kernel
    return result


ANSWERS = {
    "conv2d.parameters": (
        [
            1216,
            16 * (3 * 5 * 5 + 1),
            torch.tensor(1216),
            sum(p.numel() for p in nn.Conv2d(3, 16, 5).parameters()),
        ],
        [1200, 416, 400, 1203, 1201, 1248, 256, 91, 76, 491],
    ),
    "conv2d.cross_correlate": (
        [correlate_windows, correlate_four_loops_lists, correlate_shifted_pictures, correlate_numpy_windows],
        [
            correlate_flipped,
            correlate_kernel_transposed,
            correlate_result_transposed,
            correlate_square_kernel_only,
            correlate_square_image_only,
            correlate_row_and_column_missing,
            correlate_zero_padded,
            correlate_mean,
            correlate_matrix_product,
            correlate_size_of_image,
        ],
    ),
    "conv2d.channels": (
        [channels_library, channels_loops, channels_numpy_tensordot, channels_unfold],
        [
            channels_no_bias,
            channels_bias_per_input,
            channels_flipped,
            channels_first_only,
            channels_overwritten,
            channels_same_bias_for_all,
            channels_bias_along_width,
            channels_mean_over_inputs,
            channels_batch_axis_left,
            channels_padded,
        ],
    ),
    "conv2d.separable": (
        [factors_svd, factors_largest_entry, factors_first_row_that_is_not_zero, factors_projection_numpy],
        [
            factors_first_row_and_column,
            factors_not_scaled,
            factors_sums,
            factors_sums_over_total,
            factors_svd_without_value,
            factors_svd_value_twice,
            factors_swapped,
            factors_magnitudes,
            factors_middle,
            factors_svd_wrong_vector,
        ],
    ),
    "conv2d.input_gradient": (
        [gradient_scatter, gradient_full_convolution, gradient_autograd, gradient_numpy_four_sums],
        [
            gradient_not_flipped,
            gradient_flipped_in_one_axis,
            gradient_transposed_kernel,
            gradient_padding_swapped,
            gradient_same_size,
            gradient_valid,
            gradient_overwritten,
            gradient_kernel_sum,
            gradient_downhill,
            gradient_last_row_lost,
        ],
    ),
}
