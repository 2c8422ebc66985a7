"""The ExamplesCurve explorer on paper: a panel for each number of examples, the curves, training pictures."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from cnnlab import figures
from cnnlab.explorers.examples_curve.accuracies import Arm, range_of
from cnnlab.explorers.examples_curve.sheet import SIDE, unpacked
from cnnlab.explorers.examples_curve.widget import ExamplesCurve

COLUMNS = 4
Style = tuple[str, Any, str]
STYLES: tuple[Style, ...] = tuple(
    zip(
        (*figures.COLORS[:3], "black", "#a8447f", "#595959"),
        ("-", "--", ":", "-.", (0, (6, 2)), (0, (2, 2))),
        ("o", "s", "^", "D", "v", "P"),
        strict=True,
    )
)


def draw(explorer: ExamplesCurve) -> Figure:
    """Return a figure with every seed at each number of examples, all curves, and the training pictures.

    Args:
        explorer: with the settings to draw.
    """
    panels = len(explorer.counts) + 2
    columns = min(COLUMNS, math.ceil(panels / 2))
    rows, arms = math.ceil(panels / columns), explorer.chosen()
    size = (4 * columns, rows * (0.44 * max(4, len(arms)) + 1.6))
    fig, grid = figures.subplots(rows, columns, figsize=size, squeeze=False)
    axes = list(grid.ravel())
    chance = 100 / len(explorer.classes)
    styles = [STYLES[explorer.arms.index(arm)] for arm in arms]
    for place, (ax, count) in enumerate(zip(axes, explorer.counts, strict=False)):
        _draw_seeds(ax, arms, styles, place)
        figures.decoration(ax.axvline(chance, color="#595959", linestyle=":", linewidth=1.4))
        ax.set(
            title=f"{count} a class", xlim=(explorer.span[0] - 1, explorer.span[1] + 1), xlabel="accuracy, %"
        )
        ax.tick_params(labelleft=not place % columns)
    figures.decoration(axes[0].text(chance, -0.75, " chance", va="top", fontsize=10))
    _draw_curves(axes[panels - 2], explorer, styles)
    _draw_pictures(axes[panels - 1], explorer)
    for ax in axes[panels:]:
        ax.remove()
    return fig


def _draw_seeds(ax: Axes, arms: list[Arm], styles: list[Style], place: int) -> None:
    """A row for each arm: its seeds, and a filled mark on their mean."""
    for row, (arm, (color, _, head)) in enumerate(zip(arms, styles, strict=True)):
        seeds = arm["seeds"][place] or [math.nan]
        ax.plot(seeds, [row] * len(seeds), "o-", color=color, markerfacecolor="white", label=arm["name"])
        if found := range_of(arm["seeds"][place]):
            figures.decoration(ax.plot(found["mean"], row, head, color=color, markersize=9)[0])
            words = f"{found['low']:.1f} to {found['high']:.1f}"
            figures.decoration(
                ax.text(found["mean"], row - 0.2, words, ha="center", va="bottom", fontsize=10)
            )
    ax.set(yticks=range(len(arms)), yticklabels=[arm["name"] for arm in arms])
    ax.set_ylim(len(arms) - 0.4, -0.8)


def _draw_curves(ax: Axes, explorer: ExamplesCurve, styles: list[Style]) -> None:
    for arm, (color, dashes, head) in zip(explorer.chosen(), styles, strict=True):
        means = [float(np.mean(seeds)) if seeds else math.nan for seeds in arm["seeds"]]
        ax.plot(explorer.counts, means, color=color, linestyle=dashes, marker=head, label=arm["name"])
    ax.set(title="means", xscale="log", xlabel="examples a class", ylim=explorer.span)
    ax.set_xticks(explorer.counts, list(map(str, explorer.counts)))
    ax.minorticks_off()


def _draw_pictures(ax: Axes, explorer: ExamplesCurve) -> None:
    ax.imshow(unpacked(explorer.packed()), label="training pictures")
    rows = (np.arange(len(explorer.classes)) + 0.5) * SIDE
    ax.set(title=f"{explorer.stored} training pictures a class", xticks=[], yticks=rows)
    ax.set_yticklabels(explorer.classes)
    ax.yaxis.tick_right()
