"""The parts of which the experiments of the lesson on batch normalisation are made."""

import pytest
import torch
from torch import nn
from torch.testing import assert_close

from cnnlab.lessons.batch_norm import sweep


def test_parts_of_a_whole_batch_are_batch_norm():
    x = torch.randn(6, 3, 4, 4, generator=torch.Generator().manual_seed(0))
    assert_close(sweep.Parts(3, 6)(x), nn.BatchNorm2d(3)(x))


def test_each_part_has_its_own_mean_in_train_mode_only():
    noise = torch.randn(6, 3, 4, 4, generator=torch.Generator().manual_seed(0))
    x, layer = noise + torch.arange(6.0).view(6, 1, 1, 1), sweep.Parts(3, 2)
    for part in layer(x).split(2):
        assert_close(part.mean((0, 2, 3)), torch.zeros(3), atol=1e-6, rtol=0)
    first, last = layer.eval()(x).split([2, 4])
    assert last.mean() - first.mean() > 1


def test_a_disturbance_differs_by_channel_and_can_be_off():
    torch.manual_seed(0)
    layer, x = sweep.Disturbed(shift=0.5, scale=0.25), torch.ones(2, 50, 3, 3)
    disturbed = layer(x)
    assert len(disturbed[:, :, 0, 0].unique()) == 50
    assert 0.5 <= disturbed.min() < 0.8
    assert 1.5 < disturbed.max() <= 1.75
    layer.on = False
    assert_close(layer(x), x)
    layer.rest = 1.125
    assert_close(layer(x), 1.125 * x)


def test_only_numbers_that_are_zero_for_every_picture_count_as_zeros():
    model = nn.Sequential(nn.ReLU(), nn.Flatten(), nn.Linear(4, 10))
    assert sweep.zeros(model, torch.tensor([[-1.0, 2.0, -3.0, 0.0], [-1.0, -2.0, -3.0, 4.0]])) == 50


def test_a_batch_of_its_own_gives_the_mean_or_the_variance_alone():
    x, model = torch.tensor([[[[3.0]]], [[[7.0]]]]), nn.Sequential(nn.BatchNorm2d(1, eps=0)).eval()
    model[0].running_mean.fill_(1)
    model[0].running_var.fill_(16)
    assert_close(sweep.by_its_own(model, x, means=True).flatten(), torch.tensor([-0.5, 0.5]))
    assert_close(sweep.by_its_own(model, x, means=False).flatten(), torch.tensor([1.0, 3.0]))


@pytest.mark.parametrize(("layers", "pools", "pixels"), [(3, 2, 4), (1, 3, 1)])
def test_the_network_has_so_many_convolutions_and_last_pixels(layers, pools, pixels):
    model = sweep.network(None, layers=layers, pools=pools)
    assert sum(isinstance(part, nn.Conv2d) for part in model) == layers * (pools + 1)
    assert model[-1].in_features == 16 * pixels
    assert model(torch.zeros(2, 1, 8, 8)).shape == (2, 10)


def test_weights_three_times_as_large_make_outputs_of_three_layers_81_times_as_large():
    outputs = []
    for scale in (1.0, 3.0):
        torch.manual_seed(0)
        outputs.append(sweep.network(None, layers=1, pools=2, scale=scale)(torch.ones(1, 1, 8, 8)))
    assert_close(outputs[1], 81 * outputs[0])


def test_statistics_estimated_again_are_means_over_the_batches():
    layer, x = nn.Sequential(nn.BatchNorm2d(1)), torch.arange(16.0).view(4, 1, 2, 2)
    layer(100 + x)
    sweep.again(layer, x, batch=2)
    assert_close(layer[0].running_mean, torch.tensor([7.5]))
    assert not layer.training
