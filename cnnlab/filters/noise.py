"""Pictures with noise on them."""

from __future__ import annotations

import torch

from cnnlab.convolution.operands import check_images
from cnnlab.filters.checks import check_generator, finite_number, fraction


def gaussian_noise(
    images: torch.Tensor, std: float, *, generator: torch.Generator | None = None
) -> torch.Tensor:
    """Return the pictures plus independent normal noise at each number.

    Args:
        images: shape (H, W), (C, H, W) or (N, C, H, W), floating point.
        std: standard deviation of the noise, zero or positive, in the unit of the pictures.
        generator: where the random numbers come from, on the device of ``images``; None for PyTorch's own.

    Returns:
        Shape and dtype of ``images``; values may leave [0, 1].

    Raises:
        TypeError: not pictures, a number or a generator.
        ValueError: empty pictures, negative ``std``, or a generator on another device.

    Source:
        ``skimage.util.random_noise(mode="gaussian", clip=False)`` with variance ``std**2``.

    Example:
        >>> noisy = gaussian_noise(torch.zeros(100, 100), 0.1, generator=torch.Generator().manual_seed(0))
        >>> round(noisy.std().item(), 2)
        0.1
    """
    check_images(images)
    if finite_number("std", std) < 0:
        raise ValueError(f"std must be zero or positive, got {std!r}")
    check_generator(generator, images.device)
    drawn = torch.randn(images.shape, generator=generator, dtype=images.dtype, device=images.device)
    return images + std * drawn


def salt_and_pepper(
    images: torch.Tensor,
    amount: float,
    *,
    salt: float = 0.5,
    generator: torch.Generator | None = None,
) -> torch.Tensor:
    """Return the pictures with some numbers replaced by 1 (salt) or 0 (pepper).

    Args:
        images: shape (H, W), (C, H, W) or (N, C, H, W), floating point; each channel is hit by itself.
        amount: chance that a number is replaced, in [0, 1].
        salt: chance that a replaced one becomes 1, in [0, 1].
        generator: where the random numbers come from, on the device of ``images``; None for PyTorch's own.

    Returns:
        Shape and dtype of ``images``.

    Raises:
        TypeError: not pictures, numbers or a generator.
        ValueError: empty pictures, a chance outside [0, 1], or a generator on another device.

    Source:
        ``skimage.util.random_noise(mode="s&p")``.

    Example:
        >>> salt_and_pepper(torch.full((1, 3), 0.5), amount=1, salt=0)
        tensor([[0., 0., 0.]])
    """
    check_images(images)
    amount, salt = fraction("amount", amount), fraction("salt", salt)
    check_generator(generator, images.device)
    # Half precision would draw few distinct numbers, and so miss a small amount.
    hit, white = (
        torch.rand(images.shape, generator=generator, dtype=torch.float32, device=images.device)
        for _ in range(2)
    )
    return torch.where(hit < amount, (white < salt).to(images.dtype), images)
