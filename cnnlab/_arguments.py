"""Checks of arguments: each raises one sentence that names the argument, the rule and the value."""

from __future__ import annotations

import numbers
from collections.abc import Collection
from typing import Any


def positive_int(name: str, value: Any) -> int:
    """Return ``value`` as an int of at least 1.

    Raises:
        TypeError: not an integer (booleans are not).
        ValueError: below 1.
    """
    return _bounded_int(name, value, 1, "positive")


def non_negative_int(name: str, value: Any) -> int:
    """Return ``value`` as an int of at least 0.

    Raises:
        TypeError: not an integer (booleans are not).
        ValueError: below 0.
    """
    return _bounded_int(name, value, 0, "zero or positive")


def _bounded_int(name: str, value: Any, low: int, rule: str) -> int:
    if isinstance(value, bool) or not isinstance(value, numbers.Integral):
        raise TypeError(f"{name} must be an integer, got {value!r}")
    if value < low:
        raise ValueError(f"{name} must be {rule}, got {int(value)}")
    return int(value)


def one_of(name: str, value: Any, allowed: Collection[str]) -> str:
    """Return ``value`` if it is one of the ``allowed`` words.

    Raises:
        ValueError: it is not.
    """
    if not isinstance(value, str) or value not in allowed:
        words = ", ".join(repr(word) for word in allowed)
        raise ValueError(f"{name} must be one of {words}, got {value!r}")
    return value


def positive_number(name: str, value: Any) -> float:
    """Return ``value`` as a float above 0.

    Raises:
        TypeError: not a real number.
        ValueError: not above 0, or not finite.
    """
    if isinstance(value, bool) or not isinstance(value, numbers.Real):
        raise TypeError(f"{name} must be a number, got {value!r}")
    if not 0 < float(value) < float("inf"):
        raise ValueError(f"{name} must be positive and finite, got {value!r}")
    return float(value)
