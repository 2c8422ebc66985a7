"""Answers of an outsider to the exercises of conv2d."""

import numpy as np
import torch
import torch.nn.functional as F
from scipy import ndimage, signal
from torch import nn

# cross_correlate


def cc_loops(image, kernel):
    H, W = len(image), len(image[0])
    kh, kw = len(kernel), len(kernel[0])
    rows = []
    for r in range(H - kh + 1):
        row = []
        for c in range(W - kw + 1):
            row.append(
                sum(float(image[r + i][c + j]) * float(kernel[i][j]) for i in range(kh) for j in range(kw))
            )
        rows.append(row)
    return rows


def cc_shift(image, kernel):
    kh, kw = kernel.shape
    h, w = image.shape[0] - kh + 1, image.shape[1] - kw + 1
    out = torch.zeros(h, w, dtype=image.dtype)
    for i in range(kh):
        for j in range(kw):
            out += kernel[i, j] * image[i : i + h, j : j + w]
    return out


def cc_windows(image, kernel):
    image, kernel = np.array(image), np.array(kernel)
    windows = np.lib.stride_tricks.sliding_window_view(image, kernel.shape)
    return np.einsum("abij,ij->ab", windows, kernel)


def cc_torch(image, kernel):
    return F.conv2d(image[None, None], kernel[None, None])[0, 0]


def cc_sized(image, kernel, h, w):
    kh, kw = kernel.shape
    out = torch.zeros(h, w, dtype=image.dtype)
    for r in range(h):
        for c in range(w):
            out[r, c] = (image[r : r + kh, c : c + kw] * kernel).sum()
    return out


def cc_off_by_one(image, kernel):
    return cc_sized(image, kernel, len(image) - len(kernel), image.shape[1] - kernel.shape[1])


def cc_square_kernel(image, kernel):
    k = kernel.shape[0]
    return cc_sized(image, kernel, image.shape[0] - k + 1, image.shape[1] - k + 1)


def cc_square_image(image, kernel):
    n = image.shape[0]
    return cc_sized(image, kernel, n - kernel.shape[0] + 1, n - kernel.shape[1] + 1)


def cc_int(image, kernel):
    right = cc_windows(image, kernel)
    out = np.zeros(right.shape, dtype=int)
    for r in range(out.shape[0]):
        for c in range(out.shape[1]):
            out[r, c] = right[r, c]
    return out


# channels


def ch_loops(image, weight, bias):
    O, C, kh, kw = weight.shape
    _, H, W = image.shape
    out = [[[0.0] * (W - kw + 1) for _ in range(H - kh + 1)] for _ in range(O)]
    for o in range(O):
        for r in range(H - kh + 1):
            for c in range(W - kw + 1):
                total = bias[o].item()
                for d in range(C):
                    for i in range(kh):
                        for j in range(kw):
                            total += image[d, r + i, c + j].item() * weight[o, d, i, j].item()
                out[o][r][c] = total
    return out


def ch_einsum(image, weight, bias):
    kh, kw = weight.shape[2:]
    windows = image.unfold(1, kh, 1).unfold(2, kw, 1)
    return torch.einsum("chwij,ocij->ohw", windows, weight) + bias.reshape(-1, 1, 1)


def ch_scipy(image, weight, bias):
    image, weight, bias = image.numpy(), weight.numpy(), bias.numpy()
    return np.stack(
        [
            sum(signal.correlate2d(image[c], weight[o, c], mode="valid") for c in range(len(image))) + bias[o]
            for o in range(len(weight))
        ]
    )


def ch_module(image, weight, bias):
    O, C, kh, kw = weight.shape
    layer = nn.Conv2d(C, O, (kh, kw), dtype=weight.dtype)
    with torch.no_grad():
        layer.weight.copy_(weight)
        layer.bias.copy_(bias)
        return layer(image[None])[0]


def ch_parts(image, weight):
    """All products of channels, before they are added: (O, C, h, w)."""
    return torch.stack(
        [
            torch.stack([cc_torch(image[c], weight[o, c]) for c in range(len(image))])
            for o in range(len(weight))
        ]
    )


def ch_square_kernel(image, weight, bias):
    O, _C, k, _ = weight.shape
    h, w = image.shape[1] - k + 1, image.shape[2] - k + 1
    out = torch.zeros(O, h, w, dtype=image.dtype)
    for o in range(O):
        for r in range(h):
            for c in range(w):
                out[o, r, c] = (image[:, r : r + k, c : c + k] * weight[o]).sum() + bias[o]
    return out


