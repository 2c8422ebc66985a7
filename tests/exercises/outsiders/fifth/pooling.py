"""Right and wrong answers to the exercises of the topic pooling."""

from fractions import Fraction

import numpy as np
import torch
import torch.nn.functional as F


# pooling.average, right
def average_library(image, kernel_size):
    return F.avg_pool2d(image[None], kernel_size)[0]


def average_loops(image, kernel_size):
    k = kernel_size
    height, width = image.shape[0] // k, image.shape[1] // k
    result = torch.zeros(height, width)
    for i in range(height):
        for j in range(width):
            result[i, j] = image[i * k : (i + 1) * k, j * k : (j + 1) * k].sum() / k**2
    return result


def average_reshape_numpy(image, kernel_size):
    pixels, k = np.asarray(image, dtype=float), kernel_size
    height, width = pixels.shape[0] // k, pixels.shape[1] // k
    return pixels[: height * k, : width * k].reshape(height, k, width, k).mean(axis=(1, 3))


def average_lists(image, kernel_size):
    k = kernel_size
    rows = [[float(v) for v in row] for row in image]
    return [
        [
            sum(rows[i + a][j + b] for a in range(k) for b in range(k)) / (k * k)
            for j in range(0, len(rows[0]) - k + 1, k)
        ]
        for i in range(0, len(rows) - k + 1, k)
    ]


# pooling.average, wrong
def average_stride_one(image, kernel_size):
    return F.avg_pool2d(image[None], kernel_size, stride=1)[0]


def average_stride_two(image, kernel_size):
    return F.avg_pool2d(image[None], kernel_size, stride=2)[0]


def average_maximum(image, kernel_size):
    return F.max_pool2d(image[None], kernel_size)[0]


def average_sum(image, kernel_size):
    return average_library(image, kernel_size) * kernel_size**2


def average_divided_by_side(image, kernel_size):
    return average_library(image, kernel_size) * kernel_size


def average_divided_by_four(image, kernel_size):
    return average_library(image, kernel_size) * kernel_size**2 / 4


def average_ceil_mode(image, kernel_size):
    return F.avg_pool2d(image[None], kernel_size, ceil_mode=True)[0]


def average_square_only(image, kernel_size):
    k = kernel_size
    n = image.shape[0] // k
    result = torch.zeros(n, n)
    for i in range(n):
        for j in range(n):
            result[i, j] = image[i * k : (i + 1) * k, j * k : (j + 1) * k].mean()
    return result


def average_reshape_wrong_axes(image, kernel_size):
    k = kernel_size
    height, width = image.shape[0] // k, image.shape[1] // k
    return image[: height * k, : width * k].reshape(height, width, k, k).mean(dim=(2, 3))


def average_start_not_multiplied(image, kernel_size):
    k = kernel_size
    height, width = image.shape[0] // k, image.shape[1] // k
    result = torch.zeros(height, width)
    for i in range(height):
        for j in range(width):
            result[i, j] = image[i : i + k, j : j + k].mean()
    return result


# pooling.blur, right
def blur_convolution(image):
    row = torch.tensor([1.0, 2.0, 1.0], dtype=image.dtype) / 4
    padded = F.pad(image[None, None], (1, 1, 1, 1), mode="replicate")
    return F.conv2d(padded, torch.outer(row, row)[None, None], stride=2)[0, 0]


def blur_slices(image):
    padded = torch.cat([image[:1], image, image[-1:]])
    down = (padded[:-2] + 2 * padded[1:-1] + padded[2:]) / 4
    padded = torch.cat([down[:, :1], down, down[:, -1:]], dim=1)
    return ((padded[:, :-2] + 2 * padded[:, 1:-1] + padded[:, 2:]) / 4)[::2, ::2]


def blur_matrices_numpy(image):
    def smoother(n):
        matrix = np.zeros((n, n))
        for i in range(n):
            for d, weight in ((-1, 0.25), (0, 0.5), (1, 0.25)):
                matrix[i, np.clip(i + d, 0, n - 1)] += weight
        return matrix[::2]

    pixels = np.asarray(image, dtype=float)
    return smoother(pixels.shape[0]) @ pixels @ smoother(pixels.shape[1]).T


def blur_lists(image):
    rows = [[float(v) for v in row] for row in image]
    height, width = len(rows), len(rows[0])
    result = []
    for i in range(0, height, 2):
        line = []
        for j in range(0, width, 2):
            total = 0.0
            for a in (-1, 0, 1):
                for b in (-1, 0, 1):
                    weight = (2 - abs(a)) * (2 - abs(b))
                    total += weight * rows[min(max(i + a, 0), height - 1)][min(max(j + b, 0), width - 1)]
            line.append(total / 16)
        result.append(line)
    return result


