"""Further answers to pooling.discarded."""

from fractions import Fraction

import numpy as np
import torch

RIGHT = [
    0.889,
    np.float64(1 - 3.0**-2),
    (900 - 100) / 900,
    1 - Fraction(1, 9),
    torch.tensor(0.8889),
    [0.8889],
]
WRONG = {
    "handed on": [
        Fraction(1, 9),
        0.111,
    ],
    "one axis": [
        torch.tensor(0.3333),
        Fraction(2, 3),
    ],
    "smaller window": [
        3 / 4,
    ],
    "stride 1": [
        1 - 28 * 28 / 900,
    ],
    "number": [
        800.0,
    ],
    "per cent": [
        88.8889,
    ],
    "odds": [
        8,
    ],
    "rounded": [
        0.89,
        0.88,
        0.9,
        0.8875,
        [8 / 9, 1 / 9],
    ],
    "wrong type": [
        "8/9",
    ],
    "wrong values": [
        0.5,
        1 / 8,
        28 * 28 / 900,
        100,
        100 / 9,
        # Near the right share, or made of it.
        1 - 29 * 29 / 900,
        (1 - 1 / 3) ** 2,
    ],
    "sign": [
        -8 / 9,
    ],
    "wrong shape": [
        [30, 30],
    ],
}
