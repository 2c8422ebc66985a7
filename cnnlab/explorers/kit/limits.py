"""What a setting may be: checked here and in the browser, in the same words, which are written only here."""

from __future__ import annotations

import math
import numbers
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import traitlets

WORDS = {
    "number": "{name} must be a number, got {got}",
    "integer": "{name} must be an integer, got {got}",
    "whole": "{name} must be from {min} to {max}, got {got}",
    "between": "{name} must be between {min} and {max}, got {got}",
    "count": "{name} must have {count} numbers, got {got}",
    "half": "padding of a pool must be at most half its kernel, {most}, got {got}",
}
"""Sentences about a setting; the browser puts its own names and numbers in the braces."""


class Limit:
    """What a setting may be; this one refuses nothing, for settings that an explorer checks by itself."""

    def check(self, name: str, value: Any) -> Any:
        """Return ``value`` in the type that the setting has.

        Args:
            name: what errors call it.
            value: what was given.

        Raises:
            TypeError: the value is of the wrong kind.
            ValueError: the value is outside the limit.
        """
        return value

    def sent(self) -> dict[str, Any]:
        """Return the limit as the browser reads it."""
        return {}


@dataclass(frozen=True)
class Number(Limit):
    """A real number from ``low`` to ``high``; its slider goes in steps.

    Example:
        >>> Number(0.1, 1).check("contrast", 1)
        1.0
    """

    low: float
    high: float
    step: float = 0.05

    def check(self, name: str, value: Any) -> float:
        """Return ``value`` as a float."""
        if isinstance(value, bool) or not isinstance(value, numbers.Real):
            raise TypeError(WORDS["number"].format(name=name, got=repr(value)))
        if not self.low <= float(value) <= self.high:
            ends = {"min": f"{self.low:g}", "max": f"{self.high:g}"}
            raise ValueError(WORDS["between"].format(name=name, **ends, got=f"{value:g}"))
        return float(value)

    def sent(self) -> dict[str, Any]:
        """Return the limit as the browser reads it."""
        return {"min": self.low, "max": self.high, "step": self.step}


@dataclass(frozen=True)
class Whole(Number):
    """An integer from ``low`` to ``high``.

    Example:
        >>> Whole(1, 4).check("stride", 2)
        2
    """

    step: int = 1

    def check(self, name: str, value: Any) -> int:
        """Return ``value`` as an int; booleans are none."""
        if isinstance(value, bool) or not isinstance(value, numbers.Integral):
            raise TypeError(WORDS["integer"].format(name=name, got=repr(value)))
        if not self.low <= int(value) <= self.high:
            raise ValueError(WORDS["whole"].format(name=name, **self.sent(), got=int(value)))
        return int(value)


@dataclass(frozen=True)
class OneOf(Limit):
    """One of a few words or integers.

    Example:
        >>> OneOf((1, 2, 4)).check("groups", 2)
        2
    """

    options: Collection[Any]

    def check(self, name: str, value: Any) -> Any:
        """Return ``value`` if it is one of the options."""
        if isinstance(value, bool) or value not in self.options:
            options = ", ".join(map(repr, self.options))
            raise ValueError(f"{name} must be one of {options}, got {value!r}")
        return value

    def sent(self) -> dict[str, Any]:
        """Return the limit as the browser reads it: it offers nothing else."""
        return {"options": list(self.options)}


class Flag(Limit):
    """True or False."""

    def check(self, name: str, value: Any) -> bool:
        """Return ``value`` if it is True or False."""
        if not isinstance(value, bool):
            raise TypeError(f"{name} must be True or False, got {value!r}")
        return value


