r"""At one pixel Sobel's kernels answer $x = 3$ (to the right) and $y = 4$ (downward). Give the gradient's
magnitude and its direction as a pair. The direction is in degrees, from the x axis towards the y axis as
`atan2` gives it, to two decimal places at least.
"""

from __future__ import annotations

import math

import numpy as np

from cnnlab.exercises import Mistake, Value

SIZE, ANGLE = 5.0, math.degrees(math.atan2(4, 3))
CLOSE = 0.006


def size(name: str, says: str, value: float) -> Mistake:
    """Return a mistake in the first number, whatever the second is."""
    return Mistake(
        name, says, (value, ANGLE), fits=lambda pair: pair.size == 2 and abs(pair[0] - value) < CLOSE
    )


def angle(name: str, says: str, *values: float, within: float = 0.5) -> Mistake:
    """Return a mistake in the second number, rounded or not, whatever the first is."""
    return Mistake(
        name,
        says,
        (SIZE, values[0]),
        fits=lambda pair: pair.size == 2 and np.abs(pair[1] - np.array(values)).min() < within,
    )


def right(pair: np.ndarray) -> list[bool]:
    """Return whether the first of two numbers is right, and whether the second is."""
    return [abs(pair[0] - SIZE) < CLOSE, abs(pair[1] - ANGLE) < CLOSE] if pair.size == 2 else []


EXERCISE = Value(
    expects="two numbers: the magnitude, and the direction in degrees to two decimal places",
    # The tolerance is that of the larger number: it must not blur the smaller one.
    tolerance=1e-4,
    right=[
        (math.hypot(3, 4), math.degrees(math.atan2(4, 3))),
        (5, 53.13),
        [np.linalg.norm([3, 4]), np.rad2deg(np.arccos(3 / 5))],
    ],
    mistakes=[
        Mistake("order", "The magnitude comes first.", (ANGLE, SIZE)),
        size("sum", "3 and 4 were added: the magnitude is the length of the arrow (3, 4).", 3 + 4),
        size("not rooted", "This is the square of the magnitude: take the root.", 3**2 + 4**2),
        angle(
            "radians", "The angle is in radians: give degrees, 180 for pi.", math.atan2(4, 3), within=CLOSE
        ),
        angle("other axis", "This is measured from the y axis: atan2 takes y first, then x.", 90 - ANGLE),
        angle(
            "y upward",
            "Here y points downward and so do positive angles, which atan2 gives from -180 to 180.",
            *(-ANGLE, 360 - ANGLE),
        ),
        angle(
            "along the edge",
            "This is 90 degrees off, as is the direction of the edge: the gradient stands across it.",
            *(ANGLE + 90, ANGLE - 90),
        ),
        angle("mirrored", "This is the angle of (-3, 4): both components are positive.", 180 - ANGLE),
        angle(
            "four lines", "Here the angle itself is wanted, not the nearest of 0, 45, 90 and 135 degrees.", 45
        ),
        Mistake(
            "rounded",
            "The angle is close, but not to two decimal places.",
            (SIZE, 53.1),
            fits=lambda pair: right(pair) == [True, False] and abs(pair[1] - ANGLE) < 0.2,
        ),
        Mistake(
            "magnitude",
            "The direction is right, the magnitude is not: it is the length of the arrow (3, 4).",
            (5.5, ANGLE),
            fits=lambda pair: right(pair) == [False, True],
        ),
        Mistake(
            "direction",
            "The magnitude is right, the direction is not: it is the angle of the arrow (3, 4) in degrees.",
            (SIZE, 90),
            fits=lambda pair: right(pair) == [True, False],
        ),
    ],
)
