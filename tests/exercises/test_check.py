import json

import numpy as np
import pytest
import torch

from cnnlab import exercises
from cnnlab.exercises import YOUR_TURN, Exercise, Mistake, checker, registry
from cnnlab.exercises.diagnosis import MISTAKES
from cnnlab.exercises.faults import SAYS


def correlate(signal, kernel):
    result = torch.zeros(len(signal) + len(kernel) - 1)
    for i in range(len(kernel)):
        result[i : i + len(signal)] += kernel[len(kernel) - 1 - i] * signal
    return result


def test_a_wrong_function_gets_input_answer_expectation_and_the_name_of_its_mistake():
    verdict = exercises.check("conv1d.convolve", correlate)
    assert verdict.passed is False
    assert verdict.diagnosis == "cross-correlation"
    assert repr(verdict) == (
        "conv1d.convolve: not yet (right on 1 of 6 inputs)\n"
        "  tried       signal = [1, 2, 3], kernel = [1, 10]\n"
        "  came back   [10, 21, 32, 3]\n"
        "  expected    [1, 12, 23, 30]\n"
        "  difference  4 of 4 values, the first at index 0; off by up to 27\n"
        "  This is the cross-correlation: the kernel was not flipped."
    )


def test_a_right_function_is_told_so():
    verdict = exercises.check("conv1d.convolve", np.convolve)
    assert verdict.passed is True
    assert repr(verdict) == "conv1d.convolve: right on all 6 inputs"


def test_a_wrong_value_does_not_give_the_answer_away():
    verdict = exercises.check("conv1d.lengths", (14, 10, 7))
    assert repr(verdict) == (
        "conv1d.lengths: not yet\n"
        "  came back   [14, 10, 7]\n"
        "  expected    three whole numbers: full, same, valid\n"
        "  difference  1 of 3 values, the first at index 0\n"
        "  Full is counted one too long: the first overlap uses one sample."
    )


def test_a_value_judged_by_its_effect_shows_both():
    verdict = exercises.check("conv1d.delay", [0.5, 0, 0])
    assert repr(verdict) == (
        "conv1d.delay: not yet\n"
        "  tried       signal = [1, 2, 3]\n"
        "  answer      [0.5, 0, 0]\n"
        "  came back   [0.5, 1, 1.5, 0, 0]\n"
        "  expected    [0, 0, 0.5, 1, 1.5]\n"
        "  difference  5 of 5 values, the first at index 0; off by up to 1.5\n"
        "  This delays under cross-correlation: convolution flips the kernel, index 0 is no delay."
    )


def test_an_exception_is_shown_with_the_line_that_raised_it():
    def fails(samples, step):
        return samples[len(samples)]

    verdict = exercises.check("conv1d.derivative", fails)
    assert verdict.text.splitlines()[2:4] == [
        "  came back   IndexError: index 5 is out of bounds for dimension 0 with size 5",
        "  your line   return samples[len(samples)]",
    ]


def test_a_matrix_is_shown_row_under_row():
    verdict = exercises.check("conv1d.toeplitz", lambda kernel, length: torch.eye(2))
    assert "  came back   [[1, 0],\n               [0, 1]]\n" in repr(verdict)
    assert "shape (2, 2) came back, (6, 4) was expected" in repr(verdict)


def test_what_is_printed_is_mentioned_and_does_not_matter():
    def mean(signal):
        print(signal.sum().item())
        return signal.mean()

    verdict = exercises.check("start.mean", mean)
    assert verdict.passed
    assert (
        repr(verdict).splitlines()[1]
        == "  printed     '9.0\\n12.5\\n0.75\\n27.0\\n5.0\\n', 23 characters in all"
    )


def test_a_function_that_needs_numpy_passes_with_a_note():
    verdict = exercises.check("start.mean", np.mean)
    assert verdict.passed
    assert "tried with NumPy arrays, since on tensors: TypeError: mean() got" in repr(verdict)


@pytest.mark.parametrize("name", exercises.names())
@pytest.mark.parametrize("answer", [YOUR_TURN, lambda *inputs: YOUR_TURN])
def test_a_placeholder_is_friendly(name, answer):
    if registry.find(name).asks == "value" and answer is not YOUR_TURN:
        answer = (YOUR_TURN, 1)
    verdict = exercises.check(name, answer)
    assert verdict.passed is None
    assert repr(verdict) == f"{name}: it is your turn. {registry.find(name).prompt}"


def test_a_verdict_is_true_only_when_passed():
    assert exercises.check("start.shape", (8, 3, 32, 48))
    assert not exercises.check("start.shape", (8, 3, 32))
    assert not exercises.check("start.shape", YOUR_TURN)


def test_a_time_limit_is_named():
    def mean(signal):
        while True:
            pass

    verdict = exercises.check("start.mean", mean, seconds=0.3)
    assert verdict.diagnosis == "time limit"
    assert "came back   nothing within 0.3 s" in repr(verdict)


def test_right_values_from_a_changed_input_are_refused():
    def standardise(signal):
        signal -= signal.mean()
        return signal / signal.std(correction=0)

    verdict = exercises.check("start.standardise", standardise)
    assert verdict.diagnosis == "changed its input"
    assert "the right values, and signal changed" in repr(verdict)


def test_no_verdict_depends_on_rounding_errors():
    exercise = Exercise("test.noise", "Return zero.", lambda signal: signal * 0, cases=({"signal": [0, 0]},))
    noisy = checker.verdict_on(exercise, lambda signal: signal + 1e-17 + torch.tensor([0.0, 1.0]), 20.0)
    assert "came back   [0, 1]" in repr(noisy)


