"""The KernelGrid explorer on paper: image, kernel and output side by side."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from cnnlab import figures
from cnnlab.explorers.kernel_grid.widget import KernelGrid

ONE, TWO = figures.COLORS[:2]
SOFT = "#595959"


def draw(explorer: KernelGrid) -> Figure:
    """Return a figure with the padded image, the kernel as it slides, and the whole output.

    Args:
        explorer: with the settings to draw.
    """
    padding, stride, place = explorer.padding, explorer.stride, (explorer.row, explorer.column)
    pixels, kernel = np.pad(np.array(explorer.image), padding), np.array(explorer.kernel)
    slid = kernel[::-1, ::-1] if explorer.turned() else kernel
    sums = np.array(explorer.output())
    widths = [matrix.shape[1] for matrix in (pixels, slid, sums)]
    height = max(len(matrix) for matrix in (pixels, slid, sums))
    fig, axes = figures.subplots(
        1, 3, figsize=(0.55 * sum(widths) + 1.6, 0.55 * height + 0.7), width_ratios=widths
    )
    turned = ", turned" if explorer.turned() else ""
    around = f", padding {padding}" if padding else ""
    _draw_cells(axes[0], pixels, f"input{around}", faded=padding)
    _draw_cells(axes[1], slid, f"kernel{turned}")
    _draw_cells(axes[2], sums, "output")
    _frame(axes[0], place[0] * stride, place[1] * stride, slid.shape)
    _frame(axes[2], *place, (1, 1))
    return fig


def _draw_cells(ax: Axes, numbers: np.ndarray, title: str, faded: int = 0) -> None:
    """A grid with a number in each cell; the ``faded`` outer cells are the padding."""
    rows, columns = numbers.shape
    ax.imshow(numbers, alpha=0)  # unseen, but the description reads it
    for row, column in np.ndindex(rows, columns):
        inside = faded <= row < rows - faded and faded <= column < columns - faded
        edge, dashes, ink = ("#4D4D4D", "-", "black") if inside else ("#8C8C8C", ":", SOFT)
        cell = Rectangle((column - 0.5, row - 0.5), 1, 1, fill=False, edgecolor=edge, linestyle=dashes)
        figures.decoration(ax.add_patch(cell))
        number = f"{numbers[row, column]:.4g}".replace("-", "\N{MINUS SIGN}")
        figures.decoration(ax.text(column, row, number, ha="center", va="center", color=ink))
    ax.set(title=title, xlim=(-0.6, columns - 0.4), ylim=(rows - 0.4, -0.6), anchor="N")
    ax.axis("off")


def _frame(ax: Axes, row: int, column: int, size: tuple[int, ...]) -> None:
    frame = Rectangle(
        (column - 0.5, row - 0.5), size[1], size[0], fill=False, edgecolor=TWO, linewidth=4, zorder=3
    )
    figures.decoration(ax.add_patch(frame))
