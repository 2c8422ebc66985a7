"""What can go wrong before there is anything to compare, and what is said about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

SAYS = {
    "nothing": "None is no answer yet: a function needs a `return`, a name needs a value.",
    "wrong type": "Hand back numbers: a list, a tuple, a NumPy array or a tensor.",
    "booleans": "True and False are no numbers here: hand back the number itself.",
    "complex numbers": "After an inverse FFT, take the real part.",
    "wrong shape": "The shape is not the expected one.",
    "ragged": "All rows must have the same length.",
    "too large": "That is far more than the right answer holds: is something appended in a loop?",
    "not a network": "Hand back a network: an nn.Module that makes one tensor of a tensor.",
    "not a function": "Hand over the function itself, without calling it.",
    "arguments": "The function must take these inputs in this order.",
    "exception": "Run your function by hand on this input to see the whole traceback.",
    "time limit": "Is there a loop that never ends?",
    "ended the process": "The function ended the process that ran it: it should return instead.",
    "changed its input": "The values are right, but the input was changed in place: work on a copy.",
}


@dataclass(frozen=True)
class Fault:
    """Why there is no array to compare.

    Attributes:
        kind: a name in ``SAYS``, or "your turn".
        detail: the particulars, shown as what came back.
        line: the line of the student's code that raised, if one did.
    """

    kind: str
    detail: str = ""
    line: str = ""


@dataclass(frozen=True)
class Outcome:
    """What an answer gave on one case: an array or a fault, and the inputs that it changed."""

    value: np.ndarray | None = None
    fault: Fault | None = None
    changed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Run:
    """The outcomes of the cases in order, up to the first fault, and what was printed.

    Attributes:
        outcomes: one a case.
        printed: the first characters that were printed.
        characters: how many were printed in all.
        instead: on which inputs the function was tried, and why, if it raised on float64 tensors.
    """

    outcomes: Sequence[Outcome]
    printed: str = ""
    characters: int = 0
    instead: str = ""
