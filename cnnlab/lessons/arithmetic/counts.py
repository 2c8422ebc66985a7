"""Count the parameters and the multiply-adds (for one picture) of a convolution with square kernels, and
return them in this order. `bias` is True or False, and `output_size` the width of its square output.
Additions of the bias do not count as work.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnlab.exercises import Function, Mistake

NAMES = ("in_channels", "out_channels", "kernel_size", "groups", "bias", "output_size")


def case(*layer: int) -> dict[str, int]:
    """Return the six inputs by name."""
    return dict(zip(NAMES, layer, strict=True))


def drawn(seed: int) -> dict[str, Any]:
    """Return a layer of several groups, with or without a bias."""
    rng = np.random.default_rng(seed)
    ins, outs, kernel_size, groups, output_size = rng.integers(1, 9, 5).tolist()
    return case(groups * ins, groups * outs, kernel_size, groups, seed % 2 == 0, output_size)


def both(i: int, o: int, k: int, g: int, biases: int, places: int) -> tuple[int, int]:
    """Return parameters and multiply-adds of a layer that uses its weights at so many places."""
    weights = o * (i // g) * k**2
    return weights + biases, weights * places


# The answers call the six inputs i, o, k, g, b and n.
EXERCISE = Function(
    cases=[
        case(1, 2, 3, 1, True, 4),
        case(3, 16, 5, 1, True, 28),
        case(4, 6, 3, 2, False, 10),
        case(4, 8, 3, 4, True, 7),
        *map(drawn, range(8)),
    ],
    # The tolerance is that of the larger number: it must not hide a bias in the smaller one.
    tolerance=1e-9,
    right=[
        lambda i, o, k, g, b, n: (o * (i // g) * k**2 + b * o, o * (i // g) * k**2 * n**2),
        lambda i, o, k, g, b, n: [(i // g * k * k + (1 if b else 0)) * o, i * o * k * k * n * n / g],
        lambda i, o, k, g, b, n: np.array([1, n**2]) * np.zeros((o, i // g, k, k)).size + [b * o, 0],
    ],
    mistakes=[
        Mistake(
            "groups ignored",
            "The groups are missing: an output channel sees only in_channels / groups channels.",
            lambda i, o, k, g, b, n: both(i, o, k, 1, b * o, n**2),
        ),
        Mistake(
            "groups twice",
            "The groups divide once: every output channel is still there, each sees fewer inputs.",
            lambda i, o, k, g, b, n: both(i, o // g, k, g, b * o, n**2),
        ),
        Mistake(
            "bias always",
            "A bias was counted where bias is False.",
            lambda i, o, k, g, b, n: both(i, o, k, g, o, n**2),
        ),
        Mistake(
            "other biases",
            "Where bias is True each output channel has one, whatever the input channels and the groups.",
            lambda i, o, k, g, b, n: both(i, o, k, g, 0, n**2),
            lambda i, o, k, g, b, n: both(i, o, k, g, b * i, n**2),
            lambda i, o, k, g, b, n: both(i, o, k, g, b, n**2),
            lambda i, o, k, g, b, n: both(i, o, k, g, b * (o // g), n**2),
        ),
        Mistake(
            "bias multiplied",
            "Additions of the bias do not count as work: leave it out of the multiply-adds.",
            lambda i, o, k, g, b, n: np.array([1, n**2]) * both(i, o, k, g, b * o, n**2)[0],
        ),
        Mistake(
            "output not squared",
            "The output has output_size * output_size places, and each costs a window.",
            lambda i, o, k, g, b, n: both(i, o, k, g, b * o, n),
        ),
        Mistake(
            "operations",
            "A multiplication with its addition counts as one multiply-add, not two.",
            lambda i, o, k, g, b, n: both(i, o, k, g, b * o, 2 * n**2),
        ),
        Mistake(
            "swapped",
            "The parameters come first, the multiply-adds second.",
            lambda i, o, k, g, b, n: both(i, o, k, g, b * o, n**2)[::-1],
        ),
    ],
)
