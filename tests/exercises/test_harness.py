"""The proof must fail where a check is sloppy."""

import dataclasses

import numpy as np
import pytest
import torch

from cnnlab import exercises
from cnnlab.exercises import Exercise, Hint, Mistake, Wrong, checker, proof, variants
from cnnlab.exercises.verdict import Verdict


@pytest.fixture(autouse=True)
def few_forms(monkeypatch):
    """Each form costs a process; test_proof.py tries them all."""
    names = ("list", "torch float32")
    monkeypatch.setattr(variants, "FORMS", {name: variants.FORMS[name] for name in names})


def squares():
    """Return a sound exercise that is quick to prove."""
    return Exercise(
        "test.squares",
        "Give the squares of 1, 2 and 3.",
        lambda: [1, 4, 9],
        asks="value",
        expects="three whole numbers",
        mistakes=(
            Mistake("doubled", "These are the doubles.", lambda: [2, 4, 6]),
            Mistake("from zero", "These start at 0.", lambda: [0, 1, 4]),
        ),
        right=([1, 4, 9], np.arange(1, 4) ** 2, torch.tensor([1, 2, 3]).square()),
        wrong=(
            Wrong(np.arange(2, 7, 2), "doubled"),
            Wrong(torch.arange(3) ** 2, "from zero"),
            Wrong([9, 4, 1], "reversed"),
            Wrong([1, 4], "one too short"),
            Wrong("1 4 9", "wrong type"),
        ),
    )


def cubes():
    """Return a sound exercise that asks for a function."""
    return Exercise(
        "test.cubes",
        "Return the cubes.",
        lambda x: x**3,
        cases=({"x": [2, 3]}, {"x": [-1, 0.5, 2]}),
        mistakes=(Mistake("squares", "These are the squares.", lambda x: x**2),),
        right=(lambda x: x**3, lambda x: x * x * x, lambda x: [v**3 for v in x.tolist()]),
        wrong=(
            Wrong(lambda x: x * x, "squares"),
            Wrong(lambda x: None, "nothing"),
            Wrong(lambda x: x.cube(), "exception"),
            Wrong(lambda x: -(x**3), "sign"),
            Wrong(lambda x: x.pow_(3), "changed its input"),
        ),
    )


def failures(exercise, **changes):
    return proof.prove_exercise(dataclasses.replace(exercise, **changes)).failures


@pytest.mark.parametrize("exercise", [squares(), cubes()])
def test_a_sound_exercise_is_proved(exercise):
    assert failures(exercise) == ()


def test_a_checker_that_accepts_anything_of_the_right_shape_is_caught():
    sloppy = failures(squares(), effect=lambda answer: answer * 0)
    assert "standing wrong answer not refused: all zeros" in sloppy
    assert "standing wrong answer not refused: right x 1.01" in sloppy
    assert "wrong answer 1 must be named 'doubled', found 'right'" in sloppy


@pytest.mark.parametrize("exercise", [squares(), cubes()])
def test_a_checker_that_accepts_everything_is_caught(exercise, monkeypatch):
    def accept(exercise, answer, seconds, trusted=False):
        return Verdict(exercise.name, True, "", "right")

    monkeypatch.setattr(proof, "verdict_on", accept)
    found = failures(exercise)
    names = [name for name, _ in variants.standing(exercise)]
    assert [f"standing wrong answer not refused: {name}" for name in names] == [
        failure for failure in found if failure.startswith("standing")
    ]
    assert len([failure for failure in found if failure.startswith("wrong answer")]) == 5
    assert len([failure for failure in found if failure.startswith("YOUR_TURN")]) == 2


@pytest.mark.parametrize("exercise", [squares(), cubes()])
def test_a_checker_that_refuses_everything_is_caught(exercise, monkeypatch):
    def refuse(exercise, answer, seconds, trusted=False):
        return Verdict(exercise.name, False, "wrong values", "wrong")

    monkeypatch.setattr(proof, "verdict_on", refuse)
    refused = [failure for failure in failures(exercise) if failure.startswith("right answer")]
    assert len(refused) == 3 * (1 + len(variants.FORMS))


def test_a_checker_that_looks_only_at_zeros_is_caught(monkeypatch):
    sound = checker.verdict_on

    def lenient(exercise, answer, seconds, trusted=False):
        verdict = sound(exercise, answer, seconds, trusted)
        if verdict.diagnosis == "one value" and "came back is 0" in verdict.text:
            return Verdict(exercise.name, True, "", "right")
        return verdict

    monkeypatch.setattr(proof, "verdict_on", lenient)
    assert failures(squares()) == ("standing wrong answer not refused: all zeros",)


@pytest.mark.parametrize("exercise", [squares(), cubes()])
def test_a_tolerance_that_is_too_wide_is_caught(exercise):
    found = failures(exercise, tolerance=0.1)
    assert "tolerance must be at most 0.001, got 0.1" in found
    assert "standing wrong answer not refused: right x 1.01" in found


def test_a_tolerance_that_is_too_narrow_is_caught():
    found = failures(squares(), reference=lambda: [1.1, 4, 9], right=([1.1, 4, 9],) * 3, tolerance=1e-12)
    assert any("right answer 1 refused (torch float32)" in failure for failure in found)


