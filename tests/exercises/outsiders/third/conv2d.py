"""Answers of an outsider to the exercises of conv2d."""

import numpy as np
import scipy.signal
import torch
import torch.nn.functional as F


# ---- conv2d.channels
def channels_torch(image, weight, bias):
    return F.conv2d(image[None], weight, bias)[0]


def channels_loops(image, weight, bias):
    channels, height, width = image.shape
    outs, _, kh, kw = weight.shape
    x, w, b = image.tolist(), weight.tolist(), bias.tolist()
    return [
        [
            [
                b[o]
                + sum(
                    x[c][i + u][j + v] * w[o][c][u][v]
                    for c in range(channels)
                    for u in range(kh)
                    for v in range(kw)
                )
                for j in range(width - kw + 1)
            ]
            for i in range(height - kh + 1)
        ]
        for o in range(outs)
    ]


def channels_scipy(image, weight, bias):
    image, weight, bias = np.asarray(image), np.asarray(weight), np.asarray(bias)
    maps = []
    for w, b in zip(weight, bias, strict=False):
        maps.append(
            sum(scipy.signal.correlate(x, k, "valid", "direct") for x, k in zip(image, w, strict=False)) + b
        )
    return np.stack(maps)


def channels_windows(image, weight, bias):
    kh, kw = weight.shape[2:]
    windows = image.unfold(1, kh, 1).unfold(2, kw, 1)
    return torch.einsum("chwuv,ocuv->ohw", windows, weight) + bias[:, None, None]


def channels_one_kernel(image, weight, bias):
    return F.conv2d(image[None], weight[:1].expand_as(weight), bias)[0]


def channels_bias_each(image, weight, bias):
    return F.conv2d(image[None], weight, bias * image.shape[0])[0]


def channels_depthwise(image, weight, bias):
    return F.conv2d(image[None, :1], weight[:, :1], bias)[0]


def channels_square(image, weight, bias):
    outs, _channels, k, _ = weight.shape
    size = image.shape[1] - k + 1
    out = torch.zeros(outs, size, size, dtype=image.dtype)
    for o in range(outs):
        for i in range(size):
            for j in range(size):
                out[o, i, j] = (image[:, i : i + k, j : j + k] * weight[o, :, :k, :k]).sum() + bias[o]
    return out


def channels_three(image, weight, bias):
    return (
        sum(F.conv2d(image[None, c : c + 1], weight[:, c : c + 1])[0] for c in range(min(3, image.shape[0])))
        + bias[:, None, None]
    )


# ---- conv2d.cross_correlate
def cross_loops(image, kernel):
    x, k = image.tolist(), kernel.tolist()
    kh, kw = len(k), len(k[0])
    return [
        [
            sum(x[i + u][j + v] * k[u][v] for u in range(kh) for v in range(kw))
            for j in range(len(x[0]) - kw + 1)
        ]
        for i in range(len(x) - kh + 1)
    ]


def cross_shift(image, kernel):
    kh, kw = kernel.shape
    rows, columns = image.shape[0] - kh + 1, image.shape[1] - kw + 1
    out = torch.zeros(rows, columns, dtype=image.dtype)
    for u in range(kh):
        for v in range(kw):
            out += kernel[u, v] * image[u : u + rows, v : v + columns]
    return out


def cross_numpy(image, kernel):
    image, kernel = np.asarray(image), np.asarray(kernel)
    return (np.lib.stride_tricks.sliding_window_view(image, kernel.shape) * kernel).sum((2, 3))


def cross_torch(image, kernel):
    return F.conv2d(image[None, None], kernel[None, None]).squeeze(0).squeeze(0)


def cross_square_kernel(image, kernel):
    k = kernel.shape[0]
    rows, columns = image.shape[0] - k + 1, image.shape[1] - k + 1
    return [
        [
            float((image[i : i + k, j : j + k] * kernel[:, :k]).sum()) if kernel.shape[1] >= k else 0.0
            for j in range(columns)
        ]
        for i in range(rows)
    ]


def cross_off_by_one(image, kernel):
    return cross_shift(image, kernel)[:-1, :-1]


def cross_swapped(image, kernel):
    kh, kw = kernel.shape
    rows, columns = image.shape[0] - kw + 1, image.shape[1] - kh + 1
    return torch.stack(
        [
            torch.stack([(image[i : i + kh, j : j + kw] * kernel).sum() for j in range(columns)])
            for i in range(rows)
        ]
    )


