"""The GradientFlow explorer on paper: a panel for each depth, and first over last of all."""

from __future__ import annotations

import math

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from cnnlab import figures
from cnnlab.explorers.gradient_flow.norms import Record, ratio
from cnnlab.explorers.gradient_flow.widget import GradientFlow, name

COLUMNS = 3
ARMS = 4
COLORS = (*figures.COLORS[:3], "black")
LINES = tuple(zip(COLORS, ("-", "--", ":", "-."), ("o", "s", "^", "D"), strict=True))


def draw(explorer: GradientFlow) -> Figure:
    """Return a figure with the norms by convolution at every depth, and in the last panel their ratios.

    Args:
        explorer: with the settings to draw.
    """
    depths = explorer.depths
    columns = min(COLUMNS, len(depths) + 1)
    rows = math.ceil((len(depths) + 1) / columns)
    fig, grid = figures.subplots(rows, columns, figsize=(4 * columns, 3.3 * rows + 0.8), squeeze=False)
    axes = list(grid.ravel())
    for number, (ax, depth) in enumerate(zip(axes, depths, strict=False)):
        _draw_norms(ax, explorer.records[ARMS * number : ARMS * (number + 1)])
        ax.set(title=f"depth {depth}", ylim=tuple(explorer.span), xlabel="convolution")
        ax.set_ylabel("" if number % columns else "norm of the gradient")
    _draw_ratios(axes[len(depths)], explorer)
    for ax in axes[len(depths) + 1 :]:
        ax.remove()
    fig.legend(*axes[len(depths)].get_legend_handles_labels(), loc="outside upper center", ncols=2)
    return fig


def _draw_norms(ax: Axes, arms: list[Record]) -> None:
    for arm, (color, dashes, head) in zip(arms, LINES, strict=True):
        norms = np.array(arm["norms"])
        ends = [0, len(norms) - 1]
        layers = np.arange(1, len(norms) + 1)
        ax.plot(layers, norms, color=color, linestyle=dashes, marker=head, markevery=ends, label=name(arm))
    ax.set_yscale("log")


def _draw_ratios(ax: Axes, explorer: GradientFlow) -> None:
    for number, (color, dashes, head) in enumerate(LINES):
        records = explorer.records[number::ARMS]
        ratios = np.array([ratio(record["norms"]) for record in records], dtype=float)
        ax.plot(explorer.depths, ratios, color=color, linestyle=dashes, marker=head, label=name(records[0]))
    figures.decoration(ax.axhline(1, color="#4D4D4D", linewidth=1))
    ax.set(yscale="log", xlabel="depth", title="first over last", xticks=explorer.depths)
    ax.set_ylim(*explorer.ratio_span)
