"""Drawings of networks: boxes to scale in the order of computation, with sizes, kernels and shortcuts."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from textwrap import wrap
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Circle, PathPatch, Polygon, Rectangle
from matplotlib.path import Path

from cnnlab.figures.stages import Box, Unit, read_units
from cnnlab.figures.style import decoration, described, subplots

# Everything is laid out in inches, so that a text's width is known.
TALLEST, WIDEST, LETTER, LINE = 1.35, 0.6, 0.104, 0.21
ROW_WIDTH = 10.5
SLANT = 0.16
FONT = 12
FILLS = {"input": "#E5E5E5", "convolution": "#9FCBE8", "pooling": "#F5C9A0", "dense": "#A5DCC5"}
NOTE = "Above: (C, H, W). To scale: height H, depth W, width the square root of C."


def network(network: Any, input_shape: Sequence[int], *, fold: bool = True) -> Figure:
    """Return a drawing of a network: a box for what comes out of each layer, from left to right.

    Above stands (C, H, W), once for boxes of one shape, and the number of features behind a dense layer;
    below, from top to bottom, what makes a box of the one before: the kernel of a convolution or pooling,
    its stride where it is not 1 or the window, and what follows (norm is batch normalisation). Shortcuts
    go over the boxes that they pass by, to the sum; on them stands what they do, if anything.

    Args:
        network: a PyTorch module that ``geometry.from_module`` can read, or a layer, a chain or a graph.
        input_shape: (C, H, W) of the picture.
        fold: draw blocks or layers that are alike and follow each other once, with their number.

    Returns:
        A figure for ``figures.show``, of one row of boxes or several; it is described in words, by layers.

    Raises:
        TypeError: ``input_shape`` is not three integers, or ``network`` is no network.
        ValueError: a layer is unknown or does not fit; the sentence names it.

    Example:
        >>> from torch import nn
        >>> from cnnlab import figures
        >>> fig = figures.network(nn.Sequential(nn.Conv2d(1, 6, 5), nn.Tanh(), nn.AvgPool2d(2)), (1, 32, 32))
        >>> print(figures.describe(fig, "structure"))
        panel 1
          input (1, 32, 32)
          5×5, tanh (6, 28, 28)
          average pool, 2×2 (6, 14, 14)
    """
    units = read_units(network, input_shape, fold=fold)
    rows = _rows(units, _Scale(units))
    width = max(row.width for row in rows)
    note = wrap(NOTE, round(width / 0.092))
    height = sum(row.height for row in rows) + LINE * len(note) + 0.1
    fig, ax = subplots(figsize=(width + 0.2, height), layout="none")
    ax.set_position((0, 0, 1, 1))
    ax.set(xlim=(-0.1, width + 0.1), ylim=(0, height))
    ax.set_axis_off()
    top = height
    for row in rows:
        row.draw(ax, top, ends=(row is rows[0], row is rows[-1]))
        top -= row.height
    ax.text(0, 0.06, "\n".join(note), fontsize=FONT, va="bottom", color="#4D4D4D")
    return fig


class _Scale:
    """Inches for a network's rows, columns and channels."""

    def __init__(self, units: list[Unit]) -> None:
        shapes = [box.shape for unit in units for box in unit.boxes]
        self.pixel = TALLEST / max(max(shape[1:]) for shape in shapes)
        self.channel = min(0.06, WIDEST / max(shape[0] for shape in shapes) ** 0.5)

    def box(self, box: Box) -> tuple[float, float, float]:
        """Return width, height and depth; a sum is a circle."""
        if box.kind == "sum":
            return 0.26, 0.26, 0.0
        channels, rows, columns = box.shape
        return self.channel * channels**0.5, self.pixel * rows, SLANT * self.pixel * columns


def _text_width(words: Sequence[str]) -> float:
    return LETTER * max(map(len, words), default=0)


def _below(box: Box) -> list[str]:
    """The words below a box; a sum's sign is its picture."""
    return box.words[1:] if box.kind == "sum" else box.words


def _slot(unit: Unit, box: Box, scale: _Scale) -> float:
    """What a box and the words below it take of a row."""
    width, _, depth = scale.box(box)
    times = _text_width([_times(unit)]) / len(unit.boxes)
    return max(width + depth + 0.16, _text_width(_below(box)) + 0.1, times)


def _times(unit: Unit) -> str:
    return f"{unit.count} times" if unit.count > 1 else ""


