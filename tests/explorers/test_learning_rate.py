"""LearningRate: what was measured and nothing else, where a curve ends, and every rate on paper."""

import math

import numpy as np
import pytest
import torch

from cnnlab import figures
from cnnlab.explorers import LearningRate
from cnnlab.explorers.learning_rate.curves import best, last, read, span

ENDED = {0.3: [2, 1.234567, 0.25], 0.1: [2.5, 2, 1.5], 3: [3, math.inf, math.nan], 1: [math.nan] * 3}


def test_rates_are_sorted_and_losses_rounded_and_cut_off_at_the_first_that_is_not_finite():
    explorer = LearningRate({"plain": ENDED})
    assert explorer.rates == [0.1, 0.3, 1, 3]
    assert explorer.arms[0]["losses"] == [[2.5, 2, 1.5], [2, 1.235, 0.25], [], [3]]
    assert (explorer.rate, explorer.steps) == (0.1, 3)


def test_a_loss_behind_an_infinite_one_is_not_shown():
    (arm,) = LearningRate({"plain": {1: [2, math.inf, 1], 2: [2, 2, 2]}}).arms
    assert arm["losses"][0] == [2]


def test_a_run_that_was_stopped_has_no_last_loss():
    explorer = LearningRate({"a": {1: [2, 1, 0.5], 2: [2, 1]}, "b": {1: [2], 2: [2]}})
    assert explorer.last("a") == pytest.approx([0.5, math.nan], nan_ok=True)
    assert explorer.last("b") == pytest.approx([math.nan] * 2, nan_ok=True)
    with pytest.raises(ValueError, match="arm must be one of 'a', 'b', got 'c'"):
        explorer.last("c")


def test_the_best_rate_is_the_first_of_those_that_reached_the_end():
    curves = {
        "tie": {1: [9.0, 4.0], 2: [9.0, 0.0], 3: [9.0, 0.0], 4: [1.0]},
        "none": {rate: [1] for rate in (1, 2, 3, 4)},
    }
    _, arms, steps = read(curves)
    assert [best(arm, steps) for arm in arms] == [1, None]
    assert last(arms[0], steps) == [4, 0, 0, None]


@pytest.mark.parametrize(
    ("losses", "ends"),
    [
        ([[2, 0.5], [2, 1e30]], [0.5, 20]),
        ([[2, 1e-30], [2, 3]], [3e-6, 3]),
        ([[0, 7], [0, 7]], [3.5, 7]),
        ([[2, 2], []], [1, 2]),
    ],
)
def test_the_picture_holds_the_losses_but_not_an_explosion(losses, ends):
    assert span([{"losses": losses}]) == pytest.approx(ends)


@pytest.mark.parametrize("form", [np.array, torch.tensor, tuple, np.float32])
def test_losses_of_every_kind_are_taken(form):
    explorer = LearningRate({"a": {1: form([2.0, 1.0]), 2: form([2.0, 0.5])}})
    assert explorer.last("a") == [1, 0.5]


def test_words_tell_the_values_and_where_a_curve_ends():
    explorer = LearningRate({"plain": ENDED, "never": {rate: [2] for rate in ENDED}}, rate=3)
    assert explorer.describe() == (
        "Learning rate 3. "
        "plain: no finite loss after step 1 of 3; its least last loss, 0.25, is at rate 0.3. "
        "never: no finite loss after step 1 of 3; every rate's curve ended early."
    )
    explorer.rate = 1
    assert "plain: no finite loss at any step;" in explorer.describe()
    explorer.rate = 0.1
    assert "plain: the loss goes from 2.5 to 1.5 in 3 steps;" in explorer.describe()


def test_the_twin_has_every_rate_and_the_last_losses(twin):
    *panels, summary = twin(LearningRate({"plain": ENDED, "other": ENDED})).axes
    assert [ax.get_title() for ax in panels] == [f"$\\eta$ = {rate}" for rate in (0.1, 0.3, 1, 3)]
    drawn = [line for line in panels[3].lines if line.get_label() == "plain"]
    np.testing.assert_array_equal(drawn[0].get_ydata(), [3, np.nan, np.nan])
    assert [line.get_label() for line in summary.lines if not line.get_label().startswith("_")] == [
        "plain",
        "other",
    ]
    np.testing.assert_array_equal(summary.lines[0].get_ydata(), [1.5, 0.25, np.nan, np.nan])
    crosses = [line for line in summary.lines if line.get_marker() == "x"]
    assert len(crosses) == 4


def test_the_twins_structure_is_the_same_wherever_a_curve_ended(twin):
    pair = (twin(LearningRate({"a": {1: [2, 1], 2: [2, end]}})) for end in (1, math.nan))
    assert len({figures.describe(fig, "structure") for fig in pair}) == 1
