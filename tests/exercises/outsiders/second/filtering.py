"""Answers of an outsider to the exercises of filtering."""

import math
from fractions import Fraction

import numpy as np
import torch
import torch.nn.functional as F
from scipy import ndimage
from skimage import filters

SX = torch.tensor([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]], dtype=torch.float64)
PREWITT = torch.tensor([[-1, 0, 1], [-1, 0, 1], [-1, 0, 1]], dtype=torch.float64)


# gradient_magnitude


def gm_loops(image):
    H, W = image.shape

    def at(r, c):
        return float(image[min(max(r, 0), H - 1), min(max(c, 0), W - 1)])

    out = []
    for r in range(H):
        out.append([])
        for c in range(W):
            x = (
                at(r - 1, c + 1)
                + 2 * at(r, c + 1)
                + at(r + 1, c + 1)
                - at(r - 1, c - 1)
                - 2 * at(r, c - 1)
                - at(r + 1, c - 1)
            )
            y = (
                at(r + 1, c - 1)
                + 2 * at(r + 1, c)
                + at(r + 1, c + 1)
                - at(r - 1, c - 1)
                - 2 * at(r - 1, c)
                - at(r - 1, c + 1)
            )
            out[-1].append(math.sqrt(x * x + y * y))
    return out


def gm_parts(image, kernel=SX, mode="replicate"):
    padded = F.pad(image[None, None], (1, 1, 1, 1), mode=mode)
    x = F.conv2d(padded, kernel[None, None])[0, 0]
    y = F.conv2d(padded, kernel.T[None, None])[0, 0]
    return x, y


def gm_torch(image):
    x, y = gm_parts(image)
    return (x**2 + y**2).sqrt()


def gm_scipy(image):
    image = image.numpy()
    x = ndimage.sobel(image, axis=1, mode="nearest")
    y = ndimage.sobel(image, axis=0)  # scipy's "reflect" repeats the pixel of the border too
    return np.hypot(x, y)


def gm_numpy(image):
    p = np.pad(image.numpy(), 1, mode="edge")
    across = p[:-2] + 2 * p[1:-1] + p[2:]
    down = p[:, :-2] + 2 * p[:, 1:-1] + p[:, 2:]
    return np.sqrt((across[:, 2:] - across[:, :-2]) ** 2 + (down[2:] - down[:-2]) ** 2)


def gm_with(**options):
    return lambda image: torch.hypot(*gm_parts(image, **options))


def gm_sum(image):
    x, y = gm_parts(image)
    return x.abs() + y.abs()


def gm_valid(image):
    return gm_torch(image)[1:-1, 1:-1]


def gm_gradient(image):
    y, x = np.gradient(image.numpy())
    return 8 * np.hypot(x, y)


def gm_no_root(image):
    x, y = gm_parts(image)
    return x**2 + y**2


def gm_clipped(image):
    x, y = gm_parts(image)
    return torch.hypot(x.clamp(min=0), y.clamp(min=0))


# median


def me_loops(image):
    H, W = image.shape
    out = []
    for r in range(H):
        row = []
        for c in range(W):
            nine = [
                float(image[min(max(r + i, 0), H - 1), min(max(c + j, 0), W - 1)])
                for i in (-1, 0, 1)
                for j in (-1, 0, 1)
            ]
            row.append(sorted(nine)[4])
        out.append(tuple(row))
    return tuple(out)


def me_torch(image):
    padded = F.pad(image[None, None], (1, 1, 1, 1), mode="replicate")[0, 0]
    return padded.unfold(0, 3, 1).unfold(1, 3, 1).reshape(*image.shape, 9).median(-1).values


def me_scipy(image):
    return ndimage.median_filter(image.numpy(), size=3, mode="nearest")


def me_numpy(image):
    H, W = image.shape
    p = np.pad(image.numpy(), 1, mode="edge")
    return np.median([p[i : i + H, j : j + W] for i in range(3) for j in range(3)], axis=0)


def me_in_place(image):
    image = image.clone()
    H, W = image.shape
    for r in range(H):
        for c in range(W):
            rows = [min(max(r + i, 0), H - 1) for i in (-1, 0, 1)]
            columns = [min(max(c + j, 0), W - 1) for j in (-1, 0, 1)]
            image[r, c] = image[rows][:, columns].median()
    return image


def me_rank(image, k, without=None, mode="edge"):
    H, W = image.shape
    p = np.pad(image.numpy(), 1, mode=mode)
    views = [p[i : i + H, j : j + W] for i in range(3) for j in range(3) if (i, j) != without]
    return np.sort(views, axis=0)[k]


def me_border_kept(image):
    out = image.clone()
    out[1:-1, 1:-1] = me_torch(image)[1:-1, 1:-1]
    return out


