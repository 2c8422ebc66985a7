"""Further answers to pooling.average."""

import numpy as np
import torch
from torch.nn import functional as F


def by_loops(image, kernel_size):
    height, width = image.shape[0] // kernel_size, image.shape[1] // kernel_size
    result = torch.zeros(height, width, dtype=image.dtype)
    for i in range(height):
        for j in range(width):
            top, left = i * kernel_size, j * kernel_size
            result[i, j] = image[top : top + kernel_size, left : left + kernel_size].mean()
    return result


def by_lists(image, kernel_size):
    x, k = image.tolist(), kernel_size
    return [
        [
            sum(x[i + a][j + b] for a in range(k) for b in range(k)) / k**2
            for j in range(0, len(x[0]) - k + 1, k)
        ]
        for i in range(0, len(x) - k + 1, k)
    ]


def by_convolution(image, k):
    weight = torch.full((1, 1, k, k), 1 / k**2, dtype=image.dtype)
    return F.conv2d(image[None, None], weight, stride=k)[0, 0]


def windows(image, k):
    return image.unfold(0, k, k).unfold(1, k, k)


def assigned(image, k):
    result = torch.zeros(by_loops(image, k).shape)
    for i, j in np.ndindex(*result.shape):
        for a in range(k):
            for b in range(k):
                result[i, j] = image[i * k + a, j * k + b] / k**2
    return result


def beyond(image, k):
    result = torch.zeros(-(-image.shape[0] // k), -(-image.shape[1] // k))
    for i, j in np.ndindex(*result.shape):
        for a, b in np.ndindex(k, k):
            result[i, j] += image[i * k + a, j * k + b] / k**2
    return result


def every_part(image, k):
    rows, columns = (range(0, side, k) for side in image.shape)
    return [[image[i : i + k, j : j + k].mean() for j in columns] for i in rows]


def stops_too_soon(image, k):
    rows, columns = (range(0, side - k, k) for side in image.shape)
    return [[image[i : i + k, j : j + k].mean() for j in columns] for i in rows]


def filled_up(image, k):
    return by_lists(F.pad(image, (0, -image.shape[1] % k, 0, -len(image) % k)), k)


def every_kth(image, k):
    return image[: len(image) // k * k : k, : image.shape[1] // k * k : k]


def rest_of_the_columns(image, k):
    return F.pad(image, (0, -image.shape[1] % k)).unfold(0, k, k).unfold(1, k, k).mean((2, 3))


def height_for_width(image, k):
    result = torch.zeros(len(image) // k, len(image) // k)
    for i, j in np.ndindex(*result.shape):
        result[i, j] = image[i * k : i * k + k, j * k : j * k + k].mean()
    return result


def on_its_side(image, k):
    return by_loops(image.T if len(image) > image.shape[1] else image, k)


RIGHT = [by_loops, by_lists, lambda image, k: F.avg_pool2d(image[None], k)[0]]
WRONG = {
    "stretched": [
        lambda image, k: F.adaptive_avg_pool2d(image[None], (len(image) // k, image.shape[1] // k))[0]
    ],
    "sum": [
        lambda image, k: by_convolution(image, k) * k**2,
    ],
    "divided by k": [
        lambda image, k: windows(image, k).mean(-1).sum(-1),
    ],
    "maximum": [
        lambda image, k: F.max_pool2d(image[None], k)[0],
    ],
    "other stride": [
        lambda image, k: F.avg_pool2d(image[None, None], k, stride=1)[0, 0],
        lambda image, k: F.avg_pool2d(image[None], k, stride=2)[0],
    ],
    "start left out": [
        lambda image, k: by_loops(image[len(image) % k :, image.shape[1] % k :], k),
    ],
    "parts of windows": [
        every_part,
        filled_up,
    ],
    "height for width": [
        lambda image, k: by_loops(image, k)[:, : len(image) // k],
        height_for_width,
    ],
    "two dimensions": [
        F.avg_pool2d,
        lambda image, k: torch.nn.AvgPool2d(k)(image),
    ],
    "rest at the edge": [
        beyond,
    ],
    "wrong values": [
        every_kth,
        lambda image, k: windows(image, k)[..., 0].mean(-1),
        lambda image, k: np.median(windows(image, k).numpy(), axis=(2, 3)),
        assigned,
        lambda image, k: windows(image, k)[:, :, 0].mean(-1),
        lambda image, k: windows(image, k).sum((2, 3)) // k**2,
        lambda image, k: windows(image, k).mean((2, 3)).int(),
        # Tame cases would accept this: whole pixels.
        lambda image, k: by_loops(image.trunc(), k),
    ],
    "wrong shape": [
        stops_too_soon,
        lambda image, k: torch.mean(image),
        lambda image, k: (
            every_kth(image, 1).reshape(-1, k * k).mean(1) if image.numel() % k**2 == 0 else image
        ),
    ],
    "transposed": [
        lambda image, k: by_loops(image, k).T,
    ],
    "extra brackets": [
        lambda image, k: by_loops(image, k)[None, None],
    ],
    "arguments": [
        lambda image: by_loops(image, 2),
    ],
    "changed its input": [
        lambda image, k: by_loops(image.mul_(2), k) / 2,
    ],
    "other places": [lambda image, k: by_loops(image, k).flatten(), on_its_side],
    "too much": [rest_of_the_columns, lambda image, k: rest_of_the_columns(image.T, k).T],
}
