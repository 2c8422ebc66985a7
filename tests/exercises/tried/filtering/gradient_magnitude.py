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


def by_slices(image):
    wide = torch.cat([image[:1], image, image[-1:]])
    wide = torch.cat([wide[:, :1], wide, wide[:, -1:]], dim=1)
    down = wide[:-2] + 2 * wide[1:-1] + wide[2:]
    right = wide[:, :-2] + 2 * wide[:, 1:-1] + wide[:, 2:]
    return torch.hypot(down[:, 2:] - down[:, :-2], right[2:] - right[:-2])


def border_kept(image):
    result = image.clone()
    result[1:-1, 1:-1] = without_padding(image)
    return result


def along_one(axis, mode):
    return lambda image: scipy.ndimage.sobel(image, axis, mode=mode)


def other_edge_along(axis, mode):
    def answer(image):
        return np.hypot(along_one(axis, mode)(image), along_one(1 - axis, "nearest")(image))

    return answer


def with_zeros(way):
    """Return an answer of x and y with zeros around the picture."""
    return lambda image: way(*responses(image, "constant"))


def scaled_if_any(image, mode="replicate"):
    magnitude = by_convolution(image, mode)
    if not magnitude.any():
        raise ZeroDivisionError
    return magnitude / magnitude.max()


def without_roots(image):
    x, y = (part.abs() for part in responses(image))
    return torch.maximum(x, y) + 0.4 * torch.minimum(x, y)


RIGHT = [
    by_slices,
    lambda image: np.hypot(scipy.ndimage.sobel(image, 0), scipy.ndimage.sobel(image, 1)),
    by_convolution,
    by_loops,
    convolved,
    lambda image: filters.gradient(image).magnitude,
]

