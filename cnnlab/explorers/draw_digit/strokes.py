"""Drawn strokes as a grid of grey levels: what the browser computes, for tests and the page on paper."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

Strokes = Sequence[Sequence[Sequence[float]]]


def rasterised(strokes: Strokes, size: int, *, pen: float, edge: float) -> np.ndarray:
    """Return strokes as grey levels: how far each pixel's middle lies from the nearest stroke.

    Args:
        strokes: each a list of points (x, y), in pixels from the upper left corner.
        size: height and width in pixels.
        pen: width of a stroke in pixels.
        edge: pixels over which its border fades from 1 to 0.

    Returns:
        Shape (size, size), 0 without ink to 1 with full ink.

    Example:
        >>> rasterised([[(0, 1.5), (3, 1.5)]], 3, pen=1, edge=1).tolist()
        [[0.0, 0.0, 0.0], [1.0, 1.0, 1.0], [0.0, 0.0, 0.0]]
    """
    middles = np.arange(size) + 0.5
    places = np.stack(np.meshgrid(middles, middles), axis=-1)
    nearest = np.full((size, size), np.inf)
    for stroke in strokes:
        points = np.asarray(stroke, dtype=float)
        for start, end in zip(points, [*points[1:], points[-1]], strict=True):
            nearest = np.minimum(nearest, _distance(places, start, end))
    return np.clip(0.5 + (pen / 2 - nearest) / edge, 0, 1)


def _distance(places: np.ndarray, start: np.ndarray, end: np.ndarray) -> np.ndarray:
    """From each place to the nearest point of a straight piece."""
    along = end - start
    length = along @ along
    share = np.clip((places - start) @ along / length, 0, 1) if length else np.zeros(places.shape[:2])
    return np.linalg.norm(places - start - share[..., None] * along, axis=-1)


def placed(
    strokes: Strokes, size: int, *, pen: float, edge: float, box: float | None, centre: bool
) -> list[list[list[float]]]:
    """Return strokes scaled and moved as the training pictures were, in pixels.

    Args:
        strokes: each a list of points (x, y) from 0 to 1.
        size: height and width of the picture in pixels.
        pen: width of a stroke in pixels.
        edge: pixels over which its border fades.
        box: pixels that the longer side of the drawing gets, its middle in the middle; None leaves it.
        centre: whether the centre of mass of the ink is moved to the middle.

    Source:
        LeCun et al., The MNIST database: a box of 20 pixels, the centre of mass in the middle of 28. Theirs
        scales and moves pixels by whole pixels; here the strokes are scaled and moved before they are drawn.

    Example:
        >>> placed([[(0, 0), (0, 0.5)]], 28, pen=2, edge=1, box=20, centre=False)
        [[[14.0, 5.0], [14.0, 23.0]]]
    """
    points = [np.asarray(stroke, dtype=float) * size for stroke in strokes]
    if box and points:
        joined = np.concatenate(points)
        low, high = joined.min(0), joined.max(0)
        extent = (high - low).max()
        scale = (box - pen) / extent if extent >= 1 else 1.0
        points = [(stroke - (low + high) / 2) * scale + size / 2 for stroke in points]
    ink = rasterised([stroke.tolist() for stroke in points], size, pen=pen, edge=edge)
    if centre and ink.sum():
        middles = np.arange(size) + 0.5
        mass = np.array([ink.sum(0) @ middles, ink.sum(1) @ middles]) / ink.sum()
        points = [stroke + size / 2 - mass for stroke in points]
    return [stroke.tolist() for stroke in points]
