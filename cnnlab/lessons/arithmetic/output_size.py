"""Write the size formula for one axis, dilation included: how many results are there, with `padding` pixels
on each side?
"""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np

from cnnlab.exercises import Function, Mistake


def places(width: int, reach: int, stride: int) -> int:
    """Return at how many places a window stands that reaches over so many pixels of the width."""
    return (width - reach) // stride + 1


def reach(k: int, d: int) -> int:
    """Return over how many pixels a dilated kernel reaches."""
    return d * (k - 1) + 1


# The answers call size, kernel_size, stride, padding and dilation n, k, s, p and d.
EXERCISE = Function(
    cases=[
        {"size": 5, "kernel_size": 3, "stride": 1, "padding": 0, "dilation": 1},
        {"size": 32, "kernel_size": 5, "stride": 1, "padding": 2, "dilation": 1},
        {"size": 28, "kernel_size": 3, "stride": 2, "padding": 1, "dilation": 1},
        {"size": 11, "kernel_size": 3, "stride": 1, "padding": 0, "dilation": 2},
        {"size": 7, "kernel_size": 1, "stride": 3, "padding": 0, "dilation": 1},
        {"size": 7, "kernel_size": 2, "stride": 4, "padding": 0, "dilation": 1},
        {"size": 20, "kernel_size": 4, "stride": 3, "padding": 2, "dilation": 3},
        {"size": 1, "kernel_size": 1, "stride": 1, "padding": 0, "dilation": 1},
        {"size": 5, "kernel_size": 5, "stride": 2, "padding": 0, "dilation": 1},
        {"size": 5, "kernel_size": 3, "stride": 3, "padding": 1, "dilation": 1},
        {"size": 224, "kernel_size": 11, "stride": 4, "padding": 2, "dilation": 1},
    ],
    right=[
        lambda n, k, s, p, d: (n + 2 * p - d * (k - 1) - 1) // s + 1,
        lambda n, k, s, p, d: math.floor(Fraction(n + 2 * p - d * (k - 1) - 1, s)) + 1,
        lambda n, k, s, p, d: len(np.arange(n + 2 * p)[d * (k - 1) :: s]),
        lambda n, k, s, p, d: sum(start + d * (k - 1) < n + p for start in range(-p, n + p, s)),
    ],
    mistakes=[
        Mistake(
            "dilation forgotten",
            "The dilation is missing: a dilated kernel reaches over dilation * (kernel_size - 1) + 1 pixels.",
            lambda n, k, s, p, d: places(n + 2 * p, k, s),
            lambda n, k, s, p, d: (n + 2 * p - k) / s + 1,
        ),
        Mistake(
            "dilation times kernel",
            "A dilated kernel reaches over dilation * (kernel_size - 1) + 1 pixels: no gap after the last.",
            lambda n, k, s, p, d: places(n + 2 * p, d * k, s),
            lambda n, k, s, p, d: places(n + 2 * p, d * k + 1, s),
        ),
        Mistake(
            "dilation added",
            "The dilation multiplies the steps between the weights: it is not added.",
            lambda n, k, s, p, d: places(n + 2 * p, k + d - 1, s),
        ),
        Mistake(
            "padding once",
            "The padding counts twice: it is added on both sides.",
            lambda n, k, s, p, d: places(n + p, reach(k, d), s),
        ),
        Mistake(
            "padding forgotten", "The padding is missing.", lambda n, k, s, p, d: places(n, reach(k, d), s)
        ),
        Mistake(
            "stride forgotten",
            "The stride is missing: divide by it, before the last + 1.",
            lambda n, k, s, p, d: places(n + 2 * p, reach(k, d), 1),
        ),
        Mistake(
            "kernel forgotten",
            "The kernel is missing: it needs room, so take its reach off before you divide.",
            *(lambda n, k, s, p, d: (n + 2 * p) // s, lambda n, k, s, p, d: n // s),
        ),
        Mistake(
            "ceil",
            "This rounds up: a last step that does not fit is left out.",
            lambda n, k, s, p, d: math.ceil((n + 2 * p - d * (k - 1) - 1) / s) + 1,
        ),
        Mistake(
            "not rounded",
            "There is no fraction of an output: round down, with //.",
            lambda n, k, s, p, d: (n + 2 * p - d * (k - 1) - 1) / s + 1,
        ),
        Mistake(
            "rounded",
            "Round down, with //, not to the nearest.",
            lambda n, k, s, p, d: round((n + 2 * p - d * (k - 1) - 1) / s) + 1,
            lambda n, k, s, p, d: round((n + 2 * p - d * (k - 1) - 1) / s + 1),
        ),
        Mistake(
            "start forgotten",
            "One too few: the place where the kernel starts counts too, so + 1 at the end.",
            lambda n, k, s, p, d: (n + 2 * p - d * (k - 1) - 1) // s,
        ),
        Mistake(
            "one too many",
            "One too many: the kernel covers dilation * (kernel_size - 1) + 1 pixels, mind the + 1.",
            lambda n, k, s, p, d: (n + 2 * p - d * (k - 1) - 1) // s + 2,
        ),
        Mistake(
            "1 added too soon",
            "The + 1 stands after the division: it counts the start, which is no step.",
            lambda n, k, s, p, d: (n + 2 * p - d * (k - 1)) // s,
        ),
        Mistake(
            "kernel too short",
            "Take off the whole reach, dilation * (kernel_size - 1) + 1, before you divide.",
            lambda n, k, s, p, d: (n + 2 * p - d * (k - 1)) // s + 1,
        ),
        Mistake(
            "brackets",
            "Only the 1 was divided by the stride: put brackets round all that is to be divided.",
            lambda n, k, s, p, d: n + 2 * p - d * (k - 1) - 1 // s + 1,
            lambda n, k, s, p, d: n + 2 * p - d * (k - 1) - 1 / s + 1,
        ),
        Mistake(
            "same",
            "This is the size for padding='same': here padding, kernel and dilation are given.",
            lambda n, k, s, p, d: math.ceil(n / s),
        ),
        Mistake(
            "transposed",
            "This is the size that a transposed convolution has.",
            lambda n, k, s, p, d: (n - 1) * s - 2 * p + d * (k - 1) + 1,
        ),
    ],
)
