"""The hard exercise of notebook 06: LeNet-5 assembled, and judged by what it computes."""

from __future__ import annotations

import numpy as np

from cnnlab.exercises import network_hints
from cnnlab.exercises.answers import assemble as answers
from cnnlab.exercises.assembled_lenet import (
    ACTIVATIONS,
    ENDS,
    NO_RELU,
    PARAMETERS,
    POOLINGS,
    RANDOM,
    SHAPE,
    UNKNOWN,
    measure,
)
from cnnlab.exercises.exercise import Exercise, Hint, Mistake
from cnnlab.exercises.networks import counted, mapped
from cnnlab.exercises.several import measured

_FUNCTIONS = ("pooling", "activation", "end")
_RIGHT = {"dimensions": 2, "rows": 2, "each": 10, "parameters": PARAMETERS} | dict.fromkeys(_FUNCTIONS, 0)
_UNKNOWN, _RANDOM = dict.fromkeys(_FUNCTIONS, UNKNOWN), dict.fromkeys(_FUNCTIONS, RANDOM)
_wrong = measured(_RIGHT)


def _shows(numbers: np.ndarray) -> str:
    """Return in words what was measured."""
    *shape, parameters, pooling, activation, end = numbers
    words = f"{mapped(SHAPE, *shape)}, {counted(parameters, PARAMETERS)}"
    if pooling < 0:
        return words
    other = "other activation" if activation > NO_RELU else "some ReLU missing"
    functions = {0: "four ReLU", NO_RELU: "no ReLU"}.get(int(activation), other)
    return f"{words}, {[*POOLINGS][int(pooling)]}, {functions}, {[*ENDS][int(end)]}"


def _count(name: str, says: str, parameters: int) -> Mistake:
    return _wrong(name, says, lambda got: got["parameters"] == parameters, parameters=parameters, **_UNKNOWN)


_PADDED = "The picture was padded: without, 28 becomes 24, 12, 8 and 4, so 16 x 4 x 4 numbers are flattened."
_POOLED = "A pooling is missing, or its stride is not 2: 28 becomes 24, 12, 8 and 4."
_BIASES = "Biases are missing: every convolution and every dense layer has one for each output."

ASSEMBLE = Exercise(
    name="lenet.assemble",
    prompt="Write a function without arguments that returns LeNet-5 for 28 x 28 pictures, 44,426 parameters.",
    measure=measure,
    shows=_shows,
    reference=lambda: np.array([*_RIGHT.values()], float),
    tolerance=1e-9,
    mistakes=(
        _count("padded", _PADDED, 61_706),
        _count("padded", _PADDED, 82_826),
        _count("padded", _PADDED, 107_786),
        _count("not pooled", _POOLED, 136_586),
        _count("not pooled", _POOLED, 205_706),
        _count("not pooled", _POOLED, 781_706),
        _count("not pooled", _POOLED, 635_786),
        _count("no biases", _BIASES, PARAMETERS - 6 - 16 - 120 - 84 - 10),
        _count("no biases", _BIASES, PARAMETERS - 6 - 16),
        _count("no biases", _BIASES, PARAMETERS - 120 - 84 - 10),
        _count("3 x 3 kernels", "These convolutions have kernels of 3 x 3: take 5 x 5.", 60_074),
        _count("partial C3", "This is C3 as in 1998: here each of its 16 kernels sees all 6 maps.", 43_526),
        _count("no last layer", "The last layer is missing, from 84 to 10.", PARAMETERS - 850),
        _count("dense layer missing", "The dense layer of 84 is missing: 256, 120, 84, 10.", 34_622),
        _count("dense layer missing", "The dense layer of 120 is missing: 256, 120, 84, 10.", 25_010),
        _count(
            "normalisation",
            "Batch normalisation brings 2 parameters a channel: it is not asked for.",
            PARAMETERS + 2 * (6 + 16),
        ),
        _count(
            "not registered",
            "No parameters are found: keep layers as attributes or in an nn.ModuleList, not in a list.",
            0,
        ),
        _wrong(
            "outputs",
            "Asked for is one row of 10 numbers for each picture: flatten from dimension 1 on, end with 10.",
            lambda got: (got["dimensions"], got["rows"], got["each"]) != (2, 2, 10),
            dimensions=4,
            **_UNKNOWN,
        ),
        _wrong(
            "too many parameters",
            "There are too many parameters: print the size of each and compare.",
            lambda got: got["parameters"] > PARAMETERS,
            parameters=PARAMETERS + 1,
            **_UNKNOWN,
        ),
        _wrong(
            "too few parameters",
            "There are too few parameters: print the size of each and compare.",
            lambda got: got["parameters"] < PARAMETERS,
            parameters=PARAMETERS - 1,
            **_UNKNOWN,
        ),
        _wrong(
            "random",
            "The same pictures give other outputs at each call: no dropout is asked for.",
            lambda got: got["end"] == RANDOM,
            **_RANDOM,
        ),
        _wrong(
            "other layers",
            "The parameters are right, but these layers compute something else: 5x5, ReLU, 2x2 max, dense.",
            lambda got: got["end"] == UNKNOWN,
            **_UNKNOWN,
        ),
        _wrong(
            "other activation",
            "After the first four layers stands another function: ReLU is asked for.",
            lambda got: got["activation"] > NO_RELU,
            activation=len(ACTIVATIONS) - 1,
        ),
        _wrong(
            "no ReLU",
            "ReLU is missing: layers in a row without one are no more than one layer.",
            lambda got: got["activation"] == NO_RELU,
            activation=NO_RELU,
        ),
        _wrong(
            "some ReLU missing",
            "ReLU is asked for after each of the first four layers, and is missing after some.",
            lambda got: 0 < got["activation"] < NO_RELU,
            activation=1,
        ),
        _wrong(
            "average pooling",
            "This is average pooling, as in 1998: max pooling is asked for.",
            lambda got: got["pooling"] > 0,
            pooling=1,
        ),
        _wrong(
            "probabilities",
            "Softmax at the end is not asked for: cross-entropy takes logits.",
            lambda got: got["end"] in (1, 2),
            end=1,
        ),
        _wrong(
            "activation at the end",
            "After the last layer stands an activation: logits may be of any size and sign.",
            lambda got: got["end"] > 2,
            end=3,
        ),
    ),
    hints=(
        *network_hints.HINTS,
        Hint(
            "picture of 32",
            "16 x 5 x 5 = 400 is true of padded pictures: here 16 maps of 4 x 4 are left, 256 numbers.",
            ("and 400x", "400]' is invalid"),
        ),
        Hint(
            "grey forgotten",
            "The pictures have one channel: the first convolution takes 1, not 3.",
            ("to have 3 channels, but got 1",),
        ),
        Hint(
            "batch flattened",
            "The pictures of the batch were made one row: flatten from dimension 1 on, as nn.Flatten() does.",
            ("(1x512 and", "(512 and", "512 and 256"),
        ),
        Hint(
            "not flattened",
            "The 16 maps of 4 x 4 go into a dense layer as they are: nn.Flatten() between makes 256 numbers.",
            ("x4 and 256x120",),
        ),
        Hint(
            "sizes do not fit",
            "A layer gets other sizes than it takes: print the shape after each, 28, 24, 12, 8, 4.",
            ("cannot be multiplied", "is invalid for input of size", "to have", "too small"),
        ),
    ),
    right=answers.ASSEMBLE_RIGHT,
    wrong=answers.ASSEMBLE_WRONG,
)
