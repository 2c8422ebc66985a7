"""The proof must fail where a check is sloppy."""

import dataclasses

import numpy as np
import pytest
import torch

from cnnlab import exercises
from cnnlab.exercises import Function, Mistake, Value, checker, proof, variants
from cnnlab.exercises.verdict import Verdict


@pytest.fixture(autouse=True)
def few_forms(monkeypatch):
    """Two will do here; test_proof.py tries them all."""
    names = ("list", "torch float32")
    monkeypatch.setattr(variants, "FORMS", {name: variants.FORMS[name] for name in names})


def squares():
    """Return a sound exercise that is quick to prove."""
    return Value(
        name="test.squares",
        expects="three whole numbers",
        right=[[1, 4, 9], np.arange(1, 4) ** 2, torch.tensor([1, 2, 3]).square()],
        mistakes=[
            Mistake("doubled", "These are the doubles.", np.arange(2, 7, 2)),
            Mistake("from zero", "These start at 0.", torch.arange(3) ** 2),
        ],
    )


def cubes():
    """Return a sound exercise that asks for a function."""
    return Function(
        name="test.cubes",
        cases=[{"x": [2, 3]}, {"x": [-1, 0.5, 2]}],
        right=[lambda x: x**3, lambda x: x * x * x, lambda x: [v**3 for v in x.tolist()]],
        mistakes=[Mistake("squares", "These are the squares.", lambda x: x * x)],
    )


UNNAMED = {
    "test.squares": {"reversed": [[9, 4, 1]], "one too short": [[1, 4]], "wrong type": ["1 4 9"]},
    "test.cubes": {
        "nothing": [lambda x: None],
        "exception": [lambda x: x.cube()],
        "sign": [lambda x: -(x**3)],
        "changed its input": [lambda x: x.pow_(3)],
    },
    "test.factors": {
        "wrong shape": [lambda matrix: matrix[0]],
        "nothing": [lambda matrix: (matrix[:, 0], None)],
        "transposed": [lambda matrix: (matrix[0] / matrix[0, 0], matrix[:, 0])],
        "exception": [lambda matrix: matrix.pair()],
    },
}


def failures(exercise, wrong=None, **changes):
    """Return what a proof finds of a changed exercise, with its further answers or others."""
    further = UNNAMED[exercise.name] | (wrong or {})
    return proof.prove_exercise(dataclasses.replace(exercise, **changes), wrong=further).failures


def always(monkeypatch, passed, diagnosis):
    """Let every verdict be this one."""

    def verdict_on(exercise, answer, seconds, trusted=False):
        return Verdict(exercise.name, passed, diagnosis, "as always")

    monkeypatch.setattr(proof, "verdict_on", verdict_on)


def told(failures, start):
    """Return how many failures begin with these words."""
    return sum(failure.startswith(start) for failure in failures)


@pytest.mark.parametrize("exercise", [squares(), cubes()])
def test_a_sound_exercise_is_proved(exercise):
    assert failures(exercise) == ()


def test_a_checker_that_accepts_anything_of_the_right_shape_is_caught():
    sloppy = failures(squares(), effect=lambda answer: answer * 0)
    assert "standing wrong answer not refused: all zeros" in sloppy
    assert "standing wrong answer not refused: right x 1.01" in sloppy
    assert told(sloppy, "answer 1 of 'doubled' (as it is) found 'right'")


@pytest.mark.parametrize("exercise", [squares(), cubes()])
def test_a_checker_that_accepts_everything_is_caught(exercise, monkeypatch):
    always(monkeypatch, True, "")
    found = failures(exercise)
    missed = [f"standing wrong answer not refused: {name}" for name, _ in variants.standing(exercise)]
    assert [failure for failure in found if failure.startswith("standing")] == missed
    assert told(found, "answer 1 of ") == 5
    assert told(found, "YOUR_TURN") == 2


