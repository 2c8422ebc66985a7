"""The gradients written as convolutions are the ones autograd finds."""

import torch
from hypothesis import given
from torch.nn.functional import conv2d

from cnnlab.convolution import input_gradient2d, weight_gradient2d
from tests.convolution.operands import assert_within_bound, batches, random_tensor, repeatable


@repeatable
@given(batch=batches())
def test_both_are_autograds(batch):
    images, kernel, options = batch
    images, kernel = images.double().requires_grad_(), kernel.double().requires_grad_()
    result = conv2d(images, kernel, **options)
    gradient = random_tensor(*result.shape, seed=7)
    for_images, for_kernel = torch.autograd.grad(result, (images, kernel), gradient)
    images, kernel = images.detach(), kernel.detach()
    mine = input_gradient2d(gradient, kernel, tuple(images.shape[-2:]), **options)
    assert_within_bound(mine, for_images, torch.float64)
    mine = weight_gradient2d(images, gradient, tuple(kernel.shape[-2:]), **options)
    assert_within_bound(mine, for_kernel, torch.float64)


def test_images_without_channels_have_gradients_without_channels():
    images, kernel, gradient = (random_tensor(*size, seed=0) for size in ((4, 5), (2, 3), (2, 2)))
    options = {"stride": 2}
    whole = images[None, None], kernel[None, None], gradient[None, None]
    for_images = input_gradient2d(gradient, kernel, (4, 5), **options)
    for_kernel = weight_gradient2d(images, gradient, (2, 3), **options)
    assert torch.equal(for_images, input_gradient2d(whole[2], whole[1], (4, 5), **options)[0, 0])
    assert torch.equal(for_kernel, weight_gradient2d(whole[0], whole[2], (2, 3), **options)[0, 0])


def test_pixels_that_no_window_reaches_have_no_gradient():
    gradient, kernel = torch.ones(1, 2), torch.ones(1, 2)
    assert input_gradient2d(gradient, kernel, (1, 7), stride=4).tolist() == [[1, 1, 0, 0, 1, 1, 0]]
