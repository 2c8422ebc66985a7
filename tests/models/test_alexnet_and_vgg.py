"""AlexNet and VGG: counts, agreement with torchvision, and what only the network of 2012 has."""

import pytest
import torch
from torch import nn
from torchvision import models as theirs

from cnnlab import models as ours
from cnnlab.geometry import layer_table
from tests.models.judge import draw, on_meta


@pytest.mark.parametrize(("name", "giga", "digits"), [("alexnet", 0.714, 3), ("vgg16", 15.47, 2)])
def test_multiply_adds_are_those_of_torchvisions_metadata(name, giga, digits):
    table = layer_table(on_meta(getattr(ours, name)), (3, 224, 224))
    assert round(table.multiply_adds / 1e9, digits) == giga


def both(name):
    """Our network and torchvision's of that name, ``_bn`` being an option of ours."""
    options = {"batch_norm": True} if name.endswith("_bn") else {}
    return on_meta(getattr(ours, name.removesuffix("_bn")), **options), on_meta(getattr(theirs, name))


@pytest.mark.parametrize(
    "name", ["alexnet", "vgg11", "vgg13", "vgg16", "vgg19", "vgg11_bn", "vgg13_bn", "vgg16_bn", "vgg19_bn"]
)
def test_names_order_and_shapes_are_torchvisions(name):
    states = [[(key, value.shape) for key, value in network.state_dict().items()] for network in both(name)]
    assert states[0] == states[1]


@pytest.mark.parametrize(("name", "size"), [("alexnet", 224), ("vgg11", 64), ("vgg16_bn", 64)])
def test_outputs_agree_with_torchvisions_on_its_weights(name, size):
    network, judge = both(name)
    network.eval().load_state_dict(draw(judge).eval().state_dict(), assign=True)
    images = torch.randn(2, 3, size, size, generator=torch.Generator().manual_seed(1))
    with torch.inference_mode():
        expected, result = judge(images), network(images)
    assert (expected[0] - expected[1]).abs().max() > 0.1  # the picture counts
    torch.testing.assert_close(result, expected, rtol=1e-5, atol=1e-5)


def test_alexnets_first_layer_gives_55_by_55_by_96():
    network = on_meta(ours.alexnet_2012)
    assert network.features[0](torch.zeros(1, 3, 227, 227, device="meta")).shape == (1, 96, 55, 55)
    table = layer_table(network, (3, 227, 227))
    assert table.rows[0].activations == 290_400
    sizes = {"features.3": 27, "features.7": 13, "features.14": 6}
    assert {row.name: row.shape[1] for row in table.rows if row.name in sizes} == sizes


def test_the_second_fourth_and_fifth_convolution_of_2012_have_two_groups():
    network = on_meta(ours.alexnet_2012)
    assert [layer.groups for layer in network.features if isinstance(layer, nn.Conv2d)] == [1, 2, 1, 2, 2]


def test_local_response_normalisation_is_the_papers_formula():
    normalisation = on_meta(ours.alexnet_2012).features[2]  # has no weights, so works on real maps
    maps = 30 * torch.rand(1, 9, 2, 2, dtype=torch.float64)
    for channel in range(9):
        neighbours = maps[:, max(0, channel - 2) : channel + 3]
        expected = maps[:, channel] / (2 + 1e-4 * neighbours.square().sum(1)) ** 0.75
        torch.testing.assert_close(normalisation(maps)[:, channel], expected)


def test_pooling_windows_of_2012_overlap():
    pools = [layer for layer in on_meta(ours.alexnet_2012).features if isinstance(layer, nn.MaxPool2d)]
    assert [(pool.kernel_size, pool.stride) for pool in pools] == [(3, 2)] * 3


def test_dropout_is_off_in_evaluation_and_as_strong_as_asked_for():
    for make in (ours.alexnet, ours.alexnet_2012, ours.vgg11):
        parts = [part.p for part in on_meta(make, dropout=0.3).modules() if isinstance(part, nn.Dropout)]
        assert parts == [0.3, 0.3]


@pytest.mark.parametrize("depth", [1, 4])
def test_a_signal_keeps_its_size_through_vgg_at_the_start(depth):
    torch.manual_seed(0)
    outputs = ours.small_vgg(convolutions=depth)(torch.randn(16, 3, 32, 32))
    assert 0.3 < outputs.std() < 5


def test_feature_maps_outlive_the_relu_that_follows():
    network = on_meta(ours.vgg11)
    assert not any(part.inplace for part in network.modules() if isinstance(part, nn.ReLU))


@pytest.mark.parametrize("make", [ours.alexnet, ours.alexnet_2012, ours.vgg11, ours.vgg19])
def test_bad_options_are_named(make):
    with pytest.raises(ValueError, match=r"^num_classes must be positive, got 0$"):
        on_meta(make, num_classes=0)
    for dropout in (1, -0.1):
        with pytest.raises(ValueError, match=f"^dropout must be from 0 to below 1, got {dropout}$"):
            on_meta(make, dropout=dropout)
    with pytest.raises(TypeError, match=r"^dropout must be a number, got 'half'$"):
        on_meta(make, dropout="half")
