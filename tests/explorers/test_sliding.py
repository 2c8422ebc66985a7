"""The Sliding explorer moves among its shifts, traces where it was, and has a twin on paper."""

import subprocess
import sys

import pytest

from cnnlab import figures
from cnnlab.explorers import Sliding
from cnnlab.explorers.sliding.overlap import PAIRS, SEQUENCES

EVERY_PAIR = (*PAIRS, SEQUENCES)


def test_value_is_the_area_or_the_sum():
    assert Sliding(t=0.25).value() == 0.75
    assert [Sliding("two sequences", t=t).value() for t in range(5)] == [0, 1, 2, -1, -2]
    assert Sliding("two sequences", t=-1, flip=False).value() == 1


@pytest.mark.parametrize("pair", EVERY_PAIR)
def test_it_starts_at_the_first_shift_with_nothing_traced_and_says_what_is_seen(pair):
    explorer = Sliding(pair, flip=False)
    first = -2 if pair == SEQUENCES else -3
    assert (explorer.t, explorer.visited) == (first, [first, first])
    words = explorer.describe()
    assert "shifted but not flipped" in words
    assert f"{explorer.value():.3f}" in words
    assert "for the shifts visited so far" in words


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


def test_the_trace_grows_with_the_shift_until_the_end():
    explorer = Sliding(t=0.5)
    explorer.t = 1
    explorer.t = -1
    assert explorer.visited == [-1, 1]
    assert "visited so far, -1 to 1." in explorer.describe()
    explorer.t = 3
    assert "drawn for every shift." in explorer.describe()


@pytest.mark.parametrize("flip", [True, False])
@pytest.mark.parametrize("pair", EVERY_PAIR)
def test_twin_draws_several_shifts_and_the_whole_result(pair, flip, twin):
    fig = twin(Sliding(pair, flip=flip))
    *above, below = fig.axes
    assert len(above) == 5
    assert below.get_position().y1 < above[0].get_position().y0
    words = figures.describe(fig)
    assert "'result'" in words
    assert "'g, moved'" in words


def test_twin_draws_the_triangle(twin):
    *above, below = twin(Sliding()).axes
    result = below.lines[0]
    expected = [max(0, 1 - abs(t)) for t in result.get_xdata()]
    assert result.get_ydata() == pytest.approx(expected, abs=1e-12)
    assert [float(ax.get_title().split()[-1]) for ax in above] == [0, 0.5, 1, 0.5, 0]


def test_names_of_the_twin_stand_clear_of_its_axes(twin):
    fig = twin(Sliding())
    (names,) = fig.legends
    assert all(names.get_window_extent().y0 > ax.get_tightbbox().y1 for ax in fig.axes)
    assert [text.get_text() for text in names.get_texts()] == ["$f$", r"$g(t - \tau)$", "their product"]


def test_short_sequences_have_a_twin(twin):
    fig = twin(Sliding("two sequences", f=[1], g=[2], t=0))
    assert fig.axes[-1].lines[-1].get_ydata().tolist() == [2]


def test_matplotlib_comes_only_with_the_twin():
    code = "import sys; from cnnlab import explorers; explorers.Sliding(); print('matplotlib' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
