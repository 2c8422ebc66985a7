"""Answers of an outsider to the exercises of pooling."""

from fractions import Fraction

import numpy as np
import scipy.ndimage
import skimage.measure
import torch
import torch.nn.functional as F

# --- pooling.average: right


def average_torch(image, kernel_size):
    return F.avg_pool2d(image[None, None], kernel_size)[0, 0]


def average_reshape(image, kernel_size):
    k = kernel_size
    rows, columns = image.shape[0] // k, image.shape[1] // k
    return image[: rows * k, : columns * k].reshape(rows, k, columns, k).mean(dim=(1, 3))


def average_loops(image, kernel_size):
    p, k = image.tolist(), kernel_size
    return [
        [
            sum(p[i * k + a][j * k + b] for a in range(k) for b in range(k)) / (k * k)
            for j in range(len(p[0]) // k)
        ]
        for i in range(len(p) // k)
    ]


def average_skimage(image, kernel_size):
    k = kernel_size
    height, width = image.shape
    cropped = image.numpy()[: height - height % k, : width - width % k]
    return skimage.measure.block_reduce(cropped, (k, k), np.mean)


# --- pooling.average: wrong


def average_ceil(image, kernel_size):
    return F.avg_pool2d(image[None, None], kernel_size, ceil_mode=True)[0, 0]


def average_sum(image, kernel_size):
    return average_reshape(image, kernel_size) * kernel_size**2


def average_maximum(image, kernel_size):
    return F.max_pool2d(image[None, None], kernel_size)[0, 0]


def average_stride_one(image, kernel_size):
    return F.avg_pool2d(image[None, None], kernel_size, stride=1)[0, 0]


def average_one_side(image, kernel_size):
    return average_reshape(image, kernel_size) * kernel_size


def average_stride_two(image, kernel_size):
    return F.avg_pool2d(image[None, None], kernel_size, stride=2)[0, 0]


def average_adaptive(image, kernel_size):
    size = (image.shape[0] // kernel_size, image.shape[1] // kernel_size)
    return F.adaptive_avg_pool2d(image[None, None], size)[0, 0]


def average_from_end(image, kernel_size):
    top, left = image.shape[0] % kernel_size, image.shape[1] % kernel_size
    return average_reshape(image[top:, left:], kernel_size)


def average_square(image, kernel_size):
    n, k = image.shape[0] // kernel_size, kernel_size
    return image[: n * k, : n * k].reshape(n, k, n, k).mean(dim=(1, 3))


def average_blocks(image, kernel_size):
    k = kernel_size
    rows, columns = image.shape[0] // k, image.shape[1] // k
    return image[: rows * k, : columns * k].reshape(rows, columns, k, k).mean(dim=(2, 3))


# --- pooling.blur: right


def blur_torch(image):
    one = torch.tensor([1.0, 2, 1], dtype=image.dtype) / 4
    x = F.pad(image[None, None], (1, 1, 1, 1), mode="replicate")
    return F.conv2d(x, torch.outer(one, one)[None, None], stride=2)[0, 0]


def blur_scipy(image):
    rows = scipy.ndimage.convolve1d(image.numpy(), [0.25, 0.5, 0.25], axis=0, mode="nearest")
    return scipy.ndimage.convolve1d(rows, [0.25, 0.5, 0.25], axis=1, mode="nearest")[::2, ::2]


def blur_loops(image):
    p = image.tolist()
    height, width = len(p), len(p[0])
    result = []
    for i in range(0, height, 2):
        row = []
        for j in range(0, width, 2):
            total = 0
            for a, u in ((-1, 1), (0, 2), (1, 1)):
                for b, v in ((-1, 1), (0, 2), (1, 1)):
                    total += u * v * p[min(max(i + a, 0), height - 1)][min(max(j + b, 0), width - 1)]
            row.append(total / 16)
        result.append(row)
    return result


def blur_numpy(image):
    p = np.pad(image.numpy(), 1, mode="edge")
    p = (p[:-2] + 2 * p[1:-1] + p[2:]) / 4
    p = (p[:, :-2] + 2 * p[:, 1:-1] + p[:, 2:]) / 4
    return p[::2, ::2]


# --- pooling.blur: wrong


def blurred(image, mode, weights=(0.25, 0.5, 0.25)):
    a, b, c = weights
    p = np.pad(image.numpy(), 1, mode=mode)
    p = a * p[:-2] + b * p[1:-1] + c * p[2:]
    return a * p[:, :-2] + b * p[:, 1:-1] + c * p[:, 2:]


def blur_zeros(image):
    return blurred(image, "constant")[::2, ::2]


def blur_mirror(image):
    return blurred(image, "reflect")[::2, ::2]


def blur_second(image):
    return blurred(image, "edge")[1::2, 1::2]


def blur_all(image):
    return blurred(image, "edge")


def blur_one_axis(image):
    p = np.pad(image.numpy(), ((0, 0), (1, 1)), mode="edge")
    return ((p[:, :-2] + 2 * p[:, 1:-1] + p[:, 2:]) / 4)[::2, ::2]


def blur_afterwards(image):
    return blurred(image[::2, ::2], "edge")


def blur_box(image):
    return blurred(image, "edge", (1 / 3, 1 / 3, 1 / 3))[::2, ::2]


def blur_quarter_once(image):
    return 4 * blurred(image, "edge")[::2, ::2]


def blur_half_size(image):
    height, width = image.shape
    return blurred(image, "edge")[::2, ::2][: height // 2, : width // 2]


def blur_renormalised(image):
    ones = torch.ones_like(image)
    return (blurred(image, "constant") / blurred(ones, "constant"))[::2, ::2]


# --- pooling.max_gradient: right


def max_loops(image, gradient, kernel_size, stride):
    p, g = image.tolist(), gradient.tolist()
    result = [[0.0] * len(p[0]) for _ in p]
    for i, row in enumerate(g):
        for j, value in enumerate(row):
            best = (i * stride, j * stride)
            for a in range(i * stride, i * stride + kernel_size):
                for b in range(j * stride, j * stride + kernel_size):
                    if p[a][b] > p[best[0]][best[1]]:
                        best = (a, b)
            result[best[0]][best[1]] += value
    return result


def max_autograd(image, gradient, kernel_size, stride):
    x = image.detach().clone().requires_grad_()
    F.max_pool2d(x[None, None], kernel_size, stride).backward(gradient[None, None])
    return x.grad


def max_indices(image, gradient, kernel_size, stride):
    _, places = F.max_pool2d(image[None, None], kernel_size, stride, return_indices=True)
    result = torch.zeros(image.numel(), dtype=gradient.dtype)
    result.scatter_add_(0, places.flatten(), gradient.flatten())
    return result.reshape(image.shape)


def max_numpy(image, gradient, kernel_size, stride):
    a, g = image.numpy(), gradient.numpy()
    result = np.zeros(a.shape)
    for i, j in np.ndindex(*g.shape):
        window = a[i * stride : i * stride + kernel_size, j * stride : j * stride + kernel_size]
        down, right = np.unravel_index(window.argmax(), window.shape)
        result[i * stride + down, j * stride + right] += g[i, j]
    return result


# --- pooling.max_gradient: wrong


def windows(image, gradient, kernel_size, stride):
    for i in range(gradient.shape[0]):
        for j in range(gradient.shape[1]):
            top, left = i * stride, j * stride
            yield top, left, image[top : top + kernel_size, left : left + kernel_size], gradient[i, j]


def max_overwritten(image, gradient, kernel_size, stride):
    result = torch.zeros_like(image)
    for top, left, window, g in windows(image, gradient, kernel_size, stride):
        down, right = divmod(int(window.argmax()), kernel_size)
        result[top + down, left + right] = g
    return result


def max_all_ties(image, gradient, kernel_size, stride):
    result = torch.zeros_like(image)
    for top, left, window, g in windows(image, gradient, kernel_size, stride):
        result[top : top + kernel_size, left : left + kernel_size] += g * (window == window.max())
    return result


def max_last(image, gradient, kernel_size, stride):
    result = torch.zeros_like(image)
    for top, left, window, g in windows(image, gradient, kernel_size, stride):
        place = kernel_size**2 - 1 - int(window.flatten().flip(0).argmax())
        result[top + place // kernel_size, left + place % kernel_size] += g
    return result


def max_by_columns(image, gradient, kernel_size, stride):
    result = torch.zeros_like(image)
    for top, left, window, g in windows(image, gradient, kernel_size, stride):
        right, down = divmod(int(window.T.contiguous().argmax()), kernel_size)
        result[top + down, left + right] += g
    return result


def max_shared(image, gradient, kernel_size, stride):
    result = torch.zeros_like(image)
    for top, left, window, g in windows(image, gradient, kernel_size, stride):
        mask = (window == window.max()).double()
        result[top : top + kernel_size, left : left + kernel_size] += g * mask / mask.sum()
    return result


def max_as_average(image, gradient, kernel_size, stride):
    result = torch.zeros_like(image)
    for top, left, _window, g in windows(image, gradient, kernel_size, stride):
        result[top : top + kernel_size, left : left + kernel_size] += g / kernel_size**2
    return result


def max_from_zero(image, gradient, kernel_size, stride):
    result = torch.zeros_like(image)
    for top, left, window, g in windows(image, gradient, kernel_size, stride):
        best, place = 0, None
        for a in range(kernel_size):
            for b in range(kernel_size):
                if window[a, b] > best:
                    best, place = window[a, b], (top + a, left + b)
        if place is not None:
            result[place] += g
    return result


def max_magnitude(image, gradient, kernel_size, stride):
    return max_numpy(image.abs(), gradient, kernel_size, stride)


def max_anywhere(image, gradient, kernel_size, stride):
    result = torch.zeros_like(image)
    for _, _, window, g in windows(image, gradient, kernel_size, stride):
        a, b = (image == window.max()).nonzero()[0].tolist()
        result[a, b] += g
    return result


def max_stride_forgotten(image, gradient, kernel_size, stride):
    result = torch.zeros_like(image)
    for i in range(image.shape[0] // kernel_size):
        for j in range(image.shape[1] // kernel_size):
            top, left = i * kernel_size, j * kernel_size
            window = image[top : top + kernel_size, left : left + kernel_size]
            down, right = divmod(int(window.argmax()), kernel_size)
            if i < gradient.shape[0] and j < gradient.shape[1]:
                result[top + down, left + right] += gradient[i, j]
    return result


ANSWERS = {
    "pooling.average": (
        [average_torch, average_reshape, average_loops, average_skimage],
        [
            average_ceil,  # windows that are not full count too
            average_sum,  # sum
            average_maximum,  # maximum
            average_stride_one,  # windows overlap
            average_one_side,  # divided by k, not k squared
            average_stride_two,  # stride 2 whatever the window
            average_adaptive,  # stretches windows if the size does not divide
            average_from_end,  # leaves out the first rows and columns, not the last
            average_square,  # takes the picture for square
            average_blocks,  # reshape with axes in the wrong order
        ],
    ),
    "pooling.blur": (
        [blur_torch, blur_scipy, blur_loops, blur_numpy],
        [
            blur_zeros,  # zeros beyond the edge
            blur_mirror,  # mirrored without the edge itself
            blur_second,  # keeps from the second on
            blur_all,  # keeps all
            blur_one_axis,  # blurs along the rows only
            blur_afterwards,  # drops first, blurs then
            blur_box,  # (1, 1, 1) / 3
            blur_quarter_once,  # divided by 4 only once
            blur_half_size,  # drops the last row or column of odd sizes
            blur_renormalised,  # at the edge only pixels that exist, weights scaled
        ],
    ),
    "pooling.discarded": (
        [Fraction(8, 9), 8 / 9, torch.tensor(800 / 900), np.float64(1 - 10 * 10 / 30**2)],
        [
            1 / 9,  # what is handed on
            2 / 3,  # one axis only
            3 / 4,  # windows of 2 x 2
            800,  # number, not share
            800 / 9,  # percent
            1 - 28**2 / 30**2,  # stride 1
            8,  # lost in each window
            0.99,  # 9 of 900 stay
            0.9,  # 1 - 3 / 30
            0.88,  # 1 % too few
        ],
    ),
    "pooling.max_gradient": (
        [max_loops, max_autograd, max_indices, max_numpy],
        [
            max_overwritten,  # = in place of += where windows overlap
            max_all_ties,  # all largest pixels get the gradient
            max_last,  # the last of several largest
            max_by_columns,  # the first, column by column
            max_shared,  # shared among the largest
            max_as_average,  # gradient of average pooling
            max_from_zero,  # starts from 0: loses windows without positive pixels
            max_magnitude,  # largest magnitude
            max_anywhere,  # looks for the value in the whole picture
            max_stride_forgotten,  # takes the window's size for the stride
        ],
    ),
    "pooling.maximum": (
        [
            [[4, 5], [6, 3]],
            torch.tensor([[4.0, 5.0], [6.0, 3.0]]),
            ((4, 5), (6, 3)),
            np.array([[4, 5], [6, 3]]),
        ],
        [
            [[4, 6], [5, 3]],  # transposed
            [[2.5, 2], [2.25, 2]],  # mean
            [[4, 3, 5], [6, 6, 5], [6, 6, 3]],  # stride 1
            [[1, 0], [0, 1]],  # minimum
            [[10, 8], [9, 8]],  # sum
            [[1, 2], [0, 2]],  # upper left of each window
            [[3, 2], [4, 5], [6, 2], [2, 3]],  # along rows only
            [[4, 3, 2, 5], [1, 6, 3, 2]],  # along columns only
            [4, 5, 6, 3],  # one list, no rows
            [[4, 5], [6, 2]],  # last window misread
        ],
    ),
}
