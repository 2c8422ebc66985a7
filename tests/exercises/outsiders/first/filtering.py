"""Answers of an outsider to the exercises of filtering."""

import math
from fractions import Fraction

import numpy as np
import scipy.ndimage
import scipy.signal
import torch
import torch.nn.functional as F

SOBEL = torch.tensor([[-1.0, 0, 1], [-2, 0, 2], [-1, 0, 1]], dtype=torch.float64)
PREWITT = torch.tensor([[-1.0, 0, 1], [-1, 0, 1], [-1, 0, 1]], dtype=torch.float64)


# --- filtering.gradient_magnitude: right


def magnitude_torch(image):
    x = F.pad(image[None, None], (1, 1, 1, 1), mode="replicate")
    parts = F.conv2d(x, torch.stack([SOBEL, SOBEL.T])[:, None])[0]
    return parts.square().sum(0).sqrt()


def magnitude_scipy(image):
    a = image.numpy()
    down, right = (scipy.ndimage.sobel(a, axis=axis, mode="nearest") for axis in (0, 1))
    return np.hypot(down, right)


def magnitude_loops(image):
    p = image.tolist()
    height, width = len(p), len(p[0])

    def at(i, j):
        return p[min(max(i, 0), height - 1)][min(max(j, 0), width - 1)]

    result = []
    for i in range(height):
        row = []
        for j in range(width):
            x = sum(w * (at(i + d, j + 1) - at(i + d, j - 1)) for d, w in ((-1, 1), (0, 2), (1, 1)))
            y = sum(w * (at(i + 1, j + d) - at(i - 1, j + d)) for d, w in ((-1, 1), (0, 2), (1, 1)))
            row.append(math.sqrt(x * x + y * y))
        result.append(row)
    return result


def magnitude_slices(image):
    p = np.pad(image.numpy(), 1, mode="edge")
    smooth_down = p[:-2] + 2 * p[1:-1] + p[2:]
    smooth_right = p[:, :-2] + 2 * p[:, 1:-1] + p[:, 2:]
    x = smooth_down[:, 2:] - smooth_down[:, :-2]
    y = smooth_right[2:] - smooth_right[:-2]
    return (x**2 + y**2) ** 0.5


# --- filtering.gradient_magnitude: wrong


def sobel_parts(a, mode):
    p = np.pad(np.asarray(a), 1, mode=mode)
    k = SOBEL.numpy()
    return scipy.signal.correlate2d(p, k, mode="valid"), scipy.signal.correlate2d(p, k.T, mode="valid")


def magnitude_zeros(image):
    return np.hypot(*sobel_parts(image, "constant"))


def magnitude_mirror(image):
    return np.hypot(*sobel_parts(image, "reflect"))


def magnitude_eighth(image):
    return np.hypot(*sobel_parts(image, "edge")) / 8


def magnitude_absolute(image):
    x, y = sobel_parts(image, "edge")
    return abs(x) + abs(y)


def magnitude_square(image):
    x, y = sobel_parts(image, "edge")
    return x**2 + y**2


def magnitude_prewitt(image):
    x = F.pad(image[None, None], (1, 1, 1, 1), mode="replicate")
    return F.conv2d(x, torch.stack([PREWITT, PREWITT.T])[:, None])[0].norm(dim=0)


def magnitude_valid(image):
    return F.conv2d(image[None, None], torch.stack([SOBEL, SOBEL.T])[:, None])[0].norm(dim=0)


def magnitude_x_only(image):
    return abs(sobel_parts(image, "edge")[0])


def magnitude_repeated_result(image):
    return np.pad(magnitude_valid(image).numpy(), 1, mode="edge")


def magnitude_clipped(image):
    return np.clip(np.hypot(*sobel_parts(image, "edge")), 0, 1)


# --- filtering.median: right


def median_torch(image):
    x = F.pad(image[None, None], (1, 1, 1, 1), mode="replicate")[0, 0]
    return x.unfold(0, 3, 1).unfold(1, 3, 1).flatten(2).kthvalue(5, dim=2).values


def median_scipy(image):
    return scipy.ndimage.median_filter(image.numpy(), size=(3, 3), mode="nearest")


