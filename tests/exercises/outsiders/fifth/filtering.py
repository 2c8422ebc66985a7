"""Right and wrong answers to the exercises of the topic filtering."""

import math
from fractions import Fraction

import numpy as np
import torch
import torch.nn.functional as F

SOBEL_X = [[-1.0, 0.0, 1.0], [-2.0, 0.0, 2.0], [-1.0, 0.0, 1.0]]


def _apply(padded, rows):
    kernel = torch.tensor(rows, dtype=padded.dtype)
    return F.conv2d(padded[None, None], kernel[None, None])[0, 0]


def _pad(image, mode):
    if mode == "constant":
        return F.pad(image, (1, 1, 1, 1))
    return F.pad(image[None, None], (1, 1, 1, 1), mode=mode)[0, 0]


def _sobel(image, mode="replicate"):
    padded = _pad(image, mode)
    rows_y = [list(column) for column in zip(*SOBEL_X, strict=False)]
    return _apply(padded, SOBEL_X), _apply(padded, rows_y)


# filtering.gradient_magnitude, right
def magnitude_torch(image):
    x, y = _sobel(image)
    return torch.sqrt(x**2 + y**2)


def magnitude_numpy_slices(image):
    p = np.pad(np.asarray(image, dtype=float), 1, mode="edge")
    smooth_down = p[:-2] + 2 * p[1:-1] + p[2:]
    smooth_along = p[:, :-2] + 2 * p[:, 1:-1] + p[:, 2:]
    x = smooth_down[:, 2:] - smooth_down[:, :-2]
    y = smooth_along[2:] - smooth_along[:-2]
    return np.hypot(x, y)


def magnitude_lists(image):
    rows = [[float(v) for v in row] for row in image]
    height, width = len(rows), len(rows[0])

    def at(i, j):
        return rows[min(max(i, 0), height - 1)][min(max(j, 0), width - 1)]

    result = []
    for i in range(height):
        line = []
        for j in range(width):
            x = y = 0.0
            for d, weight in ((-1, 1), (0, 2), (1, 1)):
                x += weight * (at(i + d, j + 1) - at(i + d, j - 1))
                y += weight * (at(i + 1, j + d) - at(i - 1, j + d))
            line.append(math.sqrt(x * x + y * y))
        result.append(line)
    return result


def magnitude_cat_and_norm(image):
    # true convolution: turns both signs, which the magnitude does not see
    padded = torch.cat([image[:1], image, image[-1:]])
    padded = torch.cat([padded[:, :1], padded, padded[:, -1:]], dim=1)
    kernels = torch.tensor(
        [SOBEL_X, [[-1.0, -2.0, -1.0], [0.0, 0.0, 0.0], [1.0, 2.0, 1.0]]], dtype=image.dtype
    )
    parts = F.conv2d(padded[None, None], kernels.flip(1, 2)[:, None])[0]
    return parts.norm(dim=0)


# filtering.gradient_magnitude, wrong
def magnitude_zero_padding(image):
    x, y = _sobel(image, "constant")
    return torch.sqrt(x**2 + y**2)


def magnitude_reflected(image):
    x, y = _sobel(image, "reflect")
    return torch.sqrt(x**2 + y**2)


def magnitude_wraps_round(image):
    x, y = _sobel(image, "circular")
    return torch.sqrt(x**2 + y**2)


def magnitude_no_root(image):
    x, y = _sobel(image)
    return x**2 + y**2


def magnitude_sum_of_magnitudes(image):
    x, y = _sobel(image)
    return x.abs() + y.abs()


def magnitude_divided_by_eight(image):
    x, y = _sobel(image)
    return torch.sqrt(x**2 + y**2) / 8


def magnitude_prewitt(image):
    padded = _pad(image, "replicate")
    x = _apply(padded, [[-1.0, 0.0, 1.0]] * 3)
    y = _apply(padded, [[-1.0] * 3, [0.0] * 3, [1.0] * 3])
    return torch.sqrt(x**2 + y**2)


def magnitude_valid_only(image):
    rows_y = [list(column) for column in zip(*SOBEL_X, strict=False)]
    x, y = _apply(image, SOBEL_X), _apply(image, rows_y)
    return torch.sqrt(x**2 + y**2)