# input_gradient


def ig_scatter(gradient, kernel):
    h, w = gradient.shape
    kh, kw = kernel.shape
    out = np.zeros((h + kh - 1, w + kw - 1))
    for r in range(h):
        for c in range(w):
            out[r : r + kh, c : c + kw] += float(gradient[r, c]) * kernel.numpy()
    return out


def ig_scipy(gradient, kernel):
    return signal.convolve2d(gradient.numpy(), kernel.numpy(), mode="full")


def ig_torch(gradient, kernel):
    return F.conv_transpose2d(gradient[None, None], kernel[None, None])[0, 0]


def ig_autograd(gradient, kernel):
    shape = [a + b - 1 for a, b in zip(gradient.shape, kernel.shape, strict=False)]
    image = torch.zeros(shape, dtype=torch.float64, requires_grad=True)
    result = F.conv2d(image[None, None], kernel[None, None].detach())[0, 0]
    (result * gradient).sum().backward()
    return image.grad


def ig_assign(gradient, kernel):
    h, w = gradient.shape
    kh, kw = kernel.shape
    out = torch.zeros(h + kh - 1, w + kw - 1, dtype=gradient.dtype)
    for r in range(h):
        for c in range(w):
            out[r : r + kh, c : c + kw] = gradient[r, c] * kernel
    return out


def ig_square(gradient, kernel):
    k = kernel.shape[0]
    padded = F.pad(gradient, (k - 1, k - 1, k - 1, k - 1))
    return cc_torch(padded, kernel.flip(0, 1))


def ig_mean(gradient, kernel):
    return ig_torch(gradient, kernel) / ig_torch(torch.ones_like(gradient), torch.ones_like(kernel))


def ig_ones(gradient, kernel):
    return ig_torch(torch.ones_like(gradient), kernel)


def ig_same(gradient, kernel):
    return ndimage.convolve(gradient.numpy(), kernel.numpy(), mode="constant")


def ig_flip_one(gradient, kernel):
    kh, kw = kernel.shape
    return cc_torch(F.pad(gradient, (kw - 1, kw - 1, kh - 1, kh - 1)), kernel.flip(1))


def ig_pad_swapped(gradient, kernel):
    kh, kw = kernel.shape
    return cc_torch(F.pad(gradient, (kh - 1, kh - 1, kw - 1, kw - 1)), kernel.flip(0, 1))


# separable


def se_svd(kernel):
    u, s, vh = torch.linalg.svd(kernel)
    return u[:, 0] * s[0], vh[0]


def se_pivot(kernel):
    kernel = np.array(kernel)
    i, j = np.unravel_index(np.abs(kernel).argmax(), kernel.shape)
    return kernel[:, j : j + 1], kernel[i : i + 1] / kernel[i, j]  # (kh, 1) and (1, kw)


def se_lists(kernel):
    rows = [[float(v) for v in row] for row in kernel]
    best = max(rows, key=lambda row: max(abs(v) for v in row))
    j = max(range(len(best)), key=lambda c: abs(best[c]))
    return [[row[j] / best[j] for row in rows], best]


def se_project(kernel):
    row = kernel[kernel.norm(dim=1).argmax()]
    return kernel @ row / (row @ row), row


def se_first(kernel):
    return kernel[:, 0], kernel[0] / kernel[0, 0]


def se_sums(kernel):
    return kernel.sum(1), kernel.sum(0) / kernel.sum()


def se_no_value(kernel):
    u, _s, vh = torch.linalg.svd(kernel)
    return u[:, 0], vh[0]


def se_undivided(kernel):
    i, j = divmod(int(kernel.abs().argmax()), kernel.shape[1])
    return kernel[:, j], kernel[i]


def se_swapped(kernel):
    column, row = se_svd(kernel)
    return row, column


def se_signed_max(kernel):
    i, j = divmod(int(kernel.argmax()), kernel.shape[1])
    return kernel[:, j], kernel[i] / kernel[i, j]


def se_norms(kernel):
    total = kernel.norm()
    return kernel.norm(dim=1) / total**0.5, kernel.norm(dim=0) / total**0.5


def se_middle(kernel):
    i, j = kernel.shape[0] // 2, kernel.shape[1] // 2
    return kernel[:, j], kernel[i] / kernel[i, j]


