"""Residual networks: counts, agreement with torchvision and with published weights, and what a start does."""

import pytest
import torch
from torch import nn
from torchvision import models as theirs

from cnnlab import models as ours
from cnnlab.geometry import layer_table
from tests.models.judge import count, draw, measured_multiply_adds, on_meta

DEEP = {18: 11_689_512, 34: 21_797_672, 50: 25_557_032, 101: 44_549_160, 152: 60_192_808}
SMALL = {20: 269_722, 32: 464_154, 44: 658_586, 56: 853_018, 110: 1_727_962}


@pytest.mark.parametrize("depth", DEEP)
def test_names_order_and_shapes_are_torchvisions(depth):
    network, judge = (on_meta(getattr(of, f"resnet{depth}")) for of in (ours, theirs))
    assert count(network) == DEEP[depth]
    assert [(key, value.shape) for key, value in network.state_dict().items()] == [
        (key, value.shape) for key, value in judge.state_dict().items()
    ]


@pytest.mark.parametrize("depth", [18, 50])
def test_outputs_agree_with_torchvisions_on_its_weights(depth):
    judge = draw(on_meta(getattr(theirs, f"resnet{depth}"))).eval()
    network = on_meta(getattr(ours, f"resnet{depth}")).eval()
    network.load_state_dict(judge.state_dict(), assign=True)
    images = torch.randn(2, 3, 64, 64, generator=torch.Generator().manual_seed(1))
    with torch.inference_mode():
        torch.testing.assert_close(network(images), judge(images))


@pytest.mark.parametrize(
    ("depth", "options", "giga"),
    [
        (18, {}, 1.814),
        (34, {}, 3.664),
        (50, {"stride_in": "1x1"}, 3.858),
        (101, {"stride_in": "1x1"}, 7.570),
        (152, {"stride_in": "1x1"}, 11.282),
        (50, {}, 4.089),
        (101, {}, 7.801),
        (152, {}, 11.514),
    ],
)
def test_multiply_adds_are_those_of_either_stride(depth, options, giga):
    network = on_meta(getattr(ours, f"resnet{depth}"), **options)
    assert round(measured_multiply_adds(network, (3, 224, 224)) / 1e9, 3) == giga
    if depth <= 34:  # a table looks back from every layer, which takes long in deep networks
        assert round(layer_table(network, (3, 224, 224)).multiply_adds / 1e9, 3) == giga


@pytest.mark.parametrize("depth", SMALL)
def test_small_ones_have_the_published_parameters(depth):
    assert count(on_meta(ours.cifar_resnet, depth=depth)) == SMALL[depth]


@pytest.mark.parametrize("kind", ["residual", "plain", "pre-activation", "highway"])
@pytest.mark.parametrize("shortcut", ["zeros", "projection"])
def test_every_kind_takes_pictures_of_any_size_and_learns(kind, shortcut):
    torch.manual_seed(0)
    network = ours.cifar_resnet(8, 5, kind=kind, shortcut=shortcut, in_channels=1, width=4)
    for size in ((8, 8), (9, 12)):
        assert network(torch.randn(3, 1, *size)).shape == (3, 5)
    network(torch.randn(3, 1, 8, 8)).square().sum().backward()
    assert all(parameter.grad.abs().sum() > 0 for parameter in network.parameters())


def test_a_plain_network_costs_what_the_residual_one_costs():
    plain, residual = (ours.cifar_resnet(20, kind=kind) for kind in ("plain", "residual"))
    assert plain.state_dict().keys() == residual.state_dict().keys()
    sizes = [measured_multiply_adds(network, (3, 32, 32)) for network in (plain, residual)]
    assert sizes[0] == sizes[1] == 40_551_040


def test_without_normalization_there_are_biases_instead():
    network = ours.cifar_resnet(8, batch_norm=False)
    assert not [part for part in network.modules() if isinstance(part, nn.BatchNorm2d)]
    assert all(part.bias is not None for part in network.modules() if isinstance(part, nn.Conv2d))


def test_the_shortcut_without_weights_keeps_every_second_pixel_between_zeros():
    images = torch.arange(1.0, 19).view(1, 2, 3, 3)
    result = ours.ZeroPaddedShortcut(2, 5, 2)(images)
    assert result[0, 1].tolist() == [[1, 3], [7, 9]]
    assert result[0, 2].tolist() == [[10, 12], [16, 18]]
    assert result[0, [0, 3, 4]].abs().sum() == 0


def test_a_table_counts_the_shortcut_without_weights_as_what_it_is():
    table = layer_table(ours.cifar_resnet(8), (3, 15, 16))
    shortcuts = [row for row in table.rows if row.kind == "ZeroPadded"]
    assert [(row.shape, row.parameters, row.multiply_adds) for row in shortcuts] == [
        ((32, 8, 8), 0, 0),
        ((64, 4, 4), 0, 0),
    ]
    assert table.parameters == sum(weight.numel() for weight in ours.cifar_resnet(8).parameters())


@pytest.mark.parametrize("how", ["zero gamma", "dirac"])
def test_a_network_that_starts_as_the_identity_hands_on_what_its_stem_gives(how):
    torch.manual_seed(0)
    kind = "residual" if how == "zero gamma" else "plain"
    network = ours.start_as_identity(ours.cifar_resnet(14, kind=kind, width=4), how).eval()
    stem = network[:3](torch.randn(2, 3, 8, 8))
    torch.testing.assert_close(network.layer1(stem), stem, rtol=1e-4, atol=0)


def test_a_bottleneck_starts_as_the_identity_too():
    block, images = ours.start_as_identity(ours.Bottleneck(8, 2)), torch.rand(2, 8, 5, 5)
    assert torch.equal(block(images), images)


def test_dense_layers_add_their_channels():
    assert round(count(on_meta(ours.cifar_densenet)) / 1e6, 1) == 1.0
    network = ours.cifar_densenet(7, growth_rate=4)
    assert network[:2](torch.zeros(1, 3, 8, 8)).shape == (1, 20, 8, 8)
    assert network(torch.zeros(2, 3, 8, 8)).shape == (2, 10)


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: ours.cifar_resnet(21), r"depth must be 6n \+ 2 for some n of at least 1, got 21"),
        (lambda: ours.cifar_resnet(2), "depth must be 6n"),
        (lambda: ours.cifar_resnet(kind="deep"), "kind must be one of 'residual', .*, got 'deep'"),
        (lambda: ours.cifar_resnet(shortcut="none"), "shortcut must be one of 'zeros', 'projection'"),
        (lambda: ours.cifar_resnet(width=0), "width must be positive, got 0"),
        (lambda: ours.cifar_densenet(8), r"depth must be 3n \+ 4 for some n of at least 1, got 8"),
        (lambda: ours.resnet50(stride_in="7x7"), "stride_in must be one of '3x3', '1x1', got '7x7'"),
        (lambda: ours.BasicBlock(4, 8, stride=0), "stride must be positive, got 0"),
        (lambda: ours.BasicBlock(8, 4, stride=2, shortcut="zeros"), "out_channels must be at least 8, got 4"),
        (lambda: ours.start_as_identity(nn.Linear(2, 2)), "must have blocks .* by 'zero gamma', got none"),
        (lambda: ours.start_as_identity(ours.BasicBlock(2, 2), "ones"), "how must be one of"),
    ],
)
def test_bad_options_get_one_sentence(make, says):
    with pytest.raises(ValueError, match=says):
        make()
