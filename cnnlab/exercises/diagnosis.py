"""Which mistake explains an answer: one that the exercise knows, or one that any exercise may meet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from cnnlab.exercises import special
from cnnlab.exercises.exercise import Case, Exercise, Function, Mistake, Results, arrays
from cnnlab.exercises.faults import SAYS, Fault
from cnnlab.exercises.text import number
from cnnlab.exercises.values import RefusedError


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


def of_fault(exercise: Exercise, fault: Fault) -> tuple[str, str]:
    """Return name and sentence of what explains a fault: a mistake, or what is always said of it."""
    for mistake in (*exercise.mistakes, *EXCEPTIONS) if fault.kind == "exception" else ():
        if any(sign in fault.detail for sign in mistake.raises):
            return mistake.name, mistake.says
    return fault.kind, SAYS[fault.kind]


def of_answers(exercise: Exercise, cases: Sequence[Compared]) -> tuple[str, str]:
    """Return name and sentence of the mistake that explains every case: the exercise's own come first."""
    return _known(exercise, cases) or _general(exercise, cases)


def _known(exercise: Exercise, cases: Sequence[Compared]) -> tuple[str, str] | None:
    # Two answers may do the same and still be different mistakes: what they are counts before what they do.
    for by_effect in (False, True):
        for mistake, known in zip(exercise.mistakes, exercise.known, strict=True):
            fits = not by_effect and _fits(exercise, mistake, cases[0].answer)
            if fits or any(_explains(exercise, results, cases, by_effect) for results in known):
                return mistake.name, mistake.says
    return None


def _fits(exercise: Exercise, mistake: Mistake, answer: np.ndarray) -> bool:
    if mistake.fits is None or not np.all(np.isfinite(answer)):
        return False
    measured = exercise.measured if isinstance(exercise, Function) else {}
    numbers: Any = dict(zip(measured, answer, strict=True)) if measured else answer.ravel()
    try:
        return bool(mistake.fits(numbers))
    except Exception:  # it may count on more numbers than came back
        return False


def _explains(exercise: Exercise, results: Results, cases: Sequence[Compared], by_effect: bool) -> bool:
    """Return whether an answer gave these results, and one of them is wrong."""
    given = [(result, case) for result, case in zip(results, cases, strict=False) if result is not None]
    if not all(_same(exercise, result, case, by_effect) for result, case in given):
        return False
    return any(not exercise.agree(case.got, case.wanted) for _, case in given)


def _same(exercise: Exercise, result: np.ndarray, case: Compared, by_effect: bool) -> bool:
    if not by_effect:
        return exercise.agree(case.answer, result)
    try:
        return exercise.agree(case.got, exercise.effect_of(result, case.case))
    except RefusedError:
        return False


def _general(exercise: Exercise, cases: Sequence[Compared]) -> tuple[str, str]:
    for name, test in MISTAKES.items():
        says = test(exercise, cases)
        if says:
            return name, says
    wrong = [not exercise.agree(case.got, case.wanted) for case in cases]
    hint = special.inputs([case.case for case in cases], wrong)
    if _wrong_shape(cases):
        return "wrong shape", f"{SHAPE} {hint}".rstrip()
    says = NUMBER if all(case.wanted.size == 1 for case in cases) else VALUES
    got, wanted = [case.got for case in cases], [case.wanted for case in cases]
    apart = [~exercise.close(*pair) for pair in zip(got, wanted, strict=True)]
    return "wrong values", f"{says} {special.values(got, wanted, apart) or hint}".rstrip()


SHAPE = SAYS["wrong shape"]
NUMBER = "This is not the right number."
VALUES = "The shape is right, the values are not."

_Test = Callable[[Exercise, Sequence[Compared]], str]


def _wrong_shape(cases: Sequence[Compared]) -> bool:
    return any(case.got.shape != case.wanted.shape for case in cases)


def _not_finite(exercise: Exercise, cases: Sequence[Compared]) -> str:
    bad = any(not np.all(np.isfinite(case.got)) for case in cases)
    return "NaN or infinity came back where a number is expected." if bad else ""


def _on_all(holds: Callable[[Exercise, Compared], bool], says: str) -> _Test:
    """Return a test that says something where it holds on every case."""
    return lambda exercise, cases: says if all(holds(exercise, case) for case in cases) else ""


