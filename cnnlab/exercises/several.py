"""Mistakes in one of several numbers that are asked for, or measured, together."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

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


def measured(right: Mapping[str, float]) -> Callable[..., Mistake]:
    """Return what makes a mistake in numbers that were measured of an answer, each known by its name.

    It takes the mistake's name and sentence, a function of the numbers by name that recognises it, and what
    an example has in place of the right numbers.

    Args:
        right: the numbers of a right answer by name, in the order of measurement.

    Example:
        >>> wrong = measured({"rows": 2, "each": 10})
        >>> long = wrong("too long", "These are too many numbers.", lambda got: got["each"] > 10, each=12)
        >>> long.model(), long.fits(np.array([2.0, 11.0]))
        (array([ 2., 12.]), True)
    """

    def make(name: str, says: str, fits: Callable[[dict[str, float]], bool], **changes: float) -> Mistake:
        example = np.array([*({**right, **changes}).values()], float)
        return Mistake(
            name, says, lambda: example, lambda got: bool(fits(dict(zip(right, got, strict=True))))
        )

    return make
