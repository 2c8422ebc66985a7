"""The CueMixer explorer on paper: pictures of each pair, and what networks say along the slider."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from cnnlab import figures
from cnnlab.explorers.cue_mixer.mixing import HALF, LAST, blended
from cnnlab.explorers.cue_mixer.widget import CueMixer

LINES = (("#0072B2", "-"), ("#D55E00", "--"), ("black", "-."))
NAMES = ("the shape's class", "the texture's class", "all other classes")
SHOWN = range(0, LAST + 1, HALF // 2)


def draw(explorer: CueMixer) -> Figure:
    """Return a figure with a row for each pair: five of its pictures, and a panel of curves for each network.

    Args:
        explorer: with the settings to draw.
    """
    networks, rows = explorer.networks, len(explorer.pairs)
    fig, grid = figures.subplots(
        rows,
        1 + len(networks),
        figsize=(5.4 + 3.3 * len(networks), 2.3 * rows + 1.0),
        width_ratios=(1.6, *[1] * len(networks)),
        squeeze=False,
    )
    for place, (left, *panels) in enumerate(grid):
        shape, texture, other = explorer.pairs[place]
        _draw_pictures(left, explorer.scene(place), f"{shape} with {texture}, texture of {other}")
        for ax, network in zip(panels, networks, strict=True):
            _draw_beliefs(ax, np.array(network["beliefs"][place]))
    for ax, network in zip(grid[0][1:], networks, strict=True):
        ax.set_title(network["name"])
    for row in grid:
        row[1].set_ylabel("probability")
    fig.legend(*grid[0][1].get_legend_handles_labels(), loc="outside upper center", ncols=len(NAMES))
    return fig


def _draw_pictures(ax: Axes, pictures: np.ndarray, title: str) -> None:
    """The pictures side by side, with a white line between them."""
    parts = [np.pad(blended(pictures, step), ((0, 0), (0, 0), (1, 1)), constant_values=255) for step in SHOWN]
    strip = np.concatenate(parts, axis=2).transpose(1, 2, 0)
    wide = strip.shape[1] / len(SHOWN)
    ax.imshow(strip, label="five pictures")
    ticks = [(place + 0.5) * wide - 0.5 for place in (0, len(SHOWN) // 2, len(SHOWN) - 1)]
    ax.set(title=title, yticks=[], xticks=ticks, xticklabels=("shape only", "conflict", "texture only"))


def _draw_beliefs(ax: Axes, found: np.ndarray) -> None:
    shape, texture, _ = found.T
    steps = np.arange(LAST + 1)
    for values, name, (color, dashes) in zip(
        (shape, texture, 1 - shape - texture), NAMES, LINES, strict=True
    ):
        ax.plot(steps, values, color=color, linestyle=dashes, label=name)
    ax.set(ylim=(-0.03, 1.03), yticks=(0, 0.5, 1), xticks=(0, HALF, LAST))
    ax.set_xticklabels(("shape", "conflict", "texture"))
