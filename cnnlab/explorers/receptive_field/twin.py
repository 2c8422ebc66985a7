"""The ReceptiveField explorer on paper: rows of cells, and the cone below one unit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from cnnlab import figures
from cnnlab.explorers.receptive_field.stack import Level, feeding
from cnnlab.explorers.receptive_field.widget import ReceptiveField

TWO = figures.COLORS[1]
HEIGHT = 0.55


def draw(explorer: ReceptiveField) -> Figure:
    """Return a figure with a row of cells for each level and what the middle unit of the last one sees.

    Args:
        explorer: with the settings to draw.
    """
    layers, found, names = explorer.layers, explorer.levels(), explorer.names()
    fits = layers[: len(found) - 1]
    unit = found[-1].length // 2
    fig, ax = figures.subplots(figsize=(12, 0.72 * len(names) + 1.1))
    seen = feeding(fits, [level.length for level in found], unit)
    for row, (level, cells) in enumerate(zip(found, seen, strict=True)):
        _draw_row(ax, row, level, cells)
    # A unit that sees only padding has nothing below it.
    for row in (row for row in range(len(found) - 1) if seen[row] and seen[row + 1]):
        _draw_cone(ax, row, (found[row], seen[row]), (found[row + 1], seen[row + 1]))
    ticks = [
        f"{name}\nfield {level.field}, jump {level.jump}" for name, level in zip(names, found, strict=False)
    ]
    missing = [f"{name}\ndoes not fit" for name in names[len(found) : len(found) + 1]]
    ax.set_yticks(range(len(ticks + missing)), ticks + missing)
    ax.set(ylim=(-0.5, len(ticks + missing) - 0.4), xlabel="input cell")
    ax.set_title(f"unit {unit} of the top row: receptive field of {found[-1].field}")
    ax.set_xticks(range(0, found[0].length, 1 + found[0].length // 17))  # at most 17 numbers fit
    ax.spines[["left", "bottom"]].set_visible(False)
    ax.tick_params(length=0)
    return fig


def _edges(level: Level, cell: int) -> tuple[float, float]:
    """Left and right edge of a unit: it stands over the middle of its field and is one jump wide."""
    centre = level.start + (level.field - 1) / 2 + cell * level.jump
    return centre - level.jump / 2, centre + level.jump / 2


def _draw_row(ax: Axes, row: int, level: Level, seen: Sequence[int]) -> None:
    outside = [cell for cell in seen if not 0 <= cell < level.length]
    for cell in [*range(level.length), *outside]:
        left, right = _edges(level, cell)
        style: dict[str, Any] = {
            "facecolor": "white",
            "edgecolor": "#4D4D4D",
            "linestyle": ":" if cell in outside else "-",
        }
        if cell in seen:
            style |= {"facecolor": "#F7D9C4", "edgecolor": TWO, "hatch": "///"}
        size = (right - left, HEIGHT)
        figures.decoration(ax.add_patch(Rectangle((left, row - HEIGHT / 2), *size, **style)))
    ax.plot(
        [_edges(level, cell)[0] for cell in seen],
        [row] * len(seen),
        alpha=0,
        label=f"cells seen in row {row}",
    )


def _draw_cone(
    ax: Axes, row: int, below: tuple[Level, Sequence[int]], above: tuple[Level, Sequence[int]]
) -> None:
    for end in (0, 1):
        pick = (min, max)[end]
        feet = [_edges(level, pick(cells))[end] for level, cells in (below, above)]
        line = ax.plot(feet, [row + HEIGHT / 2, row + 1 - HEIGHT / 2], color=TWO, linewidth=1.5)
        figures.decoration(line[0])
