"""Random erasing: a rectangle of each picture is painted over."""

from __future__ import annotations

from dataclasses import dataclass
from math import log
from typing import ClassVar

import torch
from torch import Tensor

from cnnlab.augmentation.base import Augmentation
from cnnlab.augmentation.checks import Range, Size, check_fill, check_number, check_range
from cnnlab.augmentation.draws import happens, uniform, whole


@dataclass(frozen=True)
class RandomErasing(Augmentation):
    """Paint a rectangle of each picture over with chance ``p``.

    The rectangle's area is drawn uniformly, its ratio uniformly in the logarithm among those with which it
    fits, its place evenly among all; sides are rounded to whole pixels, at least one.
    Parameters are int64: ``top``, ``left``, ``height`` and ``width`` in pixels; nothing is erased where
    height and width are 0.

    Attributes:
        p: chance, in [0, 1].
        area: range of the rectangle's share of the picture, above 0, at most 1.
        ratio: range of its height over its width, above 0.
        fill: its new value, in the unit of the pictures.

    Raises:
        TypeError: a range is not a pair of numbers, or something else not a number.
        ValueError: ends out of order, or numbers outside what is said above.

    Source:
        Zhong, Zheng, Kang, Li and Yang, "Random Erasing Data Augmentation", AAAI 2020, algorithm 1, which
        draws ratios evenly and draws again, area included, where the rectangle does not fit.

    Example:
        >>> RandomErasing().apply(torch.ones(1, 1, 2, 4), torch.tensor([[0, 1, 1, 2]]))
        tensor([[[[1., 0., 0., 1.],
                  [1., 1., 1., 1.]]]])
    """

    columns: ClassVar[tuple[str, ...]] = ("top", "left", "height", "width")
    p: float = 0.5
    area: Range = (0.02, 0.33)
    ratio: Range = (0.3, 3.3)
    fill: float = 0.0

    def __post_init__(self) -> None:
        check_number("p", self.p, 0, 1)
        for name in ("area", "ratio"):
            check_range(name, getattr(self, name))
        if not 0 < self.area[0] <= self.area[1] <= 1:
            raise ValueError(f"area must lie above 0 and at most at 1, got {self.area!r}")
        if self.ratio[0] <= 0:
            raise ValueError(f"ratio must be above 0, got {self.ratio!r}")
        check_number("fill", self.fill)

    def _draw(self, count: int, size: Size, generator: torch.Generator | None) -> Tensor:
        erased = happens(self.p, count, generator)
        pixels = uniform(self.area, count, generator) * (size[0] * size[1])
        root = (self._log_ratios(pixels, size, generator) / 2).exp()
        height = (pixels.sqrt() * root).round().long().clamp(1, size[0])
        width = (pixels.sqrt() / root).round().long().clamp(1, size[1])
        top = whole(0, size[0] - height, count, generator)
        left = whole(0, size[1] - width, count, generator)
        return torch.stack((top, left, height * erased, width * erased), 1)

    def _log_ratios(self, pixels: Tensor, size: Size, generator: torch.Generator | None) -> Tensor:
        """Return logarithms of ratios with which rectangles of so many pixels fit."""
        ends = log(self.ratio[0]), log(self.ratio[1])
        low = (pixels / size[1] ** 2).log().clamp(*ends)
        high = (size[0] ** 2 / pixels).log().clamp(*ends)
        return low + (high - low) * uniform((0.0, 1.0), len(pixels), generator)

    def _apply(self, images: Tensor, parameters: Tensor) -> Tensor:
        check_fill(self.fill, images.dtype)
        top, left, height, width = parameters.to(images.device)[:, :, None].unbind(1)
        rows = _between(images.shape[2], top, height)
        columns = _between(images.shape[3], left, width)
        erased = (rows.unsqueeze(2) & columns.unsqueeze(1)).unsqueeze(1)
        return torch.where(erased, images.new_full((), self.fill), images)


def _between(length: int, start: Tensor, count: Tensor) -> Tensor:
    positions = torch.arange(length, device=start.device)
    return (positions >= start) & (positions < start + count)
