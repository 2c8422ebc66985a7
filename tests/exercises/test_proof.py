from importlib import import_module
from pathlib import Path

import numpy as np
import pytest
import torch

from cnnlab import exercises
from cnnlab.exercises import Value, proof, registry, variants
from cnnlab.exercises.values import to_array

TRIED = Path(__file__).parent / "tried"
FILES = {f"{file.parent.name}.{file.stem}" for file in TRIED.glob("*/[!_]*.py")}


def tried(name):
    """Return the further right and wrong answers to an exercise: tests/exercises/tried/TOPIC/NAME.py."""
    if name not in FILES:
        return (), {}
    module = import_module(f"tests.exercises.tried.{name}")
    return getattr(module, "RIGHT", ()), getattr(module, "WRONG", {})


def test_further_answers_belong_to_exercises():
    assert set(exercises.names()) >= FILES


@pytest.mark.parametrize("name", exercises.names())
def test_every_check_accepts_all_that_is_right_and_names_all_that_is_wrong(name):
    report = proof.prove_exercise(registry.find(name), *tried(name))
    assert report.passed, repr(report)
    assert report.tried >= 40


@pytest.mark.parametrize("name", exercises.names())
def test_standing_wrong_answers_differ_from_the_right_one(name):
    exercise = registry.find(name)
    for spoilt, answer in variants.standing(exercise) if isinstance(exercise, Value) else ():
        if isinstance(answer, np.ndarray):
            assert not variants.same(answer, to_array(exercise.right[0])), spoilt


def test_every_form_holds_the_same_numbers():
    right = np.array([[1.0, 2.0], [3.0, 4.5]])
    for name, form in variants.FORMS.items():
        assert np.allclose(to_array(form(right)), right), name
    assert variants.FORMS["torch int64"](right[:1]).dtype == torch.int64
    assert variants.FORMS["list of ints"](right[:1]) == [[1, 2]]
    assert variants.FORMS["tuple"](right) == ((1.0, 2.0), (3.0, 4.5))
    assert variants.FORMS["list of ints"](np.array([1e300, 1.0])) == [1e300, 1.0]
