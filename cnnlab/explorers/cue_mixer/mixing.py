"""Pictures between two cues: from a shape without texture over the conflict of both to a texture alone."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

import numpy as np
import torch
from torch import Tensor

from cnnlab import data
from cnnlab.explorers.kit.limits import OneOf, Whole

Pair = tuple[str, str]
HALF = 10
LAST = 2 * HALF
CUES = ("shape", "shuffled", "texture")


def _place(step: int) -> str:
    ends = {0: "shape only", HALF: "conflict", LAST: "texture only"}
    tenths = f"contrast {10 * step}" if step < HALF else f"outline faded {10 * (step - HALF)}"
    return ends.get(step, f"{tenths}\N{NO-BREAK SPACE}%")


PLACES = tuple(map(_place, range(LAST + 1)))
"""What each step is called: first the texture's contrast grows, then the background takes the texture."""


def scene(shape: str, texture: str, *, size: int, ranges: data.Ranges, seed: int) -> np.ndarray:
    """Return a shape in flat colour, the same with a texture, and the texture alone, where each lay before.

    Args:
        shape: its name.
        texture: its name.
        size: height and width in pixels.
        ranges: what position, colour and so on are drawn from.
        seed: start of the random numbers.

    Returns:
        Levels 0 to 255, shape (3, 3, size, size), uint8.

    Example:
        >>> flat, both, alone = scene("disc", "dots", size=16, ranges=data.Ranges(), seed=0)
        >>> bool((both == alone).any()), bool((both == alone).all())
        (True, False)
    """
    # These three sets of cues draw the same random numbers: everything but the cue stays where it is.
    one = partial(data.shapes, 1, size=size, shapes=(shape,), textures=(texture,), ranges=ranges, seed=seed)
    found = [one(cues=cues) for cues in CUES]
    return torch.cat([pictures.images for pictures in found]).mul(255).round().to(torch.uint8).numpy()


def blended(pictures: np.ndarray, step: int) -> np.ndarray:
    """Return the picture at a step, levels 0 to 255, shape (C, H, W), uint8.

    Light adds up: halfway between flat colour and texture lies the texture at half its contrast, and between
    a textured shape and the texture alone a background that shows the texture at half.

    Args:
        pictures: as :func:`scene` returns them.
        step: 0 for the first of them, 10 for the second, 20 for the third.

    Example:
        >>> three = np.array([0, 100, 255], dtype=np.uint8).reshape(3, 1, 1, 1)
        >>> [int(blended(three, step).item()) for step in (0, 5, 10, 15, 20)]
        [0, 50, 100, 178, 255]
    """
    first = min(step // HALF, 1)
    part = step - first * HALF
    before, after = pictures[first].astype(int), pictures[first + 1].astype(int)
    # Whole numbers, for the browser must round the same way.
    mixed = (before * (HALF - part) + after * part + HALF // 2) // HALF
    return mixed.astype(np.uint8)


def frames(pictures: np.ndarray) -> Tensor:
    """Return the pictures of all steps, in [0, 1], shape (21, C, H, W), float32.

    Args:
        pictures: as :func:`scene` returns them.
    """
    levels = np.stack([blended(pictures, step) for step in range(LAST + 1)])
    return torch.from_numpy(levels).float() / 255


def checked(pairs: Any, shapes: Sequence[str], textures: Sequence[str]) -> list[Pair]:
    """Return pairs of a shape and a texture that are in conflict.

    Args:
        pairs: 1 to 4 of them.
        shapes: 3 to 12 names.
        textures: the texture that goes with each shape.

    Raises:
        TypeError: pairs of another form.
        ValueError: too few or too many names, an unknown one, or a pair without conflict.
    """
    Whole(3, 12).check("the number of shapes", len(shapes))
    if len(textures) != len(shapes):
        raise ValueError(f"textures must be one for each of {len(shapes)} shapes, got {len(textures)}")
    if not isinstance(pairs, Sequence) or any(isinstance(pair, str) or len(pair) != 2 for pair in pairs):
        raise TypeError(f"pairs must be a sequence of (shape, texture), got {pairs!r}")
    Whole(1, 4).check("the number of pairs", len(pairs))
    for shape, texture in pairs:
        OneOf(shapes).check("each pair's shape", shape)
        OneOf(textures).check("each pair's texture", texture)
        if shapes.index(shape) == textures.index(texture):
            raise ValueError(f"pairs must be in conflict, got {shape!r} with its own texture, {texture!r}")
    return [(shape, texture) for shape, texture in pairs]
