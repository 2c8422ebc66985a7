"""The PoolingShift explorer on paper: the outputs on the left, what each shift changes on the right."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from cnnlab import figures
from cnnlab.explorers.pooling_shift.shifted_pooling import LENGTH, WAYS, shifted
from cnnlab.explorers.pooling_shift.widget import PoolingShift

ONE, TWO, THREE = figures.COLORS[:3]


def draw(explorer: PoolingShift) -> Figure:
    """Return a figure with the row, the outputs, and how much every shift by one cell changes them.

    Args:
        explorer: with the settings to draw.
    """
    shift, stride = explorer.shift, explorer.stride
    outputs = {way: explorer.output(way) for way in WAYS}
    steps = {way: explorer.changes(way) for way in WAYS}
    row = shifted(explorer.row, shift).tolist()
    fig, axes = figures.subplots(
        len(outputs) + 1, 2, figsize=(11, 1.5 * len(outputs) + 2.2), sharex="col", width_ratios=(3, 2)
    )
    _draw_row(axes[0, 0], f"the row, shifted by {shift}", row, 1, "#4D4D4D")
    axes[0, 1].remove()
    highest = max(max(found) for found in steps.values()) or 1.0
    for (left, right), (way, output) in zip(axes[1:], outputs.items(), strict=True):
        _draw_row(left, way, output, stride, ONE)
        average = float(np.mean(steps[way]))
        right.bar(range(1, LENGTH + 1), steps[way], color=TWO, label=way)
        right.set(title=f"change at each shift, {average:.2f} on average", ylim=(0, 1.1 * highest))
    axes[-1, 0].set_xlabel("cell of the row")
    axes[-1, 1].set(xlabel="shift, in cells", xticks=range(4, LENGTH + 1, 4))
    return fig


def _draw_row(ax: Axes, title: str, values: Sequence[float], stride: int, color: str) -> None:
    """A bar over the cells from which each output comes."""
    starts = np.arange(len(values)) * stride
    ax.bar(starts, values, width=0.86 * stride, align="edge", color=color, label=title)
    for start, value in zip(starts, values, strict=True):
        figures.decoration(ax.text(start + 0.43 * stride, value, f"{value:.3g}", ha="center", va="bottom"))
    ax.set(title=title, xlim=(0, LENGTH), ylim=(0, 11.5), yticks=[])
