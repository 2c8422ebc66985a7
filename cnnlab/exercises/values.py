"""Answers of any numeric form as float64 arrays, by strict type checks that run none of their code."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import torch

from cnnlab.exercises.placeholder import YOUR_TURN

MOST_NUMBERS = 100_000
DEEPEST_NESTING = 32


class RefusedError(Exception):
    """An answer that is no array of numbers.

    Attributes:
        kind: what it is instead, one of the names in ``faults.SAYS``.
        detail: the particulars, a few words.
    """

    def __init__(self, kind: str, detail: str = "") -> None:
        super().__init__(kind, detail)
        self.kind = kind
        self.detail = detail


def to_array(value: Any) -> np.ndarray:
    """Return ``value`` as a float64 array.

    Args:
        value: number, Fraction, list or tuple of such (nested as needed), NumPy array, or tensor of any float
            or integer dtype on any device.

    Returns:
        A new array; NaN and infinity stay as they are.

    Raises:
        RefusedError: ``value`` is, or holds, something else, is ragged, or holds more than 100,000
            numbers.

    Example:
        >>> to_array([torch.tensor(1), 2.5])
        array([1. , 2.5])
    """
    try:
        # Subclasses of Tensor may define what operations on them do; an answer must not.
        with torch._C.DisableTorchFunctionSubclass():
            return _convert(value, _Budget())
    except RefusedError:
        raise
    except Exception:
        raise RefusedError("wrong type", f"a value of type {type_name(value)}") from None


def to_pair(value: Any) -> tuple[np.ndarray, np.ndarray]:
    """Return the two arrays of a pair, which may differ in shape.

    Args:
        value: a list or tuple of two answers, or an array of two rows.

    Raises:
        RefusedError: ``value`` is not two, or ``to_array`` refuses one of them.

    Example:
        >>> [part.tolist() for part in to_pair(([1, 2, 3], 4))]
        [[1.0, 2.0, 3.0], 4.0]
    """
    kind = type(value)
    if issubclass(kind, list | tuple):
        parts = [*(list if issubclass(kind, list) else tuple).__iter__(value)]
    else:
        parts = [*np.atleast_1d(to_array(value))]
    if len(parts) != 2:
        raise RefusedError("wrong shape", f"{len(parts)} instead of two parts")
    return to_array(parts[0]), to_array(parts[1])


def refuse_absent(value: Any) -> None:
    """Raise RefusedError where there is no answer yet: ``YOUR_TURN`` or None."""
    if value is YOUR_TURN:
        raise RefusedError("your turn")
    if value is None:
        raise RefusedError("nothing", "None")


def type_name(value: Any) -> str:
    """Return the short name of a value's type, at most 40 characters."""
    # Read past any metaclass: its own __name__ would be the answer's code.
    return str(type.__dict__["__name__"].__get__(type(value)))[:40]


class _Budget:
    """Counts numbers and nesting, so that hostile or huge answers end soon."""

    def __init__(self) -> None:
        self.numbers = 0
        self.depth = 0

    def spend(self, numbers: int) -> None:
        self.numbers += numbers
        if self.numbers > MOST_NUMBERS:
            raise RefusedError("too large", f"more than {MOST_NUMBERS:,} numbers")


def _convert(value: Any, budget: _Budget) -> np.ndarray:
    refuse_absent(value)
    kind = type(value)
    if issubclass(kind, torch.Tensor):
        return _from_tensor(value, budget)
    if issubclass(kind, np.ndarray | np.generic):
        return _from_numpy(np.asarray(value), budget)
    if issubclass(kind, list | tuple):
        return _from_sequence(value, budget)
    return _from_number(value)


def _from_number(value: Any) -> np.ndarray:
    kind = type(value)
    _refuse_dtype(issubclass(kind, bool), issubclass(kind, complex))
    if issubclass(kind, float):
        return np.array(float.__float__(value))
    if kind is not Fraction and not issubclass(kind, int):
        raise RefusedError("wrong type", f"a value of type {type_name(value)}")
    try:
        return np.array(float(int.__index__(value) if issubclass(kind, int) else value))
    except OverflowError:
        return np.array(np.inf)


def _from_numpy(array: np.ndarray, budget: _Budget) -> np.ndarray:
    _refuse_dtype(array.dtype.kind == "b", array.dtype.kind == "c")
    if array.dtype.kind == "O":
        return _convert(array.tolist(), budget)
    if array.dtype.kind not in "iuf":
        raise RefusedError("wrong type", f"an array of {array.dtype.type.__name__}")
    budget.spend(array.size if array.ndim else 0)  # a single number is counted by its list
    return array.astype(np.float64)


def _from_tensor(value: torch.Tensor, budget: _Budget) -> np.ndarray:
    tensor = torch.Tensor.detach(value)
    if type(tensor) is not torch.Tensor:
        tensor = torch.Tensor.as_subclass(tensor, torch.Tensor)
    _refuse_dtype(tensor.dtype == torch.bool, tensor.dtype.is_complex)
    budget.spend(tensor.numel() if tensor.ndim else 0)
    if tensor.ndim == 0:
        return np.array(float(tensor.item()))  # far sooner, and a list may hold many
    if tensor.is_quantized:
        tensor = tensor.dequantize()
    if tensor.layout != torch.strided:
        tensor = tensor.to_dense()
    # First to the CPU: not every device knows float64.
    return tensor.cpu().to(torch.float64).resolve_neg().numpy().copy()


def _refuse_dtype(is_boolean: bool, is_complex: bool) -> None:
    if is_boolean:
        raise RefusedError("booleans", "True or False")
    if is_complex:
        raise RefusedError("complex numbers", "complex numbers")


def _from_sequence(value: Any, budget: _Budget) -> np.ndarray:
    parent = list if issubclass(type(value), list) else tuple
    budget.spend(1 + parent.__len__(value))
    budget.depth += 1
    if budget.depth > DEEPEST_NESTING:
        raise RefusedError("too large", f"nested deeper than {DEEPEST_NESTING} lists")
    parts = [_convert(part, budget) for part in parent.__iter__(value)]
    budget.depth -= 1
    shapes = {part.shape for part in parts}
    if len(shapes) > 1:
        raise RefusedError("ragged", "rows of different lengths")
    return np.stack(parts) if parts else np.zeros(0)
