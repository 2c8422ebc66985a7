"""Shape, texture and neither are counted, whatever the pictures lie in."""

import copy

import numpy as np
import pytest
import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

from cnnlab import data
from cnnlab.data.loaded import Loaded
from cnnlab.shape_bias import beyond_chance, count
from tests.shape_bias.pictures import EXPECTED, PICTURES, SHAPES, TEXTURES, Brightest


def test_shape_texture_and_neither_are_counted():
    assert count(Brightest(), PICTURES, SHAPES, TEXTURES) == EXPECTED


@pytest.mark.parametrize("batch_size", [1, 4, 5, 6, 100])
def test_the_size_of_the_batches_makes_no_difference(batch_size):
    assert count(Brightest(), PICTURES, SHAPES, TEXTURES, batch_size=batch_size) == EXPECTED


@pytest.mark.parametrize(
    "images",
    [
        data.Resident(PICTURES, torch.zeros(6)),
        data.Resident((PICTURES * 255).to(torch.uint8), torch.zeros(6), mean=0.5, std=0.5),
        data.Streamed(TensorDataset(PICTURES, torch.zeros(6, 2))),
        TensorDataset(PICTURES, torch.zeros(6)),
        Loaded(DataLoader(TensorDataset(PICTURES, torch.zeros(6)), batch_size=4, shuffle=True)),
        (PICTURES * 255).to(torch.uint8),
        PICTURES.double(),
        PICTURES.to(torch.bfloat16),
    ],
    ids=["resident", "bytes", "streamed", "dataset", "loader", "uint8", "float64", "bfloat16"],
)
@pytest.mark.parametrize("model", [Brightest(), nn.Sequential(nn.Flatten(), nn.Linear(4, 4, bias=False))])
def test_pictures_stream_and_take_the_models_dtype(images, model):
    for weight in model.parameters():
        weight.data.copy_(torch.eye(4))
    assert count(model, images, SHAPES, TEXTURES, batch_size=4) == EXPECTED
    assert count(copy.deepcopy(model).double(), images, SHAPES, TEXTURES, batch_size=4) == EXPECTED


@pytest.mark.parametrize("labels", [list, tuple, np.asarray, torch.tensor, lambda x: torch.tensor(x).byte()])
def test_labels_are_integers_of_any_kind(labels):
    assert count(Brightest(), PICTURES, labels(SHAPES.tolist()), labels(TEXTURES.tolist())) == EXPECTED


def test_a_guessing_model_has_a_bias_of_one_half_and_nothing_beyond_chance():
    generator = torch.Generator().manual_seed(0)
    logits = torch.rand(6000, 6, generator=generator)
    shapes = torch.randint(6, (6000,), generator=generator)
    textures = (shapes + torch.randint(1, 6, (6000,), generator=generator)) % 6
    found = count(nn.Identity(), logits, shapes, textures)
    # Five standard deviations of 2,000 decisions.
    assert found.bias == pytest.approx(0.5, abs=0.056)
    assert max(map(abs, beyond_chance(found, 6))) < 0.03 * found.trials
