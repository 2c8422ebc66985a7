"""One answer in every form that a check must take, and the wrong answers that every check must refuse."""

from __future__ import annotations

import contextlib
import copy
import math
from collections.abc import Callable, Iterator
from typing import Any, NoReturn

import numpy as np
import torch

from cnnlab.exercises.exercise import Exercise, Function
from cnnlab.exercises.values import RefusedError, to_array, to_pair

Form = Callable[[np.ndarray], Any]
AS_IT_IS = "as it is"


def _tuples(values: Any) -> Any:
    return tuple(map(_tuples, values)) if isinstance(values, list) else values


def _whole(form: Form) -> Form:
    """Return a form that changes the dtype to integers only where nothing is lost."""

    def whole(values: np.ndarray) -> Any:
        lossless = np.all((np.abs(values) < 2**53) & (values == np.round(values)))
        return form(values.astype(np.int64) if lossless else values)

    return whole


FORMS: dict[str, Form] = {
    "list": np.ndarray.tolist,
    "tuple": lambda values: _tuples(values.tolist()),
    "numpy float64": np.copy,
    "numpy float32": lambda values: values.astype(np.float32),
    "torch float64": torch.tensor,
    "torch float32": lambda values: torch.tensor(values, dtype=torch.float32),
    "torch with gradient": lambda values: torch.tensor(values, requires_grad=True) * 1,
    "parameter": lambda values: torch.nn.Parameter(torch.tensor(values)),
    "list of tensors": lambda values: [*torch.tensor(values)] if values.ndim else torch.tensor(values),
    "list of ints": _whole(np.ndarray.tolist),
    "numpy int64": _whole(np.array),
    "torch int64": _whole(torch.tensor),
}
NETWORK_FORMS: dict[str, Callable[[torch.nn.Module], torch.nn.Module]] = {
    "float64": torch.nn.Module.double,
    "while training": torch.nn.Module.train,
    "in evaluation": torch.nn.Module.eval,
    "a copy": copy.deepcopy,
    "inside another": torch.nn.Sequential,
    "of zeros": lambda network: _filled(network, 0.0),
    "of NaN": lambda network: _filled(network, math.nan),
}
if torch.cuda.is_available():
    FORMS["cuda"] = lambda values: torch.tensor(values, device="cuda")
    NETWORK_FORMS["cuda"] = torch.nn.Module.cuda


def _filled(network: torch.nn.Module, value: float) -> torch.nn.Module:
    for parameter in network.parameters():
        if not torch.nn.parameter.is_lazy(parameter):
            torch.nn.init.constant_(parameter, value)
    return network


def forms(exercise: Exercise, answer: Any) -> Iterator[tuple[str, Any]]:
    """Yield every form of an answer with its name, the answer as it is first.

    Of a function, what it returns is put into the form; a value that is no numbers has no other form.
    """
    yield AS_IT_IS, answer
    if isinstance(exercise, Function):
        for name, form in (NETWORK_FORMS if exercise.measure else FORMS).items():
            each = _each(exercise, form)
            yield name, lambda *inputs, each=each: each(answer(*inputs))
        return
    with contextlib.suppress(RefusedError):
        values = to_array(answer)
        yield from ((name, form(values)) for name, form in FORMS.items())


def _each(exercise: Exercise, form: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Return a form for what an answer holds: one array, each of a pair, or a network."""
    if isinstance(exercise, Function) and exercise.measure:
        return lambda value: form(value) if isinstance(value, torch.nn.Module) else value
    if isinstance(exercise, Function) and exercise.join:
        return lambda value: tuple(map(form, to_pair(value)))
    return lambda value: form(to_array(value))


class EqualToEverything:
    """An object that calls itself equal to whatever it is compared with."""

    __hash__ = object.__hash__

    def __eq__(self, other: object) -> bool:
        return True

    def __sub__(self, other: object) -> float:
        return 0.0

    __rsub__ = __sub__


def _turned(values: np.ndarray) -> np.ndarray:
    return values.T if values.ndim > 1 else values[:, np.newaxis] if values.ndim else values


SPOILT: dict[str, Form] = {
    "all zeros": np.zeros_like,
    "a constant": lambda values: np.full_like(values, 7.25),
    "their own mean": lambda values: np.full_like(values, values.mean()),
    "transposed": _turned,
    "right x 1.01": lambda values: values * 1.01,
    "right + 1 %": lambda values: values + 0.01 * np.max(np.abs(values), initial=1.0),
    "one NaN": lambda values: np.where(np.arange(values.size).reshape(values.shape) == 0, np.nan, values),
    "empty": lambda values: np.zeros(0),
}


def _loop(*inputs: Any) -> NoReturn:
    while True:
        try:
            while True:
                pass
        except BaseException:
            continue


def standing(exercise: Exercise) -> Iterator[tuple[str, Any]]:
    """Yield the wrong answers that every check must refuse, with their names.

    Those that come out equal to the right answer on every case (the transpose of one number, say) are
    left out, and so are those that the exercise exempts.
    """
    for name, spoil in SPOILT.items():
        spoilt = [spoil(right) for right in exercise.answers]
        if name not in exercise.exempt and _differs(spoilt, exercise.answers):
            yield name, _spoilt(exercise, spoil)
    yield "None", None
    yield "equal to everything", EqualToEverything()
    if not isinstance(exercise, Function):
        return
    for index, name in enumerate(exercise.cases[0]):
        given = [_numbers(case[name]) for case in exercise.cases]
        if name not in exercise.exempt and _differs(given, exercise.wanted):
            yield f"the untouched {name}", lambda *inputs, index=index: inputs[index]
    yield "returns None", print
    yield "returns what is equal to everything", lambda *inputs: EqualToEverything()
    yield "raises", lambda *inputs: 1 / 0
    yield "loops", _loop


def _spoilt(exercise: Exercise, spoil: Form) -> Any:
    right, spoilt = exercise.right[0], _each(exercise, spoil)
    if isinstance(exercise, Function):
        return lambda *inputs: spoilt(exercise.answers[0] if exercise.measure else right(*inputs))
    return spoilt(right)


def _numbers(value: Any) -> np.ndarray:
    # As floats: True and False among the inputs are no numbers to to_array.
    try:
        return np.array(value, float)
    except ValueError:  # a list of lists of different lengths
        return np.zeros(0)


def _differs(given: list[np.ndarray], wanted: list[np.ndarray]) -> bool:
    return not all(map(same, given, wanted))


# To rounding, whatever tolerance an exercise states.
same = Exercise(right=(), tolerance=1e-6).agree
