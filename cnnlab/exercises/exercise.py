"""The form of an exercise: what is asked, what is right, and the mistakes that have names."""

from __future__ import annotations

import contextlib
import copy
import io
import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import torch

from cnnlab.exercises.values import RefusedError, to_array, to_pair

Case = Mapping[str, Any]
Results = Sequence[np.ndarray | None]


class Mistake:
    """A known misunderstanding, and the wrong answers that show it.

    Args:
        name: short name; two mistakes may share it where their sentences differ.
        says: one sentence that tells the student what was misunderstood.
        answers: wrong answers that show it, one at least. Whatever gives the same as one of them on every
            case is the same mistake, unless one of the next two recognises it.
        fits: recognises the mistake by the numbers that came back: a flat float64 array without NaN and
            infinity, or, where a network is measured, its numbers by name. An error means no.
        raises: recognises it by an exception: parts of "type: message", one of which it shows.
    """

    def __init__(
        self,
        name: str,
        says: str,
        *answers: Any,
        fits: Callable[[Any], bool] | None = None,
        raises: Sequence[str] = (),
    ) -> None:
        self.name, self.says, self.answers, self.fits, self.raises = name, says, answers, fits, (*raises,)


@dataclass(frozen=True, kw_only=True)
class Exercise:
    """What a function and a value have in common.

    Attributes:
        right: right answers, written in at least three ways; what the first gives is what is expected.
        mistakes: known ones; the first that fits is named.
        cases: inputs by name, simplest first. A list becomes a float64 tensor, and so does a NumPy array of
            floats; one of integers or booleans keeps its dtype; a tuple becomes a list; a number or bool is
            passed as it is; all in the order given.
        tolerance: greatest error, times max(1, largest expected magnitude).
        expects: what is expected, in words that do not give the answer away.
        exempt: names of standing wrong answers that are right here, each with the reason.
        name: "topic.name", as in ``exercises.check("conv1d.delay", kernel)``; the registry fills it in.
        task: what is asked, as the notebook shows it; the registry takes it from the file's docstring.
    """

    right: Sequence[Any]
    mistakes: Sequence[Mistake] = ()
    cases: Sequence[Case] = ({},)
    tolerance: float = 1e-5
    expects: str = ""
    exempt: Mapping[str, str] = field(default_factory=dict)
    name: str = ""
    task: str = ""

    def read(self, answer: Any) -> np.ndarray:
        """Return what was handed back as a float64 array.

        Raises:
            RefusedError: it is none.
        """
        return to_array(answer)

    def effect_of(self, answer: np.ndarray, case: Case) -> np.ndarray:
        """Return what an answer is judged by: its effect on the case, or the answer itself."""
        return answer

    def result(self, answer: Any, case: Case) -> np.ndarray | None:
        """Return what one of the course's own answers gives on a case, None where it gives no numbers."""
        try:
            with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings(action="ignore"):
                return self.read(self._called(answer, case))
        except Exception:
            return None

    def _called(self, answer: Any, case: Case) -> Any:
        return answer

    @cached_property
    def answers(self) -> list[np.ndarray]:
        """What the right answer gives on every case, float64."""
        found = [self.result(self.right[0], case) for case in self.cases]
        there = [answer for answer in found if answer is not None]
        if len(there) < len(found):
            count = f"{len(there)} of {len(found)}"
            raise ValueError(f"the first right answer of {self.name} must answer every case, got {count}")
        return there

    @cached_property
    def wanted(self) -> list[np.ndarray]:
        """What is expected on every case, float64: the right answer, or its effect."""
        return [self.effect_of(*pair) for pair in zip(self.answers, self.cases, strict=True)]

    @cached_property
    def known(self) -> list[list[Results]]:
        """What the answers of every mistake give on every case; none where it is recognised otherwise."""
        return [
            [[self.result(answer, case) for case in self.cases] for answer in mistake.answers]
            if mistake.fits is None and not mistake.raises
            else []
            for mistake in self.mistakes
        ]

    def agree(self, got: np.ndarray, wanted: np.ndarray) -> bool:
        """Return whether two answers have one shape and lie within the tolerance of each other.

        A single number may come in any number of brackets.
        """
        if got.size == wanted.size == 1:
            got, wanted = got.reshape(()), wanted.reshape(())
        return got.shape == wanted.shape and bool(np.all(self.close(got, wanted)))

    def close(self, got: np.ndarray, wanted: np.ndarray) -> np.ndarray:
        """Return, for arrays of one shape, which elements lie within the tolerance (bool).

        NaN is close to NaN, so that a mistake may be a division by zero; a right answer holds none.
        """
        largest = float(np.max(np.abs(wanted[np.isfinite(wanted)]), initial=1.0))
        with np.errstate(invalid="ignore"):
            near = np.abs(got - wanted) <= self.tolerance * largest
        return np.asarray(near | (got == wanted) | (np.isnan(got) & np.isnan(wanted)))


