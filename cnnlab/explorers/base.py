"""The base of all explorers: settings in Python, computing and drawing in JavaScript."""

from __future__ import annotations

import math
import numbers
from collections.abc import Sequence
from importlib import resources
from typing import TYPE_CHECKING, Any

import anywidget

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def read_source(*names: str) -> str:
    """Return the text of files of this package, joined, without indentation, comments and empty lines.

    Every notebook with an explorer stores it, so a fifth less counts.

    Args:
        *names: file names, such as "base.js".
    """
    folder = resources.files("cnnlab.explorers")
    texts = (folder.joinpath(name).read_text(encoding="utf-8") for name in names)
    lines = (line.strip() for text in texts for line in text.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//"))


def number_between(name: str, value: Any, low: float, high: float) -> float:
    """Return ``value`` as a float from ``low`` to ``high``.

    Args:
        name: the argument's name, for the error.
        value: what was given.
        low: smallest value allowed.
        high: largest value allowed.

    Raises:
        TypeError: not a real number.
        ValueError: outside the range, or not a number at all.
    """
    if isinstance(value, bool) or not isinstance(value, numbers.Real):
        raise TypeError(f"{name} must be a number, got {value!r}")
    if not low <= float(value) <= high:
        raise ValueError(f"{name} must be between {low:g} and {high:g}, got {value:g}")
    return float(value)


def whole_between(name: str, value: Any, low: int, high: int) -> int:
    """Return ``value`` as an int from ``low`` to ``high``.

    Args:
        name: the argument's name, for the error.
        value: what was given.
        low: smallest value allowed.
        high: largest value allowed.

    Raises:
        TypeError: not an integer (booleans are not).
        ValueError: outside the range.
    """
    if isinstance(value, bool) or not isinstance(value, numbers.Integral):
        raise TypeError(f"{name} must be an integer, got {value!r}")
    if not low <= int(value) <= high:
        raise ValueError(f"{name} must be from {low} to {high}, got {int(value)}")
    return int(value)


def true_or_false(name: str, value: Any) -> bool:
    """Return ``value`` if it is True or False.

    Args:
        name: the argument's name, for the error.
        value: what was given.

    Raises:
        TypeError: it is neither.
    """
    if not isinstance(value, bool):
        raise TypeError(f"{name} must be True or False, got {value!r}")
    return value


def finite(name: str, values: Any) -> list[float]:
    """Return ``values`` as a list of finite floats.

    Args:
        name: the argument's name, for the error.
        values: list, tuple, range, array or 1-D tensor.

    Raises:
        TypeError: not a sequence of numbers.
        ValueError: a number is infinite or missing.
    """
    values = values.tolist() if hasattr(values, "tolist") else values
    if not isinstance(values, Sequence):
        raise TypeError(f"{name} must be a sequence of numbers, got {values!r}")
    for value in values:
        if isinstance(value, bool) or not isinstance(value, numbers.Real):
            raise TypeError(f"{name} must hold numbers, got {value!r}")
        if not math.isfinite(value):
            raise ValueError(f"{name} must hold finite numbers, got {value!r}")
    return [float(value) for value in values]


class Explorer(anywidget.AnyWidget):
    """A picture with controls that lives in the browser.

    A subclass gives ``_esm = read_source("base.js", "its_own.js")``, an ES module that ends with
    ``export default { render }``, traits that hold its settings, and the three methods below. The browser
    computes and draws from the traits alone, so that the explorer also moves in exported HTML.
    """

    _css = read_source("base.css")

    def settings(self) -> str:
        """Return the settings in a few words, the same for the same settings."""
        raise NotImplementedError

    def describe(self) -> str:
        """Return what the explorer shows now, in sentences."""
        raise NotImplementedError

    def static_twin(self) -> Figure:
        """Return a figure that says on paper what the explorer says on the screen."""
        raise NotImplementedError

    def __repr__(self) -> str:
        """Return the kind of explorer and its settings: no memory address, for nbval compares this text."""
        return f"{type(self).__name__} explorer: {self.settings()}"
