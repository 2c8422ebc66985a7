"""python -m cnnlab data: what is here, and what is brought."""

import subprocess
import sys

from cnnlab import data
from cnnlab.__main__ import main
from tests.data.conftest import BODY
from tests.data.server import status, whole


def test_without_names_every_card_is_listed_with_what_is_here(folder, capsys):
    (folder / "hymenoptera_data").mkdir()
    assert main(["data"]) == 0
    table, places = capsys.readouterr().out.split("\n\nlooked for in\n")
    rows = {line.split()[0]: line for line in table.splitlines()}
    assert set(rows) == {"name", *data.cards()}
    assert rows["camera"].split()[1:4] == ["embedded", "0.14", "MB"]
    assert rows["mnist"].split()[1:3] == ["not", "here"]
    assert rows["hymenoptera"].split()[1:4] == ["unverified", "47.3", "MB"]
    assert rows["mnist"].endswith(data.cards()["mnist"].what)
    assert places.splitlines()[0] == f"  {folder}"


def test_a_named_set_is_brought_and_verified(folder, sample, capsys):
    sample(whole(BODY))
    assert main(["data", "sample"]) == 0
    assert capsys.readouterr().out == f"sample: verified, in {folder}/sample/sample.bin\n"


def test_a_failure_is_one_sentence_and_status_1(folder, sample, capsys):
    sample(status(404))
    assert main(["data", "sample"]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("sample: sample.bin could not be downloaded")
    assert said.err.count("\n") == 1
    assert main(["data", "camera"]) == 1
    assert "name must be one of" in capsys.readouterr().err


def test_importing_data_loads_neither_torchvision_nor_what_downloads():
    heavy = ("torchvision", "skimage", "sklearn", "pooch", "requests", "PIL", "matplotlib")
    code = f"import sys, cnnlab.data; print([name for name in {heavy} if name in sys.modules])"
    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert printed == "[]\n"
