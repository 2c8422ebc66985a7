"""Patches change places and keep what they show."""

import pytest
import torch

from cnnlab.augmentation import RandomPatchShuffle
from tests.augmentation.oracle import DTYPES, draw, seeded

NUMBERED = torch.arange(16.0).view(1, 1, 4, 4)


def cut(images, rows, columns):
    """The patches of the pictures, one by one, row by row."""
    return [patch for band in images.chunk(rows, 2) for patch in band.chunk(columns, 3)]


def test_each_place_gets_the_patch_that_the_parameters_name():
    turned = RandomPatchShuffle(2).apply(NUMBERED, torch.tensor([[3, 0, 1, 2]]))
    assert turned[0, 0].tolist() == [[10, 11, 0, 1], [14, 15, 4, 5], [2, 3, 8, 9], [6, 7, 12, 13]]


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize(("rows", "columns"), [(1, 1), (2, 2), (3, 2), (6, 8), (1, 8)])
def test_patches_are_those_of_the_picture_in_the_order_of_the_parameters(rows, columns, dtype):
    images, shuffle = draw(5, 3, 6, 8, dtype=dtype), RandomPatchShuffle((rows, columns))
    order = shuffle.draw(5, (6, 8), seeded())
    before, after = (torch.stack(cut(part, rows, columns), 1) for part in (images, shuffle(images, seeded())))
    expected = torch.stack([patches[chosen] for patches, chosen in zip(before, order, strict=True)])
    assert torch.equal(after, expected)


def test_one_patch_leaves_the_picture_and_one_a_pixel_leaves_its_pixels():
    assert torch.equal(RandomPatchShuffle(1)(NUMBERED, seeded()), NUMBERED)
    pixels = RandomPatchShuffle(4)(NUMBERED, seeded())
    assert not torch.equal(pixels, NUMBERED)
    assert pixels.flatten().sort().values.tolist() == list(range(16))


def test_all_orders_of_four_patches_come_equally_often():
    orders, counts = RandomPatchShuffle(2).draw(24_000, (2, 2), seeded()).unique(dim=0, return_counts=True)
    assert len(orders) == 24
    # Six standard deviations of a binomial count.
    assert (counts - 1000).abs().max() < 6 * (1000 * 23 / 24) ** 0.5


def test_gradients_go_back_to_where_the_pixel_came_from():
    images = NUMBERED.clone().requires_grad_()
    weight = draw(1, 1, 4, 4)
    shuffle, order = RandomPatchShuffle(2), torch.tensor([[3, 0, 1, 2]])
    (shuffle.apply(images, order) * weight).sum().backward()
    assert torch.equal(shuffle.apply(images.grad, order), weight)
