"""Adding means adding files: an exercise, a data set, an explorer, a notebook, each in a project's copy."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from cnnlab.notebooks import files
from tests.notebooks.build import code, markdown, save
from tests.notebooks.test_pattern import lecture

ROOT = Path(__file__).parents[1]
COMPILED = "__pycache__"
IGNORED = [line.rstrip("/").rpartition("/")[2] for line in (ROOT / ".gitignore").read_text().splitlines()]


class Project:
    """A copy of the project that knows what was in it."""

    def __init__(self, path):
        self.path = path
        # What is compiled stays, which saves seconds.
        ignored = shutil.ignore_patterns(".git", *(name for name in IGNORED if name != COMPILED))
        shutil.copytree(ROOT, path, ignore=ignored)
        copied = [file for file in path.rglob("*") if file.is_file() and COMPILED not in file.parts]
        self.before = {file: file.read_bytes() for file in copied}
        # Reading notebooks would compile a grammar of addresses, in seconds, where a package for it is there.
        self.without = path.with_name("without")
        self.without.mkdir()
        (self.without / "rfc3987_syntax.py").write_text("raise ImportError")

    def add(self, **texts):
        """Write new files, by their paths; code must be as the course's is."""
        for path, text in texts.items():
            file = self.path / path
            assert file not in self.before, f"{path} is there already"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)
        ruff, scripts = [sys.executable, "-m", "ruff"], [path for path in texts if path.endswith(".py")]
        self.run(*ruff, "check", "--no-cache", *scripts)
        self.run(*ruff, "format", "--no-cache", "--check", *scripts)

    def run(self, *command):
        """Run a command that must pass, with the copy's package, and return what it printed."""
        found = os.pathsep.join(map(str, [self.path, self.without]))
        environment = os.environ | {"PYTHONPATH": found, "CNNLAB_PROGRESS": "off", "OMP_NUM_THREADS": "1"}
        done = subprocess.run(
            command, cwd=self.path, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def python(self, program, *arguments):
        """Run a program's text."""
        return self.run(sys.executable, "-c", program, *arguments)

    def edited(self):
        """What is no longer as it was."""
        changed = [file for file, content in self.before.items() if file.read_bytes() != content]
        return {str(file.relative_to(self.path)) for file in changed}


@pytest.fixture
def project(tmp_path):
    return Project(tmp_path / "project")


PROVED = """
import sys
from cnnlab import exercises
from cnnlab.notebooks import files, tasks
report = exercises.prove("conv1d.tiny")
assert report.passed and report.tried >= 40, report
book = files.read(files.Path(sys.argv[1]))
(finding,) = tasks.wrong_tasks(book)
assert "must give the task of conv1d.tiny" in finding, finding
tasks.write_tasks(book)
assert not list(tasks.wrong_tasks(book))
assert book.cells[0].source.startswith("**Exercise 1.** Design a kernel that *delays a signal by two samples")
given = {"exercises": exercises}
exec("\\n".join(cell.source for cell in book.cells[1:]), given)
assert given["verdict"].passed, given["verdict"]
"""


def test_an_exercise_is_one_file_and_its_cells(project, tmp_path):
    model = (ROOT / "cnnlab/lessons/conv1d/delay.py").read_text()
    project.add(**{"cnnlab/lessons/conv1d/tiny.py": model})
    notebook = save(
        tmp_path / "tiny.ipynb",
        markdown("**Exercise 1.** To be written."),
        code("kernel = [0, 0, 0.5]", tags=["solution"], id="solution"),
        code('verdict = exercises.check("conv1d.tiny", kernel)', id="check"),
    )
    project.python(PROVED, str(notebook))
    assert project.edited() == set()


CARD = """what = "the numbers 0 to 9"
shape = "a number, int64"
count = "10 numbers"
licence = "CC0 1.0"
attribution = "nobody"
source = "https://example.org/tiny"
citation = "Peano, Arithmetices principia, 1889"
bytes = 0
hash = "generated"
embedded = true
"""
LOADER = '''"""The numbers 0 to 9."""

from __future__ import annotations

import torch


def tiny_set() -> torch.Tensor:
    """Return the numbers 0 to 9, shape (10,), int64.

    Example:
        >>> tiny_set().sum()
        tensor(45)
    """
    return torch.arange(10)
'''
LOADED = """
import sys
import pytest
from cnnlab import data
from cnnlab.__main__ import main
assert data.tiny_set().tolist() == list(range(10)) and "tiny_set" in dir(data)
sys.exit(main(["data-readme"]) or pytest.main(["-q", "-p", "no:cacheprovider", *sys.argv[1:]]))
"""


def test_a_data_set_is_a_card_and_a_loader(project):
    project.add(**{"cnnlab/cards/tiny_set.toml": CARD, "cnnlab/data/sets/tiny_set.py": LOADER})
    tests = [
        "tests/data/test_cards.py",
        "tests/data/test_embedded.py::test_an_embedded_set_is_the_file_of_its_card_or_generated",
        "tests/devices/test_complete.py",
        "cnnlab/data/sets/tiny_set.py",
    ]
    project.python(LOADED, *tests)
    assert project.edited() == {"data/README.md"}
    assert "## tiny_set\n\nthe numbers 0 to 9\n" in (project.path / "data/README.md").read_text()


EXPLORED = """
import sys
import pytest
from cnnlab import explorers
model, tiny = explorers.KernelGrid(stride=2), explorers.KernelTiny(stride=2)
assert repr(tiny) == repr(model).replace("Grid", "Tiny") and "KernelTiny" in dir(explorers)
assert [ax.get_title() for ax in tiny.static_twin().axes] == ["input", "kernel", "output"]
names = [script.name for script in model.scripts]
assert [script.name for script in tiny.scripts] == [name.replace("grid", "tiny") for name in names]
assert tiny.limits == model.limits
sys.exit(pytest.main(["-q", "-p", "no:cacheprovider", "tests/explorers/test_replay.py", "-k", "kernel_tiny"]))
"""


def test_an_explorer_is_its_folder_and_its_cases(project):
    """The model of all, under another name."""
    own = (ROOT / "cnnlab/explorers/kernel_grid").glob("*.*")
    texts = {}
    for file in (*own, ROOT / "tests/explorers/cases/kernel_grid.py"):
        path, text = str(file.relative_to(ROOT)), file.read_text()
        path = path.replace("kernel_grid", "kernel_tiny")
        texts[path] = text.replace("kernel_grid", "kernel_tiny").replace("KernelGrid", "KernelTiny")
    project.add(**texts)
    project.python(EXPLORED)
    assert project.edited() == set()


SWEEP = '''
"""An experiment that only draws."""

import os

import torch


def chance(seed: int) -> dict[str, object]:
    """Draw a number."""
    assert (seed, 1) == (int(os.environ["CNNLAB_SEED"]), torch.get_num_threads())
    return {"drawn": torch.rand(()), "seed": seed}
'''
MEASURED = '[drawn]\ndecimals = 3\nsource = "drawn"\n[seed]\ndecimals = 0\nsource = "counted"\n'
SWEPT = """
import sys
from pathlib import Path
from cnnlab.notebooks import evidence
path = Path(sys.argv[1])
for name, found in evidence.gather_sweeps(path, (5, 6)):
    evidence.store_sweep(path, name, found)
"""
SHOWN = """
import sys
from pathlib import Path
from cnnlab import claims
from cnnlab.notebooks import evidence, files
assert claims.measured("tiny.seed") == [5, 6]
assert len(set(claims.measured("tiny.drawn"))) == 2
assert repr(claims.ran("tiny.seed")) == "run beforehand, 2 seeds: 5 to 6 (1 minute)"
assert list(evidence.findings(files.read(Path(sys.argv[1])))) == [
    f"claim tiny.{name} must have 10 seeds, got 2" for name in ("drawn", "seed")
]
"""


def test_a_sweep_is_its_file(project):
    lesson = "cnnlab/lessons/tiny"
    texts = {"__init__.py": "", "claims.toml": MEASURED, "sweep.py": SWEEP.lstrip()}
    project.add(**{f"{lesson}/{name}": text for name, text in texts.items()})
    path = save(project.path / "tiny.ipynb", code('claims.ran("tiny.seed")'), cnnlab={"topic": "tiny"})
    project.python(SWEPT, str(path))
    project.python(SHOWN, str(path))
    assert project.edited() == set()


CLAIMS = '[three]\nvalue = 3\nsource = "counted"\n'
STORED = """
import sys
from cnnlab.__main__ import main
from tests import strict
sys.exit(main(["outputs", "99"]) or main(["lint", "99"]) or strict.main("99"))
"""


def test_a_notebook_is_its_file_and_its_folder(project):
    lesson = "cnnlab/lessons/tiny"
    project.add(**{f"{lesson}/__init__.py": "", f"{lesson}/claims.toml": CLAIMS})
    book = lecture("tiny", "tiny.three", "3")
    path = save(project.path / "notebooks/99_tiny.ipynb", *book.cells, **book.metadata)
    printed = project.python(STORED)
    assert "1 notebooks keep every rule" in printed
    assert f"{len(files.code_cells(book))} passed" in printed
    assert "every limit holds" in printed
    assert project.edited() == {"README.md", "notebooks/00_start_here.ipynb"}
    row = "99_tiny.ipynb) | about "
    assert f"| [Sums](notebooks/{row}" in (project.path / "README.md").read_text()
    start = files.read(project.path / "notebooks/00_start_here.ipynb")
    assert any(f"| [Sums]({row}" in cell.source for cell in start.cells)
    assert files.read(path).metadata["cnnlab"]["cost"]