def se_diagonal(kernel):
    for i in range(kernel.shape[0]):
        if kernel[i, i] != 0:
            return kernel[:, i], kernel[i] / kernel[i, i]


def se_one_index(kernel):
    column = kernel[:, int(kernel.abs().sum(0).argmax())]
    row = kernel[int(kernel.abs().sum(1).argmax())]
    return column / column.norm(), row


ANSWERS = {
    "conv2d.channels": (
        [ch_loops, ch_einsum, ch_scipy, ch_module],
        [
            lambda x, w, b: F.conv2d(x[None], w)[0],  # forgets the bias
            lambda x, w, b: (ch_parts(x, w) + b.reshape(-1, 1, 1, 1)).sum(1),  # bias once a channel in
            lambda x, w, b: ch_parts(x, w)[:, 0] + b.reshape(-1, 1, 1),  # only the first input channel
            lambda x, w, b: F.conv2d(x[None], w.flip(2, 3), b)[0],  # flipped kernels
            lambda x, w, b: ch_parts(x, w).mean(1) + b.reshape(-1, 1, 1),  # mean over the channels
            lambda x, w, b: ch_parts(x, w).sum(1) + b,  # bias along the last axis
            lambda x, w, b: F.conv2d(x[None], w, b).squeeze(),  # loses axes of length 1
            lambda x, w, b: F.conv2d(x[None], w.transpose(0, 1), b)[0],  # in and out exchanged
            lambda x, w, b: F.conv2d(x[None], w, b, padding=w.shape[-1] // 2)[0],  # with padding
            ch_square_kernel,  # only square kernels
        ],
    ),
    "conv2d.cross_correlate": (
        [cc_loops, cc_shift, cc_windows, cc_torch],
        [
            lambda x, k: signal.convolve2d(x.numpy(), k.numpy(), mode="valid"),  # convolution: flipped
            lambda x, k: ndimage.correlate(x.numpy(), k.numpy(), mode="constant"),  # size of the picture
            lambda x, k: cc_torch(x, k.T),  # kernel transposed
            cc_off_by_one,  # the last row and column are missing
            cc_square_kernel,  # only square kernels
            cc_square_image,  # only square pictures
            lambda x, k: signal.correlate2d(x.numpy(), k.numpy()),  # full
            lambda x, k: cc_torch(x, k).clamp(min=0),  # negative results cut off
            cc_int,  # results cut to whole numbers
            lambda x, k: F.conv2d(x[None, None], k[None, None]).squeeze(),  # loses axes of length 1
        ],
    ),
    "conv2d.input_gradient": (
        [ig_scatter, ig_scipy, ig_torch, ig_autograd],
        [
            lambda g, k: signal.correlate2d(g.numpy(), k.numpy()),  # kernel not flipped
            ig_same,  # as large as the gradient
            lambda g, k: ig_torch(g, k.T),  # kernel transposed
            ig_assign,  # = in place of +=
            ig_square,  # only square kernels
            ig_flip_one,  # flips only left and right
            ig_mean,  # mean in place of sum over the windows
            ig_ones,  # takes the given derivatives for ones
            lambda g, k: F.conv_transpose2d(g[None, None], k[None, None]).squeeze(),  # loses axes
            lambda g, k: ig_torch(g.flip(0, 1), k),  # flips the gradient as well
        ],
    ),
    "conv2d.parameters": (
        [1216, 1216.0, np.int64(1216), sum(p.numel() for p in nn.Conv2d(3, 16, 5).parameters())],
        [
            1200,  # no bias
            1203,  # a bias for each input channel
            1201,  # one bias
            416,  # input channels forgotten
            91,  # output channels forgotten
            256,  # 5 in place of 5 x 5
            1248,  # a bias for each pair of channels
            1219,  # biases for input and output channels
            448,  # 3 x 3 kernels
            (16, 3, 5, 5),  # the shape of the weight
        ],
    ),
    "conv2d.separable": (
        [se_svd, se_pivot, se_lists, se_project],
        [
            se_first,  # divides by the first element, which may be 0
            se_sums,  # sums along the axes: the total may be 0 (Sobel)
            se_no_value,  # the singular value forgotten
            se_undivided,  # not divided by the pivot
            se_swapped,  # row first
            se_signed_max,  # largest, not largest in size: kernels with no positive number
            se_norms,  # loses the signs
            se_middle,  # divides by the middle, which may be 0
            se_diagonal,  # a pivot sought on the diagonal only
            se_one_index,  # column normed, sign and size lost
        ],
    ),
}
