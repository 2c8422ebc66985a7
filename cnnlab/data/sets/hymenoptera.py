"""Hymenoptera: photographs of ants and bees."""

from __future__ import annotations

from pathlib import Path

from cnnlab._arguments import positive_int
from cnnlab.data.batches import Streamed
from cnnlab.data.download import DataError
from cnnlab.data.registry import cards
from cnnlab.data.store import fetch
from cnnlab.data.streamed import as_imagenet

COUNTS = {"train": 244, "val": 153}


def hymenoptera(*, size: int = 224, workers: int = 0) -> tuple[Streamed, Streamed]:
    """Return photographs of ants and bees, 244 to train on and 153 to test on.

    Looked for in ``$CNNLAB_DATA`` and ``data/downloads``, downloaded (47 MB) where they are in neither.

    Args:
        size: height and width in pixels of what is cut from the middle.
        workers: processes that read ahead.

    Returns:
        ``(train, test)``, read as networks trained on ImageNet expect it: inputs (3, size, size), float32,
        standardised by ImageNet's mean and deviation; targets 0 for ants and 1 for bees.

    Raises:
        TypeError: ``size`` or ``workers`` is not an integer.
        ValueError: ``size`` is below 1, or ``workers`` is negative.
        DataError: the set is not here and cannot be downloaded, or pictures are missing from it.

    Source:
        S. Chilamkurthy, Transfer learning for computer vision tutorial, PyTorch.

    Example:
        >>> hymenoptera(size=0)
        Traceback (most recent call last):
        ValueError: size must be positive, got 0
    """
    size = positive_int("size", size)
    folder = fetch("hymenoptera") / cards()["hymenoptera"].place
    train, test = (_read(folder / part, count, size, workers) for part, count in COUNTS.items())
    return train, test


def _read(folder: Path, count: int, size: int, workers: int) -> Streamed:
    from torchvision.datasets import ImageFolder

    try:
        pictures = ImageFolder(str(folder), transform=as_imagenet(size))
    except FileNotFoundError:
        pictures = []
    if len(pictures) != count:
        raise DataError(
            f"hymenoptera: {folder} must hold {count} pictures, got {len(pictures)}; "
            f"remove {folder.parent}, and it is downloaded again"
        )
    return Streamed(pictures, workers=workers)
