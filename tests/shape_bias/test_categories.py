"""The mean of the probabilities of a category's classes decides, and ImageNet's classes are as published."""

import pytest
import torch
from torch import nn
from torchvision.models import ResNet50_Weights

from cnnlab import data
from cnnlab.shape_bias import IMAGENET_CLASSES, Decisions, count
from tests.shape_bias.pictures import PICTURES, SHAPES, TEXTURES, Brightest


def test_the_average_of_a_categorys_probabilities_decides_not_sum_or_maximum():
    # Probabilities 0.30; 0.26 and 0.20, mean 0.23; 0.24: by the sum the second category would win.
    logits = torch.tensor([[0.30, 0.26, 0.20, 0.24]]).log()
    assert count(nn.Identity(), logits, [0], [1], mapping=[[0], [1, 2], [3]]).shape == 1
    # 0.22; 0.36 and 0.06, mean 0.21; 0.18 each: by the maximum the second would win.
    logits = torch.tensor([[0.22, 0.36, 0.06, 0.18, 0.18]]).log()
    assert count(nn.Identity(), logits, [0], [1], mapping=[[0], [1, 2], [3, 4]]).shape == 1


def test_probabilities_are_averaged_not_logits():
    # One class of the second category has probability 0.6: half of it is more than the first's 0.2.
    logits = torch.tensor([[0.2, 0.6, 1e-9, 0.2]]).log()
    assert count(nn.Identity(), logits, [0], [1], mapping=[[0], [1, 2], [3]]).texture == 1


def test_classes_in_no_category_are_never_the_answer():
    logits = torch.tensor([[0.0, 9.0, 5.0, 1.0]])
    mapping = {"cat": [0, 3], "dog": [2]}
    assert count(nn.Identity(), logits, [0], [1], mapping=mapping) == Decisions(0, 1, 0)


def test_imagenets_classes_are_those_of_the_pictures_things():
    assert tuple(IMAGENET_CLASSES) == data.cards()["cue_conflict"].classes
    numbers = [number for row in IMAGENET_CLASSES.values() for number in row]
    assert len(numbers) == len(set(numbers)) == 207
    assert [len(row) for row in IMAGENET_CLASSES.values()] == [
        *(1, 4, 2, 49, 5, 7, 3, 6, 4, 3, 109, 2, 2, 1, 1, 8),
    ]
    with pytest.raises(TypeError):
        IMAGENET_CLASSES["cat"] = ()


def test_imagenets_classes_have_the_names_of_their_category():
    names = ResNet50_Weights.IMAGENET1K_V1.meta["categories"]
    listed = {category: [names[number] for number in row] for category, row in IMAGENET_CLASSES.items()}
    assert listed["clock"] == ["analog clock", "digital clock", "wall clock"]
    assert listed["elephant"] == ["Indian elephant", "African elephant"]
    # The ends of the long lists.
    assert (listed["bird"][0], listed["bird"][-1]) == ("hen", "king penguin")
    assert (listed["dog"][0], listed["dog"][-1]) == ("Japanese spaniel", "Mexican hairless")


@pytest.mark.parametrize(
    ("mapping", "error", "sentence"),
    [
        ([[0], [1], [2], [4]], ValueError, "mapping must name classes from 0 to 3, .*, got 4"),
        ([[0], [1], [2], [-1]], ValueError, "a class in mapping must be zero or positive, got -1"),
        ([[0], [1, 2], [2], [3]], ValueError, "mapping must name a class once, got 2 in 1 and 2"),
        ({"a": [0, 0]}, ValueError, "mapping must name a class once, got 0 in 'a' and 'a'"),
        ([[0], [1], [], [3]], ValueError, "a category of mapping must have a class, got none for 2"),
        ([], ValueError, "mapping must have a category, got none"),
        ([[0], [1], [2]], ValueError, "shape_labels must lie in 0 to 2, got 3"),
        ([0, 1, 2, 3], TypeError, "a category of mapping must be a sequence, got 0"),
        (["a", "b"], TypeError, "a category of mapping must be a sequence, got 'a'"),
        ([["a"], [1]], TypeError, "a class in mapping must be an integer, got 'a'"),
        (16, TypeError, "mapping must be a sequence, got 16"),
    ],
)
def test_a_mapping_that_does_not_fit_is_refused(mapping, error, sentence):
    with pytest.raises(error, match=f"^{sentence}$"):
        count(Brightest(), PICTURES, SHAPES, TEXTURES, mapping=mapping)
