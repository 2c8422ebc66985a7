"""Whether a file is the one that its publisher states a hash for."""

from __future__ import annotations

from pathlib import Path

from cnnlab.data.registry import UNVERIFIED, Card, Part


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
