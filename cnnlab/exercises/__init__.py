"""Exercises with instant feedback: ``exercises.check("conv1d.delay", kernel)``."""

from cnnlab.exercises.checker import check
from cnnlab.exercises.exercise import Exercise, Function, Mistake, Value
from cnnlab.exercises.placeholder import YOUR_TURN
from cnnlab.exercises.proof import Report, prove
from cnnlab.exercises.registry import names
from cnnlab.exercises.verdict import Verdict

__all__ = [
    "YOUR_TURN",
    "Exercise",
    "Function",
    "Mistake",
    "Report",
    "Value",
    "Verdict",
    "check",
    "names",
    "prove",
]
