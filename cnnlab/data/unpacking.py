"""Archives, unpacked only where nothing in them reaches outside their folder."""

from __future__ import annotations

import gzip
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

BROKEN = (tarfile.TarError, zipfile.BadZipFile, gzip.BadGzipFile, EOFError, zlib.error)


class ArchiveError(ValueError):
    """An archive that is broken, or holds what it must not."""


def unpack(archive: Path, folder: Path) -> None:
    """Unpack a zip or tar archive into a folder of its own.

    Args:
        archive: the file.
        folder: where its contents go; nothing is written outside of it.

    Raises:
        ArchiveError: the archive is broken, or has an entry with an absolute path or "..", or one that is
            neither a file nor a folder: links, devices.
    """
    try:
        if zipfile.is_zipfile(archive):
            with zipfile.ZipFile(archive) as opened:
                _refuse_bad(_zip_entries(opened))
                opened.extractall(folder)
        else:
            with tarfile.open(archive) as opened_tar:
                _refuse_bad(_tar_entries(opened_tar))
                # Python's own checks come on top, where this Python has them (3.11.4 and newer).
                opened_tar.extraction_filter = getattr(tarfile, "data_filter", None)
                opened_tar.extractall(folder)
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
