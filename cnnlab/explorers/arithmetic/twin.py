"""The Arithmetic explorer on paper: the kernel's first and last position, and the output."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from cnnlab import figures
from cnnlab.explorers.arithmetic.widget import Arithmetic
from cnnlab.geometry import Positions

ONE, TWO, THREE = figures.COLORS[:3]
PIXEL: dict[str, Any] = {"facecolor": ONE, "alpha": 0.35, "edgecolor": "black"}
TAP: dict[str, Any] = {"facecolor": "none", "edgecolor": TWO, "hatch": "///", "linewidth": 0}
MISSED: dict[str, Any] = {"facecolor": "none", "edgecolor": "#A30000", "hatch": "xxx", "linewidth": 0}
OUTPUT: dict[str, Any] = {"facecolor": THREE, "alpha": 0.35, "edgecolor": "black"}


def draw(explorer: Arithmetic) -> Figure:
    """Return a figure with the first and last position of the kernel on its input, and the output.

    Args:
        explorer: with the settings to draw.
    """
    found, spread = explorer.positions(), explorer.transposed
    places, length, count = found.starts, max(1, found.length), len(found.starts)
    fig, axes = figures.subplots(
        1, 3, figsize=(12, 4.9), width_ratios=[1, 1, max(0.25, min(1.0, count / length))]
    )
    kind = "input, spread with zeros" if spread else "padded input"
    for ax, name, start in zip(axes, ("first", "last"), places[:1] + places[-1:], strict=False):
        _draw_input(ax, found, start, f"{kind}: {name} step")
    if not places:
        _draw_input(axes[0], found, None, f"{kind}: the kernel does not fit")
        for ax in axes[1:]:
            ax.axis("off")
        return fig
    _fill(axes[2], range(count), range(count), OUTPUT)
    _finish(axes[2], count, "output")
    if not spread and found.uncovered():
        sample = Rectangle((0, 0), 1, 1, label="never covered", **MISSED)
        fig.legend(handles=[sample], loc="outside lower center")
    fig.suptitle(f"output size: {explorer.formula()} = {count}".replace("-", "\N{MINUS SIGN}"))
    return fig


def _draw_input(ax: Axes, found: Positions, start: int | None, title: str) -> None:
    _fill(ax, found.pixels, found.pixels, PIXEL)
    if start is not None:
        every, missed = range(found.length), found.uncovered()
        _fill(ax, missed, every, MISSED)
        _fill(ax, [cell for cell in every if cell not in missed], missed, MISSED)
        taps = [start + offset for offset in found.offsets]
        _fill(ax, taps, taps, TAP)
        frame = Rectangle((start, start), found.span, found.span, fill=False, edgecolor=TWO, linewidth=3)
        figures.decoration(ax.add_patch(frame))
    _finish(ax, max(1, found.length), title)


def _fill(ax: Axes, rows: Iterable[int], columns: Iterable[int], style: dict[str, Any]) -> None:
    columns = list(columns)
    for row in rows:
        for column in columns:
            figures.decoration(ax.add_patch(Rectangle((column, row), 1, 1, **style)))


def _finish(ax: Axes, size: int, title: str) -> None:
    lines = np.arange(size + 1)
    figures.decoration(ax.hlines(lines, 0, size, color="#8C8C8C", linewidth=0.8, linestyle=":"))
    figures.decoration(ax.vlines(lines, 0, size, color="#8C8C8C", linewidth=0.8, linestyle=":"))
    ax.set(
        title=f"{title}\n{size} x {size}", xlim=(-0.2, size + 0.2), ylim=(size + 0.2, -0.2), aspect="equal"
    )
    ax.set_anchor("N")
    ax.axis("off")
