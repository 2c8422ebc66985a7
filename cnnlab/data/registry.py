"""What is known of every data set: one card each, in ``cnnlab/cards``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True)
class Card:
    """What is known of a data set.

    Attributes:
        name: name in the registry.
        what: what it holds, in one phrase.
        shape: shape, type and unit of one item.
        count: number of items.
        licence: licence as its publisher states it.
        attribution: whom to name.
        source: public address.
        citation: what to cite.
        bytes: size of the file, in bytes; 0 for what cnnlab makes itself.
        hash: "algorithm:value" as its publisher states it, "unverified", or "generated" by cnnlab.
        embedded: whether it ships with a dependency or is made on the spot, so that no network is needed.
    """

    name: str
    what: str
    shape: str
    count: str
    licence: str
    attribution: str
    source: str
    citation: str
    bytes: int
    hash: str
    embedded: bool


@cache
def cards() -> dict[str, Card]:
    """Return every data set's card by name, in alphabetical order.

    Example:
        >>> cards()["camera"].shape
        '512 x 512, uint8'
    """
    files = sorted(resources.files("cnnlab").joinpath("cards").iterdir(), key=lambda file: file.name)
    tables = {file.name.removesuffix(".toml"): tomllib.loads(file.read_text("utf-8")) for file in files}
    return {name: Card(name=name, **table) for name, table in tables.items()}
