"""The GradientFlow explorer on paper: the four networks of the chosen depth, named at their ends."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from cnnlab import figures
from cnnlab.explorers.gradient_flow.widget import GradientFlow, name

# Of residual with and without, plain with and without batch norm: color, dashes and mark, as in the browser.
COLORS = (figures.COLORS[1], figures.COLORS[2], figures.COLORS[0], "black")
LINES = tuple(zip(COLORS, ("-", ":", "--", "-."), ("s", "^", "o", "D"), strict=True))
GAP = 0.09


def draw(explorer: GradientFlow) -> Figure:
    """Return a figure with the norm of the gradient by convolution for the four networks of the depth.

    Args:
        explorer: with the settings to draw.
    """
    fig, ax = figures.subplots(figsize=(9, 4.2))
    arms = explorer.arms()
    low, high = np.log10(explorer.span)
    for arm, (color, dashes, head) in zip(arms, LINES, strict=True):
        norms = np.array(arm["norms"])
        layers = np.arange(1, len(norms) + 1)
        ends = [0, len(norms) - 1]
        ax.plot(layers, norms, color=color, linestyle=dashes, marker=head, markevery=ends, label=name(arm))
    last = len(arms[0]["norms"])
    ax.set(yscale="log", xlabel="convolution, from the picture", ylabel="norm of the gradient")
    ax.set(title=f"depth {explorer.depth}", ylim=(10**low, 10**high), xlim=(1 - 0.03 * last, 1.6 * last))
    ax.set_xticks([tick for tick in ax.get_xticks() if 1 <= tick <= last])
    _name_ends(ax, [(name(arm), arm["norms"][-1]) for arm in arms], last, low, high)
    return fig


def _name_ends(ax: Axes, named: list[tuple[str, float]], last: int, low: float, high: float) -> None:
    """Write each name beside its line's last point, moved up where it would cover the one below."""
    free = low
    heights = [max(np.log10(norm), low) if norm else low for _, norm in named]
    for arm in np.argsort(heights, kind="stable"):
        height = max(heights[arm], free)
        figures.label_line(ax, 1.02 * last, 10**height, named[arm][0], COLORS[arm], va="center")
        free = height + GAP * (high - low)
