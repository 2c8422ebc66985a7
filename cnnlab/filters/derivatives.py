"""First derivatives of pictures: where pictures change, how much, and in which direction."""

from __future__ import annotations

from typing import NamedTuple

import torch

from cnnlab import kernels
from cnnlab._arguments import one_of
from cnnlab.convolution.operands import check_images
from cnnlab.filters.linear import convolve
from cnnlab.filters.passes import separable

OPERATORS = {"sobel": kernels.sobel, "prewitt": kernels.prewitt, "scharr": kernels.scharr}


class Gradient(NamedTuple):
    """How pictures change to the right and downward, each of the shape of the pictures.

    Example:
        >>> Gradient(torch.tensor(3.0), torch.tensor(4.0)).magnitude
        tensor(5.)
    """

    x: torch.Tensor
    y: torch.Tensor

    @property
    def magnitude(self) -> torch.Tensor:
        """The length of the gradient, ``sqrt(x**2 + y**2)``."""
        return torch.hypot(self.x, self.y)

    @property
    def direction(self) -> torch.Tensor:
        """The angle towards brighter pixels in radians, -pi to pi: 0 to the right, pi/2 downward."""
        return torch.atan2(self.y, self.x)


def gradient(
    images: torch.Tensor, *, operator: str = "sobel", border: str = "reflect", value: float = 0.0
) -> Gradient:
    """Return the responses to a pair of derivative kernels.

    Args:
        images: shape (H, W), (C, H, W) or (N, C, H, W), floating point; each channel by itself.
        operator: "sobel", "prewitt" or "scharr".
        border: "reflect", "mirror", "nearest", "constant" or "wrap".
        value: what stands outside with "constant".

    Returns:
        Positive where the picture grows to the right and downward, with ``magnitude`` and ``direction``. On a
        ramp of slope 1 Sobel gives 8, Prewitt 6 and Scharr 32, as the kernels are whole numbers.

    Raises:
        TypeError: not pictures, or ``value`` not a number.
        ValueError: empty pictures, no such operator or border.

    Source:
        ``scipy.ndimage.sobel`` and ``prewitt``, sign and scale included; ``skimage.filters.sobel_v`` (x) and
        ``sobel_h`` (y) divide by 4, Prewitt's by 3, Scharr's by 16, and their magnitude also by sqrt(2).

    Example:
        >>> ramp = torch.arange(5.0).expand(3, 5)
        >>> gradient(ramp).x[1], gradient(ramp).y[1]
        (tensor([4., 8., 8., 8., 4.]), tensor([0., 0., 0., 0., 0.]))
    """
    kernel = OPERATORS[one_of("operator", operator, OPERATORS)]
    x, y = (_factored(images, kernel(axis), border=border, value=value) for axis in ("x", "y"))
    return Gradient(x, y)


def sobel(
    images: torch.Tensor, axis: str = "x", *, border: str = "reflect", value: float = 0.0
) -> torch.Tensor:
    """Return Sobel's response along one axis: ``gradient(images).x`` or ``.y``.

    Args:
        images: shape (H, W), (C, H, W) or (N, C, H, W), floating point.
        axis: "x" (to the right) or "y" (downward).
        border: "reflect", "mirror", "nearest", "constant" or "wrap".
        value: what stands outside with "constant".

    Returns:
        Shape and dtype of ``images``.

    Raises:
        TypeError: not pictures, or ``value`` not a number.
        ValueError: empty pictures, no such axis or border.

    Source:
        ``scipy.ndimage.sobel``; ``skimage.filters.sobel_v`` is ``sobel(images) / 4``.

    Example:
        >>> sobel(torch.tensor([[0.0, 0.0, 1.0, 1.0]]))
        tensor([[0., 4., 4., 0.]])
    """
    return _factored(images, kernels.sobel(axis), border=border, value=value)


def prewitt(
    images: torch.Tensor, axis: str = "x", *, border: str = "reflect", value: float = 0.0
) -> torch.Tensor:
    """Return Prewitt's response along one axis; arguments and errors are those of ``sobel``.

    Args:
        images: shape (H, W), (C, H, W) or (N, C, H, W), floating point.
        axis: "x" (to the right) or "y" (downward).
        border: "reflect", "mirror", "nearest", "constant" or "wrap".
        value: what stands outside with "constant".

    Returns:
        Shape and dtype of ``images``.

    Raises:
        TypeError: not pictures, or ``value`` not a number.
        ValueError: empty pictures, no such axis or border.

    Source:
        ``scipy.ndimage.prewitt``; ``skimage.filters.prewitt_v`` is ``prewitt(images) / 3``.

    Example:
        >>> prewitt(torch.tensor([[0.0, 0.0, 1.0, 1.0]]))
        tensor([[0., 3., 3., 0.]])
    """
    return _factored(images, kernels.prewitt(axis), border=border, value=value)


def roberts(
    images: torch.Tensor, diagonal: str = "falling", *, border: str = "reflect", value: float = 0.0
) -> torch.Tensor:
    """Return the difference of two pixels across a diagonal of the four to the right and below.

    Args:
        images: shape (H, W), (C, H, W) or (N, C, H, W), floating point.
        diagonal: "falling" (lower right minus this) or "rising" (below minus right).
        border: "reflect", "mirror", "nearest", "constant" or "wrap".
        value: what stands outside with "constant".

    Returns:
        Shape and dtype of ``images``.

    Raises:
        TypeError: not pictures, or ``value`` not a number.
        ValueError: empty pictures, no such diagonal or border.

    Source:
        ``skimage.filters.roberts_pos_diag`` (falling) and ``roberts_neg_diag`` (rising), sign included.

    Example:
        >>> roberts(torch.tensor([[1.0, 2.0], [4.0, 8.0]]))[0, 0]
        tensor(7.)
    """
    matrix = kernels.roberts(diagonal).matrix
    # Of an even kernel, a convolution reaches right and down, as scikit-image does; hence the flip.
    return convolve(images, matrix.flip(0, 1), border=border, value=value)


def _factored(images: torch.Tensor, kernel: kernels.Kernel, *, border: str, value: float) -> torch.Tensor:
    check_images(images)
    return separable(images, *kernel.factors, border=border, value=value)  # type: ignore[misc]
