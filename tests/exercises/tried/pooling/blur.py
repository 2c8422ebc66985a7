"""Further answers to pooling.blur."""

import numpy as np
import scipy.ndimage
import torch
from torch.nn import functional as F


def by_convolution(image, mode="replicate", stride=2):
    row = torch.tensor([1.0, 2.0, 1.0], dtype=image.dtype) / 4
    padded = F.pad(image[None, None], (1, 1, 1, 1), mode=mode)
    return F.conv2d(padded, torch.outer(row, row)[None, None], stride=stride)[0, 0]


def by_loops(image):
    height, width = image.shape

    def pixel(i, j):
        return float(image[min(max(i, 0), height - 1), min(max(j, 0), width - 1)])

    weights = {(a, b): (2 - abs(a)) * (2 - abs(b)) / 16 for a in (-1, 0, 1) for b in (-1, 0, 1)}
    return [
        [sum(w * pixel(i + a, j + b) for (a, b), w in weights.items()) for j in range(0, width, 2)]
        for i in range(0, height, 2)
    ]


def by_scipy(image, mode="nearest", weights=(0.25, 0.5, 0.25)):
    rows = scipy.ndimage.convolve1d(image.numpy(), weights, axis=0, mode=mode)
    return scipy.ndimage.convolve1d(rows, weights, axis=1, mode=mode)[::2, ::2]


def wrapped(image):
    x = (image.roll(1, 0) + 2 * image + image.roll(-1, 0)) / 4
    return ((x.roll(1, 1) + 2 * x + x.roll(-1, 1)) / 4)[::2, ::2]


def without_border(image):
    if min(image.shape) < 3:
        return by_convolution(image)
    row = torch.tensor([1.0, 2.0, 1.0], dtype=image.dtype) / 4
    return F.conv2d(image[None, None], torch.outer(row, row)[None, None], stride=2)[0, 0]


def inside(image):
    return by_convolution(image, stride=1)[1:-1, 1:-1][::2, ::2]


def by_pixels(image, lowest):
    result = torch.zeros(-(-image.shape[0] // 2), -(-image.shape[1] // 2))
    for i, j in np.ndindex(*result.shape):
        for a, b in np.ndindex(3, 3):
            pixel = image[max(lowest, 2 * i + a - 1), max(lowest, 2 * j + b - 1)]
            result[i, j] += pixel * (2 - abs(a - 1)) * (2 - abs(b - 1)) / 16
    return result


def odd_pixels(image):
    return by_convolution(image, stride=1)[1::2, 1::2] if min(image.shape) > 1 else image


def one_after_the_other(image):
    x = image.clone()
    height, width = x.shape
    for i in range(height):
        for j in range(width):
            x[i, j] = (x[max(i - 1, 0), j] + 2 * x[i, j] + x[min(i + 1, height - 1), j]) / 4
    for i in range(height):
        for j in range(width):
            x[i, j] = (x[i, max(j - 1, 0)] + 2 * x[i, j] + x[i, min(j + 1, width - 1)]) / 4
    return x[::2, ::2]


def by_slices(image):
    wide = torch.cat([image[:1], image, image[-1:]])
    down = (wide[:-2] + 2 * wide[1:-1] + wide[2:]) / 4
    wide = torch.cat([down[:, :1], down, down[:, -1:]], dim=1)
    return ((wide[:, :-2] + 2 * wide[:, 1:-1] + wide[:, 2:]) / 4)[::2, ::2]


def along(image, axis, mode="nearest"):
    return scipy.ndimage.convolve1d(image, [0.25, 0.5, 0.25], axis=axis, mode=mode)


RIGHT = [by_loops, by_scipy, by_convolution, by_slices]
WRONG = {
    "added": [
        lambda image: (along(image, 0) + along(image, 1))[::2, ::2],
        lambda image: (along(image, 0) + along(image, 1))[::2, ::2] / 2,
    ],
    "in place": [one_after_the_other],
    "blurred too late": [
        lambda image: by_convolution(image[::2, ::2], stride=1),
    ],
    "not thinned out": [
        lambda image: by_convolution(image, stride=1),
    ],
    "odd pixels": [
        odd_pixels,
        lambda image: by_convolution(image, stride=1)[1::2, 1::2],
    ],
    "last one lost": [
        lambda image: by_convolution(image)[: len(image) // 2, : image.shape[1] // 2],
        lambda image: by_convolution(image)[: len(image) // 2, : image.shape[1] // 2].tolist(),
    ],
    "divided once": [
        lambda image: 4 * by_convolution(image),
    ],
    "zeros at the edge": [
        lambda image: by_convolution(image, "constant"),
    ],
    "weights scaled": [
        lambda image: by_convolution(image, "constant") / by_convolution(torch.ones_like(image), "constant"),
    ],
    "other edge": [
        lambda image: by_convolution(image, "reflect"),
        wrapped,
        lambda image: by_pixels(image, lowest=-1),
    ],
    "box": [
        lambda image: by_scipy(image, weights=(1 / 3, 1 / 3, 1 / 3)),
    ],
    "one axis": [
        lambda image: along(image, 0)[::2, ::2],
        lambda image: along(image, 1)[::2, ::2],
    ],
    "wrong values": [
        lambda image: image.clone()[0::2][:, 0::2],
        # Tame cases would accept these: another edge along one axis, single rows as they are.
        lambda image: along(along(image, 0, "mirror"), 1)[::2, ::2],
        lambda image: along(along(image, 0), 1, "constant")[::2, ::2],
        lambda image: by_scipy(image) if min(image.shape) > 1 else image[::2, ::2],
    ],
    "factor": [
        lambda image: by_scipy(image, weights=(1, 2, 1)),
        lambda image: 2 * by_convolution(image),
    ],
    "wrong shape": [
        without_border,
        inside,
        lambda image: image.mean(),
        lambda image: by_convolution(image, stride=1)[::2],
        lambda image: by_convolution(image, stride=1)[:, ::2],
        lambda image: F.avg_pool2d(image[None], 2)[0],
        lambda image: F.conv2d(image[None, None], torch.ones(1, 1, 3, 3, dtype=image.dtype) / 9, stride=2)[
            0, 0
        ],
        lambda image: F.conv2d(
            image[None, None], torch.tensor([[[[1.0, 2, 1], [2, 4, 2], [1, 2, 1]]]]).to(image) / 16, stride=2
        )[0, 0],
    ],
    "exception": [
        lambda image: by_pixels(image, lowest=0),
        lambda image: [image[i - 1] + 2 * image[i] + image[i + 1] for i in range(len(image))],
        lambda image: F.pad(image, (1, 1, 1, 1), mode="replicate"),
        lambda image: F.conv2d(image, image.new_ones(1, 1, 3, 3), stride=2, padding=1),
    ],
    "transposed": [
        lambda image: by_convolution(image).T,
    ],
    "extra brackets": [
        lambda image: by_convolution(image)[None, None],
    ],
    "changed its input": [
        lambda image: by_convolution(image.add_(1)) - 1,
    ],
}
