import hashlib

import pytest

from cnnlab.data.registry import Card, File, cards
from tests.data.server import Server

BODY = bytes(range(256)) * 1200


@pytest.fixture
def server(monkeypatch):
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    server = Server()
    yield server
    server.close()


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A data folder that already holds something of somebody else's."""
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "other.txt").write_text("mine")
    monkeypatch.setenv("CNNLAB_DATA", str(folder))
    return folder


@pytest.fixture
def register(monkeypatch):
    """Put a card into the registry for the length of a test."""

    def put(card):
        monkeypatch.setitem(cards(), card.name, card)
        return card

    return put


@pytest.fixture
def sample(server, register):
    """Offer a file under the given answers, and return its card, which is registered."""

    def offer(*answers, **changes):
        return register(card_of(file_of(server.offer("sample.bin", *answers), BODY, **changes)))

    return offer


def file_of(address, body, path="sample/sample.bin", **changes):
    known = {"bytes": len(body), "hash": f"sha256:{hashlib.sha256(body).hexdigest()}"}
    return File(**({"path": path, "address": address} | known | changes))


def card_of(*files, **changes):
    facts = dict.fromkeys(("what", "shape", "count", "licence", "attribution", "citation"), "-")
    rest = {"source": "https://example.org/sample", "bytes": 1, "hash": "sha256", "embedded": False}
    return Card(**({"name": "sample", "files": files} | facts | rest | changes))


def snapshot(folder):
    """Every path below a folder, with its content."""
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() else None
        for path in folder.rglob("*")
    }
