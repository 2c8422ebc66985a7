"""Write the size formula for one axis, dilation included: how many results are there, with `padding` pixels
on each side?
"""

from __future__ import annotations

import math

import numpy as np

from cnnlab.exercises import Function, Mistake

NAMES = ("size", "kernel_size", "stride", "padding", "dilation")


def case(*numbers: int) -> dict[str, int]:
    """Return the five inputs by name."""
    return dict(zip(NAMES, numbers, strict=True))


def drawn(seed: int) -> dict[str, int]:
    """Return an axis on which the kernel fits at least once; strides go beyond kernels."""
    s, p, d, rest = np.random.default_rng(seed).integers([1, 0, 1, 0], [6, 6, 6, 12]).tolist()
    k = seed % 8 + 1
    return case(max(1, d * (k - 1) + 1 - 2 * p) + rest, k, s, p, d)


def places(width: int, reach: int, stride: int) -> int:
    """Return at how many places a window stands that reaches over so many pixels of the width."""
    return (width - reach) // stride + 1


# The answers call size, kernel_size, stride, padding and dilation n, k, s, p and d.
EXERCISE = Function(
    cases=[
        case(5, 3, 1, 0, 1),
        case(32, 5, 1, 2, 1),
        case(28, 3, 2, 1, 1),
        case(11, 3, 1, 0, 2),
        *map(drawn, range(16)),
    ],
    right=[
        lambda n, k, s, p, d: (n + 2 * p - d * (k - 1) - 1) // s + 1,
        lambda n, k, s, p, d: len(range(0, n + 2 * p - d * (k - 1), s)),
        lambda n, k, s, p, d: sum(start + d * (k - 1) < n + p for start in range(-p, n + p, s)),
    ],
    mistakes=[
        Mistake(
            "dilation forgotten",
            "The dilation is missing: a dilated kernel reaches over dilation * (kernel_size - 1) + 1 pixels.",
            lambda n, k, s, p, d: places(n + 2 * p, k, s),
        ),
        Mistake(
            "dilation times kernel",
            "A dilated kernel reaches over dilation * (kernel_size - 1) + 1 pixels: no gap after the last.",
            lambda n, k, s, p, d: places(n + 2 * p, d * k, s),
        ),
        Mistake(
            "dilation added",
            "The dilation multiplies the steps between the weights: it is not added.",
            lambda n, k, s, p, d: places(n + 2 * p, k + d - 1, s),
        ),
        Mistake(
            "padding once",
            "The padding counts twice: it is added on both sides.",
            lambda n, k, s, p, d: places(n + p, d * (k - 1) + 1, s),
        ),
        Mistake(
            "rounded up",
            "Round down, with //, not up or to the nearest: a last step that does not fit is left out.",
            lambda n, k, s, p, d: math.ceil((n + 2 * p - d * (k - 1) - 1) / s) + 1,
            lambda n, k, s, p, d: round((n + 2 * p - d * (k - 1) - 1) / s) + 1,
        ),
        Mistake(
            "not rounded",
            "There is no fraction of an output: round down, with //.",
            lambda n, k, s, p, d: (n + 2 * p - d * (k - 1) - 1) / s + 1,
        ),
        Mistake(
            "start forgotten",
            "One too few: the place where the kernel starts counts too, so + 1 at the end.",
            lambda n, k, s, p, d: (n + 2 * p - d * (k - 1) - 1) // s,
        ),
        Mistake(
            "1 added too soon",
            "The + 1 stands after the division: it counts the start, which is no step.",
            lambda n, k, s, p, d: (n + 2 * p - d * (k - 1)) // s,
        ),
    ],
)
