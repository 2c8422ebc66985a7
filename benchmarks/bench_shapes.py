"""The shapes generator beside scikit-image, which draws the same masks and textures one picture at a time.

Both start from the same placements and colours. Masks must agree with an intersection over union of at least
0.98, and pictures inside the shapes to 0.1 on the average. scikit-image draws outlines and turns photographs,
NumPy computes patterns, each without the smooth edges that ours have.
"""

from collections.abc import Callable
from math import cos, pi, radians, sin, sqrt

import numpy as np
from skimage.draw import disk, polygon
from skimage.transform import AffineTransform, warp

from cnnlab import data
from cnnlab.data.textures import TILES, tile
from cnnlab.timing import median_seconds

COUNT, SIZE = 1000, 64
BAR = 3.0
LEAST_IOU = 0.98
HALF = sqrt(0.5)
ARM = sqrt(1 - 0.95**2)


def regular(count: int, radius: float = 1.0, turn: float = 0.0) -> list[tuple[float, float]]:
    """Corners of a regular polygon, the first one at the top."""
    angles = [turn + 2 * pi * corner / count for corner in range(count)]
    return [(radius * sin(angle), -radius * cos(angle)) for angle in angles]


INNER = cos(2 * pi / 5) / cos(pi / 5)
STAR = [point for pair in zip(regular(5), regular(5, INNER, pi / 5), strict=True) for point in pair]
# Corners in the circle of radius 1, x to the right and y downward.
CORNERS = {
    "square": [(-HALF, -HALF), (HALF, -HALF), (HALF, HALF), (-HALF, HALF)],
    "triangle": regular(3),
    "star": STAR,
    "cross": [
        (-ARM, -0.95), (ARM, -0.95), (ARM, -ARM), (0.95, -ARM), (0.95, ARM), (ARM, ARM),
        (ARM, 0.95), (-ARM, 0.95), (-ARM, ARM), (-0.95, ARM), (-0.95, -ARM), (-ARM, -ARM),
    ],
    "bar": [(-0.94, -0.34), (0.94, -0.34), (0.94, 0.34), (-0.94, 0.34)],
    "arrow": [(-0.95, -0.3), (0, -0.3), (0, -1), (1, 0), (0, 1), (0, 0.3), (-0.95, 0.3)],
    "corner": [(-HALF, -HALF), (-0.15, -HALF), (-0.15, 0.15), (HALF, 0.15), (HALF, HALF), (-HALF, HALF)],
    "heart": [(0, 0.25 - HALF), (HALF, 0.25), (0, 0.25 + HALF), (-HALF, 0.25)],
    "half_disc": [(-0.86, 0.5), (0.86, 0.5), (0.86, -0.36), (-0.86, -0.36)],
}  # fmt: skip
# Discs as x, y, radius: some are added to the polygon, some kept only, some cut out.
ADDED = {"disc": [(0, 0, 1)], "ring": [(0, 0, 1)], "crescent": [(0, 0, 1)]} | {
    "heart": [(side * sqrt(0.125), 0.25 - sqrt(0.125), 0.5) for side in (-1, 1)]
}
KEPT = {"half_disc": (0, 0.5, 0.86)}
CUT = {"ring": (0, 0, 0.55), "crescent": (0.45, 0, 0.72)}


class Frame:
    """Where a shape's coordinates fall among the pixels, whose centres lie at whole numbers."""

    def __init__(self, pictures: data.ShapePictures, index: int) -> None:
        place = pictures.placement
        self.x, self.y = (place.centre[index] - 0.5).tolist()
        self.radius = float(place.radius[index])
        angle = radians(float(place.rotation[index]))
        self.cosine, self.sine = cos(angle), sin(angle)

    def __call__(self, x: float, y: float) -> tuple[float, float]:
        """Row and column of a point."""
        column = self.x + self.radius * (x * self.cosine + y * self.sine)
        return self.y + self.radius * (y * self.cosine - x * self.sine), column

    def disk(
        self, x: float, y: float, radius: float, shape: tuple[int, int]
    ) -> tuple[np.ndarray, np.ndarray]:
        return disk(self(x, y), radius * self.radius, shape=shape)


def draw_mask(pictures: data.ShapePictures, index: int) -> np.ndarray:
    """One mask by scikit-image."""
    name = pictures.shapes[pictures.shape_labels[index]]
    frame, mask = Frame(pictures, index), np.zeros(tuple(pictures.masks.shape[1:]), bool)
    if name in CORNERS:
        rows, columns = zip(*(frame(*point) for point in CORNERS[name]), strict=True)
        mask[polygon(rows, columns, mask.shape)] = True
    for circle in ADDED.get(name, ()):
        mask[frame.disk(*circle, mask.shape)] = True
    if name in KEPT:
        kept = np.zeros_like(mask)
        kept[frame.disk(*KEPT[name], mask.shape)] = True
        mask &= kept
    if name in CUT:
        mask[frame.disk(*CUT[name], mask.shape)] = False
    return mask


def saw(x: np.ndarray) -> np.ndarray:
    return np.abs(x % 1 - 0.5)


def checks(s: np.ndarray, t: np.ndarray) -> np.ndarray:
    return (saw(0.6 * s) > 0.25) ^ (saw(0.6 * t) > 0.25)


