"""Where shapes lie: the ranges a reader chooses, and what is drawn from them."""

from __future__ import annotations

from dataclasses import dataclass, fields

import torch
from torch import Tensor

from cnnlab.augmentation.checks import Range, check_range

SHARES = ("position", "scale", "period", "hue", "saturation", "contrast", "level")


@dataclass(frozen=True)
class Ranges:
    """Lowest and highest value of what is drawn uniformly for every picture; equal ends fix it.

    Attributes:
        position: where the circle around the shape lies, across and down: 0 touches the left or upper border,
            1 the right or lower one.
        scale: diameter of the circle around the shape, as a share of the picture's side, above 0.
        rotation: turn of the shape, counterclockwise, in degrees.
        period: period of the texture, as a share of the picture's side, above 0.
        orientation: turn of the texture, counterclockwise, in degrees.
        hue: colour of the texture's light part on the colour circle (0 and 1 red, 1/3 green, 2/3 blue).
        saturation: strength of that colour, 0 for white.
        contrast: how much darker the texture's dark part is, 0 for plain colour, 1 for black.
        level: brightness of a plain background; a textured one is lighter by one half.

    Raises:
        TypeError: a range is not a pair of numbers.
        ValueError: its ends are not in order, not finite, or outside [0, 1] where it is a share.

    Example:
        >>> Ranges(rotation=(0, 0)).rotation
        (0, 0)
    """

    position: Range = (0.0, 1.0)
    scale: Range = (0.55, 0.85)
    rotation: Range = (-180.0, 180.0)
    period: Range = (0.12, 0.16)
    orientation: Range = (-15.0, 15.0)
    hue: Range = (0.0, 1.0)
    saturation: Range = (0.3, 0.7)
    contrast: Range = (0.6, 0.8)
    level: Range = (0.0, 0.1)

    def __post_init__(self) -> None:
        for field in fields(self):
            name, value = field.name, getattr(self, field.name)
            check_range(name, value)
            if name in SHARES and not 0 <= value[0] <= value[1] <= 1:
                raise ValueError(f"{name} must lie in [0, 1], got {value!r}")
            if name in ("scale", "period") and value[0] == 0:
                raise ValueError(f"{name} must be above 0, got {value!r}")


def uniform(ends: Range, count: int, generator: torch.Generator, *, columns: tuple[int, ...] = ()) -> Tensor:
    """Return numbers drawn uniformly between two ends, (count, *columns), float64."""
    low, high = ends
    share = torch.rand((count, *columns), generator=generator, dtype=torch.float64)
    return (low + (high - low) * share).clamp_(low, high)


@dataclass(frozen=True)
class Placement:
    """Where the shapes lie, one row for each of N pictures, on the CPU.

    Attributes:
        centre: middle of the circle around the shape, x and y in pixels from the upper left corner of the
            picture, (N, 2), float64.
        radius: radius of that circle in pixels, (N,), float64.
        rotation: turn counterclockwise in degrees, (N,), float64.
    """

    centre: Tensor
    radius: Tensor
    rotation: Tensor


def place(count: int, size: int, ranges: Ranges, generator: torch.Generator) -> Placement:
    """Return where the shapes lie in pictures of ``size`` pixels."""
    radius = uniform(ranges.scale, count, generator) * size / 2
    room = (size - 2 * radius).unsqueeze(1)
    centre = radius.unsqueeze(1) + uniform(ranges.position, count, generator, columns=(2,)) * room
    return Placement(centre, radius, uniform(ranges.rotation, count, generator))
