"""Losses of several arms at the same learning rates: what is drawn of them, and where each ends."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import takewhile
from typing import Any

from cnnlab.explorers.kit.limits import Whole, reals

MOST_LOSSES = 5_000
Curves = Mapping[str, Mapping[float, Sequence[float]]]
Arm = dict[str, Any]


def read(curves: Curves) -> tuple[list[float], list[Arm], int]:
    """Return the rates in order, each arm with its finite losses by rate, and the number of steps.

    Args:
        curves: for each arm's name the losses of every step, by learning rate.

    Returns:
        The rates; for each arm its "name" and "losses", a list a rate, cut off before its first loss that is
        not finite; the length of the longest curve.

    Raises:
        TypeError: a mapping, a name, a rate or a loss is of the wrong kind.
        ValueError: too few or too many arms, rates or losses, one that is negative, or rates that differ.

    Example:
        >>> read({"plain": {0.1: [2, 1, 0.5], 1: [2, 9, float("nan")]}})
        ([0.1, 1.0], [{'name': 'plain', 'losses': [[2.0, 1.0, 0.5], [2.0, 9.0]]}], 3)
    """
    _check_mapping("curves", curves)
    Whole(1, 3).check("the number of arms", len(curves))
    given = {str(name): _by_rate(str(name), losses) for name, losses in curves.items()}
    rates = list(next(iter(given.values())))
    for name, losses in given.items():
        if list(losses) != rates:
            raise ValueError(
                f"curves must have the rates {rates} for every arm, got {list(losses)} for {name!r}"
            )
    all_losses = [losses for by_rate in given.values() for losses in by_rate.values()]
    count = sum(map(len, all_losses))
    if count > MOST_LOSSES:
        raise ValueError(f"curves must have at most {MOST_LOSSES} losses in all, got {count}")
    arms = [
        {"name": name, "losses": [_known(losses) for losses in found.values()]}
        for name, found in given.items()
    ]
    if not any(any(losses) for arm in arms for losses in arm["losses"]):
        raise ValueError("curves must have a loss that is finite and positive, got none")
    return rates, arms, max(map(len, all_losses))


def _check_mapping(name: str, value: Any) -> None:
    if not isinstance(value, Mapping):
        raise TypeError(f"{name} must be a mapping, got {type(value).__name__}")


def _by_rate(name: str, given: Any) -> dict[float, list[float]]:
    """One arm's losses, the smallest rate first."""
    _check_mapping(f"curves of {name!r}", given)
    Whole(2, 12).check(f"the number of rates of {name!r}", len(given))
    rates = reals(f"rates of {name!r}", list(given))
    if not all(0 < rate < math.inf for rate in rates):
        raise ValueError(f"rates of {name!r} must be positive and finite, got {rates}")
    found = {
        rate: reals(f"losses of {name!r}", losses) for rate, losses in zip(rates, given.values(), strict=True)
    }
    for losses in found.values():
        if not losses or any(loss < 0 for loss in losses):
            raise ValueError(f"losses of {name!r} must be one or more numbers of at least 0, got {losses}")
    return dict(sorted(found.items()))


def _known(losses: list[float]) -> list[float]:
    """The losses before the first that is not finite, to four digits."""
    return [float(f"{loss:.4g}") for loss in takewhile(math.isfinite, losses)]


def last(arm: Arm, steps: int) -> list[float | None]:
    """Return an arm's last loss at each rate, None where the curve ended before the last step.

    Args:
        arm: as ``read`` returns it.
        steps: length of the longest curve.

    Example:
        >>> rates, (arm,), steps = read({"plain": {0.1: [2, 1, 0.5], 1: [2, 9, float("nan")]}})
        >>> last(arm, steps)
        [0.5, None]
    """
    return [losses[-1] if len(losses) == steps else None for losses in arm["losses"]]


def best(arm: Arm, steps: int) -> int | None:
    """Return the place of the rate with the least last loss, the first of equals; None where all ended.

    Args:
        arm: as ``read`` returns it.
        steps: length of the longest curve.
    """
    ends = last(arm, steps)
    known = [place for place, loss in enumerate(ends) if loss is not None]
    return min(known, key=lambda place: ends[place] or 0.0, default=None)


def span(arms: Sequence[Arm]) -> list[float]:
    """Return the least and the largest loss that the picture holds.

    It starts at the least that is not 0, at most six powers of ten below the top, and stops at ten times the
    largest first loss: what climbs above that leaves the picture.

    Args:
        arms: as ``read`` returns them.

    Example:
        >>> span([{"losses": [[2.0, 0.5], [2.0, 1e9]]}])
        [0.5, 20.0]
    """
    curves = [losses for arm in arms for losses in arm["losses"] if any(losses)]
    seen = [loss for losses in curves for loss in losses if loss > 0]
    top = min(max(seen), 10 * (max(losses[0] for losses in curves) or max(seen)))
    low = max(min(seen), 1e-6 * top)
    return [min(low, top / 2), top]
