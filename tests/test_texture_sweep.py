"""The parts of which the experiments of the lesson on texture bias are made."""

import pytest
import torch
from torch import nn
from torch.testing import assert_close

from cnnlab.lessons.texture import sweep


@pytest.mark.parametrize(("share", "conflicts"), [(0, 0), (5, 60), (50, 600)])
def test_a_share_of_the_pictures_is_in_conflict(share, conflicts):
    train, held_out = sweep.mixed(0, share)
    assert (train.shapes != train.textures).sum() == conflicts
    assert (held_out.shapes != held_out.textures).sum() == conflicts / 4


def test_fainter_textures_differ_less_within_the_shape():
    strong, faint = (sweep.draw("texture", 6, 0, contrast=(c, c)).images for c in (0.8, 0.1))
    assert faint.std((2, 3)).mean() < strong.std((2, 3)).mean() / 4


def test_the_network_has_four_convolutions_and_six_outputs():
    network = sweep.cnn()
    assert sum(isinstance(part, nn.Conv2d) for part in network) == 4
    assert network(torch.zeros(2, 3, 32, 32)).shape == sweep.mlp()(torch.zeros(2, 3, 32, 32)).shape == (2, 6)


class ByColour(nn.Module):
    """Names class 0 for what is light, class 1 otherwise."""

    def forward(self, images):
        light = (images.mean((1, 2, 3)) > 0).long()
        return nn.functional.one_hot(1 - light, 6).float()


def test_accuracy_counts_the_labels_of_one_cue():
    images = torch.stack([torch.ones(3, 32, 32), -torch.ones(3, 32, 32)])
    pictures = sweep.Pictures(images, torch.tensor([0, 1]), torch.tensor([0, 0]))
    assert sweep.accuracy(ByColour(), pictures) == 100
    assert sweep.accuracy(ByColour(), pictures, "textures") == 50


def test_blur_leaves_flat_pictures_and_dims_checks():
    generator = torch.Generator().manual_seed(0)
    flat = torch.full((2, 3, 32, 32), 0.7)
    assert_close(sweep.blurred(flat, generator), flat)
    checks = (torch.arange(32).view(-1, 1) + torch.arange(32)).remainder(2).float().expand(2, 3, 32, 32)
    assert sweep.blurred(checks, generator).std() < checks.std()


def test_noise_differs_from_picture_to_picture():
    noise = sweep.noisy(torch.zeros(50, 3, 32, 32), torch.Generator().manual_seed(0)).std((1, 2, 3))
    assert 0 <= noise.min() < 0.3
    assert 1.2 < noise.max() < 1.6


def test_the_rate_with_the_lowest_loss_on_held_out_pictures_is_kept():
    parts = tuple(sweep.draw("texture", 96, seed) for seed in (0, 1))
    kept = sweep.tuned(0, parts, rates=(1e-9, 0.1), cue="textures", epochs=2)
    start = sweep.tuned(0, parts, rates=(1e-9,), cue="textures", epochs=2)
    assert not torch.equal(kept[0].weight, start[0].weight)
