"""Exercises by name: "conv1d.delay" is the file ``cnnlab/lessons/conv1d/delay.py``, loaded when it is asked for."""

from __future__ import annotations

import dataclasses
import difflib
import inspect
from functools import cache
from importlib import import_module, resources

from cnnlab.exercises.exercise import Exercise

LESSONS = "cnnlab.lessons"


@cache
def names() -> list[str]:
    """Return the names of all exercises, in alphabetical order.

    Example:
        >>> "start.mean" in names()
        True
    """
    lessons = [lesson for lesson in resources.files(LESSONS).iterdir() if lesson.is_dir()]
    files = [(lesson.name, file.name) for lesson in lessons for file in lesson.iterdir()]
    return sorted(
        f"{lesson}.{file.removesuffix('.py')}"
        for lesson, file in files
        if file.endswith(".py") and not file.startswith("_")
    )


@cache
def find(name: str) -> Exercise:
    """Return the exercise of this name, with its name and the task that its file states.

    Args:
        name: as listed by ``names``.

    Raises:
        ValueError: there is none; the sentence gives close names.
    """
    if name not in names():
        close = difflib.get_close_matches(str(name), names(), n=3, cutoff=0.4) or names()
        raise ValueError(f"name must be that of an exercise, got {name!r}; close ones: {', '.join(close)}")
    module = import_module(f"{LESSONS}.{name}")
    exercise: Exercise = module.EXERCISE
    return dataclasses.replace(exercise, name=name, task=_unwrapped(module.__doc__ or ""))


def _unwrapped(text: str) -> str:
    """Return a docstring with a line a paragraph."""
    paragraphs = inspect.cleandoc(text).split("\n\n")
    return "\n\n".join(" ".join(paragraph.split("\n")) for paragraph in paragraphs)
