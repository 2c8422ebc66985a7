"""Pictures read from the disk when they are needed, as networks trained on ImageNet expect them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from torch import Tensor
from torch.utils.data import Dataset

IMAGENET_MEAN, IMAGENET_STD = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)


class Pictures(Dataset[tuple[Tensor, Tensor]]):
    """Pictures in files, each with its target.

    Args:
        paths: the files.
        targets: one a file, (N, ...).
        transform: what is made of a picture in red, green and blue.
    """

    def __init__(self, paths: list[Path], targets: Tensor, transform: Callable[[Any], Tensor]) -> None:
        self.paths, self.targets, self.transform = paths, targets, transform

    def __len__(self) -> int:
        return len(self.paths)

    def __getitem__(self, index: int) -> tuple[Tensor, Tensor]:
        from PIL import Image

        with Image.open(self.paths[index]) as picture:
            return self.transform(picture.convert("RGB")), self.targets[index]


def as_imagenet(size: int, *, whole: bool = False) -> Callable[[Any], Tensor]:
    """Return the way in which torchvision's networks see a picture: resized, its middle, standardised.

    Args:
        size: height and width of the middle in pixels; the shorter side is resized to 256/224 of it.
        whole: whether the whole of a square picture is resized to ``size`` instead.
    """
    from torchvision import transforms

    steps = [
        transforms.Resize(size if whole else size * 256 // 224),
        transforms.CenterCrop(size),
        transforms.ToTensor(),
        transforms.Normalize(mean=IMAGENET_MEAN, std=IMAGENET_STD),
    ]
    seen: Callable[[Any], Tensor] = transforms.Compose(steps)
    return seen
