"""The verdict on an answer: a text that teaches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from cnnlab.exercises import diagnosis, text
from cnnlab.exercises.diagnosis import Compared
from cnnlab.exercises.exercise import Exercise, Function, Value
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
    """Return the verdict on what an answer gave on the exercise's cases."""
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
    has_inputs = isinstance(exercise, Function) and exercise.cases[0]
    inputs = f" on all {len(exercise.cases)} inputs" if has_inputs else ""
    return Verdict(exercise.name, True, "", "\n".join([f"{exercise.name}: right{inputs}", *_notes(run)]))


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
    right = sum(exercise.agree(case.got, case.wanted) for case in cases)
    share = f" (right on {right} of {len(exercise.cases)} inputs)" if right else ""
    together = isinstance(exercise, Function) and exercise.join is not None
    told = {
        "tried": text.inputs(shown.case, _WIDTH),
        "answer": "" if shown.got is shown.answer else text.array(shown.answer, _WIDTH),
        "together" if together else "came back": _shown(exercise, shown.got),
        "expected": exercise.expects or _shown(exercise, shown.wanted),
        "difference": _difference(exercise, shown),
    }
    return _refusal(exercise, share, told, run, diagnosis.of_answers(exercise, cases))


def _fault(exercise: Exercise, number: int, fault: Fault, run: Run) -> Verdict:
    told = {
        "tried": text.inputs(exercise.cases[number], _WIDTH),
        "came back": fault.detail,
        "your line": fault.line,
        # To print the very value that was asked for would end the exercise at the first wrong try.
        "expected": exercise.expects or _shown(exercise, exercise.wanted[number]),
    }
    return _refusal(exercise, "", told, run, diagnosis.of_fault(exercise, fault))


def _refusal(
    exercise: Exercise, share: str, told: dict[str, str], run: Run, mistake: tuple[str, str]
) -> Verdict:
    name, says = mistake
    lines = [f"{exercise.name}: not yet{share}", *_labelled(told), *_notes(run), f"  {says}"]
    return Verdict(exercise.name, False, name, "\n".join(lines))


def _difference(exercise: Exercise, case: Compared) -> str:
    got, wanted = case.got, case.wanted
    if isinstance(exercise, Function) and exercise.shows:
        return ""
    if got.shape != wanted.shape:
        return f"shape {got.shape} came back, {wanted.shape} was expected"
    wrong = ~exercise.close(got, wanted)
    most = float(np.max(np.abs(got[wrong] - wanted[wrong])))
    secret = isinstance(exercise, Value) and exercise.effect is None
    off = "" if secret or not np.isfinite(most) else f"off by up to {text.number(most)}"
    if wrong.size == 1:
        return off
    first = ", ".join(str(at) for at in np.argwhere(wrong)[0])
    where = f"{np.count_nonzero(wrong)} of {wrong.size} values, the first at index {first}"
    return f"{where}; {off}" if off else where


def _notes(run: Run) -> list[str]:
    printed = f"{run.printed!r}, {run.characters} characters in all" if run.characters else ""
    return _labelled({"printed": printed, "note": run.instead})


def _shown(exercise: Exercise, values: np.ndarray) -> str:
    shows = exercise.shows if isinstance(exercise, Function) else None
    return shows(values) if shows else text.array(values, _WIDTH)


def _labelled(told: dict[str, str]) -> list[str]:
    """Return a line a label, without those that have nothing to tell."""
    return [_LABEL.format(label) + content for label, content in told.items() if content]
