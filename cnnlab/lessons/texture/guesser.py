"""What does a network score that has learnt nothing? Each picture has the shape of one class and the texture
of another. Whatever it is shown, the network names one of the `num_classes` classes (2 or more), each with
the same probability. Return four numbers, in this order: the shares of its answers, from 0 to 1, that on
average name the shape, the texture, and neither of them; and the shape bias that follows from these shares:
the shape's share divided by that of shape and texture together.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np

from cnnlab.exercises import Function, Mistake


def shares(k: int, bias: float = 0.5) -> list[float]:
    """Return the right shares, and a bias."""
    return [1 / k, 1 / k, (k - 2) / k, bias]


def counted(k: int) -> Any:
    """Return the right answer from all pairs of a shape and a texture and all answers."""
    pairs = [(s, t, a) for s in range(k) for t in range(k) for a in range(k) if s != t]
    hits = np.array([[a == s, a == t, a not in (s, t)] for s, t, a in pairs]).mean(0)
    return [*hits, hits[0] / hits[:2].sum()]


# The last mistakes know the first case: 1/8, 1/8, 6/8 and 1/2.
def parts(got: np.ndarray) -> list[bool]:
    """Return whether each of the four numbers of the first case is right."""
    return np.isclose(got, shares(8)).tolist()


EXERCISE = Function(
    cases=[{"num_classes": k} for k in (8, 6, 2, 3, 16, 10, 5)],
    expects="four numbers, of which the first three add up to 1",
    right=[
        shares,
        lambda k: (1 / k, 1 / k, 1 - 2 / k, 0.5),
        lambda k: [Fraction(1, k), Fraction(1, k), Fraction(k - 2, k), Fraction(1, 2)],
        counted,
    ],
    mistakes=[
        Mistake(
            "bias 1/K",
            "The shares are right. The bias is a share of answers that name shape or texture, not of all.",
            *(lambda k: shares(k, 1 / k), lambda k: shares(k, 1 / (k - 1))),
        ),
        Mistake(
            "bias 0",
            "The shares are right. A bias of 0 would mean that only the texture is named.",
            lambda k: shares(k, 0),
        ),
        Mistake(
            "bias 1 - 1/K",
            "The shares are right. Wrong answers that name neither are no texture answers: leave them out.",
            lambda k: shares(k, 1 - 1 / k),
            lambda k: shares(k, 1 - 2 / k),
        ),
        Mistake(
            "bias of the ratio",
            "The shares are right. The bias is shape divided by shape and texture together.",
            *(lambda k: shares(k, 1), lambda k: shares(k, 2 / k), lambda k: shares(k, 100 / 2)),
            fits=lambda got: parts(got) == [True, True, True, False],
        ),
        Mistake(
            "no neither",
            "Shape and texture are not all that it can name: the other classes are as probable.",
            lambda k: [0.5, 0.5, 0, 0.5],
            lambda k: [1 / k, 1 - 1 / k, 0, 1 / k],
            fits=lambda got: len(got) == 4 and got[2] == 0,
        ),
        Mistake(
            "overlap",
            "Neither means not the shape and not the texture: two classes of num_classes are left out.",
            *(lambda k: [1 / k, 1 / k, (k - 1) / k, 0.5], lambda k: [1 / k, 1 / k, (1 - 1 / k) ** 2, 0.5]),
            fits=lambda got: parts(got) == [True, True, False, True],
        ),
        Mistake(
            "texture's share",
            "Each class is named as often as any other: the texture's is one of them, as the shape's is.",
            lambda k: [1 / k, 1 / (k - 1), (k - 2) / k, 0.5],
            lambda k: [1 / k, (1 - 1 / k) / k, (1 - 1 / k) ** 2, 0.5],
            fits=lambda got: parts(got)[:2] == [True, False],
        ),
        Mistake(
            "per cent",
            "These are per cent: give shares from 0 to 1.",
            *(lambda k: np.multiply(100, shares(k)), lambda k: [100 / k, 100 / k, 100 - 200 / k, 0.5]),
        ),
        Mistake("counts", "These are no shares: all answers together are 1.", lambda k: [1, 1, k - 2, 0.5]),
        Mistake(
            "order",
            "The order is another: shape, texture, neither, and the bias last.",
            *(lambda k: [0.5, 1 / k, 1 / k, (k - 2) / k], lambda k: [(k - 2) / k, 1 / k, 1 / k, 0.5]),
        ),
        Mistake(
            "shape's share",
            "One class of num_classes is the shape's, and the network names each as often.",
            *(lambda k: [0.5, 0.5 / k, 0.5, 0.5], lambda k: [1 / k**2, 1 / k**2, 1 - 2 / k**2, 0.5]),
            lambda k: [1 / (k - 1), 1 / (k - 1), (k - 3) / (k - 1), 0.5],
            fits=lambda got: len(got) == 4 and not parts(got)[0],
        ),
        Mistake(
            "four numbers",
            "Return four numbers: shape, texture, neither, bias.",
            *(lambda k: shares(k)[:3], lambda k: 0.5, lambda k: [1 / k, 1 / k, 0.5]),
            fits=lambda got: len(got) != 4,
        ),
    ],
)
