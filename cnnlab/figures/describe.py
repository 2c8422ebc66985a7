"""A figure in words: what nbval compares and a screen reader reads."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import Collection, LineCollection, PathCollection, QuadMesh
from matplotlib.container import BarContainer
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from cnnlab._arguments import one_of
from cnnlab.figures.numbers import finite
from cnnlab.figures.style import is_decoration, words_of

DETAILS = ("values", "structure")
SAMPLES = 8


def describe(fig: Figure, detail: str = "values") -> str:
    """Return a description of a figure that is the same for the same data.

    Args:
        fig: the figure.
        detail: "values" adds each series' count, extremes, mean, deviation and eight evenly spaced
            samples, to three digits, and how many are missing (NaN, masked) or infinite; "structure" stops
            at titles, axes, names and shapes.

    Returns:
        Lines of text, one an axes and one a series.

    Raises:
        ValueError: ``detail`` is neither word.

    Example:
        >>> fig, ax = __import__("cnnlab.figures", fromlist=["subplots"]).subplots()
        >>> _ = ax.plot([1.0, 2.0, 4.0], label="doubling")
        >>> print(describe(fig, "structure"))
        panel 1
          line 'doubling', 3 points
    """
    one_of("describe", detail, DETAILS)
    lines = []
    panels = [ax for ax in fig.axes if ax.get_label() != "<colorbar>"]
    for number, ax in enumerate(panels, start=1):
        lines.append(f"panel {number}{_axes_words(ax)}")
        lines.extend(f"  {line}" for line in _contents(ax, detail))
    return "\n".join(lines)


def _axes_words(ax: Axes) -> str:
    words = [ax.get_title(), ax.get_title("left")]
    words += [f"{name}: {text}" for name, text in (("x", ax.get_xlabel()), ("y", ax.get_ylabel())) if text]
    words += [f"{name} on a log scale" for name in "xy" if getattr(ax, f"get_{name}scale")() == "log"]
    words = [" ".join(word.split()) for word in words if word]
    return ": " + "; ".join(words) if words else ""


def _contents(ax: Axes, detail: str) -> Iterator[str]:
    yield from filter(None, map(words_of, ax.get_children()))
    for kind, name, x, values in _series(ax):
        title = f"{kind}{f' {name!r}' if name and not name.startswith('_') else ''}"
        shape = " x ".join(str(size) for size in values.shape)
        line = f"{title}, {shape} {'points' if values.ndim == 1 else 'values'}"
        if detail == "values":
            line += _range(x) + _statistics(values)
        yield line
    texts = [" ".join(text.get_text().split()) for text in ax.texts if not is_decoration(text)]
    if any(texts) and detail == "values":
        yield "text: " + ", ".join(text for text in texts if text)


def _series(ax: Axes) -> Iterator[tuple[str, str, np.ndarray | None, np.ndarray]]:
    """Every drawn thing that carries data: kind, name, x if any, values."""
    for line in ax.lines:
        if not is_decoration(line):
            x, y = (np.asarray(axis, dtype=float) for axis in line.get_data(orig=False))
            yield "line", str(line.get_label()), x, y
    for image in ax.images:
        yield "image", str(image.get_label()), None, _floats(image.get_array())
    for container in ax.containers:
        if isinstance(container, BarContainer):
            length = Rectangle.get_width if container.orientation == "horizontal" else Rectangle.get_height
            lengths = np.array([length(bar) for bar in container], dtype=float)
            yield "bars", str(container.get_label()), None, lengths
    in_bars = {id(bar) for group in ax.containers if isinstance(group, BarContainer) for bar in group}
    for patch in ax.patches:
        if id(patch) not in in_bars and not is_decoration(patch):
            corners = patch.get_transform().transform_path(patch.get_path()).vertices
            data = ax.transData.inverted().transform(corners)
            kind = "rectangle" if isinstance(patch, Rectangle) else "patch"
            yield kind, str(patch.get_label()), data[:, 0], data[:, 1]
    for collection in ax.collections:
        if not is_decoration(collection):
            yield from _collection(collection)


def _collection(collection: Collection) -> Iterator[tuple[str, str, np.ndarray | None, np.ndarray]]:
    name = str(collection.get_label())
    if isinstance(collection, PathCollection):
        points = _floats(collection.get_offsets())
        yield "points", name, points[:, 0], points[:, 1]
    elif isinstance(collection, QuadMesh):
        yield "mesh", name, None, _floats(collection.get_array())
    else:
        kind = "segments" if isinstance(collection, LineCollection) else "area"
        vertices = np.concatenate([path.vertices for path in collection.get_paths()] or [np.zeros((0, 2))])
        yield kind, name, vertices[:, 0], vertices[:, 1]


def _floats(drawn: Any) -> np.ndarray:
    """Numbers of a drawing, masked ones as NaN; infinities, which matplotlib masks too, as they were."""
    array: np.ma.MaskedArray = np.ma.asarray(drawn, dtype=float)
    return np.where(np.ma.getmaskarray(array) & ~np.isinf(array.data), np.nan, array.data)


def _range(x: np.ndarray | None) -> str:
    if x is None or np.array_equal(x, np.arange(x.size)):
        return ""
    known = finite(x)
    if known.size == 0:
        return ", x" + _not_finite(x) if x.size else ""
    return f", x from {_digits(known.min(), known)} to {_digits(known.max(), known)}" + _not_finite(x)


def _statistics(values: np.ndarray) -> str:
    flat = values.ravel()
    known = finite(flat)
    if known.size == 0:
        return _not_finite(flat) or ", 0 missing"
    numbers = {"min": known.min(), "max": known.max(), "mean": known.mean(), "deviation": known.std()}
    words = "".join(f", {name} {_digits(number, known)}" for name, number in numbers.items())
    places = np.linspace(0, flat.size - 1, min(SAMPLES, flat.size)).round().astype(int)
    samples = " ".join(_digits(number, known) for number in flat[places])
    return words + _not_finite(flat) + f", samples {samples}"


def _not_finite(values: np.ndarray) -> str:
    counts = {"missing": np.isnan(values).sum(), "infinite": np.isinf(values).sum()}
    return "".join(f", {count} {word}" for word, count in counts.items() if count)


def _digits(number: float, values: np.ndarray) -> str:
    """Three digits; what is only rounding noise beside the largest value is 0."""
    if np.isnan(number):
        return "-"
    largest = float(np.abs(values).max())
    return "0" if abs(number) <= 1e-6 * largest else f"{number:.3g}"
