"""Masks and textures beside those that scikit-image and NumPy draw one at a time."""

import importlib
from pathlib import Path

import numpy as np
import pytest
import torch

from cnnlab import data
from cnnlab.data.textures import tile

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"


@pytest.fixture
def bench(monkeypatch):
    monkeypatch.syspath_prepend(BENCHMARKS)
    return importlib.import_module("bench_shapes")


@pytest.mark.parametrize("name", data.SHAPES)
def test_masks_are_those_that_scikit_image_draws(bench, name):
    pictures = data.shapes(20, shapes=[name], ranges=data.Ranges(scale=(0.4, 1.0)))
    drawn = np.stack([bench.draw_mask(pictures, index) for index in range(20)])
    assert bench.overlaps(pictures.masks.numpy(), drawn).min() > 0.98


@pytest.mark.parametrize("name", data.TEXTURES)
def test_textures_are_those_that_numpy_and_scikit_image_draw(bench, name):
    ranges = data.Ranges(period=(0.12, 0.3), contrast=(1, 1), saturation=(0, 0))
    pictures = data.shapes(10, size=48, cues="texture", textures=[name], ranges=ranges)
    for index in range(10):
        drawn = bench.draw_texture(pictures, index, 48 * 0.21)
        ours = pictures.images[index, 0].numpy()
        # Ours has smooth edges, theirs has not; photographs are sampled alike.
        assert np.corrcoef(ours.ravel(), drawn.ravel())[0, 1] > (0.9 if name in bench.PATTERNS else 0.999)


@pytest.mark.parametrize("name", data.TEXTURES)
def test_no_texture_is_told_by_its_brightness_alone(name):
    ranges = data.Ranges(contrast=(1, 1), saturation=(0, 0))
    images = data.shapes(40, cues="texture", textures=[name], ranges=ranges).images
    assert 0.3 < images.mean() < 0.7
    assert images.std() > 0.15


def test_a_texture_is_alike_in_pictures_of_any_size():
    """A larger picture reduced shows the same scene."""
    small, large = data.shapes(24, size=48), data.shapes(24, size=96)
    reduced = torch.nn.functional.avg_pool2d(large.images, 2)
    assert (small.images - reduced).abs().mean() < 0.02


def test_tiles_are_shared_but_photographs_are_copies():
    before = tile("gravel", 64).clone()
    data.photograph("gravel").zero_()
    data.shapes(3, textures=["gravel"]).images.zero_()
    assert torch.equal(tile("gravel", 64), before)


def test_the_benchmark_stops_at_a_wrong_mask_or_a_wrong_picture(bench):
    pictures = data.shapes(12)
    drawn, masks = bench.draw_all(pictures, 64 * 0.14)
    assert bench.check_answers(pictures, drawn, masks) > 0.98
    with pytest.raises(ArithmeticError, match=r"^masks must overlap by 0\.98, got 0\."):
        bench.check_answers(pictures, drawn, np.roll(masks, 3, axis=1))
    with pytest.raises(ArithmeticError, match=r"^pictures must agree inside the shapes to 0\.1, got 0\."):
        bench.check_answers(pictures, 1 - drawn, masks)


def test_the_benchmark_reports_seconds_ratio_and_overlap(bench):
    result = bench.measure(count=12, rounds=1)
    seconds = result["seconds"]
    assert result["times_as_fast"] == pytest.approx(seconds["scikit-image"] / seconds["cnnlab shapes"])
    assert result["least_iou"] > 0.98
