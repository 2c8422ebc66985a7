"""Shift, crop and flip move whole pixels, each picture by its own draw, as torchvision does one by one."""

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torchvision.transforms.v2 import functional

from cnnlab.augmentation import RandomCrop, RandomFlip, RandomShift
from tests.augmentation.oracle import DTYPES, draw, each, seeded, spread

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


@pytest.mark.parametrize("dtype", DTYPES)
def test_what_comes_from_outside_is_the_fill(dtype):
    images = draw(2, 3, 4, 4, dtype=dtype)
    far = torch.tensor([[9, 0], [0, -(10**9)]])
    assert (RandomShift(4, fill=7).apply(images, far) == 7).all()
    assert (RandomCrop(3, padding=9, fill=7).apply(images, far) == 7).all()


@repeatable
@given(size=st.tuples(st.integers(5, 12), st.integers(5, 12)), seed=st.integers(0, 99))
def test_a_mirrored_border_is_pytorchs_reflection(size, seed):
    images, shift = draw(3, 2, *size, seed=seed, dtype=torch.float32), RandomShift(4, fill="reflect")
    parameters = shift.draw(3, size, seeded(seed))
    padded = torch.nn.functional.pad(images, (4, 4, 4, 4), mode="reflect")
    expected = each(lambda x, top, left: functional.crop(x, top, left, *size), padded, 4 - parameters)
    assert torch.equal(shift.apply(images, parameters), expected)


def test_a_mirrored_border_goes_on_for_ever_and_keeps_bytes():
    row = torch.arange(3, dtype=torch.uint8).view(1, 1, 1, 3)
    moves = torch.stack([torch.zeros(6, dtype=torch.int64), torch.arange(6)], 1)
    shifted = RandomShift(5, fill="reflect").apply(row.expand(6, 1, 1, 3), moves)
    assert shifted.dtype == torch.uint8
    assert shifted[:, 0, 0].tolist() == [[0, 1, 2], [1, 0, 1], [2, 1, 0], [1, 2, 1], [0, 1, 2], [1, 0, 1]]


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


@pytest.mark.parametrize("p", [0, 0.1, 0.5, 0.9, 1])
def test_the_share_of_flipped_pictures_is_the_chance_and_0_and_1_are_exact(p):
    share = RandomFlip(p).draw(10_000, (1, 1), seeded()).double().mean().item()
    assert share == pytest.approx(p, abs=0 if p in (0, 1) else 0.02)
