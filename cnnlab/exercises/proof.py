"""The proof that a check is right: no right answer refused, no wrong answer accepted, every mistake named."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from cnnlab.exercises import registry
from cnnlab.exercises.checker import verdict_on
from cnnlab.exercises.exercise import Exercise, Function, Results, Value
from cnnlab.exercises.placeholder import YOUR_TURN
from cnnlab.exercises.variants import AS_IT_IS, SPOILT, forms, same, standing

LEAST_RIGHT = 3
LEAST_WRONG = 5
WIDEST_TOLERANCE = 1e-3
ONE_FORM = {"exception", "time limit", "ended the process", "not a function", "arguments"}
"""Diagnoses of a function that handed nothing back: there is nothing to put into a form."""
_LOOP_SECONDS = 0.3
_SECONDS = 30.0


@dataclass(frozen=True)
class Report:
    """What a proof found.

    Attributes:
        name: the exercise's.
        tried: number of answers that were checked.
        failures: one sentence for each that got the wrong verdict, and for each gap in the proof.
    """

    name: str
    tried: int
    failures: tuple[str, ...]

    @property
    def passed(self) -> bool:
        """Return whether nothing failed."""
        return not self.failures

    def __repr__(self) -> str:
        found = "proved" if self.passed else "not proved:\n  " + "\n  ".join(self.failures)
        return f"{self.name}: {self.tried} answers, {found}"


def prove(name: str) -> Report:
    """Return whether an exercise's check accepts all that is right and refuses and names all that is wrong.

    Tried are its right answers and its wrong ones, with the diagnosis that each must get, in every container
    and dtype, and the standing wrong ones.

    Args:
        name: the exercise's.

    Raises:
        ValueError: no exercise has this name.

    Example:
        >>> prove("start.shape").passed
        True
    """
    return prove_exercise(registry.find(name))


def prove_exercise(
    exercise: Exercise, right: Sequence[Any] = (), wrong: Mapping[str, Sequence[Any]] | None = None
) -> Report:
    """Return the report on an exercise, registered or not, with further answers beside its own.

    Args:
        exercise: with its right and wrong answers.
        right: further right ones.
        wrong: further wrong ones, by the diagnosis that each must get: a mistake's name, or one in
            ``diagnosis.MISTAKES``, ``diagnosis.EXCEPTIONS`` or ``faults.SAYS``.
    """
    named = [(mistake.name, mistake.answers) for mistake in exercise.mistakes]
    trials: list[str] = []
    for name, answers in [("", exercise.right), *named]:
        trials += _judged(exercise, name, answers, alone=True)
    further = wrong or {}
    for name, answers in [("", right), *further.items()]:
        trials += _judged(exercise, name, answers, alone=name in ONE_FORM)
    trials += [*_standing(exercise), *_waiting(exercise)]
    failures = [failure for failure in trials if failure]
    return Report(exercise.name, len(trials), (*failures, *_gaps(exercise, further), *_lookalikes(exercise)))


def _judged(exercise: Exercise, name: str, answers: Sequence[Any], alone: bool) -> Iterator[str]:
    """Yield what is wrong about the verdicts on answers that must get this diagnosis: none if right.

    As it is, an answer has a process to itself where it is ``alone``. To give one to every form and to every
    further answer would take most of the time.
    """
    # To measure a network takes long, and what it is wrong in does not depend on its form.
    once = name in ONE_FORM or (name and isinstance(exercise, Function) and exercise.measure)
    for number, answer in enumerate(answers, start=1):
        for form, variant in forms(exercise, answer):
            verdict = verdict_on(exercise, variant, _SECONDS, trusted=not alone or form != AS_IT_IS)
            judged = (verdict.passed, verdict.diagnosis) == (not name, name)
            which = f"answer {number} of {name or 'right'!r} ({form})"
            yield "" if judged else f"{which} found {verdict.diagnosis or 'right'!r}: {verdict.text}"
            if once or not judged:
                break


def _standing(exercise: Exercise) -> Iterator[str]:
    for name, answer in standing(exercise):
        seconds = _LOOP_SECONDS if name == "loops" else _SECONDS
        verdict = verdict_on(exercise, answer, seconds, trusted=name in SPOILT)
        yield "" if verdict.passed is False else f"standing wrong answer not refused: {name}"


def _waiting(exercise: Exercise) -> Iterator[str]:
    inside = (lambda *inputs: YOUR_TURN) if isinstance(exercise, Function) else [YOUR_TURN, 0.0]
    for answer in (YOUR_TURN, inside):
        verdict = verdict_on(exercise, answer, _SECONDS)
        yield "" if verdict.passed is None else f"YOUR_TURN is no answer yet, but was judged: {verdict.text}"


def _gaps(exercise: Exercise, further: Mapping[str, Sequence[Any]]) -> Iterator[str]:
    """Yield what the proof itself lacks."""
    if len(exercise.right) < LEAST_RIGHT:
        yield f"at least {LEAST_RIGHT} right answers are needed, got {len(exercise.right)}"
    wrong = sum(len(mistake.answers) for mistake in exercise.mistakes)
    wrong += sum(map(len, further.values()))
    if wrong < LEAST_WRONG:
        yield f"at least {LEAST_WRONG} wrong answers are needed, got {wrong}"
    if isinstance(exercise, Value) and exercise.effect is None and not exercise.expects:
        yield "expects must say in words what is expected"
    if exercise.tolerance > WIDEST_TOLERANCE:
        yield f"tolerance must be at most {WIDEST_TOLERANCE:g}, got {exercise.tolerance:g}"
    for mistake in exercise.mistakes:
        if not mistake.answers:
            yield f"no wrong answer shows the mistake {mistake.name!r}"


def _lookalikes(exercise: Exercise) -> Iterator[str]:
    """Yield mistakes that no case tells from the right answer, or from each other."""
    known: list[tuple[str, Results]] = [("right", exercise.answers)]
    for mistake, results in zip(exercise.mistakes, exercise.known, strict=True):
        known += [(mistake.name, each) for each in results]
    for (one, first), (other, second) in combinations(known, 2):
        if one != other and not _told_apart(first, second):
            yield f"no case tells {one!r} from {other!r}"


def _told_apart(first: Results, second: Results) -> bool:
    pairs = zip(first, second, strict=True)
    return any(one is not None and other is not None and not same(one, other) for one, other in pairs)