class _Row:
    """Units side by side, each box with its slot: where it begins and how wide it is."""

    def __init__(self, units: list[Unit], scale: _Scale) -> None:
        self.units, self.scale = units, scale
        self.boxes = [box for unit in units for box in unit.boxes]
        slots = [_slot(unit, box, scale) for unit in units for box in unit.boxes]
        self.spans = [list(span) for _, span in groupby(range(len(slots)), lambda i: self.boxes[i].size)]
        for span in self.spans:  # a size that needs more room than its boxes
            missing = _text_width([self.boxes[span[0]].size]) + 0.12 - sum(slots[i] for i in span)
            for i in span:
                slots[i] += max(0.0, missing) / len(span)
        self.starts = [sum(slots[:i]) for i in range(len(slots))]
        self.slots, self.width = slots, sum(slots)
        self.above = LINE + 0.22 + (0.42 if any(unit.arcs for unit in units) else 0)
        self.tall = max(height + depth for _, height, depth in map(scale.box, self.boxes))
        self.lines = max(len(_below(box)) for box in self.boxes)
        self.counted = any(unit.count > 1 for unit in units)
        self.height = self.above + self.tall + LINE * (self.lines + 1.6 * self.counted) + 0.3

    def centre(self, index: int) -> float:
        return self.starts[index] + self.slots[index] / 2

    def draw(self, ax: Axes, top: float, *, ends: tuple[bool, bool]) -> None:
        axis, below = top - self.above - self.tall / 2, top - self.above - self.tall - 0.08
        line = [self.centre(0) if ends[0] else 0, self.centre(len(self.boxes) - 1) if ends[1] else self.width]
        decoration(ax.plot(line, [axis, axis], color="#4D4D4D", linewidth=1.5, zorder=0)[0])
        first = 0
        for unit in self.units:
            for index, box in enumerate(unit.boxes, start=first):
                patch = self._draw_box(ax, box, self.centre(index), axis)
                described(patch, unit.described()) if index == first else decoration(patch)
                for number, words in enumerate(_below(box), start=1):
                    _write(ax, self.centre(index), below - LINE * number, words)
            for arc in unit.arcs:
                self._draw_arc(ax, first + arc.start, first + arc.end, axis, arc.words)
            last = first + len(unit.boxes) - 1
            if unit.count > 1:
                left, right = self.starts[first] + 0.06, self.starts[last] + self.slots[last] - 0.06
                _bracket(ax, left, right, below - LINE * self.lines - 0.16, _times(unit))
            first = last + 1
        for span in self.spans:
            self._draw_size(ax, span, top)

    def _draw_size(self, ax: Axes, span: list[int], top: float) -> None:
        left, right = self.starts[span[0]], self.starts[span[-1]] + self.slots[span[-1]]
        _write(ax, (left + right) / 2, top - 0.08, self.boxes[span[0]].size, va="top", weight="bold")
        y = top - 0.12 - LINE
        decoration(ax.plot([left + 0.05, right - 0.05], [y, y], color="#4D4D4D", linewidth=1)[0])

    def _draw_box(self, ax: Axes, box: Box, x: float, y: float) -> Any:
        """Draw a box with its middle at (x, y) and return its front."""
        if box.kind == "sum":
            _write(ax, x, y, "+", va="center_baseline", zorder=4)
            return ax.add_patch(Circle((x, y), 0.13, facecolor="white", edgecolor="black", zorder=3))
        width, height, depth = self.scale.box(box)
        left, low, fill = x - (width + depth) / 2, y - (height + depth) / 2, FILLS[box.kind]
        right, high = left + width, low + height
        lid = [(left, high), (left + depth, high + depth), (right + depth, high + depth), (right, high)]
        side = [(right, high), (right + depth, high + depth), (right + depth, low + depth), (right, low)]
        style: Any = {"edgecolor": "black", "linewidth": 0.8}
        front = ax.add_patch(Rectangle((left, low), width, height, facecolor=fill, zorder=2, **style))
        for corners in (lid, side):
            decoration(ax.add_patch(Polygon(corners, facecolor=fill, zorder=2, **style)))
        return front

    def _draw_arc(self, ax: Axes, start: int, end: int, axis: float, words: str) -> None:
        left = (self.starts[start] + self.slots[start]) if start >= 0 else 0.0
        right, high, r = self.centre(end), axis + self.tall / 2 + 0.1, 0.12
        corners = [(left, axis), (left, high - r), (left, high), (left + r, high)]
        corners += [(right - r, high), (right, high), (right, high - r), (right, axis + 0.13)]
        codes = [Path.MOVETO, Path.LINETO, Path.CURVE3, Path.CURVE3, Path.LINETO, Path.CURVE3, Path.CURVE3]
        path = Path(corners, [*codes, Path.LINETO])
        decoration(ax.add_patch(PathPatch(path, fill=False, edgecolor="#D55E00", linewidth=2, zorder=1)))
        _write(ax, (left + right) / 2, high + 0.03, words, va="bottom")


def _rows(units: list[Unit], scale: _Scale) -> list[_Row]:
    """Units in as few rows as hold them, of about one width."""
    whole = _Row(units, scale).width
    count = -int(-whole // ROW_WIDTH)
    limit, rows = whole / count, list[list[Unit]]()
    while not rows or len(rows) > count:
        rows, limit = [[units[0]]], limit + 0.1
        for unit in units[1:]:
            if _Row([*rows[-1], unit], scale).width > limit:
                rows.append([])
            rows[-1].append(unit)
    return [_Row(row, scale) for row in rows]


def _write(ax: Axes, x: float, y: float, words: str, **options: Any) -> None:
    decoration(ax.text(x, y, words, ha="center", fontsize=FONT, **options))


def _bracket(ax: Axes, left: float, right: float, y: float, words: str) -> None:
    corners = [left, left, right, right], [y + 0.06, y, y, y + 0.06]
    decoration(ax.plot(*corners, color="#4D4D4D", linewidth=1.5)[0])
    _write(ax, (left + right) / 2, y - 0.04, words, va="top", weight="bold")
