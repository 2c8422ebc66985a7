"""What a model answers to conflicting pictures is counted, and the model is left as it was."""

import copy
import random
import re

import numpy as np
import pytest
import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset
from torchvision.models import ResNet50_Weights

from cnnlab import data
from cnnlab.data.loaded import Loaded
from cnnlab.shape_bias import IMAGENET_CLASSES, Decisions, beyond_chance, count

SHAPES, TEXTURES = torch.tensor([0, 0, 0, 1, 2, 3]), torch.tensor([1, 1, 2, 0, 0, 2])
# The answers 0, 1, 3, 1, 0, 2: two shapes, three textures, one neither.
PICTURES = torch.eye(4)[[0, 1, 3, 1, 0, 2]].view(6, 4, 1, 1)
EXPECTED = Decisions(shape=2, texture=3, neither=1)


class Brightest(nn.Module):
    """Its logits are the means of the channels; it knows no device and no dtype."""

    def forward(self, images):
        return images.mean((2, 3))


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
    ids=str,
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


def test_a_guessing_model_has_a_bias_of_one_half_and_nothing_beyond_chance():
    generator = torch.Generator().manual_seed(0)
    logits = torch.rand(6000, 6, generator=generator)
    shapes = torch.randint(6, (6000,), generator=generator)
    textures = (shapes + torch.randint(1, 6, (6000,), generator=generator)) % 6
    found = count(nn.Identity(), logits, shapes, textures)
    # Five standard deviations of 2,000 decisions.
    assert found.bias == pytest.approx(0.5, abs=0.056)
    assert max(map(abs, beyond_chance(found, 6))) < 0.03 * found.trials


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


@pytest.mark.parametrize(("size", "error"), [(0, ValueError), (2.5, TypeError)])
def test_a_batch_size_that_cannot_be_is_refused(size, error):
    with pytest.raises(error, match=r"^batch_size must be "):
        count(Brightest(), PICTURES, SHAPES, TEXTURES, batch_size=size)
