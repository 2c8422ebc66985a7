"""Further answers to filtering.orientation."""

import cmath
import math

import numpy as np
import torch

from cnnlab import filters

CHANGE = filters.Gradient(torch.tensor(3.0), torch.tensor(4.0))
LENGTH, ANGLE = cmath.polar(3 + 4j)

RIGHT = [
    torch.tensor([5.0, torch.rad2deg(torch.atan2(torch.tensor(4.0), torch.tensor(3.0)))]),
    (math.sqrt(3**2 + 4**2), math.atan2(4, 3) * 180 / math.pi),
    np.array([np.hypot(3, 4), np.degrees(np.arctan(4 / 3))]),
    (CHANGE.magnitude, torch.rad2deg(CHANGE.direction)),
    [LENGTH, math.degrees(ANGLE)],
]

WRONG = {
    "order": [
        (math.degrees(ANGLE), 5),
    ],
    "sum": [
        (abs(3) + abs(4), 53.13),
        (7, 0.927),
    ],
    "not rooted": [
        (3**2 + 4**2, 53.13),
    ],
    "radians": [
        (CHANGE.magnitude, CHANGE.direction),
    ],
    "other axis": [
        (5, math.degrees(math.atan2(3, 4))),
        (5, 36.87),
        (5.3, 36.87),
        (5, 37),
    ],
    "y upward": [
        (5, -53.13),
        (5, 307),
    ],
    "along the edge": [
        (5, 143.13),
        (5, -36.87),
    ],
    "mirrored": [
        (5, 126.87),
    ],
    "four lines": [
        (5, 45),
    ],
    "rounded": [
        (5, 53.1),
        (5, 53),
        (5, 53.14),
    ],
    "magnitude": [
        (math.sqrt(3 + 4), 53.13),
        (math.sqrt(16 - 9), 53.13),
        (max(3, 4), 53.13),
        (np.mean([3, 4]), 53.13),
        (np.sqrt(np.mean([9, 16])), 53.13),
        (1.25, 53.13),
        (5 / 8, 53.13),
        (1, 53.13),
        (-5, 53.13),
        (5.5, 53.13),
        (4.9, 53.13),
    ],
    "direction": [
        (5, math.atan2(3, 4)),
        (5, np.degrees(np.arctan2(-4, -3))),
        (5, 233.13),
        (5, -306.87),
        (5, 413.13),
        (5, 4 / 3),
        (5, 3 / 4),
        (5, math.sin(ANGLE)),
        (5, math.cos(ANGLE)),
        (5, 90),
        (5, 60),
        (5, 0),
    ],
    "wrong values": [
        (ANGLE, 5),
        (3, 4),
        (12, 60),
        # The same arrow by a negative length.
        (-5, 53.13 - 180),
    ],
    "wrong shape": [
        5,
        [],
    ],
    "one too short": [
        [53.13],
    ],
    "one too long": [
        [5, 53, 13],
        (5, 53.13, 0),
    ],
    "extra brackets": [
        ((5,), (53.13,)),
    ],
    "wrong type": [
        (5, "53.13 degrees"),
    ],
    "complex numbers": [
        3 + 4j,
    ],
}
