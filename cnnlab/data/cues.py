"""Which shape gets which texture: the sets of pictures that tell the two cues apart."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor

from cnnlab._arguments import one_of

CUES = ("congruent", "shuffled", "conflict", "shape", "texture")
NONE = -1
PAIRED = ("congruent", "conflict")


def labels(
    cues: str, count: int, shapes: int, textures: int, generator: torch.Generator
) -> tuple[Tensor, Tensor]:
    """Return the shape label and the texture label of every picture, each balanced to within one picture.

    Args:
        cues: "congruent" (texture k goes with shape k), "conflict" (the texture of another shape),
            "shuffled", "shape" and "texture" (independent of each other).
        count: number of pictures.
        shapes: number of shapes.
        textures: number of textures.
        generator: source of chance, on the CPU.

    Returns:
        Shape labels and texture labels, each (count,), int64.

    Example:
        >>> shape, texture = labels("conflict", 6, 3, 3, torch.Generator().manual_seed(0))
        >>> shape.bincount().tolist(), texture.bincount().tolist(), bool((shape == texture).any())
        ([2, 2, 2], [2, 2, 2], False)
    """
    order = permutation(count, generator)
    shape = (torch.arange(count) % shapes)[order]
    if cues == "congruent":
        return shape, shape.clone()
    if cues == "conflict":
        # One step to another shape's texture for each round of shapes keeps the textures balanced as well.
        steps = 1 + permutation(shapes - 1, generator)
        rounds = torch.arange(count) // shapes % (shapes - 1)
        return shape, (shape + steps[rounds][order]) % shapes
    return shape, (torch.arange(count) % textures)[permutation(count, generator)]


def permutation(count: int, generator: torch.Generator) -> Tensor:
    """Return 0 to count - 1 in an order drawn by sorting uniform numbers, shape (count,), int64."""
    return torch.rand(count, generator=generator, dtype=torch.float64).argsort()


def check_cues(cues: str, shapes: Sequence[str], textures: Sequence[str]) -> str:
    """Return ``cues`` if the set can be made of these shapes and textures.

    Raises:
        ValueError: no such set, not as many textures as shapes where each shape owns one, or no other shape.
    """
    one_of("cues", cues, CUES)
    if cues in PAIRED and len(shapes) != len(textures):
        numbers = f"{len(textures)} textures for {len(shapes)} shapes"
        raise ValueError(f'textures must be as many as shapes for cues="{cues}", got {numbers}')
    if cues == "conflict" and len(shapes) < 2:
        raise ValueError(f'shapes must be at least 2 for cues="conflict", got {len(shapes)}')
    return cues
