"""All exercises by name."""

from __future__ import annotations

import difflib

from cnnlab.exercises.alexnet_vgg import EXERCISES as ALEXNET_VGG
from cnnlab.exercises.arithmetic import EXERCISES as ARITHMETIC
from cnnlab.exercises.basics import EXERCISES as BASICS
from cnnlab.exercises.exercise import Exercise
from cnnlab.exercises.filters import EXERCISES as FILTERS
from cnnlab.exercises.lenet import EXERCISES as LENET
from cnnlab.exercises.one_dimensional import EXERCISES as ONE_DIMENSIONAL
from cnnlab.exercises.pooling import EXERCISES as POOLING
from cnnlab.exercises.two_dimensional import EXERCISES as TWO_DIMENSIONAL

EXERCISES: tuple[Exercise, ...] = (
    *BASICS,
    *ONE_DIMENSIONAL,
    *TWO_DIMENSIONAL,
    *FILTERS,
    *ARITHMETIC,
    *POOLING,
    *LENET,
    *ALEXNET_VGG,
)
_BY_NAME = {exercise.name: exercise for exercise in EXERCISES}


def names() -> list[str]:
    """Return the names of all exercises in the order of the course.

    Example:
        >>> names()[0]
        'start.mean'
    """
    return list(_BY_NAME)


def find(name: str) -> Exercise:
    """Return the exercise of this name.

    Args:
        name: as listed by ``names``.

    Raises:
        ValueError: there is none; the sentence gives close names.
    """
    if isinstance(name, str) and name in _BY_NAME:
        return _BY_NAME[name]
    close = difflib.get_close_matches(str(name), _BY_NAME, n=3, cutoff=0.4) or names()
    raise ValueError(f"name must be that of an exercise, got {name!r}; close ones: {', '.join(close)}")