def cross_same(image, kernel):
    return scipy.signal.correlate2d(image.numpy(), kernel.numpy(), "same")


# ---- conv2d.input_gradient
def gradient_scatter(gradient, kernel):
    kh, kw = kernel.shape
    out = torch.zeros(gradient.shape[0] + kh - 1, gradient.shape[1] + kw - 1, dtype=gradient.dtype)
    for i in range(gradient.shape[0]):
        for j in range(gradient.shape[1]):
            out[i : i + kh, j : j + kw] += gradient[i, j] * kernel
    return out


def gradient_scipy(gradient, kernel):
    return scipy.signal.convolve2d(np.asarray(gradient), np.asarray(kernel), mode="full")


def gradient_transposed(gradient, kernel):
    return F.conv_transpose2d(gradient[None, None], kernel[None, None])[0, 0]


def gradient_autograd(gradient, kernel):
    kh, kw = kernel.shape
    x = torch.zeros(
        gradient.shape[0] + kh - 1, gradient.shape[1] + kw - 1, dtype=kernel.dtype, requires_grad=True
    )
    (F.conv2d(x[None, None], kernel[None, None])[0, 0] * gradient).sum().backward()
    return x.grad


def gradient_unflipped(gradient, kernel):
    return scipy.signal.correlate2d(gradient.numpy(), kernel.numpy(), "full")


def gradient_square_padding(gradient, kernel):
    p = kernel.shape[0] - 1
    return F.conv2d(gradient[None, None], kernel.flip(0, 1)[None, None], padding=p)[0, 0]


def gradient_overwrite(gradient, kernel):
    kh, kw = kernel.shape
    out = torch.zeros(gradient.shape[0] + kh - 1, gradient.shape[1] + kw - 1, dtype=gradient.dtype)
    for i in range(gradient.shape[0]):
        for j in range(gradient.shape[1]):
            out[i : i + kh, j : j + kw] = gradient[i, j] * kernel
    return out


def gradient_corner(gradient, kernel):
    out = torch.zeros(
        gradient.shape[0] + kernel.shape[0] - 1, gradient.shape[1] + kernel.shape[1] - 1, dtype=gradient.dtype
    )
    out[: gradient.shape[0], : gradient.shape[1]] = gradient * kernel.sum()
    return out


def gradient_kernel_size(gradient, kernel):
    y = gradient_scatter(gradient, kernel)
    y[:, -1] = 0
    return y


# ---- conv2d.separable
def separable_svd(kernel):
    u, s, v = torch.linalg.svd(kernel)
    return u[:, 0] * s[0], v[0]


def separable_pivot(kernel):
    k = np.asarray(kernel)
    i, j = np.unravel_index(np.abs(k).argmax(), k.shape)
    return k[:, j], k[i] / k[i, j]


def separable_lists(kernel):
    rows = kernel.tolist()
    row = max(rows, key=lambda r: sum(v * v for v in r))
    norm = sum(v * v for v in row)
    return [sum(a * b for a, b in zip(r, row, strict=False)) / norm for r in rows], row


def separable_matrices(kernel):
    """A column (kh, 1) and a row (1, kw): their product is the outer product."""
    k = np.asarray(kernel)
    i, j = np.argwhere(np.abs(k) == np.abs(k).max())[-1]
    return k[:, j : j + 1] / k[i, j], k[i : i + 1]


def separable_corner(kernel):
    return kernel[:, 0], kernel[0] / kernel[0, 0]


def separable_no_scale(kernel):
    i, j = np.unravel_index(int(kernel.abs().argmax()), kernel.shape)
    return kernel[:, j], kernel[i]


def separable_no_sigma(kernel):
    u, _, v = torch.linalg.svd(kernel)
    return u[:, 0], v[0]


def separable_v_column(kernel):
    u, s, v = torch.linalg.svd(kernel)
    return u[:, 0] * s[0], v[:, 0]


def separable_sums(kernel):
    return kernel.sum(1), kernel.sum(0) / kernel.sum()


def separable_norms(kernel):
    column, row = kernel.norm(dim=1), kernel.norm(dim=0)
    return column, row / kernel.norm()


def separable_largest(kernel):
    i, j = np.unravel_index(int(kernel.argmax()), kernel.shape)
    return kernel[:, j], kernel[i] / kernel[i, j]


