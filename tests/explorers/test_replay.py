"""The browser computes what the library computes: cases of the library are replayed in Node."""

import json
import os
import shutil
import subprocess
from importlib import import_module
from pathlib import Path

import pytest

from cnnlab import explorers

FOLDER = Path(explorers.__file__).parent
NAMES = sorted(path.parent.name for path in FOLDER.glob("*/*.py") if path.name in ("widget.py", "limits.py"))


def copied(folder):
    """The scripts in a folder of which Node knows that they are modules."""
    for path in FOLDER.glob("*/*.js"):
        to = folder / path.relative_to(FOLDER)
        to.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, to)
    (folder / "package.json").write_text('{"type": "module"}')
    return folder


def replay(folder, name, cases):
    """What Node says of these cases."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("Node is missing: install Node 18 or newer from nodejs.org")
    (folder / "cases.json").write_text(json.dumps(cases))
    environment = {"CNNLAB_CASES": str(folder / "cases.json"), "CNNLAB_FOLDER": str(folder / name)}
    command = [node, "--test", str(Path(__file__).with_name("replay.test.mjs"))]
    return subprocess.run(command, env=os.environ | environment, capture_output=True, text=True, check=False)


def cases_of(name):
    return list(import_module(f"tests.explorers.cases.{name}").cases())


@pytest.mark.parametrize("name", NAMES)
def test_the_browser_computes_what_the_library_does(name, tmp_path):
    cases = cases_of(name)
    done = replay(copied(tmp_path), name, cases)
    assert done.returncode == 0, done.stdout[-3000:]
    tests = len(cases) + (FOLDER / name / "index.js").exists()
    assert f"# pass {tests}\n" in done.stdout.replace("ℹ", "#")


@pytest.mark.parametrize(
    ("name", "file", "right", "wrong", "sentence"),
    [
        ("arithmetic", "index.js", "(length - reach - 1)", "(length - reach)", "axisOf.starts must have"),
        ("kit", "limits.js", "value <= limit.max", "value < limit.max", "its name must be from 0 to 3"),
    ],
)
def test_a_wrong_line_is_found(name, file, right, wrong, sentence, tmp_path):
    script = copied(tmp_path) / name / file
    text = script.read_text()
    assert text.count(right) == 1
    script.write_text(text.replace(right, wrong))
    done = replay(tmp_path, name, cases_of(name))
    assert done.returncode == 1
    assert sentence in done.stdout
