"""ExamplesCurve: every seed at each number of examples, which ranges overlap, and the training pictures."""

import math

import numpy as np
import pytest
import torch

from cnnlab import figures
from cnnlab.explorers import ExamplesCurve
from cnnlab.explorers.examples_curve.accuracies import overlaps, read, span
from cnnlab.explorers.examples_curve.sheet import packed, unpacked

ACCURACIES = {
    "frozen": {1: [40, 44, 46], 5: [60, 62, 64]},
    "tuned": {5: [61, 61, 65], 1: [41, 45, 43]},
    "scratch": {1: [], 5: [41.126, 45, 43]},
}
PICTURES = torch.rand(4, 12, 3, 32, 32, generator=torch.Generator().manual_seed(0))


def curve(**options):
    return ExamplesCurve(ACCURACIES, PICTURES, **options)


def test_numbers_are_sorted_and_accuracies_rounded():
    explorer = curve()
    assert explorer.counts == [1, 5]
    assert explorer.arms[1] == {"name": "tuned", "seeds": [[41, 45, 43], [61, 61, 65]]}
    assert explorer.arms[2]["seeds"] == [[], [41.13, 45, 43]]
    assert (explorer.examples, explorer.shown) == (1, ["frozen", "tuned", "scratch"])


@pytest.mark.parametrize("form", [np.array, torch.tensor, tuple])
def test_accuracies_of_every_kind_are_taken(form):
    explorer = ExamplesCurve({"a": {1: form([40.0, 50.0]), 2: form([60.0, 70.0])}}, PICTURES)
    assert explorer.range("a") == {"low": 40, "high": 50, "mean": 45}


def test_a_range_holds_all_seeds_and_is_missing_where_none_was_measured():
    explorer = curve()
    assert explorer.range("frozen") == {"low": 40, "high": 46, "mean": pytest.approx(130 / 3)}
    assert explorer.range("scratch") is None
    explorer.examples = 5
    assert explorer.range("scratch")["low"] == 41.13
    with pytest.raises(ValueError, match="arm must be one of 'frozen', 'tuned', 'scratch', got 'b'"):
        explorer.range("b")


@pytest.mark.parametrize(
    ("first", "second", "found"),
    [
        ([1, 2], [3, 4], []),
        ([3, 4], [1, 2], []),
        ([1, 3], [3, 4], [("b", "a", 2, 0)]),
        ([1, 9], [2, 3], [("a", "b", 1, 0)]),
        ([5, 5], [5, 5], [("a", "b", 0, 2)]),
        ([], [3, 4], []),
    ],
)
def test_ranges_overlap_where_they_share_a_value(first, second, found):
    _, arms = read({"a": {1: first, 2: []}, "b": {1: second, 2: []}})
    assert [tuple(pair.values()) for pair in overlaps(arms, 0)] == found


def test_words_tell_ranges_and_which_arms_overlap():
    explorer = curve(examples=5)
    assert explorer.describe() == (
        "5 examples a class, 20 in all. Least to largest seed, and mean: frozen 60.0 to 64.0% (62.0%); "
        "tuned 61.0 to 65.0% (62.3%); scratch 41.1 to 45.0% (43.0%). "
        "Ranges that overlap: tuned above frozen in 2 of 3 seeds. All other pairs lie apart."
    )
    explorer.shown = ["scratch", "frozen"]
    assert explorer.shown == ["frozen", "scratch"]
    assert explorer.describe().endswith("No two ranges overlap.")
    explorer.shown = ["scratch"]
    assert explorer.describe().endswith("scratch 41.1 to 45.0% (43.0%).")
    explorer.shown = []
    assert explorer.describe() == "5 examples a class, 20 in all. No arm is switched on."


def test_words_leave_out_what_was_not_measured():
    assert curve().describe().startswith("1 example a class, 4 in all.")
    assert (
        curve()
        .describe()
        .endswith("scratch not measured. All ranges overlap: tuned above frozen in 2 of 3 seeds.")
    )


def test_nothing_measured_yet_is_no_fault(twin):
    empty = ExamplesCurve({"a": {1: [], 5: []}, "b": {1: [], 5: []}}, PICTURES)
    assert empty.describe().endswith("mean: a not measured; b not measured.")
    assert empty.span == [20, 30]
    twin(empty)


def test_the_span_is_of_whole_tens_and_holds_chance():
    assert curve().span == [20, 70]
    assert span([{"seeds": [[50.0]]}], 50) == [50, 60]


def test_the_first_ten_pictures_of_each_class_are_kept():
    levels = torch.linspace(0, 1, 48).reshape(4, 12, 1, 1, 1).expand(4, 12, 1, 40, 40)
    file = packed(levels)
    found = unpacked(file).reshape(4, 24, 10, 24, 3)
    expected = levels[:, :10, 0, 0, 0].mul(255).round().numpy()
    assert np.abs(found.astype(int) - expected[:, None, :, None, None]).max() <= 1
    assert ExamplesCurve(ACCURACIES, levels).stored == 10
    assert ExamplesCurve(ACCURACIES, levels[:, :3]).stored == 3


def test_pictures_of_pure_noise_fit_into_a_notebook():
    noise = torch.rand(10, 10, 3, 24, 24, generator=torch.Generator().manual_seed(0))
    state = ExamplesCurve(ACCURACIES, noise).get_state()
    assert max(len(value) for value in state.values() if isinstance(value, bytes)) * 4 // 3 < 50_000


def test_twin_has_every_seed_the_means_and_the_pictures(twin):
    explorer = curve(shown=["frozen", "scratch"], classes="abcd")
    one, five, means, pictures = twin(explorer).axes
    assert (one.get_title(), five.get_title()) == ("1 a class", "5 a class")
    for ax, rows in ((one, ([40, 44, 46], [math.nan])), (five, ([60, 62, 64], [41.13, 45, 43]))):
        drawn = [line for line in ax.lines if line.get_label() in explorer.shown]
        for line, row in zip(drawn, rows, strict=True):
            np.testing.assert_array_equal(line.get_xdata(), row)
    np.testing.assert_allclose(means.lines[1].get_ydata(), [math.nan, 43.0433], rtol=1e-4)
    assert np.array_equal(pictures.images[0].get_array(), unpacked(explorer.packed()))
    assert [label.get_text() for label in pictures.get_yticklabels()] == list("abcd")


def test_the_twins_structure_does_not_depend_on_what_was_measured(twin):
    other = {name: {n: [50, 51, 52] for n in (1, 5)} for name in ("a", "b")}
    more = {name: {n: [20, 90, 60] for n in (1, 5)} for name in ("a", "b")}
    pair = (twin(ExamplesCurve(given, PICTURES)) for given in (other, more))
    assert len({figures.describe(fig, "structure") for fig in pair}) == 1
