"""A kernel that slides over a grid of numbers, position by position."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

CROSS_CORRELATION = "cross-correlation"
CONVOLUTION = "convolution"


def sliding_kernel(kernel: Sequence[Sequence[float]], operation: str) -> np.ndarray:
    """Return the kernel as it slides: turned by half a turn for a convolution, unchanged otherwise.

    Args:
        kernel: rows of numbers.
        operation: "cross-correlation" or "convolution".
    """
    matrix = np.asarray(kernel, dtype=float)
    return matrix[::-1, ::-1] if operation == CONVOLUTION else matrix


def windows(padded: np.ndarray, size: tuple[int, int], stride: int) -> np.ndarray:
    """Return the window under the kernel at each of its positions, shape (rows, columns, height, width).

    Args:
        padded: the padded image, shape (H, W).
        size: height and width of the kernel.
        stride: cells from one position to the next.
    """
    return np.lib.stride_tricks.sliding_window_view(padded, size)[::stride, ::stride]


def slide_kernel(
    image: Sequence[Sequence[float]],
    kernel: Sequence[Sequence[float]],
    *,
    operation: str = CROSS_CORRELATION,
    stride: int = 1,
    padding: int = 0,
) -> np.ndarray:
    """Return the sum of products at every position of the kernel.

    Args:
        image: rows of numbers.
        kernel: rows of numbers, no larger than the padded image.
        operation: "cross-correlation" or "convolution".
        stride: cells from one position to the next.
        padding: rows and columns of zeros around the image.

    Returns:
        The sums, shape (rows, columns) of the output.

    Example:
        >>> slide_kernel([[1, 2, 3]], [[1, 10]]).tolist()
        [[21.0, 32.0]]
        >>> slide_kernel([[1, 2, 3]], [[1, 10]], operation="convolution").tolist()
        [[12.0, 23.0]]
    """
    slid = sliding_kernel(kernel, operation)
    padded = np.pad(np.asarray(image, dtype=float), padding)
    height, width = slid.shape
    return np.einsum("rcij,ij->rc", windows(padded, (height, width), stride), slid)
