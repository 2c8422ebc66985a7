"""Shift, crop and flip move whole pixels, each picture by its own draw, as torchvision does one by one."""

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torchvision.transforms.v2 import functional

from cnnlab.augmentation import RandomCrop, RandomFlip, RandomShift
from tests.augmentation.oracle import draw, each, seeded, spread

DTYPES = (torch.uint8, torch.float16, torch.bfloat16, torch.float32, torch.float64)
sizes = st.tuples(st.integers(1, 12), st.integers(1, 12))
# torchvision's crop cuts a window that lies beside the picture short: it is asked inside a wide frame.
FRAME = 24
repeatable = settings(deadline=None, derandomize=True, max_examples=80)


def judged(images, corners, size):
    """What torchvision cuts out of every picture at its corner."""
    framed = functional.pad(images, [FRAME])
    return each(lambda x, top, left: functional.crop(x, top, left, *size), framed, corners + FRAME)


@repeatable
@given(
    size=sizes, window=sizes, channels=st.integers(1, 3), count=st.integers(0, 4),
    padding=st.tuples(st.integers(0, 15), st.integers(0, 15)), seed=st.integers(0, 99),
    dtype=st.sampled_from(DTYPES),
)  # fmt: skip
def test_a_crop_is_torchvisions_at_the_same_corner(size, window, channels, count, padding, seed, dtype):
    window = tuple(min(window[axis], size[axis] + 2 * padding[axis]) for axis in (0, 1))
    images = draw(count, channels, *size, seed=seed, dtype=dtype)
    crop = RandomCrop(window, padding=padding)
    parameters = crop.draw(count, size, seeded(seed))
    result = crop.apply(images, parameters)
    assert result.shape == (count, channels, *window)
    assert result.dtype == dtype
    if count:
        assert torch.equal(result, judged(images, parameters, window))


@repeatable
@given(size=sizes, pixels=st.integers(0, 20), seed=st.integers(0, 99), dtype=st.sampled_from(DTYPES))
def test_a_shift_is_torchvisions_crop_at_the_opposite_corner(size, pixels, seed, dtype):
    images, shift = draw(3, 2, *size, seed=seed, dtype=dtype), RandomShift(pixels)
    parameters = shift.draw(3, size, seeded(seed))
    assert torch.equal(shift.apply(images, parameters), judged(images, -parameters, size))


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize(
    ("axis", "mirrored"),
    [("horizontal", functional.horizontal_flip), ("vertical", functional.vertical_flip)],
)
def test_a_flip_is_torchvisions_where_it_is_drawn(dtype, axis, mirrored):
    images, flip = draw(16, 3, 5, 4, dtype=dtype), RandomFlip(axis=axis)
    parameters = flip.draw(16, (5, 4), seeded())
    assert 0 < parameters.sum() < 16
    expected = each(lambda x, flipped: mirrored(x) if flipped else x, images, parameters)
    assert torch.equal(flip.apply(images, parameters), expected)


def test_down_and_right_are_positive():
    images = torch.zeros(1, 1, 5, 5)
    images[0, 0, 1, 1] = 1
    moved = RandomShift(4).apply(images, torch.tensor([[1, 3]]))
    assert moved.nonzero().tolist() == [[0, 0, 2, 4]]


@pytest.mark.parametrize("dtype", DTYPES)
def test_what_comes_from_outside_is_the_fill(dtype):
    images = draw(2, 3, 4, 4, dtype=dtype)
    far = torch.tensor([[9, 0], [0, -(10**9)]])
    assert (RandomShift(4, fill=7).apply(images, far) == 7).all()
    assert (RandomCrop(3, padding=9, fill=7).apply(images, far) == 7).all()


def test_a_large_crop_may_hold_the_whole_picture():
    images = draw(2, 1, 3, 3)
    grown = RandomCrop(5, padding=1)(images)
    assert torch.equal(grown[:, :, 1:4, 1:4], images)


