"""Gabor's filter: stripes of one width and one direction."""

from __future__ import annotations

import torch

from cnnlab import kernels
from cnnlab.convolution.operands import check_images
from cnnlab.filters.linear import convolve


def gabor(
    images: torch.Tensor, frequency: float, *, theta: float = 0.0, border: str = "reflect", **window: float
) -> tuple[torch.Tensor, torch.Tensor]:
    """Return the responses to a Gabor kernel's real and imaginary part.

    Args:
        images: shape (H, W), (C, H, W) or (N, C, H, W), floating point.
        frequency: waves per pixel, positive.
        theta: direction in which the wave runs, in radians; it answers edges that stand across.
        border: "reflect", "mirror", "nearest", "constant" or "wrap".
        window: the other arguments of ``kernels.gabor``, such as ``bandwidth`` or ``sigma_x``.

    Returns:
        Two tensors of the shape and dtype of ``images``.

    Raises:
        TypeError: not pictures or numbers.
        ValueError: empty pictures, no such border, or a number that must be positive is not.

    Source:
        ``skimage.filters.gabor``, which convolves.

    Example:
        >>> stripes = torch.cos(torch.arange(32.0) * torch.pi / 2).expand(32, 32)  # 0.25 waves per pixel
        >>> along, across = (gabor(stripes, 0.25, theta=theta)[0].abs().max() for theta in (0, torch.pi / 2))
        >>> along > 100 * across
        tensor(True)
    """
    check_images(images)
    real, imaginary = kernels.gabor(frequency, theta=theta, **window)
    return convolve(images, real, border=border), convolve(images, imaginary, border=border)
