"""A folder in which one process at a time prepares a set, beside the place where the set goes."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout


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
    place.mkdir(parents=True, exist_ok=True)
    with _alone(folder / f".{name}.lock", name):
        if place.exists():
            shutil.rmtree(place)
        place.mkdir(exist_ok=True)
        try:
            yield place
        finally:
            shutil.rmtree(place, ignore_errors=True)


@contextmanager
def _alone(path: Path, name: str) -> Iterator[None]:
    lock = FileLock(path)
    try:
        held = lock.acquire(blocking=False)
    except Timeout:
        print(f"{name}: waiting for another process that is downloading it", file=sys.stderr)
        held = lock.acquire()
    with held:
        try:
            yield
        finally:
            # While it is held: whoever waits for it sees that it is gone, and makes a new one.
            with suppress(OSError):
                path.unlink()