def test_every_shift_up_to_the_farthest_comes_equally_often_on_both_axes():
    parameters = RandomShift((3, 1)).draw(10_000, (8, 8), seeded())
    assert parameters.dtype == torch.int64
    for column, farthest in zip(parameters.unbind(1), (3, 1), strict=True):
        values, counts = column.unique(return_counts=True)
        assert values.tolist() == list(range(-farthest, farthest + 1))
        assert spread(column + torch.rand(10_000, generator=seeded(1)), -farthest, farthest + 1)
        assert counts.min() > 0.9 * counts.float().mean()
    assert abs(torch.corrcoef(parameters.T.double())[0, 1]) < 0.04


def test_every_corner_of_a_crop_is_reached():
    parameters = RandomCrop((2, 8), padding=(2, 1)).draw(10_000, (4, 8), seeded())
    assert parameters[:, 0].unique().tolist() == list(range(-2, 5))
    assert parameters[:, 1].unique().tolist() == [-1, 0, 1]


@pytest.mark.parametrize("p", [0.1, 0.5, 0.9])
def test_the_share_of_flipped_pictures_is_the_chance(p):
    share = RandomFlip(p).draw(10_000, (1, 1), seeded()).double().mean().item()
    assert share == pytest.approx(p, abs=0.02)


@pytest.mark.parametrize("axis", ["horizontal", "vertical"])
def test_chance_0_flips_none_and_chance_1_all(axis):
    images = draw(1000, 1, 2, 2)
    assert torch.equal(RandomFlip(0, axis)(images), images)
    assert torch.equal(RandomFlip(1, axis)(images), images.flip(3 if axis == "horizontal" else 2))


@pytest.mark.parametrize(
    ("make", "error", "sentence"),
    [
        (lambda: RandomShift(-1), ValueError, "pixels must be zero or positive, got -1"),
        (lambda: RandomShift(1.5), TypeError, "pixels must be an integer, got 1.5"),
        (lambda: RandomShift((1, 2, 3)), ValueError, "pixels must be .*, got "),
        (lambda: RandomShift(fill="black"), TypeError, "fill must be a number, got 'black'"),
        (lambda: RandomShift(fill=float("nan")), ValueError, "fill must be finite, got nan"),
        (lambda: RandomCrop(0), ValueError, "the height in size must be positive, got 0"),
        (lambda: RandomCrop((4, 2.0)), TypeError, "the width in size must be an integer, got 2.0"),
        (lambda: RandomCrop(4, padding=-1), ValueError, "padding must be zero or positive, got -1"),
        (lambda: RandomCrop(4, fill=None), TypeError, "fill must be a number, got None"),
        (lambda: RandomFlip(1.5), ValueError, r"p must be in \[0, 1\], got 1.5"),
        (lambda: RandomFlip(True), TypeError, "p must be a number, got True"),
        (lambda: RandomFlip(axis="x"), ValueError, "axis must be one of 'horizontal', 'vertical', got 'x'"),
    ],
)
def test_settings_that_cannot_be_are_refused(make, error, sentence):
    with pytest.raises(error, match=f"^{sentence}"):
        make()


def test_a_window_larger_than_the_padded_pictures_is_refused():
    with pytest.raises(
        ValueError, match=r"^size must fit into the padded pictures, \(8, 10\), got \(9, 9\)$"
    ):
        RandomCrop(9, padding=2)(draw(1, 1, 4, 6))


@pytest.mark.parametrize(("fill", "dtype"), [(0.5, torch.uint8), (256, torch.uint8), (1e6, torch.float16)])
def test_a_fill_that_the_pictures_cannot_hold_is_refused(fill, dtype):
    with pytest.raises(ValueError, match=f"^fill must be a value that {dtype} holds, got {fill}$"):
        RandomShift(1, fill=fill)(draw(1, 1, 2, 2, dtype=dtype))