@dataclass(frozen=True, kw_only=True)
class Value(Exercise):
    """A value is asked for: numbers in any form.

    Attributes:
        effect: for values that are judged by what they do: a function of the answer, a float64 array, and the
            case's inputs as NumPy arrays and numbers. Its results are compared instead of the answers.
    """

    effect: Callable[..., Any] | None = None

    def effect_of(self, answer: np.ndarray, case: Case) -> np.ndarray:
        """Return what an answer is judged by; RefusedError where its shape allows no effect."""
        if self.effect is None:
            return answer
        try:
            return to_array(self.effect(answer, *arrays(case).values()))
        except Exception:
            raise RefusedError("wrong shape", f"shape {answer.shape}") from None


@dataclass(frozen=True, kw_only=True)
class Function(Exercise):
    """A function of the case's inputs is asked for.

    Attributes:
        join: where a pair of arrays of any shapes comes back: makes of the two the one that is compared.
        measure: where a network comes back: makes of it numbers by name, in the child process; they are
            compared with those of ``measured``.
        measured: the numbers of a right network, in the order of measurement.
        shows: says what numbers mean that cannot stand for themselves.
    """

    join: Callable[[np.ndarray, np.ndarray], np.ndarray] | None = None
    measure: Callable[[Any], Mapping[str, float]] | None = None
    measured: Mapping[str, float] = field(default_factory=dict)
    shows: Callable[[np.ndarray], str] | None = None

    def read(self, answer: Any) -> np.ndarray:
        """Return what was handed back as a float64 array: a pair joined, a network measured."""
        if self.measure is not None:
            found = self.measure(answer)
            return np.array([found[name] for name in self.measured], float)
        if self.join is None:
            return to_array(answer)
        first, second = to_pair(answer)
        try:
            return self.join(first, second)
        except Exception:
            raise RefusedError("wrong shape", f"shapes {first.shape} and {second.shape}") from None

    def _called(self, answer: Any, case: Case) -> Any:
        return answer(*tensors(case).values())

    @cached_property
    def answers(self) -> list[np.ndarray]:
        """What the right answer gives on every case, float64; of a network, what is measured."""
        if self.measure is not None:
            return [np.array([*self.measured.values()], float)]
        return super().answers


def arrays(case: Case) -> dict[str, Any]:
    """Return a case's inputs as NumPy arrays, lists and plain numbers, all new."""
    return {name: _array(value) for name, value in case.items()}


def tensors(case: Case, dtype: torch.dtype = torch.float64) -> dict[str, Any]:
    """Return a case's inputs as tensors, lists and plain numbers, all new; floats have the dtype."""
    return {
        name: torch.as_tensor(value, dtype=dtype if value.dtype.kind == "f" else None)
        if isinstance(value, np.ndarray)
        else value
        for name, value in arrays(case).items()
    }


def _array(value: Any) -> Any:
    value = copy.deepcopy(value)
    if isinstance(value, tuple):
        return list(value)
    return np.array(value, float) if isinstance(value, list) else value
