"""Erasing paints the rectangle that is drawn, and draws it as promised."""

from math import log2

import pytest
import torch
from torchvision.transforms.v2 import functional

from cnnlab.augmentation import RandomErasing
from tests.augmentation.oracle import DTYPES, draw, each, seeded, spread


@pytest.mark.parametrize("dtype", DTYPES)
def test_it_is_torchvisions_erase_of_the_same_rectangle(dtype):
    images, erasing = draw(64, 3, 12, 9, dtype=dtype), RandomErasing(p=0.7, fill=5)
    parameters = erasing.draw(64, (12, 9), seeded())
    value = torch.tensor(5, dtype=dtype)
    expected = each(lambda x, *place: functional.erase(x, *place, value), images, parameters)
    result = erasing.apply(images, parameters)
    assert result.dtype == dtype
    assert torch.equal(result, expected)


def test_area_and_ratio_of_the_rectangles_fill_their_ranges_evenly():
    erasing = RandomErasing(p=1, area=(0.1, 0.3), ratio=(0.5, 2))
    # So many pixels that rounding the sides does not show.
    height, width = erasing.draw(10_000, (4000, 4000), seeded())[:, 2:].double().unbind(1)
    area, ratio = height * width / 4000**2, (height / width).log2()
    assert spread(area.clamp(0.1, 0.3), 0.1, 0.3)
    assert (area.clamp(0.1, 0.3) - area).abs().max() < 1e-3
    assert spread(ratio.clamp(-1, 1), -1, 1)
    assert abs(torch.corrcoef(torch.stack((area, ratio)))[0, 1]) < 0.04


def test_every_place_where_the_rectangle_fits_is_equally_likely():
    parameters = RandomErasing(p=1, area=(0.25, 0.25), ratio=(1, 1)).draw(10_000, (8, 8), seeded())
    assert parameters[:, 2:].unique().tolist() == [4]
    for start in parameters[:, :2].unbind(1):
        values, counts = start.unique(return_counts=True)
        assert values.tolist() == [0, 1, 2, 3, 4]
        assert counts.min() > 0.9 * 2000


@pytest.mark.parametrize("size", [(1, 1), (1, 30), (30, 1), (4, 50), (33, 33)])
@pytest.mark.parametrize("area", [(0.001, 1), (1, 1)])
def test_rectangles_stay_in_the_picture_and_have_at_least_one_pixel(size, area):
    parameters = RandomErasing(p=1, area=area).draw(5000, size, seeded())
    top, left, height, width = parameters.unbind(1)
    assert min(top.min(), left.min()) == 0
    assert min(height.min(), width.min()) >= 1
    assert (top + height).max() <= size[0]
    assert (left + width).max() <= size[1]


# The least ratio is that of a rectangle as wide as the picture, the greatest of one as high.
@pytest.mark.parametrize(
    ("size", "least", "greatest"), [((1000, 1000), 0.5, 2), ((500, 2000), 1 / 8, 0.5), ((2000, 500), 2, 8)]
)
def test_only_ratios_that_fit_are_drawn_and_the_area_is_kept(size, least, greatest):
    parameters = RandomErasing(p=1, area=(0.5, 0.5), ratio=(1 / 16, 16)).draw(5000, size, seeded())
    height, width = parameters[:, 2:].double().unbind(1)
    assert (height * width / (size[0] * size[1]) - 0.5).abs().max() < 2e-3
    low, high = log2(least), log2(greatest)
    assert spread((height / width).log2().clamp(low, high), low, high)


def test_the_share_of_erased_pictures_is_the_chance_and_0_and_1_are_exact():
    images = torch.ones(10_000, 1, 4, 4)
    for p in (0, 0.3, 1):
        erased = RandomErasing(p)(images, seeded()).amin((1, 2, 3)) == 0
        assert erased.double().mean().item() == pytest.approx(p, abs=0.02 if p == 0.3 else 0)
