"""What a kernel does to a picture, in numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np


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
        results: the filtered picture, not clipped, any shape.
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
