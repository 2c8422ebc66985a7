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

from cnnlab._arguments import non_negative_int, one_of, positive_int

PHOTOGRAPHS = ("astronaut", "camera", "coins")
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
        name: "camera" or "coins" (grey, C = 1), or "astronaut" (red, green, blue, C = 3).

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
    picture = torch.from_numpy(pixels).float().div(255)
    return picture.unsqueeze(0) if picture.ndim == 2 else picture.permute(2, 0, 1).contiguous()


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


Examples = tuple[torch.Tensor, torch.Tensor]


def digits(*, size: int = 8, seed: int = 0) -> tuple[Examples, Examples]:
    """Return handwritten digits, 1,437 to train on and 360 to test on.

    Args:
        size: height and width in pixels; the 8 x 8 originals are resized bicubically.
        seed: start of the one permutation that splits them.

    Returns:
        ``((images, labels), (images, labels))``: images (N, 1, size, size), float32, with mean 0 and standard
        deviation 1 over the training pixels; labels (N,), int64, 0 to 9.

    Raises:
        TypeError: an argument is not an integer.
        ValueError: ``size`` is below 1, or ``seed`` is negative.

    Example:
        >>> (images, labels), _ = digits()
        >>> images.shape, labels.shape
        (torch.Size([1437, 1, 8, 8]), torch.Size([1437]))
    """
    from sklearn.datasets import load_digits

    size = positive_int("size", size)
    bunch = load_digits()
    images = torch.from_numpy(bunch.images).float().div(16).unsqueeze(1)
    if size != images.shape[-1]:
        images = torch.nn.functional.interpolate(images, (size, size), mode="bicubic", antialias=True)
    order = _permutation(len(images), seed)
    return _split(images, torch.from_numpy(bunch.target), order[:1437], order[1437:])


def faces(*, seed: int = 0) -> tuple[Examples, Examples]:
    """Return centred faces and pieces of background, 50 of each to train on and 50 of each to test on.

    Args:
        seed: start of the permutation that splits them.

    Returns:
        ``((images, labels), (images, labels))``: images (100, 1, 25, 25), float32, with mean 0 and standard
        deviation 1 over the training pixels; labels (100,), int64, 1 for a face.

    Raises:
        TypeError: ``seed`` is not an integer.
        ValueError: ``seed`` is negative.

    Example:
        >>> (images, labels), _ = faces()
        >>> images.shape, int(labels.sum())
        (torch.Size([100, 1, 25, 25]), 50)
    """
    from skimage.data import lfw_subset

    images = torch.from_numpy(lfw_subset()).float().unsqueeze(1)
    labels = torch.arange(200).lt(100).long()
    order = _permutation(100, seed)
    train, test = order[:50], order[50:]
    return _split(images, labels, torch.cat([train, train + 100]), torch.cat([test, test + 100]))


def _permutation(count: int, seed: int) -> torch.Tensor:
    generator = torch.Generator().manual_seed(non_negative_int("seed", seed))
    return torch.randperm(count, generator=generator)


def _split(
    images: torch.Tensor, labels: torch.Tensor, train: torch.Tensor, test: torch.Tensor
) -> tuple[Examples, Examples]:
    """Split, and scale both parts by the training part's mean and deviation."""
    images = (images - images[train].mean()) / images[train].std(correction=0)
    return (images[train], labels[train]), (images[test], labels[test])