def test_overflow_and_nan_come_without_warnings():
    for value in (1e308, -1e308, float("inf"), float("nan")):
        assert exercises.check("conv1d.delay", [value, value, value]).passed is False
        assert exercises.check("conv1d.lengths", [value, value, value]).passed is False


def test_a_huge_answer_is_told_in_one_line():
    verdict = exercises.check("start.mean", lambda signal: torch.arange(1000))
    assert "came back   shape (1000,), from 0 to 999" in repr(verdict)


def test_an_unknown_name_is_refused_with_close_ones():
    with pytest.raises(ValueError, match=r"got 'conv1d\.convolv'; close ones: conv1d\.convolve"):
        exercises.check("conv1d.convolv", 1)
    with pytest.raises(ValueError, match=r"got None; close ones: start\.mean, start\.shape"):
        exercises.check(None, 1)


@pytest.mark.parametrize("seconds", [0, -1, float("inf")])
def test_the_time_limit_must_be_positive(seconds):
    with pytest.raises(ValueError, match="seconds must be positive and finite"):
        exercises.check("start.mean", torch.mean, seconds=seconds)


def test_names_are_unique_and_say_notebook_and_topic():
    assert len(set(exercises.names())) == len(registry.EXERCISES)
    assert all(name.count(".") == 1 for name in exercises.names())


def three(answer, **options):
    """Return the diagnosis of an answer where [1, 2, 4] is expected of three zeros."""
    exercise = Exercise(
        "test.three", "Give 1, 2, 4.", lambda zeros: [1, 2, 4], cases=({"zeros": [0, 0, 0]},), **options
    )
    return checker.verdict_on(exercise, lambda zeros: answer, 20.0).diagnosis


@pytest.mark.parametrize(
    ("answer", "diagnosis"),
    [
        ([1, 2, 4], ""),
        ([1, 2, float("nan")], "not finite"),
        ([0, 0, 0], "untouched input"),
        ([4, 2, 1], "reversed"),
        ([-1, -2, -4], "sign"),
        ([3, 3, 3], "one value"),
        ([[1, 2, 4]], "extra brackets"),
        ([2, 4, 8], "factor"),
        ([1, 2, 4, 8], "one too long"),
        ([1, 2], "one too short"),
        ([1, 2, 3, 4, 5], "wrong shape"),
        ([1, 2, 5], "wrong values"),
    ],
)
def test_mistakes_that_need_no_model_are_named(answer, diagnosis):
    assert three(answer) == diagnosis


def test_a_transpose_is_named():
    exercise = Exercise("test.t", "Give it.", lambda: [[1, 2], [3, 4]], asks="value", expects="a matrix")
    assert checker.verdict_on(exercise, [[1, 3], [2, 4]], 20.0).diagnosis == "transposed"


def test_the_exercises_own_mistakes_come_before_the_general_ones():
    own = Mistake("backwards", "It runs backwards.", lambda zeros: [4, 2, 1])
    assert three([4, 2, 1], mistakes=(own,)) == "backwards"
    assert three([4, 2, 1.5], mistakes=(own,)) == "wrong values"


def test_a_mistake_must_explain_every_case_it_speaks_of():
    exercise = Exercise(
        "test.square",
        "Return the square.",
        np.square,
        cases=({"x": [2, 2]}, {"x": [3, 5]}, {"x": [-1, 1]}),
        mistakes=(
            Mistake("silent", "This says nothing on any case.", lambda x: None),
            Mistake("doubled", "Doubled.", lambda x: 2 * x),
            Mistake("cubed", "Cubed.", lambda x: x**3 if x.min() > 0 else None),
        ),
    )

    def name(answer):
        return checker.verdict_on(exercise, answer, 20.0).diagnosis

    assert name(lambda x: x + x) == "doubled"
    assert name(lambda x: x + x if len(set(x.tolist())) > 1 and x.min() > 0 else x * x) == "wrong values"
    assert name(lambda x: x * x * abs(x)) == "cubed"


def test_a_single_number_may_come_in_any_brackets():
    exercise = Exercise("test.one", "Give 5.", lambda: 5, asks="value", expects="a number")
    for answer in (5, [5], [[5.0]], torch.tensor([5])):
        assert checker.verdict_on(exercise, answer, 20.0).passed
    assert not checker.verdict_on(exercise, [5, 5], 20.0).passed


def test_a_reference_that_does_not_answer_is_refused():
    exercise = Exercise("test.none", "Give it.", lambda: None, asks="value", expects="it")
    with pytest.raises(ValueError, match=r"the reference of test\.none must answer every case, got None"):
        checker.verdict_on(exercise, 1, 20.0)


def test_all_that_is_said_is_one_short_sentence_or_two():
    says = [*SAYS.values(), *(m.says for e in registry.EXERCISES for m in e.mistakes)]
    assert all(sentence[-1] in ".?" and len(sentence) <= 110 for sentence in says)
    assert all("\n" not in e.prompt and len(e.prompt) <= 110 for e in registry.EXERCISES)


def test_diagnoses_have_different_names():
    general = [*MISTAKES, "wrong shape", "wrong values"]
    assert len(set(general)) == len(general)
    assert set(SAYS) & set(MISTAKES) == set()


def test_a_verdict_carries_plain_data():
    verdict = exercises.check("start.shape", (8, 3, 32))
    assert json.loads(json.dumps(vars(verdict)))["passed"] is False
