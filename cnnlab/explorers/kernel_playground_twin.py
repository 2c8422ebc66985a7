"""The KernelPlayground explorer on paper: kernel, photograph and result side by side."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from cnnlab import figures


def draw(
    picture: np.ndarray,
    kernel: Sequence[Sequence[float]],
    results: np.ndarray,
    *,
    title: str,
    after: str,
) -> Figure:
    """Return a figure with the kernel, the photograph and the filtered photograph.

    Args:
        picture: the photograph, shape (H, W), in [0, 1].
        kernel: rows of weights.
        results: the filtered photograph before clipping, shape (H, W).
        title: name of the kernel.
        after: what is done to the weighted sum, in words.
    """
    fig, axes = figures.subplots(1, 3, figsize=(11, 4.8), width_ratios=(3, 4, 4))
    _draw_kernel(axes[0], np.asarray(kernel, dtype=float))
    axes[0].set(title=title, xlabel=after)
    for ax, name, values in ((axes[1], "photograph", picture), (axes[2], "result", results)):
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