def waves(s: np.ndarray, t: np.ndarray) -> np.ndarray:
    middle = 0.45 * t % 1 - 0.5
    return saw(s + 0.42 * 8 * middle * (1 - 2 * np.abs(middle))) > 0.25


def weave(s: np.ndarray, t: np.ndarray) -> np.ndarray:
    s, t = s / 2, t / 2
    turned = (np.floor(s) + np.floor(t)) % 2 > 0
    across, along = np.where(turned, s, t), np.where(turned, t, s)
    return (saw(2 * across) < 0.32) & (saw(along) < 0.42)


def triangles(s: np.ndarray, t: np.ndarray) -> np.ndarray:
    s, t = 0.45 * s, 0.45 * t
    slant = sqrt(0.75) * t
    return (saw(s + 0.25) > 0.25) ^ (saw(s / 2 + slant) > 0.25) ^ (saw(s / 2 - slant) > 0.25)


PATTERNS: dict[str, Callable[[np.ndarray, np.ndarray], np.ndarray]] = {
    "stripes": lambda s, t: saw(s) > 0.25,
    "checks": checks,
    "dots": lambda s, t: saw(s) ** 2 + saw(t) ** 2 < 0.36**2,
    "grid": lambda s, t: (saw(s) > 0.36) | (saw(t) > 0.36),
    "waves": waves,
    "weave": weave,
    "triangles": triangles,
}


def draw_texture(pictures: data.ShapePictures, index: int, middle_period: float) -> np.ndarray:
    """One texture's brightness: a formula, or a photograph turned by scikit-image."""
    size, surface = pictures.masks.shape[-1], pictures.surface
    name = pictures.textures[pictures.texture_labels[index]]
    x0, y0 = (surface.origin[index] - 0.5).tolist()
    period, angle = float(surface.period[index]), radians(float(surface.orientation[index]))
    cosine, sine = cos(angle) / period, sin(angle) / period
    if name in PATTERNS:
        x, y = np.arange(size) - x0, (np.arange(size) - y0)[:, None]
        return PATTERNS[name](x * cosine - y * sine, x * sine + y * cosine).astype(np.float32)
    photo = tile(name, min(512, max(8, round(TILES[name] * middle_period)))).numpy()
    scale = (len(photo) - 1) / TILES[name]
    turn = np.array([[cosine, -sine, -cosine * x0 + sine * y0], [sine, cosine, -sine * x0 - cosine * y0]])
    # Ours has the tile's middle at coordinate zero.
    matrix = np.vstack([turn * scale, [0, 0, 1]])
    matrix[:2, 2] += (len(photo) - 1) / 2
    return warp(photo, AffineTransform(matrix), output_shape=(size, size), order=1, mode="reflect")


def draw_one(pictures: data.ShapePictures, index: int, middle_period: float) -> tuple[np.ndarray, np.ndarray]:
    """One picture, (3, H, W), and its mask."""
    mask = draw_mask(pictures, index)
    surface = pictures.surface
    light, dark = (part[index].float().numpy()[:, None] for part in (surface.light, surface.dark))
    picture = np.empty((3, *mask.shape), np.float32)
    picture[:] = pictures.backdrop.light[index].float().numpy()[:, None, None]
    bright = draw_texture(pictures, index, middle_period)[mask]
    picture[:, mask] = dark + (light - dark) * bright
    return picture, mask


def draw_all(pictures: data.ShapePictures, middle_period: float) -> tuple[np.ndarray, np.ndarray]:
    """All pictures and masks, one at a time."""
    pairs = [draw_one(pictures, index, middle_period) for index in range(len(pictures))]
    return np.stack([picture for picture, _ in pairs]), np.stack([mask for _, mask in pairs])


def overlaps(masks: np.ndarray, others: np.ndarray) -> np.ndarray:
    """Intersection over union of every pair of masks."""
    both, either = (masks & others).sum((1, 2)), (masks | others).sum((1, 2))
    return both / np.maximum(either, 1)


def check_answers(pictures: data.ShapePictures, drawn: np.ndarray, masks: np.ndarray) -> float:
    """Return the least overlap; stop where a mask or a picture is not what scikit-image draws."""
    least = float(overlaps(pictures.masks.numpy(), masks).min())
    if least < LEAST_IOU:
        raise ArithmeticError(f"masks must overlap by {LEAST_IOU}, got {least:.4f}")
    inside = masks & pictures.masks.numpy()
    errors = np.abs(pictures.images.numpy() - drawn).mean(1)
    means = (errors * inside).sum((1, 2)) / np.maximum(inside.sum((1, 2)), 1)
    if means.max() > 0.1:
        raise ArithmeticError(f"pictures must agree inside the shapes to 0.1, got {means.max():.3f}")
    return least


def measure(count: int = COUNT, size: int = SIZE, rounds: int = 7) -> dict:
    """Median seconds of both, their ratio and the least overlap of their masks."""
    middle_period = size * sum(data.Ranges().period) / 2
    pictures = data.shapes(count, size=size)
    least = check_answers(pictures, *draw_all(pictures, middle_period))
    functions = {
        "cnnlab shapes": lambda: data.shapes(count, size=size),
        "scikit-image": lambda: draw_all(pictures, middle_period),
    }
    seconds = median_seconds(functions, rounds)
    ratio = seconds["scikit-image"] / seconds["cnnlab shapes"]
    return {"count": count, "size": size, "seconds": seconds, "times_as_fast": ratio, "least_iou": least}
