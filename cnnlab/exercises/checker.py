"""The check that notebooks call."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from torch.nn import Module

from cnnlab._arguments import positive_number
from cnnlab.exercises import registry, sandbox
from cnnlab.exercises.exercise import Exercise, Function
from cnnlab.exercises.faults import Fault, Outcome, Run
from cnnlab.exercises.keeping import kept
from cnnlab.exercises.values import RefusedError, refuse_absent, to_array, type_name
from cnnlab.exercises.verdict import Verdict, judge


def check(name: str, answer: Any, *, seconds: float = 10.0) -> Verdict:
    """Return the verdict on an answer: what was tried, what came back, what was expected.

    A function is called in a child process with float64 tensors on the CPU (and plain numbers), with float32
    ones or NumPy arrays where it raises on them; it may return numbers in any form, and must not change its
    inputs. A value may be a number, list, tuple, NumPy array or tensor of any float or integer dtype on any
    device. The notebook's random states stay as they were.

    Args:
        name: the exercise's.
        answer: the student's function or value, or ``YOUR_TURN``.
        seconds: wall-clock limit for a function, over all inputs together.

    Returns:
        The verdict; its text is what a notebook shows.

    Raises:
        ValueError: no exercise has this name, or ``seconds`` is not positive.
        TypeError: ``seconds`` is not a number.

    Example:
        >>> check("start.mean", lambda signal: signal.sum() / len(signal))
        start.mean: right on all 11 inputs
    """
    return verdict_on(registry.find(name), answer, positive_number("seconds", seconds))


def verdict_on(exercise: Exercise, answer: Any, seconds: float, trusted: bool = False) -> Verdict:
    """Return the verdict on an answer to an exercise, registered or not.

    A function that can be ``trusted``, being the course's own, gets no process to itself.
    """
    # The course's own answers run here, and may draw. Overflow and NaN in an answer are reported in the
    # verdict, not as NumPy's warnings below it.
    with kept(), np.errstate(all="ignore"):
        torch.set_num_threads(1)  # inputs are small, and two threads wait for each other where cores are busy
        return judge(exercise, _run(exercise, answer, seconds, trusted))


def _run(exercise: Exercise, answer: Any, seconds: float, trusted: bool) -> Run:
    try:
        if not isinstance(exercise, Function):
            return Run([Outcome(to_array(answer))] * len(exercise.cases))
        refuse_absent(answer)
        # A network can be called too, but not where one is to be made.
        if not callable(answer) or (exercise.measure and isinstance(answer, Module)):
            raise RefusedError("not a function", f"a value of type {type_name(answer)}")
    except RefusedError as refused:
        return Run([Outcome(fault=Fault(refused.kind, refused.detail))])
    run = sandbox.run_here if trusted else sandbox.run
    return run(answer, exercise, seconds)
