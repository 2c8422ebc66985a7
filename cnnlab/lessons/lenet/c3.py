r"""By hand, without looking back: how many parameters has C3 if each of its sixteen maps sees all six maps
below, and how many with the table of 1998, by which six of them see three maps, nine see four, and one sees
all? Kernels are $5\times 5$. Give both numbers, today's first.
"""

from __future__ import annotations

import torch

from cnnlab.exercises import Mistake, Value


def wrong(name: str, says: str, today: int, then: int) -> Mistake:
    """Return the mistake that gives one of these numbers, of today or of 1998."""
    return Mistake(name, says, (today, then), fits=lambda got: got[0] == today or got[1] == then)


EXERCISE = Value(
    expects="two whole numbers: today's, and that of 1998",
    right=[
        [2416, 1516],
        (16 * (6 * 5 * 5 + 1), 6 * (3 * 25 + 1) + 9 * (4 * 25 + 1) + (6 * 25 + 1)),
        torch.tensor([16 * 6, 6 * 3 + 9 * 4 + 6]) * 25 + 16,
    ],
    mistakes=[
        Mistake("swapped", "Today's number comes first.", (1516, 2416)),
        wrong("no biases", "The biases are missing: each of the 16 kernels has one.", 2400, 1500),
        wrong("a bias a pair", "A kernel has one bias, however many maps it sees.", 2496, 1560),
        wrong("biases of the maps", "The biases belong to the 16 kernels, not to the 6 maps.", 2406, 1506),
        wrong("one map", "A kernel has 5 x 5 weights for every map that it sees.", 416, 416),
        wrong("3 x 3 kernels", "So it is with kernels of 3 x 3: here they are 5 x 5.", 880, 556),
        Mistake(
            "last kernel",
            "The one kernel that sees all 6 maps is missing, or counts as if it saw one map.",
            (2416, 1365),
            fits=lambda got: got[1] in (1365, 1366, 1391),
        ),
        Mistake(
            "second",
            "Today's number is right, that of 1998 is not: count the pairs of kernel and map first.",
            (2416, 1400),
            fits=lambda got: got.size == 2 and got[0] == 2416 and got[1] != 1516,
        ),
    ],
)
