"""Outlines of the parametric shapes: each says how far a point lies outside (positive) or inside (negative).

Every outline lies in the circle of radius 1 about the origin; x runs to the right, y downward. Most are
unions (``minimum``) and intersections (``maximum``) of discs, boxes and half-planes. Only sums, products,
roots, minima and maxima occur, which processors round alike. The value is the distance near an edge, but
not near a corner.
"""

from __future__ import annotations

from collections.abc import Callable
from math import cos, pi, sin, sqrt

import torch
from torch import Tensor

Outline = Callable[[Tensor, Tensor], Tensor]


def _disc(x: Tensor, y: Tensor, radius: float = 1.0) -> Tensor:
    return (x * x).add_(y * y).sqrt_().sub_(radius)


def _box(x: Tensor, y: Tensor, left: float, right: float, top: float, bottom: float) -> Tensor:
    across = (x - (left + right) / 2).abs_().sub_((right - left) / 2)
    down = (y - (top + bottom) / 2).abs_().sub_((bottom - top) / 2)
    return torch.maximum(across, down, out=across)


def _lines(x: Tensor, y: Tensor, count: int, distance: float) -> list[Tensor]:
    """Signed distances to the sides of a regular polygon with a tip up; ``distance`` is its inner radius."""
    angles = [pi / 2 + pi * (2 * side + 1) / count for side in range(count)]
    return [(x * cos(angle)).sub_(y * sin(angle)).sub_(distance) for angle in angles]


def _square(x: Tensor, y: Tensor) -> Tensor:
    half = sqrt(0.5)
    return _box(x, y, -half, half, -half, half)


def _triangle(x: Tensor, y: Tensor) -> Tensor:
    first, second, third = _lines(x, y, 3, 0.5)
    return torch.maximum(torch.maximum(first, second), third)


def _star(x: Tensor, y: Tensor) -> Tensor:
    # Five long lines make a pentagram: inside it, a point is beyond at most one of them.
    greatest, second = x.new_full((), -9.0), x.new_full((), -9.0)
    for line in _lines(x, -y, 5, cos(2 * pi / 5)):
        second = torch.maximum(second, torch.minimum(greatest, line))
        greatest = torch.maximum(greatest, line)
    return second


def _ring(x: Tensor, y: Tensor) -> Tensor:
    return _disc(x, y, 0.775).abs_().sub_(0.225)


def _cross(x: Tensor, y: Tensor) -> Tensor:
    long, short = 0.95, sqrt(1 - 0.95**2)
    return torch.minimum(_box(x, y, -long, long, -short, short), _box(x, y, -short, short, -long, long))


def _bar(x: Tensor, y: Tensor) -> Tensor:
    return _box(x, y, -0.94, 0.94, -0.34, 0.34)


def _half_disc(x: Tensor, y: Tensor) -> Tensor:
    shifted = y - 0.5
    return torch.maximum(_disc(x, shifted, 0.86), shifted)


def _crescent(x: Tensor, y: Tensor) -> Tensor:
    return torch.maximum(_disc(x, y), _disc(x - 0.45, y, 0.72).neg_())


def _arrow(x: Tensor, y: Tensor) -> Tensor:
    # The head: right of its base at x = 0, and inside two slanted edges that meet at the tip (1, 0).
    slant = sqrt(0.5)
    head = torch.maximum((y.abs() + x).sub_(1).mul_(slant), -x)
    return torch.minimum(head, _box(x, y, -0.95, 0.3, -0.3, 0.3))


def _heart(x: Tensor, y: Tensor) -> Tensor:
    # A square on its tip, with a disc on each of the two upper sides.
    side, down = 1.0, y - 0.25
    across = x.abs()
    diamond = (across + down.abs()).sub_(side * sqrt(0.5)).mul_(sqrt(0.5))
    offset = side * sqrt(0.125)
    return torch.minimum(diamond, _disc(across - offset, down + offset, side / 2))


def _corner(x: Tensor, y: Tensor) -> Tensor:
    half = sqrt(0.5)
    return torch.maximum(_box(x, y, -half, half, -half, half), torch.minimum(x + 0.15, 0.15 - y))


OUTLINES: dict[str, Outline] = {
    "disc": _disc,
    "square": _square,
    "triangle": _triangle,
    "star": _star,
    "ring": _ring,
    "cross": _cross,
    "bar": _bar,
    "half_disc": _half_disc,
    "crescent": _crescent,
    "arrow": _arrow,
    "heart": _heart,
    "corner": _corner,
}
SHAPES = tuple(OUTLINES)
