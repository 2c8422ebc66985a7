"""The exercise of notebook 03 on one gradient: its magnitude and its direction."""

from __future__ import annotations

import math

import numpy as np

from cnnlab.exercises.answers import orientation as answers
from cnnlab.exercises.exercise import Exercise, Mistake

_X, _Y = 3.0, 4.0
_TOLERANCE = 0.006
_MAGNITUDE = math.hypot(_X, _Y)
_DIRECTION = math.degrees(math.atan2(_Y, _X))


def _magnitude(name: str, says: str, value: float) -> Mistake:
    """Return a mistake in the first number, whatever the second is."""
    return Mistake(name, says, lambda: (value, _DIRECTION), lambda answer: _is(answer, 0, value))


def _direction(name: str, says: str, value: float, within: float = 0.5) -> Mistake:
    """Return a mistake in the second number, rounded or not, whatever the first is."""
    return Mistake(name, says, lambda: (_MAGNITUDE, value), lambda answer: _is(answer, 1, value, within))


def _is(answer: np.ndarray, place: int, value: float, within: float = _TOLERANCE) -> bool:
    return answer.size == 2 and abs(answer.ravel()[place] - value) < within


_ONE_NUMBER = "One number is missing: give the magnitude and the direction."
_TWO = "Two numbers are asked for, the magnitude and the direction in degrees."
_RADIANS = "The angle is in radians: give degrees, 180 for pi."
_ROUNDED = "The angle is rounded too much: give two decimal places."

ORIENTATION = Exercise(
    name="filters.orientation",
    prompt="Sobel gives x = 3, y = 4 (y downward): give the gradient's magnitude and direction in degrees.",
    asks="value",
    expects="two numbers: the magnitude, and the direction in degrees to two decimal places",
    reference=lambda: (_MAGNITUDE, _DIRECTION),
    # The tolerance is that of the larger number: it must not blur the smaller one.
    tolerance=1e-4,
    mistakes=(
        Mistake("one number", _ONE_NUMBER, lambda: _MAGNITUDE, lambda answer: answer.size == 1),
        Mistake("not two", _TWO, lambda: (3, 4, 5), lambda answer: answer.size != 2),
        Mistake("order", "The magnitude comes first.", lambda: (_DIRECTION, _MAGNITUDE)),
        Mistake("order", f"The magnitude comes first. {_RADIANS}", lambda: (math.atan2(_Y, _X), _MAGNITUDE)),
        Mistake("components", "These are x and y themselves.", lambda: (_X, _Y)),
        _magnitude("sum", "3 and 4 were added: the magnitude is the length of the arrow (3, 4).", _X + _Y),
        _magnitude(
            "sum", "This is the root of 7: the root of the sum of the squares is wanted.", math.sqrt(_X + _Y)
        ),
        _magnitude("not rooted", "This is the square of the magnitude: take the root.", _MAGNITUDE**2),
        _magnitude("larger", "This is the larger of x and y: both count.", _Y),
        _magnitude("mean", "This is a mean: the squares are added, not averaged.", (_X + _Y) / 2),
        _magnitude("mean", "This is a mean: the squares are added, not averaged.", _MAGNITUDE / math.sqrt(2)),
        _magnitude("divided", "Sobel's 4 is not divided by here: take x and y as they are.", _MAGNITUDE / 4),
        _magnitude("divided", "Sobel's 4 is not divided by here: take x and y as they are.", _MAGNITUDE / 8),
        _magnitude("difference", "Subtracted: the squares of x and y are added.", _Y - _X),
        _magnitude("negative", "A length is never negative.", -_MAGNITUDE),
        _direction("radians", _RADIANS, math.atan2(_Y, _X), _TOLERANCE),
        _direction("radians", f"{_RADIANS} And measure it from the x axis.", math.atan2(_X, _Y), _TOLERANCE),
        _direction(
            "other axis",
            "This is measured from the y axis: atan2 takes y first, then x.",
            math.degrees(math.atan2(_X, _Y)),
        ),
        _direction(
            "y upward",
            "Here y points downward and so do positive angles: nothing turns negative.",
            -_DIRECTION,
        ),
        _direction(
            "y upward",
            "Here y points downward and so do positive angles, which atan2 gives from -180 to 180.",
            360 - _DIRECTION,
        ),
        _direction(
            "along the edge",
            "This is the direction of the edge: the gradient stands across it.",
            _DIRECTION + 90,
        ),
        _direction(
            "along the edge",
            "This is the direction of the edge, or an angle from the y axis with the wrong sign.",
            _DIRECTION - 90,
        ),
        _direction("opposite", "This points towards darker pixels, the opposite way.", _DIRECTION - 180),
        _direction("opposite", "This points towards darker pixels, the opposite way.", _DIRECTION + 180),
        _direction("mirrored", "The sign of one component was turned: both are positive.", 180 - _DIRECTION),
        _direction("full turn", "atan2 gives angles from -180 to 180 degrees.", _DIRECTION - 360),
        _direction("full turn", "atan2 gives angles from -180 to 180 degrees.", _DIRECTION + 360),
        _direction("slope", "This is the slope: the angle is its arctangent.", _Y / _X, _TOLERANCE),
        _direction("slope", "This is x / y: the angle is the arctangent of y / x.", _X / _Y, _TOLERANCE),
        _direction(
            "sine", "The arctangent of y / x is wanted: this is the sine.", _Y / _MAGNITUDE, _TOLERANCE
        ),
        _direction(
            "sine", "The arctangent of y / x is wanted: this is the cosine.", _X / _MAGNITUDE, _TOLERANCE
        ),
        _direction(
            "four lines", "Here the angle itself is wanted, not the nearest of 0, 45, 90 and 135 degrees.", 45
        ),
        Mistake(
            "rounded",
            _ROUNDED,
            lambda: (_MAGNITUDE, 53.1),
            lambda answer: (
                _is(answer, 0, _MAGNITUDE) and _TOLERANCE < abs(answer.ravel()[1] - _DIRECTION) < 0.2
            ),
        ),
        Mistake(
            "magnitude",
            "The direction is right, the magnitude is not: it is the length of the arrow (3, 4).",
            lambda: (5.5, _DIRECTION),
            lambda answer: _is(answer, 1, _DIRECTION) and not _is(answer, 0, _MAGNITUDE),
        ),
        Mistake(
            "direction",
            "The magnitude is right, the direction is not: it is the angle of the arrow (3, 4) in degrees.",
            lambda: (_MAGNITUDE, 90),
            lambda answer: _is(answer, 0, _MAGNITUDE) and not _is(answer, 1, _DIRECTION),
        ),
    ),
    right=answers.ORIENTATION_RIGHT,
    wrong=answers.ORIENTATION_WRONG,
)