def median_loops(image):
    p = image.tolist()
    height, width = len(p), len(p[0])
    result = []
    for i in range(height):
        row = []
        for j in range(width):
            nine = []
            for a in (i - 1, i, i + 1):
                line = p[min(max(a, 0), height - 1)]
                nine += [line[min(max(b, 0), width - 1)] for b in (j - 1, j, j + 1)]
            row.append(sorted(nine)[4])
        result.append(row)
    return result


def median_numpy(image):
    p = np.pad(image.numpy(), 1, mode="edge")
    height, width = image.shape
    nine = [p[a : a + height, b : b + width] for a in range(3) for b in range(3)]
    return np.median(np.stack(nine), axis=0)


# --- filtering.median: wrong


def median_mean(image):
    return scipy.ndimage.uniform_filter(image.numpy(), size=3, mode="nearest")


def median_zeros(image):
    return scipy.ndimage.median_filter(image.numpy(), size=3, mode="constant", cval=0.0)


def median_border_kept(image):
    result = image.clone()
    for i in range(1, image.shape[0] - 1):
        for j in range(1, image.shape[1] - 1):
            result[i, j] = image[i - 1 : i + 2, j - 1 : j + 2].median()
    return result


def median_sequential(image):
    p = np.pad(image.numpy(), 1, mode="edge")
    for i in range(1, p.shape[0] - 1):
        for j in range(1, p.shape[1] - 1):
            p[i, j] = np.median(p[i - 1 : i + 2, j - 1 : j + 2])
    return p[1:-1, 1:-1]


def median_separable(image):
    rows = scipy.ndimage.median_filter(image.numpy(), size=(1, 3), mode="nearest")
    return scipy.ndimage.median_filter(rows, size=(3, 1), mode="nearest")


def median_cross(image):
    cross = np.array([[0, 1, 0], [1, 1, 1], [0, 1, 0]], dtype=bool)
    return scipy.ndimage.median_filter(image.numpy(), footprint=cross, mode="nearest")


def median_sixth(image):
    x = F.pad(image[None, None], (1, 1, 1, 1), mode="replicate")[0, 0]
    return x.unfold(0, 3, 1).unfold(1, 3, 1).flatten(2).sort(dim=2).values[..., 5]


def median_existing(image):
    height, width = image.shape
    result = torch.zeros_like(image)
    for i in range(height):
        for j in range(width):
            window = image[max(i - 1, 0) : i + 2, max(j - 1, 0) : j + 2]
            result[i, j] = float(np.median(window.numpy()))
    return result


