"""The declarative form of an exercise: what is asked, what is right, and the mistakes that have names."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
import torch

from cnnlab.exercises.values import RefusedError, to_array, to_pair

Case = Mapping[str, Any]


@dataclass(frozen=True)
class Mistake:
    """A known misunderstanding, recognised because its model gives the same answer on every case.

    Attributes:
        name: short name, unique within the exercise unless several models share one mistake.
        says: one sentence that tells the student what was misunderstood.
        model: takes the case's inputs as the exercise's reference does and returns the mistaken
            answer, or None for a case on which the mistake can come out in many ways.
        fits: for values: recognises the mistake by a property of the answer, a float64 array without
            NaN and infinity, of which the model's answer is then an example.
    """

    name: str
    says: str
    model: Callable[..., Any]
    fits: Callable[[np.ndarray], bool] | None = None


@dataclass(frozen=True)
class Hint:
    """A misunderstanding that shows as an exception.

    Attributes:
        name: short name, unique within the exercise.
        says: one sentence that tells the student what was misunderstood.
        signs: parts of "type: message", one of which the exception shows.
    """

    name: str
    says: str
    signs: tuple[str, ...]


@dataclass(frozen=True)
class Wrong:
    """A wrong answer for the proof, written differently from the model of its mistake.

    Attributes:
        answer: what a student might hand in: a function or a value.
        diagnosis: the name that the verdict must give: a mistake or hint of the exercise, or one of
            ``diagnosis.MISTAKES``, ``diagnosis.HINTS`` or ``faults.SAYS``.
    """

    answer: Any
    diagnosis: str


@dataclass(frozen=True)
class Exercise:
    """One exercise.

    Attributes:
        name: "notebook.topic", as in ``exercises.check("conv1d.delay", kernel)``.
        prompt: what is asked, one line.
        reference: the right answer; for a function, of the case's inputs as NumPy arrays and numbers.
        asks: whether the student hands in a "function" or a "value".
        cases: inputs by name, simplest first. A list becomes a float64 array (a tensor for the
            student), an array keeps its dtype, a number, bool or tuple of tuples is passed as it is,
            in the order given.
        effect: for values that are judged by what they do: a function of the answer and the case's
            inputs; its results are compared instead of the answers.
        join: for functions that hand back a pair of arrays of any shapes: makes of the two the one
            that is compared.
        measure: for functions that hand back a network: makes of it the numbers that are compared, in
            the child process. The reference and the models of mistakes give such numbers.
        shows: says what the numbers mean, where they cannot stand for themselves.
        expects: for values: what is expected, in words that do not give the answer away.
        hints: exceptions that have a reason of their own here; the first that fits is named.
        tolerance: greatest error, times max(1, largest expected magnitude).
        mistakes: known ones; the first that fits is named.
        right: at least three right answers, written in different ways.
        wrong: at least five wrong ones with their diagnosis.
        exempt: names of standing wrong answers that are right here, each with the reason.
    """

    name: str
    prompt: str
    reference: Callable[..., Any]
    asks: Literal["function", "value"] = "function"
    cases: tuple[Case, ...] = ({},)
    effect: Callable[..., Any] | None = None
    join: Callable[[np.ndarray, np.ndarray], np.ndarray] | None = None
    measure: Callable[[Any], Any] | None = None
    shows: Callable[[np.ndarray], str] | None = None
    expects: str = ""
    tolerance: float = 1e-5
    mistakes: tuple[Mistake, ...] = ()
    hints: tuple[Hint, ...] = ()
    right: tuple[Any, ...] = ()
    wrong: tuple[Wrong, ...] = ()
    exempt: Mapping[str, str] = field(default_factory=dict)

    def read(self, answer: Any) -> np.ndarray:
        """Return what was handed back as a float64 array: of a network, what is measured.

        Raises:
            RefusedError: it is none, no pair of them where ``join`` asks for one, or no network where
                ``measure`` does.
        """
        return self._joined(answer if self.measure is None else self.measure(answer))

    def _joined(self, answer: Any) -> np.ndarray:
        if self.join is None:
            return to_array(answer)
        first, second = to_pair(answer)
        try:
            return self.join(first, second)
        except Exception:
            raise RefusedError("wrong shape", f"shapes {first.shape} and {second.shape}") from None

    def answer_of(self, model: Callable[..., Any], case: Case) -> np.ndarray | None:
        """Return what ``model`` answers on a case, float64, or None where it gives no answer."""
        answer = model(*arrays(case).values()) if self.asks == "function" else model()
        return None if answer is None else self._joined(answer)

    def effect_of(self, answer: np.ndarray, case: Case) -> np.ndarray:
        """Return what an answer is judged by: its effect on the case, or the answer itself.

        Raises:
            RefusedError: the effect cannot be worked out, as the answer's shape is wrong.
        """
        if self.effect is None:
            return answer
        try:
            return to_array(self.effect(answer, *arrays(case).values()))
        except Exception:
            raise RefusedError("wrong shape", f"shape {answer.shape}") from None

    def expected(self, case: Case) -> np.ndarray:
        """Return what the right answer gives on a case, float64."""
        answer = self.answer_of(self.reference, case)
        if answer is None:
            raise ValueError(f"the reference of {self.name} must answer every case, got None on {case!r}")
        return self.effect_of(answer, case)

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
        near = np.abs(got - wanted) <= self.tolerance * largest
        return np.asarray(near | (np.isnan(got) & np.isnan(wanted)))


def arrays(case: Case) -> dict[str, Any]:
    """Return a case's inputs for the reference and the models: arrays and plain numbers."""
    return {name: _array(value) for name, value in case.items()}


def tensors(case: Case) -> dict[str, Any]:
    """Return a case's inputs for a student's function: tensors and plain numbers."""
    return {
        name: torch.from_numpy(value) if isinstance(value, np.ndarray) else value
        for name, value in arrays(case).items()
    }


def _array(value: Any) -> Any:
    if isinstance(value, np.ndarray):
        return value.copy()
    return np.array(value, float) if isinstance(value, list) else value