def separable_centre(kernel):
    i, j = kernel.shape[0] // 2, kernel.shape[1] // 2
    return kernel[:, j], kernel[i] / kernel[i, j]


def separable_first_row(kernel):
    j = int((kernel[0] != 0).int().argmax())
    return kernel[:, j] / kernel[0, j], kernel[0]


def separable_swapped(kernel):
    column, row = separable_pivot(kernel)
    return row, column


ANSWERS = {
    "conv2d.channels": (
        [channels_torch, channels_loops, channels_scipy, channels_windows],
        [
            lambda x, w, b: F.conv2d(x[None], w)[0],  # bias forgotten
            lambda x, w, b: F.conv2d(x[None], w.flip(2, 3), b)[0],  # kernels flipped
            channels_one_kernel,  # the first output channel's kernels for all
            channels_bias_each,  # bias added once for each input channel
            channels_depthwise,  # looks at the first input channel only
            channels_square,  # only square pictures and kernels
            channels_three,  # only ever adds three channels
            lambda x, w, b: F.conv2d(x[None], w, b)[0] / x.shape[0],  # mean over channels
            lambda x, w, b: F.conv2d(x[None], w, b[:1].expand_as(b))[0],  # first bias for all maps
            lambda x, w, b: F.conv2d(x[None], w, b),  # a batch axis too many
        ],
    ),
    "conv2d.cross_correlate": (
        [cross_loops, cross_shift, cross_numpy, cross_torch],
        [
            lambda x, k: scipy.signal.convolve2d(x.numpy(), k.numpy(), "valid"),  # kernel flipped
            cross_same,  # zeros around, size of the picture
            lambda x, k: scipy.signal.correlate2d(x.numpy(), k.numpy(), "full"),  # full size
            cross_square_kernel,  # kernel's height used for its width
            cross_off_by_one,  # last row and column missing
            cross_swapped,  # kh and kw swapped in the result's shape
            lambda x, k: cross_shift(x, k).T,  # transposed
            lambda x, k: cross_shift(x, k.flip(1)),  # flipped in one axis only
            lambda x, k: cross_shift(x, k) / k.sum(),  # divides by the kernel's sum
            lambda x, k: cross_shift(x, k).clamp(min=0),  # negative results cut off
        ],
    ),
    "conv2d.input_gradient": (
        [gradient_scatter, gradient_scipy, gradient_transposed, gradient_autograd],
        [
            gradient_unflipped,  # correlates, the wrong way round
            gradient_square_padding,  # padding from the kernel's height only
            gradient_overwrite,  # = instead of +=
            lambda g, k: scipy.signal.convolve2d(g.numpy(), k.numpy(), "same"),  # size of the gradient
            lambda g, k: scipy.signal.convolve2d(g.numpy(), k.numpy().T, "full"),  # kernel transposed
            gradient_corner,  # all of the kernel to the corner pixel
            lambda g, k: gradient_scatter(g, k) / g.numel(),  # mean over the results
            gradient_kernel_size,  # last column forgotten
            lambda g, k: gradient_scatter(g, k.flip(0)),  # flipped in rows only
            lambda g, k: gradient_scatter(g, k).T,  # transposed
        ],
    ),
    "conv2d.parameters": (
        [1216, 1216.0, np.int64(1216), torch.tensor(3 * 16 * 25 + 16)],
        [
            1200,  # no bias
            1203,  # bias for each input channel
            416,  # one kernel for each output, not for each pair
            256,  # 5 weights instead of 25
            1248,  # a bias for each pair of channels
            1201,  # one bias in all
            76,  # one output channel only
            1228,  # off by 1 %
            448,  # 3 x 3 kernels
            91,  # 3 kernels and 16 biases
        ],
    ),
    "conv2d.separable": (
        [separable_svd, separable_pivot, separable_lists, separable_matrices],
        [
            separable_corner,  # divides by the corner, which may be 0
            separable_no_scale,  # not divided by the pivot
            separable_no_sigma,  # singular value forgotten
            separable_v_column,  # V's column instead of V^T's row
            separable_sums,  # sums are 0 for derivative kernels
            separable_norms,  # loses the signs
            separable_largest,  # largest is 0 when no number is positive
            separable_centre,  # the centre may be 0
            separable_first_row,  # the first row may be 0
            separable_swapped,  # row first
        ],
    ),
}
