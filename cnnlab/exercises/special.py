"""What wrong answers have in common: the values that are wrong, or the inputs on which they are."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from cnnlab.exercises.exercise import Case, arrays
from cnnlab.exercises.text import number

# With fewer on either side, chance would divide them as well.
LEAST_BY_KIND, LEAST_BY_SIZE = 2, 3


def values(got: Sequence[np.ndarray], wanted: Sequence[np.ndarray], wrong: Sequence[np.ndarray]) -> str:
    """Return a sentence on what the wrong values have in common, "" where it is nothing.

    Args:
        got: what came back on each input, of the expected shapes.
        wanted: what was expected.
        wrong: which of them are wrong (bool).
    """
    pairs = list(zip(got, wanted, strict=True))
    if all(any(np.allclose(one, whole(two)) for whole in ROUNDINGS) for one, two in pairs):
        return "They are the right ones, rounded."
    if all(np.allclose(one, np.maximum(two, 0)) for one, two in pairs):
        return "Where they should be negative they are 0."
    bordered = [each for each in wrong if each.any() and min(each.shape, default=0) > 2]
    inside = [each[(slice(1, -1),) * each.ndim] for each in wrong if each.ndim]
    if len(bordered) >= LEAST_BY_SIZE and not any(map(np.any, inside)):
        return "Only values at the border are wrong."
    return ""


ROUNDINGS = np.round, np.floor, np.ceil, np.trunc


def inputs(cases: Sequence[Case], wrong: Sequence[bool]) -> str:
    """Return a sentence on what tells the wrong inputs from the right ones, "" where nothing does."""
    fewest = min(sum(wrong), len(wrong) - sum(wrong))
    given = [arrays(case) for case in cases]
    if fewest >= LEAST_BY_KIND:
        for says, holds in KINDS.items():
            if [any(map(holds, _numeric(each))) for each in given] == list(wrong):
                return f"Only inputs {says} are wrong."
    if fewest >= LEAST_BY_SIZE:
        for name in _measures(given[0]):
            values = [_measures(each).get(name, np.nan) for each in given]
            bad = [value for value, is_wrong in zip(values, wrong, strict=True) if is_wrong]
            good = [value for value, is_wrong in zip(values, wrong, strict=True) if not is_wrong]
            if min(bad) > max(good):
                return f"Right up to {name} = {number(max(good))}, wrong from {number(min(bad))} on."
            if max(bad) < min(good):
                return f"Wrong up to {name} = {number(max(bad))}, right from {number(min(good))} on."
    return ""


def _numeric(given: Case) -> list[np.ndarray]:
    return [value for value in given.values() if isinstance(value, np.ndarray) and value.dtype != bool]


def _measures(given: Case) -> dict[str, float]:
    """Return the numbers of a case by name, and the lengths of its arrays' axes."""
    found: dict[str, float] = {}
    for name, value in given.items():
        if isinstance(value, np.ndarray):
            found |= {f"{name}.shape[{axis}]": size for axis, size in enumerate(value.shape)}
        elif isinstance(value, (int, float)) and not isinstance(value, bool):
            found[name] = value
    return found


KINDS: dict[str, Callable[[np.ndarray], bool]] = {
    "with negative numbers": lambda values: bool(np.any(values < 0)),
    "with an axis of length 1": lambda values: 1 in values.shape,
    "that are not square": lambda values: values.ndim > 1 and values.shape[-1] != values.shape[-2],
    "with numbers that are not whole": lambda values: bool(np.any(values != np.round(values))),
    "with zeros": lambda values: bool(np.any(values == 0)),
    "with equal numbers": lambda values: len(np.unique(values)) < values.size,
}
