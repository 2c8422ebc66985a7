"""What a check says."""

import json

import numpy as np
import pytest
import torch

from cnnlab import exercises
from cnnlab.exercises import YOUR_TURN, Function, Mistake, Value, checker, registry
from cnnlab.exercises.diagnosis import EXCEPTIONS, MISTAKES
from cnnlab.exercises.faults import SAYS


def verdict_on(exercise, answer):
    return checker.verdict_on(exercise, answer, 20.0)


def diagnosis(exercise, answer):
    return verdict_on(exercise, answer).diagnosis


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
        "conv1d.convolve: not yet (right on 1 of 12 inputs)\n"
        "  tried       signal = [1, 2, 3], kernel = [1, 10]\n"
        "  came back   [10, 21, 32, 3]\n"
        "  expected    [1, 12, 23, 30]\n"
        "  difference  4 of 4 values, the first at index 0; off by up to 27\n"
        "  This is the cross-correlation: the kernel was not flipped."
    )


def test_a_right_function_is_told_so():
    verdict = exercises.check("conv1d.convolve", np.convolve)
    assert verdict.passed is True
    assert repr(verdict) == "conv1d.convolve: right on all 12 inputs"


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

    exercise = Function(cases=[{"signal": [1, 2, 6]}, {"signal": [12.5, 0]}], right=[torch.mean])
    verdict = verdict_on(exercise, mean)
    assert verdict.passed
    assert repr(verdict).splitlines()[1] == "  printed     '9.0\\n12.5\\n', 9 characters in all"


def test_a_function_that_needs_numpy_passes_with_a_note():
    verdict = exercises.check("start.mean", np.mean)
    assert verdict.passed
    assert "tried with NumPy arrays, since on float64 tensors: TypeError: mean() got" in repr(verdict)


@pytest.mark.parametrize("answer", [YOUR_TURN, (YOUR_TURN, 1)])
def test_a_placeholder_is_friendly(answer):
    """For every exercise ``prove`` says that it is not judged."""
    for name, given in (("start.shape", answer), ("start.mean", lambda signal: answer)):
        verdict = exercises.check(name, given)
        assert verdict.passed is None
        assert repr(verdict) == f"{name}: it is your turn."
    assert exercises.check("start.mean", YOUR_TURN).passed is None


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
    exercise = Function(cases=[{"signal": [0, 0]}], right=[lambda signal: signal * 0])
    noisy = verdict_on(exercise, lambda signal: signal + 1e-17 + torch.tensor([0.0, 1.0]))
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
    with pytest.raises(ValueError, match=r"got None; close ones: alexnet_vgg\.budget, "):
        exercises.check(None, 1)


def test_the_time_limit_must_be_positive():
    with pytest.raises(ValueError, match="seconds must be positive and finite, got 0"):
        exercises.check("start.mean", torch.mean, seconds=0)


def three(answer, **options):
    """Return the diagnosis of an answer where [1, 2, 4] is expected of three zeros."""
    exercise = Function(cases=[{"zeros": [0, 0, 0]}], right=[lambda zeros: [1, 2, 4]], **options)
    return diagnosis(exercise, lambda zeros: answer)


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
        ([1.0001, 2.0002, 4.0004], "wrong values"),
        ([1, 2, 4, 8], "one too long"),
        ([1, 2], "one too short"),
        ([1, 2, 3, 4, 5], "wrong shape"),
        ([1, 2, 5], "wrong values"),
    ],
)
def test_mistakes_that_need_no_model_are_named(answer, diagnosis):
    assert three(answer) == diagnosis


def test_what_is_not_finite_is_told_without_a_cause_that_nobody_knows():
    for number in (float("nan"), float("inf")):
        says = repr(exercises.check("start.mean", lambda signal, number=number: number)).splitlines()[-1]
        assert says == "  NaN or infinity came back where a number is expected."


def test_a_factor_is_told_only_where_it_shows():
    exercise = Function(cases=[{"x": [1, 2]}], right=[lambda x: x], tolerance=1e-9)
    for factor in (1.0000001, 1 - 1e-7, 1 + 1e-8):
        assert diagnosis(exercise, lambda x, factor=factor: [*(factor * x)]) == "wrong values"
    assert "Every value is 1.001 times the expected one." in repr(verdict_on(exercise, lambda x: 1.001 * x))


