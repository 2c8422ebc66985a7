"""The proof that a check is right: no right answer refused, no wrong answer accepted, every mistake named."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from cnnlab.exercises import registry
from cnnlab.exercises.checker import verdict_on
from cnnlab.exercises.exercise import Exercise, Mistake
from cnnlab.exercises.placeholder import YOUR_TURN
from cnnlab.exercises.variants import AS_IT_IS, SPOILT, forms, same, standing

LEAST_RIGHT = 3
LEAST_WRONG = 5
WIDEST_TOLERANCE = 1e-3
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

    Tried are the registered right answers in every container and dtype, the registered wrong ones with
    the diagnosis each must get, and the standing wrong ones.

    Args:
        name: the exercise's.

    Raises:
        ValueError: no exercise has this name.

    Example:
        >>> prove("start.shape").passed
        True
    """
    return prove_exercise(registry.find(name))


def prove_exercise(exercise: Exercise) -> Report:
    """Return the report on an exercise, registered or not.

    Args:
        exercise: with its right and wrong answers.
    """
    checked = [*_right(exercise), *_wrong(exercise), *_standing(exercise), *_waiting(exercise)]
    failures = [failure for failure in checked if failure]
    return Report(exercise.name, len(checked), (*failures, *_gaps(exercise), *_lookalikes(exercise)))


def _right(exercise: Exercise) -> Iterator[str]:
    for number, answer in enumerate(exercise.right, start=1):
        for form, variant in forms(exercise, answer):
            # A process each for what differs only in its container would take most of the time.
            verdict = verdict_on(exercise, variant, _SECONDS, trusted=form != AS_IT_IS)
            yield "" if verdict.passed is True else f"right answer {number} refused ({form}): {verdict.text}"


def _wrong(exercise: Exercise) -> Iterator[str]:
    for number, wrong in enumerate(exercise.wrong, start=1):
        verdict = verdict_on(exercise, wrong.answer, _SECONDS)
        found = verdict.diagnosis or "right"
        if verdict.passed is False and found == wrong.diagnosis:
            yield ""
        else:
            yield f"wrong answer {number} must be named {wrong.diagnosis!r}, found {found!r}"


def _standing(exercise: Exercise) -> Iterator[str]:
    for name, answer in standing(exercise):
        seconds = _LOOP_SECONDS if name == "loops" else _SECONDS
        verdict = verdict_on(exercise, answer, seconds, trusted=name in SPOILT)
        yield "" if verdict.passed is False else f"standing wrong answer not refused: {name}"


def _waiting(exercise: Exercise) -> Iterator[str]:
    waiting: list[Any] = [YOUR_TURN, [YOUR_TURN, 0.0]]
    if exercise.asks == "function":
        waiting = [YOUR_TURN, lambda *inputs: YOUR_TURN]
    for answer in waiting:
        verdict = verdict_on(exercise, answer, _SECONDS)
        yield "" if verdict.passed is None else f"YOUR_TURN is no answer yet, but was judged: {verdict.text}"


def _gaps(exercise: Exercise) -> Iterator[str]:
    """Yield what the proof itself lacks."""
    if len(exercise.right) < LEAST_RIGHT:
        yield f"at least {LEAST_RIGHT} right answers are needed, got {len(exercise.right)}"
    if len(exercise.wrong) < LEAST_WRONG:
        yield f"at least {LEAST_WRONG} wrong answers are needed, got {len(exercise.wrong)}"
    if exercise.asks == "value" and exercise.effect is None and not exercise.expects:
        yield "expects must say in words what is expected"
    if exercise.tolerance > WIDEST_TOLERANCE:
        yield f"tolerance must be at most {WIDEST_TOLERANCE:g}, got {exercise.tolerance:g}"
    known = {mistake.name for mistake in exercise.mistakes} | {hint.name for hint in exercise.hints}
    shown = {wrong.diagnosis for wrong in exercise.wrong}
    for name in sorted(known - shown):
        yield f"no wrong answer shows the mistake {name!r}"


def _lookalikes(exercise: Exercise) -> Iterator[str]:
    """Yield mistakes that no case tells from the right answer, or from each other."""
    right = Mistake("right", "", exercise.reference)
    for one, other in combinations([right, *exercise.mistakes], 2):
        if one.name != other.name and not _told_apart(exercise, one, other):
            yield f"no case tells {one.name!r} from {other.name!r}"


def _told_apart(exercise: Exercise, one: Mistake, other: Mistake) -> bool:
    for case in exercise.cases:
        first, second = exercise.answer_of(one.model, case), exercise.answer_of(other.model, case)
        if first is not None and second is not None and not same(first, second):
            return True
    return False
