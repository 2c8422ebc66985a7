"""Recorded signals that ship with matplotlib."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch

from cnnlab._arguments import one_of
from cnnlab.data.registry import cards, shipped_file

SERIES = ("membrane",)


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
