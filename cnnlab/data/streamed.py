"""Labelled pictures in folders, read from the disk when they are needed: hymenoptera and cue conflict."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor
from torch.utils.data import Dataset

from cnnlab._arguments import positive_int
from cnnlab.data.batches import Streamed
from cnnlab.data.download import DataError
from cnnlab.data.registry import cards
from cnnlab.data.store import fetch, tell

HYMENOPTERA = {"train": 244, "val": 153}
CUE_CONFLICT = 1280
IMAGENET_MEAN, IMAGENET_STD = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)


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
    train, test = (_hymenoptera(folder / part, count, size, workers) for part, count in HYMENOPTERA.items())
    return train, test


def _hymenoptera(folder: Path, count: int, size: int, workers: int) -> Streamed:
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


@dataclass(frozen=True)
class CueConflict:
    """Pictures with the shape of one thing and the texture of another.

    Attributes:
        pictures: the pictures; a target is the shape's label and the texture's, (2,), int64.
        shapes: label of every picture's shape, (N,), int64.
        textures: label of every picture's texture, (N,), int64.
        classes: names of the 16 things, in the order of the labels.
    """

    pictures: Streamed
    shapes: Tensor
    textures: Tensor
    classes: tuple[str, ...]


def cue_conflict(*, size: int = 224, workers: int = 0) -> CueConflict:
    """Return the cue-conflict pictures: 16 things, each in the texture of every thing.

    Looked for in ``$CNNLAB_DATA`` and ``data/downloads``, downloaded where they are in neither. Of the 1,280
    pictures 80 have shape and texture of the same thing. Where some are missing, that is said.

    Args:
        size: height and width in pixels of what is cut from the middle.
        workers: processes that read ahead.

    Returns:
        Pictures in the order of their names, read as networks trained on ImageNet expect it.

    Raises:
        TypeError: ``size`` or ``workers`` is not an integer.
        ValueError: ``size`` is below 1, or ``workers`` is negative.
        DataError: the set is not here and cannot be downloaded, or holds no picture.

    Source:
        R. Geirhos et al., ImageNet-trained CNNs are biased towards texture, ICLR 2019.

    Example:
        >>> cue_conflict(size=0)
        Traceback (most recent call last):
        ValueError: size must be positive, got 0
    """
    size, card = positive_int("size", size), cards()["cue_conflict"]
    folder = fetch("cue_conflict") / card.place
    paths, labels = _named(folder, card.classes)
    if not paths:
        raise DataError(f"cue_conflict: {folder} holds no picture; remove it, and it is downloaded again")
    if len(paths) != CUE_CONFLICT:
        tell(f"cue_conflict: {len(paths)} of the {CUE_CONFLICT} pictures are in {folder}")
    pictures = _Pictures(paths, labels, as_imagenet(size))
    return CueConflict(Streamed(pictures, workers=workers), labels[:, 0], labels[:, 1], card.classes)


def _named(folder: Path, classes: tuple[str, ...]) -> tuple[list[Path], Tensor]:
    """Return pictures and labels as the names tell them: cat7-elephant1.png is a cat of elephant."""
    word = f"({'|'.join(classes)})"
    found = {path: re.fullmatch(rf"{word}\d+-{word}\d+", path.stem) for path in sorted(folder.rglob("*.png"))}
    labels = {path: [classes.index(word) for word in name.groups()] for path, name in found.items() if name}
    return list(labels), torch.tensor(list(labels.values())).view(-1, 2)


class _Pictures(Dataset[tuple[Tensor, Tensor]]):
    def __init__(self, paths: list[Path], targets: Tensor, transform: Callable[[Any], Tensor]) -> None:
        self.paths, self.targets, self.transform = paths, targets, transform

    def __len__(self) -> int:
        return len(self.paths)

    def __getitem__(self, index: int) -> tuple[Tensor, Tensor]:
        from PIL import Image

        with Image.open(self.paths[index]) as picture:
            return self.transform(picture.convert("RGB")), self.targets[index]


def as_imagenet(size: int) -> Callable[[Any], Tensor]:
    """Return the way in which torchvision's networks see a picture: resized, its middle, standardised.

    Args:
        size: height and width of the middle in pixels; the shorter side is resized to 256/224 of it.
    """
    from torchvision import transforms

    steps = [
        transforms.Resize(size * 256 // 224),
        transforms.CenterCrop(size),
        transforms.ToTensor(),
        transforms.Normalize(mean=IMAGENET_MEAN, std=IMAGENET_STD),
    ]
    seen: Callable[[Any], Tensor] = transforms.Compose(steps)
    return seen
