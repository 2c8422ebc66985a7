"""What all augmentations promise: their own draw for each picture, from the generator alone."""

import pytest
import torch

from cnnlab.augmentation import (
    Augmentation,
    Compose,
    RandomAffine,
    RandomCrop,
    RandomErasing,
    RandomFlip,
    RandomRotation,
    RandomShear,
    RandomShift,
    RandomZoom,
)
from tests.augmentation.oracle import draw, seeded

ALL = [
    RandomShift(3),
    RandomCrop(8, padding=4),
    RandomCrop((5, 9), padding=4),
    RandomFlip(),
    RandomFlip(axis="vertical"),
    RandomAffine(degrees=(-15, 15), shear=(-10, 10), zoom=(0.9, 1.1), shift=2, fill=0.5),
    RandomRotation((-90, 90)),
    RandomShear((-30, 30)),
    RandomZoom((0.5, 2)),
    RandomErasing(),
    Compose([RandomCrop(8, padding=4), RandomFlip(), RandomRotation((-9, 9)), RandomErasing(p=1)]),
]
every = pytest.mark.parametrize("augment", ALL, ids=lambda augment: type(augment).__name__)
DTYPES = (torch.float16, torch.bfloat16, torch.float32, torch.float64)


@every
@pytest.mark.parametrize("dtype", DTYPES)
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
def test_equal_pictures_come_out_different(augment):
    images = draw(1, 1, 8, 10).expand(64, -1, -1, -1)
    assert len(augment(images, seeded()).unique(dim=0)) > 1


@every
def test_all_channels_of_a_picture_move_alike(augment):
    images = draw(16, 1, 8, 10).expand(-1, 3, -1, -1)
    result = augment(images, seeded())
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


@every
def test_pictures_of_one_pixel_are_pictures(augment):
    assert augment(draw(2, 1, 1, 1)).shape == (2, 1, *augment.output_size((1, 1)))


@pytest.mark.parametrize("axis", ["horizontal", "vertical"])
@pytest.mark.parametrize("rest", [RandomShift(2), RandomCrop(6, padding=2), RandomErasing(p=1)])
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


@pytest.mark.parametrize(
    ("images", "error", "sentence"),
    [
        ([[1.0]], TypeError, "images must be a torch.Tensor, got list"),
        (torch.zeros(1, 1, 2, 2, dtype=torch.int64), TypeError, "images must be float16.*, got torch.int64"),
        (torch.zeros(1, 2, 2), ValueError, r"images must have shape \(N, C, H, W\), got \(1, 2, 2\)"),
        (torch.zeros(1, 0, 2, 2), ValueError, r"images must not be empty, got shape \(1, 0, 2, 2\)"),
        (torch.zeros(1, 1, 2, 0), ValueError, r"images must not be empty, got shape \(1, 1, 2, 0\)"),
    ],
)
@every
def test_what_is_no_batch_of_pictures_is_refused(augment, images, error, sentence):
    with pytest.raises(error, match=f"^{sentence}$"):
        augment(images)


@every
def test_a_seed_is_not_a_generator(augment):
    with pytest.raises(TypeError, match=r"^generator must be a torch.Generator or None, got int$"):
        augment(draw(1, 1, 8, 10), 3)


@pytest.mark.parametrize("augment", ALL[:-1], ids=lambda augment: type(augment).__name__)
def test_parameters_that_do_not_fit_are_refused(augment):
    images, columns = draw(2, 1, 8, 10), len(augment.columns)
    rule = rf"\(2, {columns}\), a row for each picture with {', '.join(augment.columns)}"
    with pytest.raises(ValueError, match=rf"^parameters must have shape {rule}, got \(3, {columns}\)$"):
        augment.apply(images, augment.draw(3, (8, 10)))
    with pytest.raises(TypeError, match=r"^parameters must be a torch.Tensor, got NoneType$"):
        augment.apply(images, None)


@pytest.mark.parametrize(
    ("arguments", "error", "sentence"),
    [
        ((-1, (8, 8)), ValueError, "count must be zero or positive, got -1"),
        ((1.0, (8, 8)), TypeError, "count must be an integer, got 1.0"),
        ((1, 8), TypeError, "size must be a height and a width, got 8"),
        ((1, (8, 0)), ValueError, "the width in size must be positive, got 0"),
    ],
)
@every
def test_a_draw_for_nothing_is_refused(augment, arguments, error, sentence):
    with pytest.raises(error, match=f"^{sentence}$"):
        augment.draw(*arguments)


@pytest.mark.parametrize(
    ("call", "error", "sentence"),
    [
        (
            lambda: Compose(RandomFlip()),
            TypeError,
            "steps must be a sequence of augmentations, got RandomFlip",
        ),
        (lambda: Compose([RandomFlip]), TypeError, "each of steps must be an augmentation, got <class "),
        (lambda: ALL[-1].apply(draw(1, 1, 8, 8), 3), TypeError, "parameters must be a tuple, got int"),
        (
            lambda: ALL[-1].apply(draw(1, 1, 8, 8), ()),
            ValueError,
            "parameters must be 4, as many as steps, got 0",
        ),
    ],
)
def test_what_cannot_be_composed_is_refused(call, error, sentence):
    with pytest.raises(error, match=f"^{sentence}"):
        call()


def test_settings_can_be_read_and_compared():
    assert repr(RandomFlip(0.3)) == "RandomFlip(p=0.3, axis='horizontal')"
    assert RandomCrop(8) == RandomCrop(8) != RandomCrop(9)
    assert isinstance(Compose([]), Augmentation)
