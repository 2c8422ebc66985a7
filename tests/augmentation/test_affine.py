"""Rotation, shear, zoom and shift together are torchvision's ``affine``, each picture by its own draw."""

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torchvision.transforms import InterpolationMode
from torchvision.transforms.v2 import functional

from cnnlab.augmentation import RandomAffine, RandomRotation, RandomShear, RandomZoom
from tests.augmentation.oracle import draw, each, seeded, spread

WILD = RandomAffine(degrees=(-180, 180), shear=(-40, 40), zoom=(0.5, 2), shift=3)
# Half precision is computed in float32: only the result is rounded.
TOLERANCE = {torch.float16: 1e-3, torch.bfloat16: 4e-3, torch.float32: 1e-4, torch.float64: 1e-12}
BILINEAR, NEAREST = InterpolationMode.BILINEAR, InterpolationMode.NEAREST
repeatable = settings(deadline=None, derandomize=True, max_examples=80)


def judged(images, parameters, interpolation=BILINEAR):
    """What torchvision makes of every picture; its ``affine`` turns clockwise."""

    def moved(image, degrees, shear, zoom, right, down):
        return functional.affine(image, -degrees, [right, down], zoom, [shear, 0.0], interpolation)

    return each(moved, images, parameters)


@repeatable
@given(
    size=st.tuples(st.integers(1, 40), st.integers(1, 40)), channels=st.integers(1, 3),
    seed=st.integers(0, 999), dtype=st.sampled_from(list(TOLERANCE)),
)  # fmt: skip
def test_every_draw_gives_torchvisions_picture(size, channels, seed, dtype):
    images = draw(3, channels, *size, seed=seed, dtype=dtype)
    parameters = WILD.draw(3, size, seeded(seed))
    result = WILD.apply(images, parameters)
    assert result.dtype == dtype
    assert result.shape == images.shape
    # The judge computes half precision in half precision, positions included: it is asked in float64.
    assert (result.double() - judged(images.double(), parameters)).abs().max() <= TOLERANCE[dtype]


def test_nearest_copies_the_pixels_that_torchvision_copies():
    images = draw(20, 2, 9, 14, dtype=torch.float64)
    nearest = RandomAffine(degrees=(-180, 180), shear=(-40, 40), zoom=(0.5, 2), shift=3, mode="nearest")
    parameters = nearest.draw(20, (9, 14), seeded()).double()
    assert torch.equal(nearest.apply(images, parameters), judged(images, parameters, NEAREST))


@pytest.mark.parametrize("degrees", [0, 30, 90, -135, 180, 270])
def test_a_rotation_is_torchvisions_rotate_counterclockwise(degrees):
    images = draw(2, 3, 9, 9)
    expected = functional.rotate(images, degrees, BILINEAR)
    assert (RandomRotation((degrees, degrees))(images) - expected).abs().max() < 1e-4


def test_a_quarter_turn_brings_the_right_side_to_the_top():
    images = torch.zeros(1, 1, 5, 5)
    images[0, 0, 2, 4] = 1
    turned = RandomRotation((90, 90), mode="nearest")(images)
    assert turned.nonzero().tolist() == [[0, 0, 0, 2]]


def test_a_positive_shear_moves_the_upper_rows_to_the_right_and_the_lower_ones_to_the_left():
    images = torch.zeros(1, 1, 5, 5)
    images[0, 0, :, 2] = 1
    leaning = RandomShear((45, 45), mode="nearest")(images)
    assert torch.equal(leaning[0, 0], torch.eye(5).flip(1))


def test_a_zoom_of_2_shows_the_middle_twice_as_large():
    images = draw(1, 1, 4, 4)
    enlarged = RandomZoom((2, 2), mode="nearest")(images)
    middle = images[:, :, 1:3, 1:3]
    assert torch.equal(enlarged, middle.repeat_interleave(2, 2).repeat_interleave(2, 3))


def test_whole_pixels_are_shifted_to_the_right_and_down():
    images = draw(1, 1, 5, 5)
    moved = RandomAffine(shift=3).apply(images, torch.tensor([[0.0, 0, 1, 2, 1]]))
    assert torch.allclose(moved[:, :, 1:, 2:], images[:, :, :4, :3], atol=1e-6)
    assert moved[:, :, 0].abs().max() == 0


def test_the_fill_is_what_an_endless_surrounding_of_it_would_give():
    images, parameters = draw(8, 2, 7, 9, dtype=torch.float64), WILD.draw(8, (7, 9), seeded()).double()
    surrounded = functional.pad(images, [40, 40], fill=0.7)
    expected = judged(surrounded, parameters)[:, :, 40:-40, 40:-40]
    filled = RandomAffine(degrees=(-180, 180), shear=(-40, 40), zoom=(0.5, 2), shift=3, fill=0.7)
    assert (filled.apply(images, parameters) - expected).abs().max() < 1e-12


def test_without_ranges_pictures_stay():
    images = draw(3, 2, 6, 5)
    assert (RandomAffine()(images) - images).abs().max() < 1e-6


def test_every_range_is_filled_evenly():
    augment = RandomAffine(degrees=(10, 40), shear=(-20, 5), zoom=(0.5, 2), shift=3)
    columns = augment.draw(10_000, (4, 4), seeded()).unbind(1)
    ends = ((10, 40), (-20, 5), (0.5, 2), (-3, 3), (-3, 3))
    assert all(spread(column, *end) for column, end in zip(columns, ends, strict=True))
    assert torch.corrcoef(torch.stack(columns)).fill_diagonal_(0).abs().max() < 0.04


def test_it_can_be_differentiated_by_the_pictures():
    images = draw(2, 1, 4, 5, dtype=torch.float64).requires_grad_()
    filled = RandomAffine(degrees=(-50, 50), zoom=(0.5, 2), fill=0.3)
    parameters = filled.draw(2, (4, 5), seeded())
    assert torch.autograd.gradcheck(lambda x: filled.apply(x, parameters), images)


@pytest.mark.parametrize(
    ("make", "error", "sentence"),
    [
        (lambda: RandomRotation(15), TypeError, r"degrees must be a pair of numbers \(low, high\), got 15"),
        (lambda: RandomRotation((5, -5)), ValueError, "degrees must be finite with low <= high, got "),
        (lambda: RandomShear((0, 90)), ValueError, "shear must lie between -90 and 90 degrees, got "),
        (lambda: RandomZoom((0, 1)), ValueError, "zoom must be above 0, got "),
        (lambda: RandomZoom((1, float("inf"))), ValueError, "zoom must be finite with low <= high, got "),
        (lambda: RandomAffine(shift=-1), ValueError, "shift must be at least 0, got -1"),
        (lambda: RandomAffine(shift=(0, 1)), TypeError, "shift must be a number, got "),
        (lambda: RandomAffine(mode="cubic"), ValueError, "mode must be one of 'bilinear', 'nearest', got "),
        (lambda: RandomAffine(fill=[0]), TypeError, "fill must be a number, got "),
    ],
)
def test_settings_that_cannot_be_are_refused(make, error, sentence):
    with pytest.raises(error, match=f"^{sentence}"):
        make()


def test_what_interpolates_refuses_whole_numbers():
    with pytest.raises(TypeError, match=r"^images must be float16.* or float64, got torch.uint8$"):
        RandomRotation((0, 9))(draw(1, 1, 4, 4, dtype=torch.uint8))
