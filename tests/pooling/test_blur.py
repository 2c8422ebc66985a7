"""Blurred subsampling: the binomial kernel, the padding, and what it does to shifts."""

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import nn
from torch.nn import functional as F

from cnnlab import geometry, pooling
from tests.convolution.operands import assert_within_bound, both, pairs, random_tensor
from tests.pooling.strategies import judged, pictures, repeatable

ROWS = {1: [1], 2: [1, 1], 3: [1, 2, 1], 4: [1, 3, 3, 1], 5: [1, 4, 6, 4, 1], 6: [1, 5, 10, 10, 5, 1]}


@repeatable
@given(
    images=pictures(least=(4, 4), leading=[(), (2,), (1, 3), (0, 2)]),
    taps=st.sampled_from(list(ROWS)),
    stride=pairs(1, 4),
    mode=st.sampled_from(pooling.PADDING_MODES),
)
def test_it_is_a_padded_strided_convolution_with_pascals_row(images, taps, stride, mode):
    row = torch.tensor(ROWS[taps], dtype=torch.float64)
    weight = torch.outer(row, row) / row.sum() ** 2
    sides, named = ((taps - 1) // 2, taps // 2) * 2, "constant" if mode == "zeros" else mode

    def blurred(planes):
        return F.conv2d(F.pad(planes, sides, mode=named), weight[None, None], stride=stride)

    expected = judged(blurred, images)
    result = pooling.blur_pool2d(images, taps, stride=stride, padding_mode=mode)
    assert_within_bound(result, expected, images.dtype)
    height, width = images.shape[-2:]
    assert result.shape[-2:] == tuple(-(-n // s) for n, s in zip((height, width), both(stride), strict=True))
    padded_size = height + taps - 1, width + taps - 1
    assert result.shape[-2:] == geometry.output_size(padded_size, taps, stride=stride)


def test_two_taps_are_average_pooling_and_one_tap_is_bare_subsampling():
    image = random_tensor(6, 8, seed=0)
    assert torch.equal(pooling.blur_pool2d(image, 1), image[::2, ::2])
    torch.testing.assert_close(pooling.blur_pool2d(image, 2), pooling.avg_pool2d(image, 2))


def test_a_shift_by_one_changes_blurred_pooling_less_than_plain():
    image = random_tensor(32, 32, seed=0)
    moved = image.roll(1, 1)

    def change(pool):
        return (pool(moved) - pool(image)).square().mean().item()

    changes = [change(lambda x, k=k: pooling.blur_pool2d(x, k, padding_mode="circular")) for k in (1, 3, 5)]
    assert changes == sorted(changes, reverse=True)
    assert change(pooling.max_blur_pool2d) < change(lambda x: pooling.max_pool2d(x, 2))


@pytest.mark.parametrize(("kernel", "stride", "taps"), [(2, 2, 1), (3, 2, 1), ((1, 3), (2, 1), 1), (3, 3, 5)])
def test_max_blur_pooling_is_a_maximum_then_a_blur_and_without_blur_max_pooling(kernel, stride, taps):
    images = random_tensor(2, 3, 9, 8, seed=0)
    result = pooling.max_blur_pool2d(images, kernel, stride=stride, blur_size=taps)
    largest = F.max_pool2d(images, kernel, stride=1)
    torch.testing.assert_close(result, pooling.blur_pool2d(largest, taps, stride=stride))
    if taps == 1:
        assert torch.equal(result, F.max_pool2d(images, kernel, stride=stride))


def test_one_pixel_can_be_repeated():
    pixel = torch.full((1, 1), 0.5)
    assert pooling.blur_pool2d(pixel, padding_mode="replicate").tolist() == [[0.5]]


def test_a_layer_is_its_function_and_stands_in_a_network():
    layer = pooling.BlurPool2d(5, stride=(2, 1), padding_mode="replicate")
    images = torch.randn(2, 3, 8, 8, generator=torch.Generator().manual_seed(0))
    expected = pooling.blur_pool2d(images, 5, stride=(2, 1), padding_mode="replicate")
    assert torch.equal(layer(images), expected)
    assert repr(layer) == "BlurPool2d(5, stride=(2, 1), padding_mode='replicate')"
    assert not layer.state_dict()
    model = nn.Sequential(nn.Conv2d(3, 6, 3, padding=1), nn.ReLU(), layer, nn.Flatten(), nn.Linear(192, 2))
    model(images).sum().backward()
    assert model[0].weight.grad.abs().sum() > 0


@pytest.mark.parametrize(("mode", "taps", "most"), [("reflect", 5, 1), ("circular", 6, 2)])
def test_too_small_pictures(mode, taps, most):
    message = rf"^padding_mode '{mode}' must add at most {most} pixels to \(2, 8\), got {taps // 2}$"
    with pytest.raises(ValueError, match=message):
        pooling.blur_pool2d(torch.ones(2, 8), taps, padding_mode=mode)
    assert pooling.blur_pool2d(torch.ones(2, 8), taps - 2, padding_mode=mode).shape == (1, 4)
