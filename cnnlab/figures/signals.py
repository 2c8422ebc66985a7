"""Drawings of signals: stems, direct labels, number tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import cycle
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from cnnlab.figures.numbers import finite, mark_infinities, real_array
from cnnlab.figures.style import COLORS, decoration, subplots

DASHES = ("-", "--", "-.", ":")


def _array(name: str, values: Any, rank: int) -> np.ndarray:
    """``values`` (tensor on any device, array, list) as a NumPy array of floats with ``rank`` axes."""
    array = real_array(name, values).astype(float)
    if array.ndim != rank or array.size == 0:
        raise ValueError(f"{name} must have {rank} axes and not be empty, got shape {array.shape}")
    return array


def _positions(x: Any, length: int) -> np.ndarray:
    positions = np.arange(length) if x is None else _array("x", x, 1)
    if len(positions) != length:
        raise ValueError(f"x must have one position a value, got {len(positions)} for {length}")
    return positions


def _named(series: Mapping[str, Any]) -> dict[str, np.ndarray]:
    if not series:
        raise ValueError("series must hold at least one name and its values, got none")
    return {name: _array(f"series {name!r}", values, 1) for name, values in series.items()}


def stems(ax: Axes, values: Any, *, x: Any = None, label: str = "", color: str = COLORS[0]) -> Line2D:
    """Draw a discrete sequence as stems and return the line of its heads.

    Args:
        ax: where to draw.
        values: the sequence, shape (L,).
        x: positions, shape (L,); 0, 1, 2, ... by default.
        label: name of the sequence, used in the description.
        color: colour of heads and stems.

    Raises:
        TypeError: values that are not numbers.
        ValueError: values of the wrong shape, or another number of positions than of values.
    """
    heights = _array("values", values, 1)
    positions = _positions(x, len(heights))
    known = np.isfinite(heights)
    decoration(ax.vlines(positions[known], 0, heights[known], color=color, linewidth=2))
    decoration(ax.axhline(0, color="#4D4D4D", linewidth=1))
    (heads,) = ax.plot(positions, heights, "o", color=color, label=label)
    mark_infinities(ax, positions, heights, color)
    return heads


def label_line(ax: Axes, x: float, y: float, text: str, color: str, **options: Any) -> None:
    """Write a series' name beside it, in its colour, so that no legend is needed.

    Args:
        ax: where to write.
        x: position in data coordinates.
        y: position in data coordinates.
        text: the name.
        color: the series' colour.
        **options: passed to ``Axes.text``, such as ``ha="right"``.
    """
    decoration(ax.text(x, y, text, color=color, fontweight="bold", **options))


def panels(
    x: Any, series: Mapping[str, Any], *, xlabel: str, ylabel: str = "", height: float = 1.9
) -> Figure:
    """Return a figure with one panel a series, stacked over a common x axis.

    Args:
        x: positions, shape (L,).
        series: name and values, shape (L,) each; the name becomes the panel's title.
        xlabel: name and unit of x, under the last panel.
        ylabel: name and unit of the values.
        height: height of a panel, in inches.

    Raises:
        TypeError: values that are not numbers.
        ValueError: values of the wrong shape, or another number of positions than of values.
    """
    curves, size = _named(series), (9, height * len(series) + 0.3)
    fig, axes = subplots(len(curves), 1, figsize=size, sharex=True, squeeze=False)
    for (name, values), ax, color in zip(curves.items(), axes[:, 0], cycle(COLORS), strict=False):
        positions = _positions(x, len(values))
        ax.plot(positions, values, color=color, linewidth=1.6, label=name)
        mark_infinities(ax, positions, values, color)
        ax.set(title=name, ylabel=ylabel)
    axes[-1, 0].set_xlabel(xlabel)
    return fig


def overlay(x: Any, series: Mapping[str, Any], *, xlabel: str, ylabel: str = "") -> Figure:
    """Return a figure with several series in one panel, each named at its right end.

    Args:
        x: positions, shape (L,).
        series: name and values, shape (L,) each.
        xlabel: name and unit of x.
        ylabel: name and unit of the values.

    Raises:
        TypeError: values that are not numbers.
        ValueError: values of the wrong shape, or another number of positions than of values.
    """
    curves, ends = _named(series), []
    fig, ax = subplots(figsize=(9, 3.6))
    for (name, values), color, dashes in zip(curves.items(), cycle(COLORS), cycle(DASHES), strict=False):
        positions = _positions(x, len(values))
        ax.plot(positions, values, dashes, color=color, label=name)
        mark_infinities(ax, positions, values, color)
        ends.append((_last(values, otherwise=0.0), name, color))
    ax.set(xlabel=xlabel, ylabel=ylabel)
    if not any(finite(values).size for values in curves.values()):  # nothing drawn, so no limits were found
        ax.set_xlim(finite(positions).min(initial=0) - 0.5, finite(positions).max(initial=0) + 0.5)
    _label_ends(ax, _last(positions, otherwise=0.0), ends)
    return fig


def _last(values: np.ndarray, *, otherwise: float) -> float:
    return float(next(iter(finite(values)[::-1]), otherwise))


def _label_ends(ax: Axes, x: float, ends: list[tuple[float, str, str]]) -> None:
    """Write the names beside the ends, moved up where two would overlap."""
    low, high = ax.get_ylim()
    gap, floor = 0.1 * (high - low), low
    for y, name, color in sorted(ends):
        floor = max(y, floor)
        label_line(ax, x, floor, f"  {name}", color, va="center")
        floor += gap


def table(values: Any, *, title: str = "", highlight: Sequence[tuple[int, int]] = ()) -> Figure:
    """Return a figure of a matrix with every number written in its cell.

    Args:
        values: the matrix, shape (rows, columns).
        title: title of the figure.
        highlight: (row, column) of cells to frame.

    Returns:
        A figure with one axes.

    Raises:
        TypeError: values that are not numbers.
        ValueError: not a matrix, or a highlighted cell outside it.
    """
    matrix = _array("values", values, 2)
    rows, columns = matrix.shape
    for row, column in highlight:
        if not (0 <= row < rows and 0 <= column < columns):
            raise ValueError(f"highlight must lie inside {rows} x {columns}, got {(row, column)}")
    fig, ax = subplots(figsize=(max(3.0, 0.62 * columns + 1), max(1.6, 0.5 * rows + 0.7)))
    largest = np.abs(finite(matrix)).max(initial=0) or 1.0
    ax.imshow(matrix, cmap="RdBu_r", vmin=-2.2 * largest, vmax=2.2 * largest, aspect="auto")
    for row in range(rows):
        for column in range(columns):
            weight = "bold" if matrix[row, column] else "normal"
            text = ax.text(column, row, f"{matrix[row, column]:g}", ha="center", va="center", weight=weight)
            decoration(text)
    for row, column in highlight:
        frame = ((column - 0.5, column + 0.5, column + 0.5, column - 0.5, column - 0.5),)
        edge = (row - 0.5, row - 0.5, row + 0.5, row + 0.5, row - 0.5)
        decoration(ax.plot(*frame, edge, color="black", linewidth=2.5)[0])
    ax.set(title=title, xticks=range(columns), yticks=range(rows))
    return fig
