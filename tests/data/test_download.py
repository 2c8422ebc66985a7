"""The real download code against a server on this machine: what it brings, and what it says if it cannot."""

import errno
import io
import logging
import os
import re
import resource
import signal
import socket
import sys
import threading
from contextlib import contextmanager
from types import SimpleNamespace

import pooch
import pytest

from cnnlab import data
from cnnlab.data import store
from tests.data.conftest import BODY, card_of, file_of, snapshot
from tests.data.server import broken_off, halting, silent, status, whole

DIGITS = file_of("", BODY).hash.removeprefix("sha256:")[:8]
BRIEF = {"timeout": 0.3}


@pytest.fixture(autouse=True)
def waits(monkeypatch):
    """Collect the seconds that pooch waits before it tries again, instead of waiting."""
    waits = []
    monkeypatch.setattr("pooch.core.time", SimpleNamespace(sleep=waits.append))
    return waits


@contextmanager
def fails(folder, sentence):
    """Expect one clear sentence, and the folder left as it was."""
    before = snapshot(folder)
    with pytest.raises(data.DataError, match=sentence) as caught:
        yield
    assert "\n" not in str(caught.value)
    assert str(caught.value).startswith("sample: ")
    assert snapshot(folder) == before
    assert data.state(data.cards()["sample"]) == "not here"


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_a_download_shows_its_progress_and_lies_in_its_place(folder, sample, monkeypatch):
    monkeypatch.delenv("CNNLAB_PROGRESS", raising=False)
    monkeypatch.setattr("sys.stderr", Terminal())
    before = snapshot(folder)
    assert data.fetch(sample(whole(BODY)).name) == folder
    assert snapshot(folder) == before | {"sample": None, "sample/sample.bin": BODY}
    shown = sys.stderr.getvalue()
    assert all(part in shown for part in ("sample: sample.bin", "100%", "307k/307k"))


def test_progress_is_silent_where_it_is_off_and_outside_a_terminal(folder, sample, monkeypatch, capsys):
    card = sample(whole(BODY))
    monkeypatch.delenv("CNNLAB_PROGRESS", raising=False)
    data.fetch(card.name)
    assert capsys.readouterr().err == ""
    (folder / "sample" / "sample.bin").unlink()
    monkeypatch.setenv("CNNLAB_PROGRESS", "off")
    monkeypatch.setattr("sys.stderr", Terminal())
    data.fetch(card.name)
    assert sys.stderr.getvalue() == ""


def test_what_pooch_notes_on_its_way_is_not_said_and_its_log_is_as_before(folder, sample):
    log, said = pooch.get_logger(), []
    handler = logging.Handler()
    handler.emit = said.append
    log.addHandler(handler)
    try:
        data.fetch(sample(status(503), whole(BODY)).name, **BRIEF)
        assert said == []
        log.info("somebody else's note")
        assert len(said) == 1
    finally:
        log.removeHandler(handler)


def test_whoever_may_read_new_files_may_read_what_was_downloaded(folder, sample):
    before = os.umask(0o022)
    try:
        data.fetch(sample(whole(BODY)).name)
    finally:
        os.umask(before)
    assert (folder / "sample" / "sample.bin").stat().st_mode & 0o777 == 0o644


@pytest.mark.parametrize(
    ("answer", "sentence", "times"),
    [
        (whole(BODY[::-1]), r"sample\.bin could not be downloaded \(.*: its sha256 is \w+, not \w+\); ", 1),
        (whole(BODY[:1000]), "it has 1000 bytes, not 307200", 1),
        (broken_off(BODY[:1000], len(BODY)), r"the download broke off\); try again later", 3),
        (status(404), r"127\.0\.0\.1:\d+: the server answered 404 Not Found\); try again later", 1),
        (status(503), "the server answered 503 Service Unavailable", 3),
        (silent, r"the server was silent for 0\.3 s", 3),
        (halting(BODY), r"the server was silent for 0\.3 s", 3),
    ],
    ids=["wrong hash", "another size", "broken off", "not there", "busy", "silent", "hanging"],
)
def test_what_does_not_come_as_stated_is_refused(folder, sample, server, answer, sentence, times):
    """What may be better a little later is asked for three times, the rest once."""
    card = sample(answer)
    with fails(folder, sentence):
        data.fetch(card.name, **BRIEF)
    assert len(server.asked) == times


