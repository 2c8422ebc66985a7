"""What cannot be is refused in one sentence, by each augmentation alike."""

import re

import pytest
import torch

from cnnlab import augmentation
from cnnlab.augmentation import (
    RandomCrop,
    RandomErasing,
    RandomFlip,
    RandomPatchShuffle,
    RandomRotation,
    RandomShift,
)
from tests.augmentation.oracle import ALL, draw, every

BYTES = torch.zeros(1, 1, 2, 2, dtype=torch.uint8)
ONE = draw(1, 1, 4, 6)

SETTINGS = [
    ("RandomShift", {"pixels": -1}, ValueError, "pixels must be zero or positive, got -1"),
    ("RandomShift", {"pixels": 1.5}, TypeError, "pixels must be an integer, got 1.5"),
    ("RandomShift", {"pixels": (1, 2, 3)}, ValueError, "pixels must be "),
    ("RandomShift", {"fill": "black"}, TypeError, "fill must be a number, got 'black'"),
    ("RandomShift", {"fill": float("nan")}, ValueError, "fill must be finite, got nan"),
    ("RandomCrop", {"size": 0}, ValueError, "the height in size must be positive, got 0"),
    ("RandomCrop", {"size": (4, 2.0)}, TypeError, "the width in size must be an integer, got 2.0"),
    ("RandomCrop", {"size": 4, "padding": -1}, ValueError, "padding must be zero or positive, got -1"),
    ("RandomCrop", {"size": 4, "fill": None}, TypeError, "fill must be a number, got None"),
    ("RandomFlip", {"p": 1.5}, ValueError, "p must be in [0, 1], got 1.5"),
    ("RandomFlip", {"p": True}, TypeError, "p must be a number, got True"),
    ("RandomFlip", {"axis": "x"}, ValueError, "axis must be one of 'horizontal', 'vertical', got 'x'"),
    ("RandomPatchShuffle", {"patches": 0}, ValueError, "patches must be positive, got 0"),
    ("RandomPatchShuffle", {"patches": (2, 2.0)}, TypeError, "patches must be an integer, got 2.0"),
    ("RandomErasing", {"p": -0.1}, ValueError, "p must be in [0, 1], got -0.1"),
    ("RandomErasing", {"p": None}, TypeError, "p must be a number, got None"),
    ("RandomErasing", {"area": 0.3}, TypeError, "area must be a pair of numbers (low, high), got 0.3"),
    ("RandomErasing", {"area": (0, 0.3)}, ValueError, "area must lie above 0 and at most at 1, got (0, 0.3)"),
    ("RandomErasing", {"area": (0.5, 1.1)}, ValueError, "area must lie above 0 and at most at 1, got "),
    ("RandomErasing", {"ratio": (0, 1)}, ValueError, "ratio must be above 0, got (0, 1)"),
    ("RandomErasing", {"ratio": (2, 1)}, ValueError, "ratio must be finite with low <= high, got (2, 1)"),
    ("RandomErasing", {"fill": float("inf")}, ValueError, "fill must be finite, got inf"),
    ("RandomRotation", {"degrees": 15}, TypeError, "degrees must be a pair of numbers (low, high), got 15"),
    ("RandomRotation", {"degrees": (5, -5)}, ValueError, "degrees must be finite with low <= high, got "),
    ("RandomShear", {"degrees": (0, 90)}, ValueError, "shear must lie between -90 and 90 degrees, got "),
    ("RandomZoom", {"zoom": (0, 1)}, ValueError, "zoom must be above 0, got (0, 1)"),
    ("RandomZoom", {"zoom": (1, float("inf"))}, ValueError, "zoom must be finite with low <= high, got "),
    ("RandomAffine", {"shift": -1}, ValueError, "shift must be at least 0, got -1"),
    ("RandomAffine", {"shift": (0, 1)}, TypeError, "shift must be a number, got (0, 1)"),
    ("RandomAffine", {"mode": "cubic"}, ValueError, "mode must be one of 'bilinear', 'nearest', got 'cubic'"),
    ("RandomAffine", {"fill": [0]}, TypeError, "fill must be a number, got [0]"),
    ("Compose", {"steps": RandomFlip()}, TypeError, "steps must be a sequence of augmentations, got "),
    ("Compose", {"steps": [RandomFlip]}, TypeError, "each of steps must be an augmentation, got <class "),
]


@pytest.mark.parametrize(("name", "settings", "error", "sentence"), SETTINGS)
def test_settings_that_cannot_be_are_refused(name, settings, error, sentence):
    with pytest.raises(error, match=f"^{re.escape(sentence)}"):
        getattr(augmentation, name)(**settings)