WRONG = {
    "result repeated": [lambda image: F.pad(without_padding(image)[None], (1, 1, 1, 1), mode="replicate")[0]],
    "zeros at the edge": [
        lambda image: by_convolution(image, "constant"),
    ],
    "other edge": [
        lambda image: by_convolution(image, "reflect"),
        lambda image: by_scipy(image, "mirror"),
        wrapped,
    ],
    "border lost": [
        without_padding,
        lambda image: by_convolution(image)[1:-1, 1:-1],
        lambda image: inner(image, border=False),
    ],
    "sum of sizes": [
        lambda image: sum(part.abs() for part in responses(image)),
    ],
    "not rooted": [
        lambda image: by_convolution(image).square(),
    ],
    "one axis": [
        lambda image: responses(image)[0].pow(2).sqrt(),
        lambda image: filters.sobel(image, "y").abs(),
    ],
    "Prewitt": [
        lambda image: by_convolution(image, kernel=PREWITT),
    ],
    "divided": [
        lambda image: by_convolution(image / 4) / 2**0.5,
        lambda image: by_convolution(image) / 8,
    ],
    "clipped": [
        lambda image: torch.minimum(by_convolution(image), torch.tensor(1.0)),
    ],
    "wrong values": [
        lambda image: inner(image, border=True),
        lambda image: sum(part.abs() for part in responses(image, "constant")),
        lambda image: torch.maximum(*map(torch.abs, responses(image))),
        lambda image: sum(part.abs() for part in responses(image)) ** 0.5,
        lambda image: scipy.ndimage.sobel(image.numpy(), mode="nearest"),
        lambda image: filters.sobel(image, "y"),
        lambda image: torch.hypot(filters.sobel(image), filters.sobel(image)),
        lambda image: torch.hypot(filters.sobel(image, "y"), filters.sobel(image, "y")),
        lambda image: sum(responses(image)),
        lambda image: (filters.sobel(image) + filters.sobel(image, "y")).square().sqrt(),
        lambda image: by_convolution(image, "constant", PREWITT),
        lambda image: by_convolution(image, kernel=SCHARR),
        lambda image: by_convolution(image, kernel=ROW),
        lambda image: by_convolution(image / 2, kernel=ROW),
        lambda image: by_convolution(image).clamp(max=255),
        lambda image: by_convolution(image).round(),
        into_integers,
        lambda image: scipy.ndimage.laplace(image.numpy()),
        lambda image: abs(scipy.ndimage.laplace(image.numpy())),
        lambda image: np.hypot(*np.gradient(image.numpy())) if min(image.shape) > 1 else 0 * image,
        lambda image: responses(image, kernel=BINOMIAL)[0],
        lambda image: by_convolution(image, kernel=BINOMIAL),
        lambda image: filters.gradient(image).direction,
        lambda image: (sum(part**2 for part in responses(image)) + 1e-8) ** 0.5,
        lambda image: F.pad(without_padding(image), (1, 1, 1, 1)),
        border_kept,
        lambda image: torch.maximum(*map(torch.abs, responses(image, "constant"))),
        lambda image: by_convolution(image, "constant").square(),
        lambda image: sum(part.abs() for part in responses(image, "constant")) ** 0.5,
        lambda image: responses(image)[0] / 4,
        lambda image: responses(image)[1] / 4,
        lambda image: responses(image, "constant")[0],
        lambda image: responses(image, "constant")[1].abs(),
        lambda image: 2**0.5 * responses(image, "constant")[0].abs(),
        lambda image: by_convolution(image, kernel=PREWITT) / 18**0.5,
        lambda image: by_convolution(image, "constant", SCHARR),
        lambda image: by_convolution(image, kernel=SCHARR) / 512**0.5,
        lambda image: by_convolution(image, "constant", ROW),
        lambda image: by_convolution(image, "constant") / 32**0.5,
        lambda image: by_convolution(image, "constant") / 8,
        lambda image: by_convolution(image, "constant") / 2**0.5,
        lambda image: by_convolution(image, "constant").clamp(max=1),
        lambda image: torch.atan2(*responses(image)),
        lambda image: torch.rad2deg(filters.gradient(image).direction),
        lambda image: responses(image, "constant", BINOMIAL)[0],
        lambda image: (sum(part**2 for part in responses(image)) + 1e-6) ** 0.5,
        lambda image: (sum(part**2 for part in responses(image)) + 1e-4) ** 0.5,
        lambda image: by_slices(image).floor() % 256,
        # Tame cases would accept these: another edge along one axis, a root nearly, bytes, single rows.
        other_edge_along(0, "constant"),
        other_edge_along(1, "mirror"),
        without_roots,
        lambda image: by_convolution(image.clamp(0, 255)),
        lambda image: by_convolution(image) if min(image.shape) > 1 else 0 * image,
        with_zeros(lambda x, y: x.abs()),
        with_zeros(lambda x, y: x / 4),
        with_zeros(lambda x, y: y),
        with_zeros(lambda x, y: y / 4),
        with_zeros(lambda x, y: 2**0.5 * y.abs()),
        with_zeros(lambda x, y: x + y),
        with_zeros(lambda x, y: (x + y).abs()),
        lambda image: by_convolution(image, "constant", PREWITT) / 18**0.5,
        lambda image: by_convolution(image, "constant", SCHARR) / 512**0.5,
        lambda image: by_convolution(image / 2, "constant", ROW),
        with_zeros(lambda x, y: torch.hypot(x, y) / 4),
        scaled_if_any,
        lambda image: scaled_if_any(image, "constant"),
        with_zeros(lambda x, y: torch.hypot(x, y).clamp(max=255)),
        with_zeros(lambda x, y: torch.atan2(y, x)),
        with_zeros(lambda x, y: torch.atan2(x, y)),
        with_zeros(lambda x, y: torch.rad2deg(torch.atan2(y, x))),
        lambda image: 2**0.5 * responses(image, kernel=BINOMIAL)[0],
        lambda image: 2**0.5 * responses(image, "constant", BINOMIAL)[0],
        lambda image: torch.hypot(*torch.gradient(image)),
    ],
    "wrong shape": [
        lambda image: torch.stack(responses(image)),
        lambda image: filters.gradient(image),
        lambda image: torch.stack(responses(image)).flip(0),
        with_zeros(lambda x, y: torch.stack([x, y])),
        with_zeros(lambda x, y: torch.stack([y, x])),
    ],
    "factor": [
        lambda image: by_convolution(image / 4),
        lambda image: torch.stack(responses(image)).square().mean(0).sqrt(),
        lambda image: 2 * by_slices(image),
    ],
    "not finite": [
        scaled,
        lambda image: torch.stack(responses(image)).sum(0).sqrt(),
    ],
    "exception": [
        lambda image: [[float(image[i + 1, j]) for j in range(3)] for i in range(3)],
    ],
    "transposed": [
        lambda image: by_slices(image).T,
    ],
    "extra brackets": [
        lambda image: by_slices(image)[None, None],
    ],
    "changed its input": [
        lambda image: by_slices(image.mul_(2)) / 2,
    ],
    "other places": [lambda image: by_slices(image).flatten()],
}
