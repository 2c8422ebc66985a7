"""Answers of an outsider to the exercises of pooling."""

from fractions import Fraction

import numpy as np
import scipy.ndimage
import skimage.measure
import torch
import torch.nn.functional as F


# ---- pooling.average
def average_torch(image, kernel_size):
    return F.avg_pool2d(image[None, None], kernel_size)[0, 0]


def average_lists(image, kernel_size):
    p, k = image.tolist(), kernel_size
    return [
        [
            sum(p[i * k + u][j * k + v] for u in range(k) for v in range(k)) / (k * k)
            for j in range(len(p[0]) // k)
        ]
        for i in range(len(p) // k)
    ]


def average_reshape(image, kernel_size):
    k = kernel_size
    rows, columns = image.shape[0] // k, image.shape[1] // k
    return image[: rows * k, : columns * k].reshape(rows, k, columns, k).mean(dim=(1, 3))


def average_skimage(image, kernel_size):
    k = kernel_size
    p = np.asarray(image)[: image.shape[0] // k * k, : image.shape[1] // k * k]
    return skimage.measure.block_reduce(p, (k, k), np.mean)


def average_end(image, kernel_size):
    k = kernel_size
    return average_torch(image[image.shape[0] % k :, image.shape[1] % k :], k)


def average_square(image, kernel_size):
    size = image.shape[0] // kernel_size
    k = kernel_size
    return [
        [float(image[i * k : i * k + k, j * k : j * k + k].mean()) for j in range(size)] for i in range(size)
    ]


def average_ceil(image, kernel_size):
    return F.avg_pool2d(image[None, None], kernel_size, ceil_mode=True)[0, 0]


def average_zero(image, kernel_size):
    return skimage.measure.block_reduce(image.numpy(), (kernel_size, kernel_size), np.mean)


def average_reshape_wrong(image, kernel_size):
    k = kernel_size
    rows, columns = image.shape[0] // k, image.shape[1] // k
    return image[: rows * k, : columns * k].reshape(rows, columns, k * k).mean(-1)


# ---- pooling.blur
def blur_numpy(image):
    p = np.pad(np.asarray(image), 1, mode="edge")
    p = (p[:-2] + 2 * p[1:-1] + p[2:]) / 4
    p = (p[:, :-2] + 2 * p[:, 1:-1] + p[:, 2:]) / 4
    return p[::2, ::2]


def blur_torch(image):
    row = torch.tensor([1.0, 2, 1], dtype=image.dtype) / 4
    padded = F.pad(image[None, None], (1, 1, 1, 1), mode="replicate")
    return F.conv2d(padded, torch.outer(row, row)[None, None], stride=2)[0, 0]


def blur_scipy(image):
    p = scipy.ndimage.correlate1d(np.asarray(image), [0.25, 0.5, 0.25], axis=0, mode="nearest")
    return scipy.ndimage.correlate1d(p, [0.25, 0.5, 0.25], axis=1, mode="nearest")[::2, ::2]


def blur_lists(image):
    p = image.tolist()
    height, width = len(p), len(p[0])
    weights = ((-1, 1), (0, 2), (1, 1))
    return [
        [
            sum(
                a * b * p[min(max(i + u, 0), height - 1)][min(max(j + v, 0), width - 1)]
                for u, a in weights
                for v, b in weights
            )
            / 16
            for j in range(0, width, 2)
        ]
        for i in range(0, height, 2)
    ]


def blurred(image, mode="edge", weights=(0.25, 0.5, 0.25)):
    a, b, c = weights
    p = np.pad(np.asarray(image), 1, mode=mode)
    p = a * p[:-2] + b * p[1:-1] + c * p[2:]
    return a * p[:, :-2] + b * p[:, 1:-1] + c * p[:, 2:]


def blur_floor(image):
    return blurred(image)[::2, ::2][: image.shape[0] // 2, : image.shape[1] // 2]


def blur_normalised(image):
    return (blurred(image, "constant") / blurred(np.ones(image.shape), "constant"))[::2, ::2]


def blur_one_axis(image):
    return scipy.ndimage.correlate1d(image.numpy(), [0.25, 0.5, 0.25], axis=1, mode="nearest")[::2, ::2]


# ---- pooling.max_gradient
def route_lists(image, gradient, kernel_size, stride):
    p, g = image.tolist(), gradient.tolist()
    out = [[0.0] * len(p[0]) for _ in p]
    for i in range(len(g)):
        for j in range(len(g[0])):
            best = None
            for a in range(i * stride, i * stride + kernel_size):
                for b in range(j * stride, j * stride + kernel_size):
                    if best is None or p[a][b] > p[best[0]][best[1]]:
                        best = a, b
            out[best[0]][best[1]] += g[i][j]
    return out


def route_numpy(image, gradient, kernel_size, stride):
    image, gradient = np.asarray(image), np.asarray(gradient)
    out = np.zeros(image.shape)
    for (i, j), g in np.ndenumerate(gradient):
        top, left = i * stride, j * stride
        window = image[top : top + kernel_size, left : left + kernel_size]
        a, b = np.unravel_index(window.argmax(), window.shape)
        out[top + a, left + b] += g
    return out


def route_autograd(image, gradient, kernel_size, stride):
    x = image.clone().requires_grad_()
    y = F.max_pool2d(x[None, None], kernel_size, stride)
    y.backward(gradient[None, None])
    return x.grad


def route_indices(image, gradient, kernel_size, stride):
    _, where = F.max_pool2d(image[None, None], kernel_size, stride, return_indices=True)
    out = torch.zeros(image.numel(), dtype=gradient.dtype)
    out.index_add_(0, where.flatten(), gradient.flatten())
    return out.reshape(image.shape)


def route(image, gradient, kernel_size, stride, spread, add=True):
    """Each window's gradient times spread(window), which is where the mistakes are."""
    p, out = image.numpy(), np.zeros(tuple(image.shape))
    for (i, j), g in np.ndenumerate(gradient.numpy()):
        part = (slice(i * stride, i * stride + kernel_size), slice(j * stride, j * stride + kernel_size))
        share = spread(p[part])
        if add:
            out[part] += g * share
        else:
            out[part] = np.where(share > 0, g, out[part])
    return out


def one_at(number, shape):
    out = np.zeros(int(np.prod(shape)))
    out[number] = 1
    return out.reshape(shape)


def first(w):
    return one_at(w.argmax(), w.shape)


def last(w):
    return one_at(w.size - 1 - w.ravel()[::-1].argmax(), w.shape)


def by_columns(w):
    return one_at(w.T.argmax(), w.T.shape).T


def from_zero(w):
    best, place = 0.0, None
    for number, value in enumerate(w.ravel()):
        if value > best:
            best, place = value, number
    return np.zeros(w.shape) if place is None else one_at(place, w.shape)


def same(w):
    return (w == w.max()) * 1.0


def route_whole_picture(image, gradient, kernel_size, stride):
    out = np.zeros(tuple(image.shape))
    for (i, j), g in np.ndenumerate(gradient.numpy()):
        window = image[i * stride : i * stride + kernel_size, j * stride : j * stride + kernel_size]
        a, b = np.argwhere(image.numpy() == float(window.max()))[0]
        out[a, b] += g
    return out


def route_no_overlap(image, gradient, kernel_size, stride):
    rows, columns = gradient.shape
    rows, columns = min(rows, image.shape[0] // kernel_size), min(columns, image.shape[1] // kernel_size)
    return route(image, gradient[:rows, :columns], kernel_size, kernel_size, first)


def route_cropped(image, gradient, kernel_size, stride):
    height, width = ((n - 1) * stride + kernel_size for n in gradient.shape)
    return route(image, gradient, kernel_size, stride, first)[:height, :width]


ANSWERS = {
    "pooling.average": (
        [average_torch, average_lists, average_reshape, average_skimage],
        [
            average_ceil,  # windows that are not full count too
            average_zero,  # last windows filled with zeros
            average_end,  # drops rows at the top instead of the bottom
            average_square,  # as many columns as rows
            lambda p, k: F.avg_pool2d(p[None, None], k, 1)[0, 0],  # stride 1
            lambda p, k: average_torch(p, k) * k * k,  # sum
            lambda p, k: average_torch(p, k) * k,  # divided by k, not k * k
            lambda p, k: average_torch(p, 2),  # windows of 2 always
            average_reshape_wrong,  # reshape that mixes windows
            lambda p, k: F.max_pool2d(p[None, None], k)[0, 0],  # largest
        ],
    ),
    "pooling.blur": (
        [blur_numpy, blur_torch, blur_scipy, blur_lists],
        [
            lambda p: blurred(p, "constant")[::2, ::2],  # zeros beyond the edge
            lambda p: scipy.ndimage.correlate(  # mirrored without the edge pixel
                p.numpy(), np.outer([1, 2, 1], [1, 2, 1]) / 16, mode="mirror"
            )[::2, ::2],
            lambda p: blurred(p, "wrap")[::2, ::2],  # goes round
            lambda p: blurred(p)[1::2, 1::2],  # from the second on
            blur_floor,  # last row or column lost when the size is odd
            blur_one_axis,  # blurred along the rows only
            lambda p: blurred(p[::2, ::2]),  # keeps first, then blurs
            blur_normalised,  # smaller kernel at the edge
            lambda p: blurred(p, weights=(1 / 3, 1 / 3, 1 / 3))[::2, ::2],  # plain mean
            lambda p: blurred(p)[::2],  # every column kept
        ],
    ),
    "pooling.discarded": (
        [8 / 9, Fraction(8, 9), torch.tensor(1 - 100 / 900), np.float64(0.888889)],
        [
            1 / 9,  # what is handed on
            2 / 3,  # one axis only
            Fraction(3, 4),  # windows of 2
            800,  # number, not share
            88.889,  # per cent
            0.9,  # rounded too much
            1 - 784 / 900,  # stride 1
            8.0,  # discarded for each one kept
            5 / 9,  # 1 - 2/3 squared
            0,  # each is the largest of some window
        ],
    ),
    "pooling.max_gradient": (
        [route_lists, route_numpy, route_autograd, route_indices],
        [
            lambda p, g, k, s: route(p, g, k, s, first, add=False),  # overlaps overwritten
            lambda p, g, k, s: route(p, g, k, s, same),  # all largest get all
            lambda p, g, k, s: route(p, g, k, s, lambda w: same(w) / same(w).sum()),  # ties share
            lambda p, g, k, s: route(p, g, k, s, last),  # last of the largest
            lambda p, g, k, s: route(p, g, k, s, by_columns),  # first, column by column
            lambda p, g, k, s: route(p, g, k, s, from_zero),  # starts from 0: negatives get nothing
            lambda p, g, k, s: route(p, g, k, s, lambda w: np.ones(w.shape) / w.size),  # average pooling
            route_whole_picture,  # looks for the value in the whole picture
            route_no_overlap,  # stride taken as the window's size
            route_cropped,  # rows and columns without window missing
        ],
    ),
    "pooling.maximum": (
        [
            [[4, 5], [6, 3]],
            ((4.0, 5.0), (6.0, 3.0)),
            np.array([[4, 5], [6, 3]]),
            F.max_pool2d(torch.tensor([[[1.0, 3, 2, 0], [4, 2, 1, 5], [0, 6, 2, 2], [1, 2, 3, 1]]]), 2)[0],
        ],
        [
            [[4, 3, 5], [6, 6, 5], [6, 6, 3]],  # stride 1
            [[4, 6], [5, 3]],  # transposed
            [[2.5, 2], [2.25, 2]],  # averages
            [[1, 0], [0, 1]],  # smallest
            [[10, 8], [9, 8]],  # sums
            [[1, 2], [0, 2]],  # upper left pixels
            [[3, 2], [4, 5], [6, 2], [2, 3]],  # along the rows only
            [[4, 3, 2, 5], [1, 6, 3, 2]],  # along the columns only
            [[4, 5], [6, 2]],  # 3 overlooked
            [4, 5, 6, 3],  # no rows
        ],
    ),
}
