"""Photographs and recorded signals that ship with other packages, read without importing those."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch

from cnnlab._arguments import one_of, positive_int
from cnnlab.data.registry import cards, loaded_by, shipped_file

PHOTOGRAPHS = loaded_by("photograph")
SERIES = loaded_by("series")


def photograph(name: str, *, size: int | None = None) -> torch.Tensor:
    """Return a photograph that ships with scikit-image or scikit-learn.

    Args:
        name: one of ``PHOTOGRAPHS``, such as "camera" (grey, C = 1) or "coffee" (red, green, blue, C = 3).
        size: None for the whole picture; else its middle square is resized to ``size`` by ``size`` pixels.

    Returns:
        The picture, shape (C, H, W), float32 in [0, 1].

    Raises:
        TypeError: ``size`` is not an integer.
        ValueError: no such photograph, or ``size`` below 1.

    Example:
        >>> photograph("camera").shape
        torch.Size([1, 512, 512])
        >>> photograph("china", size=64).shape
        torch.Size([3, 64, 64])
    """
    from PIL import Image

    one_of("name", name, PHOTOGRAPHS)
    with Image.open(shipped_file(cards()[name])) as opened:
        picture = torch.from_numpy(np.array(opened)).float().div(255)
    picture = picture.unsqueeze(0) if picture.ndim == 2 else picture.permute(2, 0, 1).contiguous()
    return picture if size is None else _middle(picture, positive_int("size", size))


def _middle(picture: torch.Tensor, size: int) -> torch.Tensor:
    side = min(picture.shape[1:])
    top, left = ((length - side) // 2 for length in picture.shape[1:])
    square = picture[None, :, top : top + side, left : left + side]
    return torch.nn.functional.interpolate(square, (size, size), mode="bilinear", antialias=True)[0]


@dataclass(frozen=True)
class Series:
    """A recorded signal.

    Attributes:
        values: the samples, shape (L,), float32.
        interval: time between samples, in seconds.
        unit: unit of the values.
    """

    values: torch.Tensor
    interval: float
    unit: str

    @property
    def seconds(self) -> torch.Tensor:
        """Time of every sample, shape (L,), in seconds from the first."""
        return torch.arange(len(self.values)) * self.interval


def series(name: str) -> Series:
    """Return a recorded signal that ships with matplotlib.

    Args:
        name: "membrane", the membrane potential of a nerve cell in millivolts.

    Returns:
        The samples with their interval and unit.

    Raises:
        ValueError: no such series.

    Example:
        >>> len(series("membrane").values)
        12000
    """
    one_of("name", name, SERIES)
    tenths_of_volts = np.fromfile(shipped_file(cards()[name]), dtype="<f4")
    return Series(values=torch.from_numpy(tenths_of_volts * np.float32(100)), interval=0.0005, unit="mV")
