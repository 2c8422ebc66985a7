"""Whether labels make pictures trials: one of shape and one of texture for each, and not the same."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor


def conflicting(shape_labels: Any, texture_labels: Any, count: int) -> tuple[Tensor, Tensor]:
    """Return both labels of each picture as int64 on the CPU.

    Raises:
        TypeError: they are not integers.
        ValueError: other than one a picture, a negative one, or one that is the same for shape and texture.
    """
    shapes = _labels("shape_labels", shape_labels, count)
    textures = _labels("texture_labels", texture_labels, count)
    agreeing = int((shapes == textures).sum())
    if agreeing:
        raise ValueError(
            "shape_labels and texture_labels must differ in every trial, for without a conflict there is no "
            f"decision between them, got {agreeing} of {count} that agree"
        )
    return shapes, textures


def check_range(shapes: Tensor, textures: Tensor, categories: int) -> None:
    """Raise ``ValueError`` unless every label is that of one of so many categories."""
    for name, labels in (("shape_labels", shapes), ("texture_labels", textures)):
        if labels.max() >= categories:
            raise ValueError(f"{name} must lie in 0 to {categories - 1}, got {int(labels.max())}")


def _labels(name: str, value: Any, count: int) -> Tensor:
    try:
        labels = torch.as_tensor(value)
    except (TypeError, ValueError, RuntimeError):
        raise TypeError(f"{name} must be integers, got {type(value).__name__}") from None
    if labels.dtype.is_floating_point or labels.dtype.is_complex or labels.dtype == torch.bool:
        raise TypeError(f"{name} must be integers, got {labels.dtype}")
    if tuple(labels.shape) != (count,):
        raise ValueError(f"{name} must be one a picture, ({count},), got shape {tuple(labels.shape)}")
    if labels.min() < 0:
        raise ValueError(f"{name} must be zero or positive, got {int(labels.min())}")
    return labels.cpu().long()