def test_a_hash_of_eight_digits_is_enough(folder, sample):
    card = sample(whole(BODY), hash="sha256:00000000")
    with fails(folder, f"its sha256 is {DIGITS}"):
        data.fetch(card.name)
    data.fetch(sample(whole(BODY), hash=f"sha256:{DIGITS}").name)


@pytest.mark.parametrize("code", [429, 503])
def test_a_busy_server_is_asked_again(folder, sample, server, waits, code):
    data.fetch(sample(status(code), status(code), whole(BODY)).name, **BRIEF)
    assert len(server.asked) == 3
    assert waits == [1, 2]
    assert (folder / "sample" / "sample.bin").read_bytes() == BODY


def test_a_mirror_helps_out(folder, sample, server):
    mirror = server.offer("mirror.bin", whole(BODY))
    data.fetch(sample(whole(b"sorry"), mirrors=(mirror,)).name)
    assert server.asked == ["sample.bin", "mirror.bin"]
    assert (folder / "sample" / "sample.bin").read_bytes() == BODY


def test_without_a_network_the_sentence_says_so(folder, register):
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{closed.getsockname()[1]}/sample.bin"
    register(card_of(file_of(address, BODY)))
    place = re.escape(str(folder / "sample" / "sample.bin"))
    cure = f"try again later, or put it at {place} yourself, from https://example.org/sample"
    with fails(folder, rf"no connection\); {cure}$"):
        data.fetch("sample", **BRIEF)


def test_an_interrupt_leaves_nothing(folder, sample):
    """Ctrl-C in mid-download, sent by the server once half is on its way."""
    before = snapshot(folder)

    def interrupting(handler):
        signal.pthread_kill(threading.main_thread().ident, signal.SIGINT)
        halting(BODY)(handler)

    card = sample(interrupting)
    # A shell that starts tests in the background has them ignore Ctrl-C.
    handler = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with pytest.raises(KeyboardInterrupt):
            data.fetch(card.name)
    finally:
        signal.signal(signal.SIGINT, handler)
    assert snapshot(folder) == before


def test_a_full_disk_is_named(folder, sample):
    """The size of a file is limited for this process, as a disk that has no room limits it."""
    card, limits = sample(whole(BODY)), resource.getrlimit(resource.RLIMIT_FSIZE)
    with fails(folder, f"no room is left in {folder}; make room, or set CNNLAB_DATA to another folder"):
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, limits[1]))
        try:
            data.fetch(card.name)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, limits)


def test_no_room_for_the_last_step_leaves_nothing(folder, sample, monkeypatch):
    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with fails(folder, "no room is left in"):
        data.fetch(sample(whole(BODY)).name)


