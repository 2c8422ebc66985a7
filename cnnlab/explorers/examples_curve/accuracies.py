"""Accuracies of several ways to train, by the number of examples a class, each with its seeds."""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence
from statistics import fmean
from typing import Any

from cnnlab.explorers.kit.limits import Numbers, Whole

PER_CENT = Numbers(0, 50, 0, 100)
Accuracies = Mapping[str, Mapping[int, Sequence[float]]]
Arm = dict[str, Any]


def read(accuracies: Accuracies) -> tuple[list[int], list[Arm]]:
    """Return the numbers of examples a class in order, and each arm with its seeds at each of them.

    Args:
        accuracies: for each arm's name the per cent of every seed, by examples a class.

    Returns:
        The numbers; for each arm its "name" and "seeds", a list for each number, rounded to two decimals and
        empty where nothing was measured.

    Raises:
        TypeError: a mapping, a number of examples or an accuracy is of the wrong kind.
        ValueError: too few or too many of them, a value outside 0 to 100, or arms with other numbers
            of seeds.

    Example:
        >>> read({"frozen": {5: [61, 62.5], 1: [40, 45]}, "scratch": {5: [50, 48]}})[1][1]
        {'name': 'scratch', 'seeds': [[], [50.0, 48.0]]}
    """
    _check_mapping("accuracies", accuracies)
    Whole(1, 6).check("the number of arms", len(accuracies))
    for name, found in accuracies.items():
        _check_mapping(f"accuracies of {name!r}", found)
    counts = sorted(
        {Whole(1, 10_000).check("each number of examples", n) for by in accuracies.values() for n in by}
    )
    Whole(2, 8).check("the number of numbers of examples", len(counts))
    arms = [
        {"name": str(name), "seeds": [_seeds(name, found.get(count, ())) for count in counts]}
        for name, found in accuracies.items()
    ]
    sizes = {len(seeds) for arm in arms for seeds in arm["seeds"] if seeds}
    if len(sizes) > 1:
        raise ValueError(f"accuracies must have as many seeds for every arm, got {sorted(sizes)}")
    return counts, arms


def _check_mapping(name: str, value: Any) -> None:
    if not isinstance(value, Mapping):
        raise TypeError(f"{name} must be a mapping, got {type(value).__name__}")


def _seeds(name: str, values: Any) -> list[float]:
    return [round(value, 2) for value in PER_CENT.check(f"accuracies of {name!r}", values)]


def range_of(seeds: Sequence[float]) -> dict[str, float] | None:
    """Return the least, the largest and the mean of some seeds, None where there are none.

    Example:
        >>> range_of([40.0, 45.0])
        {'low': 40.0, 'high': 45.0, 'mean': 42.5}
    """
    return {"low": min(seeds), "high": max(seeds), "mean": fmean(seeds)} if seeds else None


def overlaps(arms: Sequence[Arm], place: int) -> list[dict[str, Any]]:
    """Return the pairs of arms whose ranges have a value in common.

    Args:
        arms: as :func:`read` returns them; those without a seed there are left out.
        place: which number of examples, counted from 0.

    Returns:
        For each pair "above", the name of the arm that is above the other in more seeds, "below", the other,
        "times", in how many it is, and "equal", in how many both are the same.

    Example:
        >>> _, arms = read({"a": {1: [4, 5, 6], 2: []}, "b": {1: [5, 6, 6], 2: []}})
        >>> overlaps(arms, 0)
        [{'above': 'b', 'below': 'a', 'times': 2, 'equal': 1}]
    """
    found = []
    for one, two in itertools.combinations([arm for arm in arms if arm["seeds"][place]], 2):
        first, second = one["seeds"][place], two["seeds"][place]
        if min(first) > max(second) or min(second) > max(first):
            continue
        more = sum(a > b for a, b in zip(first, second, strict=True))
        less = sum(a < b for a, b in zip(first, second, strict=True))
        above, below = (one, two) if more >= less else (two, one)
        equal = len(first) - more - less
        found.append(
            {"above": above["name"], "below": below["name"], "times": max(more, less), "equal": equal}
        )
    return found


def span(arms: Sequence[Arm], chance: float) -> list[int]:
    """Return whole tens below and above all accuracies and chance, in per cent.

    Args:
        arms: as :func:`read` returns them.
        chance: what guessing gives.

    Example:
        >>> span([{"name": "a", "seeds": [[40.0, 45.0], []]}], 16.7)
        [10, 50]
    """
    values = [chance, *(seed for arm in arms for seeds in arm["seeds"] for seed in seeds)]
    low, high = 10 * math.floor(min(values) / 10), 10 * math.ceil(max(values) / 10)
    return [low, max(high, low + 10)]
