"""The pairs of functions that the Sliding explorer shows, and the area under their product."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
import torch

from cnnlab import convolution

PAIRS = ("two boxes", "two Gaussians", "box and Gaussian", "box and decay")
SEQUENCES = "two sequences"
STRIPS = 400


class Function(NamedTuple):
    """A function that is smooth on its support and zero outside."""

    value: Callable[[np.ndarray], np.ndarray]
    support: tuple[float, float]


def box() -> Function:
    """Return the box: 1 from -1/2 to 1/2, of area 1."""
    return Function(lambda x: (np.abs(x) <= 0.5).astype(float), (-0.5, 0.5))


def gaussian(sigma: float) -> Function:
    """Return the Gaussian of area 1 around 0.

    Args:
        sigma: its standard deviation, positive.
    """
    height = 1 / (sigma * np.sqrt(2 * np.pi))
    return Function(lambda x: height * np.exp(-(x**2) / (2 * sigma**2)), (-8 * sigma, 8 * sigma))


def decay() -> Function:
    """Return the decaying exponential, exp(-x) from 0 on, of area 1."""
    return Function(lambda x: np.where(x >= 0, np.exp(-np.maximum(x, 0)), 0.0), (0.0, 40.0))


def functions(pair: str, sigma_f: float, sigma_g: float) -> tuple[Function, Function]:
    """Return f and g of a continuous pair.

    Args:
        pair: one of PAIRS.
        sigma_f: standard deviation of f where it is a Gaussian.
        sigma_g: standard deviation of g where it is a Gaussian.
    """
    f = gaussian(sigma_f) if pair == "two Gaussians" else box()
    g = {"two boxes": box, "box and decay": decay}.get(pair, lambda: gaussian(sigma_g))()
    return f, g


def moved(g: Function, t: float, flip: bool) -> Function:
    """Return tau -> g(t - tau), or tau -> g(tau - t) without the flip.

    Args:
        g: the function that slides.
        t: the shift.
        flip: whether g is mirrored first (convolution).
    """
    low, high = g.support
    if flip:
        return Function(lambda tau: g.value(t - tau), (t - high, t - low))
    return Function(lambda tau: g.value(tau - t), (t + low, t + high))


def overlap(f: Function, g: Function, t: float, *, flip: bool = True) -> float:
    """Return the area under f times the moved g: the convolution (or cross-correlation) at t.

    The area is measured with 400 strips over the common support, each as high as the product at its middle.

    Args:
        f: the function that stays.
        g: the function that slides.
        t: the shift.
        flip: whether g is mirrored first (convolution).

    Example:
        >>> overlap(box(), box(), 0.5)
        0.5
    """
    slid = moved(g, t, flip)
    low, high = max(f.support[0], slid.support[0]), min(f.support[1], slid.support[1])
    if high <= low:
        return 0.0
    width = (high - low) / STRIPS
    middles = low + (np.arange(STRIPS) + 0.5) * width
    return float((f.value(middles) * slid.value(middles)).sum() * width)


def slide(f: Sequence[float], g: Sequence[float], *, flip: bool = True) -> tuple[range, list[float]]:
    """Return the shifts at which two sequences meet, and their sum of products at each.

    Args:
        f: the sequence that stays.
        g: the sequence that slides.
        flip: whether g is mirrored first (convolution).

    Returns:
        The shifts t; the sums over k of f[k] g[t - k], or of f[k] g[k - t] without the flip.

    Example:
        >>> slide([1, 0, -1], [0, 1, 2])
        (range(0, 5), [0.0, 1.0, 2.0, -1.0, -2.0])
    """
    signals = (torch.tensor(list(values), dtype=torch.float64) for values in (f, g))
    if flip:
        sums, first = convolution.convolve1d(*signals, mode="full"), 0
    else:
        sums, first = convolution.cross_correlate1d(*signals, mode="full"), 1 - len(g)
    return range(first, first + len(sums)), sums.tolist()
