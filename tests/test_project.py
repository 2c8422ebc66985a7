"""What README and the metadata promise."""

import ast
import re
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from cnnlab.notebooks import costs, files

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]


def pins():
    lines = (ROOT / "constraints.txt").read_text().splitlines()
    pairs = [line.split("==") for line in lines if line and not line.startswith("#")]
    return {canonicalize_name(name): version for name, version in pairs}


def requirements():
    extras = PROJECT["optional-dependencies"]
    texts = PROJECT["dependencies"] + [text for texts in extras.values() for text in texts]
    return [Requirement(text) for text in texts]


def test_every_requirement_is_pinned_within_its_range():
    for requirement in requirements():
        version = pins().get(canonicalize_name(requirement.name))
        assert version, f"{requirement.name} has no line in constraints.txt"
        assert requirement.specifier.contains(version), f"{requirement} does not admit {version}"


def imported(path):
    """The packages that a file imports, at its top or within functions, without Python's own."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        else:
            names = [node.module] if isinstance(node, ast.ImportFrom) and not node.level else []
        yield from {name.split(".")[0] for name in names} - sys.stdlib_module_names


def undeclared(paths, declared):
    """What files import from distributions that are not declared: "file imports package"."""
    known = {canonicalize_name(Requirement(text).name) for text in declared}
    # A package that is not installed here, as a peer's, is taken to have its distribution's name.
    distributions = packages_distributions()
    return [
        f"{path.name} imports {package}"
        for path in paths
        for package in imported(path)
        if not known & {canonicalize_name(name) for name in distributions.get(package, [package])}
    ]


def test_every_package_that_is_imported_is_declared_where_it_is_needed():
    needed, extras = [*PROJECT["dependencies"], "cnnlab"], PROJECT["optional-dependencies"]
    lab = [*needed, *extras["lab"]]
    peers = [line for line in (ROOT / "benchmarks/peers.txt").read_text().splitlines() if line[0] != "#"]
    benchmarks = list((ROOT / "benchmarks").glob("*.py"))
    commands = [ROOT / "cnnlab/__main__.py", *(ROOT / "cnnlab/notebooks").rglob("*.py")]
    package = set((ROOT / "cnnlab").rglob("*.py")) - set(commands)
    tests = [ROOT / "conftest.py", *(ROOT / "tests").rglob("*.py")]
    assert undeclared(package, needed) == []
    assert undeclared(commands, lab) == []
    assert undeclared(tests, [*lab, *extras["test"], "tests"]) == []
    assert undeclared(benchmarks, [*needed, *peers, *(path.stem for path in benchmarks)]) == []


def test_an_import_that_is_not_declared_is_found(tmp_path):
    path = tmp_path / "a.py"
    path.write_text("import os, yaml\ndef f():\n    from PIL.Image import open\n    import nothing.of_this")
    assert undeclared([path], ["pyyaml>=6", "Pillow"]) == ["a.py imports nothing"]
    assert undeclared([path], ["pyyaml>=6", "nothing"]) == ["a.py imports PIL"]


def test_torch_is_pinned_beside_the_torchvision_built_for_it():
    assert (pins()["torch"], pins()["torchvision"]) == ("2.14.1", "0.29.1")


def test_the_extras_are_those_that_make_installs():
    (installed,) = set(re.findall(r'--editable "\.\[([a-z,]+)\]"', (ROOT / "Makefile").read_text()))
    assert list(PROJECT["optional-dependencies"]) == installed.split(",") == ["lab", "test"]


def test_the_conda_environment_installs_the_same():
    environment = yaml.safe_load((ROOT / "environment.yml").read_text())
    python, pip, packages = environment["dependencies"]
    assert Requirement(python.replace("=", "==")).name == "python"
    assert f">={python.removeprefix('python=')}" == PROJECT["requires-python"]
    assert pip == "pip"
    assert packages == {"pip": ["--constraint constraints.txt", "--editable .[lab,test]"]}


def test_the_installed_versions_are_the_pinned_ones():
    from importlib.metadata import version

    for name in ("torch", "torchvision", "numpy", "scipy", "matplotlib", "nbval", "anywidget"):
        assert version(name).split("+")[0] == pins()[name]


def test_bare_make_lists_every_target_of_the_readme():
    listed = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    promised = set(re.findall(r"`?make ([a-z]+(?:-[a-z]+)?)\b", (ROOT / "README.md").read_text()))
    promised -= {"and"}  # "apt install make ... brings make and"
    assert promised
    for target in promised:
        assert re.search(rf"^  make {target} ", listed, re.MULTILINE), target


def test_every_target_is_listed_and_phony():
    makefile = (ROOT / "Makefile").read_text()
    targets = set(re.findall(r"^([a-z][a-z-]*):", makefile, re.MULTILINE))
    phony = set(re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE).group(1).split())
    described = set(re.findall(r"^([a-z][a-z-]*):.*## ", makefile, re.MULTILINE))
    assert targets == phony == described


def test_the_cost_tables_are_those_of_the_cards():
    paths = files.find(folder=ROOT / "notebooks")
    assert costs.table(paths, "notebooks/") in (ROOT / "README.md").read_text()
    start = files.read(paths[0])
    assert any(costs.table(paths, "") in cell.source for cell in start.cells)


def test_every_local_link_in_the_documents_leads_somewhere():
    for document in ("README.md", "CONTRIBUTING.md", "data/README.md"):
        text = re.sub(r"```.*?```|`[^`]*`", "", (ROOT / document).read_text(), flags=re.DOTALL)
        for target in re.findall(r"\]\(([^)#\s]+)\)", text):
            if not target.startswith("http"):
                assert ((ROOT / document).parent / target).exists(), f"{document} links to {target}"


def test_contributing_shows_a_model_exercise_whole():
    model = (ROOT / "cnnlab/lessons/conv1d/delay.py").read_text()
    assert f"```python\n{model}```" in (ROOT / "CONTRIBUTING.md").read_text()


def test_the_readme_picture_has_an_alt_text():
    pictures = re.findall(r"!\[([^\]]*)\]\(([^)]+)\)", (ROOT / "README.md").read_text())
    assert len(pictures) == 1
    assert len(pictures[0][0]) > 40


def test_the_licences_are_there():
    assert "BSD 3-Clause" in (ROOT / "LICENSE").read_text()
    assert "CC BY 4.0" in (ROOT / "LICENSE-TEXT").read_text()
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text())
    assert citation["license"] == ["BSD-3-Clause", "CC-BY-4.0"]
    assert citation["version"] == PROJECT["version"]
    assert PROJECT["version"] in (ROOT / "CHANGELOG.md").read_text()


@pytest.mark.parametrize(
    ("tools", "sentence"),
    [
        ("exit 1", "Python must be 3.11 or newer"),
        ('case "$1" in -c) exit 0;; *) exit 1;; esac', "Python's venv module must be there"),
    ],
)
def test_what_is_missing_is_named_with_its_cure(tmp_path, tools, sentence):
    """A Python that is too old, and one without venv, stand in for such machines."""
    fake = tmp_path / "python"
    fake.write_text(f"#!/bin/sh\n{tools}\n")
    fake.chmod(0o755)
    for name in ("Makefile", "pyproject.toml", "constraints.txt"):
        (tmp_path / name).write_text((ROOT / name).read_text())
    done = subprocess.run(["make", "run", f"PYTHON={fake}"], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode != 0
    assert sentence in done.stdout
    assert not (tmp_path / ".venv").exists()
