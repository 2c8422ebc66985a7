"""Numbers, arrays and inputs as short text that comes out the same on every machine."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnlab.exercises.exercise import Case, arrays

MOST_SHOWN = 64
MOST_SHOWN_DEEP = 16
_NOISE = 1e-9


def number(value: float) -> str:
    """Return a number to four significant digits, whole numbers in full.

    Example:
        >>> number(2.0), number(0.333333), number(-0.0)
        ('2', '0.3333', '0')
    """
    if np.isfinite(value) and value == int(value) and abs(value) < 1e15:
        return str(int(value))
    return f"{value:.4g}"


def array(values: np.ndarray, indent: int = 0) -> str:
    """Return an array in brackets; a matrix gets a line a row, the later lines indented.

    Of what is too long to read, only shape and range are told.

    Example:
        >>> print(array(np.array([[1.0, 0.5], [0.0, 1e-17]])))
        [[1, 0.5],
         [0, 0]]
    """
    if values.size > (MOST_SHOWN if values.ndim <= 2 else MOST_SHOWN_DEEP):
        return f"shape {values.shape}, from {number(np.min(values))} to {number(np.max(values))}"
    finite = np.abs(values[np.isfinite(values)])
    # Rounding errors instead of zeros would differ from machine to machine.
    noise = _NOISE * float(np.max(finite, initial=1.0))
    shown = np.where(np.abs(values) < noise, 0.0, values)
    options: Any = {"separator": ", ", "formatter": {"float_kind": number}, "max_line_width": np.inf}
    return np.array2string(shown, prefix=" " * indent, **options).replace("\n\n", "\n")


def inputs(case: Case, indent: int = 0) -> str:
    """Return the inputs of a case as they would be written in a call, a matrix on lines of its own.

    Example:
        >>> inputs({"samples": [1, 2], "step": 0.5})
        'samples = [1, 2], step = 0.5'
    """
    parts = [f"{name} = {_input(value, indent + len(name) + 3)}" for name, value in arrays(case).items()]
    return (",\n" + " " * indent if "\n" in "".join(parts) else ", ").join(parts)


def _input(value: Any, indent: int) -> str:
    if isinstance(value, np.ndarray) and value.dtype == bool:
        return str(value.tolist())
    if isinstance(value, np.ndarray):
        return array(value, indent)
    return str(value) if isinstance(value, bool | list) else number(value)
