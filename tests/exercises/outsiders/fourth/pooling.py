"""Answers of an outsider to the exercises of pooling."""

from fractions import Fraction

import numpy as np
import scipy.ndimage
import torch
import torch.nn.functional as F


# --- average: right
def average_loops(image, kernel_size):
    k = kernel_size
    h, w = image.shape[0] // k, image.shape[1] // k
    result = torch.zeros(h, w, dtype=torch.float64)
    for i in range(h):
        for j in range(w):
            result[i, j] = image[i * k : (i + 1) * k, j * k : (j + 1) * k].mean()
    return result


def average_reshape(image, kernel_size):
    h, w = image.shape[0] // kernel_size, image.shape[1] // kernel_size
    cropped = image[: h * kernel_size, : w * kernel_size]
    return cropped.reshape(h, kernel_size, w, kernel_size).mean(dim=(1, 3))


def average_matrices(image, kernel_size):
    def means(size):
        n = size // kernel_size
        matrix = np.zeros((n, size))
        matrix[:, : n * kernel_size] = np.kron(np.eye(n), np.ones((1, kernel_size))) / kernel_size
        return matrix

    return np.einsum("ia,ab,jb->ij", means(image.shape[0]), image.numpy(), means(image.shape[1]))


def average_library(image, kernel_size):
    if min(image.shape) < kernel_size:
        return np.zeros((image.shape[0] // kernel_size, image.shape[1] // kernel_size))
    return F.avg_pool2d(image[None, None], kernel_size)[0, 0]


# --- average: wrong
def average_one_factor(image, kernel_size):
    return average_reshape(image, kernel_size) * kernel_size


def average_stride_one(image, kernel_size):
    return F.avg_pool2d(image[None, None], kernel_size, stride=1)[0, 0]


def average_maximum(image, kernel_size):
    return F.max_pool2d(image[None, None], kernel_size)[0, 0]


def average_wrong_reshape(image, kernel_size):
    """The right shape, but not the right neighbours: right for one window per row."""
    h, w = image.shape[0] // kernel_size, image.shape[1] // kernel_size
    cropped = image[: h * kernel_size, : w * kernel_size]
    return cropped.reshape(h, w, kernel_size, kernel_size).mean(dim=(2, 3))


def average_square(image, kernel_size):
    """Right for square pictures: counts the windows of a row by the height."""
    n = image.shape[0] // kernel_size
    result = torch.zeros(n, n, dtype=torch.float64)
    for i in range(n):
        for j in range(n):
            a, b = i * kernel_size, j * kernel_size
            result[i, j] = image[a : a + kernel_size, b : b + kernel_size].mean()
    return result


def average_ceil(image, kernel_size):
    """Subtle: right where the windows fill the picture."""
    return F.avg_pool2d(image[None, None], kernel_size, ceil_mode=True)[0, 0]


def average_from_the_end(image, kernel_size):
    """Subtle: leaves out the first rows and columns instead of the last."""
    h, w = image.shape
    return average_reshape(image[h % kernel_size :, w % kernel_size :], kernel_size)


def average_adaptive(image, kernel_size):
    """Subtle: stretches the windows over the rest."""
    h, w = image.shape[0] // kernel_size, image.shape[1] // kernel_size
    return F.adaptive_avg_pool2d(image[None, None], (h, w))[0, 0]


def average_cuts_nothing(image, kernel_size):
    """Subtle: right only where there is a rest on neither axis or on both: image[:-0] is empty."""
    h, w = image.shape
    if h % kernel_size or w % kernel_size:
        image = image[: -(h % kernel_size), : -(w % kernel_size)]
    return average_reshape(image, kernel_size)


def average_squeezed(image, kernel_size):
    """Subtle: a single row or column of windows loses its axis."""
    return F.avg_pool2d(image[None, None], kernel_size).squeeze()


# --- blur: right
def blur_loops(image):
    h, w = image.shape
    weights = {-1: 0.25, 0: 0.5, 1: 0.25}
    result = torch.zeros((h + 1) // 2, (w + 1) // 2, dtype=torch.float64)
    for i in range(0, h, 2):
        for j in range(0, w, 2):
            for a, u in weights.items():
                for b, v in weights.items():
                    y, x = min(max(i + a, 0), h - 1), min(max(j + b, 0), w - 1)
                    result[i // 2, j // 2] += u * v * image[y, x]
    return result


def blur_conv2d(image):
    line = torch.tensor([1, 2, 1], dtype=torch.float64) / 4
    padded = F.pad(image[None, None], (1, 1, 1, 1), mode="replicate")
    return F.conv2d(padded, torch.outer(line, line)[None, None], stride=2)[0, 0]


def blur_ndimage(image):
    result = image.numpy()
    for axis in (0, 1):
        result = scipy.ndimage.correlate1d(result, [0.25, 0.5, 0.25], axis=axis, mode="nearest")
    return result[::2, ::2]


def blur_matrices(image):
    def matrix(n):
        m = np.eye(n) / 2 + np.eye(n, k=1) / 4 + np.eye(n, k=-1) / 4
        m[0, 0] += 0.25
        m[-1, -1] += 0.25
        return m[::2]

    return matrix(image.shape[0]) @ image.numpy() @ matrix(image.shape[1]).T


# --- blur: wrong
def blur_zero_padding(image):
    line = torch.tensor([1, 2, 1], dtype=torch.float64) / 4
    return F.conv2d(image[None, None], torch.outer(line, line)[None, None], stride=2, padding=1)[0, 0]


def blur_mirror(image):
    """Mirrored at the edge pixel, which is not repeated."""
    result = image.numpy()
    for axis in (0, 1):
        result = scipy.ndimage.correlate1d(result, [0.25, 0.5, 0.25], axis=axis, mode="mirror")
    return result[::2, ::2]


def blur_odd_pixels(image):
    result = image.numpy()
    for axis in (0, 1):
        result = scipy.ndimage.correlate1d(result, [0.25, 0.5, 0.25], axis=axis, mode="nearest")
    return result[1::2, 1::2]


def blur_afterwards(image):
    """Subsamples first, then blurs."""
    return blur_all(image[::2, ::2])


def blur_all(image):
    padded = np.pad(image.numpy(), 1, mode="edge")
    rows = (padded[:-2] + 2 * padded[1:-1] + padded[2:]) / 4
    return (rows[:, :-2] + 2 * rows[:, 1:-1] + rows[:, 2:]) / 4


def blur_cross(image):
    """The mean of the two blurs instead of one after the other: right on ramps."""
    p = np.pad(image.numpy(), 1, mode="edge")
    down = (p[:-2, 1:-1] + 2 * p[1:-1, 1:-1] + p[2:, 1:-1]) / 4
    along = (p[1:-1, :-2] + 2 * p[1:-1, 1:-1] + p[1:-1, 2:]) / 4
    return ((down + along) / 2)[::2, ::2]


def blur_in_place(image):
    """The pixel to the left and the one above are blurred already."""
    result = np.pad(image.numpy(), 1, mode="edge")
    for i in range(1, result.shape[0] - 1):
        result[i] = (result[i - 1] + 2 * result[i] + result[i + 1]) / 4
    for j in range(1, result.shape[1] - 1):
        result[:, j] = (result[:, j - 1] + 2 * result[:, j] + result[:, j + 1]) / 4
    return result[1:-1, 1:-1][::2, ::2]


def blur_whole_pairs(image):
    """Subtle: right for even sizes; the last row or column of an odd size is missing."""
    h, w = image.shape
    return blur_all(image)[: h // 2 * 2 : 2, : w // 2 * 2 : 2]


def blur_first_edge_only(image):
    """Subtle: beyond the last edge there are zeros, which only odd sizes see."""
    padded = F.pad(image[None, None], (1, 0, 1, 0), mode="replicate")
    padded = F.pad(padded, (0, 1, 0, 1))
    line = torch.tensor([1, 2, 1], dtype=torch.float64) / 4
    return F.conv2d(padded, torch.outer(line, line)[None, None], stride=2)[0, 0]


def blur_squeezed(image):
    """Subtle: a result of one row or column loses an axis."""
    return torch.from_numpy(blur_all(image)[::2, ::2]).squeeze()


def blur_strided(image):
    """Subtle: takes for granted that the rows lie one after the other; wrong for a transposed picture."""
    h, w = image.shape
    rows = torch.as_strided(image, (h, w), (w, 1))
    return blur_conv2d(rows)


# --- max_gradient: right
def max_loops(image, gradient, kernel_size, stride):
    pixels = image.tolist()
    result = torch.zeros(image.shape, dtype=torch.float64)
    for i in range(gradient.shape[0]):
        for j in range(gradient.shape[1]):
            best = None
            for y in range(i * stride, i * stride + kernel_size):
                for x in range(j * stride, j * stride + kernel_size):
                    if best is None or pixels[y][x] > pixels[best[0]][best[1]]:
                        best = (y, x)
            result[best] += gradient[i, j]
    return result


def max_numpy(image, gradient, kernel_size, stride):
    pixels = image.numpy()
    result = np.zeros(pixels.shape)
    for (i, j), g in np.ndenumerate(gradient.numpy()):
        y, x = i * stride, j * stride
        a, b = divmod(int(pixels[y : y + kernel_size, x : x + kernel_size].argmax()), kernel_size)
        result[y + a, x + b] += g
    return result


def max_autograd(image, gradient, kernel_size, stride):
    pixels = image.detach().clone().requires_grad_()
    pooled = F.max_pool2d(pixels[None, None], kernel_size, stride)[0, 0]
    pooled.backward(gradient)
    return pixels.grad


def max_bincount(image, gradient, kernel_size, stride):
    h, w = image.shape
    windows = np.lib.stride_tricks.sliding_window_view(image.numpy(), (kernel_size, kernel_size))
    windows = windows[::stride, ::stride]
    inside = windows.reshape(*windows.shape[:2], -1).argmax(-1)
    y = np.arange(windows.shape[0])[:, None] * stride + inside // kernel_size
    x = np.arange(windows.shape[1])[None, :] * stride + inside % kernel_size
    weights = gradient.numpy().ravel()
    return np.bincount((y * w + x).ravel(), weights, minlength=h * w).reshape(h, w)


# --- max_gradient: wrong
def max_own_stride(image, gradient, kernel_size, stride):
    """The windows lie side by side, whatever the stride."""
    result = torch.zeros_like(image)
    h, w = image.shape[0] // kernel_size, image.shape[1] // kernel_size
    for i in range(min(h, gradient.shape[0])):
        for j in range(min(w, gradient.shape[1])):
            y, x = i * kernel_size, j * kernel_size
            place = image[y : y + kernel_size, x : x + kernel_size].numpy().argmax()
            result[y + place // kernel_size, x + place % kernel_size] += gradient[i, j]
    return result


def max_everywhere(image, gradient, kernel_size, stride):
    """As average pooling does: an equal share for each pixel of the window."""
    result = torch.zeros_like(image)
    for i in range(gradient.shape[0]):
        for j in range(gradient.shape[1]):
            y, x = i * stride, j * stride
            result[y : y + kernel_size, x : x + kernel_size] += gradient[i, j] / kernel_size**2
    return result


def max_of_size(image, gradient, kernel_size, stride):
    """Right where no pixel is negative."""
    return max_loops(image.abs(), gradient, kernel_size, stride)


def max_overwrites(image, gradient, kernel_size, stride):
    """Right where no pixel is the largest of two windows."""
    _pooled, places = F.max_pool2d(image[None, None], kernel_size, stride, return_indices=True)
    result = np.zeros(image.numel())
    result[places.numpy().ravel()] = gradient.numpy().ravel()
    return result.reshape(image.shape)


def max_last_tie(image, gradient, kernel_size, stride):
    """Subtle: of several largest the last."""
    pixels = image.tolist()
    result = torch.zeros(image.shape, dtype=torch.float64)
    for i in range(gradient.shape[0]):
        for j in range(gradient.shape[1]):
            best = (i * stride, j * stride)
            for y in range(i * stride, i * stride + kernel_size):
                for x in range(j * stride, j * stride + kernel_size):
                    if pixels[y][x] >= pixels[best[0]][best[1]]:
                        best = (y, x)
            result[best] += gradient[i, j]
    return result


def max_columns_first(image, gradient, kernel_size, stride):
    """Subtle: of several largest the first column by column."""
    return max_numpy(image.T, gradient.T, kernel_size, stride).T


def max_shared_tie(image, gradient, kernel_size, stride):
    """Subtle: several largest share the derivative."""
    pixels = image.clone().requires_grad_()
    windows = pixels.unfold(0, kernel_size, stride).unfold(1, kernel_size, stride)
    windows.amax(dim=(2, 3)).backward(gradient)
    return pixels.grad


def max_from_zero(image, gradient, kernel_size, stride):
    """Subtle: the search starts at 0, so that a window of negative pixels has no largest."""
    pixels = image.tolist()
    result = torch.zeros(image.shape, dtype=torch.float64)
    for i in range(gradient.shape[0]):
        for j in range(gradient.shape[1]):
            largest, best = 0.0, None
            for y in range(i * stride, i * stride + kernel_size):
                for x in range(j * stride, j * stride + kernel_size):
                    if pixels[y][x] > largest:
                        largest, best = pixels[y][x], (y, x)
            if best is not None:
                result[best] += gradient[i, j]
    return result


def max_no_rest(image, gradient, kernel_size, stride):
    """Subtle: ends with the last window; rows and columns beyond it are missing."""
    result = max_loops(image, gradient, kernel_size, stride)
    h, w = gradient.shape
    return result[: (h - 1) * stride + kernel_size, : (w - 1) * stride + kernel_size]


def max_square_places(image, gradient, kernel_size, stride):
    """Subtle: right for square pictures; divides the place by the height."""
    _, places = F.max_pool2d(image[None, None], kernel_size, stride, return_indices=True)
    result = torch.zeros(image.shape, dtype=torch.float64)
    for place, g in zip(places.flatten().tolist(), gradient.flatten().tolist(), strict=False):
        y, x = divmod(place, image.shape[0])
        result[y % image.shape[0], x % image.shape[1]] += g
    return result


ANSWERS = {
    "pooling.maximum": (
        [
            [[4, 5], [6, 3]],
            ((4, 5), (6, 3)),
            np.array([[4.0, 5.0], [6.0, 3.0]]),
            F.max_pool2d(torch.tensor([[[1.0, 3, 2, 0], [4, 2, 1, 5], [0, 6, 2, 2], [1, 2, 3, 1]]]), 2)[0],
        ],
        [
            [[4, 6], [5, 3]],
            [[2.5, 2], [2.25, 2]],
            [[4, 3, 5], [6, 6, 5], [6, 6, 3]],
            [[1, 0], [0, 1]],
            [[10, 8], [9, 8]],
            [3, 5, 6, 3],
            [4, 6, 3, 5],
            [[4, 5], [6, 2]],
            [[3, 2], [4, 5], [6, 2], [2, 3]],
            [[4, 5, 6, 3]],
        ],
    ),
    "pooling.discarded": (
        [8 / 9, Fraction(8, 9), 1 - torch.tensor(100 / 900, dtype=torch.float64), np.float64(800) / 900],
        [1 / 9, 2 / 3, 3 / 4, 100 * 8 / 9, 800, 1 - 28**2 / 30**2, 9 / 10, 1 / 3, 8, (8, 9)],
    ),
    "pooling.average": (
        [average_loops, average_reshape, average_matrices, average_library],
        [
            average_one_factor,
            average_stride_one,
            average_maximum,
            average_wrong_reshape,
            average_square,
            average_ceil,
            average_from_the_end,
            average_adaptive,
            average_cuts_nothing,
            average_squeezed,
        ],
    ),
    "pooling.blur": (
        [blur_loops, blur_conv2d, blur_ndimage, blur_matrices],
        [
            blur_zero_padding,
            blur_mirror,
            blur_odd_pixels,
            blur_afterwards,
            blur_cross,
            blur_in_place,
            blur_whole_pairs,
            blur_first_edge_only,
            blur_squeezed,
            blur_strided,
        ],
    ),
    "pooling.max_gradient": (
        [max_loops, max_numpy, max_autograd, max_bincount],
        [
            max_own_stride,
            max_everywhere,
            max_of_size,
            max_overwrites,
            max_last_tie,
            max_columns_first,
            max_shared_tie,
            max_from_zero,
            max_no_rest,
            max_square_places,
        ],
    ),
}