def me_inside_only(image):
    H, W = image.shape
    out = np.zeros((H, W))
    for r in range(H):
        for c in range(W):
            out[r, c] = np.median(image.numpy()[max(r - 1, 0) : r + 2, max(c - 1, 0) : c + 2])
    return out


def me_cross(image):
    cross = [[0, 1, 0], [1, 1, 1], [0, 1, 0]]
    return ndimage.median_filter(image.numpy(), footprint=np.array(cross), mode="nearest")


def me_separable(image):
    half = ndimage.median_filter(image.numpy(), size=(1, 3), mode="nearest")
    return ndimage.median_filter(half, size=(3, 1), mode="nearest")


# non_maximum: neighbour ahead (row, column) for each line

AHEAD = [(0, 1), (1, 1), (1, 0), (1, -1)]


def nm_line(x, y):
    return round(math.degrees(math.atan2(y, x)) % 180 / 45) % 4


def nm_loops(
    magnitude,
    x,
    y,
    line=nm_line,
    ahead=AHEAD,
    keep=lambda m, a, b: m >= a and m >= b,
    wrap=False,
    border=True,
    outside=0.0,
):
    """Right with its defaults; the options are the mistakes."""
    H, W = magnitude.shape

    def at(r, c):
        if wrap:
            return float(magnitude[r % H, c % W])
        return float(magnitude[r, c]) if 0 <= r < H and 0 <= c < W else outside

    out = [[0.0] * W for _ in range(H)]
    for r in range(H):
        for c in range(W):
            if not border and (r in (0, H - 1) or c in (0, W - 1)):
                continue
            i, j = ahead[line(float(x[r, c]), float(y[r, c]))]
            m = float(magnitude[r, c])
            if keep(m, at(r + i, c + j), at(r - i, c - j)):
                out[r][c] = m
    return out


def nm_torch(magnitude, x, y):
    line = torch.round(torch.rad2deg(torch.atan2(y, x)) / 45).long() % 4
    p = F.pad(magnitude, (1, 1, 1, 1))
    H, W = magnitude.shape
    out = torch.zeros_like(magnitude)
    for k, (i, j) in enumerate(AHEAD):
        ahead = p[1 + i : 1 + i + H, 1 + j : 1 + j + W]
        behind = p[1 - i : 1 - i + H, 1 - j : 1 - j + W]
        good = (line == k) & (magnitude >= ahead) & (magnitude >= behind)
        out[good] = magnitude[good]
    return out


def nm_numpy(magnitude, x, y):
    magnitude, x, y = (np.array(a, dtype=float) for a in (magnitude, x, y))
    H, W = magnitude.shape
    t = math.tan(math.pi / 8)
    flat = np.abs(y) <= t * np.abs(x)
    steep = ~flat & (np.abs(x) <= t * np.abs(y))
    p = np.pad(magnitude, 1)
    pairs = [
        np.maximum(p[1 + i : 1 + i + H, 1 + j : 1 + j + W], p[1 - i : 1 - i + H, 1 - j : 1 - j + W])
        for i, j in AHEAD
    ]
    larger = np.where(flat, pairs[0], np.where(steep, pairs[2], np.where(x * y > 0, pairs[1], pairs[3])))
    return np.where(magnitude >= larger, magnitude, 0)


def nm_products(magnitude, x, y):
    """The nearest line is the one on which the gradient's shadow is longest."""
    H, W = magnitude.shape
    s = math.sqrt(0.5)
    lines = {(0, 1): (1, 0), (1, 1): (s, s), (1, 0): (0, 1), (1, -1): (-s, s)}
    m = magnitude.tolist()
    out = torch.zeros(H, W, dtype=torch.float64)
    for r in range(H):
        for c in range(W):
            i, j = max(lines, key=lambda k: abs(lines[k][0] * float(x[r, c]) + lines[k][1] * float(y[r, c])))
            near = [(r + i, c + j), (r - i, c - j)]
            if all(m[r][c] >= m[a][b] for a, b in near if 0 <= a < H and 0 <= b < W):
                out[r, c] = m[r][c]
    return out


def nm_with(**options):
    return lambda magnitude, x, y: nm_loops(magnitude, x, y, **options)


