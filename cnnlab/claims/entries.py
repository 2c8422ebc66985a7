"""What the lessons claim: one table a claim in ``lessons/<topic>/claims.toml``, read and validated.

Measured values live in ``evidence.json`` beside it, written by ``make evidence``; values of a run at full
scale, with their provenance, in ``full.json``.
"""

from __future__ import annotations

import json
import math
import re
import tomllib
from collections import ChainMap
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

# What a share, a difference of shares or a ratio can be; other units are open unless they say `range`.
RANGES = {"%": (0.0, 100.0), "percentage points": (-100.0, 100.0), "times": (0.0, math.inf)}
OPEN = (-math.inf, math.inf)
DIFFERENCES = ("", "positive", "negative", "none")


@dataclass(frozen=True)
class Claim:
    """One entry of the ledger.

    Attributes:
        id: topic and name, such as ``"lenet.parameters"``.
        source: where the number comes from.
        unit: unit of the value, empty for a plain number.
        value: an exact number, or nested list of numbers.
        recorded: a published result, likewise; it is shown with its source and never checked.
        decimals: decimals to which an exact value is compared and a measured one is printed; may be negative.
        step: smallest step of a measured count or share; otherwise a unit of its last printed decimal.
        bar: one side of what a measured value may be, such as "at least 97". Without ``decimals`` it is all
            there is, as for a time, which no seed decides.
        difference: what the text says of a difference over paired seeds: "positive", "negative" or "none".
        range: lowest and highest possible value, where the unit does not say.
        seeds: what the seeds measured, from evidence.json.
    """

    id: str
    source: str
    unit: str = ""
    value: Any = None
    recorded: Any = None
    decimals: int | None = None
    step: float | None = None
    bar: str = ""
    difference: str = ""
    range: tuple[float, float] | None = None
    seeds: tuple[float, ...] = ()

    @property
    def topic(self) -> str:
        """The part of the id that names the lesson's folder."""
        return self.id.split(".")[0]

    @property
    def kind(self) -> str:
        """Return "exact", "recorded" or "measured"."""
        return "exact" if self.value is not None else "recorded" if self.recorded is not None else "measured"

    @property
    def needs_seeds(self) -> bool:
        """Whether ``make evidence`` must have measured it."""
        return self.kind == "measured" and self.decimals is not None

    @property
    def limit(self) -> tuple[float, float]:
        """The bar as lowest and highest value."""
        if not self.bar:
            return OPEN
        word, number = self.bar.removeprefix("at ").split()
        bound = float(number.replace(",", ""))
        return (bound, math.inf) if word == "least" else (-math.inf, bound)

    @property
    def possible(self) -> tuple[float, float]:
        """The lowest and the highest possible value."""
        return self.range or RANGES.get(self.unit, OPEN)


@cache
def ledger() -> dict[str, Claim]:
    """Return every claim of every lesson by its id, read and validated once."""
    found: dict[str, Claim] = {}
    for folder in sorted(_lessons().iterdir(), key=lambda folder: folder.name):
        table = folder / "claims.toml"
        if table.is_file():
            record = _json(folder / "evidence.json")
            swept = [run["claims"] for run in record.get("sweeps", {}).values()]
            seeds = ChainMap(*swept, record.get("claims", {}))
            found |= parse(table.read_text(encoding="utf-8"), folder.name, seeds)
    return found


@cache
def evidence(topic: str) -> dict[str, Any]:
    """Return what ``make evidence`` recorded for a lesson; empty if nothing.

    Of the notebook "code" (a hash), "seeds" and "claims"; in "sweeps" for each experiment of ``sweep.py``
    "code", "seconds" (of one seed) and "claims".
    """
    return _json(_lessons() / topic / "evidence.json")


def sweep(claim: Claim) -> dict[str, Any]:
    """Return what ``make evidence`` recorded for the sweep that measured a claim; empty if none did."""
    runs = evidence(claim.topic).get("sweeps", {}).values()
    return next((run for run in runs if claim.id in run["claims"]), {})


@cache
def full(topic: str) -> dict[str, float]:
    """Return what a recorded run at full scale gave, by the claims' ids; empty if there is none."""
    return _json(_lessons() / topic / "full.json").get("values", {})


@cache
def topics() -> set[str]:
    """Return the names of the lessons' folders."""
    return {folder.name for folder in _lessons().iterdir() if folder.joinpath("__init__.py").is_file()}


def find(id: str) -> Claim:
    """Return the claim of that id.

    Raises:
        KeyError: the ledger has no such claim.
    """
    if id not in ledger():
        raise KeyError(f"claim must be in the ledger of its lesson, got {id!r}")
    return ledger()[id]


def parse(text: str, topic: str, seeds: Mapping[str, Iterable[float]] | None = None) -> dict[str, Claim]:
    """Return the claims written in TOML ``text``, by id.

    Args:
        text: one table a claim; its name is the part of the id behind the topic.
        topic: the lesson.
        seeds: what the seeds measured, by id.

    Raises:
        ValueError: a claim is not well formed; the message names it and the rule.
    """
    found = {}
    for name, entry in tomllib.loads(text).items():
        id = f"{topic}.{name}"
        _validate(id, entry)
        changed = {"seeds": tuple((seeds or {}).get(id, ()))}
        if "range" in entry:
            changed["range"] = tuple(entry["range"])
        found[id] = Claim(id=id, **(entry | changed))
    return found


def flatten(value: Any) -> list[float]:
    """Return the numbers of a (nested) list, in order."""
    if isinstance(value, (list, tuple)):
        return [number for item in value for number in flatten(item)]
    return [float(value)]


def _lessons() -> Traversable:
    return resources.files("cnnlab").joinpath("lessons")


def _json(file: Traversable) -> dict[str, Any]:
    return json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}


def _validate(id: str, entry: Mapping[str, Any]) -> None:
    unknown = set(entry) - ({field.name for field in fields(Claim)} - {"id", "seeds"})
    if unknown:
        raise ValueError(f"claim {id} must use known fields only, got {', '.join(sorted(unknown))}")
    if not entry.get("source"):
        raise ValueError(f"claim {id} must name its source, got {entry.get('source')!r}")
    if "value" in entry and "recorded" in entry:
        raise ValueError(f"claim {id} must have a value or a recorded one, got both")
    if "value" not in entry and "recorded" not in entry:
        _validate_measured(id, entry)


def _validate_measured(id: str, entry: Mapping[str, Any]) -> None:
    bar = entry.get("bar", "")
    if "decimals" not in entry and not bar:
        raise ValueError(f"claim {id} must have a value, a recorded one, decimals or a bar, got none")
    if bar and not re.fullmatch(r"at (least|most) -?\d[\d,]*(\.\d+)?", bar):
        raise ValueError(f"claim {id} must have a bar like 'at least 97', got {bar!r}")
    if entry.get("difference", "") not in DIFFERENCES:
        words = ", ".join(word for word in DIFFERENCES if word)
        raise ValueError(f"claim {id} must have a difference of {words}, got {entry['difference']!r}")
