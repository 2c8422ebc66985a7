"""Answers to the exercise on one gradient, written as students write them."""

from __future__ import annotations

import cmath
import math
from typing import Any

import numpy as np
import torch

from cnnlab import filters
from cnnlab.exercises.exercise import Wrong

_CHANGE = filters.Gradient(torch.tensor(3.0), torch.tensor(4.0))
_LENGTH, _ANGLE = cmath.polar(3 + 4j)

ORIENTATION_RIGHT: tuple[Any, ...] = (
    (5, 53.13),
    (math.sqrt(3**2 + 4**2), math.atan2(4, 3) * 180 / math.pi),
    np.array([np.hypot(3, 4), np.degrees(np.arctan(4 / 3))]),
    (_CHANGE.magnitude, torch.rad2deg(_CHANGE.direction)),
    [_LENGTH, math.degrees(_ANGLE)],
    [np.linalg.norm([3, 4]), np.rad2deg(np.arccos(3 / 5))],
)

ORIENTATION_WRONG = (
    Wrong(5, "one number"),
    Wrong([53.13], "one number"),
    Wrong([5, 53, 13], "not two"),
    Wrong([], "not two"),
    Wrong((math.degrees(_ANGLE), 5), "order"),
    Wrong((_ANGLE, 5), "order"),
    Wrong((3, 4), "components"),
    Wrong((abs(3) + abs(4), 53.13), "sum"),
    Wrong((math.sqrt(3 + 4), 53.13), "sum"),
    Wrong((3**2 + 4**2, 53.13), "not rooted"),
    Wrong((max(3, 4), 53.13), "larger"),
    Wrong((np.mean([3, 4]), 53.13), "mean"),
    Wrong((np.sqrt(np.mean([9, 16])), 53.13), "mean"),
    Wrong((1.25, 53.13), "divided"),
    Wrong((1, 53.13), "difference"),
    Wrong((math.sqrt(16 - 9), 53.13), "sum"),
    Wrong((-5, 53.13), "negative"),
    Wrong((_CHANGE.magnitude, _CHANGE.direction), "radians"),
    Wrong((5, math.atan2(3, 4)), "radians"),
    Wrong((5, math.degrees(math.atan2(3, 4))), "other axis"),
    Wrong((5, 36.87), "other axis"),
    Wrong((5, -53.13), "y upward"),
    Wrong((5, 143.13), "along the edge"),
    Wrong((5, -36.87), "along the edge"),
    Wrong((5, np.degrees(np.arctan2(-4, -3))), "opposite"),
    Wrong((5, 233.13), "opposite"),
    Wrong((5, 126.87), "mirrored"),
    Wrong((5, -306.87), "full turn"),
    Wrong((5, 413.13), "full turn"),
    Wrong((5, 4 / 3), "slope"),
    Wrong((5, 3 / 4), "slope"),
    Wrong((5, math.sin(_ANGLE)), "sine"),
    Wrong((5, math.cos(_ANGLE)), "sine"),
    Wrong((5, 45), "four lines"),
    Wrong((5, 53.1), "rounded"),
    Wrong((5, 53), "rounded"),
    Wrong((7, 0.927), "sum"),
    Wrong((5.3, 36.87), "other axis"),
    Wrong((4.9, 53.13), "magnitude"),
    Wrong((5 / 8, 53.13), "divided"),
    Wrong((5, 60), "direction"),
    Wrong((5, 0), "direction"),
    Wrong((5, 37), "other axis"),
    Wrong((5, 307), "y upward"),
    Wrong((12, 60), "wrong values"),
    Wrong(((5,), (53.13,)), "extra brackets"),
    Wrong((5, "53.13 degrees"), "wrong type"),
    Wrong(3 + 4j, "complex numbers"),
)
