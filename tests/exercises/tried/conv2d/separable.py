"""Further answers to conv2d.separable."""

import numpy as np
import torch


def by_svd(kernel):
    u, s, v = torch.linalg.svd(kernel, full_matrices=False)
    root = s[0].sqrt()
    return u[:, :1] * root, root * v[:1]


def by_projection(kernel):
    matrix = kernel.numpy()
    row = max(matrix, key=np.linalg.norm)
    return [matrix @ row / (row @ row), row]


def unscaled(kernel, power):
    u, s, v = torch.svd(kernel)
    return u[:, 0] * s[0] ** power, v[:, 0] * s[0] ** min(power, 1)


def by_nonzero(kernel):
    i, j = kernel.nonzero()[0]
    return kernel[:, j], kernel[i] / kernel[i, j]


RIGHT = [by_svd, by_projection, by_nonzero]

WRONG = {
    "swapped": [lambda kernel: by_nonzero(kernel)[::-1]],
    "not divided": [lambda kernel: (kernel[:, 0], kernel[0, :])],
    "divided twice": [
        lambda kernel: (kernel[:, 0] / (kernel[0, 0] or 1), kernel[0] / (kernel[0, 0] or 1)),
    ],
    "singular value missing": [lambda kernel: unscaled(kernel, 0)],
    "singular value twice": [lambda kernel: unscaled(kernel, 1)],
    "sums": [
        lambda kernel: (kernel.sum(1), kernel.sum(0)),
        lambda kernel: (kernel.mean(dim=1), kernel.mean(dim=0)),
    ],
    "zero corner": [lambda kernel: (kernel[:, 0] / kernel[0, 0], kernel[0])],
    "zero sum": [lambda kernel: (kernel.mean(1), kernel.mean(0) / kernel.mean())],
    "sign": [lambda kernel: (-by_nonzero(kernel)[0], by_nonzero(kernel)[1])],
    "wrong shape": [lambda kernel: by_nonzero(kernel)[0]],
}
