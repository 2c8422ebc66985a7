"""The bootstrap interval of a shape bias: as wide as chance makes it, and drawn by its seed alone."""

import re

import numpy as np
import pytest
import torch
from scipy.stats import binomtest

from cnnlab.shape_bias import Decisions


def test_an_interval_narrows_with_the_trials_and_holds_the_bias():
    widths = []
    for many in (1, 10, 100):
        low, high = Decisions(3 * many, 7 * many, 5 * many).interval()
        assert 0 <= low < 0.3 < high <= 1
        widths.append(high - low)
    assert widths[0] > 2.5 * widths[1] > 6 * widths[2]


@pytest.mark.parametrize("neither", [0, 300])
@pytest.mark.parametrize(("shape", "texture"), [(150, 350), (9236, 398)])
@pytest.mark.parametrize("confidence", [0.5, 0.95])
def test_of_many_trials_the_interval_is_nearly_scipys(shape, texture, neither, confidence):
    theirs = binomtest(shape, shape + texture).proportion_ci(confidence, method="wilson")
    width = theirs.high - theirs.low
    ours = Decisions(shape, texture, neither).interval(confidence)
    assert ours == pytest.approx(tuple(theirs), abs=0.06 * width)


@pytest.mark.parametrize("bias", [0.3, 0.8])
def test_intervals_hold_the_true_bias_about_as_often_as_they_say(bias):
    rows = np.random.default_rng(0).multinomial(200, [0.6 * bias, 0.6 * (1 - bias), 0.4], size=400)
    ends = [Decisions(*row).interval(0.9, draws=1000) for row in rows]
    assert 0.86 < np.mean([low <= bias <= high for low, high in ends]) < 0.94


def test_the_seed_alone_draws():
    decisions, before = Decisions(15, 35, 10), (torch.get_rng_state(), str(np.random.get_state()))  # noqa: NPY002
    first = decisions.interval(seed=3)
    assert decisions.interval(seed=3) == first
    assert decisions.interval(seed=4, draws=100) != first
    assert torch.equal(torch.get_rng_state(), before[0])
    assert str(np.random.get_state()) == before[1]  # noqa: NPY002


def test_the_interval_of_swapped_cues_is_mirrored():
    low, high = Decisions(35, 15, 10).interval()
    assert Decisions(15, 35, 10).interval() == pytest.approx((1 - high, 1 - low), abs=0.01)


@pytest.mark.parametrize(("decisions", "point"), [(Decisions(3, 0, 1), 1), (Decisions(0, 3, 1), 0)])
def test_where_all_decisions_are_alike_the_interval_is_a_point(decisions, point):
    assert decisions.interval() == (point, point)


def test_draws_without_a_decision_are_left_out():
    # A third of the draws name neither: what is left is the one decision that there was.
    assert Decisions(1, 0, 1000).interval() == (1, 1)
    with pytest.raises(ValueError, match=r"^draws must be enough for one that .*, got 1$"):
        Decisions(1, 0, 1000).interval(draws=1, seed=next(_seeds_without_a_decision()))


def _seeds_without_a_decision():
    shares = [1 / 1001, 0, 1000 / 1001]
    return (s for s in range(99) if np.random.default_rng(s).multinomial(1001, shares)[0] == 0)


@pytest.mark.parametrize(("confidence", "error"), [(0, ValueError), (1, ValueError), ("95 %", TypeError)])
def test_a_confidence_that_cannot_be_is_refused(confidence, error):
    with pytest.raises(error, match=r"^confidence must be "):
        Decisions(1, 1, 1).interval(confidence)


@pytest.mark.parametrize(
    ("options", "error", "sentence"),
    [
        ({"draws": 0}, ValueError, "draws must be positive, got 0"),
        ({"draws": 1e3}, TypeError, "draws must be an integer, got 1000.0"),
        ({"seed": -1}, ValueError, "seed must be zero or positive, got -1"),
    ],
)
def test_draws_that_cannot_be_are_refused(options, error, sentence):
    with pytest.raises(error, match=f"^{re.escape(sentence)}$"):
        Decisions(1, 1, 1).interval(**options)
