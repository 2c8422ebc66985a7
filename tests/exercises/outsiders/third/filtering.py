"""Answers of an outsider to the exercises of filtering."""

import math
from fractions import Fraction

import numpy as np
import scipy.ndimage
import scipy.signal
import skimage.filters
import torch
import torch.nn.functional as F

SOBEL_X = np.array([[-1.0, 0, 1], [-2, 0, 2], [-1, 0, 1]])
SOBEL_Y = SOBEL_X.T


def correlate(image, kernel, mode="edge", **options):
    padded = np.pad(np.asarray(image, dtype=float), 1, mode=mode, **options)
    return (np.lib.stride_tricks.sliding_window_view(padded, (3, 3)) * kernel).sum((2, 3))


# ---- filtering.gradient_magnitude
def sobel_numpy(image):
    return np.hypot(correlate(image, SOBEL_X), correlate(image, SOBEL_Y))


def sobel_torch(image):
    x = F.pad(image[None, None], (1, 1, 1, 1), mode="replicate")
    kx = torch.tensor(SOBEL_X, dtype=image.dtype)
    y = F.conv2d(x, torch.stack([kx, kx.T])[:, None])[0]
    return (y**2).sum(0).sqrt()


def sobel_loops(image):
    p = image.tolist()
    height, width = len(p), len(p[0])

    def at(i, j):
        return p[min(max(i, 0), height - 1)][min(max(j, 0), width - 1)]

    out = []
    for i in range(height):
        line = []
        for j in range(width):
            x = sum(w * (at(i + d, j + 1) - at(i + d, j - 1)) for d, w in ((-1, 1), (0, 2), (1, 1)))
            y = sum(w * (at(i + 1, j + d) - at(i - 1, j + d)) for d, w in ((-1, 1), (0, 2), (1, 1)))
            line.append(math.sqrt(x * x + y * y))
        out.append(line)
    return out


def sobel_scipy(image):
    x = scipy.ndimage.sobel(np.asarray(image), axis=1, mode="nearest")
    y = scipy.ndimage.sobel(np.asarray(image), axis=0, mode="nearest")
    return np.sqrt(x**2 + y**2)


def sobel_zero(image):
    return np.hypot(correlate(image, SOBEL_X, "constant"), correlate(image, SOBEL_Y, "constant"))


def sobel_mirror(image):
    return np.hypot(
        scipy.ndimage.sobel(image.numpy(), 1, mode="mirror"),
        scipy.ndimage.sobel(image.numpy(), 0, mode="mirror"),
    )


def sobel_wrap(image):
    return np.hypot(correlate(image, SOBEL_X, "wrap"), correlate(image, SOBEL_Y, "wrap"))


def prewitt(image):
    return np.hypot(correlate(image, np.sign(SOBEL_X)), correlate(image, np.sign(SOBEL_Y)))


# ---- filtering.median
def median_scipy(image):
    return scipy.ndimage.median_filter(np.asarray(image), size=3, mode="nearest")


def median_loops(image):
    p = image.tolist()
    height, width = len(p), len(p[0])
    out = [[0.0] * width for _ in p]
    for i in range(height):
        for j in range(width):
            nine = sorted(
                p[min(max(a, 0), height - 1)][min(max(b, 0), width - 1)]
                for a in (i - 1, i, i + 1)
                for b in (j - 1, j, j + 1)
            )
            out[i][j] = nine[4]
    return out


def median_torch(image):
    x = F.pad(image[None, None], (1, 1, 1, 1), mode="replicate")[0, 0]
    return x.unfold(0, 3, 1).unfold(1, 3, 1).reshape(*image.shape, 9).sort(-1).values[..., 4]


def median_numpy(image):
    padded = np.pad(np.asarray(image), 1, mode="edge")
    height, width = image.shape
    stack = [padded[i : i + height, j : j + width] for i in range(3) for j in range(3)]
    return np.median(stack, axis=0)


def nine_of(image, mode="edge"):
    padded = np.pad(np.asarray(image), 1, mode=mode)
    return np.lib.stride_tricks.sliding_window_view(padded, (3, 3)).reshape(*image.shape, 9)


def median_inner(image):
    out = image.clone()
    for i in range(1, image.shape[0] - 1):
        for j in range(1, image.shape[1] - 1):
            out[i, j] = image[i - 1 : i + 2, j - 1 : j + 2].median()
    return out


def median_in_place(image):
    p = np.pad(image.numpy(), 1, mode="edge")
    for i in range(1, p.shape[0] - 1):
        for j in range(1, p.shape[1] - 1):
            p[i, j] = np.median(p[i - 1 : i + 2, j - 1 : j + 2])
    return p[1:-1, 1:-1]


def median_separable(image):
    once = scipy.ndimage.median_filter(image.numpy(), size=(1, 3), mode="nearest")
    return scipy.ndimage.median_filter(once, size=(3, 1), mode="nearest")


