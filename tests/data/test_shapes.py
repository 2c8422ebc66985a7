"""The pictures of one call: the same for a seed, and true to their labels, masks, boxes and ranges."""

import dataclasses
import hashlib

import numpy as np
import pytest
import torch

from cnnlab import data
from cnnlab.data import painting


def same(first, second):
    """Whether every tensor of two sets is equal to the bit."""
    for field in dataclasses.fields(first):
        one, other = getattr(first, field.name), getattr(second, field.name)
        if isinstance(one, torch.Tensor) and not torch.equal(one, other):
            return False
    return True


def test_a_seed_gives_the_same_bytes_and_another_seed_others():
    first = data.shapes(60, background="textured", seed=3)
    assert same(first, data.shapes(60, background="textured", seed=3))
    other = data.shapes(60, background="textured", seed=4)
    assert not torch.equal(first.images, other.images)
    assert not torch.equal(first.shape_labels, other.shape_labels)


def test_the_global_generator_is_neither_used_nor_moved():
    torch.manual_seed(1)
    before = torch.random.get_rng_state()
    first = data.shapes(5)
    assert torch.equal(torch.random.get_rng_state(), before)
    torch.manual_seed(2)
    assert same(first, data.shapes(5))


def test_the_number_of_pictures_painted_at_a_time_changes_nothing(monkeypatch):
    whole = data.shapes(50, background="textured")
    monkeypatch.setattr(painting, "STEP", {"cpu": 7 * 64 * 64})
    pieces = data.shapes(50, background="textured")
    assert torch.equal(whole.masks, pieces.masks)
    torch.testing.assert_close(whole.images, pieces.images, rtol=0, atol=1e-5)


def test_seed_0_paints_what_it_painted_when_this_was_stored():
    pictures = data.shapes(144, background="textured")
    labels = torch.stack([pictures.shape_labels, pictures.texture_labels, pictures.background_labels])
    assert hashlib.sha256(labels.numpy().tobytes()).hexdigest()[:16] == "e81f6b30c4b62edc"
    assert hashlib.sha256(pictures.boxes.numpy().tobytes()).hexdigest()[:16] == "34f1ae4e5e8d68a6"
    # A pixel whose centre lies on the outline to the last digit may fall on either side.
    assert int(pictures.masks.sum()) == pytest.approx(125_649, abs=3)
    means = pictures.images[:4].mean((2, 3))
    stored = [
        [0.27027, 0.331, 0.28534],
        [0.33495, 0.3505, 0.26075],
        [0.27464, 0.28671, 0.29897],
        [0.39249, 0.36679, 0.3106],
    ]
    torch.testing.assert_close(means, torch.tensor(stored), rtol=0, atol=1e-4)
    # Every pixel weighs differently, so that nothing may move.
    weights = torch.linspace(-1, 1, pictures.images[0].numel(), dtype=torch.float64)
    moments = pictures.images.double().flatten(1) @ weights
    assert float(moments.abs().mean()) == pytest.approx(143.05844, rel=1e-5)


@pytest.mark.parametrize("size", [16, 33, 64, 100])
@pytest.mark.parametrize("background", data.BACKGROUNDS)
def test_pictures_lie_in_the_unit_interval_and_have_the_size_asked_for(size, background):
    pictures = data.shapes(24, size=size, background=background)
    assert pictures.images.shape == (24, 3, size, size)
    assert pictures.masks.shape == (24, size, size)
    assert (pictures.images.dtype, pictures.masks.dtype) == (torch.float32, torch.bool)
    assert {pictures.shape_labels.dtype, pictures.texture_labels.dtype, pictures.boxes.dtype} == {torch.int64}
    assert 0 <= pictures.images.min() < 0.1
    assert 0.9 < pictures.images.max() <= 1


@pytest.mark.parametrize("dtype", [torch.float16, torch.bfloat16, torch.float32, torch.float64])
def test_every_floating_point_type_holds_the_same_pictures(dtype):
    pictures, reference = data.shapes(6, dtype=dtype).images, data.shapes(6).images
    assert pictures.dtype == dtype
    torch.testing.assert_close(pictures.float(), reference, rtol=0, atol=4e-3)