@pytest.mark.parametrize("exercise", [squares(), cubes()])
def test_a_checker_that_refuses_everything_is_caught(exercise, monkeypatch):
    always(monkeypatch, False, "wrong values")
    found = failures(exercise)
    assert [told(found, f"answer {number} of 'right' (as it is) found") for number in (1, 2, 3)] == [1, 1, 1]


@pytest.mark.parametrize("exercise", [squares(), cubes()])
@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_checker_that_fails_on_one_form_of_one_answer_is_caught(exercise, number, monkeypatch):
    names = ["doubled", "from zero", "reversed", "one too short", "squares", "sign", "nothing"]
    calls = dict.fromkeys([*names, ""], 0)
    sound = checker.verdict_on

    def odd(exercise, answer, seconds, trusted=False):
        verdict = sound(exercise, answer, seconds, trusted)
        if trusted and verdict.diagnosis in calls:
            calls[verdict.diagnosis] += 1
            if calls[verdict.diagnosis] == number:
                return Verdict(exercise.name, None, "odd", "odd")
        return verdict

    monkeypatch.setattr(proof, "verdict_on", odd)
    found = failures(exercise)
    assert all("found 'odd'" in failure or "standing" in failure for failure in found)
    assert told(found, "answer ") >= 1


def test_every_form_of_every_answer_is_tried():
    # One of each has no other form: text, and what raises.
    for exercise in (squares(), cubes()):
        others = len(list(variants.standing(exercise))) + 2
        tried = proof.prove_exercise(exercise, wrong=UNNAMED[exercise.name]).tried
        assert tried == (3 + 4) * (1 + len(variants.FORMS)) + 1 + others


def test_further_answers_are_tried_too():
    def found(right=(), wrong=None):
        further = UNNAMED["test.squares"] | (wrong or {})
        return proof.prove_exercise(squares(), right, further).failures

    assert found(right=[(1, 4, 9)], wrong={"doubled": [(2, 4, 6)], "sign": [[-1, -4, -9]]}) == ()
    for further, failure in (
        ({"right": [(1, 4, 8)]}, "answer 1 of 'right' (as it is) found 'wrong values'"),
        ({"wrong": {"doubled": [(0, 1, 4)]}}, "answer 1 of 'doubled' (as it is) found 'from zero'"),
        ({"wrong": {"sign": [[1, 4, 9]]}}, "answer 1 of 'sign' (as it is) found 'right'"),
    ):
        assert told(found(**further), failure) == 1


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
    found = failures(squares(), right=[[1.1, 4, 9]] * 3, tolerance=1e-12)
    assert told(found, "answer 1 of 'right' (torch float32) found") == 1


@pytest.mark.parametrize("exercise", [squares(), cubes()])
def test_a_wrong_diagnosis_is_caught(exercise):
    (first, *others), name = exercise.mistakes[0].answers, exercise.mistakes[0].name
    found = failures(exercise, {"one too long": [first, *others]})
    assert told(found, f"answer 1 of 'one too long' (as it is) found {name!r}") == 1


def test_a_right_answer_that_is_refused_is_caught():
    found = failures(squares(), right=[*squares().right, [1, 4, 8]])
    assert len(found) == told(found, "answer 4 of 'right' (as it is) found 'wrong values'") == 1


def test_a_wrong_answer_that_is_accepted_is_caught():
    found = failures(squares(), {"sign": [[1, 4, 9]]})
    assert len(found) == told(found, "answer 1 of 'sign' (as it is) found 'right'") == 1


def test_too_few_answers_are_caught():
    found = failures(squares(), right=squares().right[:2], mistakes=squares().mistakes[:1])
    assert "at least 3 right answers are needed, got 2" in found
    assert "at least 5 wrong answers are needed, got 4" in found


def test_a_value_that_tells_nothing_of_what_is_expected_is_caught():
    assert failures(squares(), expects="") == ("expects must say in words what is expected",)


