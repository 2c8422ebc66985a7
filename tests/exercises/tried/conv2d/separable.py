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


def by_first_row(kernel):
    rows = kernel.tolist()
    row = next(row for row in rows if any(row))
    j = next(j for j, weight in enumerate(row) if weight)
    return [other[j] / row[j] for other in rows], row


def on_the_diagonal(kernel):
    i = int(kernel.diag().abs().argmax())
    return kernel[:, i], kernel[i] / kernel[i, i]


def by_last_row(kernel):
    j = int(kernel.abs().sum(0).argmax())
    return kernel[:, j], (kernel[-1] / kernel[-1, j]).nan_to_num()


RIGHT = [by_svd, by_projection, by_nonzero, by_first_row]

WRONG = {
    "swapped": [lambda kernel: by_nonzero(kernel)[::-1]],
    "zero corner": [lambda kernel: (kernel[:, 0] / kernel[0, 0], kernel[0])],
    "zero sum": [lambda kernel: (kernel.mean(1), kernel.mean(0) / kernel.mean())],
    "singular value missing": [lambda kernel: unscaled(kernel, 0)],
    "changed its input": [lambda k: (by_nonzero(k.div_(2))[0] * 2, by_nonzero(k)[1])],
    "not finite": [
        lambda k: (k[:, -1], k[-1] / k[-1, -1]),
        lambda k: (k[:, 0] / k[0, 0], k[0] / k[0, 0]),
        on_the_diagonal,
        lambda k: (k[:, 0] / 0, k[0]),
    ],
    "nothing": [lambda k: (k[:, 0], None)],
    "sign": [lambda kernel: (-by_nonzero(kernel)[0], by_nonzero(kernel)[1])],
    "wrong shape": [
        lambda k: k,
        torch.linalg.svd,
        lambda k: (k, k),
        lambda k: by_nonzero(k) if min(k.shape) > 1 else (k.flatten(), k.flatten()),
    ],
    "wrong values": [
        by_last_row,
        lambda k: (k.sum(1) / k.sum(), k.sum(0)) if k.sum() else (k[:, 0], k[0] / (k[0, 0] or 1)),
        lambda kernel: (kernel[:, 0], kernel[0, :]),
        lambda kernel: (kernel[:, 0] / (kernel[0, 0] or 1), kernel[0] / (kernel[0, 0] or 1)),
        lambda kernel: unscaled(kernel, 1),
        lambda kernel: (kernel.sum(1), kernel.sum(0)),
        lambda kernel: (kernel.mean(dim=1), kernel.mean(dim=0)),
        lambda k: on_the_diagonal(k) if k.diag().any() else (0 * k[:, 0], 0 * k[0]),
        lambda k: (by_nonzero(k)[0] + 1, by_nonzero(k)[1]),
        lambda k: [part.round() for part in by_nonzero(k)],
        lambda k: (k[:, k.sum(0).abs().argmax()], k[k.sum(1).abs().argmax()] / k.abs().max()),
        lambda k: (k[:, k.abs().sum(0).argmax()], k[k.abs().sum(1).argmax()].sign()),
    ],
    "a part": [lambda kernel: by_nonzero(kernel)[0]],
    "other places": [lambda k: by_nonzero(k) if len(k) <= k.shape[1] else by_nonzero(k)[::-1]],
}
