"""Which padding on each side keeps the size at stride 1, for an odd kernel and any dilation?"""

from __future__ import annotations

import numpy as np

from cnnlab.exercises import Function, Mistake


def drawn(seed: int) -> dict[str, int]:
    """Return an odd kernel and a dilation."""
    return {"kernel_size": 2 * seed + 1, "dilation": int(np.random.default_rng(seed).integers(1, 10))}


# The answers call kernel_size and dilation k and d.
EXERCISE = Function(
    cases=[
        {"kernel_size": 3, "dilation": 1},
        {"kernel_size": 5, "dilation": 1},
        {"kernel_size": 3, "dilation": 2},
        {"kernel_size": 1, "dilation": 4},
        *map(drawn, range(8)),
    ],
    right=[
        lambda k, d: d * (k - 1) // 2,
        lambda k, d: k // 2 * d,
        lambda k, d: d * (k - 1) / 2,
    ],
    mistakes=[
        Mistake(
            "dilation forgotten",
            "The dilation is missing: it spreads the kernel over dilation * (kernel_size - 1) + 1 pixels.",
            lambda k, d: k // 2,
        ),
        Mistake(
            "both sides",
            "This is the padding of both sides together: each side gets half.",
            lambda k, d: d * (k - 1),
        ),
        Mistake(
            "dilation times kernel",
            "A dilated kernel reaches over dilation * (kernel_size - 1) + 1 pixels: no gap after the last.",
            *(lambda k, d: d * k // 2, lambda k, d: (d * k - 1) // 2),
        ),
        Mistake(
            "middle counted",
            "This is too much: the middle weight lies on the pixel itself and needs no padding.",
            lambda k, d: (k // 2 + 1) * d,
        ),
        Mistake(
            "dilation added",
            "The dilation multiplies the steps between the weights: it is not added or subtracted.",
            *(lambda k, d: k // 2 + d - 1, lambda k, d: (k - d) // 2),
        ),
        Mistake(
            "kernel of 3",
            "This is right for a kernel of 3 only: a larger one reaches further, kernel_size // 2 steps.",
            lambda k, d: d,
        ),
        Mistake(
            "at least 1",
            "A kernel of 1 needs no padding: 0 is right.",
            lambda k, d: max(1, k // 2 * d),
        ),
    ],
)
