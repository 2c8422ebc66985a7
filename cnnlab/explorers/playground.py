"""What the kernel playground computes: a filtered picture, and what the kernel does in numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from cnnlab.explorers.grid import slide_kernel

# PyTorch's names of what lies outside the picture, and NumPy's.
BORDERS = {"zeros": "constant", "replicate": "edge", "reflect": "reflect", "circular": "wrap"}


def filter_picture(
    picture: np.ndarray,
    kernel: Sequence[Sequence[float]],
    *,
    divisor: float = 1.0,
    offset: float = 0.0,
    border: str = "replicate",
) -> np.ndarray:
    """Return the weighted sum under the kernel at every pixel, divided, plus the offset.

    Args:
        picture: grey levels from 0 to 1, shape (H, W).
        kernel: an odd number of rows of an odd number of weights, never turned.
        divisor: what the sum is divided by.
        offset: what is added after that.
        border: what lies outside the picture: "zeros", "replicate", "reflect" or "circular".

    Returns:
        The results, shape (H, W), not clipped.

    Example:
        >>> filter_picture(np.array([[0.0, 1.0, 0.0]]), [[1, 2, 1]], divisor=4).tolist()
        [[0.25, 0.5, 0.25]]
    """
    reach = [(len(line) // 2,) * 2 for line in (kernel, kernel[0])]
    padded = np.pad(picture, reach, mode=BORDERS[border])  # type: ignore[call-overload]
    return slide_kernel(padded, kernel) / divisor + offset


@dataclass(frozen=True)
class Effect:
    """What a kernel does to a picture.

    Attributes:
        gain: sum of the weights over the divisor: what an even area is multiplied by.
        low: least result.
        high: largest result.
        below: how many results lie below 0 and are shown black.
        above: how many lie above 1 and are shown white.
        count: how many results there are.
    """

    gain: float
    low: float
    high: float
    below: int
    above: int
    count: int


# A result that misses 0 or 1 by rounding alone is not clipped.
ROUNDING = 1e-9


def effect(results: np.ndarray, kernel: Sequence[Sequence[float]], divisor: float) -> Effect:
    """Return what a kernel does, in numbers.

    Args:
        results: what :func:`filter_picture` gave.
        kernel: rows of weights.
        divisor: what the sum was divided by.

    Example:
        >>> effect(np.array([[-0.5, 0.5], [1.5, 1.0]]), [[1, 2, 1]], 4).above
        1
    """
    return Effect(
        gain=float(np.sum(kernel)) / divisor,
        low=float(results.min()),
        high=float(results.max()),
        below=int((results < -ROUNDING).sum()),
        above=int((results > 1 + ROUNDING).sum()),
        count=results.size,
    )
