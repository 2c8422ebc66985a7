"""Every range is respected."""

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
