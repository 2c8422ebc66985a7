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


RIGHT = [gather, lambda gradient, kernel: slide(gradient, kernel.flip(0, 1))]

WRONG = {
    "cross-correlation": [slide],
    "rows flipped": [lambda gradient, kernel: slide(gradient, kernel.flip(1))],
    "columns flipped": [lambda gradient, kernel: slide(gradient, kernel.flip(0))],
    "valid": [
        valid_where_it_fits,
        lambda gradient, kernel: valid_where_it_fits(gradient, kernel.flip(0, 1)),
    ],
    "same": [with_border],
    "overwritten": [assigned],
    "only summed": [lambda gradient, kernel: torch.stack([row * kernel.sum() for row in gradient])],
    "spread evenly": [lambda gradient, kernel: slide(gradient, torch.ones(kernel.shape).double())],
    "sign": [lambda gradient, kernel: -slide(gradient, kernel.flip(0, 1))],
    "transposed": [lambda gradient, kernel: slide(gradient, kernel.flip(0, 1)).T],
}
