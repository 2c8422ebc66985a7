"""The check that a computed number is what the lesson says, and the line that shows it."""

from __future__ import annotations

import json
import math
import os
import re
from statistics import fmean
from typing import Any

from cnnlab.claims.entries import Claim, find, flatten, full, sweep
from cnnlab.claims.seeds import tolerance

# Counts of seeds as the line spells them; another count stands in digits.
_WORDS = {3: "three", 5: "five", 10: "ten"}


class ClaimError(AssertionError):
    """A computed number is not what the lesson says."""


class Line(str):
    """A text that a notebook shows as it is, without quotes."""

    def __repr__(self) -> str:
        return str(self)


def check(id: str, value: Any) -> Line:
    """Return the result as one line: an exact value, or this run's value beside what the seeds gave.

    A reader who changed a cell is told when the value is another one; where the course is tested
    (``CNNLAB_CLAIMS=strict``, pytest, CI) that is an error. At full scale a measured value is shown beside
    the recorded run, and not judged.

    Args:
        id: the claim's id in the ledger.
        value: what was computed: a number, or a (nested) list, array or tensor of numbers.

    Raises:
        ClaimError: the value is not what the lesson says, and the course is being tested.
        KeyError: the ledger has no such claim.
        ValueError: the claim is a recorded one, which no run can check.

    Example:
        >>> check("conv1d.lecture_example", [0, 1, 2, -1, -2])
        0, 1, 2, -1, -2
    """
    claim = find(id)
    if claim.kind == "recorded":
        raise ValueError(f"claim {id} must be exact or measured to be checked, got a recorded one")
    plain = _plain(value)
    _log(id, plain)
    return _check_exact(claim, plain) if claim.kind == "exact" else _check_measured(claim, plain)


def recorded(id: str) -> Line:
    """Return a published result with its source, as one line.

    Raises:
        KeyError: the ledger has no such claim.
        ValueError: the claim is not a recorded one.
    """
    claim = find(id)
    if claim.kind != "recorded":
        raise ValueError(f"claim {id} must be recorded to be shown unchecked, got kind {claim.kind!r}")
    return Line(f"{_spell(claim.recorded)}{_unit(claim)} (recorded: {claim.source})")


def ran(id: str) -> Line:
    """Return what an experiment too slow for its lesson gave beforehand, as one line.

    Its minutes are those of all seeds, one after the other, on one thread.

    Args:
        id: the claim's id in the ledger; a function of the lesson's ``sweep.py`` measured it.

    Raises:
        ClaimError: no sweep has measured it, and the course is being tested.
        KeyError: the ledger has no such claim.
    """
    claim = find(id)
    run = sweep(claim)
    if not run:
        _fail(f"claim {id} must have been measured by a function of sweep.py: make evidence")
        return Line("not run yet: make evidence")
    minutes = max(1, math.ceil(run["seconds"] * len(claim.seeds) / 60))
    return Line(f"run beforehand, {shown(claim)} ({minutes} minute{'s' if minutes > 1 else ''})")


def measured(id: str) -> list[float]:
    """Return what each seed gave, in the order of the seeds, for a figure to draw; empty before evidence.

    Raises:
        KeyError: the ledger has no such claim.

    Example:
        >>> len(measured("lenet.accuracy"))
        10
    """
    return list(find(id).seeds)


def shown(claim: Claim) -> str:
    """Return what every run's line of a claim holds, whatever the run gave."""
    if claim.kind == "exact":
        return f"{_spell(claim.value)}{_unit(claim)}"
    if claim.kind == "recorded":
        return f"{_spell(claim.recorded)}{_unit(claim)} (recorded: "
    if claim.seeds:
        return f"{_WORDS.get(len(claim.seeds), len(claim.seeds))} seeds: {_between(claim)}{_unit(claim)}"
    return f"the course's bar: {claim.bar}{_unit(claim)}"


def quote(claim: Claim, form: str = "") -> str:
    """Return how prose quotes a measured claim: its seeds' range, their mean for form "mean", or its bar.

    Example:
        >>> quote(Claim("a.b", "seeds", unit="%", decimals=1, seeds=(97.28, 98.91)))
        '97.3 to 98.9 %'
    """
    per_cent = " %" if claim.unit == "%" else ""
    if not claim.seeds:
        return f"{claim.bar}{per_cent}"
    return (_number(claim, fmean(claim.seeds)) if form == "mean" else _between(claim)) + per_cent


