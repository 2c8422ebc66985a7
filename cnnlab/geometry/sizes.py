"""How large a picture is after a layer: the formulas of convolution arithmetic, along both axes.

A size is (H, W); a signal of L samples is a picture of one row, (1, L).
"""

from __future__ import annotations

from cnnlab._arguments import non_negative_int, positive_int
from cnnlab.geometry.lengths import effective_kernel_size, output_length
from cnnlab.geometry.pairs import Pair, int_pair


def output_size(
    size: int | Pair,
    kernel_size: int | Pair,
    *,
    stride: int | Pair = 1,
    padding: int | Pair = 0,
    dilation: int | Pair = 1,
    ceil_mode: bool = False,
) -> Pair:
    """Return (H, W) after a convolution or pooling; an integer argument stands for both axes.

    Args:
        size: (H, W) of the input in pixels, at least 1.
        kernel_size: taps along each axis, at least 1.
        stride: pixels from one position to the next, at least 1.
        padding: pixels added on each side, at least 0.
        dilation: distance between neighbouring taps in pixels, at least 1.
        ceil_mode: round up instead of down, as pooling may: a last window may hang over the far edge, as long
            as it starts on the input or on the padding before it.

    Returns:
        ``floor((size + 2 * padding - dilation * (kernel_size - 1) - 1) / stride) + 1`` for each axis.

    Raises:
        TypeError: an argument is neither an integer nor a pair of integers.
        ValueError: an argument is out of range, or the kernel does not fit the padded input.

    Source:
        Dumoulin and Visin 2016, A guide to convolution arithmetic for deep learning, section 2;
        ``torch.nn.MaxPool2d`` for ``ceil_mode``.

    Example:
        >>> output_size(227, 11, stride=4), output_size((5, 9), (3, 1), padding=(1, 0))
        ((55, 55), (5, 9))
        >>> output_size(6, 3, stride=2), output_size(6, 3, stride=2, ceil_mode=True)
        ((2, 2), (3, 3))
    """
    sizes = int_pair("size", size, positive_int), int_pair("kernel_size", kernel_size, positive_int)
    steps = int_pair("stride", stride, positive_int), int_pair("padding", padding, non_negative_int)
    length = _rounded_up if ceil_mode else _rounded_down
    axes = zip(*sizes, *steps, int_pair("dilation", dilation, positive_int), strict=True)
    height, width = (length(*axis) for axis in axes)
    return height, width


def _rounded_down(length: int, kernel_size: int, stride: int, padding: int, dilation: int) -> int:
    return output_length(length, kernel_size, stride=stride, padding=padding, dilation=dilation)


def _rounded_up(length: int, kernel_size: int, stride: int, padding: int, dilation: int) -> int:
    # Enough room on the far side for one more window, whose length does not count as padding below.
    room = length + 2 * padding + stride - 1
    span = effective_kernel_size(kernel_size, dilation)
    if span > room:
        return _rounded_down(length, kernel_size, stride, padding, dilation)  # raises its sentence
    last = (room - span) // stride
    return last if last * stride >= length + padding else last + 1


