"""The Orientation explorer on paper: what the filter sees, and the curve of its answers."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from cnnlab import figures
from cnnlab.explorers.orientation import oriented
from cnnlab.explorers.orientation.widget import GRADIENT, Orientation

ONE, TWO, THREE = figures.COLORS[:3]


def draw(explorer: Orientation) -> Figure:
    """Return a figure with picture, filter, response and tuning curve, or with the edge and its gradient.

    Args:
        explorer: with the settings to draw.
    """
    return _draw_edge(explorer) if explorer.mode == GRADIENT else _draw_gabor(explorer)


def _draw_gabor(explorer: Orientation) -> Figure:
    """Picture, filter and response, and below the tuning curve."""
    picture, angle, stimulus, curve = explorer.picture(), explorer.angle, explorer.stimulus, explorer.tuning()
    fig, axes = figures.subplots(2, 3, figsize=(9, 6.4), height_ratios=(5, 4))
    weights = oriented.gabor(angle, explorer.wavelength)
    largest = float(np.abs(weights).max())
    limits = {stimulus: (0.0, 1.0), f"filter at {angle:g}°": (-largest, largest)}
    answers, most = oriented.response(picture, weights), 2 * max(curve)
    limits["response, grey is 0"] = (-most, most)
    for ax, (name, (low, high)), values in zip(
        axes[0], limits.items(), (picture, weights, answers), strict=True
    ):
        ax.imshow(values, cmap="gray", vmin=low, vmax=high, label=name)
        ax.set(title=name, xticks=[], yticks=[])
    _draw_curve(fig, axes[1], curve, (angle, explorer.strength()))
    return fig


def _below(fig: Figure, lower: np.ndarray) -> Axes:
    """One wide panel in place of the second row."""
    for ax in lower:
        ax.remove()
    return fig.add_subplot(lower[0].get_gridspec()[1, :])


def _draw_curve(fig: Figure, lower: np.ndarray, curve: list[float], now: tuple[float, float]) -> None:
    ax = _below(fig, lower)
    ax.plot(oriented.ANGLES, curve, color=THREE, label="tuning curve")
    ax.plot(*[[number] for number in now], "o", color="black", label="the angle above")
    ax.set(title="tuning curve", xlabel="angle of the filter in degrees", ylabel="strength of response")
    ax.set_ylim(0, 1.1 * max(curve) or 1)
    ax.legend(loc="best")


def _draw_edge(explorer: Orientation) -> Figure:
    """The edge with its gradient as an arrow, and the gradient at every turn."""
    picture, gradient, turn = explorer.picture(), explorer.gradient(), explorer.turn
    contrast = explorer.contrast
    fig, (left, right) = figures.subplots(1, 2, figsize=(10, 4.2), width_ratios=(2, 3))
    left.imshow(picture, cmap="gray", vmin=0, vmax=1, label="edge")
    middle = len(picture) // 2
    window = Rectangle((middle - 1.5, middle - 1.5), 3, 3, fill=False, edgecolor=TWO, linewidth=3)
    figures.decoration(left.add_patch(window))
    tip = [middle + 2 * middle * part for part in gradient]
    arrow = {"arrowstyle": "-|>", "color": ONE, "linewidth": 4, "mutation_scale": 22}
    figures.decoration(left.annotate("", tip, (middle, middle), arrowprops=arrow))
    left.set(title=f"edge at {turn:g}°, gradient", xticks=[], yticks=[])
    turns = np.array(oriented.TURNS)
    parts = np.array(
        [oriented.sobel_gradient(oriented.edge(angle, contrast, len(picture))) for angle in turns]
    )
    for name, values, dashes, color in (
        ("x, to the right", parts[:, 0], "--", ONE),
        ("y, downward", parts[:, 1], ":", TWO),
        ("magnitude", np.hypot(*parts.T), "-", THREE),
    ):
        right.plot(turns, values, dashes, color=color, label=name)
    figures.decoration(right.axvline(turn, ymax=0.85, color="black", linestyle="--", linewidth=1))
    right.set(
        title="gradient at every turn", xlabel="turn of the edge in degrees", ylabel="grey levels per pixel"
    )
    right.set_ylim(-0.6 * contrast, 0.9 * contrast)
    right.legend(loc="upper center", ncols=3)
    return fig
