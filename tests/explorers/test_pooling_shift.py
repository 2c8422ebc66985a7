"""PoolingShift: four ways of making a row shorter, and what each notices of a shift."""

import matplotlib.pyplot as plt
import numpy as np
import pytest
import torch

from cnnlab import figures
from cnnlab.explorers import PoolingShift
from cnnlab.explorers.pooling_shift.shifted_pooling import WAYS, changes, means, shifted, shorten
from cnnlab.explorers.pooling_shift.widget import ROW

ALTERNATING = [0, 9] * 8


def test_repr_states_the_settings():
    words = "PoolingShift explorer: window 3, stride 2, shift 5"
    assert repr(PoolingShift(window=3, shift=5)) == words
    assert PoolingShift(window=3, shift=5)._repr_mimebundle_()[0]["text/plain"] == words


@pytest.mark.parametrize("window", [2, 3, 4])
@pytest.mark.parametrize("stride", [2, 4])
@pytest.mark.parametrize("shift", [0, 1, 7, 16])
def test_pooling_is_pytorchs_on_a_closed_row(window, stride, shift):
    closed = torch.tensor(np.roll(ROW, shift).tolist() + np.roll(ROW, shift).tolist(), dtype=torch.float64)[
        None
    ]
    for way, pool in (
        ("max pooling", torch.nn.functional.max_pool1d),
        ("average pooling", torch.nn.functional.avg_pool1d),
    ):
        expected = pool(closed, window, stride)[0, : 16 // stride].tolist()
        assert PoolingShift(shift=shift, window=window, stride=stride).output(way) == pytest.approx(expected)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("stride", [2, 4])
def test_a_shift_by_the_stride_moves_every_output_by_one_cell(way, stride):
    before, after = (shorten(ROW, way, shift=shift, window=3, stride=stride) for shift in (1, 1 + stride))
    assert np.array_equal(after, np.roll(before, 1))


def test_a_stride_alone_swaps_a_pattern_of_two_cells_and_the_others_do_not_see_it_move():
    found = {way: changes(ALTERNATING, way, window=2, stride=2) for way in WAYS}
    assert found.pop("stride alone") == [9.0] * 16
    assert set(map(tuple, found.values())) == {(0.0,) * 16}


def test_average_and_blur_keep_the_mean_at_every_shift_and_the_others_do_not():
    kept = {way: len(set(means(ROW, way, window=2, stride=2))) == 1 for way in WAYS}
    assert kept == {
        "max pooling": False,
        "average pooling": True,
        "stride alone": False,
        "blur, then stride": True,
    }


def test_a_blur_before_the_stride_never_changes_more_than_the_stride_alone():
    for row in (ROW, ALTERNATING, [0] * 15 + [9]):
        blurred, alone = (
            np.mean(changes(row, way, window=2, stride=2)) for way in ("blur, then stride", "stride alone")
        )
        assert blurred < alone


def test_blur_weighs_the_first_cell_and_its_neighbours():
    spot = [0, 0, 8] + [0] * 13
    assert shorten(spot, "blur, then stride", shift=0, window=2, stride=2).tolist() == [
        0,
        4,
        0,
        0,
        0,
        0,
        0,
        0,
    ]
    assert shorten(spot, "blur, then stride", shift=1, window=2, stride=2).tolist() == [
        0,
        2,
        2,
        0,
        0,
        0,
        0,
        0,
    ]


def test_the_row_is_closed():
    assert shifted([1, 2, 3, 4], 3).tolist() == [2, 3, 4, 1]
    assert PoolingShift(shift=16).output("max pooling") == PoolingShift().output("max pooling")


def test_the_text_tells_all_four_outputs():
    words = PoolingShift(ALTERNATING, shift=1).describe()
    assert "The row, shifted by 1: 9 0 9 0" in words
    assert (
        "Max pooling gives 9 9 9 9 9 9 9 9; a shift by one cell changes an output by 0.00 on average" in words
    )
    assert "Stride alone gives 9 9 9 9 9 9 9 9; a shift by one cell changes an output by 9.00" in words
    assert "the mean of the outputs is from 0 to 9." in words


@pytest.mark.parametrize("row", [np.arange(16) % 3, torch.arange(16) % 3, [i % 3 for i in range(16)]])
def test_every_kind_of_row_is_taken(row):
    assert PoolingShift(row).row == [i % 3 for i in range(16)]


@pytest.mark.parametrize(
    ("arguments", "error", "sentence"),
    [
        ({"row": 5}, TypeError, "row must be a sequence of numbers, got 5"),
        ({"row": [1] * 15}, ValueError, "row must have 16 numbers, got 15"),
        ({"row": [10] * 16}, ValueError, "each number of row must be between 0 and 9, got 10"),
        ({"shift": 17}, ValueError, "shift must be from 0 to 16, got 17"),
        ({"shift": 0.5}, TypeError, "shift must be an integer, got 0.5"),
        ({"window": 5}, ValueError, "window must be one of 2, 3, 4, got 5"),
        ({"stride": True}, ValueError, "stride must be one of 2, 4, got True"),
    ],
)
def test_wrong_arguments_give_one_sentence(arguments, error, sentence):
    with pytest.raises(error, match=f"^{sentence}$"):
        PoolingShift(**arguments)


def test_twin_holds_the_row_the_outputs_and_every_change():
    explorer = PoolingShift(shift=3, stride=4)
    fig = explorer.static_twin()
    fig.draw_without_rendering()
    heights = [[bar.get_height() for bar in ax.containers[0]] for ax in fig.axes]
    assert heights[0] == np.roll(ROW, 3).tolist()
    for (output, steps), way in zip(zip(heights[1::2], heights[2::2], strict=True), WAYS, strict=True):
        assert output == explorer.output(way)
        assert steps == explorer.changes(way)
    assert figures.describe(fig) == figures.describe(explorer.static_twin())
    plt.close("all")
