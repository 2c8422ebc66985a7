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


@pytest.mark.parametrize(
    ("special", "name", "ends"),
    [
        (RandomRotation, "degrees", (-90, 40)),
        (RandomShear, "shear", (-30, 45)),
        (RandomZoom, "zoom", (0.5, 2)),
    ],
)
def test_what_has_a_name_of_its_own_is_that_part_alone(special, name, ends):
    images, options = draw(8, 2, 6, 5), {"mode": "nearest", "fill": 0.5}
    expected = RandomAffine(**{name: ends}, **options)(images, seeded())
    assert torch.equal(special(ends, **options)(images, seeded()), expected)


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