def _untouched(exercise: Exercise, case: Compared) -> bool:
    given = [value for value in arrays(case.case).values() if isinstance(value, np.ndarray)]
    return any(exercise.agree(case.answer, value) for value in given)


def _is_longer(case: Compared, by: int) -> bool:
    return case.got.ndim == case.wanted.ndim == 1 and len(case.got) - len(case.wanted) == by


def _within(exercise: Exercise, whole: np.ndarray, part: np.ndarray) -> bool:
    """Return whether an array is a part of another: neighbouring rows and columns of it."""
    if part.ndim != whole.ndim or not part.size or np.any(np.greater(part.shape, whole.shape)):
        return False
    near = exercise.close(np.lib.stride_tricks.sliding_window_view(whole, part.shape), part)
    return bool(np.any(np.all(near, axis=tuple(range(part.ndim, 2 * part.ndim)))))


def _one_value(exercise: Exercise, cases: Sequence[Compared]) -> str:
    flat = np.concatenate([case.got.ravel() for case in cases])
    if flat.size < 2 or _wrong_shape(cases) or not np.all(flat == flat[0]):
        return ""
    return f"Every value that came back is {number(float(flat[0]))}."


def _factor(exercise: Exercise, cases: Sequence[Compared]) -> str:
    if _wrong_shape(cases):
        return ""
    wanted = np.concatenate([case.wanted.ravel() for case in cases])
    got = np.concatenate([case.got.ravel() for case in cases])
    if wanted.size < 2 or not np.any(wanted):
        return ""
    at = int(np.argmax(np.abs(wanted)))
    factor = got[at] / wanted[at]
    says = number(factor)
    if says == "1" or abs(factor) < exercise.tolerance or not np.all(exercise.close(got, factor * wanted)):
        return ""
    return f"Every value is {says} times the expected one."


EXCEPTIONS = (
    Mistake(
        "no GPU",
        "There is no GPU here: work on the device of the inputs, as in torch.zeros_like(x).",
        raises=("re-initialize CUDA", "not compiled with CUDA", "Found no NVIDIA driver", "No CUDA GPUs"),
    ),
    Mistake(
        "dtype",
        "Two dtypes meet: create new tensors like an input, as in torch.zeros_like(x) or x.new_zeros(n).",
        raises=("same dtype", "expected scalar type", "should be the same"),
    ),
    Mistake(
        "no super().__init__()",
        "A network of your own begins its __init__ with super().__init__().",
        raises=("before Module.__init__()",),
    ),
    Mistake(
        "no forward",
        "A network of your own needs a method forward; nn.ModuleList has none, nn.Sequential has.",
        raises=('missing the required "forward"',),
    ),
)

MISTAKES: dict[str, _Test] = {
    "not finite": _not_finite,
    "untouched input": _on_all(_untouched, "An input came back as it was."),
    "transposed": _on_all(
        lambda exercise, case: exercise.agree(case.got, case.wanted.T),
        "The expected values came back with rows and columns exchanged.",
    ),
    "reversed": _on_all(
        lambda exercise, case: exercise.agree(case.got, np.flip(case.wanted)),
        "The expected values came back in reverse order.",
    ),
    "rows reversed": _on_all(
        lambda exercise, case: exercise.agree(
            case.got, case.wanted[::-1] if case.wanted.ndim else case.wanted
        ),
        "The expected rows came back from the last to the first.",
    ),
    "sign": _on_all(
        lambda exercise, case: exercise.agree(case.got, -case.wanted),
        "The expected values came back with the other sign.",
    ),
    "one value": _one_value,
    "extra brackets": _on_all(
        lambda exercise, case: exercise.agree(case.got.squeeze(), case.wanted.squeeze()),
        "The values are right, but a dimension of length 1 is too many or missing.",
    ),
    "factor": _factor,
    "one too long": _on_all(lambda _, case: _is_longer(case, 1), "The answer is one value too long."),
    "one too short": _on_all(lambda _, case: _is_longer(case, -1), "The answer is one value too short."),
    "a part": _on_all(
        lambda exercise, case: _within(exercise, case.wanted, case.got),
        "What came back is right, but only a part of what is expected.",
    ),
    "too much": _on_all(
        lambda exercise, case: _within(exercise, case.got, case.wanted),
        "What is expected is there, with more around it.",
    ),
    "other places": _on_all(
        lambda exercise, case: exercise.agree(np.sort(case.got, None), np.sort(case.wanted, None)),
        "The expected numbers came back, but not in their places.",
    ),
}