def median_crop(image):
    out = image.clone()
    for i in range(image.shape[0]):
        for j in range(image.shape[1]):
            out[i, j] = image[max(i - 1, 0) : i + 2, max(j - 1, 0) : j + 2].median()
    return out


# ---- filtering.non_maximum
STEPS = {0: (0, 1), 1: (1, 1), 2: (1, 0), 3: (1, -1)}


def thin(magnitude, x, y, line=None, steps=STEPS, outside="constant", keep=None):
    """Thin with parts that may be exchanged for wrong ones."""
    m, x, y = (np.asarray(a, dtype=float) for a in (magnitude, x, y))
    if line is None:
        line = np.round(np.degrees(np.arctan2(y, x)) / 45).astype(int) % 4
    keep = keep or (lambda here, ahead, behind: here >= ahead and here >= behind)
    padded = np.pad(m, 1, mode=outside)
    out = np.zeros_like(m)
    for i in range(m.shape[0]):
        for j in range(m.shape[1]):
            di, dj = steps[int(line[i, j])]
            if keep(m[i, j], padded[i + 1 + di, j + 1 + dj], padded[i + 1 - di, j + 1 - dj]):
                out[i, j] = m[i, j]
    return out


def thin_lists(magnitude, x, y):
    m, x, y = magnitude.tolist(), x.tolist(), y.tolist()
    height, width = len(m), len(m[0])

    def at(i, j):
        return m[i][j] if 0 <= i < height and 0 <= j < width else 0.0

    out = []
    for i in range(height):
        line = []
        for j in range(width):
            angle = math.degrees(math.atan2(y[i][j], x[i][j])) % 180
            if angle < 22.5 or angle >= 157.5:
                pair = at(i, j + 1), at(i, j - 1)
            elif angle < 67.5:
                pair = at(i + 1, j + 1), at(i - 1, j - 1)
            elif angle < 112.5:
                pair = at(i + 1, j), at(i - 1, j)
            else:
                pair = at(i + 1, j - 1), at(i - 1, j + 1)
            line.append(m[i][j] if m[i][j] >= max(pair) else 0)
        out.append(line)
    return out


def thin_torch(magnitude, x, y):
    height, width = magnitude.shape
    p = F.pad(magnitude, (1, 1, 1, 1))

    def shifted(di, dj):
        return p[1 + di : 1 + di + height, 1 + dj : 1 + dj + width]

    line = torch.round(torch.rad2deg(torch.atan2(y, x)) / 45).long() % 4
    out = torch.zeros_like(magnitude)
    for number, (di, dj) in enumerate([(0, 1), (1, 1), (1, 0), (1, -1)]):
        good = (line == number) & (magnitude >= shifted(di, dj)) & (magnitude >= shifted(-di, -dj))
        out = torch.where(good, magnitude, out)
    return out


def thin_slopes(magnitude, x, y):
    m, x, y = np.asarray(magnitude), np.asarray(x), np.asarray(y)
    t = math.tan(math.pi / 8)
    flat, steep = np.abs(y) <= t * np.abs(x), np.abs(x) <= t * np.abs(y)
    same = (x > 0) == (y > 0)
    p = np.pad(m, 1)
    big = {
        "0": np.maximum(p[1:-1, 2:], p[1:-1, :-2]),
        "90": np.maximum(p[2:, 1:-1], p[:-2, 1:-1]),
        "45": np.maximum(p[2:, 2:], p[:-2, :-2]),
        "135": np.maximum(p[2:, :-2], p[:-2, 2:]),
    }
    limit = np.where(flat, big["0"], np.where(steep, big["90"], np.where(same, big["45"], big["135"])))
    return m * (m >= limit)


def degrees(x, y):
    return np.degrees(np.arctan2(np.asarray(y), np.asarray(x)))


def thin_sequential(magnitude, x, y):
    m = np.pad(np.array(magnitude), 1)
    line = np.round(degrees(x, y) / 45).astype(int) % 4
    for i in range(1, m.shape[0] - 1):
        for j in range(1, m.shape[1] - 1):
            di, dj = STEPS[int(line[i - 1, j - 1])]
            if m[i, j] < m[i + di, j + dj] or m[i, j] < m[i - di, j - dj]:
                m[i, j] = 0
    return m[1:-1, 1:-1]


def thin_border(magnitude, x, y):
    out = thin(magnitude, x, y)
    out[[0, -1]] = 0
    out[:, [0, -1]] = 0
    return out


def thin_no_wrap(magnitude, x, y):
    return thin(magnitude, x, y, line=np.minimum(np.round(degrees(x, y) % 180 / 45), 3))


NINTH = Fraction(1, 9)
E = -1 / 9

