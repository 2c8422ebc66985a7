"""A folder in which one process at a time prepares a set, beside the place where the set goes."""

from __future__ import annotations

import fcntl
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


@contextmanager
def workspace(folder: Path, name: str) -> Iterator[Path]:
    """Give out an empty folder inside ``folder``, and remove it with all that is left in it at the end.

    Nobody else gets the same one meanwhile: a second process waits until the first has ended. The lock dies
    with its process, so that what a killed process left behind is swept away by the next.

    Args:
        folder: the data folder; moving what was prepared to a place inside it is atomic.
        name: name of the set.
    """
    place = folder / f".{name}.partial"
    descriptor = _lock(place, name)
    try:
        _sweep(place)
        (place / "files").mkdir()
        yield place / "files"
    finally:
        # The lock goes last: from then on the folder may be another process's.
        with suppress(OSError):
            _sweep(place)
            (place / "lock").unlink()
            place.rmdir()
        os.close(descriptor)


def _lock(place: Path, name: str) -> int:
    while True:
        place.mkdir(parents=True, exist_ok=True)
        try:
            descriptor = os.open(place / "lock", os.O_RDWR | os.O_CREAT, 0o666)
        except FileNotFoundError:
            continue  # whoever had it removed the folder between these two lines
        _wait(descriptor, name)
        if _is(descriptor, place / "lock"):
            return descriptor
        os.close(descriptor)  # the lock of a folder that was removed while we waited


def _wait(descriptor: int, name: str) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        print(f"{name}: waiting for another process that is downloading it", file=sys.stderr)
        fcntl.flock(descriptor, fcntl.LOCK_EX)


def _is(descriptor: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(descriptor), path.stat())
    except FileNotFoundError:
        return False


def _sweep(place: Path) -> None:
    for entry in place.iterdir():
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry)
        elif entry.name != "lock":
            entry.unlink()
