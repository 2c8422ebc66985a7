"""Where a kernel stands along one axis of a convolution, plain or transposed, and what it never covers."""

from __future__ import annotations

from typing import NamedTuple

from cnnlab._arguments import non_negative_int, positive_int


class Positions(NamedTuple):
    """One axis of a layer, in cells.

    A transposed convolution is told as what it computes: the input spread with ``stride - 1`` zeros between
    its pixels, padded, under a kernel that slides with stride 1.

    Attributes:
        length: cells of the padded (and, when transposed, spread) input; below 1 where the padding cuts all
            away.
        pixels: positions of the input's pixels among these cells.
        offsets: positions of the kernel's taps from its first one on.
        starts: positions of the first tap, one for each output; empty where the kernel does not fit.
    """

    length: int
    pixels: tuple[int, ...]
    offsets: tuple[int, ...]
    starts: tuple[int, ...]

    @property
    def span(self) -> int:
        """Cells from the kernel's first to its last tap."""
        return self.offsets[-1] + 1

    def uncovered(self) -> list[int]:
        """Return the cells that no tap ever meets; a picture's pixel is missed if its row or column is."""
        met = {start + offset for start in self.starts for offset in self.offsets}
        return [cell for cell in range(self.length) if cell not in met]


def positions(
    length: int,
    kernel_size: int,
    *,
    stride: int = 1,
    padding: int = 0,
    dilation: int = 1,
    transposed: bool = False,
    output_padding: int = 0,
) -> Positions:
    """Return where the kernel stands, position by position.

    Args:
        length: pixels of the input along this axis, at least 1.
        kernel_size: number of taps, at least 1.
        stride: cells from one position to the next; when transposed, from one pixel to the next.
        padding: zeros at either end; when transposed, outputs that are left away at either end.
        dilation: cells from one tap to the next.
        transposed: whether it is a transposed convolution.
        output_padding: outputs added at the end of a transposed convolution.

    Returns:
        The positions; a kernel that does not fit has none.

    Raises:
        TypeError: a size is not an integer.
        ValueError: a size is out of range.

    Source:
        The shape formulas in the documentation of ``torch.nn.Conv2d`` and ``torch.nn.ConvTranspose2d``.

    Example:
        >>> positions(5, 3, stride=2).starts  # three cells, two further on; the kernel ends at the last cell
        (0, 2)
        >>> len(positions(2, 3, stride=2, transposed=True).starts)
        5
    """
    length, kernel_size = positive_int("length", length), positive_int("kernel_size", kernel_size)
    stride, dilation = positive_int("stride", stride), positive_int("dilation", dilation)
    padding = non_negative_int("padding", padding)
    output_padding = non_negative_int("output_padding", output_padding)
    offsets = tuple(dilation * tap for tap in range(kernel_size))
    border = offsets[-1] - padding if transposed else padding
    spread = stride if transposed else 1
    cells = (length - 1) * spread + 1 + 2 * border + output_padding
    places = (border + spread * pixel for pixel in range(length))
    starts = range(0, cells - offsets[-1], 1 if transposed else stride)
    return Positions(cells, tuple(place for place in places if 0 <= place < cells), offsets, tuple(starts))
