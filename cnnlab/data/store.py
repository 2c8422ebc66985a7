"""Where sets lie on the disk: looked for, and downloaded where they are not."""

from __future__ import annotations

import os
from pathlib import Path

from cnnlab._arguments import one_of, positive_number
from cnnlab.data.download import download
from cnnlab.data.registry import UNVERIFIED, Card, cards, holds

_told: set[str] = set()


def folders() -> list[Path]:
    """Return the data folders in which sets are looked for; downloads go to the first.

    ``$CNNLAB_DATA`` comes first where it is set, then ``data/downloads`` of the project that cnnlab is
    installed from, or of the current folder where cnnlab is installed apart from its project.
    """
    project = Path(__file__).parents[2]
    # Unlike Path.is_file, os.path.isfile is false, not an error, below a folder that may not be entered.
    if not os.path.isfile(project / "pyproject.toml"):
        project = Path.cwd()
    chosen = os.environ.get("CNNLAB_DATA")
    return [*([Path(chosen).expanduser().absolute()] if chosen else []), project / "data" / "downloads"]


def find(card: Card) -> Path | None:
    """Return the first data folder that holds a set whole and unharmed, None where there is none."""
    return next((folder for folder in folders() if holds(folder, card)), None)


def stand_in(card: Card) -> Path | None:
    """Return a file with a network's weights under another name, such as a copy in half precision."""
    published = Path(card.place)
    found = [path for folder in folders() for path in (folder / published.parent).glob(f"{card.name}-*.pth")]
    # A file with the published name is either the published one or damaged.
    return next((path for path in sorted(found) if path.name != published.name), None)


def state(card: Card) -> str:
    """Return "embedded", "verified", "unverified" or "not here".

    Unverified is a set whose publisher states no hash, and a network's weights from another file.

    Example:
        >>> state(cards()["camera"])
        'embedded'
    """
    if card.embedded:
        return "embedded"
    if find(card) is None:
        return UNVERIFIED if stand_in(card) else "not here"
    return UNVERIFIED if card.hash == UNVERIFIED else "verified"


def fetch(name: str, *, timeout: float = 30.0) -> Path:
    """Return the data folder that holds a set, after downloading the set where no folder holds it.

    A set is looked for in ``$CNNLAB_DATA``, then in ``data/downloads``; files whose publisher states a hash
    are used only if they have it. A download shows a progress bar (not with ``CNNLAB_PROGRESS=off``), is
    verified after it is complete, and is moved into place as a whole.

    Args:
        name: name of a card whose set is not embedded.
        timeout: seconds that a server may be silent; one that is busy or silent is asked three times.

    Returns:
        The data folder; the set lies in it at the card's ``place``.

    Raises:
        ValueError: no such set, or a timeout that is not positive.
        DataError: the set is not here and could not be downloaded; the sentence says why, and what to do.

    Example:
        >>> fetch("camera")  # doctest: +ELLIPSIS
        Traceback (most recent call last):
        ValueError: name must be one of 'alexnet', ..., got 'camera'
    """
    one_of("name", name, [card.name for card in cards().values() if not card.embedded])
    timeout = positive_number("timeout", timeout)
    card = cards()[name]
    folder = find(card)
    if folder is None:
        folder = folders()[0]
        download(card, folder, timeout=timeout)
    if card.hash == UNVERIFIED:
        tell(f"{name}: its publisher states no hash, so these files are unverified")
    return folder


def tell(sentence: str) -> None:
    """Print a sentence, once in a session."""
    if sentence not in _told:
        _told.add(sentence)
        print(sentence)


def listing() -> str:
    """Return a table of every card: name, whether the set is here and verified, size, and what it is.

    Below it stand the folders in which sets are looked for. What is here is verified anew.

    Example:
        >>> [line.split()[:4] for line in listing().splitlines() if line.startswith("camera")]
        [['camera', 'embedded', '0.14', 'MB']]
    """
    rows = [("name", "state", "size", "what")]
    rows += [(card.name, state(card), _size(card.bytes), card.what) for card in cards().values()]
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    name, here, size = widths
    lines = [f"{row[0]:{name}}  {row[1]:{here}}  {row[2]:>{size}}  {row[3]}" for row in rows]
    return "\n".join([*lines, "", "looked for in", *(f"  {folder}" for folder in folders())])


def _size(size: int) -> str:
    """Return a size in megabytes (10^6 bytes), to two digits where it is small."""
    return f"{size / 1e6:.3g} MB" if size else "-"