@contextmanager
def not_root():
    """Be a user without root's right to write everywhere."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def read_only(folder, sample):
    """The data folder; a test may take the right to write to it away, also from root."""
    closed = [parent for parent in folder.parents if parent.stat().st_mode & 0o111 != 0o111]
    above = closed if os.geteuid() == 0 else []
    modes = {path: path.stat().st_mode for path in (folder, *above)}
    for path in above:
        path.chmod(path.stat().st_mode | 0o111)
    yield folder
    for path, mode in modes.items():
        path.chmod(mode)


@pytest.fixture
def closed_project(read_only, tmp_path, monkeypatch):
    """A project that cnnlab was imported from, in a folder that nobody may enter any more."""
    project = tmp_path / "closed"
    (project / "cnnlab" / "data").mkdir(parents=True)
    (project / "pyproject.toml").touch()
    monkeypatch.setattr(store, "__file__", str(project / "cnnlab" / "data" / "store.py"))
    project.chmod(0)
    yield project
    project.chmod(0o700)


def test_a_read_only_folder_is_named(read_only, sample):
    card = sample(whole(BODY))
    read_only.chmod(0o555)
    sentence = rf"{read_only} cannot be written to \(Permission denied\); set CNNLAB_DATA to a folder"
    with fails(read_only, sentence), not_root():
        data.fetch(card.name)


def test_a_read_only_folder_that_holds_the_set_serves(read_only, sample, server):
    card = sample(whole(BODY))
    data.fetch(card.name)
    read_only.chmod(0o555)
    with not_root():
        assert data.fetch(card.name) == read_only
    assert len(server.asked) == 1


def test_a_file_in_the_place_of_the_folder_is_named(folder, sample, monkeypatch):
    monkeypatch.setenv("CNNLAB_DATA", str(folder / "other.txt"))
    with fails(folder, r"other\.txt cannot be written to \(Not a directory\)"):
        data.fetch(sample(whole(BODY)).name)


def test_a_damaged_file_is_not_trusted_but_replaced(folder, sample):
    card = sample(whole(BODY))
    data.fetch(card.name)
    path = folder / "sample" / "sample.bin"
    path.write_bytes(BODY[:-1])
    assert data.state(card) == "not here"
    data.fetch(card.name)
    assert path.read_bytes() == BODY


def test_a_set_of_two_files_comes_whole_or_not_at_all(folder, server, register):
    first = file_of(server.offer("first", whole(BODY)), BODY, path="sample/first")
    second = file_of(server.offer("second", status(404), whole(b"2")), b"2", path="sample/second")
    register(card_of(first, second))
    with fails(folder, "second could not be downloaded"):
        data.fetch("sample")
    data.fetch("sample")
    assert snapshot(folder / "sample") == {"first": BODY, "second": b"2"}


def test_a_set_is_found_in_either_folder(folder, sample, tmp_path, monkeypatch, server):
    elsewhere = tmp_path / "project" / "cnnlab" / "data"
    elsewhere.mkdir(parents=True)
    (tmp_path / "project" / "pyproject.toml").touch()
    monkeypatch.setattr(store, "__file__", str(elsewhere / "store.py"))
    downloads = tmp_path / "project" / "data" / "downloads"
    assert store.folders() == [folder, downloads]
    monkeypatch.delenv("CNNLAB_DATA")
    card = sample(whole(BODY))
    assert data.fetch(card.name) == downloads
    monkeypatch.setenv("CNNLAB_DATA", str(folder))
    assert data.fetch(card.name) == downloads
    assert len(server.asked) == 1


def test_a_project_that_may_not_be_entered_is_passed_by(closed_project, sample, monkeypatch):
    """The checkout of another user: what stands in it is not ours, and no error either."""
    monkeypatch.delenv("CNNLAB_DATA")
    monkeypatch.chdir(closed_project.parent)
    downloads = closed_project.parent / "data" / "downloads"
    card = sample(whole(BODY))
    with not_root():
        assert store.folders() == [downloads]
        assert data.state(card) == "not here"
        assert store.stand_in(card) is None


def test_installed_apart_from_its_project_the_current_folder_counts(tmp_path, monkeypatch):
    monkeypatch.setattr(store, "__file__", str(tmp_path / "site-packages" / "cnnlab" / "data" / "store.py"))
    monkeypatch.delenv("CNNLAB_DATA", raising=False)
    monkeypatch.chdir(tmp_path)
    assert store.folders() == [tmp_path / "data" / "downloads"]


def test_what_no_hash_vouches_for_is_said_once(folder, server, register, capsys, monkeypatch):
    monkeypatch.setattr(store, "_told", set())
    file = file_of(server.offer("sample.bin", whole(BODY)), BODY, hash="unverified")
    register(card_of(file, hash="unverified"))
    data.fetch("sample")
    assert capsys.readouterr().out == "sample: its publisher states no hash, so these files are unverified\n"
    data.fetch("sample")
    assert capsys.readouterr().out == ""
    assert data.state(data.cards()["sample"]) == "unverified"
