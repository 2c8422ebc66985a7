"""Further answers to filtering.orientation."""

import cmath
import math

import numpy as np
import torch

from cnnlab import filters

CHANGE = filters.Gradient(torch.tensor(3.0), torch.tensor(4.0))
LENGTH, ANGLE = cmath.polar(3 + 4j)

RIGHT = [
    (math.sqrt(3**2 + 4**2), math.atan2(4, 3) * 180 / math.pi),
    np.array([np.hypot(3, 4), np.degrees(np.arctan(4 / 3))]),
    (CHANGE.magnitude, torch.rad2deg(CHANGE.direction)),
    [LENGTH, math.degrees(ANGLE)],
]

WRONG = {
    "order": [(math.degrees(ANGLE), 5), (ANGLE, 5)],
    "sum": [(abs(3) + abs(4), 53.13), (math.sqrt(3 + 4), 53.13), (math.sqrt(16 - 9), 53.13), (7, 0.927)],
    "not rooted": [(3**2 + 4**2, 53.13)],
    "larger": [(max(3, 4), 53.13)],
    "mean": [(np.mean([3, 4]), 53.13), (np.sqrt(np.mean([9, 16])), 53.13)],
    "divided": [(1.25, 53.13), (5 / 8, 53.13)],
    "difference": [(1, 53.13)],
    "negative": [(-5, 53.13)],
    "radians": [(CHANGE.magnitude, CHANGE.direction), (5, math.atan2(3, 4))],
    "other axis": [(5, math.degrees(math.atan2(3, 4))), (5, 36.87), (5.3, 36.87), (5, 37)],
    "y upward": [(5, -53.13), (5, 307)],
    "along the edge": [(5, 143.13), (5, -36.87)],
    "opposite": [(5, np.degrees(np.arctan2(-4, -3))), (5, 233.13)],
    "mirrored": [(5, 126.87)],
    "full turn": [(5, -306.87), (5, 413.13)],
    "slope": [(5, 4 / 3), (5, 3 / 4)],
    "sine": [(5, math.sin(ANGLE)), (5, math.cos(ANGLE))],
    "four lines": [(5, 45)],
}
