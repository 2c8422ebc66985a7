"""Taps slid along rows or columns: what every filter here is made of.

Up to ``SHORT`` taps, and equal ones, are added up. Others are a product with a banded matrix: a
block of results in a row is ``window @ band``, where the window holds the block and what the taps reach
beyond it, and column j of the band holds the taps, j entries down. Processors multiply matrices so fast that
the zeros in the band cost less than walking through memory once for each tap. Where something is not finite,
taps are added up.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import NamedTuple

import torch

from cnnlab.filters.borders import check_border, window
from cnnlab.filters.checks import in_computing_dtype

BLOCK = 32
SHORT = 9
STRIP_PIXELS = 2**17


class Pass(NamedTuple):
    """Taps made ready: how many, how much more the slide must see, and the slide itself."""

    taps: int
    slack: Callable[[int], int]
    slide: Callable[[torch.Tensor, int, int], torch.Tensor]


def separable(
    images: torch.Tensor, column: torch.Tensor, row: torch.Tensor, *, border: str, value: float
) -> torch.Tensor:
    """Return pictures cross-correlated with a column, then with a row, as with their 2-D product.

    Args:
        images: shape (..., H, W), floating point.
        column: shape (kh,), on the CPU; entry kh // 2 lies on the pixel.
        row: shape (kw,), likewise.
        border: one of ``borders.BORDERS``.
        value: what stands outside with "constant".

    Returns:
        Shape and dtype of ``images``.

    Raises:
        TypeError: ``value`` is not a number.
        ValueError: no such border.

    Source:
        ``scipy.ndimage.correlate`` with the outer product. SciPy's own passes put ``value`` beside each pass,
        which differs where ``value`` is not 0 and the column's sum is not 1.

    Example:
        >>> separable(torch.eye(2), torch.ones(1), torch.ones(3), border="constant", value=0)
        tensor([[1., 1.],
                [1., 1.]])
    """
    value = check_border(border, value)
    # What a constant outside has become when the second pass sees it.
    value_between = value * column.sum().item()

    def both(pictures: torch.Tensor) -> torch.Tensor:
        down, across = (make_pass(factor, pictures) for factor in (column, row))

        def strip(start: int, rows: int) -> torch.Tensor:
            tall = correlate(pictures, down, -2, start, rows, border, value)
            return correlate(tall, across, -1, 0, pictures.shape[-1], border, value_between)

        return in_strips(pictures, strip)

    return in_computing_dtype(images, both)


def in_strips(pictures: torch.Tensor, strip: Callable[[int, int], torch.Tensor]) -> torch.Tensor:
    """Return ``strip(start, rows)`` for all rows, a few at a time where that is faster.

    A processor's cache holds what lies between the passes of a few rows, and memory that is new to the
    process is slow. A GPU, and gradients, want all rows at once.
    """
    height, width = pictures.shape[-2:]
    if pictures.device.type != "cpu" or (torch.is_grad_enabled() and pictures.requires_grad):
        return strip(0, height)
    planes = max(1, pictures.numel() // (height * width))
    rows = max(1, STRIP_PIXELS // (planes * width * BLOCK)) * BLOCK
    if rows >= height:
        return strip(0, height)
    result = torch.empty_like(pictures, memory_format=torch.contiguous_format)
    for start in range(0, height, rows):
        count = min(rows, height - start)
        result[..., start : start + count, :] = strip(start, count)
    return result


def correlate(
    images: torch.Tensor, taps: Pass, dim: int, start: int, count: int, border: str, value: float
) -> torch.Tensor:
    """Return results ``start`` to ``start + count`` of a pass along one axis, centred on tap k // 2."""
    first = start - taps.taps // 2
    last = first + count + taps.taps - 1 + taps.slack(count)
    return taps.slide(window(images, dim, first, last, border, value), dim, count)


