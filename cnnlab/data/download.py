"""Sets from the network: verified after the download, moved into place atomically, or not at all."""

from __future__ import annotations

import errno
import os
import time
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from cnnlab.data.hashes import holds, wrong
from cnnlab.data.registry import Card, File
from cnnlab.data.unpacking import ArchiveError, unpack
from cnnlab.data.workspace import workspace

if TYPE_CHECKING:
    from requests import RequestException, Response

TRIES = 3
BUSY = (429, 500, 502, 503, 504)
"""Answers of a server that may do better a little later."""
CHUNK = 2**16
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class DataError(RuntimeError):
    """A set that is not here and cannot be had; the sentence says why, and what to do."""


class _RefusedError(Exception):
    """A file that arrived, and is not what its card says."""


def download(card: Card, folder: Path, *, timeout: float, pause: float) -> None:
    """Bring a set into a data folder.

    Args:
        card: what to download and how to verify it.
        folder: the data folder; made where it is missing. Nothing in it changes unless all goes well.
        timeout: seconds that a server may be silent.
        pause: seconds before a second try; twice as long before a third.

    Raises:
        DataError: one sentence that says why not, and what to do.
    """
    try:
        with workspace(folder, card.name) as place:
            # Another process may have brought the set while this one waited.
            if not holds(folder, card):
                for file in card.files:
                    _bring(card, file, place, timeout, pause)
                _install(card, place, folder)
    except OSError as error:
        raise DataError(_about_disk(card, folder, error)) from error
    except (_RefusedError, ArchiveError) as error:
        raise DataError(f"{card.name}: {error}; {_cure(card, folder)}") from error


def _bring(card: Card, file: File, place: Path, timeout: float, pause: float) -> None:
    """Download a file from the first address that gives the right one."""
    from requests import RequestException

    goal, said = place / file.path, []
    goal.parent.mkdir(parents=True, exist_ok=True)
    for address in (file.address, *file.mirrors):
        try:
            _try(card, file, address, goal, timeout, pause)
            _check(file, goal)
        except (RequestException, _RefusedError) as error:
            said.append(f"{urlsplit(address).netloc}: {_reason(error, timeout)}")
            continue
        return unpack(goal, place) if file.unpack else None
    raise _RefusedError(f"{Path(file.path).name} could not be downloaded ({'; '.join(said)})")


def _try(card: Card, file: File, address: str, goal: Path, timeout: float, pause: float) -> None:
    """Download from one address, again where the server was busy or silent."""
    from requests import RequestException

    for again in range(TRIES):
        try:
            return _stream(card, file, address, goal, timeout)
        except RequestException as error:
            if again == TRIES - 1 or not _may_pass(error):
                raise
        time.sleep(pause * 2**again)


def _stream(card: Card, file: File, address: str, goal: Path, timeout: float) -> None:
    from pooch import HTTPDownloader
    from tqdm.auto import tqdm

    # None shows the bar in a terminal and in a notebook, and not where the output goes into a file.
    off = True if os.environ.get("CNNLAB_PROGRESS") == "off" else None
    title = f"{card.name}: {goal.name}"
    bar = tqdm(total=file.bytes or 1, desc=title, unit="B", unit_scale=True, disable=off)
    with bar, ExitStack() as responses:

        def close_later(response: Response, **_: object) -> None:
            responses.callback(response.close)

        get = HTTPDownloader(
            progressbar=bar,
            chunk_size=CHUNK,
            timeout=timeout,
            headers={"Accept-Encoding": "identity"},  # or a server may unpack a .gz file on the way
            hooks={"response": close_later},  # pooch leaves the connection open where a download fails
        )
        get(address, str(goal), None)


def _check(file: File, goal: Path) -> None:
    size = goal.stat().st_size
    if file.bytes and size != file.bytes:
        raise _RefusedError(f"it has {size} bytes, not {file.bytes}")
    if fault := wrong(goal, file):
        raise _RefusedError(fault)


def _install(card: Card, place: Path, folder: Path) -> None:
    """Move what was prepared into the data folder, each file or the whole folder at one stroke."""
    paths = [part.path for part in card.contents] or [card.place]
    if not holds(place, card):
        missing = [path for path in paths if not (place / path).exists()] or paths
        raise _RefusedError(f"the archive does not hold {missing[0]} as published")
    for path in paths:
        _move(place, folder, path)


def _move(place: Path, folder: Path, path: str) -> None:
    """Move a file at one stroke, together with the highest folder above it that is not there yet."""
    above = [step for step in reversed(Path(path).parents) if step.name and not (folder / step).exists()]
    step = above[0] if above else Path(path)
    if (place / step).exists():  # else it went with a folder, moved before
        os.replace(place / step, folder / step)


def _may_pass(error: RequestException) -> bool:
    """Return whether a failure may be over a little later."""
    from requests.exceptions import ChunkedEncodingError

    answer = error.response
    if answer is not None:
        return answer.status_code in BUSY
    return _was_silent(error) or isinstance(error, ChunkedEncodingError)


def _was_silent(error: Exception) -> bool:
    from requests import Timeout
    from urllib3.exceptions import ReadTimeoutError

    # requests calls a silence in mid-download a ConnectionError.
    return isinstance(error, Timeout) or any(isinstance(part, ReadTimeoutError) for part in error.args)


def _reason(error: Exception, timeout: float) -> str:
    from requests import exceptions

    if isinstance(error, exceptions.HTTPError) and error.response is not None:
        return f"the server answered {error.response.status_code} {error.response.reason}"
    if isinstance(error, exceptions.ChunkedEncodingError):
        return "the download broke off"
    if _was_silent(error):
        return f"the server was silent for {timeout:g} s"
    if isinstance(error, exceptions.ConnectionError):
        return "no connection"
    return str(error)


def _cure(card: Card, folder: Path) -> str:
    return f"try again later, or put it at {folder / card.place} yourself, from {card.source}"


def _about_disk(card: Card, folder: Path, error: OSError) -> str:
    if error.errno in FULL:
        return f"{card.name}: no room is left in {folder}; make room, or set CNNLAB_DATA to another folder"
    return (
        f"{card.name}: {folder} cannot be written to ({error.strerror or error}); "
        "set CNNLAB_DATA to a folder that can"
    )
