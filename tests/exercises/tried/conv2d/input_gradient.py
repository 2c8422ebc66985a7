"""Further answers to conv2d.input_gradient."""

import numpy as np
import torch
from torch.nn.functional import conv2d, pad


def gather(gradient, kernel):
    g, w = gradient.tolist(), kernel.tolist()
    height, width = len(g) + len(w) - 1, len(g[0]) + len(w[0]) - 1

    def pixel(m, n):
        inside = [(i, j) for i in range(len(g)) for j in range(len(g[0]))]
        return sum(
            g[i][j] * w[m - i][n - j] for i, j in inside if 0 <= m - i < len(w) and 0 <= n - j < len(w[0])
        )

    return [[pixel(m, n) for n in range(width)] for m in range(height)]


def slide(gradient, kernel):
    rows, columns = kernel.shape
    border = pad(gradient, (columns - 1, columns - 1, rows - 1, rows - 1))
    return conv2d(border[None, None], kernel[None, None])[0, 0]


def assigned(gradient, kernel):
    result = np.zeros((gradient.shape[0] + kernel.shape[0] - 1, gradient.shape[1] + kernel.shape[1] - 1))
    for (i, j), slope in np.ndenumerate(gradient.numpy()):
        result[i : i + len(kernel), j : j + kernel.shape[1]] = slope * kernel.numpy()
    return result


def with_border(gradient, kernel):
    down, right = len(kernel) - 1, kernel.shape[1] - 1
    border = pad(gradient, (right // 2, right - right // 2, down // 2, down - down // 2))
    return conv2d(border[None, None], kernel.flip(0, 1)[None, None])[0, 0]


def valid_where_it_fits(gradient, kernel):
    fits = len(kernel) <= len(gradient) and kernel.shape[1] <= gradient.shape[1]
    return conv2d(gradient[None, None], kernel[None, None])[0, 0] if fits else gradient


def scatter(gradient, kernel):
    kh, kw = kernel.shape
    result = gradient.new_zeros(gradient.shape[0] + kh - 1, gradient.shape[1] + kw - 1)
    for i, j in np.ndindex(*gradient.shape):
        result[i : i + kh, j : j + kw] += gradient[i, j] * kernel
    return result


def by_autograd(gradient, kernel):
    height, width = gradient.shape[0] + kernel.shape[0] - 1, gradient.shape[1] + kernel.shape[1] - 1
    image = kernel.new_zeros(1, 1, height, width).requires_grad_()
    conv2d(image, kernel[None, None]).backward(gradient[None, None])
    return image.grad[0, 0]


def too_small(gradient, kernel):
    result = torch.zeros_like(gradient)
    for i, j in np.ndindex(*gradient.shape):
        result[i : i + kernel.shape[0], j : j + kernel.shape[1]] += gradient[i, j] * kernel
    return result


def bordered(gradient, kernel, rows, columns):
    border = pad(gradient, (columns, columns, rows, rows))
    return conv2d(border[None, None], kernel[None, None])[0, 0]


RIGHT = [gather, lambda gradient, kernel: slide(gradient, kernel.flip(0, 1)), scatter, by_autograd]

WRONG = {
    "cross-correlation": [slide],
    "flipped along one axis": [
        lambda gradient, kernel: slide(gradient, kernel.flip(1)),
        lambda gradient, kernel: slide(gradient, kernel.flip(0)),
    ],
    "same": [with_border],
    "padding swapped": [lambda g, k: bordered(g, k.flip(0, 1), k.shape[1] - 1, k.shape[0] - 1)],
    "overwritten": [assigned],
    "window does not fit": [too_small],
    "changed its input": [lambda g, k: scatter(g.neg_(), k).neg()],
    "extra brackets": [lambda g, k: scatter(g, k).squeeze(1)],
    "factor": [lambda g, k: scatter(g, k).half()],
    "sign": [lambda gradient, kernel: -slide(gradient, kernel.flip(0, 1))],
    "transposed": [lambda gradient, kernel: slide(gradient, kernel.flip(0, 1)).T],
    "wrong shape": [
        valid_where_it_fits,
        lambda gradient, kernel: valid_where_it_fits(gradient, kernel.flip(0, 1)),
        lambda gradient, kernel: torch.stack([row * kernel.sum() for row in gradient]),
        lambda g, k: bordered(g, k, 0, 0),
        lambda g, k: bordered(g, k, k.shape[0] // 2, k.shape[1] // 2),
        lambda g, k: bordered(g, k, *k.shape),
        lambda g, k: bordered(g, k, k.shape[1] - 1, k.shape[0] - 1),
        lambda g, k: bordered(g, k, k.shape[0] - 1, k.shape[0] - 1),
        lambda g, k: bordered(g, k, k.shape[1] - 1, k.shape[1] - 1),
        lambda g, k: g * k,
    ],
    "wrong values": [
        lambda gradient, kernel: slide(gradient, torch.ones(kernel.shape).double()),
        lambda g, k: scatter(g, k).sign(),
        lambda g, k: scatter(g, k).round(decimals=2),
        lambda g, k: scatter(g, k) if g.numel() > 1 else k,
        lambda g, k: scatter(g, k if k.shape[0] <= g.shape[0] else k.flip(0, 1)),
    ],
    "a part": [
        lambda g, k: bordered(g, k.flip(0, 1), 0, 0),
        lambda g, k: bordered(g, k.flip(0, 1), k.shape[0] // 2, k.shape[1] // 2),
        lambda g, k: scatter(g, k)[: len(g), : g.shape[1]],
    ],
    "too much": [
        lambda g, k: pad(scatter(g, k), (1, 1, 1, 1)),
        lambda g, k: bordered(g, k.flip(0, 1), k.shape[1] - 1, k.shape[1] - 1),
    ],
    "other places": [lambda g, k: scatter(g, k).flatten()],
}