def make_pass(taps: torch.Tensor, like: torch.Tensor) -> Pass:
    """Return constant ``taps``, shape (k,), ready for tensors like ``like``."""
    numbers = taps.tolist()
    if len(taps) <= SHORT:
        return Pass(len(taps), lambda count: 0, lambda seen, dim, count: add_up(seen, numbers, dim, count))
    if min(numbers) == max(numbers):
        return Pass(len(taps), lambda count: 0, lambda seen, dim, count: add_equal(seen, numbers, dim, count))
    matrix = band(taps.to(like.device, like.dtype))

    def product(seen: torch.Tensor, dim: int, count: int) -> torch.Tensor:
        if all_finite(seen):
            return multiply(seen, matrix, dim, count)
        return add_up(seen, numbers, dim, count)

    return Pass(len(taps), missing, product)


def all_finite(seen: torch.Tensor) -> bool:
    """Return whether the zeros of a band are harmless: zero times an infinity or NaN is NaN."""
    return seen.device.type == "meta" or math.isfinite(seen.detach().sum())


def add_up(seen: torch.Tensor, taps: list[float], dim: int, count: int) -> torch.Tensor:
    """Return the sum over taps of each tap times the entries that it sees, ``count`` along ``dim``.

    What meets a tap of zero is left out, whatever it is.
    """
    (first, tap), *others = [(index, tap) for index, tap in enumerate(taps) if tap] or [(0, 0.0)]
    total = seen.narrow(dim, first, count) * tap
    for index, tap in others:
        total.add_(seen.narrow(dim, index, count), alpha=tap)
    return total


def add_equal(seen: torch.Tensor, taps: list[float], dim: int, count: int) -> torch.Tensor:
    """Return what ``add_up`` returns, for equal taps: sums of 1, 2, 4, 8, ... entries make up any number."""
    sums, reach, position, total = seen * taps[0], 1, 0, None
    for place in range(len(taps).bit_length()):
        if place:
            rest = sums.shape[dim] - reach
            sums, reach = sums.narrow(dim, 0, rest) + sums.narrow(dim, reach, rest), 2 * reach
        if len(taps) >> place & 1:
            part = sums.narrow(dim, position, count)
            total = part.clone() if total is None else total.add_(part)
            position += reach
    assert total is not None  # there is at least one tap
    return total


def multiply(seen: torch.Tensor, matrix: torch.Tensor, dim: int, count: int) -> torch.Tensor:
    """Return the first ``count`` results along ``dim`` of sliding the taps that ``matrix`` is the band of.

    ``seen`` has shape (..., H, W), with count + missing(count) + k - 1 entries along ``dim``, -1 or -2.
    """
    if dim == -2:
        windows = seen.unfold(-2, len(matrix), BLOCK)
        return (matrix.T @ windows.transpose(-1, -2)).flatten(-3, -2)[..., :count, :]
    rows = seen.reshape(-1, seen.shape[-1])
    windows = rows.unfold(-1, len(matrix), BLOCK).transpose(0, 1)
    # Blocks lead, so that the product reads overlapping windows in place instead of copying them.
    result = torch.bmm(windows, matrix.expand(len(windows), -1, -1))
    shape = *seen.shape[:-1], count + missing(count)
    return result.transpose(0, 1).reshape(shape)[..., :count]


def missing(count: int) -> int:
    """Return how many results ``count`` lacks to be whole blocks."""
    return -count % BLOCK


def band(taps: torch.Tensor) -> torch.Tensor:
    """Return the matrix (BLOCK + k - 1, BLOCK) whose column j holds ``taps``, shape (k,), from row j on.

    Example:
        >>> band(torch.tensor([1.0, 2.0]))[:3, :2]
        tensor([[1., 0.],
                [2., 1.],
                [0., 2.]])
    """
    count = len(taps)
    rows = torch.arange(BLOCK + count - 1, device=taps.device)[:, None]
    index = rows - torch.arange(BLOCK, device=taps.device)
    index = torch.where((index >= 0) & (index < count), index, count)
    return torch.cat([taps, taps.new_zeros(1)])[index]