def median_distinct(image):
    p = np.pad(image.numpy(), 1, mode="edge")
    height, width = image.shape
    result = np.zeros((height, width))
    for i in range(height):
        for j in range(width):
            values = sorted(set(p[i : i + 3, j : j + 3].ravel().tolist()))
            result[i, j] = values[len(values) // 2]
    return result


def median_salt_only(image):
    result = image.clone()
    spoilt = (image == image.max()) | (image == image.min())
    result[spoilt] = median_torch(image)[spoilt]
    return result


# --- filtering.non_maximum: right

STEPS = {0: (0, 1), 1: (1, 1), 2: (1, 0), 3: (1, -1)}  # line: (down, right)


def thin_loops(magnitude, x, y):
    height, width = magnitude.shape
    result = torch.zeros_like(magnitude)
    for i in range(height):
        for j in range(width):
            angle = math.degrees(math.atan2(float(y[i, j]), float(x[i, j])))
            down, right = STEPS[round(angle / 45) % 4]
            keep = True
            for sign in (1, -1):
                a, b = i + sign * down, j + sign * right
                other = float(magnitude[a, b]) if 0 <= a < height and 0 <= b < width else 0.0
                keep = keep and float(magnitude[i, j]) >= other
            if keep:
                result[i, j] = magnitude[i, j]
    return result


def thin_numpy(magnitude, x, y):
    m = magnitude.numpy()
    height, width = m.shape
    p = np.pad(m, 1)
    line = np.rint(np.rad2deg(np.arctan2(y.numpy(), x.numpy())) / 45).astype(int) % 4
    result = np.zeros_like(m)
    for number, (down, right) in STEPS.items():
        ahead = p[1 + down : 1 + down + height, 1 + right : 1 + right + width]
        behind = p[1 - down : 1 - down + height, 1 - right : 1 - right + width]
        chosen = (line == number) & (m >= ahead) & (m >= behind)
        result[chosen] = m[chosen]
    return result


def thin_tangent(magnitude, x, y):
    m, xs, ys = magnitude.tolist(), x.tolist(), y.tolist()
    height, width = len(m), len(m[0])
    t = math.tan(math.radians(22.5))

    def at(i, j):
        return m[i][j] if 0 <= i < height and 0 <= j < width else 0

    result = []
    for i in range(height):
        row = []
        for j in range(width):
            u, v = xs[i][j], ys[i][j]
            if abs(v) <= t * abs(u):
                one, two = at(i, j + 1), at(i, j - 1)
            elif abs(u) <= t * abs(v):
                one, two = at(i + 1, j), at(i - 1, j)
            elif (u > 0) == (v > 0):
                one, two = at(i + 1, j + 1), at(i - 1, j - 1)
            else:
                one, two = at(i + 1, j - 1), at(i - 1, j + 1)
            row.append(m[i][j] if m[i][j] >= max(one, two) else 0)
        result.append(row)
    return result


def thin_where(magnitude, x, y):
    height, width = magnitude.shape
    p = F.pad(magnitude, (1, 1, 1, 1))
    rows, columns = torch.meshgrid(torch.arange(height), torch.arange(width), indexing="ij")
    angle = torch.rad2deg(torch.atan2(y, x)) % 180
    down = torch.where((angle >= 22.5) & (angle < 157.5), 1, 0)
    right = torch.where((angle < 67.5) | (angle >= 157.5), 1, torch.where(angle < 112.5, 0, -1))
    ahead = p[rows + 1 + down, columns + 1 + right]
    behind = p[rows + 1 - down, columns + 1 - right]
    return torch.where(magnitude >= torch.maximum(ahead, behind), magnitude, torch.zeros_like(magnitude))


# --- filtering.non_maximum: wrong


def thin(magnitude, line, border="constant", strict=False, steps=STEPS):
    m = np.asarray(magnitude)
    height, width = m.shape
    p = np.pad(m, 1, mode=border)
    result = np.zeros_like(m)
    for number, (down, right) in steps.items():
        ahead = p[1 + down : 1 + down + height, 1 + right : 1 + right + width]
        behind = p[1 - down : 1 - down + height, 1 - right : 1 - right + width]
        keep = (m > ahead) & (m > behind) if strict else (m >= ahead) & (m >= behind)
        chosen = (line == number) & keep
        result[chosen] = m[chosen]
    return result


def lines(x, y):
    return np.rint(np.rad2deg(np.arctan2(np.asarray(y), np.asarray(x))) / 45).astype(int) % 4


def thin_upward(magnitude, x, y):
    return thin(magnitude, lines(x, -y))


def thin_strict(magnitude, x, y):
    return thin(magnitude, lines(x, y), strict=True)


def thin_absolute_angle(magnitude, x, y):
    angle = np.abs(np.rad2deg(np.arctan2(y.numpy(), x.numpy())))
    return thin(magnitude, np.rint(angle / 45).astype(int) % 4)


def thin_repeated(magnitude, x, y):
    return thin(magnitude, lines(x, y), border="edge")


def thin_border_zero(magnitude, x, y):
    inner = thin(magnitude, lines(x, y))
    result = np.zeros_like(inner)
    result[1:-1, 1:-1] = inner[1:-1, 1:-1]
    return result


def thin_along_edge(magnitude, x, y):
    return thin(magnitude, (lines(x, y) + 2) % 4)


def thin_floor(magnitude, x, y):
    angle = np.rad2deg(np.arctan2(y.numpy(), x.numpy())) % 180
    return thin(magnitude, (angle // 45).astype(int) % 4)


def thin_no_wrap(magnitude, x, y):
    angle = np.rad2deg(np.arctan2(y.numpy(), x.numpy())) % 180
    return thin(magnitude, np.digitize(angle, [22.5, 67.5, 112.5]))


def thin_while_writing(magnitude, x, y):
    result = magnitude.clone()
    height, width = result.shape
    line = lines(x, y)
    for i in range(height):
        for j in range(width):
            down, right = STEPS[int(line[i, j])]
            for a, b in ((i + down, j + right), (i - down, j - right)):
                if 0 <= a < height and 0 <= b < width and result[a, b] > result[i, j]:
                    result[i, j] = 0
    return result


def thin_upright_lost(magnitude, x, y):
    slope = np.where(x.numpy() == 0, 0, y.numpy() / np.where(x.numpy() == 0, 1, x.numpy()))
    return thin(magnitude, np.rint(np.rad2deg(np.arctan(slope)) / 45).astype(int) % 4)


NINTH = Fraction(1, 9)
THREE = [[-0.111, -0.111, -0.111], [-0.111, 1.889, -0.111], [-0.111, -0.111, -0.111]]


def ring(centre, side, corner=None):
    corner = side if corner is None else corner
    return [[corner, side, corner], [side, centre, side], [corner, side, corner]]


ANSWERS = {
    "filtering.gradient_magnitude": (
        [magnitude_torch, magnitude_scipy, magnitude_loops, magnitude_slices],
        [
            magnitude_zeros,  # zeros beyond the border
            magnitude_mirror,  # mirrored without repeating the border
            magnitude_eighth,  # divided by 8
            magnitude_absolute,  # |x| + |y|
            magnitude_square,  # no root
            magnitude_prewitt,  # weights 1, 1, 1 in place of 1, 2, 1
            magnitude_valid,  # no border at all: two rows and columns fewer
            magnitude_x_only,  # x alone
            magnitude_repeated_result,  # repeats the result's border, not the picture's
            magnitude_clipped,  # cut off at 1, the greatest brightness
        ],
    ),
    "filtering.median": (
        [median_torch, median_scipy, median_loops, median_numpy],
        [
            median_mean,  # mean
            median_zeros,  # zeros beyond the border
            median_border_kept,  # pixels of the border stay as they are
            median_sequential,  # reads pixels that it has replaced already
            median_separable,  # along rows, then along columns
            median_cross,  # five pixels, not nine
            median_sixth,  # counts from 0: the sixth
            median_existing,  # at the border only the pixels that exist
            median_distinct,  # equal pixels count once
            median_salt_only,  # replaces only the blackest and whitest pixels
        ],
    ),
    "filtering.non_maximum": (
        [thin_loops, thin_numpy, thin_tangent, thin_where],
        [
            thin_upward,  # y taken upward: the diagonals exchanged
            thin_strict,  # > in place of >=
            thin_absolute_angle,  # -45 degrees taken for 45
            thin_repeated,  # border repeated: differs only at diagonal directions at the border
            thin_border_zero,  # the whole border becomes 0
            thin_along_edge,  # neighbours along the edge, not across
            thin_floor,  # rounds down to the line below
            thin_no_wrap,  # 157.5 to 180 degrees go to the line of 135
            thin_while_writing,  # compares with pixels that were just set to 0
            thin_upright_lost,  # x = 0 counts as 0 degrees
        ],
    ),
    "filtering.orientation": (
        [
            (5, 53.13),
            [5.0, math.degrees(math.atan2(4, 3))],
            torch.tensor([5.0, 53.1301]),
            (np.hypot(3, 4), np.degrees(np.arctan2(4, 3))),
        ],
        [
            (5, 36.87),  # atan2(x, y)
            (5, 0.9273),  # radians
            (53.13, 5),  # order exchanged
            (25, 53.13),  # no root
            (7, 53.13),  # |x| + |y|
            (5, -53.13),  # y upward
            (5, 126.87),  # the wrong quadrant
            (5, 143.13),  # along the edge
            (5, 76.39),  # 4 / 3 radians in degrees: arctangent forgotten
            (5, 53),  # whole degrees
        ],
    ),
    "filtering.sharpen": (
        [
            ring(Fraction(17, 9), -NINTH),
            THREE,
            torch.tensor(ring(17 / 9, -1 / 9), dtype=torch.float64),
            2 * np.eye(3)[[1]].T @ np.eye(3)[[1]] - np.full((3, 3), 1 / 9),
        ],
        [
            ring(8 / 9, -1 / 9),  # picture - mean only
            ring(9, -1),  # the usual one, not scaled so
            ring(5, -1, 0),  # four neighbours only
            ring(2, -1 / 9),  # the pixel itself forgotten in the mean
            ring(2, -1 / 8),  # mean of the eight neighbours
            ring(17, -1),  # not divided
            ring(19 / 9, 1 / 9),  # mean added
            ring(1 / 9, 1 / 9),  # the blur itself
            ring(1.75, -1 / 8, -1 / 16),  # Gaussian in place of the mean
            ring(1.89, -0.11),  # two decimals
        ],
    ),
}
