"""A student's function on every case, each outcome as a plain dict."""

from __future__ import annotations

import inspect
import io
import linecache
import re
from collections.abc import Callable, Iterator
from functools import partial
from traceback import walk_tb
from types import TracebackType
from typing import Any

import numpy as np
import torch

from cnnlab.exercises.exercise import Case, Exercise, arrays, tensors
from cnnlab.exercises.keeping import seed_everything
from cnnlab.exercises.values import RefusedError, to_array, type_name

KEPT_CHARACTERS = 40
Row = dict[str, Any]
_AsInputs = Callable[[Case], dict[str, Any]]
INSTEAD: dict[str, _AsInputs] = {
    "float32 tensors": partial(tensors, dtype=torch.float32),
    "NumPy arrays": arrays,
}


class Printed(io.TextIOBase):
    """A standard output that keeps the first characters and counts the rest."""

    def __init__(self) -> None:
        super().__init__()
        self.start = ""
        self.characters = 0

    def write(self, text: str) -> int:
        """Return the number of characters, all of them counted."""
        self.characters += len(text)
        self.start += text[: KEPT_CHARACTERS - len(self.start)]
        return len(text)


def answers(function: Callable[..., Any], exercise: Exercise, printed: Printed) -> Iterator[Row]:
    """Yield one row a case, up to the first fault, then one that says what was printed.

    A function that raises on float64 tensors is given float32 ones, as the notebooks use, and then NumPy
    arrays: if it is at home there, a row that says so comes next, and the rows of all cases again.

    Yields:
        ``{"shape", "data", "changed"}`` or ``{"fault", "detail", "line"}``; ``{"instead"}``; last
        ``{"printed", "characters"}``: nothing but str, int, float and lists of them.
    """
    row: Row = {}
    for row in _rows(function, exercise, tensors):
        yield row
    for inputs, as_inputs in INSTEAD.items() if row.get("fault") == "exception" else ():
        again = list(_rows(function, exercise, as_inputs))
        if not any("fault" in other for other in again):
            yield {"instead": f"tried with {inputs}, since on float64 tensors: {row['detail']}"}
            yield from again
            break
    yield {"printed": printed.start, "characters": printed.characters}


def _rows(function: Callable[..., Any], exercise: Exercise, as_inputs: _AsInputs) -> Iterator[Row]:
    seed_everything()
    for case in exercise.cases:
        row = _mismatched_arguments(function, case) or _answer(function, exercise, case, as_inputs)
        yield row
        if "fault" in row:
            break


def _mismatched_arguments(function: Callable[..., Any], case: Case) -> Row | None:
    try:
        signature = inspect.signature(function)
    except Exception:  # many built-in functions have none
        return None
    try:
        signature.bind(*case)
    except TypeError:
        detail = f"the function takes {_short(signature)}, the check gives ({', '.join(case)})"
        return {"fault": "arguments", "detail": detail, "line": ""}
    return None


def _answer(function: Callable[..., Any], exercise: Exercise, case: Case, as_inputs: _AsInputs) -> Row:
    given = as_inputs(case)
    try:
        # To read a network is to run it, and it may raise as the function itself may.
        array = exercise.read(function(*given.values()))
    except RefusedError as refused:
        return {"fault": refused.kind, "detail": refused.detail, "line": ""}
    except BaseException as error:
        return _raised(error, _namespace(function))
    changed = [name for name, before in as_inputs(case).items() if not _unchanged(given[name], before)]
    return {"shape": list(array.shape), "data": array.ravel().tolist(), "changed": changed}


def _unchanged(now: Any, before: Any) -> bool:
    try:
        if not isinstance(before, np.ndarray | torch.Tensor):
            return bool(now == before)
        # Booleans are no answer, but an input may hold them.
        return np.array_equal(to_array(now * 1), to_array(before * 1))
    except Exception:  # a list may hold anything by now
        return False


def _raised(error: BaseException, namespace: Any) -> Row:
    try:
        message = _short(error)
    except BaseException:
        message = "(its message cannot be shown)"
    detail = f"{type_name(error)}: {message}" if message else type_name(error)
    return {"fault": "exception", "detail": detail, "line": _line(error.__traceback__, namespace)}


def _short(value: Any) -> str:
    # Addresses differ from run to run; a verdict must not.
    return re.sub(r"0x[0-9a-f]{6,}", "0x...", " ".join(str(value)[:1000].split()))[:200]


def _namespace(function: Callable[..., Any]) -> Any:
    return getattr(function, "__globals__", None) or getattr(type(function).__call__, "__globals__", None)


def _line(traceback: TracebackType | None, namespace: Any) -> str:
    """Return the innermost line that belongs to the student's own notebook."""
    line = ""
    for frame, number in walk_tb(traceback):
        if frame.f_globals is namespace:
            line = linecache.getline(frame.f_code.co_filename, number).strip()[:100]
    return line
