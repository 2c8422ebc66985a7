"""What cannot be counted is refused in one sentence."""

import re

import pytest
import torch
from torch import nn

from cnnlab.shape_bias import count
from tests.shape_bias.pictures import PICTURES, SHAPES, TEXTURES, Brightest


class Returning(nn.Module):
    """Returns what it is told to."""

    def __init__(self, answer):
        super().__init__()
        self.answer = answer

    def forward(self, images):
        return self.answer(images)


@pytest.mark.parametrize(
    ("answer", "error", "sentence"),
    [
        (lambda x: {"logits": x}, TypeError, "model must return a tensor of logits, got dict"),
        (lambda x: None, TypeError, "model must return a tensor of logits, got NoneType"),
        (lambda x: x, ValueError, "(6, num_classes), got (6, 4, 1, 1) of torch.float32"),
        (lambda x: x.flatten(1)[:3], ValueError, "(6, num_classes), got (3, 4) of torch.float32"),
        (lambda x: x.mean((1, 2, 3)), ValueError, "(6, num_classes), got (6,) of torch.float32"),
        (lambda x: x.flatten(1).argmax(1, True), ValueError, "(6, num_classes), got (6, 1) of torch.int64"),
        (lambda x: x.flatten(1) / 0, ValueError, "finite logits, got others for 6 of 6 pictures"),
        (lambda x: x.flatten(1)[:, :3], ValueError, "shape_labels must lie in 0 to 2, got 3"),
    ],
)
def test_a_model_that_returns_no_logits_is_refused(answer, error, sentence):
    with pytest.raises(error, match=f"{re.escape(sentence)}$"):
        count(Returning(answer), PICTURES, SHAPES, TEXTURES)


@pytest.mark.parametrize(
    ("arguments", "error", "sentence"),
    [
        ((None, PICTURES, SHAPES, TEXTURES), TypeError, "model must be a torch module, got NoneType"),
        ((Brightest(), None, SHAPES, TEXTURES), TypeError, "images must be a tensor, .*, got NoneType"),
        ((Brightest(), PICTURES.long(), SHAPES, TEXTURES), TypeError, "images must be floating or uint8, .*"),
        ((Brightest(), PICTURES[:0], SHAPES[:0], TEXTURES[:0]), ValueError, "images must have .*, got none"),
        (
            (Brightest(), PICTURES, SHAPES[:5], TEXTURES),
            ValueError,
            r"shape_labels must .*, got shape \(5,\)",
        ),
        ((Brightest(), PICTURES, SHAPES, TEXTURES.view(6, 1)), ValueError, r"texture_labels .* \(6, 1\)"),
        (
            (Brightest(), PICTURES, SHAPES.float(), TEXTURES),
            TypeError,
            "shape_labels must be integers, got .*",
        ),
        ((Brightest(), PICTURES, SHAPES, TEXTURES > 0), TypeError, "texture_labels must be integers, got .*"),
        ((Brightest(), PICTURES, SHAPES, "textures"), TypeError, "texture_labels must be integers, got str"),
        ((Brightest(), PICTURES, None, TEXTURES), TypeError, "shape_labels must be integers, got NoneType"),
        (
            (Brightest(), PICTURES, SHAPES - 1, TEXTURES),
            ValueError,
            "shape_labels must be zero or pos.*, got -1",
        ),
        ((Brightest(), PICTURES, SHAPES + 4, TEXTURES), ValueError, "shape_labels must lie in 0 to 3, got 7"),
        (
            (Brightest(), PICTURES, SHAPES, TEXTURES + 4),
            ValueError,
            "texture_labels must lie in 0 to 3, got 6",
        ),
    ],
)
def test_what_cannot_be_counted_is_refused(arguments, error, sentence):
    with pytest.raises(error, match=f"^{sentence}$"):
        count(*arguments)


def test_trials_without_a_conflict_are_refused_with_their_number():
    sentence = r"^shape_labels and texture_labels must differ in every trial, .* got 2 of 6 that agree$"
    with pytest.raises(ValueError, match=sentence):
        count(Brightest(), PICTURES, SHAPES, torch.tensor([0, 1, 0, 2, 0, 2]))


@pytest.mark.parametrize(("size", "error"), [(0, ValueError), (2.5, TypeError)])
def test_a_batch_size_that_cannot_be_is_refused(size, error):
    with pytest.raises(error, match=r"^batch_size must be "):
        count(Brightest(), PICTURES, SHAPES, TEXTURES, batch_size=size)
