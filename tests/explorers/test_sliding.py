"""The Sliding explorer states its settings in words, refuses wrong ones, and has a twin on paper."""

import subprocess
import sys

import matplotlib.pyplot as plt
import pytest
import torch

from cnnlab import figures
from cnnlab.explorers import Sliding
from cnnlab.explorers.sliding.overlap import PAIRS, SEQUENCES

EVERY_PAIR = (*PAIRS, SEQUENCES)


@pytest.mark.parametrize(
    ("explorer", "words"),
    [
        (Sliding(), "Sliding explorer: two boxes, convolution, shift -3"),
        (Sliding(flip=False, t=-1), "Sliding explorer: two boxes, cross-correlation, shift -1"),
        (
            Sliding("two Gaussians", sigma_g=0.25),
            "Sliding explorer: two Gaussians, sigma_f 0.6, sigma_g 0.25, convolution, shift -3",
        ),
        (Sliding("two sequences", g=torch.tensor([1, 2])), None),
    ],
)
def test_repr_states_the_settings(explorer, words):
    expected = words or "Sliding explorer: two sequences f = [1, 0, -1], g = [1, 2], convolution, shift 0"
    assert repr(explorer) == expected
    assert explorer._repr_mimebundle_()[0]["text/plain"] == expected


def test_value_is_the_area_or_the_sum():
    assert Sliding(t=0.25).value() == 0.75
    assert [Sliding("two sequences", t=t).value() for t in range(5)] == [0, 1, 2, -1, -2]
    assert Sliding("two sequences", t=-1, flip=False).value() == 1


@pytest.mark.parametrize("pair", EVERY_PAIR)
def test_description_says_what_is_seen(pair):
    words = Sliding(pair, flip=False).describe()
    assert "shifted but not flipped" in words
    assert f"{Sliding(pair, flip=False).value():.3f}" in words


@pytest.mark.parametrize(
    ("arguments", "error", "sentence"),
    [
        ({"pair": "two cats"}, ValueError, "pair must be one of 'two boxes', .* got 'two cats'"),
        ({"t": 9}, ValueError, "t must be between -3 and 3, got 9"),
        ({"t": float("nan")}, ValueError, "t must be between -3 and 3, got nan"),
        ({"t": "0"}, TypeError, "t must be a number, got '0'"),
        ({"pair": "two sequences", "t": 5}, ValueError, "t must be between 0 and 4, got 5"),
        ({"pair": "two sequences", "t": 0.5}, ValueError, "t must be whole for two sequences, got 0.5"),
        ({"flip": 1}, TypeError, "flip must be True or False, got 1"),
        ({"sigma_f": 0}, ValueError, "sigma_f must be between 0.2 and 1, got 0"),
        ({"sigma_g": True}, TypeError, "sigma_g must be a number, got True"),
        ({"f": []}, ValueError, "f must have 1 to 6 numbers, got 0"),
        ({"g": 7}, TypeError, "g must be a sequence of numbers, got 7"),
        ({"g": range(7)}, ValueError, "g must have 1 to 6 numbers, got 7"),
        ({"f": ["1"]}, TypeError, "f must hold numbers, got '1'"),
        ({"f": [float("inf")]}, ValueError, "f must hold finite numbers, got inf"),
        ({"f": [10]}, ValueError, "each number of f must be between -9 and 9, got 10"),
    ],
)  # fmt: skip
def test_wrong_arguments_give_one_sentence(arguments, error, sentence):
    with pytest.raises(error, match=f"^{sentence}$"):
        Sliding(**arguments)


def test_a_new_pair_starts_at_its_first_shift():
    explorer = Sliding(t=-2)
    explorer.pair = "two sequences"
    explorer.t = 4
    explorer.f = [5]
    assert (explorer.t, explorer.visited) == (0, [0, 0])
    explorer.flip = False
    assert (explorer.t, explorer.visited) == (-2, [-2, -2])


def test_the_flip_of_functions_keeps_the_shift_and_forgets_the_trace():
    explorer = Sliding()
    explorer.t = 1
    explorer.flip = False
    assert (explorer.t, explorer.visited) == (1, [1, 1])


@pytest.mark.parametrize("pair", EVERY_PAIR)
def test_nothing_is_traced_at_the_start(pair):
    explorer = Sliding(pair)
    first = 0 if pair == SEQUENCES else -3
    assert (explorer.t, explorer.visited) == (first, [first, first])
    assert "for the shifts visited so far" in explorer.describe()


def test_the_trace_grows_with_the_shift_until_the_end():
    explorer = Sliding(t=0.5)
    explorer.t = 1
    explorer.t = -1
    assert explorer.visited == [-1, 1]
    assert "visited so far, -1 to 1." in explorer.describe()
    explorer.t = 3
    assert "drawn for every shift." in explorer.describe()


def test_the_trace_stays_among_the_shifts():
    with pytest.raises(ValueError, match="t must be between -3 and 3, got 4"):
        Sliding().visited = [-3, 4]
    with pytest.raises(ValueError, match=r"visited must be the first and the last shift, got \[0.0\]"):
        Sliding().visited = [0.0]


@pytest.mark.parametrize("flip", [True, False])
@pytest.mark.parametrize("pair", EVERY_PAIR)
def test_twin_draws_several_shifts_and_the_whole_result(pair, flip):
    fig = Sliding(pair, flip=flip).static_twin()
    *above, below = fig.axes
    fig.draw_without_rendering()
    assert len(above) == 5
    assert below.get_position().y1 < above[0].get_position().y0
    words = figures.describe(fig)
    assert "'result'" in words
    assert "'g, moved'" in words
    plt.close(fig)


def test_twin_draws_the_triangle():
    fig = Sliding().static_twin()
    result = fig.axes[-1].lines[0]
    expected = [max(0, 1 - abs(t)) for t in result.get_xdata()]
    assert result.get_ydata() == pytest.approx(expected, abs=1e-12)
    assert [ax.get_title().split()[-1] for ax in fig.axes[:5]] == [
        "0.000",
        "0.500",
        "1.000",
        "0.500",
        "0.000",
    ]
    plt.close(fig)


def test_names_of_the_twin_stand_clear_of_its_axes():
    fig = Sliding().static_twin()
    fig.draw_without_rendering()
    (names,) = fig.legends
    assert all(names.get_window_extent().y0 > ax.get_tightbbox().y1 for ax in fig.axes)
    assert [text.get_text() for text in names.get_texts()] == ["$f$", r"$g(t - \tau)$", "their product"]
    plt.close(fig)


def test_short_sequences_have_a_twin():
    fig = Sliding("two sequences", f=[1], g=[2], t=0).static_twin()
    assert fig.axes[-1].lines[-1].get_ydata().tolist() == [2]
    plt.close(fig)


def test_matplotlib_comes_only_with_the_twin():
    code = "import sys; from cnnlab import explorers; explorers.Sliding(); print('matplotlib' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
