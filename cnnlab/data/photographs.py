"""Photographs that ship with scikit-image."""

from __future__ import annotations

import torch

from cnnlab._arguments import one_of

PHOTOGRAPHS = ("astronaut", "brick", "camera", "coins", "grass", "gravel")


def photograph(name: str) -> torch.Tensor:
    """Return a photograph that ships with scikit-image.

    Args:
        name: "camera", "coins" or one of the surfaces "brick", "grass" and "gravel" (grey, C = 1), or
            "astronaut" (red, green, blue, C = 3).

    Returns:
        The picture, shape (C, H, W), float32 in [0, 1].

    Raises:
        ValueError: no such photograph.

    Example:
        >>> photograph("camera").shape
        torch.Size([1, 512, 512])
    """
    one_of("name", name, PHOTOGRAPHS)
    import skimage.data

    pixels = getattr(skimage.data, name)()
    picture = torch.from_numpy(pixels).float().div(255)
    return picture.unsqueeze(0) if picture.ndim == 2 else picture.permute(2, 0, 1).contiguous()
