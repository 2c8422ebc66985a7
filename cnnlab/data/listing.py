"""Every data set on a line, with what is here of it."""

from __future__ import annotations

from cnnlab.data.registry import cards
from cnnlab.data.store import folders, state


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
