"""Drawings of pictures: photographs, digits, kernels and feature maps side by side."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from matplotlib.figure import Figure

from cnnlab._arguments import one_of, positive_int
from cnnlab.figures.style import subplots

SCALES = ("each", "shared", "signed", "unit")


def pictures(
    series: Mapping[str, Any], *, columns: int | None = None, scale: str = "each", height: float = 2.6
) -> Figure:
    """Return a figure with pictures side by side, each under its name.

    Args:
        series: name and picture: (H, W) or (1, H, W) grey, or (3, H, W) colour in [0, 1]; tensors on any
            device, or arrays.
        columns: pictures in a row; all in one row by default.
        scale: what black and white stand for in grey pictures: "each" picture's own least and largest
            value, "shared" least and largest of all, "unit" 0 and 1, or "signed": blue
            below zero, white at zero, red above, up to the largest size of all.
        height: height of a row, in inches.

    Returns:
        A figure for ``figures.show``; it describes every picture by its values.

    Raises:
        TypeError: a picture that is not numbers, or ``columns`` not an integer.
        ValueError: no picture, a picture of another shape, ``columns`` below 1, or an unknown ``scale``.

    Example:
        >>> fig = pictures({"dark": np.zeros((4, 4)), "light": np.ones((4, 4))}, scale="unit")
        >>> [ax.get_title() for ax in fig.axes]
        ['dark', 'light']
    """
    one_of("scale", scale, SCALES)
    if not series:
        raise ValueError("series must hold at least one name and its picture, got none")
    arrays = {name: _picture(name, values) for name, values in series.items()}
    columns = len(arrays) if columns is None else positive_int("columns", columns)
    rows = -(-len(arrays) // columns)
    widths = max(array.shape[1] / array.shape[0] for array in arrays.values())
    size = (columns * (height * min(widths, 2.0) + 0.2), rows * (height + 0.5))
    fig, axes = subplots(rows, columns, figsize=size, squeeze=False)
    options = _grey(list(arrays.values()), scale)
    for (name, array), ax in zip(arrays.items(), axes.flat, strict=False):
        ax.imshow(array, label=name, **({} if array.ndim == 3 else options))
        ax.set(title=name, xticks=[], yticks=[])
    for ax in axes.flat[len(arrays) :]:
        ax.remove()
    return fig


def _picture(name: str, values: Any) -> np.ndarray:
    if hasattr(values, "detach"):
        values = values.detach().cpu().double().numpy()
    try:
        array = np.asarray(values, dtype=float)
    except (TypeError, ValueError):
        raise TypeError(f"picture {name!r} must be numbers, got {values!r}") from None
    if array.ndim == 3 and len(array) == 1:
        array = array[0]
    if array.ndim == 3 and len(array) == 3:
        return np.clip(array.transpose(1, 2, 0), 0, 1)
    if array.ndim != 2 or array.size == 0:
        raise ValueError(
            f"picture {name!r} must have shape (H, W), (1, H, W) or (3, H, W), got {array.shape}"
        )
    return array


def _grey(arrays: list[np.ndarray], scale: str) -> dict[str, Any]:
    grey = [array for array in arrays if array.ndim == 2] or [np.zeros(1)]
    if scale == "signed":
        largest = max(float(np.abs(array).max()) for array in grey) or 1.0
        return {"cmap": "RdBu_r", "vmin": -largest, "vmax": largest}
    limits = {"cmap": "gray"}
    if scale == "unit":
        return limits | {"vmin": 0.0, "vmax": 1.0}
    if scale == "shared":
        least, most = min(a.min() for a in grey), max(a.max() for a in grey)
        return limits | {"vmin": float(least), "vmax": float(most)}
    return limits
