"""Filters that average, and the one that undoes a little of it."""

from __future__ import annotations

import torch

from cnnlab._arguments import positive_int
from cnnlab.convolution.operands import check_images
from cnnlab.filters.checks import finite_number
from cnnlab.filters.passes import separable
from cnnlab.kernels import gaussian_taps


def box(images: torch.Tensor, size: int, *, border: str = "reflect", value: float = 0.0) -> torch.Tensor:
    """Return the mean of the ``size`` by ``size`` pixels around each.

    Args:
        images: shape (H, W), (C, H, W) or (N, C, H, W), floating point.
        size: pixels on a side, at least 1; an even one reaches one further to the left and up.
        border: "reflect", "mirror", "nearest", "constant" or "wrap".
        value: what stands outside with "constant".

    Returns:
        Shape and dtype of ``images``.

    Raises:
        TypeError: not pictures or numbers.
        ValueError: empty pictures, no such border, or ``size`` below 1.

    Source:
        ``scipy.ndimage.uniform_filter``.

    Example:
        >>> box(torch.tensor([[0.0, 0.0, 3.0]]), 3)
        tensor([[0., 1., 2.]])
    """
    check_images(images)
    size = positive_int("size", size)
    taps = torch.full((size,), 1 / size, dtype=torch.float64)
    return separable(images, taps, taps, border=border, value=value)


def gaussian(
    images: torch.Tensor,
    sigma: float,
    *,
    truncate: float = 4.0,
    border: str = "reflect",
    value: float = 0.0,
) -> torch.Tensor:
    """Return the pictures smoothed with a Gaussian, one axis after the other.

    Args:
        images: shape (H, W), (C, H, W) or (N, C, H, W), floating point.
        sigma: standard deviation in pixels, positive.
        truncate: standard deviations from the centre of the kernel to its end.
        border: "reflect", "mirror", "nearest", "constant" or "wrap".
        value: what stands outside with "constant".

    Returns:
        Shape and dtype of ``images``.

    Raises:
        TypeError: not pictures or numbers.
        ValueError: empty pictures, no such border, or ``sigma`` or ``truncate`` not positive.

    Source:
        ``scipy.ndimage.gaussian_filter``, its border included; ``skimage.filters.gaussian`` calls it with
        border "nearest".

    Example:
        >>> gaussian(torch.tensor([[0.0, 1.0, 0.0]]), 1.0, truncate=1.0)
        tensor([[0.2741, 0.4519, 0.2741]])
    """
    check_images(images)
    taps = gaussian_taps(sigma, truncate)
    return separable(images, taps, taps, border=border, value=value)


def unsharp_mask(
    images: torch.Tensor, sigma: float = 1.0, amount: float = 1.0, *, border: str = "reflect"
) -> torch.Tensor:
    """Return the pictures plus ``amount`` times what smoothing takes away from them: sharper.

    Args:
        images: shape (H, W), (C, H, W) or (N, C, H, W), floating point.
        sigma: standard deviation of the smoothing in pixels, positive.
        amount: how much of the detail is added; negative blurs.
        border: "reflect", "mirror", "nearest", "constant" or "wrap".

    Returns:
        Shape and dtype of ``images``; values may leave [0, 1].

    Raises:
        TypeError: not pictures or numbers.
        ValueError: empty pictures, no such border, or ``sigma`` not positive.

    Source:
        ``skimage.filters.unsharp_mask``, which also clips to [0, 1].

    Example:
        >>> unsharp_mask(torch.tensor([[0.0, 0.0, 1.0, 1.0]]))[0, 1:3] > torch.tensor([0.0, 1.0])
        tensor([False,  True])
    """
    amount = finite_number("amount", amount)
    return images + amount * (images - gaussian(images, sigma, border=border))