def test_a_transpose_is_named():
    exercise = Value(right=[[[1, 2], [3, 4]]], expects="a matrix")
    assert diagnosis(exercise, [[1, 3], [2, 4]]) == "transposed"


def test_the_exercises_own_mistakes_come_before_the_general_ones():
    own = Mistake("backwards", "It runs backwards.", lambda zeros: [4, 2, 1])
    assert three([4, 2, 1], mistakes=[own]) == "backwards"
    assert three([4, 2, 1.5], mistakes=[own]) == "wrong values"


def test_a_mistake_must_explain_every_case_it_speaks_of():
    exercise = Function(
        cases=[{"x": [2, 2]}, {"x": [3, 5]}, {"x": [-1, 1]}],
        right=[np.square],
        mistakes=[
            Mistake("silent", "This says nothing on any case.", lambda x: None),
            Mistake("doubled", "Doubled.", lambda x: 2 * x),
            Mistake("cubed", "Cubed.", lambda x: x**3 if x.min() > 0 else None),
        ],
    )
    assert diagnosis(exercise, lambda x: x + x) == "doubled"
    mixed = diagnosis(exercise, lambda x: x + x if len(set(x.tolist())) > 1 and x.min() > 0 else x * x)
    assert mixed == "wrong values"
    assert diagnosis(exercise, lambda x: x * x * abs(x)) == "cubed"


def test_each_answer_of_a_mistake_recognises_it():
    twice = Mistake("doubled", "Doubled, in a way.", lambda zeros: [2, 4, 8], lambda zeros: [1, 1, 1])
    assert three([2, 4, 8], mistakes=[twice]) == three([1, 1, 1], mistakes=[twice]) == "doubled"


def test_a_single_number_may_come_in_any_brackets():
    exercise = Value(right=[5], expects="a number")
    for answer in (5, [5], [[5.0]], torch.tensor([5])):
        assert verdict_on(exercise, answer).passed
    assert not verdict_on(exercise, [5, 5]).passed


def test_a_reference_that_does_not_answer_is_refused():
    exercise = Value(name="test.none", right=[None], expects="it")
    rule = r"first right answer of test\.none must answer every case, got 0 of 1"
    with pytest.raises(ValueError, match=rule):
        verdict_on(exercise, 1)


def test_all_that_is_said_is_one_short_sentence_or_two():
    known = [mistake for name in exercises.names() for mistake in registry.find(name).mistakes]
    says = [*SAYS.values(), *(mistake.says for mistake in (*EXCEPTIONS, *known))]
    assert [sentence for sentence in says if sentence[-1] not in ".?" or len(sentence) > 110] == []


def test_diagnoses_have_different_names():
    general = [*MISTAKES, *(mistake.name for mistake in EXCEPTIONS), "wrong shape", "wrong values"]
    assert len(set(general)) == len(general)
    assert set(SAYS) & set(MISTAKES) == set()


def test_a_verdict_carries_plain_data():
    verdict = exercises.check("start.shape", (8, 3, 32))
    assert json.loads(json.dumps(vars(verdict)))["passed"] is False


def test_what_came_back_is_the_full_convolution_and_not_padded():
    verdict = exercises.check("conv1d.delay", [0.5])
    assert "came back   [0.5, 1, 1.5]\n" in repr(verdict)
    assert verdict.diagnosis == "no delay"
    directions = {exercises.check("conv1d.delay", [0.5, *[0] * n]).diagnosis for n in (2, 3, 4)}
    assert directions == {"direction"}


