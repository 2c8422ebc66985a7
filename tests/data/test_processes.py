"""Downloads in processes of their own: two at once, and one that is killed."""

import json
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from dataclasses import asdict

import pytest

from cnnlab import data
from tests.data.conftest import BODY, snapshot
from tests.data.server import halting, whole

FETCH = """
import json, sys
from cnnlab import data
from cnnlab.data.registry import Card, File

table = json.loads(sys.argv[1])
data.cards()["sample"] = Card(**table | {"files": [File(**file) for file in table["files"]]})
print(data.fetch("sample"))
"""


@pytest.fixture
def fetching(folder):
    """Start processes that fetch a card's set."""
    started = []

    def start(card):
        table = json.dumps(asdict(card))
        process = subprocess.Popen(
            [sys.executable, "-c", FETCH, table], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


def test_two_processes_at_once_bring_one_download(folder, server, sample, fetching):
    go_on = threading.Event()
    card = sample(halting(BODY, go_on))
    first, second = fetching(card), fetching(card)
    assert server.first_request.wait(60)
    # One of the two is downloading: the other says that it waits.
    waiting = [None, None]

    def listen(index, process):
        waiting[index] = process.stderr.readline()
        if waiting[index]:
            go_on.set()

    listeners = [threading.Thread(target=listen, args=pair) for pair in enumerate((first, second))]
    for listener in listeners:
        listener.start()
    assert go_on.wait(60)
    outputs = [process.stdout.read() for process in (first, second)]
    for listener in listeners:
        listener.join()
    assert [process.wait() for process in (first, second)] == [0, 0]
    assert outputs == [f"{folder}\n"] * 2
    assert sorted(waiting) == ["", "sample: waiting for another process that is downloading it\n"]
    assert server.asked == ["sample.bin"]
    assert snapshot(folder) == {"other.txt": b"mine", "sample": None, "sample/sample.bin": BODY}


def begun(place):
    """Return the file in which something has arrived, under whatever name pooch gives it meanwhile."""
    with suppress(FileNotFoundError):  # pooch's empty file is replaced by one of our own
        return next((path for path in place.glob("*") if path.stat().st_size), None)


def test_a_download_that_was_killed_is_not_trusted_and_the_next_one_is_whole(
    folder, server, sample, fetching
):
    card = sample(halting(BODY), whole(BODY))
    process = fetching(card)
    assert server.first_request.wait(60)
    while not (half := begun(folder / ".sample.partial" / "sample")):
        assert process.poll() is None
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert 0 < half.stat().st_size < len(BODY)
    assert not (folder / "sample").exists()
    assert data.state(card) == "not here"
    assert data.fetch("sample") == folder
    assert snapshot(folder) == {"other.txt": b"mine", "sample": None, "sample/sample.bin": BODY}