@dataclass(frozen=True)
class Numbers(Limit):
    """A list of ``least`` to ``most`` real numbers from ``low`` to ``high``.

    Example:
        >>> Numbers(1, 6, -9, 9).check("f", (1, 0, -1))
        [1.0, 0.0, -1.0]
    """

    least: int
    most: int
    low: float
    high: float

    def check(self, name: str, value: Any) -> list[float]:
        """Return a list, tuple, range, array or 1-D tensor as a list of floats."""
        found = finite(name, value)
        if not self.least <= len(found) <= self.most:
            raise ValueError(WORDS["count"].format(name=name, **self.sent(), got=len(found)))
        return [Number(self.low, self.high).check(f"each number of {name}", number) for number in found]

    def sent(self) -> dict[str, Any]:
        """Return the limit as the browser reads it."""
        count = str(self.most) if self.least == self.most else f"{self.least} to {self.most}"
        return {"min": self.low, "max": self.high, "least": self.least, "most": self.most, "count": count}


@dataclass(frozen=True)
class Rows(Limit):
    """At most ``most`` rows of at most ``most`` real numbers, all as long, from ``-largest`` to ``largest``.

    Example:
        >>> Rows(5, 99).check("kernel", [[1, 0, -1]])
        [[1.0, 0.0, -1.0]]
    """

    most: int
    largest: float

    def check(self, name: str, value: Any) -> list[list[float]]:
        """Return rows, an array or a 2-D tensor as lists of floats."""
        value = value.tolist() if hasattr(value, "tolist") else value
        if not isinstance(value, Sequence) or isinstance(value, str):
            raise TypeError(f"{name} must be rows of numbers, got {value!r}")
        rows, sizes = [finite(f"each row of {name}", row) for row in value], range(1, self.most + 1)
        if len(rows) not in sizes or any(len(row) not in sizes for row in rows):
            counts = f"1 to {self.most} rows of 1 to {self.most} numbers"
            raise ValueError(f"{name} must have {counts}, got {value!r}")
        if len({len(row) for row in rows}) > 1:
            raise ValueError(f"{name} must have rows of equal length, got {[len(row) for row in rows]}")
        limit = Number(-self.largest, self.largest)
        return [[limit.check(f"each number of {name}", number) for number in row] for row in rows]

    def sent(self) -> dict[str, Any]:
        """Return the limit of each number as the browser reads it."""
        return {"min": -self.largest, "max": self.largest}


class Setting(traitlets.TraitType[Any, Any]):
    """A trait that is an argument of its explorer and holds to a limit, of which the browser is told.

    Args:
        limit: what the value may be; an explorer's own rules, such as that a kernel must fit, come on top.
        value: what it is by default.
    """

    def __init__(self, limit: Limit, value: Any = None) -> None:
        super().__init__(value)
        self.limit = limit
        self.tag(sync=True)

    def validate(self, obj: Any, value: Any) -> Any:
        """Return ``value`` as the limit has it."""
        return self.limit.check(str(self.name), value)


def finite(name: str, values: Any) -> list[float]:
    """Return ``values`` as a list of finite floats.

    Args:
        name: the argument's name, for the error.
        values: list, tuple, range, array or 1-D tensor.

    Raises:
        TypeError: not a sequence of numbers.
        ValueError: a number is infinite or missing.
    """
    found = reals(name, values)
    for value in found:
        if not math.isfinite(value):
            raise ValueError(f"{name} must hold finite numbers, got {value!r}")
    return found


def reals(name: str, values: Any) -> list[float]:
    """Return ``values`` as a list of floats, which may be infinite or missing (NaN).

    Args:
        name: the argument's name, for the error.
        values: list, tuple, range, array or 1-D tensor.

    Raises:
        TypeError: not a sequence of numbers.
    """
    values = values.tolist() if hasattr(values, "tolist") else values
    if not isinstance(values, Sequence):
        raise TypeError(f"{name} must be a sequence of numbers, got {values!r}")
    for value in values:
        if isinstance(value, bool) or not isinstance(value, numbers.Real):
            raise TypeError(f"{name} must hold numbers, got {value!r}")
    return [float(value) for value in values]