def magnitude_y_is_x_turned_over(image):
    # flips the kernel where it should transpose it
    padded = _pad(image, "replicate")
    x = _apply(padded, SOBEL_X)
    y = _apply(padded, [row[::-1] for row in SOBEL_X])
    return torch.sqrt(x**2 + y**2)


def magnitude_root_of_sum(image):
    x, y = _sobel(image)
    return torch.sqrt((x + y) ** 2)


# filtering.median, right
def median_unfold(image):
    padded = _pad(image, "replicate")
    return padded.unfold(0, 3, 1).unfold(1, 3, 1).reshape(*image.shape, 9).median(dim=-1).values


def median_lists(image):
    rows = [[float(v) for v in row] for row in image]
    height, width = len(rows), len(rows[0])
    result = []
    for i in range(height):
        line = []
        for j in range(width):
            square = [
                rows[min(max(a, 0), height - 1)][min(max(b, 0), width - 1)]
                for a in (i - 1, i, i + 1)
                for b in (j - 1, j, j + 1)
            ]
            line.append(sorted(square)[4])
        result.append(line)
    return result


def median_numpy(image):
    padded = np.pad(np.asarray(image, dtype=float), 1, mode="edge")
    return np.median(np.lib.stride_tricks.sliding_window_view(padded, (3, 3)), axis=(2, 3))


def median_sorted_copies(image):
    height, width = image.shape
    padded = torch.cat([image[:1], image, image[-1:]])
    padded = torch.cat([padded[:, :1], padded, padded[:, -1:]], dim=1)
    copies = torch.stack([padded[a : a + height, b : b + width] for a in range(3) for b in range(3)])
    return copies.sort(dim=0).values[4]


# filtering.median, wrong
def _squares(padded):
    return padded.unfold(0, 3, 1).unfold(1, 3, 1).flatten(2)


def median_mean(image):
    return _squares(_pad(image, "replicate")).mean(-1)


def median_zero_padding(image):
    return _squares(_pad(image, "constant")).median(-1).values


def median_index_five(image):
    return _squares(_pad(image, "replicate")).sort(-1).values[..., 5]


def median_not_sorted(image):
    return _squares(_pad(image, "replicate"))[..., 4]


def median_without_itself(image):
    squares = _squares(_pad(image, "replicate"))
    return squares[..., [0, 1, 2, 3, 5, 6, 7, 8]].median(-1).values


def median_cross(image):
    return _squares(_pad(image, "replicate"))[..., [1, 3, 4, 5, 7]].median(-1).values


def median_valid_only(image):
    return _squares(image).median(-1).values


def median_border_kept(image):
    result = image.clone()
    result[1:-1, 1:-1] = _squares(image).median(-1).values
    return result


def median_rows_then_columns(image):
    padded = _pad(image, "replicate")
    along = padded.unfold(1, 3, 1).median(-1).values
    return along.unfold(0, 3, 1).median(-1).values


def median_reads_what_it_wrote(image):
    padded = _pad(image, "replicate").clone()
    for i in range(1, padded.shape[0] - 1):
        for j in range(1, padded.shape[1] - 1):
            padded[i, j] = padded[i - 1 : i + 2, j - 1 : j + 2].flatten().median()
    return padded[1:-1, 1:-1]


# filtering.non_maximum, right
STEPS = ((0, 1), (1, 1), (1, 0), (1, -1))  # (down, right) at 0, 45, 90, 135 degrees


def _thin(magnitude, line_of, steps=STEPS, keep=lambda m, a, b: m >= a and m >= b):
    """The loops that several of the wrong answers share; line_of(i, j) is 0 to 3."""
    height, width = magnitude.shape
    padded = F.pad(magnitude, (1, 1, 1, 1))
    result = torch.zeros_like(magnitude)
    for i in range(height):
        for j in range(width):
            di, dj = steps[line_of(i, j)]
            ahead = padded[i + 1 + di, j + 1 + dj]
            behind = padded[i + 1 - di, j + 1 - dj]
            if keep(magnitude[i, j], ahead, behind):
                result[i, j] = magnitude[i, j]
    return result


def thin_loops(magnitude, x, y):
    height, width = magnitude.shape

    def at(i, j):
        return float(magnitude[i, j]) if 0 <= i < height and 0 <= j < width else 0.0

    result = torch.zeros_like(magnitude)
    for i in range(height):
        for j in range(width):
            angle = math.degrees(math.atan2(float(y[i, j]), float(x[i, j]))) % 180
            di, dj = STEPS[round(angle / 45) % 4]
            if at(i, j) >= at(i + di, j + dj) and at(i, j) >= at(i - di, j - dj):
                result[i, j] = magnitude[i, j]
    return result


