"""Pictures side by side: each described by its values, all on the scale that was asked for."""

import numpy as np
import pytest
import torch

from cnnlab import figures
from tests.refused import refused

RAMP = torch.arange(12.0).reshape(3, 4)


def limits(fig):
    return [ax.images[0].get_clim() for ax in fig.axes]


def test_each_picture_stands_under_its_name_and_is_described_by_its_values():
    fig = figures.pictures({"ramp": RAMP, "dark": np.zeros((2, 2))})
    words = figures.describe(fig)
    assert "ramp" in words
    assert "3 x 4 values, min 0, max 11" in words
    assert "dark" in words


def test_a_batch_axis_of_one_and_a_tensor_that_learns_are_accepted():
    fig = figures.pictures({"map": RAMP[None].requires_grad_()})
    assert fig.axes[0].images[0].get_array().shape == (3, 4)


def test_colour_has_its_channels_last_and_stays_in_the_unit_interval():
    colour = torch.stack([RAMP, -RAMP, RAMP / 11])
    drawn = figures.pictures({"colour": colour}).axes[0].images[0].get_array()
    assert drawn.shape == (3, 4, 3)
    assert (drawn.min(), drawn.max()) == (0, 1)


@pytest.mark.parametrize(
    ("scale", "expected"),
    [
        ("each", [(0, 11), (-20, 0)]),
        ("shared", [(-20, 11), (-20, 11)]),
        ("unit", [(0, 1), (0, 1)]),
        ("signed", [(-20, 20), (-20, 20)]),
    ],
)
def test_the_scale_says_what_black_and_white_stand_for(scale, expected):
    fig = figures.pictures({"up": RAMP, "down": -RAMP / 11 * 20}, scale=scale)
    assert limits(fig) == [pytest.approx(pair) for pair in expected]


def test_rows_are_filled_in_order_and_empty_places_are_removed():
    fig = figures.pictures({str(n): RAMP for n in range(3)}, columns=2)
    assert [ax.get_title() for ax in fig.axes] == ["0", "1", "2"]


def drawn(fig):
    """Pixels of the figure's pictures, one a pixel of the data, as they are seen on their ground."""
    fig.set_layout_engine("none")
    fig.canvas.draw()
    pixels = np.asarray(fig.canvas.buffer_rgba())[..., :3]
    return [pixels[_places(ax, 1, len(pixels)), :][:, _places(ax, 0, len(pixels))] for ax in fig.axes]


def _places(ax, axis, height):
    count = ax.images[0].get_array().shape[1 - axis]
    points = np.zeros((count, 2))
    points[:, axis] = np.arange(count) + 0.3  # beside the middle, where a mark may stand
    places = ax.transData.transform(points)[:, axis].round().astype(int)
    return places if axis == 0 else height - 1 - places


def holed(value, shape=(4, 6)):
    picture = np.linspace(-1, 1, int(np.prod(shape))).reshape(shape)
    picture[..., 1, 2] = value
    return picture


@pytest.mark.parametrize("scale", ["each", "shared", "signed", "unit"])
@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("shape", [(4, 6), (3, 4, 6)])
def test_what_is_not_finite_is_a_hole_of_one_pixel_and_all_else_stays(scale, value, shape):
    fine = holed(0.5, shape)
    spoiled = drawn(figures.pictures({"a": holed(value, shape), "b": fine}, scale=scale))
    whole = drawn(figures.pictures({"a": fine, "b": fine}, scale=scale))
    assert np.argwhere((spoiled[0] != whole[0]).any(axis=2)).tolist() == [[1, 2]]
    assert np.array_equal(spoiled[1], whole[1])
    assert len(np.unique(whole[1])) > 2


def test_an_infinity_is_marked_by_where_it_points():
    fig = figures.pictures({"up": holed(np.inf), "down": holed(-np.inf), "hole": holed(np.nan)})
    marks = [{line.get_marker() for line in ax.lines if len(line.get_xdata())} for ax in fig.axes]
    assert marks == [{"^"}, {"v"}, set()]


def test_the_description_says_what_was_not_finite_and_describes_the_rest():
    picture = np.array([[1.0, 2, np.nan], [3, np.inf, -np.inf]])
    words = figures.describe(figures.pictures({"a": picture}))
    assert "image 'a', 2 x 3 values, min 1, max 3, mean 2, deviation 0.816, 1 missing, 2 infinite" in words
    assert "samples 1 2 - 3 inf -inf" in words
    colour = figures.describe(figures.pictures({"a": np.stack([holed(np.nan)] * 3)}))
    assert "4 x 6 x 3 values" in colour
    assert "3 missing" in colour


@pytest.mark.parametrize("scale", ["each", "shared", "signed", "unit"])
@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_a_picture_of_holes_alone_is_drawn(scale, value):
    fig = figures.pictures({"a": np.full((2, 3), value)}, scale=scale)
    (pixels,) = drawn(fig)
    assert len(np.unique(pixels.reshape(-1, 3), axis=0)) == 1


RGB = (np.arange(4 * 6 * 3) * 3).reshape(4, 6, 3).astype(np.uint8)


@pytest.mark.parametrize(
    "picture",
    [
        RGB,
        torch.from_numpy(RGB).permute(2, 0, 1),
        RGB.astype(np.uint16) * 257,
        RGB / 255,
        torch.from_numpy(RGB / 255).to(torch.float32).permute(2, 0, 1),
    ],
)
def test_a_picture_of_bytes_or_of_channels_last_is_the_picture(picture):
    (pixels,) = drawn(figures.pictures({"photograph": picture}))
    assert np.abs(pixels.astype(int) - RGB).max() <= 1


@pytest.mark.parametrize("dtype", [torch.uint8, torch.bool, torch.int64, torch.float16, torch.bfloat16])
def test_every_dtype_draws_the_same_picture(dtype):
    bits = torch.eye(4)
    picture = (bits * 255).to(dtype) if dtype == torch.uint8 else bits.to(dtype)
    (pixels,) = drawn(figures.pictures({"a": picture}, scale="unit"))
    assert np.array_equal(pixels[..., 0], bits.numpy() * 255)


SHAPES = "must have shape (H, W), (1, H, W), (3, H, W) or (H, W, 3)"

WRONG_TYPES = {
    "picture 'a' must be numbers, got 'cat'": lambda: figures.pictures({"a": "cat"}),
    "picture 'a' must be real numbers, got complex64": lambda: figures.pictures({"a": RAMP * 1j}),
}
test_wrong_types_are_named = refused(TypeError, WRONG_TYPES)

WRONG_VALUES = {
    "series must hold at least one name and its picture, got none": lambda: figures.pictures({}),
    f"picture 'a' {SHAPES}, got (2, 3, 4)": lambda: figures.pictures({"a": torch.zeros(2, 3, 4)}),
    f"picture 'a' {SHAPES}, got (3, 0, 4)": lambda: figures.pictures({"a": torch.zeros(3, 0, 4)}),
    "columns must be positive, got 0": lambda: figures.pictures({"a": RAMP}, columns=0),
    "scale must be one of 'each', 'shared', 'signed', 'unit', got 'grey'": lambda: figures.pictures(
        {"a": RAMP}, scale="grey"
    ),
}
test_wrong_values_are_named = refused(ValueError, WRONG_VALUES)
