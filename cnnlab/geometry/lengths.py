"""How long a convolution's result is, and how much padding each mode needs, along one axis."""

from __future__ import annotations

from cnnlab._arguments import non_negative_int, one_of, positive_int

MODES = ("valid", "full", "same")
OPERATIONS = ("cross_correlation", "convolution")


def effective_kernel_size(kernel_size: int, dilation: int = 1) -> int:
    """Return how many samples a kernel spans once its taps stand ``dilation`` samples apart.

    Args:
        kernel_size: number of taps, at least 1.
        dilation: distance between neighbouring taps in samples, at least 1.

    Returns:
        ``dilation * (kernel_size - 1) + 1``.

    Raises:
        TypeError: an argument is not an integer.
        ValueError: an argument is below 1.

    Example:
        >>> effective_kernel_size(3, dilation=2)  # tap, gap, tap, gap, tap
        5
    """
    kernel_size = positive_int("kernel_size", kernel_size)
    return positive_int("dilation", dilation) * (kernel_size - 1) + 1


def output_length(
    length: int, kernel_size: int, *, stride: int = 1, padding: int = 0, dilation: int = 1
) -> int:
    """Return at how many positions a kernel fits when it slides over a padded input.

    Args:
        length: samples of the input along this axis, at least 1.
        kernel_size: number of taps, at least 1.
        stride: samples from one position to the next, at least 1.
        padding: zeros added on each side, at least 0.
        dilation: distance between neighbouring taps in samples, at least 1.

    Returns:
        ``floor((length + 2 * padding - dilation * (kernel_size - 1) - 1) / stride) + 1``, at least 1.

    Raises:
        TypeError: an argument is not an integer.
        ValueError: an argument is out of range, or the kernel does not fit the padded input.

    Source:
        The shape formula in the documentation of ``torch.nn.Conv1d``.

    Example:
        >>> output_length(5, 3, padding=1), output_length(5, 3, padding=1, stride=2)
        (5, 3)
    """
    stride = positive_int("stride", stride)
    padded = positive_int("length", length) + 2 * non_negative_int("padding", padding)
    span = effective_kernel_size(kernel_size, dilation)
    if span > padded:
        raise ValueError(
            f"kernel_size must fit the padded length {padded}, "
            f"got {kernel_size} with dilation {dilation}, which spans {span}"
        )
    return (padded - span) // stride + 1


def mode_padding(
    mode: str, kernel_size: int, *, dilation: int = 1, operation: str = "cross_correlation"
) -> tuple[int, int]:
    """Return how many zeros ``mode`` adds on the left and on the right.

    Where "same" needs an odd number of zeros, the operations differ: a cross-correlation gets the extra zero
    on the right, as in PyTorch; a convolution gets it on the left, which is SciPy's centring.

    Args:
        mode: "valid" (none), "full" (the kernel overlaps the input by one sample at either end) or "same"
            (as many results as samples, at stride 1).
        kernel_size: number of taps, at least 1.
        dilation: distance between neighbouring taps in samples, at least 1.
        operation: "cross_correlation" or "convolution".

    Returns:
        ``(left, right)``.

    Raises:
        TypeError: a size is not an integer.
        ValueError: a size is below 1, or ``mode`` or ``operation`` is unknown.

    Source:
        "same": ``torch.nn.functional.conv1d`` with ``padding="same"``; ``scipy.signal.convolve``.

    Example:
        >>> mode_padding("same", 4), mode_padding("same", 4, operation="convolution")
        ((1, 2), (2, 1))
    """
    one_of("mode", mode, MODES)
    one_of("operation", operation, OPERATIONS)
    overhang = effective_kernel_size(kernel_size, dilation) - 1
    if mode == "valid":
        return 0, 0
    if mode == "full":
        return overhang, overhang
    smaller, larger = overhang // 2, overhang - overhang // 2
    return (smaller, larger) if operation == "cross_correlation" else (larger, smaller)


def mode_length(mode: str, length: int, kernel_size: int) -> int:
    """Return the result's length at stride 1: i + k - 1 for "full", i for "same", i - k + 1 for "valid".

    Args:
        mode: "valid", "full" or "same".
        length: samples of the input, i, at least 1.
        kernel_size: number of taps, k, at least 1.

    Returns:
        The number of results, at least 1.

    Raises:
        TypeError: a size is not an integer.
        ValueError: a size is below 1, ``mode`` is unknown, or it is "valid" and the kernel is longer
            than the input.

    Example:
        >>> [mode_length(mode, 5, 3) for mode in ("full", "same", "valid")]
        [7, 5, 3]
    """
    length = positive_int("length", length)
    left, right = mode_padding(mode, kernel_size)
    return output_length(length + left + right, kernel_size)
