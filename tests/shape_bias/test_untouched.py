"""A model that is asked is left as it was, and so are pictures, labels and the global random state."""

import random

import numpy as np
import pytest
import torch
from torch import nn

from cnnlab.shape_bias import count
from tests.shape_bias.pictures import EXPECTED, PICTURES, SHAPES, TEXTURES, Brightest


class Drawing(nn.Module):
    """A network with all that could change: batch norm, dropout, and a draw of its own in any mode."""

    def __init__(self):
        super().__init__()
        self.norm = nn.BatchNorm2d(4)
        self.layer = nn.Sequential(nn.Conv2d(4, 4, 1), nn.Dropout(0.5))
        self.head = nn.Linear(4, 4)

    def forward(self, images):
        torch.rand(3), np.random.rand(), random.random()  # noqa: NPY002
        return self.head(self.layer(self.norm(images)).mean((2, 3)))


def state(model):
    """All that could change, by value."""
    gradients = [None if weight.grad is None else weight.grad.clone() for weight in model.parameters()]
    modes = [part.training for part in model.modules()]
    flags = [weight.requires_grad for weight in model.parameters()]
    return {name: value.clone() for name, value in model.state_dict().items()}, gradients, modes, flags


def random_states():
    return torch.get_rng_state().tolist(), random.getstate(), str(np.random.get_state())  # noqa: NPY002


def same(first, second):
    return str(first) == str(second)


@pytest.fixture
def network():
    """A network whose parts are in different modes, with a gradient and a frozen weight."""
    torch.manual_seed(0)
    model = Drawing()
    model.norm.eval()
    model.head.requires_grad_(False)
    model(PICTURES).sum().backward()
    return model


def test_the_model_and_chance_are_left_as_they_were(network):
    before, chance, identities = state(network), random_states(), list(map(id, network.parameters()))
    first = count(network, PICTURES, SHAPES, TEXTURES, batch_size=2)
    assert same(state(network), before)
    assert random_states() == chance
    assert list(map(id, network.parameters())) == identities
    # No dropout and no statistics of the batch: asked again in other batches, it says the same.
    assert count(network, PICTURES, SHAPES, TEXTURES) == first


def test_the_model_is_left_as_it_was_where_it_fails(network):
    with torch.no_grad():
        network.head.bias[0] = torch.nan
    before, chance = state(network), random_states()
    with pytest.raises(
        ValueError, match=r"^model must return finite logits, got others for 6 of 6 pictures$"
    ):
        count(network, PICTURES, SHAPES, TEXTURES)
    assert same(state(network), before)
    assert random_states() == chance


def test_pictures_and_labels_are_left_as_they_were():
    given = PICTURES.clone(), SHAPES.clone(), TEXTURES.clone()
    count(nn.Sequential(nn.ReLU(inplace=True), Brightest()), *given)
    assert all(map(torch.equal, given, (PICTURES, SHAPES, TEXTURES)))


def test_no_gradient_is_kept_even_if_the_pictures_ask_for_one():
    images = PICTURES.clone().requires_grad_()
    assert count(Brightest(), images, SHAPES, TEXTURES) == EXPECTED
    assert images.grad is None
