"""The ledger of every number that the course states, and the check that each one is true.

``claims.toml`` holds one table a claim. A notebook computes the number and calls :func:`check`; its prose
quotes it as ``[61,706](#claim:lenet5.parameters)``, and a test compares the two.
"""

from __future__ import annotations

import json
import math
import os
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

KINDS = ("exact", "band", "recorded")
FIELDS = {"value", "low", "high", "values", "reason", "bar", "decimals", "kind", "unit", "source", "notebook"}


class ClaimError(AssertionError):
    """A computed number does not hold what the ledger claims."""


class Line(str):
    """A text that a notebook shows as it is, without quotes."""

    def __repr__(self) -> str:
        return str(self)


@dataclass(frozen=True)
class Claim:
    """One entry of the ledger.

    Attributes:
        id: name, such as ``"lenet5.parameters"``.
        kind: "exact", "band" or "recorded".
        unit: unit of the value, empty for a plain number.
        source: where the number comes from.
        notebook: number of the notebook that checks it, such as ``"01"``.
        value: the number or nested list of numbers (exact and recorded).
        decimals: decimals to which an exact value is compared; None means no rounding.
        low: lower bound of a band, or None.
        high: upper bound of a band, or None.
        values: what several seeds gave (bands).
        reason: why the band is as wide as it is.
        bar: an issue or text that set a one-sided band.
    """

    id: str
    kind: str
    source: str
    notebook: str
    unit: str = ""
    value: Any = None
    decimals: int | None = None
    low: float | None = None
    high: float | None = None
    values: tuple[float, ...] = ()
    reason: str = ""
    bar: str = ""

    @property
    def numbers(self) -> list[float]:
        """The numbers that prose may quote, in order: the value, or the bounds of the band."""
        if self.kind == "band":
            return [bound for bound in (self.low, self.high) if bound is not None]
        return list(_flatten(self.value))


def check(id: str, value: Any) -> Line:
    """Return one line that says the claim holds.

    Args:
        id: the claim's name in the ledger.
        value: what was computed: a number, or a (nested) list, array or tensor of numbers.

    Returns:
        A line that is the same on every machine: a band's line does not show the value.

    Raises:
        ClaimError: the value is not what the ledger says; the message has both.
        KeyError: the ledger has no such claim.
        ValueError: the claim is a recorded one, which no run can check.

    Example:
        >>> check("conv1d.deck_example", [0, 1, 2, -1, -2])
        claim conv1d.deck_example holds: 0, 1, 2, -1, -2 exactly
    """
    claim = find(id)
    if claim.kind == "recorded":
        raise ValueError(f"claim {id} must be exact or a band to be checked, got a recorded one")
    plain = _plain(value)
    _log(id, plain)
    if claim.kind == "exact":
        return _check_exact(claim, plain)
    return _check_band(claim, plain)


def recorded(id: str) -> Line:
    """Return a published result with its source, as one line.

    Raises:
        KeyError: the ledger has no such claim.
        ValueError: the claim is not a recorded one.
    """
    claim = find(id)
    if claim.kind != "recorded":
        raise ValueError(f"claim {id} must be recorded to be shown unchecked, got kind {claim.kind!r}")
    return Line(f"{_spell(claim.numbers)}{_unit(claim)} (recorded: {claim.source})")


def find(id: str) -> Claim:
    """Return the claim of that name.

    Raises:
        KeyError: the ledger has no such claim.
    """
    if id not in ledger():
        raise KeyError(f"claim must be in claims.toml, got {id!r}")
    return ledger()[id]


@cache
def ledger() -> dict[str, Claim]:
    """Return every claim by its name, read and validated once."""
    text = resources.files("cnnlab").joinpath("claims.toml").read_text(encoding="utf-8")
    return parse(text)


def parse(text: str) -> dict[str, Claim]:
    """Return the claims written in TOML ``text``, by name.

    Raises:
        ValueError: a claim is not well formed; the message names it and the rule.
    """
    claims = {}
    for id, entry in tomllib.loads(text).items():
        _validate(id, entry)
        entry = dict(entry, values=tuple(entry.get("values", ())))
        claims[id] = Claim(id=id, **entry)
    return claims


