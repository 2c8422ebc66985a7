"""The layers of 1998, each against something that PyTorch has."""

import pytest
import torch
from torch import nn
from torch.nn import functional as F

from cnnlab.models import (
    ChannelScale,
    PartialConv2d,
    ScaledTanh,
    SquaredDistances,
    digit_bitmaps,
    subsampling,
)
from tests.refused import refused


def double(layer):
    return layer.to(torch.float64)


def test_a_partial_convolution_with_groups_of_connections_is_a_grouped_one():
    partial = PartialConv2d(4, [[0, 1], [0, 1], [2, 3]] * 2, 3)
    grouped = PartialConv2d(4, [[0, 1], [0, 1], [2, 3], [2, 3]], 3)
    judge = nn.Conv2d(4, 4, 3, groups=2)
    judge.weight.data = grouped.weight.data.reshape(4, 2, 3, 3)
    judge.bias.data = grouped.bias.data
    images = torch.randn(2, 4, 7, 6)
    torch.testing.assert_close(grouped(images), judge(images))
    assert partial(images).shape == (2, 6, 5, 4)


def test_a_partial_convolution_of_all_connections_is_a_plain_one():
    layer = double(PartialConv2d(3, [range(3)] * 5, 2))
    images = torch.randn(1, 3, 4, 4, dtype=torch.float64)
    weight = layer.weight.reshape(5, 3, 2, 2)
    torch.testing.assert_close(layer(images), F.conv2d(images, weight, layer.bias))


def test_an_output_channel_depends_on_its_connections_alone():
    layer = PartialConv2d(4, [[1], [0, 3]], 2)
    images = torch.randn(1, 4, 5, 5, requires_grad=True)
    for channel, seen in enumerate(layer.connections):
        (gradient,) = torch.autograd.grad(layer(images)[:, channel].sum(), images)
        assert tuple(gradient.abs().sum((0, 2, 3)).nonzero().flatten().tolist()) == seen


def test_the_order_of_connections_is_the_order_of_kernels():
    layer = PartialConv2d(3, [[2, 0]], 1)
    assert torch.equal(layer.dense_weight()[0, [2, 0]], layer.weight)
    assert (layer.dense_weight()[0, 1] == 0).all()


@pytest.mark.parametrize(
    "layer",
    [
        PartialConv2d(3, [[0, 2], [1]], 2),
        subsampling(3),
        ScaledTanh(),
        nn.Sequential(nn.Flatten(), SquaredDistances(torch.randn(4, 48))),
    ],
    ids=["partial", "subsampling", "squash", "distances"],
)
def test_gradients_are_right(layer):
    images = torch.randn(2, 3, 4, 4, dtype=torch.float64, requires_grad=True)
    assert torch.autograd.gradcheck(double(layer), (images,))


def test_subsampling_adds_four_pixels_and_scales_them():
    layer = subsampling(2)
    layer.scale.weight.data = torch.tensor([0.5, 2.0])
    layer.scale.bias.data = torch.tensor([1.0, -1.0])
    images = torch.arange(1.0, 5.0).reshape(1, 1, 2, 2).expand(1, 2, 2, 2)
    assert layer(images).flatten().tolist() == [0.5 * 10 + 1, 2 * 10 - 1]


def test_the_squashing_function_keeps_one_and_saturates_at_its_factor():
    values = ScaledTanh()(torch.tensor([-1.0, 0.0, 1.0, 100.0]))
    torch.testing.assert_close(values, torch.tensor([-1.0, 0.0, 1.0, 1.7159]), atol=1e-4, rtol=0)


def test_distances_are_those_of_cdist_squared():
    points, features = torch.randn(10, 84), torch.randn(5, 84)
    torch.testing.assert_close(SquaredDistances(points)(features), torch.cdist(features, points).square())


def test_a_layer_keeps_its_own_points():
    points = torch.ones(2, 3)
    layer = SquaredDistances(points)
    points.zero_()
    assert (layer.prototypes == 1).all()


def test_the_bitmaps_are_ten_different_pictures_of_ink_and_paper():
    pictures = digit_bitmaps()
    assert pictures.shape == (10, 12, 7)
    assert pictures.unique().tolist() == [-1, 1]
    differing = (pictures.flatten(1)[:, None] != pictures.flatten(1)).sum(-1)
    assert differing.fill_diagonal_(84).min() >= 8


def test_an_empty_batch_gives_an_empty_result():
    assert PartialConv2d(3, [[0]], 2)(torch.zeros(0, 3, 4, 4)).shape == (0, 1, 3, 3)
    assert SquaredDistances(torch.zeros(4, 3))(torch.zeros(0, 3)).shape == (0, 4)


CHANNELS = "connections must name different channels from 0 to"

WRONG_TYPES = {"connections must be an integer, got 0.0": lambda: PartialConv2d(2, [[0.0]], 3)}
test_wrong_types_are_named = refused(TypeError, WRONG_TYPES)

WRONG_VALUES = {
    f"{CHANNELS} 1 for each output, got []": lambda: PartialConv2d(2, [[0], []], 3),
    f"{CHANNELS} 2 for each output, got []": lambda: PartialConv2d(3, [], 3),
    f"{CHANNELS} 1 for each output, got [0, 0]": lambda: PartialConv2d(2, [[0, 0]], 3),
    f"{CHANNELS} 1 for each output, got [2]": lambda: PartialConv2d(2, [[2]], 3),
    "connections must be zero or positive, got -1": lambda: PartialConv2d(2, [[-1]], 3),
    "in_channels must be positive, got 0": lambda: PartialConv2d(0, [[0]], 3),
    "kernel_size must be positive, got 0": lambda: PartialConv2d(1, [[0]], 0),
    "num_features must be positive, got 0": lambda: subsampling(0),
    "kernel_size must be positive, got -1": lambda: subsampling(1, -1),
    "fan_in must be positive, got 0": lambda: ChannelScale(1, 0),
    "prototypes must have shape (num_classes, F), got (3,)": lambda: SquaredDistances(torch.zeros(3)),
}
test_wrong_values_are_named = refused(ValueError, WRONG_VALUES)
