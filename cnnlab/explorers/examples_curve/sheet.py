"""The training pictures of an explorer as one small file: a row for each class."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
import torch
from PIL import Image
from torch import Tensor
from torch.nn.functional import interpolate

from cnnlab.explorers.kit.limits import Whole

SIDE = 24
MOST = 10
COLOURS = 128


def check(pictures: Any) -> Tensor:
    """Return the pictures of each class.

    Args:
        pictures: shape (K, E, 1, H, W) or (K, E, 3, H, W), in [0, 1].

    Raises:
        TypeError: not a tensor.
        ValueError: of another shape, of less than two classes, more than ten, or with other values.
    """
    if not isinstance(pictures, torch.Tensor):
        raise TypeError(f"pictures must be a tensor, got {type(pictures).__name__}")
    if pictures.ndim != 5 or pictures.shape[2] not in (1, 3) or pictures.numel() == 0:
        shapes = "(K, E, 1, H, W) or (K, E, 3, H, W)"
        raise ValueError(f"pictures must have shape {shapes}, got {tuple(pictures.shape)}")
    Whole(2, 10).check("the number of classes", len(pictures))
    if not ((pictures >= 0) & (pictures <= 1)).all():
        raise ValueError("pictures must hold values in [0, 1], got others")
    return pictures


def packed(pictures: Tensor) -> bytes:
    """Return at most the first ten pictures of each class as a PNG of squares of 24 pixels.

    Args:
        pictures: as :func:`check` returns them.

    Example:
        >>> unpacked(packed(torch.zeros(6, 50, 3, 32, 32))).shape
        (144, 240, 3)
    """
    some = pictures[:, :MOST].detach().float().cpu()
    classes, count = some.shape[:2]
    small = interpolate(some.flatten(0, 1), (SIDE, SIDE), mode="bilinear", antialias=True)
    rows = small.expand(-1, 3, -1, -1).unflatten(0, (classes, count)).permute(0, 3, 1, 4, 2)
    levels = rows.reshape(classes * SIDE, count * SIDE, 3).mul(255).round().to(torch.uint8).numpy()
    picture, file = Image.fromarray(levels), io.BytesIO()
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(file, format="png", optimize=True)
    return file.getvalue()


def unpacked(file: bytes) -> np.ndarray:
    """Return the squares of :func:`packed`, levels 0 to 255, shape (24 K, 24 n, 3), uint8.

    Args:
        file: the PNG.
    """
    return np.asarray(Image.open(io.BytesIO(file)).convert("RGB"))
