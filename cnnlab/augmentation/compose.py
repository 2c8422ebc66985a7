"""Several augmentations, one after the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from cnnlab.augmentation.base import Augmentation
from cnnlab.augmentation.checks import Size


@dataclass(frozen=True, init=False)
class Compose(Augmentation):
    """Apply augmentations one after the other; none at all leaves pictures as they are.

    Parameters are a tuple with those of each.

    Attributes:
        steps: augmentations, the first one first.

    Raises:
        TypeError: not a sequence of augmentations; when called with uint8, a step that interpolates.

    Example:
        >>> from cnnlab.augmentation import RandomCrop, RandomFlip
        >>> augment = Compose([RandomCrop(32, padding=4), RandomFlip()])
        >>> augment(torch.zeros(8, 3, 32, 32), torch.Generator().manual_seed(0)).shape
        torch.Size([8, 3, 32, 32])
    """

    steps: tuple[Augmentation, ...]

    def __init__(self, steps: Sequence[Augmentation]) -> None:
        if not isinstance(steps, Sequence):
            raise TypeError(f"steps must be a sequence of augmentations, got {type(steps).__name__}")
        for step in steps:
            if not isinstance(step, Augmentation):
                raise TypeError(f"each of steps must be an augmentation, got {step!r}")
        object.__setattr__(self, "steps", tuple(steps))

    def output_size(self, size: Size) -> Size:
        """Return height and width after the last step."""
        for step in self.steps:
            size = step.output_size(size)
        return size

    def _draw(self, count: int, size: Size, generator: torch.Generator | None) -> tuple:
        parameters = []
        for step in self.steps:
            parameters.append(step.draw(count, size, generator))
            size = step.output_size(size)
        return tuple(parameters)

    def _check(self, parameters: Any, count: int) -> None:
        if not isinstance(parameters, tuple):
            raise TypeError(f"parameters must be a tuple, got {type(parameters).__name__}")
        if len(parameters) != len(self.steps):
            raise ValueError(f"parameters must be {len(self.steps)}, as many as steps, got {len(parameters)}")

    def _apply(self, images: Tensor, parameters: tuple) -> Tensor:
        for step, drawn in zip(self.steps, parameters, strict=True):
            images = step.apply(images, drawn)
        return images
