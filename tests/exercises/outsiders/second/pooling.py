"""Answers of an outsider to the exercises of pooling."""

from fractions import Fraction

import numpy as np
import torch
import torch.nn.functional as F
from scipy import ndimage
from skimage.measure import block_reduce

# average


def av_loops(image, kernel_size):
    k = int(kernel_size)
    H, W = image.shape
    rows = []
    for r in range(H // k):
        rows.append([])
        for c in range(W // k):
            total = 0.0
            for i in range(k):
                for j in range(k):
                    total += float(image[r * k + i, c * k + j])
            rows[-1].append(total / k**2)
    return rows


def av_reshape(image, kernel_size):
    k = kernel_size
    h, w = image.shape[0] // k, image.shape[1] // k
    return image[: h * k, : w * k].reshape(h, k, w, k).mean(dim=(1, 3))


def av_torch(image, kernel_size):
    return F.avg_pool2d(image[None, None], kernel_size)[0, 0]


def av_skimage(image, kernel_size):
    h, w = image.shape[0] // kernel_size, image.shape[1] // kernel_size
    cut = image.numpy()[: h * kernel_size, : w * kernel_size]
    return block_reduce(cut, (kernel_size, kernel_size), np.mean)


def av_partial(image, kernel_size):
    return F.avg_pool2d(image[None, None], kernel_size, ceil_mode=True)[0, 0]


def av_padded(image, kernel_size):
    return block_reduce(image.numpy(), (kernel_size, kernel_size), np.mean)


def av_last(image, kernel_size):
    top, left = image.shape[0] % kernel_size, image.shape[1] % kernel_size
    return av_reshape(image[top:, left:], kernel_size)


def av_indivisible(image, kernel_size):
    k = kernel_size
    H, W = image.shape
    return image.reshape(H // k, k, W // k, k).mean(dim=(1, 3))


def av_square(image, kernel_size):
    k = kernel_size
    n = image.shape[0] // k
    out = torch.zeros(n, n, dtype=image.dtype)
    for r in range(n):
        for c in range(n):
            out[r, c] = image[r * k : r * k + k, c * k : c * k + k].mean()
    return out


# blur


def bl_loops(image):
    H, W = image.shape
    tap = {-1: 1, 0: 2, 1: 1}
    rows = []
    for r in range(0, H, 2):
        rows.append([])
        for c in range(0, W, 2):
            rows[-1].append(
                sum(
                    tap[i] * tap[j] * float(image[min(max(r + i, 0), H - 1), min(max(c + j, 0), W - 1)])
                    for i in tap
                    for j in tap
                )
                / 16
            )
    return rows


def bl_torch(image, mode="replicate", weights=(1, 2, 1)):
    one = torch.tensor(weights, dtype=image.dtype)
    kernel = torch.outer(one, one) / one.sum() ** 2
    padded = F.pad(image[None, None], (1, 1, 1, 1), mode=mode)
    return F.conv2d(padded, kernel[None, None], stride=2)[0, 0]


def bl_scipy(image):
    weights = np.array([1, 2, 1]) / 4
    down = ndimage.correlate1d(image.numpy(), weights, axis=0, mode="nearest")
    return ndimage.correlate1d(down, weights, axis=1, mode="nearest")[::2, ::2]


def bl_numpy(image):
    p = np.pad(image.numpy(), 1, mode="edge")
    p = (p[:-2] + 2 * p[1:-1] + p[2:]) / 4
    p = (p[:, :-2] + 2 * p[:, 1:-1] + p[:, 2:]) / 4
    return p[0::2, 0::2]


def bl_full(image):
    p = np.pad(image.numpy(), 1, mode="edge")
    p = (p[:-2] + 2 * p[1:-1] + p[2:]) / 4
    return (p[:, :-2] + 2 * p[:, 1:-1] + p[:, 2:]) / 4


def bl_one_axis(image):
    return ndimage.correlate1d(image.numpy(), [0.25, 0.5, 0.25], axis=1, mode="nearest")[::2, ::2]


def bl_select_first(image):
    return bl_full(image[::2, ::2])


def bl_even(image):
    H, W = image.shape
    return bl_full(image)[: H // 2 * 2 : 2, : W // 2 * 2 : 2]


def bl_squeeze(image):
    return np.squeeze(bl_numpy(image))


# max_gradient


def mg_loops(image, gradient, kernel_size, stride):
    out = [[0.0] * image.shape[1] for _ in range(image.shape[0])]
    for r in range(gradient.shape[0]):
        for c in range(gradient.shape[1]):
            best = None
            for i in range(r * stride, r * stride + kernel_size):
                for j in range(c * stride, c * stride + kernel_size):
                    if best is None or image[i, j] > image[best]:
                        best = i, j
            out[best[0]][best[1]] += float(gradient[r, c])
    return out


def mg_autograd(image, gradient, kernel_size, stride):
    x = image.detach().clone().requires_grad_()
    F.max_pool2d(x[None, None], kernel_size, stride)[0, 0].backward(gradient)
    return x.grad


def mg_numpy(image, gradient, kernel_size, stride):
    image, gradient = np.array(image), np.array(gradient)
    out = np.zeros(image.shape)
    for r, c in np.ndindex(gradient.shape):
        window = image[r * stride : r * stride + kernel_size, c * stride : c * stride + kernel_size]
        i, j = np.unravel_index(window.argmax(), window.shape)
        out[r * stride + i, c * stride + j] += gradient[r, c]
    return out


def mg_index_add(image, gradient, kernel_size, stride):
    _, where = F.max_pool2d(image[None, None], kernel_size, stride, return_indices=True)
    out = torch.zeros(image.numel(), dtype=image.dtype)
    return out.index_add(0, where.flatten(), gradient.flatten()).reshape(image.shape)


def mg_by(share, step=None, add=True):
    """Pour each derivative over its window, in the shares that share(window) gives."""

    def answer(image, gradient, kernel_size, stride):
        out = torch.zeros_like(image)
        s = step or stride
        for r in range(gradient.shape[0]):
            for c in range(gradient.shape[1]):
                rows, columns = slice(r * s, r * s + kernel_size), slice(c * s, c * s + kernel_size)
                part = share(image[rows, columns]) * gradient[r, c]
                if add:
                    out[rows, columns] += part
                else:
                    chosen = part != 0
                    out[rows, columns][chosen] = part[chosen]
        return out

    return answer


def first(window):
    out = torch.zeros_like(window)
    out.view(-1)[window.reshape(-1).argmax()] = 1
    return out


def last(window):
    return first(window.flip(0, 1)).flip(0, 1)


def first_by_columns(window):
    return first(window.T.contiguous()).T


def all_equal(window):
    return (window == window.max()).to(window.dtype)


def split(window):
    return all_equal(window) / all_equal(window).sum()


def from_zero(window):
    return first(window) if window.max() > 0 else torch.zeros_like(window)


def largest_in_size(window):
    return first(window.abs())


def mean_share(window):
    return torch.full_like(window, 1 / window.numel())


def mg_no_stride(image, gradient, kernel_size, stride):
    return mg_by(first, step=kernel_size)(image, gradient, kernel_size, stride)


def mg_ones(image, gradient, kernel_size, stride):
    return mg_numpy(image, torch.ones_like(gradient), kernel_size, stride)


def mg_cropped(image, gradient, kernel_size, stride):
    h, w = ((n - 1) * stride + kernel_size for n in gradient.shape)
    return mg_autograd(image, gradient, kernel_size, stride)[:h, :w]


ANSWERS = {
    "pooling.average": (
        [av_loops, av_reshape, av_torch, av_skimage],
        [
            av_partial,  # keeps windows that are not full
            av_padded,  # the same, filled with zeros
            av_last,  # leaves out the first rows and columns, not the last
            av_indivisible,  # fails where the size does not divide
            av_square,  # only square pictures
            lambda x, k: F.avg_pool2d(x[None, None], k, stride=1)[0, 0],  # stride 1
            lambda x, k: F.max_pool2d(x[None, None], k)[0, 0],  # maximum
            lambda x, k: av_reshape(x, k) * k,  # divided by k, not k x k
            lambda x, k: av_reshape(x, 2),  # windows of 2 only
            lambda x, k: F.avg_pool2d(x[None, None], k).squeeze(),  # loses axes of length 1
        ],
    ),
    "pooling.blur": (
        [bl_loops, bl_torch, bl_scipy, bl_numpy],
        [
            lambda x: bl_torch(x, mode="constant"),  # zeros beyond the edge
            lambda x: bl_torch(x, mode="reflect"),  # mirrored, edge not repeated
            lambda x: bl_torch(x, weights=(1, 1, 1)),  # mean of three
            lambda x: bl_full(x)[1::2, 1::2],  # from the second on
            lambda x: bl_numpy(x) * 4,  # divided by 4 once, not twice
            bl_one_axis,  # only along the rows
            bl_select_first,  # keeps every second first, then blurs
            bl_even,  # drops the last of an odd number
            bl_full,  # keeps every row and column
            bl_squeeze,  # loses axes of length 1
        ],
    ),
    "pooling.discarded": (
        [Fraction(8, 9), 8 / 9, 0.88889, torch.tensor(800 / 900)],
        [
            1 / 9,  # the share that it hands on
            2 / 3,  # one axis only
            3 / 4,  # a window of 2
            800,  # a number, no share
            88.89,  # percent
            1 - 28 * 28 / 900,  # stride 1
            1 / 3,  # one axis, and what stays
            1 - 9 / 900,  # nine of the picture handed on
            1 - 10 / 900,  # ten of the picture
            1 - 15 * 15 / 900 + 1 / 9,  # overlapping windows, added by mistake
        ],
    ),
    "pooling.max_gradient": (
        [mg_loops, mg_autograd, mg_numpy, mg_index_add],
        [
            mg_by(all_equal),  # all of several largest
            mg_by(split),  # shared by several largest
            mg_by(last),  # the last of several largest
            mg_by(first_by_columns),  # the first, column by column
            mg_by(first, add=False),  # overlapping windows overwrite
            mg_by(from_zero),  # largest sought from 0: negative pixels
            mg_by(largest_in_size),  # largest without sign
            mg_by(mean_share),  # average pooling
            mg_no_stride,  # takes the stride for the window's size
            mg_cropped,  # pixels that no window reaches are missing
        ],
    ),
    "pooling.maximum": (
        [
            [[4, 5], [6, 3]],
            ((4.0, 5.0), (6.0, 3.0)),
            np.array([[4, 5], [6, 3]]),
            torch.tensor([[4.0, 5.0], [6.0, 3.0]]),
        ],
        [
            [[4, 6], [5, 3]],  # transposed
            [4, 5, 6, 3],  # no rows
            [[4, 3, 5], [6, 6, 5], [6, 6, 3]],  # stride 1
            [[2.5, 2.0], [2.25, 2.0]],  # average
            [[10, 8], [9, 8]],  # sum
            [[1, 0], [0, 1]],  # minimum
            [[3, 2], [4, 5], [6, 2], [2, 3]],  # along the rows only
            [[1, 2], [0, 2]],  # upper left of each window
            [[4, 5], [6, 2]],  # slip: the 3 overlooked
            [[4, 3, 2, 5], [1, 6, 3, 2]],  # down the columns only
        ],
    ),
}
