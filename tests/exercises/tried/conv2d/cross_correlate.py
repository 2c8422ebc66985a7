"""Further answers to conv2d.cross_correlate."""

import numpy as np
import torch
from torch.nn.functional import conv2d, pad


def by_lists(image, kernel):
    x, w = image.tolist(), kernel.tolist()
    return [
        [
            sum(x[i + a][j + b] * w[a][b] for a in range(len(w)) for b in range(len(w[0])))
            for j in range(len(x[0]) - len(w[0]) + 1)
        ]
        for i in range(len(x) - len(w) + 1)
    ]


def by_shifts(image, kernel):
    x, w = image.numpy(), kernel.numpy()
    height, width = x.shape[0] - w.shape[0] + 1, x.shape[1] - w.shape[1] + 1
    return sum(w[a, b] * x[a : a + height, b : b + width] for a, b in np.ndindex(*w.shape))


def layer(image, kernel, **options):
    return conv2d(image[None, None], kernel[None, None], **options)[0, 0]


def with_border(image, kernel):
    down, right = len(kernel) - 1, kernel.shape[1] - 1
    return layer(pad(image, (right // 2, right - right // 2, down // 2, down - down // 2)), kernel)


def one_place_short(image, kernel):
    result = torch.zeros(layer(image, kernel).shape)
    for i in range(len(image) - len(kernel)):
        for j in range(image.shape[1] - kernel.shape[1]):
            result[i, j] = (image[i : i + len(kernel), j : j + kernel.shape[1]] * kernel).sum()
    return result


def one_size(image, kernel):
    k = len(kernel)
    return [
        [
            sum(
                float(image[i + a, j + b] * kernel[a, b])
                for a in range(k)
                for b in range(min(k, kernel.shape[1]))
            )
            for j in range(image.shape[1] - k + 1)
        ]
        for i in range(image.shape[0] - k + 1)
    ]


def square_windows(image, kernel):
    k = len(kernel)
    return torch.stack([(image[i : i + k, i : i + k] * kernel).sum() for i in range(len(image) - k + 1)])


def every_pixel(image, kernel):
    result = torch.zeros(image.shape)
    for i, j in np.ndindex(*image.shape):
        for a, b in np.ndindex(*kernel.shape):
            result[i, j] += image[i + a, j + b] * kernel[a, b]
    return result


def assigned(image, kernel):
    result = torch.zeros(layer(image, kernel).shape)
    for i, j in np.ndindex(*result.shape):
        for a, b in np.ndindex(*kernel.shape):
            result[i, j] = image[i + a, j + b] * kernel[a, b]
    return result


RIGHT = [by_lists, by_shifts]

WRONG = {
    "convolution": [lambda image, kernel: layer(image, torch.flip(kernel, (0, 1)))],
    "columns flipped": [lambda image, kernel: by_shifts(image, kernel.flip(1))],
    "kernel transposed": [
        lambda image, kernel: layer(image, kernel.T) if len(image) >= kernel.shape[1] else image
    ],
    "full": [lambda image, kernel: layer(image, kernel, padding=(len(kernel) - 1, kernel.shape[1] - 1))],
    "same": [with_border, lambda image, kernel: layer(pad(image, (1, 1, 1, 1)), kernel)],
    "off by one": [one_place_short],
    "square kernel": [one_size],
    "wrong shape": [square_windows],
    "overwritten": [assigned],
    "transposed": [lambda image, kernel: layer(image.T, kernel.T)],
    "window and kernel differ": [lambda image, kernel: image @ kernel],
    "index outside": [every_pixel],
}