def test_mistakes_that_no_case_tells_apart_are_caught():
    twin = Mistake("twin", "These are the squares again.", lambda x: x**2)
    harmless = Mistake("harmless", "This is right.", lambda x: x**3)
    silent = Mistake("silent", "Nobody has seen it.")
    found = failures(cubes(), mistakes=[*cubes().mistakes, twin, harmless, silent])
    assert "no case tells 'squares' from 'twin'" in found
    assert "no case tells 'right' from 'harmless'" in found
    assert "no wrong answer shows the mistake 'silent'" in found
    assert told(found, "answer 1 of 'twin' (as it is) found 'squares'") == 1
    assert told(found, "answer 1 of 'harmless' (as it is) found 'right'") == 1


def test_cases_that_hide_a_mistake_are_caught():
    found = failures(cubes(), cases=[{"x": [0, 1]}])
    assert "no case tells 'right' from 'squares'" in found
    assert told(found, "answer 1 of 'squares' (as it is) found 'right'") == 1


def test_a_standing_wrong_answer_can_be_exempted_with_a_reason():
    scaled = dataclasses.replace(squares(), exempt={"right x 1.01": "any multiple is right"})
    assert "right x 1.01" in dict(variants.standing(squares()))
    assert "right x 1.01" not in dict(variants.standing(scaled))


def test_standing_wrong_answers_are_those_that_every_check_must_refuse():
    values = {"all zeros", "a constant", "right x 1.01", "transposed", "equal to everything", "None"}
    assert values <= set(dict(variants.standing(squares())))
    functions = {"the untouched x", "returns None", "raises", "loops", "returns what is equal to everything"}
    assert functions <= set(dict(variants.standing(cubes())))


def test_an_answer_equal_to_everything_is_equal_to_everything():
    assert variants.EqualToEverything() == 3
    assert abs(variants.EqualToEverything() - 3) == 0


def test_a_mistake_recognised_by_its_exception_is_tried_like_others():
    own = Mistake("no cube", "Write x**3.", lambda x: x.cube(), raises=["no attribute 'cube'"])
    found = failures(cubes(), mistakes=[*cubes().mistakes, own])
    assert len(found) == told(found, "answer 1 of 'exception' (as it is) found 'no cube'") == 1
    assert failures(cubes(), {"exception": []}, mistakes=[*cubes().mistakes, own]) == ()


def factors():
    """Return a sound exercise that asks for a pair."""
    return Function(
        name="test.factors",
        cases=[{"matrix": [[2, 6, 4], [1, 3, 2]]}, {"matrix": [[1, 2]]}],
        join=lambda column, row: np.outer(column, row),
        right=[
            lambda matrix: (matrix[:, 0], matrix[0] / matrix[0, 0]),
            lambda matrix: (matrix[:, 0] / matrix[0, 0], matrix[0]),
            lambda matrix: [matrix[:, 1].tolist(), matrix[0] / matrix[0, 1]],
        ],
        mistakes=[Mistake("corner", "Divide by the corner.", lambda matrix: (matrix.T[0], matrix[0]))],
        exempt={"transposed": "a column may lie either way"},
    )


def test_a_pair_is_proved_in_every_form_and_spoilt_in_both_parts():
    assert failures(factors()) == ()
    assert "right x 1.01" in dict(variants.standing(factors()))
    found = failures(factors(), exempt={})
    assert found == ("standing wrong answer not refused: transposed",)


def test_a_report_says_what_failed():
    silent = dataclasses.replace(squares(), expects="")
    report = proof.prove_exercise(silent, wrong=UNNAMED[silent.name])
    assert not report.passed
    assert repr(report) == (
        f"test.squares: {report.tried} answers, not proved:\n  expects must say in words what is expected"
    )


def test_an_unknown_exercise_cannot_be_proved():
    with pytest.raises(ValueError, match=r"close ones: start\.mean"):
        exercises.prove("start.meen")
