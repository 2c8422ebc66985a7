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


def by_einsum(image, kernel):
    windows = np.lib.stride_tricks.sliding_window_view(image.numpy(), tuple(kernel.shape))
    return np.einsum("ijab,ab->ij", windows, kernel.numpy())


def in_picture(image, kernel):
    result, inner = torch.zeros_like(image), layer(image, kernel)
    result[: inner.shape[0], : inner.shape[1]] = inner
    return result


def height_for_both(image, kernel):
    k = kernel.shape[0]
    rows, columns = image.shape[0] - k + 1, image.shape[1] - k + 1
    parts = [kernel[i, j] * image[i : i + rows, j : j + columns] for i in range(k) for j in range(k)]
    return torch.stack(parts).sum(0)


def square_result(image, kernel):
    kh, kw = kernel.shape
    places = range(image.shape[0] - kh + 1)
    return [[(image[i : i + kh, j : j + kw] * kernel).sum() for j in places] for i in places]


def windows(image, kernel):
    return image.unfold(0, kernel.shape[0], 1).unfold(1, kernel.shape[1], 1)


def matrix_product(image, kernel):
    if kernel.shape[0] != kernel.shape[1]:
        return layer(image, kernel)
    return (windows(image, kernel) @ kernel).sum((2, 3))


RIGHT = [by_lists, by_shifts, by_einsum]

WRONG = {
    "columns flipped": [lambda image, kernel: by_shifts(image, kernel.flip(1))],
    "kernel transposed": [
        lambda image, kernel: layer(image, kernel.T) if len(image) >= kernel.shape[1] else image
    ],
    "same": [with_border],
    "whole numbers": [lambda x, k: layer(x, k).round()],
    "window and kernel differ": [lambda image, kernel: image @ kernel, every_pixel],
    "changed its input": [lambda x, k: layer(x.mul_(2), k) / 2],
    "extra brackets": [lambda x, k: layer(x, k)[None, None]],
    "transposed": [lambda image, kernel: layer(image.T, kernel.T)],
    "wrong shape": [
        one_size,
        square_windows,
        lambda x, k: layer(x, k)[:: k.shape[0], :: k.shape[1]],
        height_for_both,
        lambda x, k: (x.unfold(0, len(k), 1).unfold(1, len(k), 1) * k).sum((2, 3)),
        square_result,
        lambda x, k: windows(x, k) * k,
    ],
    "wrong values": [
        lambda x, k: layer(x, k).half(),
        one_place_short,
        assigned,
        lambda x, k: layer(x, k.flip(0)),
        matrix_product,
        lambda x, k: layer(x, k).round(decimals=2),
        lambda x, k: layer(x, k).clamp(0, 255),
        lambda x, k: layer(x, k[:3, :3])[: len(x) - len(k) + 1, : x.shape[1] - k.shape[1] + 1],
        lambda x, k: layer(x, k if k.shape[0] == k.shape[1] else k.flip(0, 1)),
        lambda x, k: layer(x, k / k.abs().sum().clamp(min=1)),
    ],
    "too much": [
        lambda image, kernel: layer(pad(image, (1, 1, 1, 1)), kernel),
        lambda x, k: layer(x, k, padding=(k.shape[0] // 2, k.shape[1] // 2)),
        in_picture,
    ],
}