@pytest.mark.parametrize(
    ("name", "answer", "says"),
    [
        ("start.shape", (3, 32, 48, 8), "Four numbers, wrong order: pictures first, then channels."),
        ("start.shape", (32, 48, 3, 8), "Four numbers, wrong order: pictures first, then channels."),
        ("conv1d.lengths", (12, 10, 8), "Full is k - 1 longer than the signal, valid k - 1 shorter."),
        (
            "conv1d.lengths",
            (13, 4, 7),
            "Full and valid are right. Same means as long as the signal, whatever the kernel.",
        ),
        ("start.mean", torch.median, "This is a median, taken from the middle of the sorted samples."),
        ("lenet.c3", (2400, 1500), "The biases are missing: each of the 16 kernels has one."),
        ("lenet.c3", (2416, 1400), "Today's number is right, that of 1998 is not: count the pairs of"),
        (
            "alexnet_vgg.stack",
            (110592, 200704, 9),
            "The kernels overlap: each further layer adds 2 pixels",
        ),
        (
            "alexnet_vgg.local_response",
            lambda x: torch.nn.functional.local_response_norm(x[None], 5, k=2.0)[0],
            "This is the mean of the squares, as in PyTorch, which divides alpha by n: here they are added.",
        ),
    ],
)
def test_a_wrong_answer_is_told_what_was_misunderstood(name, answer, says):
    assert repr(exercises.check(name, answer)).splitlines()[-1].startswith(f"  {says}")


def test_an_exception_that_has_a_reason_of_its_own_is_told_it():
    own = Mistake("past the end", "The last index is len - 1.", raises=("IndexError", "out of range"))
    exercise = Function(cases=[{"x": [1, 2]}], right=[lambda x: x], mistakes=[own])
    verdict = verdict_on(exercise, lambda x: x[2])
    assert verdict.diagnosis == "past the end"
    assert repr(verdict).endswith("expected    [1, 2]\n  The last index is len - 1.")
    assert diagnosis(exercise, lambda x: x.cube()) == "exception"
    assert diagnosis(exercise, lambda x: "out of range") == "wrong type"


def test_matrices_among_the_inputs_stand_on_lines_of_their_own():
    verdict = exercises.check("conv2d.cross_correlate", lambda image, kernel: image)
    assert (
        "  tried       image = [[1, 2, 3],\n"
        "                       [4, 5, 6]],\n"
        "              kernel = [[1, 10]]\n"
        "  came back   [[1, 2, 3],\n"
        "               [4, 5, 6]]\n"
    ) in repr(verdict)


def test_a_tuple_becomes_a_list_and_a_boolean_stays_one():
    exercise = Function(
        cases=[{"pairs": ((3, 1), (2, 2)), "wanted": True}], right=[lambda pairs, wanted: len(pairs)]
    )

    def answer(pairs, wanted):
        pairs + [(1, 1)]  # noqa: RUF005 - a list has a sum with another
        return len(pairs) if wanted is True and pairs == [(3, 1), (2, 2)] else 0

    assert verdict_on(exercise, answer).passed
    verdict = verdict_on(exercise, lambda pairs, wanted: 3)
    assert "tried       pairs = [(3, 1), (2, 2)], wanted = True\n" in repr(verdict)


def test_whole_numbers_and_booleans_in_an_array_keep_their_dtype():
    exercise = Function(
        cases=[{"x": [5, 7], "order": np.array([1, 0]), "kept": np.array([True, False])}],
        right=[lambda x, order, kept: np.where(kept, x, 0)[order]],
    )

    def answer(x, order, kept):
        return torch.where(kept, x, 0)[order]

    assert verdict_on(exercise, answer).passed
    verdict = verdict_on(exercise, lambda x, order, kept: x)
    assert "tried       x = [5, 7], order = [1, 0], kept = [True, False]\n" in repr(verdict)

    def turns(x, order, kept):
        right = answer(x, order, kept)
        kept.logical_not_()
        return right

    changed = verdict_on(exercise, turns)
    assert changed.diagnosis == "changed its input"
    assert "kept changed" in repr(changed)
    assert exercise.cases[0]["kept"].tolist() == [True, False]


PAIR = Function(
    cases=[{"kernel": [[2, 4, 6], [1, 2, 3]]}],
    right=[lambda kernel: (kernel[:, 0], kernel[0] / kernel[0, 0])],
    join=np.outer,
)


def test_a_pair_is_judged_by_what_it_makes_together():
    assert verdict_on(PAIR, lambda kernel: ([2, 1], [1, 2, 3])).passed
    assert verdict_on(PAIR, lambda kernel: (torch.tensor([20, 10]), [0.1, 0.2, 0.3])).passed
    verdict = verdict_on(PAIR, lambda kernel: ([4, 2], [1, 2, 3]))
    assert verdict.diagnosis == "factor"
    assert "together    [[4, 8, 12],\n               [2, 4, 6]]\n" in repr(verdict)


