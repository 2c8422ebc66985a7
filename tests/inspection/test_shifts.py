"""Predictions under shifts: counted right, and the model left alone."""

import pytest
import torch
from torch import nn

from cnnlab import inspection
from cnnlab.pooling import BlurPool2d
from tests.refused import refused

consistency = inspection.shift_consistency


def brightest_column(width):
    """A model whose class is the column of the largest pixel."""
    return nn.Sequential(nn.AdaptiveMaxPool2d((1, width)), nn.Flatten())


def spot(column, width=6):
    image = torch.zeros(1, 1, 3, width)
    image[..., column] = 1
    return image


def test_shifts_by_hand():
    image = torch.arange(6).reshape(2, 3)
    shift = inspection.shift_images
    assert shift(image, 0, 0).tolist() == [[0, 1, 2], [3, 4, 5]]
    assert shift(image, 1, 1, fill=9).tolist() == [[9, 9, 9], [9, 0, 1]]
    assert shift(image, 0, -1).tolist() == [[1, 2, 0], [4, 5, 0]]
    assert shift(image, -1, 2, fill=None).tolist() == [[4, 5, 3], [1, 2, 0]]
    for far in (-50, -3, 3, 50):
        assert shift(image, 0, far, fill=7).unique().tolist() == [7]
    assert shift(image, 0, 50, fill=None).tolist() == shift(image, 0, 2, fill=None).tolist()


def test_no_shift_is_a_copy():
    image = torch.ones(2, 2)
    for fill in (0, None):
        inspection.shift_images(image, 0, 0, fill=fill).zero_()
    assert image.sum() == 4


def test_there_and_back_again_is_where_it_was():
    image = torch.rand(2, 3, 5, 4, generator=torch.Generator().manual_seed(0))
    there = inspection.shift_images(image, 2, -1, fill=None)
    assert not torch.equal(there, image)
    assert torch.equal(inspection.shift_images(there, -2, 1, fill=None), image)


def test_predictions_follow_the_spot():
    images = torch.cat([spot(0), spot(2)])
    predicted = inspection.shifted_predictions(brightest_column(6), images, range(-1, 3))
    assert predicted.tolist() == [[0, 1], [0, 2], [1, 3], [2, 4]]  # moved out, the first is dark: class 0
    around = inspection.shifted_predictions(brightest_column(6), images, range(-1, 1), fill=None)
    assert around.tolist() == [[5, 1], [0, 2]]


def test_down_right_and_diagonal():
    rows = nn.Sequential(nn.AdaptiveMaxPool2d((3, 1)), nn.Flatten())
    image = torch.zeros(1, 1, 3, 3)
    image[..., 0, 0] = 1
    for direction, expected in (((1, 0), [0, 1, 2]), ((0, 1), [0, 0, 0]), ((1, 1), [0, 1, 2])):
        predicted = inspection.shifted_predictions(rows, image, range(3), direction=direction)
        assert predicted.flatten().tolist() == expected


def test_against_the_first_every_later_step_counts_against_the_previous_only_changes_do():
    halves = brightest_column(2)  # columns 0 to 2, and 3 to 5
    assert consistency(halves, spot(0), range(6)).tolist() == [1, 1, 1, 0, 0, 0]
    assert consistency(halves, spot(0), range(1, 6), against="previous").tolist() == [1, 1, 0, 1, 1]
    both = torch.cat([spot(0), spot(1)])
    assert consistency(halves, both, [2]).tolist() == [0.5]


def test_a_model_that_cannot_tell_places_is_consistent():
    torch.manual_seed(0)
    convolution = nn.Conv2d(1, 8, 3, padding=1, padding_mode="circular")
    model = nn.Sequential(convolution, nn.ReLU(), nn.AdaptiveMaxPool2d(1), nn.Flatten(), nn.Linear(8, 4))
    images = torch.randn(16, 1, 8, 8)
    assert consistency(model, images, range(-8, 9), fill=None).tolist() == [1] * 17


@pytest.mark.parametrize("pool", [nn.AvgPool2d(2), BlurPool2d(padding_mode="circular")])
def test_shifts_by_whole_strides_do_no_harm(pool):
    torch.manual_seed(0)
    convolution = nn.Conv2d(1, 8, 3, padding=1, padding_mode="circular")
    head = nn.AdaptiveMaxPool2d(1), nn.Flatten(), nn.Linear(8, 8)
    images = torch.randn(64, 1, 8, 8)
    shares = consistency(nn.Sequential(convolution, pool, *head), images, range(5), fill=None)
    assert shares[::2].tolist() == [1, 1, 1]
    assert shares[1] < 1


def test_the_model_and_the_images_stay_as_they_were():
    model = nn.Sequential(
        nn.BatchNorm2d(1), nn.ReLU(inplace=True), nn.Dropout(0.9), brightest_column(6)
    ).train()
    before = {name: value.clone() for name, value in model.state_dict().items()}
    images = torch.cat([spot(0), spot(3)]) - 0.5
    kept = images.clone()
    consistency(model, images, [0, 1])
    assert torch.equal(images, kept)
    assert model.training
    assert all(torch.equal(value, before[name]) for name, value in model.state_dict().items())


MODEL, IMAGES = brightest_column(6), spot(0)
BATCH = "images must have shape (N, C, H, W) without empty axes"


WRONG_TYPES = {
    "model must be a torch module, got str": lambda: consistency("net", IMAGES, [1]),
    "images must be a torch.Tensor, got list": lambda: consistency(MODEL, [1], [1]),
    "shifts must be whole pixels, got 0.5": lambda: consistency(MODEL, IMAGES, [0.5]),
    "shifts must be whole pixels, got True": lambda: consistency(MODEL, IMAGES, [True]),
    "direction must be whole pixels, got 0.5": lambda: consistency(MODEL, IMAGES, [1], direction=(0, 0.5)),
    "images must be a torch.Tensor, got int": lambda: inspection.shift_images(1, 0, 0),
    "right must be whole pixels, got 1.5": lambda: inspection.shift_images(IMAGES, 0, 1.5),
}
test_wrong_types_are_named = refused(TypeError, WRONG_TYPES)

WRONG_VALUES = {
    f"{BATCH}, got (1, 3, 6)": lambda: consistency(MODEL, IMAGES[0], [1]),
    f"{BATCH}, got (0, 1, 3, 6)": lambda: consistency(MODEL, IMAGES[:0], [1]),
    "shifts must hold at least one shift, got none": lambda: consistency(MODEL, IMAGES, []),
    "direction must be a pair (down, right), got 1": lambda: consistency(MODEL, IMAGES, [1], direction=1),
    "against must be one of 'unshifted', 'previous', got 'first'": lambda: consistency(
        MODEL, IMAGES, [1], against="first"
    ),
    "model must return logits (1, num_classes), got shape (1, 1, 3, 6)": lambda: consistency(
        nn.Identity(), IMAGES, [1]
    ),
    "images must have shape (..., H, W), got (3,)": lambda: inspection.shift_images(torch.ones(3), 0, 0),
}
test_wrong_values_are_named = refused(ValueError, WRONG_VALUES)
