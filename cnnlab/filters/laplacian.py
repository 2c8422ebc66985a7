"""Second derivatives of pictures."""

from __future__ import annotations

import torch

from cnnlab import kernels
from cnnlab.convolution.operands import check_images
from cnnlab.filters.checks import in_computing_dtype
from cnnlab.filters.linear import cross_correlate
from cnnlab.filters.passes import separable


def laplacian(
    images: torch.Tensor, neighbours: int = 4, *, border: str = "reflect", value: float = 0.0
) -> torch.Tensor:
    """Return the neighbours' sum minus as many times the pixel: positive in a dark spot.

    Args:
        images: shape (H, W), (C, H, W) or (N, C, H, W), floating point.
        neighbours: 4 or 8.
        border: "reflect", "mirror", "nearest", "constant" or "wrap".
        value: what stands outside with "constant".

    Returns:
        Shape and dtype of ``images``.

    Raises:
        TypeError: not pictures, or ``value`` not a number.
        ValueError: empty pictures, another number of neighbours, or no such border.

    Source:
        ``scipy.ndimage.laplace`` (4 neighbours); ``skimage.filters.laplace`` has the opposite sign.

    Example:
        >>> laplacian(torch.tensor([[0.0, 1.0, 0.0]]))
        tensor([[ 1., -2.,  1.]])
    """
    return cross_correlate(images, kernels.laplacian(neighbours), border=border, value=value)


def laplacian_of_gaussian(
    images: torch.Tensor,
    sigma: float,
    *,
    truncate: float = 4.0,
    border: str = "reflect",
    value: float = 0.0,
) -> torch.Tensor:
    """Return both second derivatives of the smoothed pictures added up, as two separable filters.

    Args:
        images: shape (H, W), (C, H, W) or (N, C, H, W), floating point.
        sigma: standard deviation in pixels, positive.
        truncate: standard deviations from the centre of the kernel to its end.
        border: "reflect", "mirror", "nearest", "constant" or "wrap".
        value: what stands outside with "constant".

    Returns:
        Shape and dtype of ``images``; an edge is where the sign changes.

    Raises:
        TypeError: not pictures or numbers.
        ValueError: empty pictures, no such border, or ``sigma`` or ``truncate`` not positive.

    Source:
        ``scipy.ndimage.gaussian_laplace``.

    Example:
        >>> laplacian_of_gaussian(torch.ones(9, 9), 1.0).abs().max() < 1e-2  # taps cut off at 4 sigma
        tensor(True)
    """
    check_images(images)
    smooth, bend = kernels.gaussian_taps(sigma, truncate), kernels.gaussian_taps(sigma, truncate, order=2)

    def both(pictures: torch.Tensor) -> torch.Tensor:
        down = separable(pictures, bend, smooth, border=border, value=value)
        return down + separable(pictures, smooth, bend, border=border, value=value)

    return in_computing_dtype(images, both)
