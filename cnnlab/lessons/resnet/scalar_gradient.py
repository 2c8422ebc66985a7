r"""Let the signal be a single number: block $i$ turns $x$ into $x + a_i x$, and one block follows the other.
The derivative of what comes out with respect to what goes in is then a sum over paths. In each block a path
takes the shortcut, a factor of 1, or the branch, a factor of $a_i$; the path's term is the product of its
factors. Given the list `a` of the $a_i$, return a list of `len(a) + 1` numbers: at index $j$ the sum of the
terms of all paths that go through exactly $j$ branches. The $a_i$ may be negative, and `a` may be empty.
"""

from __future__ import annotations

import math
from itertools import accumulate, combinations, combinations_with_replacement, permutations
from typing import Any

import numpy as np

from cnnlab.exercises import Function, Mistake


def by_block(a: list[float]) -> list[float]:
    """Return the sums, block by block: each path goes on by the shortcut and by the branch."""
    sums = [1.0]
    for factor in a:
        sums = [by + factor * through for by, through in zip([*sums, 0], [0, *sums], strict=True)]
    return sums


def summed(ways: Any, a: list[float]) -> list[float]:
    """Return for each length the sum of the products of what there are ways to choose."""
    return [sum(map(math.prod, ways(a, length))) for length in range(len(a) + 1)]


def drawn(seed: int) -> dict[str, Any]:
    """Return up to six numbers from -2 to 2, in quarters, some equal."""
    return {"a": (*(np.random.default_rng(seed).integers(-8, 9, seed % 6 + 1) / 4).tolist(),)}


EXERCISE = Function(
    cases=[*({"a": a} for a in ((2, 3, 5), (-0.5,), (), (0, 2, -1), (1, 1, 1, 1))), *map(drawn, range(12))],
    right=[by_block, lambda a: summed(combinations, a), lambda a: np.poly(np.negative(a))],
    mistakes=[
        Mistake(
            "only the derivative",
            "This is the whole derivative: tell apart how much of it comes from paths of each length.",
            lambda a: math.prod(1 + factor for factor in a),
        ),
        Mistake(
            "some paths",
            "There are 2 ** len(a) paths, not only those through no branch, through one or through all.",
            *(lambda a: math.prod(a), lambda a: 1 + math.prod(a), lambda a: 1 + sum(a)),
        ),
        Mistake(
            "number of paths",
            "This is the number of paths: each counts with the product of its factors.",
            lambda a: [math.comb(len(a), length) for length in range(len(a) + 1)],
        ),
        Mistake(
            "sign lost",
            "A sign was lost: a branch with a negative factor takes away.",
            *(lambda a: by_block([*map(abs, a)]), lambda a: [*map(abs, by_block(a))]),
        ),
        Mistake(
            "neighbours",
            "Only branches that follow each other were taken: a path may take the shortcut between.",
            lambda a: summed(lambda a, n: [a[i : i + n] for i in range(len(a) - n + 1 if n else 1)], a),
            lambda a: [*accumulate([1.0, *a], lambda one, other: one * other)],
        ),
        Mistake(
            "no branch",
            "At index 0 stands the one path through no branch: it is 1.",
            *(lambda a: by_block(a)[1:], lambda a: [0, *by_block(a)[1:]]),
        ),
        # The last two know the first case: 1, 10, 31 and 30.
        Mistake(
            "one branch",
            "At index 1 stand all paths through one branch: together they are the sum of all of a.",
            lambda a: np.cumsum(by_block(a)),
            fits=lambda got: len(got) == 4 and np.isclose(got[0], 1) and not np.isclose(got[1], 10),
        ),
        Mistake(
            "several branches",
            "Right for one branch, not for more: at index j stands each choice of j different branches once.",
            *(lambda a: summed(permutations, a), lambda a: summed(combinations_with_replacement, a)),
            lambda a: [sum(a) ** n for n in range(len(a) + 1)],
            fits=lambda got: np.allclose(got, [1, 10, *got[2:4]]) and not np.allclose(got[2:], [31, 30]),
        ),
    ],
)
