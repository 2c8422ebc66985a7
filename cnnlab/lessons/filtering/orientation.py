r"""At one pixel Sobel's kernels answer $x = 3$ (to the right) and $y = 4$ (downward). Give the gradient's
magnitude and its direction as a pair. The direction is in degrees, from the x axis towards the y axis as
`atan2` gives it, to two decimal places at least.
"""

from __future__ import annotations

import math

import numpy as np
import torch

from cnnlab.exercises import Mistake, Value

SIZE, ANGLE = 5.0, math.degrees(math.atan2(4, 3))
CLOSE = 0.006


def size(name: str, says: str, *values: float) -> Mistake:
    """Return a mistake in the first number, whatever the second is."""
    return Mistake(
        name,
        says,
        *((value, ANGLE) for value in values),
        fits=lambda pair: pair.size == 2 and np.abs(pair[0] - np.array(values)).min() < CLOSE,
    )


def angle(name: str, says: str, *values: float, within: float = 0.5) -> Mistake:
    """Return a mistake in the second number, rounded or not, whatever the first is."""
    return Mistake(
        name,
        says,
        *((SIZE, value) for value in values),
        fits=lambda pair: pair.size == 2 and np.abs(pair[1] - np.array(values)).min() < within,
    )


def right_size(pair: np.ndarray) -> bool:
    """Return whether there are two numbers, and the first is right."""
    return pair.size == 2 and abs(pair[0] - SIZE) < CLOSE


def right_angle(pair: np.ndarray) -> bool:
    """Return whether there are two numbers, and the second is right."""
    return pair.size == 2 and abs(pair[1] - ANGLE) < CLOSE


EXERCISE = Value(
    expects="two numbers: the magnitude, and the direction in degrees to two decimal places",
    # The tolerance is that of the larger number: it must not blur the smaller one.
    tolerance=1e-4,
    right=[
        (math.hypot(3, 4), math.degrees(math.atan2(4, 3))),
        (5, 53.13),
        torch.stack(
            [torch.tensor(25.0).sqrt(), torch.rad2deg(torch.atan2(torch.tensor(4.0), torch.tensor(3.0)))]
        ),
        [np.linalg.norm([3, 4]), np.rad2deg(np.arccos(3 / 5))],
    ],
    mistakes=[
        Mistake(
            "one number",
            "One number is missing: give the magnitude and the direction.",
            *(5, [53.13]),
            fits=lambda pair: pair.size == 1,
        ),
        Mistake(
            "not two",
            "Two numbers are asked for, the magnitude and the direction in degrees.",
            *([5, 53, 13], []),
            fits=lambda pair: pair.size != 2,
        ),
        Mistake("order", "The magnitude comes first.", (ANGLE, SIZE)),
        Mistake(
            "order",
            "The magnitude comes first, and the angle is in radians: give degrees, 180 for pi.",
            (math.atan2(4, 3), SIZE),
        ),
        Mistake("components", "These are x and y themselves.", (3, 4)),
        size("sum", "3 and 4 were added: the magnitude is the length of the arrow (3, 4).", 3 + 4),
        size("sum", "This is the root of 7: the root of the sum of the squares is wanted.", math.sqrt(7)),
        size("not rooted", "This is the square of the magnitude: take the root.", 3**2 + 4**2),
        size("larger", "This is the larger of x and y: both count.", 4),
        size("mean", "This is a mean: the squares are added, not averaged.", 3.5, math.sqrt(12.5)),
        size("divided", "Sobel's 4 is not divided by here: take x and y as they are.", 5 / 4, 5 / 8),
        size("difference", "This is y - x: the magnitude is the root of the sum of the squares.", 1),
        size("negative", "A length is never negative.", -5),
        angle(
            "radians", "The angle is in radians: give degrees, 180 for pi.", math.atan2(4, 3), within=CLOSE
        ),
        angle(
            "radians",
            "This is in radians and measured from the y axis: give degrees, from the x axis.",
            math.atan2(3, 4),
            within=CLOSE,
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
        angle("opposite", "This points the opposite way, to darker pixels.", ANGLE - 180, ANGLE + 180),
        angle("mirrored", "This is the angle of (-3, 4): both components are positive.", 180 - ANGLE),
        angle("full turn", "atan2 gives angles from -180 to 180 degrees.", ANGLE - 360, ANGLE + 360),
        angle(
            "slope",
            "This is y / x or x / y: the angle is the arctangent of y / x, in degrees.",
            *(4 / 3, 3 / 4),
            within=CLOSE,
        ),
        angle(
            "sine",
            "This is the sine or the cosine: the angle itself is wanted, the arctangent of y / x.",
            *(4 / 5, 3 / 5),
            within=CLOSE,
        ),
        angle(
            "four lines", "Here the angle itself is wanted, not the nearest of 0, 45, 90 and 135 degrees.", 45
        ),
        Mistake(
            "rounded",
            "The angle is close, but not to two decimal places.",
            *((5, 53.1), (5, 53)),
            fits=lambda pair: right_size(pair) and not right_angle(pair) and abs(pair[1] - ANGLE) < 0.2,
        ),
        Mistake(
            "magnitude",
            "The direction is right, the magnitude is not: it is the length of the arrow (3, 4).",
            *((5.5, ANGLE), (4.9, 53.13)),
            fits=lambda pair: right_angle(pair) and not right_size(pair),
        ),
        Mistake(
            "direction",
            "The magnitude is right, the direction is not: it is the angle of the arrow (3, 4) in degrees.",
            *((5, 90), (5, 60), (5, 0)),
            fits=lambda pair: right_size(pair) and not right_angle(pair),
        ),
    ],
    unnamed={
        "wrong values": [(12, 60)],
        "extra brackets": [((5,), (53.13,))],
        "wrong type": [(5, "53.13 degrees")],
        "complex numbers": [3 + 4j],
    },
)
