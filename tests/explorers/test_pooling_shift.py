"""PoolingShift: four ways of making a row shorter, and what each notices of a shift."""

import numpy as np
import pytest
import torch

from cnnlab.explorers import PoolingShift
from cnnlab.explorers.pooling_shift.shifted_pooling import WAYS, changes, means, shorten
from cnnlab.explorers.pooling_shift.widget import ROW

ALTERNATING = [0, 9] * 8


@pytest.mark.parametrize("window", [2, 3, 4])
@pytest.mark.parametrize("stride", [2, 4])
@pytest.mark.parametrize("shift", [0, 1, 7, 16])
@pytest.mark.parametrize("way", ["max pooling", "average pooling"])
def test_pooling_is_pytorchs_on_a_closed_row(window, stride, shift, way):
    pool = torch.nn.functional.max_pool1d if way == "max pooling" else torch.nn.functional.avg_pool1d
    closed = torch.tensor(np.tile(np.roll(ROW, shift), 2)[None], dtype=torch.float64)
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
    kept = [way for way in WAYS if len(set(means(ROW, way, window=2, stride=2))) == 1]
    assert kept == ["average pooling", "blur, then stride"]


def test_a_blur_before_the_stride_never_changes_more_than_the_stride_alone():
    for row in (ROW, ALTERNATING, [0] * 15 + [9]):
        both = (changes(row, way, window=2, stride=2) for way in ("blur, then stride", "stride alone"))
        blurred, alone = map(np.mean, both)
        assert blurred < alone


@pytest.mark.parametrize(("shift", "first"), [(0, [0, 4, 0]), (1, [0, 2, 2])])
def test_blur_weighs_the_first_cell_and_its_neighbours(shift, first):
    spot = [0, 0, 8] + [0] * 13
    found = shorten(spot, "blur, then stride", shift=shift, window=2, stride=2)
    assert found.tolist() == first + [0] * 5


def test_the_text_tells_all_four_outputs():
    words = PoolingShift(ALTERNATING, shift=1).describe()
    assert "The row, shifted by 1: 9 0 9 0" in words
    for way, change in (("Max pooling", "0.00"), ("Stride alone", "9.00")):
        told = f"{way} gives 9 9 9 9 9 9 9 9; a shift by one cell changes an output by {change} on average"
        assert told in words
    assert "the mean of the outputs is from 0 to 9." in words


def test_twin_holds_the_row_the_outputs_and_every_change(twin):
    explorer = PoolingShift(shift=3, stride=4)
    heights = [[bar.get_height() for bar in ax.containers[0]] for ax in twin(explorer).axes]
    assert heights[0] == np.roll(ROW, 3).tolist()
    assert heights[1::2] == [explorer.output(way) for way in WAYS]
    assert heights[2::2] == [explorer.changes(way) for way in WAYS]
