"""What all augmentations promise: their own draw for each picture, from the generator alone."""

import pytest
import torch

from cnnlab.augmentation import (
    Augmentation,
    Compose,
    RandomCrop,
    RandomErasing,
    RandomFlip,
    RandomPatchShuffle,
    RandomShift,
)
from tests.augmentation.oracle import DTYPES, WITH_ANY_SIZE, draw, every, seeded


@every
@pytest.mark.parametrize("dtype", DTYPES[1:])
@pytest.mark.parametrize("count", [0, 3])
def test_shape_and_dtype_are_kept_and_the_input_too(augment, dtype, count):
    images = draw(count, 2, 8, 10, dtype=dtype)
    before = images.clone()
    result = augment(images, seeded())
    assert result.shape == (count, 2, *augment.output_size((8, 10)))
    assert result.dtype == dtype
    assert torch.equal(images, before)
    result.fill_(0.25)
    assert torch.equal(images, before)


@every
def test_equal_pictures_come_out_different_with_all_their_channels_alike(augment):
    images = draw(1, 1, 8, 10).expand(64, 3, -1, -1)
    result = augment(images, seeded())
    assert len(result.unique(dim=0)) > 1
    assert torch.equal(result, result[:, :1].expand_as(result))


@every
def test_the_same_seed_gives_the_same_pictures_and_another_seed_others(augment):
    images = draw(64, 1, 8, 10)
    first = augment(images, seeded(1))
    assert torch.equal(first, augment(images, seeded(1)))
    assert not torch.equal(first, augment(images, seeded(2)))


@every
def test_only_the_given_generator_is_drawn_from(augment):
    images, before = draw(8, 1, 8, 10), torch.get_rng_state()
    generator = seeded()
    augment(images, generator)
    assert torch.equal(torch.get_rng_state(), before)
    assert not torch.equal(generator.get_state(), seeded().get_state())


@every
def test_without_a_generator_pytorchs_seed_decides(augment):
    images = draw(64, 1, 8, 10)
    with torch.random.fork_rng():
        torch.manual_seed(3)
        first = augment(images)
        second = augment(images)
        torch.manual_seed(3)
        assert torch.equal(augment(images), first)
    assert not torch.equal(first, second)


@every
def test_calling_is_drawing_and_applying(augment):
    images = draw(16, 2, 8, 10)
    parameters = augment.draw(16, (8, 10), seeded())
    assert torch.equal(augment(images, seeded()), augment.apply(images, parameters))


@every
def test_the_memory_format_makes_no_difference(augment):
    images = draw(16, 3, 8, 10)
    result = augment(images.to(memory_format=torch.channels_last), seeded())
    assert torch.allclose(result, augment(images, seeded()), atol=1e-6)


@pytest.mark.parametrize("augment", WITH_ANY_SIZE, ids=lambda augment: type(augment).__name__)
def test_pictures_of_one_pixel_are_pictures(augment):
    assert augment(draw(2, 1, 1, 1)).shape == (2, 1, *augment.output_size((1, 1)))


@pytest.mark.parametrize("axis", ["horizontal", "vertical"])
@pytest.mark.parametrize(
    "rest", [RandomShift(2), RandomCrop(6, padding=2), RandomErasing(p=1), RandomPatchShuffle(2)]
)
def test_what_copies_pixels_does_so_in_uint8_as_in_float(axis, rest):
    images, augment = draw(32, 3, 8, 8, dtype=torch.uint8), Compose([RandomFlip(axis=axis), rest])
    moved = augment(images, seeded())
    assert moved.dtype == torch.uint8
    assert torch.equal(moved.float(), augment(images.float(), seeded()))


def test_composing_is_one_after_the_other_with_draws_from_one_generator():
    crop, flip, erasing = RandomCrop(6, padding=1), RandomFlip(), RandomErasing(p=1)
    images, generator = draw(16, 3, 8, 12), seeded()
    cropped = crop.apply(images, crop.draw(16, (8, 12), generator))
    flipped = flip.apply(cropped, flip.draw(16, (6, 6), generator))
    expected = erasing.apply(flipped, erasing.draw(16, (6, 6), generator))
    composed = Compose([crop, flip, erasing])
    assert torch.equal(composed(images, seeded()), expected)
    assert composed.output_size((8, 12)) == (6, 6)


def test_a_composition_can_be_composed_and_none_leaves_pictures():
    images, steps = draw(16, 1, 8, 8), [RandomShift(2), RandomFlip()]
    assert torch.equal(Compose([Compose(steps)])(images, seeded()), Compose(steps)(images, seeded()))
    assert torch.equal(Compose([])(images), images)


def test_a_mask_follows_its_picture():
    pictures = draw(16, 1, 8, 8)
    masks = (pictures > 0.5).to(torch.uint8)
    augment = Compose([RandomShift(2, fill=0), RandomFlip(), RandomErasing(p=1)])
    parameters = augment.draw(16, (8, 8), seeded())
    assert torch.equal(augment.apply(pictures, parameters) > 0.5, augment.apply(masks, parameters).bool())


def test_settings_can_be_read_and_compared():
    assert repr(RandomFlip(0.3)) == "RandomFlip(p=0.3, axis='horizontal')"
    assert RandomCrop(8) == RandomCrop(8) != RandomCrop(9)
    assert isinstance(Compose([]), Augmentation)
