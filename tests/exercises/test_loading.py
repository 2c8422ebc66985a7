"""An exercise is loaded when it is asked for, and the engine knows none."""

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest
import torch

from cnnlab import exercises
from cnnlab.exercises import Value, registry

ENGINE = Path(exercises.__file__).parent
LESSONS = ENGINE.parent / "lessons"
TOPICS = {path.name for path in LESSONS.iterdir() if (path / "__init__.py").exists()}

LOADED = """
import json, sys
from cnnlab import exercises
before = [name for name in sys.modules if name.startswith("cnnlab.lessons")]
exercises.check("start.mean", lambda signal: signal.mean())
exercises.names()
print(json.dumps([before, sorted(name for name in sys.modules if name.startswith("cnnlab.lessons."))]))
"""


def test_a_check_loads_the_file_of_its_exercise_and_no_other():
    run = subprocess.run([sys.executable, "-c", LOADED], capture_output=True, text=True, check=True)
    assert json.loads(run.stdout) == [[], ["cnnlab.lessons.start", "cnnlab.lessons.start.mean"]]


def strings(tree):
    """Return the strings of a module's code, docstrings left out."""
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef)
    nodes = [node for node in ast.walk(tree) if isinstance(node, documented)]
    docstrings = {id(node.body[0].value) for node in nodes if isinstance(node.body[0], ast.Expr)}
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings
    ]


def imports(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("path", sorted(ENGINE.glob("*.py")), ids=lambda path: path.name)
def test_the_engine_names_no_lesson(path):
    tree = ast.parse(path.read_text())
    assert [name for name in imports(tree) if "lessons" in name] == []
    named = [text for text in strings(tree) if TOPICS & {*text.split("."), *text.split()}]
    assert named == []


def test_names_say_topic_and_file():
    assert exercises.names() == sorted(set(exercises.names()))
    assert {name.split(".")[0] for name in exercises.names()} <= TOPICS
    assert all((LESSONS / f"{name.replace('.', '/')}.py").exists() for name in exercises.names())


@pytest.mark.parametrize("name", exercises.names())
def test_an_exercise_has_its_name_and_the_task_of_its_file(name):
    exercise = registry.find(name)
    assert exercise.name == name
    assert exercise.task
    assert not exercise.task.startswith(" ")
    assert "\n" not in exercise.task.replace("\n\n", "")


def test_a_file_that_draws_numbers_leaves_the_random_state(monkeypatch):
    class Module:
        """Draw."""

        EXERCISE = Value(right=[1], expects="one")

    def draws(name):
        torch.rand(3)
        return Module

    monkeypatch.setattr(registry, "import_module", draws)
    before = torch.get_rng_state()
    assert registry.find.__wrapped__("start.mean").task == "Draw."
    assert torch.equal(torch.get_rng_state(), before)


def test_a_file_beside_the_exercises_is_none(monkeypatch, tmp_path):
    (tmp_path / "topic").mkdir()
    for name, text in {"asked": "\nEXERCISE = Value()", "sweep": "EXPERIMENT = 1", "__init__": ""}.items():
        (tmp_path / "topic" / f"{name}.py").write_text(text)
    monkeypatch.setattr(registry.resources, "files", lambda package: tmp_path)
    assert registry.names.__wrapped__() == ["topic.asked"]
