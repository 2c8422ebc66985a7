"""The gradients written out are those of autograd."""

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch.nn import functional as F

from cnnlab import pooling
from cnnlab.convolution import conv_transpose2d
from tests.convolution.test_one_dimensional import TOLERANCE, random_tensor
from tests.pooling.strategies import poolings, repeatable


@repeatable
@given(pooled=poolings(dilated=True, tied=True))
def test_a_maximum_sends_its_gradient_to_the_winner(pooled):
    images, kernel, options = pooled
    images = images.double().requires_grad_()
    result, places = pooling.max_pool2d(images, kernel, return_indices=True, **options)
    gradient = random_tensor(*result.shape, seed=5)
    (expected,) = torch.autograd.grad(result, images, gradient)
    written = pooling.max_pool2d_gradient(gradient, places, images.shape[-2:])
    torch.testing.assert_close(written, expected)


@repeatable
@given(pooled=poolings(), counted=st.booleans())
def test_an_average_sends_each_pixel_its_share(pooled, counted):
    images, kernel, options = pooled
    images = images.double().requires_grad_()
    options["count_include_pad"] = counted
    batch = images.reshape(-1, 1, *images.shape[-2:])
    result = F.avg_pool2d(batch, kernel, **options).reshape(
        *pooling.avg_pool2d(images, kernel, **options).shape
    )
    gradient = random_tensor(*result.shape, seed=5)
    (expected,) = torch.autograd.grad(result, images, gradient)
    written = pooling.avg_pool2d_gradient(gradient, images.shape[-2:], kernel, **options)
    torch.testing.assert_close(written, expected)


def test_an_averages_gradient_is_a_transposed_convolution_with_constant_weight():
    gradient = random_tensor(3, 4, seed=0)
    expected = conv_transpose2d(gradient, torch.full((3, 2), 1 / 6, dtype=torch.float64), stride=2)
    torch.testing.assert_close(pooling.avg_pool2d_gradient(gradient, (7, 8), (3, 2), stride=2), expected)


def test_what_is_sent_arrives_and_losers_get_nothing():
    image = random_tensor(6, 6, seed=0)
    result, places = pooling.max_pool2d(image, 2, return_indices=True)
    sent = torch.full_like(result, 2.0)
    received = pooling.max_pool2d_gradient(sent, places, 6)
    assert received.sum() == sent.sum()
    assert ((received != 0) == (image == result.repeat_interleave(2, 0).repeat_interleave(2, 1))).all()
    torch.testing.assert_close(pooling.avg_pool2d_gradient(sent, 6, 2), torch.full_like(image, 0.5))


@pytest.mark.parametrize("dtype", TOLERANCE)
def test_dtype_and_device_are_kept(dtype):
    for device in ("cpu", "meta"):
        gradient = torch.ones(2, 3, 2, 2, dtype=dtype, device=device)
        places = torch.zeros(2, 3, 2, 2, dtype=torch.int64, device=device)
        for result in (
            pooling.max_pool2d_gradient(gradient, places, (4, 5)),
            pooling.avg_pool2d_gradient(gradient, (4, 5), 2),
        ):
            assert (result.device.type, result.dtype, result.shape) == (device, dtype, (2, 3, 4, 5))


ONES, PLACES = torch.ones(2, 2), torch.zeros(2, 2, dtype=torch.int64)


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ((ONES.int(), PLACES, 4), TypeError, "^gradient must be float16, .*, got torch.int32$"),
        ((ONES, [0], 4), TypeError, "^indices must be an int64 tensor, got list$"),
        ((ONES, ONES, 4), TypeError, "^indices must be an int64 tensor, got torch.float32$"),
        ((ONES, PLACES[0], 4), ValueError, r"^indices must have shape \(2, 2\), got \(2,\)$"),
        ((ONES, PLACES + 16, 4), ValueError, "^indices must lie among the 16 pixels, got 16$"),
        ((ONES, PLACES, 0), ValueError, "^input_size must be positive, got 0$"),
    ],
)
def test_wrong_arguments_of_the_maximum(arguments, error, message):
    with pytest.raises(error, match=message):
        pooling.max_pool2d_gradient(*arguments)


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ((ONES.long(), 4, 2), TypeError, "^gradient must be float16, .*, got torch.int64$"),
        ((ONES[0], 4, 2), ValueError, r"^gradient must have shape \(H, W\), .*, got \(2,\)$"),
        ((ONES, 6, 2), ValueError, r"^gradient must have \(3, 3\) rows and columns, got \(2, 2\)$"),
        ((ONES, 4.0, 2), TypeError, "^input_size must be an integer, got 4.0$"),
        ((ONES, 4, 5), ValueError, "^kernel_size must fit the padded length 4, got 5"),
    ],
)
def test_wrong_arguments_of_the_average(arguments, error, message):
    with pytest.raises(error, match=message):
        pooling.avg_pool2d_gradient(*arguments)
