"""The exercises of notebook 07: AlexNet and VGG."""

from __future__ import annotations

from cnnlab.exercises.answers import alexnet_vgg as answers
from cnnlab.exercises.budget import BUDGET
from cnnlab.exercises.dropout import DROPOUT
from cnnlab.exercises.exercise import Exercise, Mistake
from cnnlab.exercises.local_response import LOCAL_RESPONSE
from cnnlab.exercises.replaced_kernel import REPLACE
from cnnlab.exercises.several import in_one, not_all

_RIGHT = STACKED, SINGLE, FIELD = 110_592, 200_704, 7
_stacked, _single, _field = (in_one(_RIGHT, at) for at in range(3))
_CHANNELS = "Each of the 64 output channels sees all 64 channels: 64 x 64 kernels a layer."
_KERNELS = "Each layer has 64 x 64 kernels: this counts the weights of one."
_BIASES = "No biases are asked for: give the weights only."

STACK = Exercise(
    name="vgg.stack",
    prompt="Three 3x3 layers, 64 channels, no bias: give their weights, one 7x7 layer's, and their field.",
    asks="value",
    expects="three whole numbers: weights of the stack, weights of one 7x7, pixels along one side",
    reference=lambda: _RIGHT,
    # The tolerance is that of the largest number: it must not blur the smallest one.
    tolerance=1e-9,
    mistakes=(
        not_all(
            _RIGHT, "Give three numbers: weights of the stack, weights of the one layer, receptive field."
        ),
        Mistake("swapped", "The stack's weights come first.", lambda: (SINGLE, STACKED, FIELD)),
        Mistake(
            "order", "The weights come first, the receptive field last.", lambda: (FIELD, STACKED, SINGLE)
        ),
        _stacked("one layer", "This is one of the three layers: give the weights of all.", 36_864),
        _stacked("two layers", "These are two layers: the stack has three.", 73_728),
        _stacked("channels once", _CHANNELS, 1_728),
        _single("channels once", _CHANNELS, 3_136),
        _stacked("channels forgotten", _KERNELS, 27),
        _stacked("channels forgotten", _KERNELS, 9),
        _single("channels forgotten", _KERNELS, 49),
        _stacked("not squared", "A 3x3 kernel has 9 weights, not 3.", 12_288),
        _single("not squared", "A 7x7 kernel has 49 weights, not 7.", 28_672),
        _stacked("biases", _BIASES, 110_784),
        _single("biases", _BIASES, 200_768),
        _single("5 x 5", "This is one 5x5 layer: give a 7x7 one.", 102_400),
        _single("three layers", "There is one layer of 7x7, not three.", 3 * SINGLE),
        _field("kernels added", "The kernels overlap: each layer after the first adds 2 pixels, not 3.", 9),
        _field("two layers", "Two layers see 5 pixels: the third adds two more.", 5),
        _field("one layer", "One layer sees 3 pixels: each of the next two adds two more.", 3),
        _field("product", "The kernels multiply only where the stride is their size: here it is 1.", 27),
        _field("area", "This is the number of pixels in the field: give how many lie along one side.", 49),
        _field("one too few", "The first kernel sees 3 pixels, and each further layer adds 2.", 6),
        _field("one too many", "The first kernel sees 3 pixels, and each further layer adds 2.", 8),
        Mistake(
            "first",
            "The first number is wrong: three layers, each 3 x 3 x 64 x 64.",
            lambda: (1, SINGLE, FIELD),
            lambda answer: answer.ravel()[0] != STACKED and list(answer.ravel()[1:]) == [SINGLE, FIELD],
        ),
        Mistake(
            "second",
            "The second number is wrong: one layer, 7 x 7 x 64 x 64.",
            lambda: (STACKED, 1, FIELD),
            lambda answer: answer.ravel()[1] != SINGLE and list(answer.ravel()[::2]) == [STACKED, FIELD],
        ),
        Mistake(
            "third",
            "The third number is wrong: each layer lets the unit see one pixel further to every side.",
            lambda: (STACKED, SINGLE, 1),
            lambda answer: answer.ravel()[2] != FIELD and list(answer.ravel()[:2]) == [STACKED, SINGLE],
        ),
    ),
    right=answers.STACK_RIGHT,
    wrong=answers.STACK_WRONG,
)

EXERCISES = (STACK, DROPOUT, REPLACE, LOCAL_RESPONSE, BUDGET)
