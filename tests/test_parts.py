"""The parts of the make targets: names pick notebooks, and nothing else."""

import subprocess
from pathlib import Path
from types import SimpleNamespace

import pytest

from cnnlab import __main__ as command
from cnnlab.notebooks import lint
from tests import parts


@pytest.fixture
def commands(monkeypatch):
    """What is run, and nothing runs."""
    seen = []

    def run(arguments, **options):
        seen.append([Path(arguments[0]).name, *arguments[1:]])
        return SimpleNamespace(returncode=0)

    monkeypatch.setattr(parts.subprocess, "run", run)
    return seen


@pytest.mark.parametrize("names", [[], ["03"], ["03", "05"]])
def test_lint_passes_names_to_the_notebooks_rules_alone(commands, names):
    assert not parts.main("lint", *names)
    *code, notebooks = commands
    assert code == [["ruff", "check", "."], ["ruff", "format", "--check", "--quiet", "."], ["lint-imports"]]
    assert notebooks[1:] == ["-m", "cnnlab", "lint", *names]


@pytest.mark.parametrize(("names", "passed"), [("", ""), ("03", " 03"), ("03 05", " 03 05")])
def test_make_lint_hands_its_names_on(names, passed):
    done = subprocess.run(
        ["make", "--no-print-directory", "-n", "lint", f"NAMES={names}"],
        cwd=Path(__file__).parents[1],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines()[-1].rstrip().endswith(f"-m tests.parts lint{passed}")


@pytest.mark.parametrize(("names", "linted"), [(["03"], ["03"]), (["05", "03"], ["03", "05"])])
def test_only_the_named_notebooks_are_linted(monkeypatch, names, linted):
    seen = []
    monkeypatch.setattr(lint, "lint_course", lambda paths: seen.extend(path.name[:2] for path in paths) or [])
    monkeypatch.chdir(Path(__file__).parents[1])
    assert command.main(["lint", *names]) == 0
    assert seen == linted


def test_a_name_of_no_notebook_is_refused(monkeypatch, capsys):
    monkeypatch.chdir(Path(__file__).parents[1])
    assert command.main(["lint", "77"]) == 1
    assert "notebook must be one of those in notebooks/, got '77'" in capsys.readouterr().err
