"""Answers of an outsider to the exercises of filtering."""

import math
from fractions import Fraction

import numpy as np
import scipy.ndimage
import scipy.signal
import torch
import torch.nn.functional as F


def pad_replicate(image):
    """Return the picture with its border repeated once around it."""
    image = torch.cat([image[:1], image, image[-1:]], 0)
    return torch.cat([image[:, :1], image, image[:, -1:]], 1)


def pad_zero(image):
    return F.pad(image, (1, 1, 1, 1))


def sobel_of_padded(padded):
    """Return x and y of Sobel's kernels where they fit."""
    smooth_y = padded[:-2] + 2 * padded[1:-1] + padded[2:]
    smooth_x = padded[:, :-2] + 2 * padded[:, 1:-1] + padded[:, 2:]
    return smooth_y[:, 2:] - smooth_y[:, :-2], smooth_x[2:] - smooth_x[:-2]


def nine_of_padded(padded):
    """Return the nine shifted copies, shape (9, H, W)."""
    rows, columns = padded.shape[0] - 2, padded.shape[1] - 2
    return torch.stack([padded[i : i + rows, j : j + columns] for i in range(3) for j in range(3)])


# gradient_magnitude: right


def gradient_slices(image):
    x, y = sobel_of_padded(pad_replicate(image))
    return (x**2 + y**2).sqrt()


def gradient_loops(image):
    rows, columns = image.shape
    pixels = image.tolist()
    result = [[0.0] * columns for _ in range(rows)]
    weights = {-1: 1, 0: 2, 1: 1}
    for i in range(rows):
        for j in range(columns):
            x = y = 0.0
            for a in (-1, 0, 1):
                for b in (-1, 0, 1):
                    pixel = pixels[min(max(i + a, 0), rows - 1)][min(max(j + b, 0), columns - 1)]
                    x += b * weights[a] * pixel
                    y += a * weights[b] * pixel
            result[i][j] = math.hypot(x, y)
    return result


def gradient_scipy(image):
    array = image.detach().numpy()
    y, x = (scipy.ndimage.sobel(array, axis, mode="nearest") for axis in (0, 1))
    return np.hypot(x, y)


def gradient_conv2d(image):
    kernel = torch.tensor([[-1.0, 0, 1], [-2, 0, 2], [-1, 0, 1]], dtype=image.dtype)
    padded = F.pad(image[None, None], (1, 1, 1, 1), mode="replicate")
    return F.conv2d(padded, torch.stack([kernel, kernel.T])[:, None])[0].norm(dim=0)


# gradient_magnitude: wrong


def gradient_zero_padded(image):
    x, y = sobel_of_padded(pad_zero(image))
    return (x**2 + y**2).sqrt()


def gradient_rescaled(image):
    """The picture is divided by its largest pixel, the result multiplied: this must be above 0."""
    return gradient_slices(image / image.max()) * image.max()


def gradient_sum_of_sizes(image):
    x, y = sobel_of_padded(pad_replicate(image))
    return x.abs() + y.abs()


def gradient_mirrored(image):
    array = image.detach().numpy()
    x, y = (scipy.ndimage.sobel(array, axis, mode="mirror") for axis in (1, 0))
    return torch.from_numpy(np.hypot(x, y))


def gradient_result_repeated(image):
    """The results inside are right, and are themselves repeated at the border."""
    x, y = sobel_of_padded(image)
    return F.pad((x**2 + y**2).sqrt()[None, None], (1, 1, 1, 1), mode="replicate")[0, 0]


def gradient_empty_corners(image):
    """Border rows and columns are repeated, the four corners of the padded picture stay 0."""
    padded = pad_zero(image)
    padded[0, 1:-1], padded[-1, 1:-1] = image[0], image[-1]
    padded[1:-1, 0], padded[1:-1, -1] = image[:, 0], image[:, -1]
    x, y = sobel_of_padded(padded)
    return (x**2 + y**2).sqrt()


