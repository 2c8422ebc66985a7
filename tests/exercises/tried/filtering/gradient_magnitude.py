"""Further answers to filtering.gradient_magnitude."""

import numpy as np
import scipy.ndimage
import scipy.signal
import torch
from torch.nn import functional as F

from cnnlab import filters

ACROSS = ((-1.0, 0.0, 1.0), (-2.0, 0.0, 2.0), (-1.0, 0.0, 1.0))
PREWITT = ((-1.0, 0.0, 1.0),) * 3
SCHARR = ((-3.0, 0.0, 3.0), (-10.0, 0.0, 10.0), (-3.0, 0.0, 3.0))
ROW = ((0.0, 0.0, 0.0), (-1.0, 0.0, 1.0), (0.0, 0.0, 0.0))
BINOMIAL = ((1.0, 2.0, 1.0), (2.0, 4.0, 2.0), (1.0, 2.0, 1.0))


def responses(image, mode="replicate", kernel=ACROSS):
    padded = F.pad(image[None, None], (1, 1, 1, 1), mode=mode)
    x = torch.tensor(kernel, dtype=image.dtype)
    return F.conv2d(padded, x[None, None])[0, 0], F.conv2d(padded, x.T[None, None])[0, 0]


def by_convolution(image, mode="replicate", kernel=ACROSS):
    x, y = responses(image, mode, kernel)
    return (x**2 + y**2).sqrt()


def by_loops(image):
    height, width = image.shape

    def pixel(i, j):
        return float(image[min(max(i, 0), height - 1), min(max(j, 0), width - 1)])

    def change(i, j):
        near = [(s, 2 - abs(s)) for s in (-1, 0, 1)]
        x = sum(w * (pixel(i + s, j + 1) - pixel(i + s, j - 1)) for s, w in near)
        return x, sum(w * (pixel(i + 1, j + s) - pixel(i - 1, j + s)) for s, w in near)

    return [[(x * x + y * y) ** 0.5 for x, y in (change(i, j) for j in range(width))] for i in range(height)]


def by_scipy(image, mode="nearest"):
    x, y = (scipy.ndimage.sobel(image.numpy(), axis=axis, mode=mode) for axis in (1, 0))
    return np.hypot(x, y)


def convolved(image):
    kernel = np.array(ACROSS)
    padded = np.pad(image.numpy(), 1, mode="symmetric")
    x, y = (scipy.signal.convolve2d(padded, k, mode="valid") for k in (kernel, kernel.T))
    return abs(x + 1j * y)


def inner(image, border):
    if min(image.shape) < 3:
        return by_convolution(image)
    inside = by_convolution(image)[1:-1, 1:-1]
    return F.pad(inside, (1, 1, 1, 1)) if border else inside


def without_padding(image):
    x = torch.tensor(ACROSS, dtype=image.dtype)
    gx, gy = F.conv2d(image[None, None], x[None, None]), F.conv2d(image[None, None], x.T[None, None])
    return torch.hypot(gx, gy)[0, 0]


def wrapped(image):
    across = image.roll(-1, 1) - image.roll(1, 1)
    down = image.roll(-1, 0) - image.roll(1, 0)
    gx = across.roll(1, 0) + 2 * across + across.roll(-1, 0)
    return torch.hypot(gx, down.roll(1, 1) + 2 * down + down.roll(-1, 1))


def scaled(image):
    magnitude = by_convolution(image)
    return magnitude / magnitude.max()


def into_integers(image):
    result = torch.zeros(image.shape, dtype=torch.int64)
    result[:] = by_convolution(image)
    return result


RIGHT = [
    by_convolution,
    by_loops,
    convolved,
    lambda image: filters.gradient(image).magnitude,
]

WRONG = {
    "zeros at the edge": [lambda image: by_convolution(image, "constant")],
    "mirrored": [lambda image: by_convolution(image, "reflect"), lambda image: by_scipy(image, "mirror")],
    "wrapped round": [wrapped],
    "border zero": [lambda image: inner(image, border=True)],
    "border lost": [lambda image: inner(image, border=False), without_padding],
    "sum of sizes": [
        lambda image: sum(part.abs() for part in responses(image)),
        lambda image: sum(part.abs() for part in responses(image, "constant")),
    ],
    "larger": [lambda image: torch.maximum(*map(torch.abs, responses(image)))],
    "not rooted": [lambda image: by_convolution(image).square()],
    "not squared": [lambda image: sum(part.abs() for part in responses(image)) ** 0.5],
    "one axis": [
        lambda image: scipy.ndimage.sobel(image.numpy(), mode="nearest"),
        lambda image: responses(image)[0].pow(2).sqrt(),
        lambda image: filters.sobel(image, "y"),
        lambda image: filters.sobel(image, "y").abs(),
    ],
    "same axis twice": [
        lambda image: torch.hypot(filters.sobel(image), filters.sobel(image)),
        lambda image: torch.hypot(filters.sobel(image, "y"), filters.sobel(image, "y")),
    ],
    "signed sum": [
        lambda image: sum(responses(image)),
        lambda image: (filters.sobel(image) + filters.sobel(image, "y")).square().sqrt(),
    ],
    "Prewitt": [
        lambda image: by_convolution(image, kernel=PREWITT),
        lambda image: by_convolution(image, "constant", PREWITT),
    ],
    "Scharr": [lambda image: by_convolution(image, kernel=SCHARR)],
    "not smoothed": [
        lambda image: by_convolution(image, kernel=ROW),
        lambda image: by_convolution(image / 2, kernel=ROW),
    ],
    "scikit-image's scale": [
        lambda image: by_convolution(image / 4) / 2**0.5,
        lambda image: by_convolution(image / 4),
    ],
    "divided": [lambda image: by_convolution(image) / 8],
    "mean of squares": [lambda image: torch.stack(responses(image)).square().mean(0).sqrt()],
    "scaled to 1": [scaled],
    "clipped": [
        lambda image: by_convolution(image).clamp(max=255),
        lambda image: torch.minimum(by_convolution(image), torch.tensor(1.0)),
    ],
    "whole numbers": [lambda image: by_convolution(image).round(), into_integers],
    "both": [lambda image: torch.stack(responses(image)), lambda image: filters.gradient(image)],
    "Laplacian": [
        lambda image: scipy.ndimage.laplace(image.numpy()),
        lambda image: abs(scipy.ndimage.laplace(image.numpy())),
    ],
    "np.gradient": [
        lambda image: np.hypot(*np.gradient(image.numpy())) if min(image.shape) > 1 else 0 * image
    ],
    "smoothing": [
        lambda image: responses(image, kernel=BINOMIAL)[0],
        lambda image: by_convolution(image, kernel=BINOMIAL),
    ],
    "direction": [lambda image: filters.gradient(image).direction],
    "small number added": [lambda image: (sum(part**2 for part in responses(image)) + 1e-8) ** 0.5],
    "not finite": [lambda image: torch.stack(responses(image)).sum(0).sqrt()],
}
