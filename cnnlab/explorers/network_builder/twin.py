"""The NetworkBuilder explorer on paper: where the parameters, the activations and the work are."""

from __future__ import annotations

from matplotlib.figure import Figure

from cnnlab import figures
from cnnlab.explorers.network_builder.widget import NetworkBuilder

TIMES = "\N{MULTIPLICATION SIGN}"
COUNTS = {"parameters": "parameters", "activations": "activations", "multiply-adds": "multiply_adds"}


def draw(explorer: NetworkBuilder) -> Figure:
    """Return a figure with a bar for each layer, and the number beside it.

    Args:
        explorer: with the settings to draw.
    """
    kinds, found = [layer["kind"] for layer in explorer.layers], explorer.rows()
    fig, axes = figures.subplots(1, 3, figsize=(12, 0.42 * len(kinds) + 1.6), sharey=True)
    places = range(len(kinds))
    for ax, (title, name) in zip(axes, COUNTS.items(), strict=True):
        values = [getattr(row, name) for row in found]
        ax.barh(range(len(values)), values, color=figures.COLORS[0], label=title)
        for place, value in enumerate(values):
            figures.decoration(ax.text(value, place, f" {value:,}", va="center"))
        ax.set(title=f"{title}: {sum(values):,}", xticks=[], xlim=(0, 1.45 * max(values, default=0) or 1))
    shapes = [TIMES.join(map(str, row.shape)) for row in found]
    shapes += ["does not fit"] * (len(kinds) - len(found))
    labels = [f"{place + 1} {kinds[place]}, {shapes[place]}" for place in places]
    axes[0].set(yticks=places, yticklabels=labels)
    axes[0].invert_yaxis()
    return fig