@pytest.mark.parametrize("exercise", [squares(), cubes()])
def test_a_wrong_diagnosis_is_caught(exercise):
    wrong = [dataclasses.replace(wrong, diagnosis="sign") for wrong in exercise.wrong[:1]]
    name = exercise.mistakes[0].name
    found = failures(exercise, wrong=(*wrong, *exercise.wrong[1:]))
    assert f"wrong answer 1 must be named 'sign', found {name!r}" in found
    assert f"no wrong answer shows the mistake {name!r}" in found


def test_a_right_answer_that_is_refused_is_caught():
    found = failures(squares(), right=(*squares().right, [1, 4, 8]))
    assert (
        len(found) == len([failure for failure in found if failure.startswith("right answer 4 refused")]) == 3
    )


def test_a_wrong_answer_that_is_accepted_is_caught():
    found = failures(squares(), wrong=(*squares().wrong, Wrong([1, 4, 9], "doubled")))
    assert found == ("wrong answer 6 must be named 'doubled', found 'right'",)


def test_too_few_answers_are_caught():
    found = failures(squares(), right=squares().right[:2], wrong=squares().wrong[:4])
    assert "at least 3 right answers are needed, got 2" in found
    assert "at least 5 wrong answers are needed, got 4" in found


def test_a_value_that_tells_nothing_of_what_is_expected_is_caught():
    assert failures(squares(), expects="") == ("expects must say in words what is expected",)


def test_mistakes_that_no_case_tells_apart_are_caught():
    twin = Mistake("twin", "These are the squares again.", lambda x: x * x)
    harmless = Mistake("harmless", "This is right.", lambda x: x**3)
    found = failures(cubes(), mistakes=(*cubes().mistakes, twin, harmless))
    assert "no case tells 'squares' from 'twin'" in found
    assert "no case tells 'right' from 'harmless'" in found
    assert "no wrong answer shows the mistake 'twin'" in found


def test_cases_that_hide_a_mistake_are_caught():
    found = failures(cubes(), cases=({"x": [0, 1]},))
    assert "no case tells 'right' from 'squares'" in found
    assert "wrong answer 1 must be named 'squares', found 'untouched input'" not in found
    assert "wrong answer 1 must be named 'squares', found 'right'" in found


def test_a_standing_wrong_answer_can_be_exempted_with_a_reason():
    scaled = dataclasses.replace(squares(), exempt={"right x 1.01": "any multiple is right"})
    assert "right x 1.01" in dict(variants.standing(squares()))
    assert "right x 1.01" not in dict(variants.standing(scaled))


def test_standing_wrong_answers_are_those_that_every_check_must_refuse():
    assert {"all zeros", "a constant", "right x 1.01", "transposed", "equal to everything", "None"} <= set(
        dict(variants.standing(squares()))
    )
    assert {
        "the untouched x",
        "returns None",
        "raises",
        "loops",
        "returns what is equal to everything",
    } <= set(dict(variants.standing(cubes())))


def test_an_answer_equal_to_everything_is_equal_to_everything():
    assert variants.EqualToEverything() == 3
    assert abs(variants.EqualToEverything() - 3) == 0


def test_a_hint_that_no_wrong_answer_shows_is_caught():
    hint = Hint("no cube", "Write x**3.", ("no attribute 'cube'",))
    assert failures(cubes(), hints=(hint,)) == (
        "wrong answer 3 must be named 'exception', found 'no cube'",
        "no wrong answer shows the mistake 'no cube'",
    )
    named = (*cubes().wrong[:2], Wrong(lambda x: x.cube(), "no cube"), *cubes().wrong[3:])
    assert failures(cubes(), hints=(hint,), wrong=named) == ()


def factors():
    """Return a sound exercise that asks for a pair."""
    return Exercise(
        "test.factors",
        "Return a column and a row that make the matrix.",
        lambda matrix: (matrix[:, 0], matrix[0] / matrix[0, 0]),
        cases=({"matrix": [[2, 6, 4], [1, 3, 2]]}, {"matrix": [[1, 2]]}),
        join=lambda column, row: np.outer(column, row),
        mistakes=(Mistake("corner", "Divide by the corner.", lambda matrix: (matrix[:, 0], matrix[0])),),
        right=(
            lambda matrix: (matrix[:, 0], matrix[0] / matrix[0, 0]),
            lambda matrix: (matrix[:, 0] / matrix[0, 0], matrix[0]),
            lambda matrix: [matrix[:, 1].tolist(), matrix[0] / matrix[0, 1]],
        ),
        wrong=(
            Wrong(lambda matrix: (matrix.T[0], matrix[0]), "corner"),
            Wrong(lambda matrix: matrix[0], "wrong shape"),
            Wrong(lambda matrix: (matrix[:, 0], None), "nothing"),
            Wrong(lambda matrix: (matrix[0] / matrix[0, 0], matrix[:, 0]), "transposed"),
            Wrong(lambda matrix: matrix.pair(), "exception"),
        ),
        exempt={"transposed": "a column may lie either way"},
    )


def test_a_pair_is_proved_in_every_form_and_spoilt_in_both_parts():
    assert failures(factors()) == ()
    assert "right x 1.01" in dict(variants.standing(factors()))
    found = failures(factors(), exempt={})
    assert found == ("standing wrong answer not refused: transposed",)


def test_a_report_says_what_failed():
    report = proof.prove_exercise(dataclasses.replace(squares(), expects=""))
    assert not report.passed
    assert repr(report) == (
        f"test.squares: {report.tried} answers, not proved:\n  expects must say in words what is expected"
    )


def test_an_unknown_exercise_cannot_be_proved():
    with pytest.raises(ValueError, match=r"close ones: start\.mean"):
        exercises.prove("start.meen")
