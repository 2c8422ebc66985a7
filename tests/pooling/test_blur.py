"""Blurred subsampling: the binomial kernel, the padding, and what it does to shifts."""

import pytest
import scipy.ndimage
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import nn
from torch.nn import functional as F

from cnnlab import geometry, pooling
from tests.convolution.test_one_dimensional import TOLERANCE, assert_within_bound, random_tensor
from tests.convolution.test_two_dimensional import both, pairs
from tests.pooling.strategies import pictures, repeatable

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
    planes = images.double().reshape(-1, 1, *images.shape[-2:])
    before, after = (taps - 1) // 2, taps // 2
    named = "constant" if mode == "zeros" else mode
    padded = F.pad(planes, (before, after, before, after), mode=named)
    expected = F.conv2d(padded, weight[None, None], stride=stride)
    expected = expected.reshape(*images.shape[:-2], *expected.shape[-2:])
    result = pooling.blur_pool2d(images, taps, stride=stride, padding_mode=mode)
    assert_within_bound(result, expected, images.dtype)
    height, width = images.shape[-2:]
    assert result.shape[-2:] == tuple(-(-n // s) for n, s in zip((height, width), both(stride), strict=True))
    padded_size = height + taps - 1, width + taps - 1
    assert result.shape[-2:] == geometry.output_size(padded_size, taps, stride=stride)


@pytest.mark.parametrize(
    ("mode", "scipys"), [("reflect", "mirror"), ("replicate", "nearest"), ("circular", "wrap")]
)
def test_the_blur_alone_is_scipys(mode, scipys):
    image = random_tensor(7, 6, seed=0)
    expected = scipy.ndimage.convolve1d(image.numpy(), [0.25, 0.5, 0.25], axis=0, mode=scipys)
    expected = scipy.ndimage.convolve1d(expected, [0.25, 0.5, 0.25], axis=1, mode=scipys)
    result = pooling.blur_pool2d(image, stride=1, padding_mode=mode)
    torch.testing.assert_close(result, torch.from_numpy(expected))


def test_a_flat_picture_stays_as_it_is():
    image = torch.full((5, 8), 0.3)
    for mode in ("reflect", "replicate", "circular"):
        torch.testing.assert_close(pooling.blur_pool2d(image, padding_mode=mode), torch.full((3, 4), 0.3))
    assert pooling.blur_pool2d(image, padding_mode="zeros")[0, 0] < 0.3


def test_two_taps_are_average_pooling_and_one_tap_is_bare_subsampling():
    image = random_tensor(6, 8, seed=0)
    assert torch.equal(pooling.blur_pool2d(image, 1), image[::2, ::2])
    torch.testing.assert_close(pooling.blur_pool2d(image, 2), pooling.avg_pool2d(image, 2))


def test_a_shift_by_the_stride_shifts_the_result_by_one():
    image = random_tensor(8, 8, seed=0)
    moved = pooling.blur_pool2d(image.roll(2, 1), padding_mode="circular")
    torch.testing.assert_close(moved, pooling.blur_pool2d(image, padding_mode="circular").roll(1, 1))


def test_subsampling_makes_the_finest_stripes_black_or_white_and_the_blur_makes_them_grey():
    stripes = torch.tensor([0.0, 1.0]).repeat(8, 4)
    assert stripes[::2, ::2].unique().tolist() == [0]
    assert stripes.roll(1, 1)[::2, ::2].unique().tolist() == [1]
    assert pooling.blur_pool2d(stripes, padding_mode="circular").unique().tolist() == [0.5]


def test_a_shift_by_one_changes_blurred_pooling_less_than_plain():
    image = random_tensor(32, 32, seed=0)
    moved = image.roll(1, 1)

    def change(pool):
        return (pool(moved) - pool(image)).square().mean().item()

    changes = [change(lambda x, k=k: pooling.blur_pool2d(x, k, padding_mode="circular")) for k in (1, 3, 5)]
    assert changes == sorted(changes, reverse=True)
    assert change(pooling.max_blur_pool2d) < change(lambda x: pooling.max_pool2d(x, 2))


def test_max_blur_pooling_without_blur_is_max_pooling():
    images = random_tensor(2, 3, 9, 8, seed=0)
    for kernel, stride in ((2, 2), (3, 2), ((1, 3), (2, 1))):
        result = pooling.max_blur_pool2d(images, kernel, stride=stride, blur_size=1)
        assert torch.equal(result, pooling.max_pool2d(images, kernel, stride=stride))


def test_max_blur_pooling_is_a_maximum_then_a_blur():
    images = random_tensor(2, 3, 9, 8, seed=0)
    expected = pooling.blur_pool2d(F.max_pool2d(images, 3, stride=1), 5, stride=3)
    torch.testing.assert_close(pooling.max_blur_pool2d(images, 3, stride=3, blur_size=5), expected)


def test_gradients_are_exact():
    images = random_tensor(1, 2, 5, 4, seed=1).requires_grad_()
    for mode in pooling.PADDING_MODES:
        assert torch.autograd.gradcheck(lambda x: pooling.blur_pool2d(x, padding_mode=mode), images)  # noqa: B023
    assert torch.autograd.gradcheck(pooling.max_blur_pool2d, images)


@pytest.mark.parametrize("dtype", TOLERANCE)
def test_a_device_without_data_gets_the_right_shape(dtype):
    images = torch.empty(2, 4, 9, 8, dtype=dtype, device="meta")
    for pool in (pooling.blur_pool2d, pooling.max_blur_pool2d):
        result = pool(images)
        height = 5 if pool is pooling.blur_pool2d else 4
        assert (result.device.type, result.dtype, result.shape) == ("meta", dtype, (2, 4, height, 4))


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


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"kernel_size": 0}, ValueError, "^kernel_size must be positive, got 0$"),
        ({"kernel_size": (3, 3)}, TypeError, r"^kernel_size must be an integer, got \(3, 3\)$"),
        ({"stride": 0}, ValueError, "^stride must be positive, got 0$"),
        ({"padding_mode": "mirror"}, ValueError, "^padding_mode must be one of 'zeros', .*, got 'mirror'$"),
    ],
)
@pytest.mark.parametrize("make", [pooling.BlurPool2d, lambda **o: pooling.blur_pool2d(torch.ones(4, 4), **o)])
def test_wrong_options(make, options, error, message):
    with pytest.raises(error, match=message):
        make(**options)


@pytest.mark.parametrize(("mode", "taps", "most"), [("reflect", 5, 1), ("circular", 6, 2)])
def test_too_small_pictures(mode, taps, most):
    message = rf"^padding_mode '{mode}' must add at most {most} pixels to \(2, 8\), got {taps // 2}$"
    with pytest.raises(ValueError, match=message):
        pooling.blur_pool2d(torch.ones(2, 8), taps, padding_mode=mode)
    assert pooling.blur_pool2d(torch.ones(2, 8), taps - 2, padding_mode=mode).shape == (1, 4)