def thin_torch(magnitude, x, y):
    line = torch.round(torch.rad2deg(torch.atan2(y, x)) / 45).long() % 4
    height, width = magnitude.shape
    padded = F.pad(magnitude, (1, 1, 1, 1))
    result = torch.zeros_like(magnitude)
    for k, (di, dj) in enumerate(STEPS):
        ahead = padded[1 + di : 1 + di + height, 1 + dj : 1 + dj + width]
        behind = padded[1 - di : 1 - di + height, 1 - dj : 1 - dj + width]
        kept = (line == k) & (magnitude >= ahead) & (magnitude >= behind)
        result[kept] = magnitude[kept]
    return result


def thin_numpy_slopes(magnitude, x, y):
    m, x, y = (np.asarray(v, dtype=float) for v in (magnitude, x, y))
    slope = math.tan(math.pi / 8)
    flat = np.abs(y) <= slope * np.abs(x)
    steep = ~flat & (np.abs(x) <= slope * np.abs(y))
    down = np.where(flat, 0, 1)
    right = np.where(steep, 0, np.where(flat, 1, np.where(x * y > 0, 1, -1)))
    padded = np.pad(m, 1)
    i, j = np.indices(m.shape) + 1
    ahead, behind = padded[i + down, j + right], padded[i - down, j - right]
    return np.where((m >= ahead) & (m >= behind), m, 0)


def thin_nearest_by_projection(magnitude, x, y):
    r = math.sqrt(0.5)
    lines = [(1, 0), (r, r), (0, 1), (-r, r)]
    height, width = magnitude.shape
    rows = [[0.0] * (width + 2) for _ in range(height + 2)]
    for i in range(height):
        rows[i + 1][1:-1] = magnitude[i].tolist()
    result = []
    for i in range(height):
        line = []
        for j in range(width):
            along = [abs(float(x[i, j]) * u + float(y[i, j]) * v) for u, v in lines]
            di, dj = STEPS[along.index(max(along))]
            own = rows[i + 1][j + 1]
            others = rows[i + 1 + di][j + 1 + dj], rows[i + 1 - di][j + 1 - dj]
            line.append(own if own >= max(others) else 0.0)
        result.append(line)
    return result


# filtering.non_maximum, wrong
def _degrees(x, y):
    return torch.rad2deg(torch.atan2(y, x))


def thin_strictly_larger(magnitude, x, y):
    line = torch.round(_degrees(x, y) / 45).long() % 4
    return _thin(magnitude, lambda i, j: line[i, j], keep=lambda m, a, b: m > a and m > b)


def thin_diagonals_swapped(magnitude, x, y):
    # the y axis thought to point upward
    line = torch.round(_degrees(x, y) / 45).long() % 4
    return _thin(magnitude, lambda i, j: line[i, j], steps=((0, 1), (1, -1), (1, 0), (1, 1)))


def thin_along_the_edge(magnitude, x, y):
    line = torch.round(_degrees(x, y) / 45).long() % 4
    return _thin(magnitude, lambda i, j: line[i, j], steps=((1, 0), (1, -1), (0, 1), (1, 1)))


def thin_rounds_down(magnitude, x, y):
    line = torch.floor(_degrees(x, y) / 45).long() % 4
    return _thin(magnitude, lambda i, j: line[i, j])


def thin_absolute_angle(magnitude, x, y):
    # -45 degrees becomes 45, where it is 135
    line = torch.round(_degrees(x, y).abs() / 45).long() % 4
    return _thin(magnitude, lambda i, j: line[i, j])


def thin_one_neighbour_is_enough(magnitude, x, y):
    line = torch.round(_degrees(x, y) / 45).long() % 4
    return _thin(magnitude, lambda i, j: line[i, j], keep=lambda m, a, b: m >= a or m >= b)


def thin_only_ahead(magnitude, x, y):
    line = torch.round(_degrees(x, y) / 45).long() % 4
    return _thin(magnitude, lambda i, j: line[i, j], keep=lambda m, a, b: m >= a)


