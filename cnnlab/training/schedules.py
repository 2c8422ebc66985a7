"""Learning rates over time: each schedule turns the number of a step into a factor."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Callable, Sequence

Schedule = Callable[[int], float]
"""From a step's number, counted from 0 over the whole training, to the factor of the learning rate."""

SCHEDULES = ("constant", "one_cycle", "triangle", "cosine", "step")


def constant() -> Schedule:
    """Return the schedule that changes nothing."""
    return lambda step: 1.0


def cosine(steps: int) -> Schedule:
    """Return half a cosine wave from 1 at the first step to nearly 0 at the last.

    Source: Loshchilov and Hutter, "SGDR" (2017), without its restarts.

    Example:
        >>> schedule = cosine(4)
        >>> [round(schedule(step), 3) for step in range(4)]
        [1.0, 0.854, 0.5, 0.146]
    """
    return lambda step: (1 + math.cos(math.pi * step / steps)) / 2


def step(milestones: Sequence[int], gamma: float, steps_per_epoch: int) -> Schedule:
    """Return the schedule that multiplies by ``gamma`` whenever a milestone, in epochs, is finished.

    Example:
        >>> schedule = step(milestones=[2, 3], gamma=0.5, steps_per_epoch=1)
        >>> [schedule(step) for step in range(4)]
        [1.0, 1.0, 0.5, 0.25]
    """
    return lambda number: gamma ** bisect_right(milestones, number // steps_per_epoch)


def one_cycle(steps: int, *, rise: float = 0.3, start: float = 1 / 25, end: float = 1 / 250_000) -> Schedule:
    """Return the schedule that climbs to 1 in the first part of training and falls to nearly 0 in the rest.

    Both parts are half a cosine wave; the momentum stays as it is. Defaults as in PyTorch's OneCycleLR.

    Args:
        steps: steps of the whole training.
        rise: share of them that climb.
        start: factor of the first step.
        end: factor of the last step.

    Source: Smith and Topin, "Super-convergence" (2018), with cosine instead of straight lines.

    Example:
        >>> schedule = one_cycle(11, rise=3 / 11)
        >>> [round(schedule(step), 2) for step in (0, 1, 2, 6, 10)]
        [0.04, 0.52, 1.0, 0.5, 0.0]
    """
    top = max(rise * steps - 1, 0.0)

    def factor(step: int) -> float:
        if step < top:
            return _glide(start, 1.0, step / top)
        return _glide(1.0, end, (step - top) / max(steps - 1 - top, 1.0))

    return factor


def triangle(steps: int, *, rise: float = 0.25, start: float = 0.2, end: float = 0.05) -> Schedule:
    """Return the schedule that climbs to 1 in the first part of training and falls in the rest, straight.

    Args:
        steps: steps of the whole training.
        rise: share of them that climb.
        start: factor of the first step.
        end: factor of the last step.

    Source: Smith, "Cyclical learning rates" (2017), one cycle of it.

    Example:
        >>> schedule = triangle(9)
        >>> [round(schedule(step), 2) for step in (0, 1, 2, 5, 8)]
        [0.2, 0.6, 1.0, 0.53, 0.05]
    """
    top = rise * (steps - 1)

    def factor(step: int) -> float:
        if step < top:
            return start + (1 - start) * step / top
        return 1 + (end - 1) * (step - top) / max(steps - 1 - top, 1.0)

    return factor


def _glide(low: float, high: float, share: float) -> float:
    """Return the value on half a cosine wave, ``share`` of the way between two values."""
    return high + (low - high) * (1 + math.cos(math.pi * min(share, 1.0))) / 2
