"""Embedded data: what ships with the course's dependencies, as tensors, each with its card.

A card (``cnnlab/cards/NAME.toml``) says what the data is, its licence, source, size and hash.
Embedded data never touches the network.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np
import torch

from cnnlab._arguments import one_of

PHOTOGRAPHS = ("camera",)
SERIES = ("membrane",)


@dataclass(frozen=True)
class Card:
    """What is known of a data set.

    Attributes:
        name: name in the registry.
        what: what it holds, in one phrase.
        shape: shape, type and unit of one item.
        count: number of items.
        licence: licence as its publisher states it.
        attribution: whom to name.
        source: public address.
        citation: what to cite.
        bytes: size of the file, in bytes.
        hash: "algorithm:value" as its publisher states it, or "unverified".
        embedded: whether it ships with a dependency, so that no network is needed.
    """

    name: str
    what: str
    shape: str
    count: str
    licence: str
    attribution: str
    source: str
    citation: str
    bytes: int
    hash: str
    embedded: bool


@cache
def cards() -> dict[str, Card]:
    """Return every data set's card by name, in alphabetical order.

    Example:
        >>> cards()["camera"].shape
        '512 x 512, uint8'
    """
    files = sorted(resources.files("cnnlab").joinpath("cards").iterdir(), key=lambda file: file.name)
    tables = {file.name.removesuffix(".toml"): tomllib.loads(file.read_text("utf-8")) for file in files}
    return {name: Card(name=name, **table) for name, table in tables.items()}


def photograph(name: str) -> torch.Tensor:
    """Return a photograph that ships with scikit-image.

    Args:
        name: "camera".

    Returns:
        The picture, shape (C, H, W), float32 in [0, 1].

    Raises:
        ValueError: no such photograph.

    Example:
        >>> photograph("camera").shape
        torch.Size([1, 512, 512])
    """
    one_of("name", name, PHOTOGRAPHS)
    import skimage.data

    pixels = getattr(skimage.data, name)()
    return torch.from_numpy(pixels).float().div(255).unsqueeze(0)


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
    from matplotlib.cbook import get_sample_data

    path = str(get_sample_data(f"{name}.dat", asfileobj=False))
    tenths_of_volts = np.fromfile(path, dtype="<f4")
    return Series(values=torch.from_numpy(tenths_of_volts * np.float32(100)), interval=0.0005, unit="mV")
