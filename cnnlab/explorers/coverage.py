"""Where a kernel stands along one axis of a convolution, plain or transposed, and what it never covers."""

from __future__ import annotations

from typing import NamedTuple


class Axis(NamedTuple):
    """One axis of a layer; the other axis is the same.

    A transposed convolution is drawn as what it computes: the input spread with ``stride - 1`` zeros between
    its pixels, padded, under a kernel that slides with stride 1.
    """

    length: int
    """Cells of the padded (and, when transposed, spread) input; below 1 where the padding cuts all away."""
    pixels: tuple[int, ...]
    """Positions of the input's pixels among these cells."""
    offsets: tuple[int, ...]
    """Positions of the kernel's taps from its first one on."""
    starts: tuple[int, ...]
    """Positions of the first tap, one for each output; empty where the kernel does not fit."""

    @property
    def span(self) -> int:
        """Cells from the kernel's first to its last tap."""
        return self.offsets[-1] + 1

    def uncovered(self) -> list[int]:
        """Return the cells that no tap ever meets; a picture's pixel is missed if its row or column is."""
        met = {start + offset for start in self.starts for offset in self.offsets}
        return [cell for cell in range(self.length) if cell not in met]


def axis(
    input_size: int,
    kernel_size: int,
    *,
    stride: int = 1,
    padding: int = 0,
    dilation: int = 1,
    transposed: bool = False,
    output_padding: int = 0,
) -> Axis:
    """Return where the kernel stands, position by position.

    Args:
        input_size: pixels of the input.
        kernel_size: taps of the kernel.
        stride: cells from one position to the next; when transposed, from one pixel to the next.
        padding: zeros at either end; when transposed, outputs that are left away at either end.
        dilation: cells from one tap to the next.
        transposed: whether it is a transposed convolution.
        output_padding: outputs added at the end of a transposed convolution.

    Source:
        The shape formulas in the documentation of ``torch.nn.Conv2d`` and ``torch.nn.ConvTranspose2d``.

    Example:
        >>> axis(5, 3, stride=2).starts  # three cells, two further on; the kernel ends at the last cell
        (0, 2)
        >>> len(axis(2, 3, stride=2, transposed=True).starts)
        5
    """
    offsets = tuple(dilation * tap for tap in range(kernel_size))
    border = offsets[-1] - padding if transposed else padding
    spread = stride if transposed else 1
    length = (input_size - 1) * spread + 1 + 2 * border + output_padding
    last = length - offsets[-1] - 1
    pixels = tuple(border + spread * i for i in range(input_size) if 0 <= border + spread * i < length)
    starts = tuple(range(0, last + 1, 1 if transposed else stride))
    return Axis(length, pixels, offsets, starts)


def size_formula(
    input_size: int,
    kernel_size: int,
    *,
    stride: int = 1,
    padding: int = 0,
    dilation: int = 1,
    transposed: bool = False,
    output_padding: int = 0,
) -> str:
    """Return the left side of the output-size formula, with the numbers filled in.

    Args:
        input_size: pixels of the input.
        kernel_size: taps of the kernel.
        stride: as in ``axis``.
        padding: as in ``axis``.
        dilation: as in ``axis``.
        transposed: whether it is a transposed convolution.
        output_padding: as in ``axis``.

    Example:
        >>> size_formula(5, 3, stride=2, padding=1)
        'floor((5 + 2·1 - 1·(3 - 1) - 1)/2) + 1'
    """
    reach = f"{dilation}·({kernel_size} - 1)"
    if transposed:
        return f"({input_size} - 1)·{stride} - 2·{padding} + {reach} + {output_padding} + 1"
    return f"floor(({input_size} + 2·{padding} - {reach} - 1)/{stride}) + 1"
