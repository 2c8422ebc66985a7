"""Kernels that average, and the derivatives of the Gaussian."""

from __future__ import annotations

import torch

from cnnlab._arguments import non_negative_int, one_of, positive_int, positive_number
from cnnlab.kernels.kernel import Kernel, separable

AXES = ("x", "y")
_SCIPY = "scipy.ndimage.gaussian_filter"


def box(size: int) -> Kernel:
    """Return the mean of ``size`` by ``size`` pixels.

    Args:
        size: pixels on a side, at least 1; an even one reaches further to the left and up.

    Returns:
        ``size`` rows of ones, divided by their number.

    Raises:
        TypeError: ``size`` is not an integer.
        ValueError: ``size`` is below 1.

    Source:
        Lecture 1, "box filter", 1/9 for 3x3.

    Example:
        >>> box(3).divisor, box(3).values.sum().item()
        (9, 1.0)
    """
    size = positive_int("size", size)
    ones = torch.ones(size, dtype=torch.float64)
    convention = "The mean: scipy.ndimage.uniform_filter(picture, size), sign and scale included."
    return separable(f"box {size}x{size}", ones, ones, "Lecture 1, box filter", convention, divisor=size**2)


def gaussian(sigma: float, *, truncate: float = 4.0) -> Kernel:
    """Return a Gaussian of which the sum is one.

    Args:
        sigma: standard deviation in pixels, positive.
        truncate: standard deviations from the centre to the end, positive.

    Returns:
        The kernel with 2r + 1 pixels on a side, r = truncate * sigma rounded to the nearest integer.

    Raises:
        TypeError: not numbers.
        ValueError: not positive.

    Source:
        The samples and the radius of ``scipy.ndimage.gaussian_filter``, which ``skimage.filters.gaussian``
        calls.

    Example:
        >>> gaussian(1.0, truncate=1.0).factors[0]
        tensor([0.2741, 0.4519, 0.2741], dtype=torch.float64)
    """
    taps = gaussian_taps(sigma, truncate)
    convention = f"A weighted mean: {_SCIPY} and skimage.filters.gaussian, sign and scale included."
    return separable(f"Gaussian, sigma {sigma:g}", taps, taps, _SCIPY, convention)


def gaussian_derivative(sigma: float, *, axis: str = "x", truncate: float = 4.0) -> Kernel:
    """Return the first derivative of a Gaussian: smoothing and differentiating in one kernel.

    Args:
        sigma: standard deviation in pixels, positive.
        axis: "x" (along the rows) or "y" (down the columns).
        truncate: standard deviations from the centre to the end, positive.

    Returns:
        The kernel, positive where a cross-correlated picture grows to the right, or downward for "y".

    Raises:
        TypeError: not numbers.
        ValueError: not positive, or no such axis.

    Source:
        ``scipy.ndimage.gaussian_filter`` with order 1 along the axis.

    Example:
        >>> gaussian_derivative(1.0, truncate=1.0).factors[1]
        tensor([-0.2741,  0.0000,  0.2741], dtype=torch.float64)
    """
    smooth, slope = gaussian_taps(sigma, truncate), gaussian_taps(sigma, truncate, order=1)
    column, row = (smooth, slope) if one_of("axis", axis, AXES) == "x" else (slope, smooth)
    convention = f"Positive where the picture grows along {axis}: {_SCIPY} with order 1 along that axis."
    return separable(f"derivative of Gaussian along {axis}, sigma {sigma:g}", column, row, _SCIPY, convention)


def laplacian_of_gaussian(sigma: float, *, truncate: float = 4.0) -> Kernel:
    """Return the sum of both second derivatives of a Gaussian: the "Mexican hat", upside down.

    Args:
        sigma: standard deviation in pixels, positive.
        truncate: standard deviations from the centre to the end, positive.

    Returns:
        The kernel, negative at its centre. It has no factors, but is a sum of two kernels that have.

    Raises:
        TypeError: not numbers.
        ValueError: not positive.

    Source:
        Marr and Hildreth, "Theory of Edge Detection", Proc. R. Soc. London B 207, 1980;
        ``scipy.ndimage.gaussian_laplace``.

    Example:
        >>> laplacian_of_gaussian(1.0).matrix[4, 4] < 0
        tensor(True)
    """
    smooth, bend = gaussian_taps(sigma, truncate), gaussian_taps(sigma, truncate, order=2)
    matrix = torch.outer(smooth, bend) + torch.outer(bend, smooth)
    convention = (
        "Positive in a dark spot: scipy.ndimage.gaussian_laplace; skimage.feature.blob_log turns the sign."
    )
    return Kernel(f"Laplacian of Gaussian, sigma {sigma:g}", matrix, "Marr and Hildreth 1980", convention)


def gaussian_taps(sigma: float, truncate: float = 4.0, *, order: int = 0) -> torch.Tensor:
    """Return a sampled Gaussian or its derivative, as it slides in cross-correlation.

    Args:
        sigma: standard deviation in pixels, positive.
        truncate: standard deviations from the centre to the end, positive.
        order: 0 for the Gaussian, whose sum is one, 1 or 2 for its derivatives.

    Returns:
        Shape (2r + 1,), float64, r = truncate * sigma rounded to the nearest integer.

    Raises:
        TypeError: not numbers.
        ValueError: not positive, or ``order`` above 2.

    Example:
        >>> gaussian_taps(1.0, 1.0)
        tensor([0.2741, 0.4519, 0.2741], dtype=torch.float64)
    """
    sigma, truncate = positive_number("sigma", sigma), positive_number("truncate", truncate)
    if non_negative_int("order", order) > 2:
        raise ValueError(f"order must be 0, 1 or 2, got {order}")
    radius = int(truncate * sigma + 0.5)
    x = torch.arange(-radius, radius + 1, dtype=torch.float64)
    taps = torch.exp(-0.5 * (x / sigma) ** 2)
    taps = taps / taps.sum()
    return taps * (torch.ones_like(x), x / sigma**2, x**2 / sigma**4 - 1 / sigma**2)[order]
