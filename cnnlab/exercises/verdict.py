"""The verdict on an answer: a text that teaches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from cnnlab.exercises import diagnosis, text
from cnnlab.exercises.diagnosis import Compared
from cnnlab.exercises.exercise import Case, Exercise, Function, Value
from cnnlab.exercises.faults import Fault, Run
from cnnlab.exercises.values import RefusedError

_LABEL = "  {:<12}"
_WIDTH = len(_LABEL.format(""))


@dataclass(frozen=True, repr=False)
class Verdict:
    """What a check found; shown as text, the same on every machine.

    Attributes:
        name: the exercise's.
        passed: True, False, or None while it is still your turn.
        diagnosis: short name of the mistake, "" when passed.
        text: what the student reads.
    """

    name: str
    passed: bool | None
    diagnosis: str
    text: str

    def __repr__(self) -> str:
        return self.text

    def __bool__(self) -> bool:
        return self.passed is True


def judge(exercise: Exercise, run: Run) -> Verdict:
    """Return the verdict on what an answer gave on the exercise's cases.

    Args:
        exercise: what was asked.
        run: outcomes of its cases, in order, up to the first fault.
    """
    if any(outcome.fault and outcome.fault.kind == "your turn" for outcome in run.outcomes):
        return Verdict(exercise.name, None, "your turn", f"{exercise.name}: it is your turn.")
    cases, fault = _compare(exercise, run)
    wrong = [case for case in cases if not exercise.agree(case.got, case.wanted)]
    if wrong:
        return _mismatch(exercise, cases, wrong[0], run)
    if len(cases) < len(exercise.cases):
        fault = fault or Fault("ended the process", "no answer")
        return _fault(exercise, len(cases), fault, run)
    for number, outcome in enumerate(run.outcomes):
        if outcome.changed:
            detail = f"the right values, and {' and '.join(outcome.changed)} changed"
            return _fault(exercise, number, Fault("changed its input", detail), run)
    return Verdict(exercise.name, True, "", "\n".join([_praise(exercise), *_notes(run)]))


def _compare(exercise: Exercise, run: Run) -> tuple[list[Compared], Fault | None]:
    """Return the cases that gave an array, up to the first that did not, and its fault."""
    cases: list[Compared] = []
    for case, outcome, wanted in zip(exercise.cases, run.outcomes, exercise.wanted, strict=False):
        if outcome.fault or outcome.value is None:
            return cases, outcome.fault
        try:
            got = exercise.effect_of(outcome.value, case)
        except RefusedError as refused:
            return cases, Fault(refused.kind, refused.detail)
        cases.append(Compared(case, outcome.value, got, wanted))
    return cases, None


def _mismatch(exercise: Exercise, cases: Sequence[Compared], shown: Compared, run: Run) -> Verdict:
    name, says = diagnosis.of_answers(exercise, cases)
    lines = [
        _headline(exercise, cases),
        *_tried(shown.case),
        *([_labelled("answer", _array(shown.answer))] if _by_effect(exercise) else []),
        _labelled(_came_back(exercise), _shown(exercise, shown.got)),
        _labelled("expected", _expected(exercise, shown.wanted)),
        *([_labelled("difference", difference)] if (difference := _difference(exercise, shown)) else []),
        *_notes(run),
        f"  {says}",
    ]
    return Verdict(exercise.name, False, name, "\n".join(lines))


def _fault(exercise: Exercise, number: int, fault: Fault, run: Run) -> Verdict:
    name, says = diagnosis.of_fault(exercise, fault)
    lines = [
        f"{exercise.name}: not yet",
        *_tried(exercise.cases[number]),
        _labelled("came back", fault.detail),
        *([_labelled("your line", fault.line)] if fault.line else []),
        _labelled("expected", _expected(exercise, exercise.wanted[number])),
        *_notes(run),
        f"  {says}",
    ]
    return Verdict(exercise.name, False, name, "\n".join(lines))


def _headline(exercise: Exercise, cases: Sequence[Compared]) -> str:
    right = sum(exercise.agree(case.got, case.wanted) for case in cases)
    share = f" (right on {right} of {len(exercise.cases)} inputs)" if right else ""
    return f"{exercise.name}: not yet{share}"


def _praise(exercise: Exercise) -> str:
    if isinstance(exercise, Value) or not exercise.cases[0]:
        return f"{exercise.name}: right"
    return f"{exercise.name}: right on all {len(exercise.cases)} inputs"


def _tried(case: Case) -> list[str]:
    return [_labelled("tried", text.inputs(case, _WIDTH))] if case else []


def _expected(exercise: Exercise, wanted: np.ndarray) -> str:
    # To print the very value that was asked for would end the exercise at the first wrong try.
    return exercise.expects or _shown(exercise, wanted)


def _by_effect(exercise: Exercise) -> bool:
    return isinstance(exercise, Value) and exercise.effect is not None


def _came_back(exercise: Exercise) -> str:
    return "together" if isinstance(exercise, Function) and exercise.join else "came back"


def _must_not_tell(exercise: Exercise) -> bool:
    return isinstance(exercise, Value) and exercise.effect is None


def _difference(exercise: Exercise, case: Compared) -> str:
    got, wanted = case.got, case.wanted
    if isinstance(exercise, Function) and exercise.shows:
        return ""
    if got.shape != wanted.shape:
        return f"shape {got.shape} came back, {wanted.shape} was expected"
    wrong = ~exercise.close(got, wanted)
    most = float(np.max(np.abs(got[wrong] - wanted[wrong])))
    off = "" if _must_not_tell(exercise) or not np.isfinite(most) else f"off by up to {text.number(most)}"
    if wrong.size == 1:
        return off
    first = ", ".join(str(at) for at in np.argwhere(wrong)[0])
    where = f"{np.count_nonzero(wrong)} of {wrong.size} values, the first at index {first}"
    return f"{where}; {off}" if off else where


def _notes(run: Run) -> list[str]:
    notes = []
    if run.characters:
        notes.append(_labelled("printed", f"{run.printed!r}, {run.characters} characters in all"))
    if run.instead:
        notes.append(_labelled("note", run.instead))
    return notes


def _shown(exercise: Exercise, values: np.ndarray) -> str:
    shows = exercise.shows if isinstance(exercise, Function) else None
    return shows(values) if shows else _array(values)


def _array(values: np.ndarray) -> str:
    return text.array(values, _WIDTH)


def _labelled(label: str, content: str) -> str:
    return _LABEL.format(label) + content