@pytest.mark.skipif(not torch.cuda.is_available(), reason="needs a GPU")
def test_a_gpu_paints_what_the_cpu_paints():
    here = data.shapes(144, background="textured")
    there = data.shapes(144, background="textured", device="cuda")
    assert there.images.is_cuda
    torch.testing.assert_close(there.images.cpu(), here.images, rtol=0, atol=1e-3)
    assert (there.masks.cpu() != here.masks).sum() <= 3


def test_a_box_is_the_least_around_its_mask():
    pictures = data.shapes(144)
    for mask, (left, top, right, bottom) in zip(pictures.masks, pictures.boxes.tolist(), strict=True):
        assert mask[top:bottom, left:right].sum() == mask.sum()
        rows, columns = mask.nonzero(as_tuple=True)
        assert (left, top) == (columns.min(), rows.min())
        assert (right, bottom) == (columns.max() + 1, rows.max() + 1)


def test_outside_the_mask_lies_the_background_and_inside_the_surface():
    pictures = data.shapes(144, ranges=data.Ranges(scale=(0.5, 0.9), level=(0, 0), contrast=(0, 0)))
    # Contrast 0 paints in one colour, and every background is black; a pixel on the outline mixes the two.
    inner, outer = pictures.images == pictures.surface.light.float()[:, :, None, None], pictures.images == 0
    mixed = ~(inner.all(1) | outer.all(1))
    assert not (outer.all(1) & pictures.masks).any()
    assert not (inner.all(1) & ~pictures.masks).any()
    assert mixed.float().mean() < 0.12
    # The mean over a picture is the covered area: smooth edges keep it.
    cover = pictures.images.sum((2, 3)) / pictures.surface.light.float()
    area = pictures.masks.sum((1, 2)).unsqueeze(1)
    torch.testing.assert_close(cover, area.expand(-1, 3).float(), rtol=0.06, atol=4)


def test_every_shape_stays_in_its_circle_and_the_circle_in_the_picture():
    pictures = data.shapes(240, ranges=data.Ranges(scale=(0.3, 1.0)))
    centre, radius = pictures.placement.centre, pictures.placement.radius.unsqueeze(1)
    assert ((centre - radius >= -1e-9) & (centre + radius <= 64 + 1e-9)).all()
    pixels = torch.arange(64) + 0.5
    x, y = (pixels - centre[:, :1])[:, None, :], (pixels - centre[:, 1:])[:, :, None]
    far = (x**2 + y**2).sqrt() > radius.unsqueeze(2) + 1e-4
    assert not (pictures.masks & far).any()
    # No shape wastes its circle: each reaches it to a twentieth of the radius and two pixels.
    reach = torch.where(pictures.masks, (x**2 + y**2).sqrt(), 0).amax((1, 2))
    assert (reach > 0.95 * radius[:, 0] - 2).all()


def test_an_empty_set_and_pictures_of_one_pixel_are_sets_too():
    empty = data.shapes(0, background="textured")
    assert (empty.images.shape, empty.boxes.shape, len(empty)) == ((0, 3, 64, 64), (0, 4), 0)
    tiny = data.shapes(24, size=1)
    assert tiny.images.shape == (24, 3, 1, 1)
    assert tiny.images.isfinite().all()
    # A pixel that lies in a ring's hole leaves an empty mask and a box of zeros.
    assert (tiny.boxes[~tiny.masks.flatten(1).any(1)] == 0).all()


def test_labels_count_in_the_order_of_the_names_given():
    pictures = data.shapes(4, cues="congruent", shapes=["star", "disc"], textures=["brick", "dots"], seed=1)
    assert (pictures.shapes, pictures.textures) == (("star", "disc"), ("brick", "dots"))
    areas = pictures.masks.sum((1, 2)) / (np.pi * pictures.placement.radius**2)
    # A disc fills its circle, a star about a third of it.
    assert ((areas > 0.9) == (pictures.shape_labels == 1)).all()


def test_a_thousand_pictures_need_less_than_half_a_gigabyte():
    resource = pytest.importorskip("resource")
    data.shapes(10)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    data.shapes(1000, background="textured")
    kilobytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert kilobytes < 500 * 1024