# pooling.blur, wrong
def _blurred(image, weights=(1.0, 2.0, 1.0), mode="replicate", scale=4.0):
    row = torch.tensor(weights, dtype=image.dtype) / scale
    if mode == "constant":
        padded = F.pad(image[None, None], (1, 1, 1, 1))
    else:
        padded = F.pad(image[None, None], (1, 1, 1, 1), mode=mode)
    return F.conv2d(padded, torch.outer(row, row)[None, None])[0, 0]


def blur_zero_padding(image):
    return _blurred(image, mode="constant")[::2, ::2]


def blur_reflected(image):
    return _blurred(image, mode="reflect")[::2, ::2]


def blur_from_the_second(image):
    return _blurred(image)[1::2, 1::2]


def blur_box(image):
    return _blurred(image, weights=(1.0, 1.0, 1.0), scale=3.0)[::2, ::2]


def blur_subsamples_first(image):
    return _blurred(image[::2, ::2])


def blur_not_subsampled(image):
    return _blurred(image)


def blur_rows_only_subsampled(image):
    return _blurred(image)[::2]


def blur_one_axis(image):
    padded = F.pad(image[None, None], (1, 1, 0, 0), mode="replicate")[0, 0]
    return ((padded[:, :-2] + 2 * padded[:, 1:-1] + padded[:, 2:]) / 4)[::2, ::2]


def blur_divided_once(image):
    return _blurred(image, scale=2.0)[::2, ::2]


def blur_no_border(image):
    row = torch.tensor([1.0, 2.0, 1.0], dtype=image.dtype) / 4
    return F.conv2d(image[None, None], torch.outer(row, row)[None, None])[0, 0][::2, ::2]


# pooling.max_gradient, right
def max_gradient_loops(image, gradient, kernel_size, stride):
    result = torch.zeros(image.shape)
    for i in range(gradient.shape[0]):
        for j in range(gradient.shape[1]):
            top, left = i * stride, j * stride
            best = None
            for a in range(top, top + kernel_size):
                for b in range(left, left + kernel_size):
                    if best is None or image[a, b] > image[best]:
                        best = (a, b)
            result[best] += gradient[i, j]
    return result


def max_gradient_numpy(image, gradient, kernel_size, stride):
    pixels, g, k = np.asarray(image, dtype=float), np.asarray(gradient, dtype=float), kernel_size
    result = np.zeros_like(pixels)
    for i, j in np.ndindex(*g.shape):
        window = pixels[i * stride : i * stride + k, j * stride : j * stride + k]
        a, b = np.unravel_index(window.argmax(), window.shape)
        result[i * stride + a, j * stride + b] += g[i, j]
    return result


def max_gradient_divmod_lists(image, gradient, kernel_size, stride):
    rows, g = image.tolist(), gradient.tolist()
    result = [[0.0] * len(rows[0]) for _ in rows]
    for i in range(len(g)):
        for j in range(len(g[0])):
            window = [
                rows[i * stride + a][j * stride + b] for a in range(kernel_size) for b in range(kernel_size)
            ]
            a, b = divmod(window.index(max(window)), kernel_size)
            result[i * stride + a][j * stride + b] += g[i][j]
    return result


def max_gradient_scatter(image, gradient, kernel_size, stride):
    _, where = F.max_pool2d(image[None, None], kernel_size, stride, return_indices=True)
    where = where[0, 0, : gradient.shape[0], : gradient.shape[1]]
    flat = torch.zeros(image.numel(), dtype=gradient.dtype)
    flat.index_add_(0, where.reshape(-1), gradient.reshape(-1))
    return flat.reshape(image.shape)


# pooling.max_gradient, wrong
def _spread(image, gradient, kernel_size, stride, choose, add=True):
    result = torch.zeros(image.shape)
    for i in range(gradient.shape[0]):
        for j in range(gradient.shape[1]):
            top, left = i * stride, j * stride
            window = image[top : top + kernel_size, left : left + kernel_size]
            share = choose(window) * gradient[i, j]
            if add:
                result[top : top + kernel_size, left : left + kernel_size] += share
            else:
                part = result[top : top + kernel_size, left : left + kernel_size]
                part[share != 0] = share[share != 0]
    return result


def _first(window):
    mask = torch.zeros(window.numel())
    mask[window.flatten().argmax()] = 1
    return mask.reshape(window.shape)


