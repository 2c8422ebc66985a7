r"""One convolution has an odd `kernel_size` of 3 or more, as many `channels` in as out, stride 1, no biases.
How many $3\times 3$ layers see as far? Return three numbers: the layers, their weights together, and the
weights of the one large layer.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from cnnlab.exercises import Function, Mistake


def costs(layers: int, k: int, c: int) -> tuple[int, int, int]:
    """Return a number of layers, their weights, and those of the one layer."""
    return layers, layers * 9 * c**2, k**2 * c**2


def drawn(seed: int) -> dict[str, Any]:
    """Return a kernel size from 3 to 17, and up to 60 channels."""
    rng = np.random.default_rng(seed)
    return {"kernel_size": 2 * seed + 3, "channels": rng.integers(1, 61).item()}


EXERCISE = Function(
    cases=[
        {"kernel_size": 5, "channels": 2},
        {"kernel_size": 7, "channels": 64},
        {"kernel_size": 3, "channels": 5},
        {"kernel_size": 11, "channels": 1},
        *map(drawn, range(8)),
    ],
    # The tolerance is that of the largest number: it must not blur the smallest.
    tolerance=1e-9,
    right=[
        lambda k, c: costs((k - 1) // 2, k, c),
        lambda k, c: np.array([k // 2, k // 2 * 9, k**2]) * [1, c**2, c**2],
        lambda k, c: [len(range(1, k, 2)), sum((3 * c) ** 2 for _ in range(1, k, 2)), (k * c) ** 2],
    ],
    mistakes=[
        Mistake(
            "fixed kernel",
            "This is right for a kernel of 7 only: use kernel_size.",
            lambda k, c: costs(3, 7, c),
            lambda k, c: costs(3, k, c),
        ),
        Mistake(
            "divided by 3",
            "Each layer lets the unit see one pixel further to every side, so two more along one axis.",
            lambda k, c: costs(k // 3, k, c),
            lambda k, c: costs(math.ceil(k / 3), k, c),
        ),
        Mistake(
            "one off",
            "One layer too many: the first sees 3 pixels, each further one adds 2.",
            lambda k, c: costs((k + 1) // 2, k, c),
            lambda k, c: costs(max(2, k // 2), k, c),
        ),
        Mistake(
            "not halved",
            "Each layer adds two pixels, one on each side: here it adds one.",
            lambda k, c: costs(k - 2, k, c),
        ),
        Mistake("one layer", "Give the weights of all layers.", lambda k, c: (k // 2, 9 * c**2, k**2 * c**2)),
        Mistake(
            "channels",
            "Every output channel sees all channels: channels * channels kernels a layer.",
            lambda k, c: (k // 2, k // 2 * 9 * c, k**2 * c),
        ),
        Mistake(
            "kernel not squared",
            "A kernel has kernel_size * kernel_size weights.",
            lambda k, c: (k // 2, k // 2 * 9 * c**2, k * c**2),
        ),
        Mistake(
            "biases", "No biases here.", lambda k, c: (k // 2, k // 2 * (9 * c + 1) * c, (k**2 * c + 1) * c)
        ),
        Mistake(
            "order",
            "The layers come first, then their weights, then those of the one large layer.",
            lambda k, c: (k // 2, k**2 * c**2, k // 2 * 9 * c**2),
        ),
    ],
)
