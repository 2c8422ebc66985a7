"""Mistakes in one of several numbers that are asked for together."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from cnnlab.exercises.exercise import Mistake


def in_one(right: Sequence[float], at: int) -> Callable[[str, str, float], Mistake]:
    """Return what makes a mistake of name, sentence and number: recognised at its place, whatever the rest.

    Args:
        right: the numbers that are asked for.
        at: the place of the wrong one, from 0.

    Example:
        >>> twice = in_one((3, 5), at=1)("twice", "This is twice the number.", 10)
        >>> twice.model(), twice.fits(np.array([4.0, 10.0])), twice.fits(np.array([10.0, 5.0]))
        ([3, 10], True, False)
    """

    def make(name: str, says: str, value: float) -> Mistake:
        def fits(answer: np.ndarray) -> bool:
            return answer.size == len(right) and bool(answer.ravel()[at] == value)

        return Mistake(name, says, lambda: [*right[:at], value, *right[at + 1 :]], fits)

    return make


def not_all(right: Sequence[float], says: str) -> Mistake:
    """Return the mistake of handing back more or fewer numbers than are asked for.

    Args:
        right: the numbers that are asked for.
        says: what they are.

    Example:
        >>> one = not_all((3, 5), "Give two numbers.")
        >>> one.fits(np.array([3.0])), one.fits(np.array([[1.0, 2.0]]))
        (True, False)
    """
    return Mistake("count", says, lambda: right[:1], lambda answer: answer.size != len(right))
