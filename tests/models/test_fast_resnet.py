"""The fast residual network: its start, and what its parts do."""

import pytest
import torch
from torch import nn

from cnnlab import models
from cnnlab.geometry import layer_table
from tests.models.judge import measured_multiply_adds


def smooth(count=400):
    """Pictures whose neighbouring pixels and channels are alike, and not of mean 0."""
    noise = torch.randn(count, 3, 12, 12, generator=torch.Generator().manual_seed(0))
    blurred = nn.functional.avg_pool2d(noise, 3, stride=1)
    return blurred + 0.5 * blurred.mean(1, keepdim=True) + 1


def test_a_whitened_layer_gives_uncorrelated_numbers_of_variance_1_in_both_signs():
    layer, images = nn.Conv2d(3, 24, 2), smooth()
    before = nn.functional.unfold(images, 2).transpose(0, 1).flatten(1)
    assert torch.corrcoef(before)[0, 1] > 0.5  # there is something to whiten
    assert models.start_whitened(layer, images, eps=0) is layer
    found = layer(images).detach().transpose(0, 1).flatten(1)
    torch.testing.assert_close(found[:12].cov(correction=0), torch.eye(12), atol=1e-4, rtol=0)
    torch.testing.assert_close(found.mean(1), torch.zeros(24), atol=1e-4, rtol=0)
    torch.testing.assert_close(found[12:], -found[:12])


def test_the_first_filters_see_most_and_eps_keeps_the_last_ones_small():
    layer, images = nn.Conv2d(3, 24, 2), smooth()
    models.start_whitened(layer, images, eps=0)
    sizes = layer.weight.flatten(1).norm(dim=1)[:12]
    assert (sizes.diff() >= -1e-5).all()  # the less a direction varies, the more it is amplified
    models.start_whitened(layer, images, eps=0.5)
    assert (layer.weight.flatten(1).norm(dim=1)[:12] < 0.5**-0.5).all()


def test_whitened_weights_stay_and_biases_learn():
    layer = models.start_whitened(nn.Conv2d(3, 24, 2), smooth())
    layer(smooth(2)).sum().backward()
    assert layer.weight.grad is None
    assert layer.bias.grad is not None


@pytest.mark.parametrize("layer", [nn.Conv2d(3, 12, 2), nn.Conv2d(3, 24, 2, bias=False)])
def test_a_layer_that_cannot_hold_both_signs_is_refused(layer):
    with pytest.raises(ValueError, match=r"^layer must have biases and 24 outputs, twice its inputs, got"):
        models.start_whitened(layer, smooth())


def test_a_stage_starts_as_a_copy_of_its_first_channels():
    stage = models.fast_resnet(width=8).stage2[0]
    images = torch.randn(2, 8, 5, 5)
    torch.testing.assert_close(stage(images)[:, :8], images)
    assert not torch.allclose(stage(images)[:, 8:16], images)


def test_a_residual_layer_adds_to_its_input():
    layer = models.ResidualLayer(4).eval()
    images = torch.randn(2, 4, 5, 5)
    nn.init.zeros_(layer.branch[0].weight)  # GELU of 0 is 0
    assert torch.equal(layer(images), images)


def test_scales_stay_and_all_else_but_the_whitened_weights_learns():
    network = models.fast_resnet(width=4)
    models.start_whitened(network.whitening, torch.randn(20, 3, 32, 32))
    fixed = {name for name, weight in network.named_parameters() if not weight.requires_grad}
    assert fixed == {"whitening.weight"} | {
        f"{name}.weight" for name, part in network.named_modules() if isinstance(part, nn.BatchNorm2d)
    }
    network(torch.randn(4, 3, 32, 32)).square().sum().backward()
    assert all(weight.grad.abs().sum() > 0 for weight in network.parameters() if weight.requires_grad)


def test_its_table_says_what_pytorch_measures():
    network = models.fast_resnet()
    table = layer_table(network, (3, 32, 32))
    assert table.parameters == sum(weight.numel() for weight in network.parameters()) == 1_972_792
    assert table.multiply_adds == measured_multiply_adds(network, (3, 32, 32))


def test_mirrored_is_the_mean_of_both_answers():
    network = nn.Sequential(nn.Flatten(), nn.Linear(6, 2))
    images = torch.randn(3, 1, 2, 3)
    expected = torch.stack([network(images), network(images.flip(3))]).mean(0)
    torch.testing.assert_close(models.Mirrored(network)(images), expected)