def nm_floor(x, y):
    return int(math.degrees(math.atan2(y, x)) % 180 // 45) % 4


def nm_abs(x, y):
    return round(abs(math.degrees(math.atan2(y, x))) / 45) % 4


def nm_division(x, y):
    return round(math.degrees(math.atan(y / x)) % 180 / 45) % 4


def nm_two(x, y):
    return 0 if abs(x) >= abs(y) else 2


def nm_in_place(magnitude, x, y):
    m = magnitude.clone()
    H, W = m.shape
    for r in range(H):
        for c in range(W):
            i, j = AHEAD[nm_line(float(x[r, c]), float(y[r, c]))]
            for a, b in ((r + i, c + j), (r - i, c - j)):
                if 0 <= a < H and 0 <= b < W and m[a, b] > m[r, c]:
                    m[r, c] = 0
    return m


# sharpen


def nine(around, centre):
    return [[around] * 3, [around, centre, around], [around] * 3]


ANSWERS = {
    "filtering.gradient_magnitude": (
        [gm_loops, gm_torch, gm_scipy, gm_numpy],
        [
            gm_with(mode="constant"),  # zeros beyond the border
            gm_with(mode="circular"),  # wraps around
            gm_sum,  # |x| + |y|
            lambda image: gm_torch(image) / 8,  # divided by 8
            gm_with(kernel=PREWITT),  # Prewitt
            gm_valid,  # no border: two rows and columns fewer
            gm_no_root,  # no root
            lambda image: gm_parts(image)[0].abs(),  # only x
            lambda image: filters.sobel(image.numpy()),  # skimage divides
            gm_clipped,  # negative parts cut off: rising edges only
        ],
    ),
    "filtering.median": (
        [me_loops, me_torch, me_scipy, me_numpy],
        [
            lambda image: ndimage.uniform_filter(image.numpy(), 3, mode="nearest"),  # mean
            lambda image: me_rank(image, 4, mode="constant"),  # zeros beyond the border
            lambda image: me_rank(image, 4, mode="wrap"),  # wraps around
            lambda image: me_rank(image, 5),  # the sixth
            lambda image: me_rank(image, 3, without=(1, 1)),  # the pixel itself left out
            me_in_place,  # takes pixels that it has already replaced
            me_border_kept,  # pixels of the border left as they are
            me_inside_only,  # at the border only the pixels inside
            me_cross,  # five pixels in a cross
            me_separable,  # rows, then columns
        ],
    ),
    "filtering.non_maximum": (
        [nm_loops, nm_torch, nm_numpy, nm_products],
        [
            nm_with(keep=lambda m, a, b: m > a and m > b),  # larger, not as large: ties vanish
            nm_with(ahead=[(0, 1), (1, -1), (1, 0), (1, 1)]),  # 45 and 135 exchanged
            nm_with(line=lambda x, y: nm_line(y, x)),  # x and y exchanged
            nm_with(ahead=[(1, 0), (1, -1), (0, 1), (1, 1)]),  # neighbours along the edge
            nm_with(line=nm_floor),  # rounded down
            nm_with(line=nm_abs),  # -45 degrees taken for 45
            nm_with(wrap=True),  # neighbours wrap around
            nm_with(border=False),  # writes 0 at the border
            nm_with(line=nm_division),  # divides by x = 0
            nm_in_place,  # compares with pixels that are 0 already
        ],
    ),
    "filtering.orientation": (
        [
            (5, 53.13),
            [5.0, 53.1301],
            np.array([5, np.degrees(np.arctan2(4, 3))]),
            (torch.tensor(5.0), torch.rad2deg(torch.atan2(torch.tensor(4.0), torch.tensor(3.0)))),
        ],
        [
            (5, 36.87),  # from the y axis
            (5, -53.13),  # y upward
            (5, 0.9273),  # radians
            (7, 53.13),  # |x| + |y|
            (25, 53.13),  # no root
            (53.13, 5),  # exchanged
            (5, 143.13),  # along the edge
            (5, 53.1),  # one decimal place
            (5, 45),  # rounded to the nearest line
            (3.54, 53.13),  # divided by the root of 2
        ],
    ),
    "filtering.sharpen": (
        [
            nine(Fraction(-1, 9), Fraction(17, 9)),
            nine(-0.111, 1.889),
            2 * np.eye(9)[4].reshape(3, 3) - np.ones((3, 3)) / 9,
            tuple(tuple(row) for row in nine(-1 / 9, 2 - 1 / 9)),
        ],
        [
            nine(-1 / 9, 8 / 9),  # only the difference
            nine(1 / 9, 17 / 9),  # sign around the centre
            nine(-1 / 9, 2),  # the pixel itself not in the mean
            nine(-1 / 8, 2),  # mean of the eight neighbours
            nine(-1, 17),  # not divided by nine
            [[0, -1, 0], [-1, 5, -1], [0, -1, 0]],  # the usual kernel of the books
            nine(-1, 9),  # the usual kernel with eight neighbours
            nine(1 / 9, 10 / 9),  # picture + mean
            [[0, -0.2, 0], [-0.2, 1.8, -0.2], [0, -0.2, 0]],  # mean of a cross of five
            [-1 / 9] * 4 + [17 / 9] + [-1 / 9] * 4,  # nine numbers, no rows
        ],
    ),
}
