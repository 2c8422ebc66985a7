"""Kernels that differentiate: zero where a picture is constant.

Those with an axis are positive, in cross-correlation, where the picture grows to the right ("x") or
downward ("y"). ``kernels.PRESETS`` holds them as the lectures print them, where signs vary.
"""

from __future__ import annotations

import torch

from cnnlab._arguments import one_of
from cnnlab.kernels.kernel import Kernel, separable, tensor
from cnnlab.kernels.smoothing import AXES

DIAGONALS = ("falling", "rising")


def roberts(diagonal: str = "falling") -> Kernel:
    """Return Roberts' difference across one diagonal of four pixels.

    Args:
        diagonal: "falling" (lower right minus upper left) or "rising" (lower left minus upper right).

    Returns:
        The 2x2 kernel.

    Raises:
        ValueError: no such diagonal.

    Source:
        Roberts, "Machine Perception of Three-Dimensional Solids", 1963; lecture 1.

    Example:
        >>> roberts("rising").matrix
        tensor([[ 0., -1.],
                [ 1.,  0.]], dtype=torch.float64)
    """
    falling = one_of("diagonal", diagonal, DIAGONALS) == "falling"
    matrix = tensor([-1, 0], [0, 1]) if falling else tensor([0, -1], [1, 0])
    name = "roberts_pos_diag" if falling else "roberts_neg_diag"
    convention = (
        f"Cross-correlated: lower minus upper. skimage.filters.{name} is this, one pixel up and left."
    )
    return Kernel(f"Roberts, {diagonal}", matrix, "Roberts 1963; lecture 1", convention)


def prewitt(axis: str = "x") -> Kernel:
    """Return Prewitt's derivative: a central difference summed over three rows.

    Args:
        axis: "x" (finds vertical edges) or "y".

    Returns:
        The 3x3 kernel.

    Raises:
        ValueError: no such axis.

    Source:
        Prewitt, "Object Enhancement and Extraction", 1970; lecture 1 (with the sign turned).

    Example:
        >>> prewitt().matrix[0]
        tensor([-1.,  0.,  1.], dtype=torch.float64)
    """
    return _gradient("prewitt", tensor(1, 1, 1), axis, "Prewitt 1970; lecture 1", scipy="prewitt")


def sobel(axis: str = "x") -> Kernel:
    """Return Sobel's derivative: a central difference, with the middle row counted twice.

    Args:
        axis: "x" (finds vertical edges) or "y".

    Returns:
        The 3x3 kernel.

    Raises:
        ValueError: no such axis.

    Source:
        Sobel and Feldman, "A 3x3 Isotropic Gradient Operator for Image Processing", 1968; lectures 1 and 2.

    Example:
        >>> sobel().matrix[1]
        tensor([-2.,  0.,  2.], dtype=torch.float64)
    """
    return _gradient("sobel", tensor(1, 2, 1), axis, "Sobel and Feldman 1968; lecture 1", scipy="sobel")


def scharr(axis: str = "x") -> Kernel:
    """Return Scharr's derivative, whose direction is truer than Sobel's.

    Args:
        axis: "x" (finds vertical edges) or "y".

    Returns:
        The 3x3 kernel.

    Raises:
        ValueError: no such axis.

    Source:
        Scharr, "Optimal Operators in Digital Image Processing", dissertation, Heidelberg 2000.

    Example:
        >>> scharr().matrix[1]
        tensor([-10.,   0.,  10.], dtype=torch.float64)
    """
    return _gradient("scharr", tensor(3, 10, 3), axis, "Scharr 2000", scipy=None)


def laplacian(neighbours: int = 4) -> Kernel:
    """Return the sum of the neighbours minus as many times the pixel: both second derivatives added.

    Args:
        neighbours: 4 (beside) or 8 (also across the corners).

    Returns:
        The 3x3 kernel, negative at its centre.

    Raises:
        ValueError: another number.

    Example:
        >>> laplacian().matrix[1]
        tensor([ 1., -4.,  1.], dtype=torch.float64)
    """
    if neighbours not in (4, 8):
        raise ValueError(f"neighbours must be 4 or 8, got {neighbours!r}")
    corner = 1 if neighbours == 8 else 0
    matrix = tensor([corner, 1, corner], [1, -neighbours, 1], [corner, 1, corner])
    convention = (
        "Positive in a dark spot: scipy.ndimage.laplace for 4; skimage.filters.laplace turns the sign."
    )
    return Kernel(f"Laplacian, {neighbours} neighbours", matrix, "scipy.ndimage.laplace", convention)


def _gradient(name: str, smooth: torch.Tensor, axis: str, source: str, *, scipy: str | None) -> Kernel:
    slope = tensor(-1, 0, 1)
    column, row = (smooth, slope) if one_of("axis", axis, AXES) == "x" else (slope, smooth)
    letter, number = ("v", 1) if axis == "x" else ("h", 0)
    same = f"scipy.ndimage.{scipy}(axis={number}); " if scipy else ""
    convention = (
        f"Cross-correlated, positive where the picture grows along {axis}: {same}"
        f"skimage.filters.{name}_{letter} divides by {smooth.sum():g}."
    )
    return separable(f"{name.capitalize()} along {axis}", column, row, source, convention)
