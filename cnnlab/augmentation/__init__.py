"""Random changes of a whole batch of pictures (N, C, H, W) at once, each picture with its own draw.

Call an augmentation with the pictures and a generator, or give it to ``training.fit``. Its draw can be made
and applied apart: ``draw(count, size, generator)`` and ``apply(images, parameters)``. What shifts, crops,
flips, erases or shuffles patches copies pixels and takes uint8 too; what rotates, shears or zooms
interpolates, once.
"""

from __future__ import annotations

from cnnlab.augmentation.affine import RandomAffine, RandomRotation, RandomShear, RandomZoom
from cnnlab.augmentation.base import Augmentation
from cnnlab.augmentation.compose import Compose
from cnnlab.augmentation.erasing import RandomErasing
from cnnlab.augmentation.moves import RandomCrop, RandomFlip, RandomShift
from cnnlab.augmentation.patches import RandomPatchShuffle

__all__ = [
    "Augmentation",
    "Compose",
    "RandomAffine",
    "RandomCrop",
    "RandomErasing",
    "RandomFlip",
    "RandomPatchShuffle",
    "RandomRotation",
    "RandomShear",
    "RandomShift",
    "RandomZoom",
]
