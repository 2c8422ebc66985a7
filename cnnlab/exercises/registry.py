"""Exercises by name: "conv1d.delay" is ``cnnlab/lessons/conv1d/delay.py``, loaded when it is asked for."""

from __future__ import annotations

import dataclasses
import difflib
import inspect
from functools import cache
from importlib import import_module, resources

from cnnlab.exercises.exercise import Exercise
from cnnlab.exercises.keeping import kept

LESSONS = "cnnlab.lessons"


@cache
def names() -> list[str]:
    """Return the names of all exercises, in alphabetical order.

    Example:
        >>> "start.mean" in names()
        True
    """
    with resources.as_file(resources.files(LESSONS)) as folder:
        files = [file for file in folder.glob("*/*.py") if "\nEXERCISE = " in file.read_text("utf-8")]
    return sorted(f"{file.parent.name}.{file.stem}" for file in files)


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
    with kept():  # the file may draw numbers
        module = import_module(f"{LESSONS}.{name}")
    exercise: Exercise = module.EXERCISE
    paragraphs = (inspect.getdoc(module) or "").split("\n\n")
    task = "\n\n".join(paragraph.replace("\n", " ") for paragraph in paragraphs)
    return dataclasses.replace(exercise, name=name, task=task)
