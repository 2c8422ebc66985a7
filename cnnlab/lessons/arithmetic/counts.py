"""Count the parameters and the multiply-adds (for one picture) of a convolution with square kernels, and
return them in this order. `bias` is True or False, and `output_size` the width of its square output.
Additions of the bias do not count as work.
"""

from __future__ import annotations

import numpy as np

from cnnlab.exercises import Function, Mistake

NAMES = ("in_channels", "out_channels", "kernel_size", "groups", "bias", "output_size")
LAYERS = [
    (1, 2, 3, 1, True, 4),
    (3, 16, 5, 1, True, 28),
    (4, 6, 3, 2, False, 10),
    (8, 8, 3, 8, True, 7),
    (12, 3, 1, 3, False, 5),
    (1, 1, 1, 1, False, 1),
    (64, 128, 3, 2, True, 14),
]


def both(weights: float, biases: int, places: int) -> tuple[float, float]:
    """Return parameters and multiply-adds of a layer that uses its weights at so many places."""
    return weights + biases, weights * places


def weights(i: int, o: int, k: int, g: int) -> int:
    """Return the number of weights."""
    return o * (i // g) * k**2


# The answers call the six inputs i, o, k, g, b and n.
EXERCISE = Function(
    cases=[dict(zip(NAMES, layer, strict=True)) for layer in LAYERS],
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
            lambda i, o, k, g, b, n: both(o * i * k**2, b * o, n**2),
        ),
        Mistake(
            "groups of several",
            "Groups counted only where each holds one channel: they always divide the channels seen.",
            lambda i, o, k, g, b, n: both(weights(i, o, k, g if g == i else 1), b * o, n**2),
        ),
        Mistake(
            "groups twice",
            "The groups divide once: every output channel is still there, each sees fewer inputs.",
            lambda i, o, k, g, b, n: both(o / g * (i / g) * k**2, b * o, n**2),
        ),
        Mistake(
            "input channels forgotten",
            "Each output channel has a kernel for each channel that it sees: in_channels / groups of them.",
            lambda i, o, k, g, b, n: both(o * k**2, b * o, n**2),
        ),
        Mistake(
            "output channels forgotten",
            "These are the weights of one output channel: there are out_channels.",
            lambda i, o, k, g, b, n: both(i // g * k**2, b * o, n**2),
            lambda i, o, k, g, b, n: both(i // g * k**2, b, n**2),
        ),
        Mistake(
            "bias forgotten",
            "The bias is missing among the parameters: one for each output channel.",
            lambda i, o, k, g, b, n: both(weights(i, o, k, g), 0, n**2),
        ),
        Mistake(
            "bias always",
            "A bias was counted where bias is False.",
            lambda i, o, k, g, b, n: both(weights(i, o, k, g), o, n**2),
        ),
        Mistake(
            "one bias",
            "One bias was counted for the whole layer: each output channel has its own.",
            lambda i, o, k, g, b, n: both(weights(i, o, k, g), b, n**2),
        ),
        Mistake(
            "bias of the input",
            "The biases belong to the output channels, not to the input channels.",
            lambda i, o, k, g, b, n: both(weights(i, o, k, g), b * i, n**2),
        ),
        Mistake(
            "bias multiplied",
            "Additions of the bias do not count as work: leave it out of the multiply-adds.",
            lambda i, o, k, g, b, n: np.array([1, n**2]) * (weights(i, o, k, g) + b * o),
            lambda i, o, k, g, b, n: np.array([1, n**2]) * weights(i, o, k, g) + b * o,
        ),
        Mistake(
            "kernel not squared",
            "A kernel has kernel_size * kernel_size weights.",
            lambda i, o, k, g, b, n: both(o * (i // g) * k, b * o, n**2),
            lambda i, o, k, g, b, n: both(o * (i // g) * k * 2, b * o, n**2),
        ),
        Mistake(
            "output not squared",
            "The output has output_size * output_size places, and each costs a window.",
            lambda i, o, k, g, b, n: both(weights(i, o, k, g), b * o, n),
        ),
        Mistake(
            "output forgotten",
            "Every weight is used at each of the output_size * output_size places.",
            lambda i, o, k, g, b, n: both(weights(i, o, k, g), b * o, 1),
        ),
        Mistake(
            "output channels twice",
            "The weights hold the output channels already: multiply them by the number of places only.",
            lambda i, o, k, g, b, n: both(weights(i, o, k, g), b * o, o * n**2),
        ),
        Mistake(
            "operations",
            "A multiplication with its addition counts as one multiply-add, not two.",
            lambda i, o, k, g, b, n: both(weights(i, o, k, g), b * o, 2 * n**2),
        ),
        Mistake(
            "swapped",
            "The parameters come first, the multiply-adds second.",
            lambda i, o, k, g, b, n: both(weights(i, o, k, g), b * o, n**2)[::-1],
        ),
        Mistake(
            "parameters only",
            "Only the parameters came back: return the multiply-adds too.",
            lambda i, o, k, g, b, n: weights(i, o, k, g) + b * o,
        ),
    ],
)