def max_gradient_overwrites(image, gradient, kernel_size, stride):
    return _spread(image, gradient, kernel_size, stride, _first, add=False)


def max_gradient_to_all_equal(image, gradient, kernel_size, stride):
    return _spread(image, gradient, kernel_size, stride, lambda w: (w == w.max()).float())


def max_gradient_shared_by_equal(image, gradient, kernel_size, stride):
    return _spread(
        image, gradient, kernel_size, stride, lambda w: (w == w.max()).float() / (w == w.max()).sum()
    )


def max_gradient_last_of_equal(image, gradient, kernel_size, stride):
    return _spread(image, gradient, kernel_size, stride, lambda w: _first(w.flip(0, 1)).flip(0, 1))


def max_gradient_first_by_columns(image, gradient, kernel_size, stride):
    return _spread(image, gradient, kernel_size, stride, lambda w: _first(w.T).T)


def max_gradient_stride_is_kernel(image, gradient, kernel_size, stride):
    return max_gradient_loops(image, gradient, kernel_size, kernel_size)


def max_gradient_average(image, gradient, kernel_size, stride):
    return _spread(image, gradient, kernel_size, stride, lambda w: torch.ones(w.shape) / kernel_size**2)


def max_gradient_best_starts_at_zero(image, gradient, kernel_size, stride):
    result = torch.zeros(image.shape)
    for i in range(gradient.shape[0]):
        for j in range(gradient.shape[1]):
            best, where = 0.0, (i * stride, j * stride)
            for a in range(i * stride, i * stride + kernel_size):
                for b in range(j * stride, j * stride + kernel_size):
                    if image[a, b] > best:
                        best, where = image[a, b], (a, b)
            result[where] += gradient[i, j]
    return result


def max_gradient_times_value(image, gradient, kernel_size, stride):
    return max_gradient_loops(image, gradient, kernel_size, stride) * image


def max_gradient_start_not_multiplied(image, gradient, kernel_size, stride):
    return max_gradient_loops(image, gradient, kernel_size, 1)


ANSWERS = {
    "pooling.maximum": (
        [
            [[4, 5], [6, 3]],
            ((4.0, 5.0), (6.0, 3.0)),
            torch.tensor([[4.0, 5.0], [6.0, 3.0]]),
            np.array([[1, 3, 2, 0], [4, 2, 1, 5], [0, 6, 2, 2], [1, 2, 3, 1]])
            .reshape(2, 2, 2, 2)
            .max(axis=(1, 3)),
        ],
        [
            [[4, 6], [5, 3]],
            [[4, 3, 5], [6, 6, 5], [6, 6, 3]],
            [[2.5, 2], [2.25, 2]],
            [[3, 2], [4, 5], [6, 2], [2, 3]],
            [[4, 6, 3, 5]],
            [[1, 0], [0, 1]],
            [[10, 8], [9, 8]],
            [[4, 5], [6, 2]],
            [[6, 3], [4, 5]],
            [[5]],
        ],
    ),
    "pooling.discarded": (
        [8 / 9, Fraction(8, 9), 1 - 100 / 900, torch.tensor(800 / 900)],
        [1 / 9, 2 / 3, 1 / 3, 0.75, 8, 800, 800 / 9, 0.9, 1 - 784 / 900, 100],
    ),
    "pooling.average": (
        [average_library, average_loops, average_reshape_numpy, average_lists],
        [
            average_stride_one,
            average_stride_two,
            average_maximum,
            average_sum,
            average_divided_by_side,
            average_divided_by_four,
            average_ceil_mode,
            average_square_only,
            average_reshape_wrong_axes,
            average_start_not_multiplied,
        ],
    ),
    "pooling.blur": (
        [blur_convolution, blur_slices, blur_matrices_numpy, blur_lists],
        [
            blur_zero_padding,
            blur_reflected,
            blur_from_the_second,
            blur_box,
            blur_subsamples_first,
            blur_not_subsampled,
            blur_rows_only_subsampled,
            blur_one_axis,
            blur_divided_once,
            blur_no_border,
        ],
    ),
    "pooling.max_gradient": (
        [max_gradient_loops, max_gradient_numpy, max_gradient_divmod_lists, max_gradient_scatter],
        [
            max_gradient_overwrites,
            max_gradient_to_all_equal,
            max_gradient_shared_by_equal,
            max_gradient_last_of_equal,
            max_gradient_first_by_columns,
            max_gradient_stride_is_kernel,
            max_gradient_average,
            max_gradient_best_starts_at_zero,
            max_gradient_times_value,
            max_gradient_start_not_multiplied,
        ],
    ),
}
