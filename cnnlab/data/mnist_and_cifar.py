"""Labelled pictures that fit into memory, and the format of MNIST's files."""

from __future__ import annotations

import gzip
import math
from pathlib import Path

import torch
from torch import Tensor

from cnnlab._arguments import positive_int
from cnnlab.data.batches import Resident
from cnnlab.data.registry import cards
from cnnlab.data.store import fetch

LEVELS = torch.arange(256, dtype=torch.float64) / 255


def idx_pictures(name: str, count: int | None) -> tuple[Resident, Resident]:
    """Return a set in MNIST's format, pictures to train on and to test on.

    Args:
        name: the set's.
        count: how many to take of each, from the beginning; None takes all.
    """
    count = checked_count(count)
    folder = fetch(name) / cards()[name].place
    images = [read_idx(folder / f"{part}-images-idx3-ubyte.gz").unsqueeze(1) for part in ("train", "t10k")]
    labels = [read_idx(folder / f"{part}-labels-idx1-ubyte.gz") for part in ("train", "t10k")]
    return resident(name, (images[0], labels[0]), (images[1], labels[1]), count)


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


def checked_count(count: int | None) -> int | None:
    """Return ``count`` if it is None or a positive integer."""
    return None if count is None else positive_int("count", count)


def resident(
    name: str, train: tuple[Tensor, Tensor], test: tuple[Tensor, Tensor], count: int | None
) -> tuple[Resident, Resident]:
    """Return both parts of a set, standardised by the pixels to train on, with the classes of its card.

    Args:
        name: the set's.
        train: pictures (N, C, H, W), uint8, and labels (N,).
        test: likewise.
        count: how many to take of each, from the beginning; None takes all.
    """
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
