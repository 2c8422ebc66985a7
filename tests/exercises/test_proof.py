import numpy as np
import pytest
import torch

from cnnlab import exercises
from cnnlab.exercises import registry, variants
from cnnlab.exercises.values import to_array


@pytest.mark.parametrize("name", exercises.names())
def test_every_check_accepts_all_that_is_right_and_names_all_that_is_wrong(name):
    report = exercises.prove(name)
    assert report.passed, repr(report)
    assert report.tried >= 40


VALUES = [exercise for exercise in registry.EXERCISES if exercise.asks == "value"]


@pytest.mark.parametrize("exercise", VALUES, ids=lambda exercise: exercise.name)
def test_standing_wrong_answers_differ_from_the_right_one(exercise):
    right = to_array(exercise.reference())
    for name, answer in variants.standing(exercise):
        if isinstance(answer, np.ndarray):
            assert not variants.same(answer, right), name


def test_every_form_holds_the_same_numbers():
    right = np.array([[1.0, 2.0], [3.0, 4.5]])
    for name, form in variants.FORMS.items():
        assert np.allclose(to_array(form(right)), right), name
    assert variants.FORMS["torch int64"](right[:1]).dtype == torch.int64
    assert variants.FORMS["list of ints"](right[:1]) == [[1, 2]]
    assert variants.FORMS["tuple"](right) == ((1.0, 2.0), (3.0, 4.5))
