"""Numbers on their way into a drawing: real ones only, and what of them is not finite."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes

from cnnlab.figures.style import decoration

HOLE = "#009E73"
"""The ground that shows through a hole in a picture: neither a grey nor a blue or red of "signed"."""


def real_array(name: str, values: Any) -> np.ndarray:
    """Return ``values`` (tensor on any device, array, list) as a NumPy array of real numbers, its dtype kept.

    Args:
        name: what to call it in an error.
        values: the numbers; masked ones become NaN.

    Raises:
        TypeError: ``values`` are not numbers, or complex ones.

    Example:
        >>> real_array("values", np.ma.masked_equal([1, 2], 2)).tolist()
        [1.0, nan]
    """
    if hasattr(values, "detach"):
        values = values.detach().cpu()
        values = (values.double() if values.is_floating_point() else values).numpy()
    if np.ma.is_masked(values):
        values = values.astype(float).filled(np.nan)
    try:
        array = np.asarray(values)
        array = array if array.dtype.kind in "buic" else array.astype(float)
    except (TypeError, ValueError):
        raise TypeError(f"{name} must be numbers, got {values!r}") from None
    if array.dtype.kind == "c":
        raise TypeError(f"{name} must be real numbers, got {array.dtype}")
    return array


def finite(values: np.ndarray) -> np.ndarray:
    """Return the finite entries of ``values``, in one row."""
    return values[np.isfinite(values)]


def mark_infinities(ax: Axes, x: np.ndarray, values: np.ndarray, color: str) -> None:
    """Mark each infinity of a curve by a triangle at the upper or lower edge of its axes.

    Args:
        ax: where the curve is.
        x: its positions, shape (L,).
        values: its values, shape (L,).
        color: its colour.
    """
    for sign, edge, marker in ((1, 1, "^"), (-1, 0, "v")):
        there = x[values == sign * np.inf]
        if there.size:
            places = np.full(there.size, edge)
            options: Any = {"color": color, "transform": ax.get_xaxis_transform(), "clip_on": False}
            decoration(ax.plot(there, places, marker, **options)[0])