def thin_x_and_y_swapped(magnitude, x, y):
    line = torch.round(_degrees(y, x) / 45).long() % 4
    return _thin(magnitude, lambda i, j: line[i, j])


def thin_border_left_out(magnitude, x, y):
    result = torch.zeros_like(magnitude)
    result[1:-1, 1:-1] = thin_torch(magnitude, x, y)[1:-1, 1:-1]
    return result


def thin_mask(magnitude, x, y):
    return (thin_torch(magnitude, x, y) > 0).float()


ninth = Fraction(1, 9)
_delta = np.zeros((3, 3))
_delta[1, 1] = 1

ANSWERS = {
    "filtering.orientation": (
        [
            (5, 53.13),
            [5.0, 53.1301],
            (math.hypot(3, 4), math.degrees(math.atan2(4, 3))),
            torch.tensor([5.0, 53.130102]),
        ],
        [
            (5, 36.87),
            (5, 0.9273),
            (7, 53.13),
            (25, 53.13),
            (5, -53.13),
            (53.13, 5),
            (5, 126.87),
            (math.sqrt(7), 53.13),
            (5, 59.03),
            (5, 1.3333),
        ],
    ),
    "filtering.sharpen": (
        [
            2 * _delta - np.ones((3, 3)) / 9,
            [[-0.111, -0.111, -0.111], [-0.111, 1.889, -0.111], [-0.111, -0.111, -0.111]],
            [[-ninth, -ninth, -ninth], [-ninth, 2 - ninth, -ninth], [-ninth, -ninth, -ninth]],
            torch.tensor([[-1, -1, -1], [-1, 17, -1], [-1, -1, -1]]) / 9,
        ],
        [
            _delta - np.ones((3, 3)) / 9,
            [[-1 / 9, -1 / 9, -1 / 9], [-1 / 9, 2, -1 / 9], [-1 / 9, -1 / 9, -1 / 9]],
            [[1 / 9, 1 / 9, 1 / 9], [1 / 9, 17 / 9, 1 / 9], [1 / 9, 1 / 9, 1 / 9]],
            [[-1, -1, -1], [-1, 17, -1], [-1, -1, -1]],
            [[-1 / 8, -1 / 8, -1 / 8], [-1 / 8, 2, -1 / 8], [-1 / 8, -1 / 8, -1 / 8]],
            [[-1, -1, -1], [-1, 9, -1], [-1, -1, -1]],
            [[0, -1, 0], [-1, 5, -1], [0, -1, 0]],
            [[-1 / 9, -1 / 9, -1 / 9], [-1 / 9, 10 / 9, -1 / 9], [-1 / 9, -1 / 9, -1 / 9]],
            [[-1 / 16, -2 / 16, -1 / 16], [-2 / 16, 28 / 16, -2 / 16], [-1 / 16, -2 / 16, -1 / 16]],
            [[-1 / 9, 17 / 9, -1 / 9], [-1 / 9, 17 / 9, -1 / 9], [-1 / 9, 17 / 9, -1 / 9]],
        ],
    ),
    "filtering.gradient_magnitude": (
        [magnitude_torch, magnitude_numpy_slices, magnitude_lists, magnitude_cat_and_norm],
        [
            magnitude_zero_padding,
            magnitude_reflected,
            magnitude_wraps_round,
            magnitude_no_root,
            magnitude_sum_of_magnitudes,
            magnitude_divided_by_eight,
            magnitude_prewitt,
            magnitude_valid_only,
            magnitude_y_is_x_turned_over,
            magnitude_root_of_sum,
        ],
    ),
    "filtering.median": (
        [median_unfold, median_lists, median_numpy, median_sorted_copies],
        [
            median_mean,
            median_zero_padding,
            median_index_five,
            median_not_sorted,
            median_without_itself,
            median_cross,
            median_valid_only,
            median_border_kept,
            median_rows_then_columns,
            median_reads_what_it_wrote,
        ],
    ),
    "filtering.non_maximum": (
        [thin_loops, thin_torch, thin_numpy_slopes, thin_nearest_by_projection],
        [
            thin_strictly_larger,
            thin_diagonals_swapped,
            thin_along_the_edge,
            thin_rounds_down,
            thin_absolute_angle,
            thin_one_neighbour_is_enough,
            thin_only_ahead,
            thin_x_and_y_swapped,
            thin_border_left_out,
            thin_mask,
        ],
    ),
}
