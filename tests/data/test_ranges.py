"""Every range is respected, and what cannot be is refused in one sentence."""

import re

import pytest
import torch

from cnnlab import data

COUNT, SIZE = 400, 20


def draw(**ranges):
    return data.shapes(COUNT, size=SIZE, ranges=data.Ranges(**ranges))


def within(values, low, high):
    """Whether values lie between two ends, and reach the outer tenths of what lies between."""
    tenth = (high - low) / 10
    return low <= values.min() <= low + tenth and high - tenth <= values.max() <= high


def test_scale_rotation_period_orientation_and_level_are_drawn_from_their_ranges():
    pictures = draw(
        scale=(0.3, 0.6), rotation=(10, 50), period=(0.2, 0.5), orientation=(-90, -45), level=(0.3, 0.4)
    )
    assert within(pictures.placement.radius / (SIZE / 2), 0.3, 0.6)
    assert within(pictures.placement.rotation, 10, 50)
    assert within(pictures.surface.period / SIZE, 0.2, 0.5)
    assert within(pictures.surface.orientation, -90, -45)
    assert within(pictures.backdrop.light, 0.3, 0.4)


def test_position_is_the_share_of_the_room_that_lies_left_of_and_above_the_shape():
    pictures = draw(position=(0.25, 0.75), scale=(0.5, 0.8))
    radius = pictures.placement.radius.unsqueeze(1)
    share = (pictures.placement.centre - radius) / (SIZE - 2 * radius)
    assert within(share[:, 0], 0.25 - 1e-9, 0.75 + 1e-9)
    assert within(share[:, 1], 0.25 - 1e-9, 0.75 + 1e-9)


def test_saturation_and_contrast_are_drawn_from_their_ranges():
    pictures = draw(saturation=(0.2, 0.4), contrast=(0.5, 0.9))
    light, dark = pictures.surface.light, pictures.surface.dark
    assert within(1 - light.amin(1), 0.2 - 1e-9, 0.4 + 1e-9)
    assert torch.equal(light.amax(1), torch.ones(COUNT, dtype=torch.float64))
    assert within(1 - dark.amax(1), 0.5 - 1e-9, 0.9 + 1e-9)


def test_hue_0_is_red_and_a_third_is_green():
    red = draw(hue=(0, 0), saturation=(1, 1)).surface.light
    assert torch.equal(red, torch.tensor([[1.0, 0, 0]]).double().expand(COUNT, 3))
    assert (draw(hue=(0.3, 0.36)).surface.light.argmax(1) == 1).all()


@pytest.mark.parametrize("name", ["position", "scale", "period", "hue", "saturation", "contrast", "level"])
def test_a_share_above_1_is_refused(name):
    with pytest.raises(ValueError, match=re.escape(f"{name} must lie in [0, 1], got (0.5, 1.5)")):
        data.Ranges(**{name: (0.5, 1.5)})


@pytest.mark.parametrize("name", ["scale", "period"])
def test_nothing_may_be_of_no_size(name):
    with pytest.raises(ValueError, match=re.escape(f"{name} must be above 0, got (0, 0.5)")):
        data.Ranges(**{name: (0, 0.5)})


@pytest.mark.parametrize("value", [(30, -30), (0, float("inf")), (float("nan"), 1)])
def test_ends_out_of_order_or_not_finite_are_refused(value):
    with pytest.raises(
        ValueError, match=re.escape(f"rotation must be finite with low <= high, got {value!r}")
    ):
        data.Ranges(rotation=value)


@pytest.mark.parametrize("value", [3, "ab", (1,), (0, 1, 2), (True, 1), None, (0, "1")])
def test_what_is_not_a_pair_of_numbers_is_refused(value):
    sentence = f"hue must be a pair of numbers (low, high), got {value!r}"
    with pytest.raises(TypeError, match=re.escape(sentence)):
        data.Ranges(hue=value)


@pytest.mark.parametrize(
    ("arguments", "error", "sentence"),
    [
        ({"count": -1}, ValueError, "count must be zero or positive, got -1"),
        ({"count": 2.0}, TypeError, "count must be an integer, got 2.0"),
        ({"size": 0}, ValueError, "size must be positive, got 0"),
        ({"seed": -1}, ValueError, "seed must be zero or positive, got -1"),
        ({"cues": "both"}, ValueError, "cues must be one of 'congruent', 'shuffled'.*, got 'both'"),
        ({"background": "black"}, ValueError, "background must be one of 'plain', 'textured', got 'black'"),
        ({"shapes": "disc"}, TypeError, "shapes must be a sequence of names, got 'disc'"),
        ({"shapes": 3}, TypeError, "shapes must be a sequence of names, got 3"),
        ({"shapes": []}, ValueError, "shapes must be one or more different names, got "),
        ({"textures": ["dots", "dots"]}, ValueError, "textures must be one or more different names, got "),
        ({"shapes": ["cat"]}, ValueError, "each of shapes must be one of 'disc'.*, got 'cat'"),
        ({"textures": ["fur"]}, ValueError, "each of textures must be one of 'stripes'.*, got 'fur'"),
        (
            {"cues": "congruent", "textures": ["dots"]},
            ValueError,
            'textures must be as many as shapes for cues="congruent", got 1 textures for 12 shapes',
        ),
        (
            {"cues": "conflict", "shapes": ["disc"], "textures": ["dots"]},
            ValueError,
            'shapes must be at least 2 for cues="conflict", got 1',
        ),
        (
            {"background": "textured", "textures": ["dots"]},
            ValueError,
            'textures must be at least 2 for background="textured", got 1',
        ),
        ({"ranges": {"scale": (0, 1)}}, TypeError, "ranges must be data.Ranges, got "),
        (
            {"dtype": torch.int64},
            TypeError,
            "dtype must be a floating-point type of PyTorch, got torch.int64",
        ),
        ({"dtype": "float32"}, TypeError, "dtype must be a floating-point type of PyTorch, got 'float32'"),
        ({"device": "abacus"}, ValueError, "device must be a device of PyTorch, got 'abacus'"),
    ],
)
def test_what_cannot_be_is_refused_in_one_sentence(arguments, error, sentence):
    with pytest.raises(error, match=f"^{sentence}"):
        data.shapes(**{"count": 2, **arguments})