def quoted_numbers(text: str) -> list[float]:
    """Return the numbers in a piece of prose, in order; commas between thousands are allowed.

    Example:
        >>> quoted_numbers("from 1,024 to −2.5 %")
        [1024.0, -2.5]
    """
    text = text.replace("−", "-")
    return [float(number.replace(",", "")) for number in re.findall(r"-?\d+(?:,\d{3})*(?:\.\d+)?", text)]


def _check_exact(claim: Claim, value: Any) -> Line:
    actual = value
    if claim.decimals is not None:
        actual = _map(lambda number: round(number, claim.decimals), value)
    if actual == claim.value and _all_numbers(value):
        return Line(shown(claim))
    _fail(f"claim {claim.id}: expected {claim.value}, got {value} (source: {claim.source})")
    return Line(f"this run: {value}; the course's value: {shown(claim)}")


def _check_measured(claim: Claim, value: Any) -> Line:
    number = isinstance(value, (int, float)) and _all_numbers(value)
    this_run = f"this run: {_number(claim, value)}{_unit(claim)}" if number else f"this run: {value}"
    if os.environ.get("CNNLAB_SCALE") == "full":
        recorded = full(claim.topic).get(claim.id)
        told = "no run is recorded" if recorded is None else f"{_number(claim, recorded)}{_unit(claim)}"
        return Line(f"{this_run}; full scale: {told}")
    # Evidence collects what the seeds give before anyone knows what a run may be.
    collecting = os.environ.get("CNNLAB_CLAIMS") == "collect"
    unknown = claim.needs_seeds and not claim.seeds
    line = f"{this_run}; no seeds are recorded: make evidence" if unknown else f"{this_run}; {shown(claim)}"
    low, high = tolerance(claim)
    if number and (collecting or (low <= value <= high and not unknown)):
        return Line(line)
    _fail(f"claim {claim.id}: {line}, outside what it may be (source: {claim.source})")
    return Line(f"{line}; this run lies outside")


def _fail(message: str) -> None:
    """Raise where the course is tested; a reader, who may have changed a cell, is only told."""
    testing = {"CI", "PYTEST_CURRENT_TEST"} & os.environ.keys()
    if testing or os.environ.get("CNNLAB_CLAIMS") in ("strict", "collect"):
        raise ClaimError(message)


def _all_numbers(value: Any) -> bool:
    """Whether there are only finite numbers: True, infinities and NaN are none."""
    if isinstance(value, list):
        return all(map(_all_numbers, value))
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)


def _plain(value: Any) -> Any:
    """Numbers and nested lists of numbers, whatever array they came in."""
    value = value.tolist() if hasattr(value, "tolist") else value
    return [_plain(item) for item in value] if isinstance(value, (list, tuple)) else value


def _map(function: Any, value: Any) -> Any:
    if isinstance(value, list):
        return [_map(function, item) for item in value]
    return function(value) if isinstance(value, (int, float)) else value


def _number(claim: Claim, value: float) -> str:
    decimals = claim.decimals or 0
    rounded = round(value, decimals) + 0.0  # no "-0"
    return f"{rounded:,.{max(decimals, 0)}f}"


def _between(claim: Claim) -> str:
    low, high = (_number(claim, value) for value in (min(claim.seeds), max(claim.seeds)))
    return low if low == high else f"{low} to {high}"


def _spell(value: Any) -> str:
    numbers = flatten(value)
    return ", ".join(f"{int(number):,}" if number == int(number) else f"{number:,}" for number in numbers)


def _unit(claim: Claim) -> str:
    return f" {claim.unit}" if claim.unit else ""


def _log(id: str, value: Any) -> None:
    """Append the value to the file that a run with several seeds collects its evidence in."""
    path = os.environ.get("CNNLAB_CLAIMS_LOG")
    if path:
        with open(path, "a", encoding="utf-8") as file:
            file.write(json.dumps({"id": id, "value": value}) + "\n")
