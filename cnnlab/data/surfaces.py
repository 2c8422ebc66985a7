"""How textures lie and are coloured, on the shapes and behind them."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from cnnlab.data.placement import Ranges, uniform

# A textured background's light part is this much brighter than a plain background.
LIGHTER = 0.5
# Periods: the width of the widest tile with its mirror image.
AWAY = 56.0


@dataclass(frozen=True)
class Surface:
    """A texture's geometry and colours, one row for each of N pictures, on the CPU.

    Attributes:
        period: pixels in a period, (N,), float64.
        orientation: turn counterclockwise in degrees, (N,), float64.
        origin: a point where the pattern begins, x and y in pixels, (N, 2), float64.
        light: colour where the brightness is 1, (N, 3), float64 in [0, 1].
        dark: colour where the brightness is 0, likewise.
    """

    period: Tensor
    orientation: Tensor
    origin: Tensor
    light: Tensor
    dark: Tensor


def cover(count: int, size: int, ranges: Ranges, generator: torch.Generator) -> Surface:
    """Return the geometry and colours of the shapes' textures in pictures of ``size`` pixels."""
    period, orientation, origin = _lay(count, size, ranges, generator)
    light = colours(uniform(ranges.hue, count, generator), uniform(ranges.saturation, count, generator))
    return Surface(period, orientation, origin, light, _darker(light, ranges, generator))


def plain(count: int, size: int, ranges: Ranges, generator: torch.Generator) -> Surface:
    """Return grey backgrounds: a surface whose light and dark parts are alike."""
    period, orientation, origin = _lay(count, size, ranges, generator)
    grey = uniform(ranges.level, count, generator).unsqueeze(1).expand(count, 3)
    return Surface(period, orientation, origin, grey, grey)


def behind(surface: Surface, size: int, ranges: Ranges, generator: torch.Generator) -> Surface:
    """Return textured backgrounds, each in the colour opposite to that of the shape's surface."""
    count = len(surface.period)
    period, orientation, origin = _lay(count, size, ranges, generator)
    least = surface.light.amin(1, keepdim=True)
    shade = (uniform(ranges.level, count, generator) + LIGHTER).clamp(max=1).unsqueeze(1)
    light = (1 + least - surface.light) * shade
    return Surface(period, orientation, origin, light, _darker(light, ranges, generator))


def _lay(count: int, size: int, ranges: Ranges, generator: torch.Generator) -> tuple[Tensor, Tensor, Tensor]:
    """Period, orientation and origin, so far away that every picture sees another part of the pattern."""
    period = uniform(ranges.period, count, generator) * size
    orientation = uniform(ranges.orientation, count, generator)
    origin = uniform((-AWAY, 0), count, generator, columns=(2,)) * period.unsqueeze(1)
    return period, orientation, origin


def _darker(light: Tensor, ranges: Ranges, generator: torch.Generator) -> Tensor:
    return light * (1 - uniform(ranges.contrast, len(light), generator)).unsqueeze(1)


def colours(hue: Tensor, saturation: Tensor) -> Tensor:
    """Return red, green and blue, shape (N, 3), of colours of full brightness.

    Args:
        hue: place on the colour circle in [0, 1], shape (N,).
        saturation: strength in [0, 1], shape (N,).

    Example:
        >>> colours(torch.tensor([0.0, 1 / 3]), torch.tensor([1.0, 0.5]))
        tensor([[1.0000, 0.0000, 0.0000],
                [0.5000, 1.0000, 0.5000]])
    """
    turn = (hue.unsqueeze(1) * 6 + torch.tensor([0, 4, 2])) % 6
    pure = ((turn - 3).abs() - 1).clamp(0, 1)
    return 1 - saturation.unsqueeze(1) * (1 - pure)