def gradient_clipped(image):
    """'A pixel cannot exceed 255.'"""
    return gradient_slices(image).clamp(max=255)


def gradient_whole_grey_values(image):
    """Right while all pixels are whole numbers."""
    return gradient_slices(image.long()).double()


def gradient_flattened_indices(image):
    """Right for square pictures: the last column's number is used for the last row's too."""
    rows, columns = image.shape
    i = torch.arange(-1, rows + 1).clamp(0, max(rows, columns) - 1)
    j = torch.arange(-1, columns + 1).clamp(0, max(rows, columns) - 1)
    padded = image[i.clamp(max=rows - 1)][:, (j % columns)]
    x, y = sobel_of_padded(padded)
    return (x**2 + y**2).sqrt()


def gradient_flat_where_thin(image):
    """A picture of one row or column 'has no gradient'."""
    if min(image.shape) == 1:
        return torch.zeros_like(image)
    return gradient_slices(image)


# median_filter: right


def median_sorted(image):
    return nine_of_padded(pad_replicate(image)).sort(dim=0).values[4]


def median_scipy(image):
    return scipy.ndimage.median_filter(image.detach().numpy(), size=3, mode="nearest")


def median_loops(image):
    rows, columns = image.shape
    pixels = image.tolist()
    result = []
    for i in range(rows):
        result.append([])
        for j in range(columns):
            square = [
                pixels[min(max(i + a, 0), rows - 1)][min(max(j + b, 0), columns - 1)]
                for a in (-1, 0, 1)
                for b in (-1, 0, 1)
            ]
            result[-1].append(sorted(square)[4])
    return result


def median_unfold(image):
    padded = F.pad(image[None, None], (1, 1, 1, 1), mode="replicate")[0, 0]
    return padded.unfold(0, 3, 1).unfold(1, 3, 1).flatten(2).median(dim=2).values


# median_filter: wrong


def median_zero_padded(image):
    return torch.from_numpy(scipy.signal.medfilt2d(image.detach().numpy().copy(), 3))


def median_of_whole_grey_values(image):
    """Pixels are rounded before they are sorted."""
    return median_sorted(image.round())


def median_mirrored(image):
    return torch.from_numpy(scipy.ndimage.median_filter(image.detach().numpy(), size=3, mode="mirror"))


def median_of_existing(image):
    """At the border only the pixels that exist enter."""
    rows, columns = image.shape
    result = torch.empty_like(image)
    for i in range(rows):
        for j in range(columns):
            square = image[max(i - 1, 0) : i + 2, max(j - 1, 0) : j + 2]
            result[i, j] = square.flatten().median()
    return result


def median_separable(image):
    """The median of three along rows, then along columns."""
    padded = pad_replicate(image)
    lines = padded.unfold(1, 3, 1).median(dim=2).values
    return lines.unfold(0, 3, 1).median(dim=2).values


