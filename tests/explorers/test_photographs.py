"""Photographs in explorers are grey, small, and come with their credit."""

import pytest
import torch

from cnnlab import data
from cnnlab.explorers.kit.photographs import PHOTOGRAPHS, SIZE, credit, small_photograph


@pytest.mark.parametrize("name", PHOTOGRAPHS)
def test_a_photograph_has_the_size_that_a_notebook_may_store_and_names_author_and_licence(name):
    picture, card = small_photograph(name), data.cards()[name]
    assert picture.shape == (SIZE, SIZE)
    assert picture.dtype == torch.uint8
    assert -(-picture.numel() // 3) * 4 < 50_000
    assert card.attribution in credit(name)
    assert card.licence in credit(name)


def test_a_smaller_copy_keeps_the_mean_brightness_of_a_square_photograph():
    mean = data.photograph("camera").mean() * 255
    assert abs(small_photograph("camera", 64).float().mean() - mean) < 1


def test_grey_is_made_of_red_green_and_blue_by_their_weights():
    red, green, blue = data.photograph("astronaut").mean((1, 2)) * 255
    grey = 0.299 * red + 0.587 * green + 0.114 * blue
    assert abs(small_photograph("astronaut").float().mean() - grey) < 1
