"""The reader's working copy: new notebooks arrive, edited ones are never overwritten."""

from __future__ import annotations

import hashlib
import itertools
import json
from collections.abc import Sequence
from pathlib import Path

from cnnlab.notebooks.files import write_whole

RECORD = ".delivered.json"


def deliver(sources: Sequence[Path], folder: Path) -> list[str]:
    """Copy notebooks into a working folder and return one sentence for each file the reader must know of.

    A file that the reader has not touched since it was delivered is brought up to date. One that was edited
    stays; when its source has changed meanwhile, the new version lands beside it as NAME.new.ipynb.

    Args:
        sources: the notebooks to deliver.
        folder: the working folder; made if missing.

    Returns:
        Sentences that name each new version laid beside an edited file.

    Raises:
        ValueError: ``folder`` is a file.
    """
    if folder.exists() and not folder.is_dir():
        raise ValueError(f"working folder must be a folder, got the file {str(folder)!r}")
    folder.mkdir(parents=True, exist_ok=True)
    delivered = _read_record(folder)
    messages = []
    for source in sources:
        content = source.read_bytes()
        target, fingerprint = folder / source.name, hashlib.sha256(content).hexdigest()
        known = delivered.get(source.name)
        if not target.exists() or _fingerprint(target) in (known, fingerprint):
            write_whole(target, content)
        elif fingerprint != known:
            beside = _free_name(target, delivered)
            write_whole(beside, content)
            delivered[beside.name] = fingerprint
            messages.append(f"{target.name} was edited and stays; its new version is {beside.name}")
        delivered[source.name] = fingerprint
        # Recorded after every file: an interrupted delivery must not take its own copies for edits.
        write_whole(folder / RECORD, json.dumps(delivered, indent=1).encode())
    return messages


def _free_name(target: Path, delivered: dict[str, str]) -> Path:
    """NAME.new.ipynb, or NAME.new2.ipynb and so on where the reader has edited that one too."""
    for number in itertools.count(1):
        beside = target.with_suffix(f".new{number if number > 1 else ''}.ipynb")
        if not beside.exists() or _fingerprint(beside) == delivered.get(beside.name):
            return beside
    raise AssertionError("unreachable: count never ends")


def _read_record(folder: Path) -> dict[str, str]:
    try:
        record = json.loads((folder / RECORD).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return record if isinstance(record, dict) else {}


def _fingerprint(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
