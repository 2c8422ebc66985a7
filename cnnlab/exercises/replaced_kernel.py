"""The exercise of notebook 07 on many small kernels instead of a large one."""

from __future__ import annotations

import math
from collections.abc import Callable

from cnnlab.exercises.answers import replaced_kernel as answers
from cnnlab.exercises.exercise import Exercise, Mistake

_Three = tuple[float, float, float]


def _costs(kernel_size: int, channels: int) -> _Three:
    layers = (kernel_size - 1) // 2
    return layers, layers * 9 * channels**2, kernel_size**2 * channels**2


def _layers(name: str, says: str, count: Callable[[int], float]) -> Mistake:
    """Return a mistake in the number of layers, which is wrong in the stack's weights too."""

    def model(kernel_size: int, channels: int) -> _Three:
        layers = count(kernel_size)
        return layers, layers * 9 * channels**2, kernel_size**2 * channels**2

    return Mistake(name, says, model)


def _weights(name: str, says: str, count: Callable[[int, int, int], tuple[float, float]]) -> Mistake:
    """Return a mistake in the weights, of layers, kernel_size and channels."""

    def model(kernel_size: int, channels: int) -> _Three:
        layers = (kernel_size - 1) // 2
        return (layers, *count(layers, kernel_size, channels))

    return Mistake(name, says, model)


_PIXELS = "Each layer lets the unit see one pixel further to every side, so two more along one axis."
_SQUARED = "Every output channel sees all channels: channels * channels kernels a layer."

REPLACE = Exercise(
    name="vgg.replace",
    prompt="Write a function of odd kernel_size and channels: layers of 3x3, their weights, the one layer's.",
    cases=(
        {"kernel_size": 5, "channels": 2},
        {"kernel_size": 7, "channels": 64},
        {"kernel_size": 3, "channels": 5},
        {"kernel_size": 11, "channels": 1},
        {"kernel_size": 9, "channels": 3},
    ),
    reference=_costs,
    # The tolerance is that of the largest number: it must not blur the smallest one.
    tolerance=1e-9,
    mistakes=(
        _layers("divided by 3", _PIXELS, lambda k: k // 3),
        _layers("divided by 3", _PIXELS, lambda k: math.ceil(k / 3)),
        _layers("divided by 3", _PIXELS, lambda k: k / 3),
        _layers(
            "one too many", "One layer too many: the first one already sees 3 pixels.", lambda k: (k + 1) // 2
        ),
        _layers(
            "one too few",
            "One layer too few: each adds 2 pixels to the one there is at the start.",
            lambda k: (k - 3) // 2,
        ),
        _layers(
            "not halved",
            "A layer adds two pixels, one on each side: half as many layers do.",
            lambda k: k - 1,
        ),
        _layers(
            "not halved",
            "A layer adds two pixels, one on each side: half as many layers do.",
            lambda k: k - 2,
        ),
        _layers("fraction", "There is no half layer: take the 1 away before you divide.", lambda k: k / 2),
        _layers(
            "same area", "As far as, not as many weights as: count pixels along one axis.", lambda k: k**2 / 9
        ),
        _layers(
            "same area",
            "As far as, not as many weights as: count pixels along one axis.",
            lambda k: k**2 // 9,
        ),
        _layers(
            "same area",
            "As far as, not as many weights as: count pixels along one axis.",
            lambda k: math.ceil(k**2 / 9),
        ),
        _weights(
            "one layer",
            "The stack's weights are those of all its layers.",
            lambda n, k, c: (9 * c**2, k**2 * c**2),
        ),
        _weights("channels once", _SQUARED, lambda n, k, c: (9 * n * c, k**2 * c)),
        _weights("channels once", _SQUARED, lambda n, k, c: (9 * n * c, k**2 * c**2)),
        _weights("channels once", _SQUARED, lambda n, k, c: (9 * n * c**2, k**2 * c)),
        _weights("channels forgotten", _SQUARED, lambda n, k, c: (9 * n, k**2)),
        _weights(
            "kernel not squared",
            "A kernel has kernel_size * kernel_size weights.",
            lambda n, k, c: (3 * n * c**2, k * c**2),
        ),
        _weights(
            "kernel not squared",
            "A kernel has kernel_size * kernel_size weights.",
            lambda n, k, c: (9 * n * c**2, k * c**2),
        ),
        _weights("biases", "No biases are asked for.", lambda n, k, c: (n * (9 * c**2 + c), k**2 * c**2 + c)),
        _weights(
            "channels of each layer",
            "The channels stay the same from layer to layer: the layers add up.",
            lambda n, k, c: (9 * c ** (2 * n), k**2 * c**2),
        ),
        _weights(
            "layers multiplied",
            "The weights of the layers add up: they are not multiplied.",
            lambda n, k, c: (9**n * c**2, k**2 * c**2),
        ),
        _weights(
            "large kernels", "The stack's kernels are 3x3.", lambda n, k, c: (n * k**2 * c**2, k**2 * c**2)
        ),
        _weights(
            "single for all",
            "The last number is the weights of one layer, not of as many as the stack has.",
            lambda n, k, c: (9 * n * c**2, n * k**2 * c**2),
        ),
        _weights(
            "swapped",
            "The stack's weights come second, those of the one layer last.",
            lambda n, k, c: (k**2 * c**2, 9 * n * c**2),
        ),
        _weights(
            "saved",
            "The last number is the weights of the one layer, not what is saved.",
            lambda n, k, c: (9 * n * c**2, (k**2 - 9 * n) * c**2),
        ),
        Mistake(
            "layers last",
            "The number of layers comes first.",
            lambda k, c: (*_costs(k, c)[1:], _costs(k, c)[0]),
        ),
        Mistake(
            "layers only",
            "This is the number of layers: the weights are missing.",
            lambda k, c: _costs(k, c)[0],
        ),
        Mistake(
            "weights only", "The number of layers is missing: it comes first.", lambda k, c: _costs(k, c)[1:]
        ),
    ),
    right=answers.REPLACE_RIGHT,
    wrong=answers.REPLACE_WRONG,
)
