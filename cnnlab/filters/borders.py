"""What a filter sees outside the picture: SciPy's five border modes."""

from __future__ import annotations

from typing import Any

import torch

from cnnlab._arguments import non_negative_int, one_of
from cnnlab.convolution.operands import check_images
from cnnlab.filters.checks import finite_number

BORDERS = ("reflect", "mirror", "nearest", "constant", "wrap")


def pad(images: torch.Tensor, padding: int, *, border: str = "reflect", value: float = 0.0) -> torch.Tensor:
    """Return pictures with a border of ``padding`` pixels on all four sides.

    ====================  =====================  =========================
    border                beyond a b c d stands  PyTorch calls it
    ====================  =====================  =========================
    "reflect" (default)   d c b a | d c b a      (none)
    "mirror"              d c b | c b a          "reflect"
    "nearest"             d d d d | a a a a      "replicate"
    "constant"            ``value``              "constant"
    "wrap"                a b c d | a b c d      "circular"
    ====================  =====================  =========================

    Args:
        images: shape (H, W), (C, H, W) or (N, C, H, W), floating point.
        padding: pixels, zero or positive; it may exceed the picture, which then repeats.
        border: one of ``BORDERS``.
        value: what stands outside with "constant".

    Returns:
        The pictures, ``2 * padding`` higher and wider.

    Raises:
        TypeError: not pictures or numbers.
        ValueError: no such border, or empty pictures.

    Source:
        The modes of ``scipy.ndimage``; "mirror" of a single pixel repeats it.

    Example:
        >>> pad(torch.tensor([[1.0, 2.0, 3.0]]), 2)[0]
        tensor([2., 1., 1., 2., 3., 3., 2.])
        >>> pad(torch.tensor([[1.0, 2.0, 3.0]]), 2, border="mirror")[0]
        tensor([3., 2., 1., 2., 3., 2., 1.])
    """
    check_images(images)
    padding, value = non_negative_int("padding", padding), check_border(border, value)
    height, width = images.shape[-2:]
    tall = window(images, -2, -padding, height + padding, border, value)
    return window(tall, -1, -padding, width + padding, border, value)


def check_border(border: Any, value: Any) -> float:
    """Return ``value`` as a float if ``border`` is one of ``BORDERS``.

    Raises:
        TypeError: ``value`` is not a number.
        ValueError: no such border.
    """
    one_of("border", border, BORDERS)
    return finite_number("value", value)


def window(images: torch.Tensor, dim: int, start: int, stop: int, border: str, value: float) -> torch.Tensor:
    """Return the entries ``start`` to ``stop`` along one axis; those outside are the border's.

    Positions below 0 lie in front of the picture; those inside and outside may mix. A view if all lie inside.
    """
    size = images.shape[dim]
    first, last = max(start, 0), min(stop, size)
    parts = [images.narrow(dim, first, last - first)]
    if start < 0:
        parts.insert(0, _outside(images, dim, start, 0, border, value))
    if stop > size:
        parts.append(_outside(images, dim, size, stop, border, value))
    return torch.cat(parts, dim) if len(parts) > 1 else parts[0]


def _outside(
    images: torch.Tensor, dim: int, start: int, stop: int, border: str, value: float
) -> torch.Tensor:
    if border == "constant":
        shape = list(images.shape)
        shape[dim] = stop - start
        return images.new_full(shape, value)
    index = answering_position(torch.arange(start, stop), images.shape[dim], border)
    return images.index_select(dim, index.to(images.device))


def answering_position(positions: torch.Tensor, size: int, border: str) -> torch.Tensor:
    """Return the position in 0 .. size - 1 that each of ``positions`` is answered by, if not by a constant.

    Example:
        >>> answering_position(torch.arange(-3, 6), 3, "reflect").tolist()
        [2, 1, 0, 0, 1, 2, 2, 1, 0]
    """
    if border == "nearest":
        return positions.clamp(0, size - 1)
    if border == "wrap":
        return positions % size
    # Going there and back repeats after twice the size, less the two ends that a mirror does not double.
    ends = 1 if border == "mirror" else 0
    period = max(1, 2 * (size - ends))
    there = positions % period
    return torch.minimum(there, period - 1 + ends - there)
