"""The ResnetTable explorer on paper: where the parameters and the work of a residual network are."""

from __future__ import annotations

from matplotlib.figure import Figure

from cnnlab import figures
from cnnlab.explorers.resnet_table.widget import ResnetTable
from cnnlab.models.resnet_stages import Stage

TIMES = "\N{MULTIPLICATION SIGN}"


def draw(explorer: ResnetTable) -> Figure:
    """Return a figure with two bars for each part of the network, and the numbers beside them.

    Args:
        explorer: with the settings to draw.
    """
    rows = explorer.rows()
    fig, axes = figures.subplots(1, 2, figsize=(12, 0.5 * len(rows) + 1.3), sharey=True)
    places = range(len(rows))
    counts = {
        "million parameters": [row.parameters / 1e6 for row in rows],
        "G multiply-adds": [row.multiply_adds / 1e9 for row in rows],
    }
    for ax, color, (title, values) in zip(axes, figures.COLORS, counts.items(), strict=False):
        ax.barh(places, values, color=color, label=title)
        for place, value in zip(places, values, strict=True):
            share = f"  {value:.3f}, {100 * value / sum(values):.1f}\N{NO-BREAK SPACE}%"
            figures.decoration(ax.text(value, place, share, va="center"))
        ax.set(title=f"{sum(values):.3f} {title}", xticks=[], xlim=(0, 1.45 * max(values)))
    axes[0].set(yticks=places, yticklabels=[_words(row) for row in rows])
    axes[0].invert_yaxis()
    size, name = explorer.input_size, explorer.preset()
    stride = f", stride 2 in the {_crossed(explorer.stride_in)}" if "bottleneck" in explorer.kinds else ""
    fig.suptitle(f"{name}, {explorer.depth()} layers with weights, picture {size}{TIMES}{size}{stride}")
    return fig


def _words(row: Stage) -> str:
    blocks = f": {row.blocks} {row.kind}" if row.blocks else ""
    return f"{_crossed(row.name)}{blocks}, {TIMES.join(map(str, row.shape))}"


def _crossed(words: str) -> str:
    """The first x is a sign, that of "max pool" a letter."""
    return words.replace("x", TIMES, 1)
