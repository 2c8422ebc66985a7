"""Labelled pictures that fit into memory: MNIST, FashionMNIST and CIFAR-10."""

from __future__ import annotations

import gzip
import math
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from cnnlab._arguments import positive_int
from cnnlab.data.batches import Resident
from cnnlab.data.pickles import read_plain
from cnnlab.data.registry import cards
from cnnlab.data.store import fetch

LEVELS = torch.arange(256, dtype=torch.float64) / 255


def mnist(*, count: int | None = None) -> tuple[Resident, Resident]:
    """Return handwritten digits, 60,000 to train on and 10,000 to test on.

    Looked for in ``$CNNLAB_DATA`` and ``data/downloads``, downloaded (12 MB) where they are in neither.

    Args:
        count: how many to take of each, from the beginning; None takes all.

    Returns:
        ``(train, test)`` with images (N, 1, 28, 28), uint8, and targets (N,), int64, 0 to 9; both are
        standardised by mean and deviation of all pixels to train on.

    Raises:
        TypeError: ``count`` is not an integer.
        ValueError: ``count`` is below 1.
        DataError: the set is not here and cannot be downloaded.

    Source:
        Y. LeCun et al., Gradient-based learning applied to document recognition, 1998.

    Example:
        >>> mnist(count=0)
        Traceback (most recent call last):
        ValueError: count must be positive, got 0
    """
    return _idx("mnist", count)


def fashion_mnist(*, count: int | None = None) -> tuple[Resident, Resident]:
    """Return clothes, shoes and bags of ten kinds, 60,000 to train on and 10,000 to test on.

    Looked for in ``$CNNLAB_DATA`` and ``data/downloads``, downloaded (31 MB) where they are in neither.

    Args:
        count: how many to take of each, from the beginning; None takes all.

    Returns:
        ``(train, test)`` in the form of :func:`mnist`.

    Raises:
        TypeError: ``count`` is not an integer.
        ValueError: ``count`` is below 1.
        DataError: the set is not here and cannot be downloaded.

    Source:
        H. Xiao et al., Fashion-MNIST: a novel image dataset for benchmarking, 2017.

    Example:
        >>> fashion_mnist(count=0)
        Traceback (most recent call last):
        ValueError: count must be positive, got 0
    """
    return _idx("fashion_mnist", count)


def cifar10(*, count: int | None = None) -> tuple[Resident, Resident]:
    """Return small colour pictures of ten vehicles and animals, 50,000 to train on and 10,000 to test on.

    Looked for in ``$CNNLAB_DATA`` and ``data/downloads``, downloaded (170 MB) where they are in neither.

    Args:
        count: how many to take of each, from the beginning; None takes all.

    Returns:
        ``(train, test)`` with images (N, 3, 32, 32), uint8, and targets (N,), int64, 0 to 9; both are
        standardised, channel by channel, by mean and deviation of all pixels to train on.

    Raises:
        TypeError: ``count`` is not an integer.
        ValueError: ``count`` is below 1.
        DataError: the set is not here and cannot be downloaded.

    Source:
        A. Krizhevsky, Learning multiple layers of features from tiny images, 2009.

    Example:
        >>> cifar10(count=0)
        Traceback (most recent call last):
        ValueError: count must be positive, got 0
    """
    count = _count(count)
    folder = fetch("cifar10") / cards()["cifar10"].place
    train = _cifar([folder / f"data_batch_{k}" for k in range(1, 6)])
    return _resident("cifar10", train, _cifar([folder / "test_batch"]), count)


def _idx(name: str, count: int | None) -> tuple[Resident, Resident]:
    count = _count(count)
    folder = fetch(name) / cards()[name].place
    images = [read_idx(folder / f"{part}-images-idx3-ubyte.gz").unsqueeze(1) for part in ("train", "t10k")]
    labels = [read_idx(folder / f"{part}-labels-idx1-ubyte.gz") for part in ("train", "t10k")]
    return _resident(name, (images[0], labels[0]), (images[1], labels[1]), count)


def read_idx(path: Path) -> Tensor:
    """Return the array in a gzipped file of MNIST's format: sizes, then bytes.

    Args:
        path: the file.

    Returns:
        The array, uint8, in the shape that the file states.

    Raises:
        ValueError: the file is in another format, or its bytes do not fill its shape.
    """
    content = gzip.decompress(path.read_bytes())
    # Two zeros, the type (8 for bytes), the number of axes; then each axis's length in four bytes.
    kind, axes = content[:3], content[3] if len(content) > 3 else 0
    start = 4 + 4 * axes
    shape = [int.from_bytes(content[k : k + 4]) for k in range(4, start, 4)]
    if kind != b"\0\0\x08" or len(content) != start + math.prod(shape):
        raise ValueError(f"{path.name} must be an array of bytes in MNIST's format")
    return torch.frombuffer(bytearray(content), dtype=torch.uint8, offset=start).view(shape)


def _cifar(paths: list[Path]) -> tuple[Tensor, Tensor]:
    batches = [read_plain(path) for path in paths]
    images = np.concatenate([batch["data"] for batch in batches]).reshape(-1, 3, 32, 32)
    return torch.from_numpy(images), torch.tensor([label for batch in batches for label in batch["labels"]])


def _count(count: int | None) -> int | None:
    return None if count is None else positive_int("count", count)


def _resident(
    name: str, train: tuple[Tensor, Tensor], test: tuple[Tensor, Tensor], count: int | None
) -> tuple[Resident, Resident]:
    mean, std = channel_statistics(train[0])
    classes = cards()[name].classes
    if count is not None:
        # Copies, so that a few pictures do not keep the memory of all.
        train, test = ((images[:count].clone(), labels[:count].clone()) for images, labels in (train, test))
    return (
        Resident(*train, mean=mean, std=std, classes=classes),
        Resident(*test, mean=mean, std=std, classes=classes),
    )


def channel_statistics(images: Tensor) -> tuple[Tensor, Tensor]:
    """Return mean and standard deviation of each channel's pixels, scaled to [0, 1].

    Args:
        images: (N, C, H, W), uint8.

    Returns:
        Mean and standard deviation (dividing by the number of pixels), each (C,), float64.

    Example:
        >>> mean, std = channel_statistics(torch.tensor([0, 255], dtype=torch.uint8).view(1, 1, 1, 2))
        >>> mean.item(), std.item()
        (0.5, 0.5)
    """
    # How often each level occurs says all, exactly, and needs no copy of the pictures in floating point.
    counts = torch.stack([torch.bincount(channel.flatten(), minlength=256) for channel in images.unbind(1)])
    shares = counts.double() / counts[0].sum()
    mean = shares @ LEVELS
    return mean, (shares @ LEVELS.square() - mean.square()).sqrt()
