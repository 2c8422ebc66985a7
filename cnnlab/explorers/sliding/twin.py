"""The Sliding explorer on paper: several shifts side by side, the whole result below."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from cnnlab import figures
from cnnlab.explorers.sliding.overlap import SEQUENCES, Function, functions, moved, overlap, slide
from cnnlab.explorers.sliding.widget import Sliding

SHIFTS = (-1.0, -0.5, 0.0, 0.5, 1.0)
WINDOW = (-3.0, 3.0)
# Stems of f and g stand beside each other, not on each other.
ASIDE = 0.18
ONE, TWO, THREE = figures.COLORS[:3]


def _layout(columns: int) -> tuple[Figure, list[Axes], Axes]:
    """A row of panels with one height scale, and a wide panel below."""
    fig, grid = figures.subplots(2, columns, figsize=(12, 6), sharey="row", squeeze=False)
    for ax in grid[1]:
        ax.remove()
    return fig, list(grid[0]), fig.add_subplot(grid[0][0].get_gridspec()[1, :])


def _minus(number: float) -> str:
    return f"{number:g}".replace("-", "\N{MINUS SIGN}")


def _names(flip: bool, open_: str, close: str) -> tuple[str, str]:
    inside, star, operation = (
        (r"t - \tau", "*", "convolution") if flip else (r"\tau - t", r"\star", "cross-correlation")
    )
    return f"$g{open_}{inside}{close}$", rf"the {operation} $(f {star} g){open_}t{close}$"


def draw(explorer: Sliding) -> Figure:
    """Return a figure with g at several shifts above and the whole result below.

    Args:
        explorer: with the settings to draw.
    """
    if explorer.pair == SEQUENCES:
        return _draw_sequences(explorer.f, explorer.g, flip=explorer.flip)
    pair = functions(explorer.pair, explorer.sigma_f, explorer.sigma_g)
    return _draw_functions(*pair, flip=explorer.flip)


def _draw_functions(f: Function, g: Function, *, flip: bool) -> Figure:
    """Five shifts of a continuous pair, each with its shaded area, and the result."""
    fig, panels, below = _layout(len(SHIFTS))
    slid_name, result_name = _names(flip, "(", ")")
    areas = [overlap(f, g, t, flip=flip) for t in SHIFTS]
    for ax, t, area in zip(panels, SHIFTS, areas, strict=True):
        _draw_shift(ax, f, moved(g, t, flip))
        ax.set(title=f"t = {_minus(t)}\narea {area:.3f}", xlabel=r"$\tau$", xticks=(-2, 0, 2))
    _name_lines(fig, panels[0], {"f": "$f$", "g, moved": slid_name, "product": "their product"})
    times = np.linspace(*WINDOW, 241)
    below.plot(times, [overlap(f, g, t, flip=flip) for t in times], color=THREE, label="result")
    below.plot(SHIFTS, areas, "o", color="black", clip_on=False, label="shifts above")
    below.set(title=f"the area for every t: {result_name}", xlabel="t", ylabel="area")
    below.set_ylim(0, 1.1 * max(areas))
    return fig


def _draw_shift(ax: Axes, f: Function, slid: Function) -> None:
    tau = np.linspace(*WINDOW, 1201)
    product = f.value(tau) * slid.value(tau)
    ax.fill_between(tau, product, facecolor=THREE, alpha=0.45, hatch="//", label="product")
    ax.plot(tau, f.value(tau), color=ONE, label="f")
    ax.plot(tau, slid.value(tau), color=TWO, linestyle="--", label="g, moved")
    ax.set_ylim(0, None)


def _name_lines(fig: Figure, ax: Axes, names: dict[str, str]) -> None:
    """One legend above all panels: within one, a name would touch its axis."""
    handles, labels = ax.get_legend_handles_labels()
    found = dict(zip(labels, handles, strict=True))
    fig.legend(
        [found[label] for label in names], names.values(), loc="outside upper center", ncols=len(names)
    )


def _draw_sequences(f: Sequence[float], g: Sequence[float], *, flip: bool) -> Figure:
    """Up to five shifts of the discrete pair with their sums, and the result."""
    shifts, sums = slide(f, g, flip=flip)
    shown = sorted({round(place) for place in np.linspace(0, len(shifts) - 1, min(5, len(shifts)))})
    fig, panels, below = _layout(len(shown))
    slid_name, result_name = _names(flip, "[", "]")
    for ax, place in zip(panels, shown, strict=True):
        _draw_stems(ax, f, g, shifts[place], flip)
        ax.set_title(f"t = {_minus(shifts[place])}\nsum {_minus(sums[place])}")
    _name_lines(fig, panels[0], {"f": "$f$", "g, moved": slid_name})
    figures.stems(below, sums, x=list(shifts), label="result", color=THREE)
    below.set(title=f"the sum for every t: {result_name}", xlabel="t", ylabel="sum")
    below.set_xticks(list(shifts))
    return fig


def _draw_stems(ax: Axes, f: Sequence[float], g: Sequence[float], t: int, flip: bool) -> None:
    steps = np.arange(len(g))
    positions = t - steps if flip else t + steps
    figures.stems(ax, f, x=np.arange(len(f)) - ASIDE, label="f", color=ONE)
    heads = figures.stems(ax, g, x=positions + ASIDE, label="g, moved", color=TWO)
    heads.set(marker="s", markerfacecolor="white")
    ax.set(xlabel=r"$\tau$", xlim=(-len(g), len(f) + len(g) - 1))
