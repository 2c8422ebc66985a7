"""The LearningRate explorer on paper: a panel for each learning rate, and the last losses of all."""

from __future__ import annotations

import math

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from cnnlab import figures
from cnnlab.explorers.learning_rate.curves import last
from cnnlab.explorers.learning_rate.widget import LearningRate

COLUMNS = 4
LINES = tuple(zip(figures.COLORS, ("-", "--", ":"), ("o", "s", "^"), strict=False))


def draw(explorer: LearningRate) -> Figure:
    """Return a figure with the loss by step at every rate, and in the last panel the last loss of each.

    Args:
        explorer: with the settings to draw.
    """
    rates = explorer.rates
    rows = math.ceil((len(rates) + 1) / COLUMNS)
    fig, grid = figures.subplots(rows, COLUMNS, figsize=(12, 2.6 * rows + 0.6), sharey=True, squeeze=False)
    axes = list(grid.ravel())
    for place, (ax, rate) in enumerate(zip(axes, rates, strict=False)):
        _draw_steps(ax, explorer, place)
        ax.set_title(f"$\\eta$ = {rate:g}")
    _draw_rates(axes[len(rates)], explorer)
    for ax in axes[len(rates) + 1 :]:
        ax.remove()
    for row in grid:
        row[0].set_ylabel("loss")
    low, high = explorer.span
    axes[0].set_yscale("log")
    axes[0].set_ylim(low / 1.3, high * 1.3)
    handles, _ = axes[len(rates)].get_legend_handles_labels()
    ended = Line2D([], [], color="black", marker="x", linestyle="", markersize=10, label="ended early")
    fig.legend(handles=[*handles, ended], loc="outside upper center", ncols=len(handles) + 1)
    return fig


def _draw_steps(ax: Axes, explorer: LearningRate, place: int) -> None:
    steps = np.arange(1, explorer.steps + 1)
    for arm, (color, dashes, _) in zip(explorer.arms, LINES, strict=False):
        known = arm["losses"][place]
        # As long for every run, whatever step it ended at.
        losses = np.full(len(steps), np.nan)
        losses[: len(known)] = known
        ax.plot(steps, losses, color=color, linestyle=dashes, label=arm["name"])
    for number, arm in enumerate(explorer.arms):
        known = arm["losses"][place]
        if len(known) < len(steps):
            _mark_end(ax, explorer, number, max(1, len(known)), known[-1] if known else math.inf)
    ax.set(xlabel="step", xlim=(0, explorer.steps + 1))


def _draw_rates(ax: Axes, explorer: LearningRate) -> None:
    for number, (arm, (color, dashes, head)) in enumerate(zip(explorer.arms, LINES, strict=False)):
        losses = np.array(last(arm, explorer.steps), dtype=float)
        shown = np.minimum(losses, explorer.span[1])
        ax.plot(explorer.rates, shown, color=color, linestyle=dashes, marker=head, label=arm["name"])
        for rate in (rate for rate, loss in zip(explorer.rates, losses, strict=True) if math.isnan(loss)):
            _mark_end(ax, explorer, number, rate, math.inf)
    ax.set(xscale="log", xlabel="learning rate $\\eta$", title="last loss")


def _mark_end(ax: Axes, explorer: LearningRate, number: int, x: float, loss: float) -> None:
    """A crossed mark where a curve ended; those above the panel stand one below the other at its top."""
    low, high = explorer.span
    height = loss if loss < high else high * (low / high) ** (0.09 * number)
    color, _, head = LINES[number]
    for marker, edge, size in ((head, color, 8), ("x", "black", 10)):
        (mark,) = ax.plot(x, height, marker, color=edge, markersize=size, clip_on=False)
        mark.set(markerfacecolor="white", markeredgewidth=1.8)
        figures.decoration(mark)