ANSWERS = {
    "filtering.gradient_magnitude": (
        [sobel_numpy, sobel_torch, sobel_loops, sobel_scipy],
        [
            sobel_zero,  # zeros beyond the border
            sobel_mirror,  # mirrored without the border pixel
            sobel_wrap,  # other side of the picture beyond the border
            prewitt,  # Prewitt's ones instead of 1, 2, 1
            lambda p: np.abs(correlate(p, SOBEL_X)) + np.abs(correlate(p, SOBEL_Y)),  # sum, no root
            lambda p: sobel_numpy(p) / 8,  # divided by 8
            lambda p: skimage.filters.sobel(p.numpy()),  # skimage scales its kernels
            lambda p: sobel_numpy(p) ** 2,  # root forgotten
            lambda p: sobel_numpy(p)[1:-1, 1:-1],  # only where the kernel fits
            lambda p: np.clip(sobel_numpy(p), 0, 1),  # cut off at 1, as if a picture
        ],
    ),
    "filtering.median": (
        [median_scipy, median_loops, median_torch, median_numpy],
        [
            lambda p: scipy.signal.medfilt2d(p.numpy(), 3),  # zeros beyond the border
            lambda p: nine_of(p).mean(-1),  # mean
            lambda p: np.sort(nine_of(p))[..., 5],  # counts the fifth from 0
            lambda p: np.median(np.delete(nine_of(p), 4, -1), -1),  # centre left out
            median_inner,  # border left as it is
            median_in_place,  # reads pixels that are already replaced
            median_separable,  # median of rows, then of columns
            median_crop,  # smaller squares at the border
            lambda p: np.median(nine_of(p)[..., [1, 3, 4, 5, 7]], -1),  # a cross of five
            lambda p: scipy.ndimage.median_filter(p.numpy(), 3, mode="mirror"),  # mirrored border
        ],
    ),
    "filtering.non_maximum": (
        [thin_lists, thin_torch, thin_slopes, thin],
        [
            lambda m, x, y: thin(m, x, y, keep=lambda a, b, c: a > b and a > c),  # strictly larger
            lambda m, x, y: thin(m, x, y, outside="wrap"),  # neighbours from the other side
            lambda m, x, y: thin(m, x, y, line=np.round(np.abs(degrees(x, y)) / 45) % 4),  # abs of angle
            thin_no_wrap,  # angles near 180 stay 135
            lambda m, x, y: thin(m, x, y, line=degrees(x, y) % 180 // 45),  # rounds down
            lambda m, x, y: thin(m, x, -y),  # y upward: 45 and 135 swapped
            lambda m, x, y: thin(m, -y, x),  # along the edge, not across
            thin_sequential,  # compares with pixels that are already 0
            thin_border,  # border always 0
            lambda m, x, y: thin(m, x, y, keep=lambda a, b, c: a >= b),  # looks ahead only
        ],
    ),
    "filtering.orientation": (
        [
            (5, 53.13),
            [5.0, math.degrees(math.atan2(4, 3))],
            np.array([5, 53.1301]),
            torch.tensor([5.0, 53.130102]),
        ],
        [
            (5, 36.87),  # x and y swapped
            (5, 0.9273),  # radians
            (7, 53.13),  # sum of the parts
            (25, 53.13),  # root forgotten
            (53.13, 5),  # wrong order
            (5, -53.13),  # wrong sign: y upward
            (5, 53.1),  # one decimal place
            (5, 143.13),  # along the edge
            (5, 126.87),  # wrong sign of x
            (5, 45.0),  # rounded to one of the four lines
        ],
    ),
    "filtering.sharpen": (
        [
            [[-NINTH] * 3, [-NINTH, 2 - NINTH, -NINTH], [-NINTH] * 3],
            ((-0.111, -0.111, -0.111), (-0.111, 1.889, -0.111), (-0.111, -0.111, -0.111)),
            np.array([[0, 0, 0], [0, 2, 0], [0, 0, 0]]) - np.ones((3, 3)) / 9,
            torch.tensor([[-1.0, -1, -1], [-1, 17, -1], [-1, -1, -1]]) / 9,
        ],
        [
            [[E] * 3, [E, 8 / 9, E], [E] * 3],  # only what the blur takes away
            [[0, -1, 0], [-1, 5, -1], [0, -1, 0]],  # the usual kernel of the web
            [[-1] * 3, [-1, 9, -1], [-1] * 3],  # the other one of the web
            [[-1 / 8] * 3, [-1 / 8, 2, -1 / 8], [-1 / 8] * 3],  # mean without the pixel itself
            [[E] * 3, [E, 2, E], [E] * 3],  # centre's own ninth forgotten
            [[1 / 9] * 3, [1 / 9, 10 / 9, 1 / 9], [1 / 9] * 3],  # mean added
            [[-0.11] * 3, [-0.11, 1.89, -0.11], [-0.11] * 3],  # two decimal places
            [[-1] * 3, [-1, 17, -1], [-1] * 3],  # not divided by 9
            [[-1 / 16, -1 / 8, -1 / 16], [-1 / 8, 7 / 4, -1 / 8], [-1 / 16, -1 / 8, -1 / 16]],  # binomial
            [[1 / 9] * 3, [1 / 9, -17 / 9, 1 / 9], [1 / 9] * 3],  # signs swapped
        ],
    ),
}
