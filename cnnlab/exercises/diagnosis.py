"""Which mistake explains an answer: one that the exercise knows, or one that any exercise may meet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from cnnlab.exercises.exercise import Case, Exercise, Hint, Mistake, arrays
from cnnlab.exercises.faults import SAYS, Fault
from cnnlab.exercises.text import number


@dataclass(frozen=True)
class Compared:
    """What came back on one case, beside what was expected.

    Attributes:
        case: the inputs.
        answer: what was handed back.
        got: what it is judged by: its effect, or the answer itself.
        wanted: what the right answer gives.
    """

    case: Case
    answer: np.ndarray
    got: np.ndarray
    wanted: np.ndarray


def hint(exercise: Exercise, fault: Fault) -> tuple[str, str]:
    """Return name and sentence of what explains a fault: a hint of the exercise, or what is always said.

    Args:
        exercise: with its hints.
        fault: of any kind but "your turn".
    """
    for one in (*exercise.hints, *HINTS) if fault.kind == "exception" else ():
        if any(sign in fault.detail for sign in one.signs):
            return one.name, one.says
    return fault.kind, SAYS[fault.kind]


Test = Callable[[Exercise, Sequence[Compared]], str]


def diagnose(exercise: Exercise, cases: Sequence[Compared]) -> tuple[str, str]:
    """Return name and sentence of the mistake that explains every case: the exercise's own come first.

    Args:
        exercise: with its mistakes.
        cases: at least one, and at least one of them wrong.
    """
    return _known(exercise, cases) or _general(exercise, cases)


def _known(exercise: Exercise, cases: Sequence[Compared]) -> tuple[str, str] | None:
    # Two answers may do the same and still be different mistakes: what they are counts before what they do.
    for by_effect in (False, True) if exercise.effect else (False,):
        for mistake in exercise.mistakes:
            if _explains(exercise, mistake, cases, by_effect):
                return mistake.name, mistake.says
    return None


def _explains(exercise: Exercise, mistake: Mistake, cases: Sequence[Compared], by_effect: bool) -> bool:
    if mistake.fits is not None:
        answer = cases[0].answer
        return not by_effect and bool(np.all(np.isfinite(answer))) and mistake.fits(answer)
    explained = 0
    for case in cases:
        model = exercise.answer_of(mistake.model, case.case)
        if model is None:
            continue
        got = case.got if by_effect else case.answer
        if not exercise.agree(got, exercise.effect_of(model, case.case) if by_effect else model):
            return False
        explained += not exercise.agree(case.got, case.wanted)
    return explained > 0


def _general(exercise: Exercise, cases: Sequence[Compared]) -> tuple[str, str]:
    for name, test in MISTAKES.items():
        says = test(exercise, cases)
        if says:
            return name, says
    if _wrong_shape(cases):
        return "wrong shape", "The shape is not the expected one."
    if all(case.wanted.size == 1 for case in cases):
        return "wrong values", "This is not the right number."
    return "wrong values", "The shape is right, the values are not."


def _wrong_shape(cases: Sequence[Compared]) -> bool:
    return any(case.got.shape != case.wanted.shape for case in cases)


def _not_finite(exercise: Exercise, cases: Sequence[Compared]) -> str:
    bad = any(not np.all(np.isfinite(case.got)) for case in cases)
    return "NaN or infinity came back: is something divided by zero?" if bad else ""


def _untouched(exercise: Exercise, cases: Sequence[Compared]) -> str:
    def same(case: Compared) -> bool:
        given = [value for value in arrays(case.case).values() if isinstance(value, np.ndarray)]
        return any(exercise.agree(case.answer, value) for value in given)

    return "This is the input, untouched." if all(map(same, cases)) else ""


def _turned(turn: Callable[[np.ndarray], np.ndarray], says: str) -> Test:
    def test(exercise: Exercise, cases: Sequence[Compared]) -> str:
        return says if all(exercise.agree(case.got, turn(case.wanted)) for case in cases) else ""

    return test


def _one_value(exercise: Exercise, cases: Sequence[Compared]) -> str:
    flat = np.concatenate([case.got.ravel() for case in cases])
    if flat.size < 2 or _wrong_shape(cases) or not np.all(flat == flat[0]):
        return ""
    return f"Every value that came back is {number(float(flat[0]))}."


def _extra_brackets(exercise: Exercise, cases: Sequence[Compared]) -> str:
    right = all(exercise.agree(case.got.squeeze(), case.wanted.squeeze()) for case in cases)
    return "The values are right, but a dimension of length 1 is too many or missing." if right else ""


def _factor(exercise: Exercise, cases: Sequence[Compared]) -> str:
    if _wrong_shape(cases):
        return ""
    wanted = np.concatenate([case.wanted.ravel() for case in cases])
    got = np.concatenate([case.got.ravel() for case in cases])
    if wanted.size < 2 or not np.any(wanted):
        return ""
    at = int(np.argmax(np.abs(wanted)))
    factor = got[at] / wanted[at]
    if factor == 0 or not np.all(exercise.close(got, factor * wanted)):
        return ""
    return f"Every value is {number(factor)} times the expected one."


def _length(by: int, says: str) -> Test:
    def test(exercise: Exercise, cases: Sequence[Compared]) -> str:
        flat = all(case.got.ndim == case.wanted.ndim == 1 for case in cases)
        return says if flat and all(len(case.got) - len(case.wanted) == by for case in cases) else ""

    return test


HINTS = (
    Hint(
        "dtype",
        "The inputs are float64: what you create must be too, as in torch.zeros(n, dtype=torch.float64).",
        ("same dtype", "expected scalar type", "should be the same"),
    ),
)

MISTAKES: dict[str, Test] = {
    "not finite": _not_finite,
    "untouched input": _untouched,
    "transposed": _turned(np.transpose, "This is the transpose: rows and columns have changed places."),
    "reversed": _turned(np.flip, "The values come in reverse order."),
    "sign": _turned(np.negative, "The sign is turned round."),
    "one value": _one_value,
    "extra brackets": _extra_brackets,
    "factor": _factor,
    "one too long": _length(1, "The answer is one value too long."),
    "one too short": _length(-1, "The answer is one value too short."),
}