def test_what_is_no_pair_or_makes_nothing_together_is_refused():
    assert diagnosis(PAIR, lambda kernel: [1, 2, 3]) == "wrong shape"
    assert diagnosis(PAIR, lambda kernel: ([2, 1], None)) == "nothing"
    verdict = exercises.check("conv2d.separable", lambda kernel: (kernel, kernel))
    assert "came back   shapes (2, 3) and (2, 3)" in repr(verdict)
    assert diagnosis(PAIR, lambda kernel: (torch.zeros(90_000),) * 2) == "wrong shape"


def test_a_division_by_zero_can_have_a_name_and_is_never_right():
    known = Mistake("by zero", "The corner is 0.", lambda x: x / torch.tensor([0.0, 1.0]) * 0 + x)
    exercise = Function(cases=[{"x": [0, 1]}], right=[lambda x: x], mistakes=[known])
    verdict = verdict_on(exercise, lambda x: [float("nan"), 1])
    assert (verdict.passed, verdict.diagnosis) == (False, "by zero")
    assert "off by" not in repr(verdict)


def test_a_mistake_may_be_recognised_by_a_property_of_the_value():
    falling = Mistake("falling", "It falls.", [3, 2, 1], fits=lambda answer: np.all(np.diff(answer) < 0))
    short = Mistake("short", "It ends at 4.", [0, 0, 4], fits=lambda answer: answer[2] == 4)
    exercise = Value(right=[[1, 2, 5]], expects="rising", mistakes=[falling, short])
    assert diagnosis(exercise, [9, 5, 2]) == "falling"
    assert diagnosis(exercise, [9, 5, 7]) == "wrong values"
    assert diagnosis(exercise, [9, 5, float("-inf")]) == "not finite"
    assert diagnosis(exercise, [1, 2]) == "one too short"


def test_a_mistake_is_known_by_what_it_is_before_what_it_does():
    exercise = Value(
        cases=[{"signal": [1, 2]}],
        effect=lambda kernel, signal: np.convolve(signal, kernel).sum(),
        right=[[1, 1]],
        mistakes=[Mistake("first", "One.", [3, 0]), Mistake("second", "Two.", [0, 3])],
    )
    assert diagnosis(exercise, [3, 0]) == diagnosis(exercise, [1, 2]) == "first"
    assert diagnosis(exercise, [0, 3]) == "second"
    assert diagnosis(exercise, [[1], [1]]) == "wrong shape"


def test_a_design_is_judged_by_what_it_does():
    assert exercises.check("arithmetic.design", [(3, 1, 0)] * 12)
    verdict = exercises.check("arithmetic.design", [(3, 2, 1), (3, 2, 1)])
    assert verdict.diagnosis == "field too small"
    assert (
        "  came back   [8, 7, 3, 3]\n"
        "  expected    8 outputs, 15 pixels seen (more count as 15), kernels 3 to 3\n"
    ) in repr(verdict)


def test_a_small_parameter_is_not_hidden_by_a_large_count():
    def one_off(i, o, k, g, bias, size):
        weights = o * i // g * k * k
        return weights + bias * o + (size == 28), weights * size * size

    verdict = exercises.check("arithmetic.counts", one_off)
    assert "came back   [1217, 940800]\n  expected    [1216, 940800]" in repr(verdict)


def test_a_function_that_mixes_in_float32_is_tried_on_the_notebooks_float32():
    verdict = exercises.check("start.mean", lambda signal: torch.ones(len(signal)) @ signal / len(signal))
    assert verdict.passed
    assert "note        tried with float32 tensors, since on float64 tensors: RuntimeError: " in repr(verdict)
    wrong = exercises.check("start.mean", lambda signal: torch.ones(len(signal)) @ signal / 5)
    assert wrong.passed is False
    assert "tried with float32 tensors" in repr(wrong)


def test_a_dtype_that_fits_none_is_named():
    def mean(signal):
        return torch.dot(torch.ones(len(signal), dtype=torch.float16), signal) / len(signal)

    verdict = exercises.check("start.mean", mean)
    assert verdict.diagnosis == "dtype"
    assert "x.new_zeros(n)" in repr(verdict)