def transposed_output_length(
    length: int,
    kernel_size: int,
    *,
    stride: int = 1,
    padding: int = 0,
    output_padding: int = 0,
    dilation: int = 1,
) -> int:
    """Return how long a transposed convolution makes its input: the length whose convolution gave it.

    Args:
        length: samples of the input, at least 1.
        kernel_size: number of taps, at least 1.
        stride: samples between the copies of the kernel that each input sample adds to the result.
        padding: samples cut from each end of the result, at least 0.
        output_padding: samples added at its far end, below the stride or below the dilation: several lengths
            share one convolved length, and this picks among them.
        dilation: distance between neighbouring taps in samples.

    Returns:
        ``(length - 1) * stride - 2 * padding + dilation * (kernel_size - 1) + output_padding + 1``.

    Raises:
        TypeError: an argument is not an integer.
        ValueError: an argument is out of range, or nothing is left of the result.

    Source:
        Dumoulin and Visin 2016, section 4; ``torch.nn.ConvTranspose1d``.

    Example:
        >>> output_length(7, 3, stride=2), transposed_output_length(3, 3, stride=2)
        (3, 7)
        >>> output_length(8, 3, stride=2), transposed_output_length(3, 3, stride=2, output_padding=1)
        (3, 8)
    """
    length, stride = positive_int("length", length), positive_int("stride", stride)
    padding = non_negative_int("padding", padding)
    output_padding = non_negative_int("output_padding", output_padding)
    span = effective_kernel_size(kernel_size, dilation)
    if output_padding >= max(stride, dilation):
        raise ValueError(
            f"output_padding must be below the stride {stride} or the dilation {dilation}, "
            f"got {output_padding}"
        )
    whole = (length - 1) * stride + span + output_padding
    if 2 * padding >= whole:
        raise ValueError(f"padding must leave some of the {whole} samples of the result, got {padding}")
    return whole - 2 * padding


def transposed_output_size(
    size: int | Pair,
    kernel_size: int | Pair,
    *,
    stride: int | Pair = 1,
    padding: int | Pair = 0,
    output_padding: int | Pair = 0,
    dilation: int | Pair = 1,
) -> Pair:
    """Return (H, W) after a transposed convolution: ``transposed_output_length`` along both axes.

    Args:
        size: (H, W) of the input in pixels; an integer stands for both, here and below.
        kernel_size: taps along each axis.
        stride: pixels between the copies of the kernel that each input pixel adds to the result.
        padding: pixels cut from each side of the result.
        output_padding: pixels added at its bottom and right.
        dilation: distance between neighbouring taps in pixels.

    Returns:
        (H, W) of the result.

    Raises:
        TypeError: an argument is neither an integer nor a pair of integers.
        ValueError: an argument is out of range, or nothing is left of the result.

    Source:
        ``torch.nn.ConvTranspose2d``.

    Example:
        >>> transposed_output_size((4, 8), 4, stride=2, padding=1)
        (8, 16)
    """
    sizes = int_pair("size", size, positive_int), int_pair("kernel_size", kernel_size, positive_int)
    strides = int_pair("stride", stride, positive_int)
    paddings = int_pair("padding", padding, non_negative_int)
    extra = int_pair("output_padding", output_padding, non_negative_int)
    axes = zip(*sizes, strides, paddings, extra, int_pair("dilation", dilation, positive_int), strict=True)
    height, width = (
        transposed_output_length(length, k, stride=s, padding=p, output_padding=more, dilation=d)
        for length, k, s, p, more, d in axes
    )
    return height, width


def same_padding(kernel_size: int | Pair, dilation: int | Pair = 1) -> Pair:
    """Return the padding that keeps (H, W) at stride 1: (F - 1) / 2 for a kernel of F taps.

    Args:
        kernel_size: taps along each axis; an integer stands for both.
        dilation: distance between neighbouring taps in pixels; an integer stands for both.

    Returns:
        (vertical, horizontal): as many pixels on either side.

    Raises:
        TypeError: an argument is neither an integer nor a pair of integers.
        ValueError: below 1, or the kernel spans an even number of pixels, which no equal sides can make up
            for (``mode_padding`` gives unequal ones).

    Example:
        >>> same_padding(5), same_padding((3, 1), dilation=2)
        ((2, 2), (2, 0))
    """
    kernels = int_pair("kernel_size", kernel_size, positive_int)
    dilations = int_pair("dilation", dilation, positive_int)
    spans = [effective_kernel_size(*axis) for axis in zip(kernels, dilations, strict=True)]
    for span in spans:
        if span % 2 == 0:
            raise ValueError(
                f"kernel_size must span an odd number of pixels, got {kernel_size} spanning {span}"
            )
    return spans[0] // 2, spans[1] // 2
