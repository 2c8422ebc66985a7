"""The gradients written out are those of autograd."""

import torch
from hypothesis import given
from hypothesis import strategies as st
from torch.nn import functional as F

from cnnlab import pooling
from cnnlab.convolution import conv_transpose2d
from tests.convolution.operands import random_tensor
from tests.pooling.strategies import judged, poolings, repeatable


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
    result = judged(F.avg_pool2d, images, kernel, **options)
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
