r"""One convolution has an odd `kernel_size` of 3 or more, as many `channels` in as out, stride 1, no biases.
How many $3\times 3$ layers see as far? Return three numbers: the layers, their weights together, and the
weights of the one large layer.
"""

from __future__ import annotations

import math

import numpy as np

from cnnlab.exercises import Function, Mistake


def costs(layers: float, k: int, c: int) -> tuple[float, float, float]:
    """Return a number of layers, their weights, and those of the one layer."""
    return layers, layers * 9 * c**2, k**2 * c**2


def in_a_loop(k: int, c: int) -> list[int]:
    """Return what is asked for, a layer at a time."""
    seen, layers = 1, 0
    while seen < k:
        seen, layers = seen + 2, layers + 1
    return [layers, layers * (3 * c) ** 2, (k * c) ** 2]


EXERCISE = Function(
    cases=[
        {"kernel_size": 5, "channels": 2},
        {"kernel_size": 7, "channels": 64},
        {"kernel_size": 3, "channels": 5},
        {"kernel_size": 11, "channels": 1},
        {"kernel_size": 9, "channels": 3},
    ],
    # The tolerance is that of the largest number: it must not blur the smallest.
    tolerance=1e-6,
    right=[
        lambda k, c: costs((k - 1) // 2, k, c),
        in_a_loop,
        lambda k, c: np.array([k // 2, k // 2 * 9, k**2]) * [1, c**2, c**2],
    ],
    mistakes=[
        Mistake(
            "fixed kernel",
            "This is right for a kernel of 7 only: use kernel_size.",
            lambda k, c: costs(3, 7, c),
        ),
        Mistake(
            "divided by 3",
            "Each layer lets the unit see one pixel further to every side, so two more along one axis.",
            lambda k, c: costs(k // 3, k, c),
            lambda k, c: costs(math.ceil(k / 3), k, c),
            lambda k, c: costs(k / 3, k, c),
        ),
        Mistake(
            "one off",
            "One layer too many or too few: the first sees 3 pixels, each further one adds 2.",
            lambda k, c: costs((k + 1) // 2, k, c),
            lambda k, c: costs((k - 3) // 2, k, c),
            lambda k, c: costs(max(2, k // 2), k, c),
        ),
        Mistake(
            "not halved",
            "A layer adds two pixels, one on each side: half as many layers do.",
            lambda k, c: costs(k - 1, k, c),
            lambda k, c: costs(k - 2, k, c),
        ),
        Mistake("fraction", "There is no half layer: first take 1 away.", lambda k, c: costs(k / 2, k, c)),
        Mistake(
            "same area",
            "As far as, not as many weights as: count pixels along one axis.",
            lambda k, c: costs(k * k / 9, k, c),
            lambda k, c: costs(k * k // 9, k, c),
            lambda k, c: costs(math.ceil(k * k / 9), k, c),
        ),
        Mistake("one layer", "Give the weights of all layers.", lambda k, c: (k // 2, 9 * c**2, k**2 * c**2)),
        Mistake(
            "channels",
            "Every output channel sees all channels: channels * channels kernels a layer.",
            lambda k, c: (k // 2, k // 2 * 9 * c, k**2 * c),
            lambda k, c: (k // 2, k // 2 * 9 * c, k**2 * c**2),
            lambda k, c: (k // 2, k // 2 * 9 * c**2, k**2 * c),
            lambda k, c: (k // 2, k // 2 * 9 * 2 * c, k**2 * 2 * c),
            lambda k, c: (k // 2, k // 2 * 9, k**2),
        ),
        Mistake(
            "kernel not squared",
            "A kernel has kernel_size * kernel_size weights.",
            lambda k, c: (k // 2, k // 2 * 3 * c**2, k * c**2),
            lambda k, c: (k // 2, k // 2 * 9 * c**2, k * c**2),
        ),
        Mistake(
            "biases", "No biases here.", lambda k, c: (k // 2, k // 2 * (9 * c + 1) * c, (k**2 * c + 1) * c)
        ),
        Mistake(
            "layers multiplied",
            "The weights of the layers add up: they are not multiplied.",
            lambda k, c: (k // 2, 9 ** (k // 2) * c**2, k**2 * c**2),
            lambda k, c: (k // 2, 9 * c ** (k // 2 * 2), k**2 * c**2),
            lambda k, c: (k // 2, (9 * c**2) ** (k // 2), k**2 * c**2),
        ),
        Mistake(
            "large kernels", "The kernels are 3x3.", lambda k, c: (k // 2, k // 2 * k**2 * c**2, k**2 * c**2)
        ),
        Mistake(
            "third",
            "The last number is the weights of one layer, not of more, nor what is saved.",
            lambda k, c: (k // 2, k // 2 * 9 * c**2, k // 2 * k**2 * c**2),
            lambda k, c: (k // 2, k // 2 * 9 * c**2, (k**2 - k // 2 * 9) * c**2),
        ),
        Mistake(
            "order",
            "The layers come first, then their weights, then those of the one large layer.",
            lambda k, c: (k // 2, k**2 * c**2, k // 2 * 9 * c**2),
            lambda k, c: (k // 2 * 9 * c**2, k**2 * c**2, k // 2),
        ),
        Mistake(
            "count",
            "Give three numbers: the layers, their weights, and the weights of the one layer.",
            lambda k, c: k // 2,
            lambda k, c: (k // 2 * 9 * c**2, k**2 * c**2),
        ),
        # The next two know the first case, whose answer is 2, 72, 100.
        Mistake(
            "second",
            "Layers and last number are right: the second is the weights of all 3x3 layers together.",
            lambda k, c: (k // 2, k // 2 * 9 * c**2 + 1, k**2 * c**2),
            fits=lambda got: got[0] == 2 and got[1] != 72 and got[2] == 100,
        ),
        Mistake(
            "third",
            "The stack's numbers are right: the third is the weights of the one large layer.",
            lambda k, c: (k // 2, k // 2 * 9 * c**2, 49 * c**2),
            fits=lambda got: got[0] == 2 and got[1] == 72 and got[2] != 100,
        ),
    ],
    unnamed={
        "reversed": [lambda k, c: in_a_loop(k, c)[::-1]],
        "wrong values": [lambda k, c: (k // 2, 18 * c**2, k**2 * c**2), lambda k, c: (3, 27, 49)],
        "wrong shape": [lambda k, c: [3] * (k // 2)],
    },
)
