"""What is known of every data set: one card each, in ``cnnlab/cards``, and whether a folder holds it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from importlib.util import find_spec
from os.path import commonpath
from pathlib import Path
from typing import Any

UNVERIFIED = "unverified"


@dataclass(frozen=True)
class Part:
    """A file of a set, as it lies in the data folder.

    Attributes:
        path: where it lies, below the data folder.
        hash: "algorithm:value" as its publisher states it (the value may be its first digits only), or
            "unverified".
    """

    path: str
    hash: str = UNVERIFIED


@dataclass(frozen=True)
class File(Part):
    """A file to download.

    Attributes:
        address: where its publisher offers it.
        mirrors: other addresses, tried in this order.
        bytes: its size in bytes; 0 where none is published to the byte.
        unpack: whether it is an archive (zip, tar.gz), of which only the contents are kept.
    """

    address: str = ""
    mirrors: tuple[str, ...] = ()
    bytes: int = 0
    unpack: bool = False


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
        bytes: size of the file or of the download, in bytes, rounded where its publisher rounds it; 0 for
            what cnnlab makes itself and where no size is published.
        hash: "algorithm:value" as its publisher states it, "unverified", or "generated" by cnnlab; of several
            files to download each one's, in their order.
        embedded: whether it ships with cnnlab or a dependency, or is made on the spot: no network is needed.
        classes: names of the classes, in the order of their labels.
        files: what to download; empty for an embedded set.
        parts: what an archive holds and its publisher states hashes for.
        folder: the folder that an archive without stated hashes holds, kept as a whole.
        loader: the function of ``cnnlab.data`` that is asked for the set by its name, such as "photograph";
            where the card says none, the set has one of its own name.
        shipped: the file that an embedded set is, below the folder of the package that ships it.
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
    classes: tuple[str, ...] = ()
    files: tuple[File, ...] = ()
    parts: tuple[Part, ...] = ()
    folder: str = ""
    loader: str = ""
    shipped: str = ""

    @property
    def code(self) -> str:
        """What loads the set, as a reader writes it."""
        return f"data.{self.name}" if self.loader == self.name else f'data.{self.loader}("{self.name}")'

    @property
    def contents(self) -> tuple[Part, ...]:
        """The files that must be there before the set is used; none for a folder kept as a whole."""
        return self.parts or tuple(file for file in self.files if not file.unpack)

    @property
    def place(self) -> str:
        """The file or folder below the data folder that holds the set."""
        return self.folder or commonpath([part.path for part in self.contents])


@cache
def cards() -> dict[str, Card]:
    """Return every data set's card by name, in alphabetical order.

    Example:
        >>> cards()["camera"].shape
        '512 x 512, uint8'
        >>> cards()["mnist"].files[0].hash
        'md5:f68b3c2dcbeaaa9fbdd348bbdeb94873'
    """
    entries = resources.files("cnnlab").joinpath("cards").iterdir()
    files = sorted(entries, key=lambda file: file.name)
    tables = {file.name.removesuffix(".toml"): tomllib.loads(file.read_text("utf-8")) for file in files}
    return {name: _card(name, table) for name, table in tables.items()}


def loaded_by(loader: str) -> tuple[str, ...]:
    """Return the names of the sets that a function of ``cnnlab.data`` loads by name, in alphabetical order.

    Example:
        >>> "camera" in loaded_by("photograph")
        True
    """
    return tuple(card.name for card in cards().values() if card.loader == loader)


def shipped_file(card: Card) -> Path:
    """Return the file that an embedded set is; the package that ships it is not imported.

    Raises:
        ModuleNotFoundError: the package is not installed.
    """
    package, _, path = card.shipped.partition("/")
    found = find_spec(package)
    if found is None or not found.submodule_search_locations:
        raise ModuleNotFoundError(
            f"{package} must be installed, for {card.name} ships with it, got no package"
        )
    return Path(found.submodule_search_locations[0]) / path


def _card(name: str, table: dict[str, Any]) -> Card:
    table.setdefault("loader", name)
    table["classes"] = tuple(table.get("classes", ()))
    table["parts"] = tuple(Part(**part) for part in table.get("parts", ()))
    table["files"] = tuple(
        File(**{**file, "mirrors": tuple(file.get("mirrors", ()))}) for file in table.get("files", ())
    )
    if table["files"]:
        table["hash"] = ", ".join(file.hash for file in table["files"])
    return Card(name=name, **table)


def wrong(path: Path, part: Part) -> str:
    """Return what is wrong with a file's hash, as a sentence; empty where nothing is.

    Args:
        path: the file.
        part: what is stated of it; nothing is wrong with what nothing is stated of.
    """
    if part.hash == UNVERIFIED:
        return ""
    from pooch import file_hash

    algorithm, stated = part.hash.split(":")
    found = file_hash(str(path), algorithm)
    # PyTorch states the first eight digits only.
    return "" if found.startswith(stated) else f"its {algorithm} is {found}, not {stated}"


def holds(folder: Path, card: Card) -> bool:
    """Return whether a data folder holds a set: every file with its hash, or the folder kept as a whole."""
    paths = [(folder / part.path, part) for part in card.contents]
    try:
        if not paths:
            return (folder / card.place).is_dir()
        return all(path.is_file() for path, _ in paths) and not any(wrong(path, part) for path, part in paths)
    except PermissionError:
        return False
