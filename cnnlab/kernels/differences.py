"""Discrete derivatives along one line of pixels, as lecture 1 prints them."""

from __future__ import annotations

import torch

from cnnlab._arguments import one_of
from cnnlab.kernels.kernel import Kernel, separable, tensor
from cnnlab.kernels.smoothing import AXES


def backward_difference(axis: str = "x") -> Kernel:
    """Return f(x) - f(x - 1), as a kernel to convolve with.

    Args:
        axis: "x" or "y".

    Returns:
        (0, 1, -1), a row for "x" and a column for "y".

    Raises:
        ValueError: no such axis.

    Source:
        Lecture 1, discrete derivative, "backward".

    Example:
        >>> backward_difference().matrix
        tensor([[ 0.,  1., -1.]], dtype=torch.float64)
    """
    convention = "Convolved: this pixel minus the one before; numpy.diff, one position later."
    return _difference("backward difference", tensor(0, 1, -1), axis, convention, "convolution")


def forward_difference(axis: str = "x") -> Kernel:
    """Return f(x) - f(x + 1), as a kernel to convolve with: the lecture's sign, against the usual one.

    Args:
        axis: "x" or "y".

    Returns:
        (-1, 1, 0), a row for "x" and a column for "y".

    Raises:
        ValueError: no such axis.

    Source:
        Lecture 1, discrete derivative, "forward"; textbooks write f(x + 1) - f(x).

    Example:
        >>> forward_difference("y").matrix.T
        tensor([[-1.,  1.,  0.]], dtype=torch.float64)
    """
    convention = "Convolved: this pixel minus the next, so negative where the picture grows; -numpy.diff."
    return _difference("forward difference", tensor(-1, 1, 0), axis, convention, "convolution")


def central_difference(axis: str = "x") -> Kernel:
    """Return f(x + 1) - f(x - 1), as a kernel to cross-correlate with: twice the slope.

    Args:
        axis: "x" or "y".

    Returns:
        (-1, 0, 1), a row for "x" and a column for "y".

    Raises:
        ValueError: no such axis.

    Source:
        Lecture 1, discrete derivative, "central". Unlike its two neighbours there, the printed kernel gives
        the printed formula without a flip.

    Example:
        >>> central_difference().matrix
        tensor([[-1.,  0.,  1.]], dtype=torch.float64)
    """
    convention = "Cross-correlated: the next pixel minus the one before, twice numpy.gradient inside."
    return _difference("central difference", tensor(-1, 0, 1), axis, convention, "cross_correlation")


def _difference(name: str, taps: torch.Tensor, axis: str, convention: str, operation: str) -> Kernel:
    one = tensor(1)
    column, row = (one, taps) if one_of("axis", axis, AXES) == "x" else (taps, one)
    source = "Lecture 1, types of discrete derivatives"
    return separable(f"{name} along {axis}", column, row, source, convention, operation=operation)