def quoted_numbers(text: str) -> list[float]:
    """Return the numbers in a piece of prose, in order; commas between thousands are allowed.

    Example:
        >>> quoted_numbers("from 1,024 to −2.5 %")
        [1024.0, -2.5]
    """
    text = text.replace("−", "-")
    return [float(number.replace(",", "")) for number in re.findall(r"-?\d+(?:,\d{3})*(?:\.\d+)?", text)]


def _validate(id: str, entry: Mapping[str, Any]) -> None:
    unknown = set(entry) - FIELDS
    if unknown:
        raise ValueError(f"claim {id} must use known fields only, got {', '.join(sorted(unknown))}")
    if entry.get("kind") not in KINDS:
        raise ValueError(f"claim {id} must have a kind of {', '.join(KINDS)}, got {entry.get('kind')!r}")
    for field in ("source", "notebook"):
        if not entry.get(field):
            raise ValueError(f"claim {id} must name its {field}, got {entry.get(field)!r}")
    if entry["kind"] == "band":
        _validate_band(id, entry)
    elif "value" not in entry:
        raise ValueError(f"claim {id} must have a value, got none")


def _validate_band(id: str, entry: Mapping[str, Any]) -> None:
    low, high, values = entry.get("low"), entry.get("high"), entry.get("values", [])
    if len(values) < 3:
        raise ValueError(f"claim {id} must list the values of at least three runs, got {len(values)}")
    if not entry.get("reason"):
        raise ValueError(f"claim {id} must give the reason of its band, got none")
    for value in values:
        if not _within(value, low, high):
            raise ValueError(f"claim {id} must hold for its own values, got {value} for [{low}, {high}]")
    if low is None or high is None:
        if (low is None and high is None) or not entry.get("bar"):
            raise ValueError(f"claim {id} must name the bar that made it one-sided, got none")
        return
    spread = max(values) - min(values)
    if high - low > 4 * spread * (1 + 1e-9):
        raise ValueError(f"claim {id} must be at most 4 x {spread:g} wide, got {high - low:g}")


def _check_exact(claim: Claim, value: Any) -> Line:
    expected, actual = claim.value, value
    if claim.decimals is not None:
        actual = _map(lambda number: round(number, claim.decimals), value)
    if actual != expected:
        raise ClaimError(f"claim {claim.id}: expected {expected}, got {value} (source: {claim.source})")
    digits = "exactly" if claim.decimals is None else f"to {claim.decimals} decimals"
    return Line(f"claim {claim.id} holds: {_spell(claim.numbers)}{_unit(claim)} {digits}")


def _check_band(claim: Claim, value: Any) -> Line:
    bounds = " and ".join(
        f"{word} {bound:,g}"
        for word, bound in (("at least", claim.low), ("at most", claim.high))
        if bound is not None
    )
    # Evidence collects what several seeds give before anyone knows how wide the band must be.
    collecting = os.environ.get("CNNLAB_CLAIMS") == "collect"
    if not isinstance(value, (int, float)) or not (collecting or _within(value, claim.low, claim.high)):
        raise ClaimError(f"claim {claim.id}: expected {bounds}, got {value} (source: {claim.source})")
    return Line(f"claim {claim.id} holds: {bounds}{_unit(claim)}")


def _within(value: float, low: float | None, high: float | None) -> bool:
    return not math.isnan(value) and (low is None or value >= low) and (high is None or value <= high)


def _plain(value: Any) -> Any:
    """Numbers and nested lists of numbers, whatever array they came in."""
    value = value.tolist() if hasattr(value, "tolist") else value
    return [_plain(item) for item in value] if isinstance(value, (list, tuple)) else value


def _map(function: Any, value: Any) -> Any:
    return [_map(function, item) for item in value] if isinstance(value, list) else function(value)


def _flatten(value: Any) -> Iterable[float]:
    if isinstance(value, (list, tuple)):
        for item in value:
            yield from _flatten(item)
    else:
        yield float(value)


def _spell(numbers: list[float]) -> str:
    return ", ".join(f"{int(number):,}" if number == int(number) else f"{number:,}" for number in numbers)


def _unit(claim: Claim) -> str:
    return f" {claim.unit}" if claim.unit else ""


def _log(id: str, value: Any) -> None:
    """Append the value to the file that a run with several seeds collects its evidence in."""
    path = os.environ.get("CNNLAB_CLAIMS_LOG")
    if path:
        with open(path, "a", encoding="utf-8") as file:
            file.write(json.dumps({"id": id, "value": value}) + "\n")
