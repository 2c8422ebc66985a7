"""FeatureMaps: the maps that forward hooks see, rounded to bytes, within what a notebook may store."""

import numpy as np
import pytest
import torch
from torch import nn

from cnnlab.explorers import FeatureMaps
from cnnlab.explorers.feature_maps.recorded_maps import maps_within, record, rounded
from cnnlab.explorers.feature_maps.twin import mosaic
from cnnlab.explorers.kit.packed import MOST_BYTES, PART_BYTES, split
from tests.layer_lists import lenet

IMAGES = torch.rand(10, 1, 28, 28, generator=torch.Generator().manual_seed(1))


@pytest.fixture(scope="module")
def explorer():
    return FeatureMaps(lenet(), IMAGES, labels=range(10))


def test_every_layer_with_maps_is_what_the_network_makes_of_each_picture(explorer):
    network = lenet()
    assert [found["channels"] for found in explorer.layers] == [6, 6, 6, 16, 16, 16, 120, 120]
    for layer in range(8):
        expected = network[: layer + 1](IMAGES).detach()
        found = explorer.layers[layer]
        assert found["name"].startswith(f"{layer + 1} {type(network[layer]).__name__} (")
        step = (found["high"] - found["low"]) / 255
        explorer.layer = layer
        for picture in (0, 9):
            explorer.picture = picture
            assert np.abs(explorer.maps() - expected[picture].numpy()).max() <= step / 2 + 1e-6


def test_zero_lies_between_black_and_white(explorer):
    for found in explorer.layers:
        assert found["low"] <= 0 <= found["high"]
    assert rounded(np.array([2.0, 4.0])) == (pytest.approx([128, 255]), 0.0, 4.0)
    assert rounded(np.zeros(2)).levels.tolist() == [0, 0]


def test_an_activation_in_place_does_not_change_the_maps_before_it():
    network = nn.Sequential(nn.Conv2d(1, 4, 3), nn.ReLU(inplace=True))
    before, after = record(network, IMAGES)
    assert before.maps.min() < 0
    assert after.maps.min() == 0


def test_a_module_that_is_used_twice_is_a_layer_each_time_and_named_modules_say_their_name():
    class Twice(nn.Module):
        def __init__(self):
            super().__init__()
            self.c1, self.squash = nn.Conv2d(1, 1, 3, padding=1), nn.Tanh()

        def forward(self, images):
            return self.squash(self.c1(self.squash(images)))

    names = [name for name, _ in record(Twice(), IMAGES)]
    assert names == ["1 Tanh (squash)", "2 Conv2d (c1)", "3 Tanh (squash)"]


def test_dropout_is_off_and_no_layer():
    network = nn.Sequential(nn.Dropout(0.9), nn.Conv2d(1, 1, 1))
    explorer = FeatureMaps(network, IMAGES)
    assert [found["name"] for found in explorer.layers] == ["1 Conv2d"]
    expected = network[1](IMAGES[0]).detach().numpy()
    assert np.abs(explorer.maps() - expected).max() < 0.01


def test_too_many_maps_show_the_first_ones_and_say_so():
    network = nn.Sequential(nn.Conv2d(3, 64, 3, padding=1), nn.ReLU(), nn.Conv2d(64, 4, 3, padding=1))
    images = torch.rand(10, 3, 32, 32)
    explorer = FeatureMaps(network, images)
    shown = [found["shown"] for found in explorer.layers]
    assert shown[0] == shown[1] < 64
    assert shown[2] == 4
    assert len(explorer.packed()) <= MOST_BYTES
    assert f"the first {shown[0]} of 64 maps of 32 x 32" in explorer.describe()
    one_more = [(10, 64, 32, 32)] * 2 + [(10, 4, 32, 32)]
    room = MOST_BYTES - images.numel()
    assert maps_within(one_more, room) == shown[0]
    assert 10 * 32 * 32 * (2 * (shown[0] + 1) + 4) > room
    expected = network[0](images).detach().numpy()[0, : shown[0]]
    step = (explorer.layers[0]["high"] - explorer.layers[0]["low"]) / 255
    assert np.abs(explorer.maps() - expected).max() <= step / 2 + 1e-6


def test_the_pictures_travel_in_grey_and_in_colour():
    for channels in (1, 3):
        images = torch.linspace(-2, 2, 2 * channels * 25).reshape(2, channels, 5, 5)
        explorer = FeatureMaps(nn.Conv2d(channels, 1, 1), images, picture=1)
        expected = (images[1] + 2) / 4 * 255
        assert np.abs(explorer.image() - expected.numpy()).max() <= 0.5 + 1e-4


def test_pictures_of_one_pixel_are_taken():
    explorer = FeatureMaps(nn.Conv2d(1, 2, 1), torch.ones(1, 1, 1, 1))
    assert explorer.maps().shape == (2, 1, 1)


def test_the_text_tells_picture_layer_range_and_the_framed_map():
    network = nn.Sequential(nn.ReLU())
    images = torch.tensor([[[[0.0, 1.0], [2.0, 4.0]]], [[[-1.0, 5.0], [0.0, 0.0]]]])
    words = FeatureMaps(network, images, labels=torch.tensor([7, 2])).describe()
    assert words == (
        "Picture 1 of 2. Layer 1 ReLU: 1 maps of 2 x 2. "
        "Over all pictures its values lie between 0 (black) and 5 (white); "
        "zero is 0% of the way from black to white. Map 0: largest value 4, mean 1.75."
    )


def test_a_layer_with_fewer_maps_moves_the_frame_to_its_last():
    explorer = FeatureMaps(lenet(), IMAGES, layer=3, index=15)
    explorer.layer = 0
    assert explorer.index == 5


def test_maps_that_are_not_finite_are_refused():
    network = nn.Sequential(nn.Conv2d(1, 1, 1), nn.ReLU())
    nn.init.constant_(network[0].weight, torch.inf)
    with pytest.raises(ValueError, match=r"^model must give finite maps, got others at '1 Conv2d'$"):
        FeatureMaps(network, IMAGES + 1)


def test_maps_too_large_for_a_notebook_are_refused():
    with pytest.raises(ValueError, match="images must leave room for one map of each of 2 layers"):
        FeatureMaps(nn.Sequential(nn.ReLU(), nn.ReLU()), torch.zeros(10, 1, 80, 80))
    with pytest.raises(ValueError, match=f"data must have at most {MOST_BYTES} bytes, got {MOST_BYTES + 1}"):
        split(bytes(MOST_BYTES + 1))


def test_parts_join_to_what_was_split():
    data = bytes(range(256)) * 300
    parts = split(data)
    assert b"".join(parts.values()) == data
    assert max(map(len, parts.values())) == PART_BYTES


def test_a_mosaic_leaves_gaps_between_the_maps():
    whole = mosaic(np.arange(3.0)[:, None, None] * np.ones((3, 2, 2)))
    rows = [[0, 0, np.nan, 1, 1, np.nan, 2, 2]] * 2
    assert np.array_equal(whole, rows, equal_nan=True)


def test_twin_holds_the_picture_and_every_map(twin):
    explorer = FeatureMaps(lenet(), IMAGES, labels=range(10), picture=2, layer=3)
    left, right = twin(explorer).axes[:2]
    assert np.array_equal(left.images[0].get_array(), explorer.image()[0])
    drawn = np.ma.getdata(right.images[0].get_array())
    assert np.nansum(drawn) == pytest.approx(explorer.maps().sum())
    assert (left.get_title(), right.get_title()) == ("2", "4 Conv2d (c3): 16 maps of 10 × 10")
