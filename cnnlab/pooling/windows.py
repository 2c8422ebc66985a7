"""What every pooling shares: how its window moves, and the view of the pixels under each window."""

from __future__ import annotations

from torch import Tensor
from torch.nn.functional import pad

from cnnlab.convolution.methods2d import sliding_windows2d
from cnnlab.convolution.slide import Slide
from cnnlab.geometry import Pool, effective_kernel_size, output_size
from cnnlab.geometry.layers import Window
from cnnlab.geometry.layers import windows as axes_of


def make_slides(size: tuple[int, int], pool: Pool) -> tuple[Slide, Slide]:
    """Return how the window of ``pool`` moves down and along a picture of ``size`` (H, W).

    The far side is padded for the last window exactly: more than ``padding`` where ``ceil_mode`` lets it hang
    over the edge, less than nothing where no window reaches the last pixels.

    Raises:
        ValueError: the kernel does not fit the padded picture.

    Example:
        >>> make_slides((5, 4), Pool(2, ceil_mode=True))[0]
        Slide(stride=2, dilation=1, left=0, right=1)
        >>> make_slides((5, 4), Pool(2))[0]
        Slide(stride=2, dilation=1, left=0, right=-1)
    """
    names = ("kernel_size", "stride", "padding", "dilation", "ceil_mode")
    counts = output_size(size, **{name: getattr(pool, name) for name in names})
    down, along = (_slide(*axis) for axis in zip(size, counts, axes_of(pool), strict=True))
    return down, along


def _slide(length: int, count: int, axis: Window) -> Slide:
    span = effective_kernel_size(axis.kernel_size, axis.dilation)
    reach = (count - 1) * axis.stride + span
    return Slide(axis.stride, axis.dilation, axis.padding, reach - length - axis.padding)


def window_view(images: Tensor, pool: Pool, fill: float) -> Tensor:
    """Return the pixels under each window, shape (..., H', W', kh * kw), row by row.

    Args:
        images: shape (..., H, W).
        pool: the window and how it moves.
        fill: what lies beyond the edges.
    """
    down, along = make_slides((images.shape[-2], images.shape[-1]), pool)
    padded = pad(images, (along.left, along.right, down.left, down.right), value=fill)
    height, width = (axis.kernel_size for axis in axes_of(pool))
    return sliding_windows2d(padded, height, width, down, along).flatten(-2)


def planes(images: Tensor) -> Tensor:
    """Return every channel of every picture as a picture of its own, shape (N * C, 1, H, W)."""
    return images.reshape(-1, 1, *images.shape[-2:])
