"""Cue conflict: pictures with the shape of one thing and the texture of another."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor

from cnnlab._arguments import positive_int
from cnnlab.data.batches import Streamed
from cnnlab.data.download import DataError
from cnnlab.data.registry import cards
from cnnlab.data.store import fetch, tell
from cnnlab.data.streamed import Pictures, as_imagenet

COUNT = 1280


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


def cue_conflict(*, size: int = 224, workers: int = 0, agreeing: bool = True) -> CueConflict:
    """Return the cue-conflict pictures: 16 things, each in the texture of every thing.

    Looked for in ``$CNNLAB_DATA`` and ``data/downloads``, downloaded where they are in neither. Of the 1,280
    pictures 80 have shape and texture of the same thing. Where some are missing, that is said.

    Args:
        size: height and width in pixels to which they are resized; 224 leaves them as they were published
            and shown. Nothing is cut off.
        workers: processes that read ahead.
        agreeing: whether the pictures whose shape and texture are of one thing come too. A shape bias is
            counted without them (``cnnlab.shape_bias``).

    Returns:
        Pictures in the order of their names, standardised as networks trained on ImageNet expect it.

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
    if len(paths) != COUNT:
        tell(f"cue_conflict: {len(paths)} of the {COUNT} pictures are in {folder}")
    if not agreeing:
        conflict = labels[:, 0] != labels[:, 1]
        paths, labels = [path for path, kept in zip(paths, conflict, strict=True) if kept], labels[conflict]
    pictures = Pictures(paths, labels, as_imagenet(size, whole=True))
    return CueConflict(Streamed(pictures, workers=workers), labels[:, 0], labels[:, 1], card.classes)


def _named(folder: Path, classes: tuple[str, ...]) -> tuple[list[Path], Tensor]:
    """Return pictures and labels as the names tell them: cat7-elephant1.png is a cat of elephant."""
    word = f"({'|'.join(classes)})"
    found = {path: re.fullmatch(rf"{word}\d+-{word}\d+", path.stem) for path in sorted(folder.rglob("*.png"))}
    labels = {path: [classes.index(word) for word in name.groups()] for path, name in found.items() if name}
    return list(labels), torch.tensor(list(labels.values())).view(-1, 2)
