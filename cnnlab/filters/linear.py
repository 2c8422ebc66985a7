"""Any kernel slid over pictures."""

from __future__ import annotations

from functools import reduce
from typing import Any

import torch

from cnnlab.convolution.operands import check_images, check_tensor, computing_dtype
from cnnlab.filters.borders import check_border, window
from cnnlab.filters.checks import in_computing_dtype
from cnnlab.filters.passes import all_finite, band, missing, multiply
from cnnlab.kernels import Kernel


def cross_correlate(
    images: torch.Tensor, kernel: Kernel | torch.Tensor, *, border: str = "reflect", value: float = 0.0
) -> torch.Tensor:
    """Return the kernel slid over each channel as it stands, unflipped: what networks do.

    The results keep the size of the picture; the kernel's entry (kh // 2, kw // 2) lies on the pixel.

    Args:
        images: shape (H, W), (C, H, W) or (N, C, H, W); float16, bfloat16, float32 or float64.
        kernel: a ``kernels.Kernel``, or a tensor of shape (kh, kw), of any size, that may require gradients.
        border: "reflect", "mirror", "nearest", "constant" or "wrap", as ``filters.pad`` draws them.
        value: what stands outside with "constant".

    Returns:
        Shape and dtype of ``images``.

    Raises:
        TypeError: not pictures, not a kernel, or ``value`` not a number.
        ValueError: empty pictures or kernel, or no such border.

    Source:
        ``scipy.ndimage.correlate``.

    Example:
        >>> step = torch.tensor([[0.0, 0.0, 1.0, 1.0]])
        >>> cross_correlate(step, torch.tensor([[-1.0, 0.0, 1.0]]))
        tensor([[0., 1., 1., 0.]])
    """
    weight = _numbers(images, kernel)
    before = (weight.shape[0] // 2, weight.shape[1] // 2)
    return _correlate(images, weight, before, border, check_border(border, value))


def convolve(
    images: torch.Tensor, kernel: Kernel | torch.Tensor, *, border: str = "reflect", value: float = 0.0
) -> torch.Tensor:
    """Return the convolution: the kernel flipped both ways and slid over each channel.

    Arguments, shapes and errors are those of ``cross_correlate``. Entry (kh // 2, kw // 2) of the kernel,
    before the flip, weighs the pixel itself.

    Args:
        images: shape (H, W), (C, H, W) or (N, C, H, W).
        kernel: a ``kernels.Kernel``, or a tensor of shape (kh, kw).
        border: "reflect", "mirror", "nearest", "constant" or "wrap".
        value: what stands outside with "constant".

    Returns:
        Shape and dtype of ``images``.

    Raises:
        TypeError: not pictures, not a kernel, or ``value`` not a number.
        ValueError: empty pictures or kernel, or no such border.

    Source:
        ``scipy.ndimage.convolve``.

    Example:
        >>> step = torch.tensor([[0.0, 0.0, 1.0, 1.0]])
        >>> convolve(step, torch.tensor([[-1.0, 0.0, 1.0]]))
        tensor([[ 0., -1., -1.,  0.]])
    """
    weight = _numbers(images, kernel).flip(0, 1)
    before = ((weight.shape[0] - 1) // 2, (weight.shape[1] - 1) // 2)
    return _correlate(images, weight, before, border, check_border(border, value))


def _numbers(images: Any, kernel: Any) -> torch.Tensor:
    """The kernel's numbers in the dtype that the pictures are computed in, and on their device."""
    check_images(images)
    if isinstance(kernel, Kernel):
        kernel = kernel.values
    check_tensor("kernel", kernel)
    if kernel.ndim != 2 or 0 in kernel.shape:
        raise ValueError(f"kernel must have shape (kh, kw) and not be empty, got {tuple(kernel.shape)}")
    return kernel.to(images.device, computing_dtype(images.dtype))


def _correlate(
    images: torch.Tensor, weight: torch.Tensor, before: tuple[int, int], border: str, value: float
) -> torch.Tensor:
    """Each row of the kernel slides over the picture shifted by as many rows; the results add up."""
    (height, width), (kh, kw) = images.shape[-2:], weight.shape

    def rows(pictures: torch.Tensor) -> torch.Tensor:
        tall = window(pictures, -2, -before[0], height + kh - 1 - before[0], border, value)
        last = width + kw - 1 - before[1] + missing(width)
        seen = window(tall, -1, -before[1], last, border, value)
        if not all_finite(seen):
            return _add_up(seen, weight, height, width)
        shifted = (seen.narrow(-2, start, height) for start in range(kh))
        passes = zip(shifted, weight, strict=True)
        return reduce(torch.add, (multiply(part, band(taps), -1, width) for part, taps in passes))

    return in_computing_dtype(images, rows)


def _add_up(seen: torch.Tensor, weight: torch.Tensor, height: int, width: int) -> torch.Tensor:
    """The definition, tap by tap: what is not finite reaches only the windows that weigh it."""
    used = (weight.detach() != 0) | weight.requires_grad
    total = seen.new_zeros(*seen.shape[:-2], height, width)
    for row, column in used.nonzero().tolist():
        total = total + seen[..., row : row + height, column : column + width] * weight[row, column]
    return total
