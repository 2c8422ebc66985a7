"""Adaptive and global pooling choose PyTorch's windows."""

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch.nn import functional as F

from cnnlab import pooling
from tests.convolution.test_one_dimensional import TOLERANCE, assert_within_bound, random_tensor
from tests.convolution.test_two_dimensional import pairs
from tests.pooling.strategies import pictures, repeatable

ADAPTIVE = (pooling.adaptive_max_pool2d, pooling.adaptive_avg_pool2d)
GLOBAL = (pooling.global_max_pool2d, pooling.global_avg_pool2d)
JUDGES = (F.adaptive_max_pool2d, F.adaptive_avg_pool2d)
sizes = pairs(1, 9) | st.tuples(st.none(), st.integers(1, 9)) | st.tuples(st.integers(1, 9), st.none())


def judged(function, images, size):
    batch = images.double().reshape(-1, 1, *images.shape[-2:])
    result = function(batch, size)
    return result.reshape(*images.shape[:-2], *result.shape[-2:])


@repeatable
@given(images=pictures(), size=sizes)
def test_results_are_pytorchs_also_for_more_windows_than_pixels(images, size):
    for pool, judge in zip(ADAPTIVE, JUDGES, strict=True):
        assert_within_bound(pool(images, size), judged(judge, images, size), images.dtype)


@repeatable
@given(images=pictures(leading=[(1, 2)], tied=True), size=sizes)
def test_gradients_are_pytorchs_ties_included(images, size):
    for pool, judge in zip(ADAPTIVE, JUDGES, strict=True):
        grads = []
        for function in (pool, judge):
            leaf = images.double().requires_grad_()
            result = function(leaf, size)
            weights = torch.arange(result.numel(), dtype=torch.float64).reshape(result.shape)
            (result * weights).sum().backward()
            grads.append(leaf.grad)
        torch.testing.assert_close(*grads)


@repeatable
@given(images=pictures())
def test_global_pooling_is_one_window_and_drops_the_axes(images):
    for pool, judge in zip(GLOBAL, JUDGES, strict=True):
        result = pool(images)
        assert result.shape == images.shape[:-2]
        assert_within_bound(result, judged(judge, images, 1)[..., 0, 0], images.dtype)


def test_where_the_size_divides_it_is_plain_pooling():
    images = random_tensor(2, 3, 6, 8, seed=0)
    assert torch.equal(pooling.adaptive_max_pool2d(images, (3, 2)), pooling.max_pool2d(images, (2, 4)))
    torch.testing.assert_close(
        pooling.adaptive_avg_pool2d(images, (3, 2)), pooling.avg_pool2d(images, (2, 4))
    )


def test_a_classifier_takes_pictures_of_any_size():
    for size in ((1, 1), (5, 9), (40, 3)):
        assert pooling.adaptive_avg_pool2d(torch.ones(2, 3, *size), (2, 4)).shape == (2, 3, 2, 4)
        assert pooling.global_max_pool2d(torch.ones(2, 3, *size)).shape == (2, 3)


def test_global_pooling_does_not_see_where_a_feature_is():
    image = torch.zeros(6, 6)
    image[1, 1] = 1
    for pool in GLOBAL:
        assert pool(image) == pool(image.roll((2, 3), (0, 1)))


def test_max_pooling_just_before_global_max_pooling_changes_nothing():
    images = random_tensor(2, 3, 8, 8, seed=0)
    assert torch.equal(
        pooling.global_max_pool2d(pooling.max_pool2d(images, 2)), pooling.global_max_pool2d(images)
    )
    assert not torch.equal(
        pooling.global_max_pool2d(images[..., ::2, ::2]), pooling.global_max_pool2d(images)
    )


def test_gradients_are_exact():
    images = random_tensor(2, 4, 5, seed=0).requires_grad_()
    for pool in ADAPTIVE:
        assert torch.autograd.gradcheck(lambda x: pool(x, (3, 2)), images)  # noqa: B023


@pytest.mark.parametrize("dtype", TOLERANCE)
def test_a_device_without_data_gets_the_right_shape(dtype):
    images = torch.empty(2, 4, 9, 8, dtype=dtype, device="meta")
    for pool in ADAPTIVE:
        result = pool(images, (2, None))
        assert (result.device.type, result.dtype, result.shape) == ("meta", dtype, (2, 4, 2, 8))


@pytest.mark.parametrize(
    ("size", "error", "message"),
    [
        (0, ValueError, "^output_size must be positive, got 0$"),
        ((2, 1.5), TypeError, "^output_size must be an integer, got 1.5$"),
        ((1, 2, 3), ValueError, r"^output_size must be an integer or a pair, got \(1, 2, 3\)$"),
    ],
)
@pytest.mark.parametrize("pool", ADAPTIVE)
def test_wrong_sizes(pool, size, error, message):
    with pytest.raises(error, match=message):
        pool(torch.ones(4, 4), size)


@pytest.mark.parametrize("pool", GLOBAL)
def test_wrong_images(pool):
    with pytest.raises(ValueError, match=r"^images must have shape \(H, W\), .*, got \(1, 1, 1, 1, 1\)$"):
        pool(torch.ones(1, 1, 1, 1, 1))
    with pytest.raises(TypeError, match=r"^images must be a torch.Tensor, got int$"):
        pool(3)
    with pytest.raises(ValueError, match=r"^images must not be empty, got shape \(2, 0\)$"):
        pool(torch.ones(2, 0))
