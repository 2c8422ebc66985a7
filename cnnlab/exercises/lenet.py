"""The exercises of notebook 06: LeNet."""

from __future__ import annotations

from cnnlab.exercises.accuracy import ACCURACY
from cnnlab.exercises.answers import lenet as answers
from cnnlab.exercises.assemble import ASSEMBLE
from cnnlab.exercises.confusion import CONFUSION
from cnnlab.exercises.exercise import Exercise, Mistake
from cnnlab.exercises.momentum import MOMENTUM
from cnnlab.exercises.several import in_one, not_all

_RIGHT = MODERN, PARTIAL = 2416, 1516
_modern, _partial = in_one(_RIGHT, 0), in_one(_RIGHT, 1)
_NO_BIASES = "The biases are missing: each of the 16 kernels has one."
_EACH_BIAS = "A kernel has one bias, however many maps it sees."
_INPUT_BIASES = "The biases belong to the 16 kernels, not to the 6 maps they see."
_ONE_MAP = "A kernel has 5 x 5 weights for every map that it sees."
_KERNEL = "These kernels are 3 x 3: here they are 5 x 5."
_PLACES = "These are connections: at each of 100 places the same parameters are used again."

C3 = Exercise(
    name="lenet.c3",
    prompt="Give the parameters of C3 with 16 kernels that all see 6 maps, and with the connections of 1998.",
    asks="value",
    expects="two whole numbers: modern, 1998",
    reference=lambda: _RIGHT,
    tolerance=1e-9,
    mistakes=(
        not_all(_RIGHT, "Give two numbers: the parameters today, and those of 1998."),
        Mistake("swapped", "Today's number comes first.", lambda: (PARTIAL, MODERN)),
        Mistake("swapped", f"Today's number comes first. {_NO_BIASES}", lambda: (1500, 2400)),
        Mistake("no biases", _NO_BIASES, lambda: (2400, 1500)),
        _modern("no biases", _NO_BIASES, 2400),
        _partial("no biases", _NO_BIASES, 1500),
        _modern("a bias a pair", _EACH_BIAS, 2496),
        _partial("a bias a pair", _EACH_BIAS, 1560),
        _modern("biases of the maps", _INPUT_BIASES, 2406),
        _partial("biases of the maps", _INPUT_BIASES, 1506),
        _modern("one map", _ONE_MAP, 416),
        _modern("one map", _ONE_MAP, 400),
        _partial("one map", _ONE_MAP, 416),
        _partial("one map", _ONE_MAP, 400),
        _modern("3 x 3 kernels", _KERNEL, 880),
        _partial("3 x 3 kernels", _KERNEL, 556),
        _modern("connections", _PLACES, 241_600),
        _partial("connections", _PLACES, 151_600),
        _modern("not squared", "A kernel of 5 x 5 has 25 weights for each map, not 5.", 496),
        _partial("not squared", "A kernel of 5 x 5 has 25 weights for each map, not 5.", 316),
        _modern("pairs", "This is the number of pairs of kernel and map: each has 5 x 5 weights.", 96),
        _partial("pairs", "This is the number of pairs of kernel and map: each has 5 x 5 weights.", 60),
        _modern("C1", "These are the parameters of C1: C3 has 16 kernels, and they see 6 maps.", 156),
        _partial("last kernel forgotten", "The one kernel that sees all 6 maps is missing.", 1365),
        _partial("last kernel forgotten", "The one kernel that sees all 6 maps is missing.", 1366),
        _partial(
            "same as today", "In 1998 only one kernel saw all 6 maps: fewer pairs, fewer weights.", MODERN
        ),
        _partial("difference", "This is what was saved: give what was left.", MODERN - PARTIAL),
        Mistake(
            "first",
            "The number of 1998 is right, the modern one is not: 16 kernels x 6 maps x 25, and 16 biases.",
            lambda: (1, PARTIAL),
            lambda answer: answer.ravel()[1] == PARTIAL and answer.ravel()[0] != MODERN,
        ),
        Mistake(
            "second",
            "The modern number is right, that of 1998 is not: count the pairs of kernel and map first.",
            lambda: (MODERN, 1),
            lambda answer: answer.ravel()[0] == MODERN and answer.ravel()[1] != PARTIAL,
        ),
    ),
    right=answers.C3_RIGHT,
    wrong=answers.C3_WRONG,
)

EXERCISES = (C3, ACCURACY, CONFUSION, MOMENTUM, ASSEMBLE)