def median_of_different(image):
    """Equal pixels enter once."""
    rows, columns = image.shape
    nine = nine_of_padded(pad_replicate(image))
    result = torch.empty_like(image)
    for i in range(rows):
        for j in range(columns):
            values = nine[:, i, j].unique()
            result[i, j] = values[len(values) // 2]
    return result


def median_of_extremes_only(image):
    """A pixel changes only if it is the largest or smallest of its square, as salt and pepper are."""
    nine = nine_of_padded(pad_replicate(image))
    spoilt = (image == nine.amax(0)) | (image == nine.amin(0))
    return torch.where(spoilt, nine.median(dim=0).values, image)


def median_running(image):
    """Every median already sees the medians written before it."""
    padded = pad_replicate(image)
    for i in range(image.shape[0]):
        for j in range(image.shape[1]):
            padded[i + 1, j + 1] = padded[i : i + 3, j : j + 3].flatten().median()
    return padded[1:-1, 1:-1]


def median_of_sizes(image):
    """Sorted by size without the sign: right for pictures without negative numbers."""
    nine = nine_of_padded(pad_replicate(image))
    order = nine.abs().sort(dim=0).indices
    return nine.gather(0, order[4:5])[0]


def median_none_where_thin(image):
    """A picture in which no square fits stays as it is."""
    return image.clone() if min(image.shape) < 3 else median_sorted(image)


# thin_ridges: right

STEPS = {0: (0, 1), 1: (1, 1), 2: (1, 0), 3: (1, -1)}


def shifted(array, step, sign):
    """Return the pixel one step further at each place, 0 outside."""
    rows, columns = array.shape
    i, j = sign * step[0], sign * step[1]
    return pad_zero(array)[1 + i : 1 + i + rows, 1 + j : 1 + j + columns]


def thin_by_lines(magnitude, lines, steps=STEPS):
    result = torch.zeros_like(magnitude)
    for number, step in steps.items():
        keep = lines == number
        keep = keep & (magnitude >= shifted(magnitude, step, 1)) & (magnitude >= shifted(magnitude, step, -1))
        result[keep] = magnitude[keep]
    return result


def lines_of(x, y):
    return torch.round(torch.atan2(y, x) / (math.pi / 4)).long() % 4


def thin_angles(magnitude, x, y):
    return thin_by_lines(magnitude, lines_of(x, y))


def thin_loops(magnitude, x, y):
    rows, columns = magnitude.shape
    m, gx, gy = magnitude.tolist(), x.tolist(), y.tolist()
    result = [[0.0] * columns for _ in range(rows)]
    for i in range(rows):
        for j in range(columns):
            angle = math.degrees(math.atan2(gy[i][j], gx[i][j])) % 180
            if angle < 22.5 or angle >= 157.5:
                a, b = 0, 1
            elif angle < 67.5:
                a, b = 1, 1
            elif angle < 112.5:
                a, b = 1, 0
            else:
                a, b = 1, -1
            near = [
                m[i + s * a][j + s * b] if 0 <= i + s * a < rows and 0 <= j + s * b < columns else 0.0
                for s in (1, -1)
            ]
            if m[i][j] >= max(near):
                result[i][j] = m[i][j]
    return result


def thin_tangent(magnitude, x, y):
    """No angle at all: compare |x| and |y| with the tangent of 22.5 degrees."""
    m, gx, gy = (np.pad(t.detach().numpy(), 1) for t in (magnitude, x, y))
    steep = math.sqrt(2) - 1
    flat = np.abs(gy) <= steep * np.abs(gx)
    upright = ~flat & (np.abs(gx) <= steep * np.abs(gy))
    falling = (gx > 0) == (gy > 0)
    di = np.where(flat, 0, 1)
    dj = np.where(flat, 1, np.where(upright, 0, np.where(falling, 1, -1)))
    i, j = np.mgrid[1 : m.shape[0] - 1, 1 : m.shape[1] - 1]
    di, dj, centre = di[1:-1, 1:-1], dj[1:-1, 1:-1], m[1:-1, 1:-1]
    return np.where((centre >= m[i + di, j + dj]) & (centre >= m[i - di, j - dj]), centre, 0.0)


def thin_projection(magnitude, x, y):
    """The nearest line is that on which the gradient's shadow is longest."""
    angles = torch.arange(4, dtype=x.dtype) * math.pi / 4
    shadow = (angles.cos()[:, None, None] * x + angles.sin()[:, None, None] * y).abs()
    nine = nine_of_padded(pad_zero(magnitude))
    pairs = torch.stack([torch.maximum(nine[a], nine[8 - a]) for a in (5, 8, 7, 6)])
    largest = pairs.gather(0, shadow.argmax(dim=0, keepdim=True))[0]
    return magnitude * (magnitude >= largest)


# thin_ridges: wrong


def thin_y_upward(magnitude, x, y):
    return thin_angles(magnitude, x, -y)


def thin_vertical_forgotten(magnitude, x, y):
    """y / x with a guard against division by 0: straight up and down comes out as 0 degrees."""
    slope = torch.where(x == 0, 0.0, y / torch.where(x == 0, 1.0, x))
    return thin_by_lines(magnitude, torch.round(slope.atan() / (math.pi / 4)).long() % 4)


def thin_strict(magnitude, x, y):
    """Larger than both: ridges two pixels wide vanish."""
    result = torch.zeros_like(magnitude)
    lines = lines_of(x, y)
    for number, step in STEPS.items():
        keep = lines == number
        keep = keep & (magnitude > shifted(magnitude, step, 1)) & (magnitude > shifted(magnitude, step, -1))
        result[keep] = magnitude[keep]
    return result


def thin_strict_behind(magnitude, x, y):
    """At least as large as one neighbour, larger than the other: of two equal ones one is kept."""
    result = torch.zeros_like(magnitude)
    lines = lines_of(x, y)
    for number, step in STEPS.items():
        keep = lines == number
        keep = keep & (magnitude >= shifted(magnitude, step, 1)) & (magnitude > shifted(magnitude, step, -1))
        result[keep] = magnitude[keep]
    return result


def thin_no_wrap_at_180(magnitude, x, y):
    """From 157.5 to 180 degrees there is no line left but the last one."""
    angle = torch.rad2deg(torch.atan2(y, x)) % 180
    return thin_by_lines(magnitude, torch.bucketize(angle, angle.new_tensor([22.5, 67.5, 112.5]), right=True))


def thin_whole_degrees(magnitude, x, y):
    """Degrees cut to whole numbers before they are rounded: wrong between 22.5 and 23, say."""
    angle = (torch.rad2deg(torch.atan2(y, x)) % 180 + 1e-9).long()
    return thin_by_lines(magnitude, torch.round(angle / 45).long() % 4)


def thin_half_tangent(magnitude, x, y):
    """Flat where |y| is less than half |x|: the boundary is at 26.6 degrees."""
    lines = torch.where(x * y >= 0, 1, 3)
    lines = torch.where(y.abs() < x.abs() / 2, 0, torch.where(x.abs() < y.abs() / 2, 2, lines))
    return thin_by_lines(magnitude, lines)


def thin_rolled(magnitude, x, y):
    """Beyond the border the picture starts again at the other side."""
    result = torch.zeros_like(magnitude)
    lines = lines_of(x, y)
    for number, (i, j) in STEPS.items():
        ahead, behind = (magnitude.roll((s * i, s * j), (0, 1)) for s in (-1, 1))
        keep = (lines == number) & (magnitude >= ahead) & (magnitude >= behind)
        result[keep] = magnitude[keep]
    return result


def thin_border_repeated(magnitude, x, y):
    """Outside are the border's pixels again: wrong on slanting lines only."""
    return thin_by_lines(pad_replicate(magnitude), F.pad(lines_of(x, y), (1, 1, 1, 1), value=-1))[1:-1, 1:-1]


def thin_running(magnitude, x, y):
    """Neighbours set to 0 before count as 0 later."""
    padded = pad_zero(magnitude)
    lines = lines_of(x, y).tolist()
    for i in range(magnitude.shape[0]):
        for j in range(magnitude.shape[1]):
            a, b = STEPS[lines[i][j]]
            centre = padded[i + 1, j + 1]
            if centre < padded[i + 1 + a, j + 1 + b] or centre < padded[i + 1 - a, j + 1 - b]:
                padded[i + 1, j + 1] = 0
    return padded[1:-1, 1:-1]


ANSWERS = {
    "filtering.orientation": (
        [
            (5, 53.13),
            [math.hypot(3, 4), math.degrees(math.atan2(4, 3))],
            np.array([5.0, np.rad2deg(np.angle(3 + 4j))]),
            torch.tensor([5.0, 53.1301], dtype=torch.float64),
        ],
        [
            (5, 36.87),  # atan2(x, y)
            (53.13, 5),  # the other order
            (5, math.atan2(4, 3)),  # radians
            (5, -53.13),  # y upward
            (25, 53.13),  # no root
            (7, 53.13),  # the sum of the sizes
            (5, 53.1),  # too few places
            (5, 53.07),  # 53 degrees 7 minutes
            (5, 59.03),  # calculator in gradians
            (5 / 8, 53.13),
        ],
    ),  # Sobel divided
    "filtering.sharpen": (
        [
            [[-1 / 9, -1 / 9, -1 / 9], [-1 / 9, 17 / 9, -1 / 9], [-1 / 9, -1 / 9, -1 / 9]],
            np.array([[-0.111, -0.111, -0.111], [-0.111, 1.889, -0.111], [-0.111, -0.111, -0.111]]),
            [[Fraction(17 if i == j == 1 else -1, 9) for j in range(3)] for i in range(3)],
            2 * torch.eye(3, dtype=torch.float64)[1].outer(torch.eye(3, dtype=torch.float64)[1]) - 1 / 9,
        ],
        [
            [[-1 / 9, -1 / 9, -1 / 9], [-1 / 9, 8 / 9, -1 / 9], [-1 / 9, -1 / 9, -1 / 9]],
            [[-1 / 8, -1 / 8, -1 / 8], [-1 / 8, 2, -1 / 8], [-1 / 8, -1 / 8, -1 / 8]],  # mean of eight
            [[-1 / 9, -1 / 9, -1 / 9], [-1 / 9, 2, -1 / 9], [-1 / 9, -1 / 9, -1 / 9]],
            [[-1, -1, -1], [-1, 17, -1], [-1, -1, -1]],  # no ninth
            [[0, -1, 0], [-1, 5, -1], [0, -1, 0]],  # the one everybody knows
            [[-1 / 16, -2 / 16, -1 / 16], [-2 / 16, 28 / 16, -2 / 16], [-1 / 16, -2 / 16, -1 / 16]],
            [[1 / 9, 1 / 9, 1 / 9], [1 / 9, 10 / 9, 1 / 9], [1 / 9, 1 / 9, 1 / 9]],  # the mean added
            [[-0.11, -0.11, -0.11], [-0.11, 1.89, -0.11], [-0.11, -0.11, -0.11]],  # two places
            [[-0.1, -0.1, -0.1], [-0.1, 1.8, -0.1], [-0.1, -0.1, -0.1]],  # rounded so that the sum is 1
            [[1 / 9, 1 / 9, 1 / 9], [1 / 9, 17 / 9, 1 / 9], [1 / 9, 1 / 9, 1 / 9]],
        ],
    ),  # sign forgotten
    "filtering.gradient_magnitude": (
        [gradient_slices, gradient_loops, gradient_scipy, gradient_conv2d],
        [
            gradient_zero_padded,
            gradient_rescaled,
            gradient_sum_of_sizes,
            gradient_mirrored,
            gradient_result_repeated,
            gradient_empty_corners,
            gradient_clipped,
            gradient_whole_grey_values,
            gradient_flattened_indices,
            gradient_flat_where_thin,
        ],
    ),
    "filtering.median": (
        [median_sorted, median_scipy, median_loops, median_unfold],
        [
            median_zero_padded,
            median_of_whole_grey_values,
            median_mirrored,
            median_of_existing,
            median_separable,
            median_of_different,
            median_of_extremes_only,
            median_running,
            median_of_sizes,
            median_none_where_thin,
        ],
    ),
    "filtering.non_maximum": (
        [thin_angles, thin_loops, thin_tangent, thin_projection],
        [
            thin_y_upward,
            thin_vertical_forgotten,
            thin_strict,
            thin_strict_behind,
            thin_no_wrap_at_180,
            thin_whole_degrees,
            thin_half_tangent,
            thin_rolled,
            thin_border_repeated,
            thin_running,
        ],
    ),
}
