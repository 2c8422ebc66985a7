"""One colour a pixel, as a camera's sensor sees it, and three again."""

from __future__ import annotations

from typing import Any

import torch

from cnnlab._arguments import one_of, positive_int
from cnnlab.convolution.operands import check_images
from cnnlab.filters.linear import convolve

COLOURS = "RGB"
PATTERNS = ("RGGB", "BGGR", "GRBG", "GBRG")


def bayer_masks(height: int, width: int, *, pattern: str = "RGGB") -> torch.Tensor:
    """Return which pixels of a sensor see red, green and blue.

    Args:
        height: rows, at least 1.
        width: columns, at least 1.
        pattern: colours of the upper left 2x2 pixels, row by row: "RGGB", "BGGR", "GRBG" or "GBRG".

    Returns:
        Boolean, shape (3, height, width); each pixel is True in one of the three.

    Raises:
        TypeError: sizes that are not integers.
        ValueError: sizes below 1, or no such pattern.

    Source:
        Bayer, "Color imaging array", US patent 3,971,065, 1976.

    Example:
        >>> bayer_masks(2, 3)[1].int()
        tensor([[0, 1, 0],
                [1, 0, 1]], dtype=torch.int32)
    """
    one_of("pattern", pattern, PATTERNS)
    down = torch.arange(positive_int("height", height))[:, None] % 2
    colour = torch.tensor([COLOURS.index(letter) for letter in pattern])
    tile = colour[2 * down + torch.arange(positive_int("width", width)) % 2]
    return torch.stack([tile == index for index in range(3)])


def mosaic(images: torch.Tensor, *, pattern: str = "RGGB") -> torch.Tensor:
    """Return what a sensor under a Bayer filter records: one of three colours at each pixel.

    Args:
        images: red, green and blue, shape (3, H, W) or (N, 3, H, W), floating point.
        pattern: colours of the upper left 2x2 pixels, row by row.

    Returns:
        Shape (1, H, W) or (N, 1, H, W).

    Raises:
        TypeError: not pictures.
        ValueError: not three channels, or no such pattern.

    Example:
        >>> mosaic(torch.tensor([1.0, 2.0, 3.0])[:, None, None].expand(3, 2, 2))
        tensor([[[1., 2.],
                 [2., 3.]]])
    """
    _check_channels("images", images, 3)
    masks = bayer_masks(*images.shape[-2:], pattern=pattern).to(images.device)
    return torch.where(masks, images, 0).sum(-3, keepdim=True)


def demosaic(recorded: torch.Tensor, *, pattern: str = "RGGB") -> torch.Tensor:
    """Return three colours at each pixel, the missing ones as the mean of their nearest neighbours.

    Each colour's known pixels, zeros between, are convolved with a small tent, and so is their
    mask; the quotient is the mean of the known neighbours, at the border too. Known pixels stay.

    Args:
        recorded: shape (1, H, W) or (N, 1, H, W), floating point.
        pattern: colours of the upper left 2x2 pixels, row by row.

    Returns:
        Shape (3, H, W) or (N, 3, H, W). A colour that a picture of one row or column never saw nearby is 0.

    Raises:
        TypeError: not pictures.
        ValueError: not one channel, or no such pattern.

    Example:
        >>> red = torch.zeros(3, 4, 4)
        >>> red[0] = 1
        >>> torch.equal(demosaic(mosaic(red)), red)
        True
    """
    _check_channels("recorded", recorded, 1)
    masks = bayer_masks(*recorded.shape[-2:], pattern=pattern).to(recorded.device)
    return torch.where(masks, recorded, _filled(recorded, masks))


def _filled(recorded: torch.Tensor, masks: torch.Tensor) -> torch.Tensor:
    """Mean of each colour's neighbours; those of green are never across a corner."""
    weight = masks.to(recorded.dtype)
    cross = torch.tensor([[0.0, 1.0, 0.0], [1.0, 4.0, 1.0], [0.0, 1.0, 0.0]])
    tent = torch.tensor([[1.0, 2.0, 1.0], [2.0, 4.0, 2.0], [1.0, 2.0, 1.0]])
    planes = []
    for index, kernel in enumerate((tent, cross, tent)):
        known = weight[index : index + 1]
        sums = convolve(torch.where(known > 0, recorded, 0), kernel, border="constant")
        counts = convolve(known, kernel, border="constant")
        planes.append(sums / torch.where(counts > 0, counts, 1))
    return torch.cat(planes, -3)


def _check_channels(name: str, images: Any, channels: int) -> None:
    check_images(images, name)
    shape = tuple(images.shape)
    if len(shape) < 3 or shape[-3] != channels:
        raise ValueError(f"{name} must have shape ({channels}, H, W) or (N, {channels}, H, W), got {shape}")
