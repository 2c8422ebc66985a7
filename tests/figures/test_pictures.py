"""Pictures side by side: each described by its values, all on the scale that was asked for."""

import numpy as np
import pytest
import torch

from cnnlab import figures

RAMP = torch.arange(12.0).reshape(3, 4)


def limits(fig):
    return [ax.images[0].get_clim() for ax in fig.axes]


def test_each_picture_stands_under_its_name_and_is_described_by_its_values():
    fig = figures.pictures({"ramp": RAMP, "dark": np.zeros((2, 2))})
    words = figures.describe(fig)
    assert "ramp" in words
    assert "3 x 4 values, min 0, max 11" in words
    assert "dark" in words


def test_a_batch_axis_of_one_and_a_tensor_that_learns_are_accepted():
    fig = figures.pictures({"map": RAMP[None].requires_grad_()})
    assert fig.axes[0].images[0].get_array().shape == (3, 4)


def test_colour_has_its_channels_last_and_stays_in_the_unit_interval():
    colour = torch.stack([RAMP, -RAMP, RAMP / 11])
    drawn = figures.pictures({"colour": colour}).axes[0].images[0].get_array()
    assert drawn.shape == (3, 4, 3)
    assert (drawn.min(), drawn.max()) == (0, 1)


@pytest.mark.parametrize(
    ("scale", "expected"),
    [
        ("each", [(0, 11), (-20, 0)]),
        ("shared", [(-20, 11), (-20, 11)]),
        ("unit", [(0, 1), (0, 1)]),
        ("signed", [(-20, 20), (-20, 20)]),
    ],
)
def test_the_scale_says_what_black_and_white_stand_for(scale, expected):
    fig = figures.pictures({"up": RAMP, "down": -RAMP / 11 * 20}, scale=scale)
    assert limits(fig) == [pytest.approx(pair) for pair in expected]


def test_rows_are_filled_in_order_and_empty_places_are_removed():
    fig = figures.pictures({str(n): RAMP for n in range(3)}, columns=2)
    assert [ax.get_title() for ax in fig.axes] == ["0", "1", "2"]


@pytest.mark.parametrize(
    ("call", "error", "sentence"),
    [
        (lambda: figures.pictures({}), ValueError, "series must hold at least one name and its picture"),
        (lambda: figures.pictures({"a": "cat"}), TypeError, "picture 'a' must be numbers, got 'cat'"),
        (
            lambda: figures.pictures({"a": torch.zeros(2, 3, 4)}),
            ValueError,
            r"picture 'a' must have shape .*, got \(2, 3, 4\)",
        ),
        (lambda: figures.pictures({"a": RAMP}, columns=0), ValueError, "columns must be positive, got 0"),
        (
            lambda: figures.pictures({"a": RAMP}, scale="grey"),
            ValueError,
            "scale must be one of 'each', .*, got 'grey'",
        ),
    ],
)
def test_bad_input_gets_one_sentence(call, error, sentence):
    with pytest.raises(error, match=sentence):
        call()
