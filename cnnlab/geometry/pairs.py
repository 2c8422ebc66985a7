"""Sizes along two axes: an integer stands for both."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Pair = tuple[int, int]


def int_pair(name: str, value: Any, check: Callable[[str, Any], int]) -> Pair:
    """Return ``value`` as a pair (vertical, horizontal), each half checked.

    Args:
        name: what errors call it.
        value: an integer for both axes, or a pair of integers.
        check: ``positive_int`` or ``non_negative_int``.

    Returns:
        The pair.

    Raises:
        TypeError: not an integer nor a pair of integers.
        ValueError: out of the range of ``check``, or not two values.

    Example:
        >>> from cnnlab._arguments import positive_int
        >>> int_pair("stride", 2, positive_int), int_pair("stride", (2, 1), positive_int)
        ((2, 2), (2, 1))
    """
    if not isinstance(value, (tuple, list)):
        half = check(name, value)
        return half, half
    if len(value) != 2:
        raise ValueError(f"{name} must be an integer or a pair, got {value!r}")
    return check(name, value[0]), check(name, value[1])
