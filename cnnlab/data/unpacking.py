"""Archives, unpacked only where nothing in them reaches outside their folder."""

from __future__ import annotations

import gzip
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pooch import Pooch

BROKEN = (tarfile.TarError, zipfile.BadZipFile, gzip.BadGzipFile, EOFError, zlib.error)


class ArchiveError(ValueError):
    """An archive that is broken, or holds what it must not."""


def unpack(archive: str, action: str, pooch: Pooch) -> None:
    """Unpack a zip or tar archive; the processor that pooch calls.

    Args:
        archive: the file.
        action: what pooch did to get it; all the same here.
        pooch: its ``path`` is where the contents go; nothing is written outside of it.

    Raises:
        ArchiveError: the archive is broken, or has an entry with an absolute path or "..", or one that is
            neither a file nor a folder: links, devices.
    """
    try:
        if zipfile.is_zipfile(archive):
            with zipfile.ZipFile(archive) as opened:
                _refuse_bad(_zip_entries(opened))
                opened.extractall(pooch.abspath)
        else:
            with tarfile.open(archive) as opened_tar:
                _refuse_bad(_tar_entries(opened_tar))
                # Python's own checks come on top, where this Python has them (3.11.4 and newer).
                opened_tar.extraction_filter = getattr(tarfile, "data_filter", None)
                opened_tar.extractall(pooch.abspath)
                _read_to_the_end(opened_tar)
    except BROKEN as error:
        raise ArchiveError("the archive is broken") from error


def _read_to_the_end(archive: tarfile.TarFile) -> None:
    """Let gzip compare its checksum, which stands behind what tarfile reads."""
    while archive.fileobj is not None and archive.fileobj.read(2**20):
        pass


def _zip_entries(archive: zipfile.ZipFile) -> Iterator[tuple[str, bool]]:
    """Yield each entry's name and whether it is a plain file or folder."""
    for entry in archive.infolist():
        kind = stat.S_IFMT(entry.external_attr >> 16)
        yield entry.filename, kind in (0, stat.S_IFREG, stat.S_IFDIR)


def _tar_entries(archive: tarfile.TarFile) -> Iterator[tuple[str, bool]]:
    for entry in archive:
        yield entry.name, entry.isreg() or entry.isdir()


def _refuse_bad(entries: Iterator[tuple[str, bool]]) -> None:
    for name, plain in entries:
        path = PurePosixPath(name.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts:
            raise ArchiveError(f"the archive's entry {name!r} leads outside its folder")
        if not plain:
            raise ArchiveError(f"the archive's entry {name!r} is a link or a device")
