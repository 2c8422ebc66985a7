"""Drawings of pictures: photographs, digits, kernels and feature maps side by side."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure

from cnnlab._arguments import one_of, positive_int
from cnnlab.figures.numbers import HOLE, finite, real_array
from cnnlab.figures.style import decoration, subplots

SCALES = ("each", "shared", "signed", "unit")


def pictures(
    series: Mapping[str, Any], *, columns: int | None = None, scale: str = "each", height: float = 2.6
) -> Figure:
    """Return a figure with pictures side by side, each under its name.

    Args:
        series: name and picture: (H, W) or (1, H, W) grey, or (3, H, W) or (H, W, 3) colour in [0, 1];
            tensors on any device, or arrays. Unsigned integers, as files have them, are divided by the
            largest of their type, 255 for bytes.
        columns: pictures in a row; all in one row by default.
        scale: what black and white stand for in grey pictures: "each" picture's own least and largest
            value, "shared" least and largest of all, "unit" 0 and 1, or "signed": blue
            below zero, white at zero, red above, up to the largest size of all.
        height: height of a row, in inches.

    Returns:
        A figure for ``figures.show``; it describes every picture by its values. A NaN is a hole, an infinity
        a triangle in one that points up or down; in colour both are holes. No scale counts them.

    Raises:
        TypeError: a picture that is not real numbers, or ``columns`` not an integer.
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
        _draw(ax, name, array, options)
    for ax in axes.flat[len(arrays) :]:
        ax.remove()
    return fig


def _picture(name: str, values: Any) -> np.ndarray:
    """The picture as floats, (H, W) or (H, W, 3); one of bytes, as files have it, in [0, 1]."""
    array = real_array(f"picture {name!r}", values)
    top = np.iinfo(array.dtype).max if array.dtype.kind == "u" else 1
    array = array.astype(float) / top
    if array.ndim == 3 and array.shape[0] not in (1, 3) and array.shape[2] in (1, 3):
        array = array.transpose(2, 0, 1)
    if array.ndim == 3 and len(array) == 1:
        array = array[0]
    if array.size and array.ndim == 3 and len(array) == 3:
        return np.clip(array.transpose(1, 2, 0), 0, 1) if np.isfinite(array).all() else _with_holes(array)
    if array.ndim != 2 or array.size == 0:
        rule = "must have shape (H, W), (1, H, W), (3, H, W) or (H, W, 3)"
        raise ValueError(f"picture {name!r} {rule}, got {tuple(np.shape(values))}")
    return array


def _with_holes(colour: np.ndarray) -> np.ndarray:
    """A colour picture, channels last, whose pixels with a channel that is not finite are masked."""
    missing = ~np.isfinite(colour).all(axis=0)
    drawn = np.where(missing[..., None], to_rgb(HOLE), np.clip(colour.transpose(1, 2, 0), 0, 1))
    return np.ma.masked_array(drawn, np.repeat(missing[..., None], 3, axis=2))


def _draw(ax: Axes, name: str, array: np.ndarray, options: dict[str, Any]) -> None:
    ax.imshow(array, label=name, **({} if array.ndim == 3 else options))
    ax.set(title=name, xticks=[], yticks=[])
    if np.isfinite(array).all():
        return
    ax.set_facecolor(HOLE)
    for sign, marker in ((1, "^"), (-1, "v")):
        rows, columns = np.nonzero(array == sign * np.inf) if array.ndim == 2 else ((), ())
        decoration(ax.plot(columns, rows, marker, color="black", markeredgecolor="white")[0])


def _grey(arrays: list[np.ndarray], scale: str) -> dict[str, Any]:
    known = [finite(array) for array in arrays if array.ndim == 2]
    values = np.concatenate([*known, np.zeros(0)])
    if scale == "signed":
        largest = float(np.abs(values).max(initial=0)) or 1.0
        return {"cmap": "RdBu_r", "vmin": -largest, "vmax": largest}
    limits = {"cmap": "gray"}
    if scale == "unit":
        return limits | {"vmin": 0.0, "vmax": 1.0}
    if scale == "shared" and values.size:
        return limits | {"vmin": float(values.min()), "vmax": float(values.max())}
    return limits
