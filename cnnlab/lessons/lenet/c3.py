r"""By hand, without looking back: how many parameters has C3 if each of its sixteen maps sees all six maps
below, and how many with the table of 1998, by which six of them see three maps, nine see four, and one sees
all? Kernels are $5\times 5$. Give both numbers, today's first.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch

from cnnlab.exercises import Mistake, Value

SEEN = np.array([3] * 6 + [4] * 9 + [6])


def wrong(name: str, says: str, today: Sequence[int] = (), then: Sequence[int] = ()) -> Mistake:
    """Return the mistake that gives one of these numbers for today, or one of those for 1998."""
    answers = [*((number, 1516) for number in today), *((2416, number) for number in then)]
    return Mistake(name, says, *answers, fits=lambda got: got[0] in today or got[1] in then)


EXERCISE = Value(
    expects="two whole numbers: today's, and that of 1998",
    right=[
        [2416, 1516],
        (16 * (6 * 5 * 5 + 1), 6 * (3 * 25 + 1) + 9 * (4 * 25 + 1) + (6 * 25 + 1)),
        np.array([16 * 151, np.sum(25 * SEEN + 1)]),
        torch.tensor([16 * 6, 6 * 3 + 9 * 4 + 6]) * 25 + 16,
    ],
    mistakes=[
        Mistake(
            "count",
            "Give two numbers: the parameters today, and those of 1998.",
            *(2416, (2416, 456, 909, 151)),
            fits=lambda got: got.size != 2,
        ),
        Mistake("swapped", "Today's number comes first.", (1516, 2416), (60 * 25, 96 * 25)),
        wrong("no biases", "The biases are missing: each of the 16 kernels has one.", [2400], [1500]),
        wrong("a bias a pair", "A kernel has one bias, however many maps it sees.", [2496], [1560]),
        wrong(
            "biases of the maps", "The biases belong to the 16 kernels, not to the 6 maps.", [2406], [1506]
        ),
        wrong("one bias", "This holds one bias in all: each of the 16 kernels has its own.", [2401], [1501]),
        wrong("one map", "A kernel has 5 x 5 weights for every map that it sees.", [416, 400], [416, 400]),
        wrong(
            "3 x 3 kernels", "So it is with kernels of 3 x 3: here they are 5 x 5.", [880, 864], [556, 540]
        ),
        wrong(
            "connections",
            "These are connections: at each of 100 places the same parameters are used again.",
            *([241_600], [151_600]),
        ),
        wrong("not squared", "A kernel of 5 x 5 has 25 weights a map, not 5.", [496, 480], [316, 300]),
        wrong("pairs", "So many pairs of kernel and map there are: each has 5 x 5 weights.", [96], [60]),
        wrong("C1", "156 are the parameters of C1: C3 has 16 kernels, and they see 6 maps.", [156]),
        wrong(
            "last kernel",
            "The one kernel that sees all 6 maps is missing, or counts as if it saw one map.",
            then=[1365, 1366, 1391],
        ),
        wrong(
            "one of each kind", "Six kernels see 3 maps, nine see 4: multiply by 6 and 9.", then=[341, 328]
        ),
        wrong(
            "same as today", "In 1998 only one kernel saw all 6 maps: fewer pairs and weights.", then=[2416]
        ),
        wrong("difference", "900 parameters were saved: give what was left.", then=[900]),
        Mistake(
            "first",
            "The number of 1998 is right, today's is not: 16 kernels, each with 5 x 5 weights for 6 maps.",
            (2417, 1516),
            fits=lambda got: got[0] != 2416 and got[1] == 1516,
        ),
        Mistake(
            "second",
            "Today's number is right, that of 1998 is not: count the pairs of kernel and map first.",
            (2416, 1400),
            fits=lambda got: got[0] == 2416 and got[1] != 1516,
        ),
    ],
    unnamed={
        "wrong values": [(1000, 2000)],
        "sign": [(-2416, -1516)],
        "extra brackets": [((2416,), (1516,))],
        "wrong type": [{"modern": 2416, "1998": 1516}],
    },
)
