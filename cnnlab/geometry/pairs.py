"""Sizes along two axes: an integer stands for both."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Pair = tuple[int, int]


def pair(name: str, value: Any) -> tuple[Any, Any]:
    """Return ``value`` for rows and for columns: a tuple or list of two as it is, anything else twice.

    Raises:
        ValueError: a tuple or list that does not have two elements.

    Example:
        >>> pair("stride", 2), pair("stride", (2, 1))
        ((2, 2), (2, 1))
    """
    if not isinstance(value, (tuple, list)):
        return value, value
    if len(value) != 2:
        raise ValueError(f"{name} must be an integer or a pair, got {value!r}")
    return value[0], value[1]


def int_pair(name: str, value: Any, check: Callable[[str, Any], int]) -> Pair:
    """Return ``value`` as a pair (vertical, horizontal), each half checked by ``positive_int`` or its like.

    Raises:
        TypeError: not an integer nor a pair of integers.
        ValueError: out of the range of ``check``, or not two values.

    Example:
        >>> from cnnlab._arguments import positive_int
        >>> int_pair("stride", 2, positive_int), int_pair("stride", (2, 1), positive_int)
        ((2, 2), (2, 1))
    """
    vertical, horizontal = pair(name, value)
    return check(name, vertical), check(name, horizontal)
