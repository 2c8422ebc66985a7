"""The KernelPlayground explorer on paper: kernel, photograph and result side by side."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from cnnlab import figures
from cnnlab.explorers.kernel_playground.widget import KernelPlayground


def draw(explorer: KernelPlayground) -> Figure:
    """Return a figure with the kernel, the photograph and the filtered photograph.

    Args:
        explorer: with the settings to draw.
    """
    fig, axes = figures.subplots(1, 3, figsize=(11, 4.8), width_ratios=(3, 4, 4))
    _draw_kernel(axes[0], np.array(explorer.kernel))
    axes[0].set(title=explorer.preset(), xlabel=f"divided by {explorer.divisor:g}, plus {explorer.offset:g}")
    pictures = {"photograph": explorer.picture(), "result": explorer.output()}
    for ax, (name, values) in zip(axes[1:], pictures.items(), strict=True):
        ax.imshow(values, cmap="gray", vmin=0, vmax=1, label=name)
        ax.set(title=name, xticks=[], yticks=[])
    return fig


def _draw_kernel(ax: Axes, weights: np.ndarray) -> None:
    largest = np.abs(weights).max() or 1.0
    ax.imshow(weights, cmap="RdBu_r", vmin=-2 * largest, vmax=2 * largest, label="kernel")
    for row, column in np.ndindex(*weights.shape):
        number = f"{weights[row, column]:.4g}".replace("-", "\N{MINUS SIGN}")
        figures.decoration(ax.text(column, row, number, ha="center", va="center"))
    ax.set(xticks=[], yticks=[])
