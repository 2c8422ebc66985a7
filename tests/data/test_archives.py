"""Archives: what is kept of a good one, and that a bad one leaves nothing anywhere."""

import gzip
import io
import tarfile
import zipfile

import pytest

from cnnlab import data
from cnnlab.data.registry import Part
from tests.data.conftest import card_of, file_of, snapshot
from tests.data.server import whole


def tar(*entries):
    """Return a tar.gz archive of (name, content) and of finished tar entries."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as archive:
        for entry in entries:
            if isinstance(entry, tarfile.TarInfo):
                archive.addfile(entry)
                continue
            name, content = entry
            information = tarfile.TarInfo(name)
            information.size = len(content)
            archive.addfile(information, io.BytesIO(content))
    return buffer.getvalue()


def tar_entry(name, kind, target=""):
    information = tarfile.TarInfo(name)
    information.type, information.linkname = kind, target
    return information


def zipped(*entries):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return buffer.getvalue()


def zipped_link(name, target):
    information = zipfile.ZipInfo(name)
    information.create_system = 3
    information.external_attr = 0o120777 << 16
    return zipped((information, target))


GOOD = (("sample/a.txt", b"a"), ("sample/deep/b.txt", b"b"))


@pytest.fixture
def archive(server, register):
    """Offer an archive, and register the card of what it holds."""

    def offer(content, **changes):
        file = file_of(server.offer("sample.archive", whole(content)), content, "sample.archive", unpack=True)
        return register(card_of(file, **({"folder": "sample"} | changes)))

    return offer


@pytest.mark.parametrize("pack", [tar, zipped])
def test_a_folder_is_unpacked_and_the_archive_not_kept(folder, archive, pack):
    archive(pack(*GOOD))
    assert data.fetch("sample") == folder
    assert snapshot(folder) == {
        "other.txt": b"mine",
        "sample": None,
        "sample/a.txt": b"a",
        "sample/deep": None,
        "sample/deep/b.txt": b"b",
    }


def parts_of(*entries):
    return tuple(Part(name, file_of("", content).hash) for name, content in entries)


def test_parts_with_hashes_are_verified_after_unpacking(folder, archive):
    archive(tar(*GOOD), folder="", parts=parts_of(*GOOD))
    data.fetch("sample")
    assert data.state(data.cards()["sample"]) == "verified"
    (folder / "sample/a.txt").write_bytes(b"A")
    assert data.state(data.cards()["sample"]) == "not here"
    data.fetch("sample")
    assert (folder / "sample/a.txt").read_bytes() == b"a"


REFUSED = [
    (
        {"folder": "", "parts": parts_of(("sample/a.txt", b"other"))},
        tar(*GOOD),
        r"the archive does not hold sample/a\.txt as published; try again later",
    ),
    ({}, tar(("else/a.txt", b"a")), "the archive does not hold sample as published; try again later"),
    *(
        ({}, pack(*GOOD, (name, b"evil")), "the archive's entry '.*' leads outside its folder")
        for pack in (tar, zipped)
        for name in ("../evil.txt", "sample/../../evil.txt", "/tmp/evil.txt", "..\\evil.txt", "sample/..")
    ),
    *(
        ({}, content, "the archive's entry 'sample/link' is a link or a device")
        for content in (
            tar(*GOOD, tar_entry("sample/link", tarfile.SYMTYPE, "../../other.txt")),
            tar(*GOOD, tar_entry("sample/link", tarfile.SYMTYPE, "/etc/passwd")),
            tar(*GOOD, tar_entry("sample/link", tarfile.LNKTYPE, "../../../other.txt")),
            tar(*GOOD, tar_entry("sample/link", tarfile.CHRTYPE)),
            tar(*GOOD, tar_entry("sample/link", tarfile.FIFOTYPE)),
            zipped_link("sample/link", "../../other.txt"),
        )
    ),
    *(
        ({}, content, "the archive is broken")
        for content in (
            b"<html>Please log in</html>",
            tar(*GOOD)[:-20],
            gzip.compress(b"not a tar archive"),
            zipped(*GOOD)[:-30],
            zipped(*GOOD).replace(b"a.txta", b"a.txtX", 1),  # another content than its checksum
        )
    ),
]


@pytest.mark.parametrize(("changes", "content", "sentence"), REFUSED, ids=range(len(REFUSED)))
def test_a_bad_archive_is_refused_and_leaves_nothing_anywhere(folder, archive, changes, content, sentence):
    archive(content, **changes)
    outside = snapshot(folder.parent)
    with pytest.raises(data.DataError, match=f"^sample: {sentence}") as caught:
        data.fetch("sample")
    assert "\n" not in str(caught.value)
    assert snapshot(folder.parent) == outside
