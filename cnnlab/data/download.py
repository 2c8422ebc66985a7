"""Sets from the network: verified after the download, moved into place atomically, or not at all."""

from __future__ import annotations

import errno
import logging
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from cnnlab.data.preparation import workspace
from cnnlab.data.registry import Card, File, holds, wrong
from cnnlab.data.unpacking import ArchiveError, unpack

if TYPE_CHECKING:
    from requests import RequestException, Response

BUSY = (429, 500, 502, 503, 504)
"""Answers of a server that may do better a little later."""
CHUNK = 2**16
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class DataError(RuntimeError):
    """A set that is not here and cannot be had; the sentence says why, and what to do."""


class _RefusedError(Exception):
    """A file that does not arrive, or is not what its card says."""


class _BusyError(_RefusedError, ValueError):
    """A failure that may be over a little later: pooch tries again after a ValueError."""


def download(card: Card, folder: Path, *, timeout: float) -> None:
    """Bring a set into a data folder.

    Args:
        card: what to download and how to verify it.
        folder: the data folder; made where it is missing. Nothing in it changes unless all goes well.
        timeout: seconds that a server may be silent.

    Raises:
        DataError: one sentence that says why not, and what to do.
    """
    try:
        with workspace(folder, card.name) as place, _quiet_pooch():
            # Another process may have brought the set while this one waited.
            if not holds(folder, card):
                for file in card.files:
                    _bring(card, file, place, timeout)
                _install(card, place, folder)
    except OSError as error:
        raise DataError(_about_disk(card, folder, error)) from error
    except (_RefusedError, ArchiveError) as error:
        cure = f"try again later, or put it at {folder / card.place} yourself, from {card.source}"
        raise DataError(f"{card.name}: {error}; {cure}") from error


@contextmanager
def _quiet_pooch() -> Iterator[None]:
    """Keep pooch's notes on its progress off the screen, and the level of its log as it is."""
    from pooch import get_logger

    def kept(record: logging.LogRecord) -> bool:
        return record.levelno > logging.INFO

    get_logger().addFilter(kept)
    try:
        yield
    finally:
        get_logger().removeFilter(kept)


def _bring(card: Card, file: File, place: Path, timeout: float) -> None:
    """Download a file from the first address that gives the right one, and unpack an archive."""
    from pooch import create

    said, get = [], partial(_get, card, file, timeout)
    for address in (file.address, *file.mirrors):
        # pooch is told no hash: it would download a wrong file again, and does not know short hashes.
        source = create(place, "", registry={file.path: None}, urls={file.path: address}, retry_if_failed=2)
        try:
            source.fetch(file.path, processor=unpack if file.unpack else None, downloader=get)
            return
        except _RefusedError as error:
            said.append(f"{urlsplit(address).netloc}: {error}")
    raise _RefusedError(f"{Path(file.path).name} could not be downloaded ({'; '.join(said)})")


def _get(card: Card, file: File, timeout: float, address: str, goal: str, _: object) -> None:
    """Download and check a file once; the downloader that pooch calls."""
    from requests import RequestException

    os.unlink(goal)  # pooch made it readable for its owner only; a new one has the user's usual mode
    try:
        _stream(card, file, timeout, address, goal)
    except RequestException as error:
        raise _fault(error, timeout) from error
    size = os.path.getsize(goal)
    if file.bytes and size != file.bytes:
        raise _RefusedError(f"it has {size} bytes, not {file.bytes}")
    if fault := wrong(Path(goal), file):
        raise _RefusedError(fault)


def _stream(card: Card, file: File, timeout: float, address: str, goal: str) -> None:
    from pooch import HTTPDownloader
    from tqdm.auto import tqdm

    # None shows the bar in a terminal and in a notebook, and not where the output goes into a file.
    off = True if os.environ.get("CNNLAB_PROGRESS") == "off" else None
    title = f"{card.name}: {Path(file.path).name}"
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
        get(address, goal, None)


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


def _fault(error: RequestException, timeout: float) -> _RefusedError:
    from requests import exceptions
    from urllib3.exceptions import ReadTimeoutError

    answer = error.response
    if isinstance(error, exceptions.HTTPError) and answer is not None:
        kind = _BusyError if answer.status_code in BUSY else _RefusedError
        return kind(f"the server answered {answer.status_code} {answer.reason}")
    if isinstance(error, exceptions.ChunkedEncodingError):
        return _BusyError("the download broke off")
    # requests calls a silence in mid-download a ConnectionError.
    halted = any(isinstance(part, ReadTimeoutError) for part in error.args)
    if halted or isinstance(error, exceptions.Timeout):
        return _BusyError(f"the server was silent for {timeout:g} s")
    return _RefusedError("no connection" if isinstance(error, exceptions.ConnectionError) else str(error))


def _about_disk(card: Card, folder: Path, error: OSError) -> str:
    if error.errno in FULL:
        return f"{card.name}: no room is left in {folder}; make room, or set CNNLAB_DATA to another folder"
    return (
        f"{card.name}: {folder} cannot be written to ({error.strerror or error}); "
        "set CNNLAB_DATA to a folder that can"
    )