@pytest.mark.parametrize(
    ("augment", "images", "error", "sentence"),
    [
        (RandomRotation((0, 9)), BYTES, TypeError, "images must be float16.* or float64, got torch.uint8"),
        (RandomErasing(p=0, fill=-1), BYTES, ValueError, "fill must be .* torch.uint8 holds, got -1"),
        (RandomShift(1, fill=0.5), BYTES, ValueError, "fill must be .* torch.uint8 holds, got 0.5"),
        (RandomShift(1, fill=256), BYTES, ValueError, "fill must be .* torch.uint8 holds, got 256"),
        (
            RandomShift(1, fill=1e6),
            ONE.half(),
            ValueError,
            "fill must be .* torch.float16 holds, got 1000000.0",
        ),
        (
            *(RandomPatchShuffle((4, 4)), ONE, ValueError),
            r"patches must divide height and width, \(4, 6\), got \(4, 4\)",
        ),
        (
            *(RandomCrop(9, padding=2), ONE, ValueError),
            r"size must fit into the padded pictures, \(8, 10\), got \(9, 9\)",
        ),
    ],
)
def test_pictures_that_do_not_go_with_the_settings_are_refused(augment, images, error, sentence):
    with pytest.raises(error, match=f"^{sentence}$"):
        augment(images)


@pytest.mark.parametrize(
    ("images", "error", "sentence"),
    [
        ([[1.0]], TypeError, "images must be a torch.Tensor, got list"),
        (BYTES.long(), TypeError, "images must be float16.*, got torch.int64"),
        (ONE[0], ValueError, r"images must have shape \(N, C, H, W\), got \(1, 4, 6\)"),
        (ONE[:, :0], ValueError, r"images must not be empty, got shape \(1, 0, 4, 6\)"),
        (ONE[..., :0], ValueError, r"images must not be empty, got shape \(1, 1, 4, 0\)"),
    ],
)
@every
def test_what_is_no_batch_of_pictures_is_refused(augment, images, error, sentence):
    with pytest.raises(error, match=f"^{sentence}$"):
        augment(images)


@pytest.mark.parametrize(
    ("arguments", "error", "sentence"),
    [
        ((-1, (8, 8)), ValueError, "count must be zero or positive, got -1"),
        ((1.0, (8, 8)), TypeError, "count must be an integer, got 1.0"),
        ((1, 8), TypeError, "size must be a height and a width, got 8"),
        ((1, (8, 0)), ValueError, "the width in size must be positive, got 0"),
        ((1, (8, 10), 3), TypeError, "generator must be a torch.Generator or None, got int"),
    ],
)
@every
def test_a_draw_that_cannot_be_is_refused(augment, arguments, error, sentence):
    with pytest.raises(error, match=f"^{sentence}$"):
        augment.draw(*arguments)


@pytest.mark.parametrize("augment", ALL[:-1], ids=lambda augment: type(augment).__name__)
def test_parameters_that_do_not_fit_are_refused(augment):
    images, columns = draw(2, 1, 8, 10), len(augment.columns)
    rule = rf"\(2, {columns}\), a row for each picture with {', '.join(augment.columns)}"
    with pytest.raises(ValueError, match=rf"^parameters must have shape {rule}, got \(3, {columns}\)$"):
        augment.apply(images, augment.draw(3, (8, 10)))
    with pytest.raises(TypeError, match=r"^parameters must be a torch.Tensor, got NoneType$"):
        augment.apply(images, None)


def test_parameters_of_a_composition_are_a_tuple_with_those_of_each_step():
    with pytest.raises(TypeError, match=r"^parameters must be a tuple, got int$"):
        ALL[-1].apply(ONE, 3)
    with pytest.raises(ValueError, match=r"^parameters must be 4, as many as steps, got 0$"):
        ALL[-1].apply(ONE, ())


@pytest.mark.parametrize("row", [[0, 0], [1, 2], [-1, 0]])
def test_patches_that_are_not_named_once_each_are_refused(row):
    with pytest.raises(ValueError, match=r"^parameters must name each of 2 patches once, got another row$"):
        RandomPatchShuffle((1, 2)).apply(ONE, torch.tensor([row]))
    with pytest.raises(TypeError, match=r"^parameters must be int64, got torch.float32$"):
        RandomPatchShuffle((1, 2)).apply(ONE, torch.tensor([[0.0, 1.0]]))
