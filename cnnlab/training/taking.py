"""A function that takes the fields of a dataclass as its options, and shows them as its own."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import MISSING, fields
from difflib import get_close_matches
from functools import wraps
from typing import Any, TypeVar

Result = TypeVar("Result")


def takes(options: type) -> Callable[[Callable[..., Result]], Callable[..., Result]]:
    """Return a decorator for a function whose ``**options`` are the fields of a dataclass.

    They stand in the function's signature and in the place of ``**options`` in its documentation, and are
    held against the fields' names before the function is called.

    Raises:
        TypeError: in the decorated function: there is no option of that name, or one that must be given is
            missing.
    """

    def decorate(function: Callable[..., Result]) -> Callable[..., Result]:
        signature = _signature(function, options)

        @wraps(function)
        def checked(*arguments: Any, **named: Any) -> Result:
            _check(function.__name__, named, signature, options)
            return function(*arguments, **named)

        checked.__signature__ = signature  # type: ignore[attr-defined]  # what help() and editors read
        checked.__doc__ = _documentation(function, options)
        return checked

    return decorate


def _signature(function: Callable, options: type) -> inspect.Signature:
    """Return the function's signature with the options that must be given first, as in the dataclass."""
    own = inspect.signature(function)
    kept = [part for part in own.parameters.values() if part.kind is not part.VAR_KEYWORD]
    added = [part.replace(kind=part.KEYWORD_ONLY) for part in inspect.signature(options).parameters.values()]
    return own.replace(parameters=[*kept, *added])


def _check(name: str, named: dict[str, Any], signature: inspect.Signature, options: type) -> None:
    for wrong in (word for word in named if word not in signature.parameters):
        near = get_close_matches(wrong, signature.parameters, 1)
        hint = f"did you mean {near[0]!r}?" if near else f"it has {', '.join(signature.parameters)}"
        raise TypeError(f"{name} has no option {wrong!r}; {hint}")
    for field in fields(options):
        if field.default is MISSING and field.name not in named:
            raise TypeError(f"{name} must be given {field.name}, got none")


def _documentation(function: Callable, options: type) -> str:
    """Return the function's documentation, with that of the options in the place of ``**options``."""
    own, added = inspect.getdoc(function) or "", inspect.getdoc(options) or ""
    place = next((line for line in own.splitlines() if line.startswith("    **options:")), "")
    return own.replace(place, added.partition("Args:\n")[2].rstrip()) if place else own
