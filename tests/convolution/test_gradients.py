"""The gradients written as convolutions are the ones autograd finds."""

import pytest
import torch
from hypothesis import given
from torch.nn.functional import conv2d

from cnnlab.convolution import input_gradient2d, weight_gradient2d
from tests.convolution.test_one_dimensional import assert_within_bound, random_tensor
from tests.convolution.test_two_dimensional import batches, repeatable


@repeatable
@given(batch=batches())
def test_both_are_autograds(batch):
    images, kernel, padding, options = batch
    options["padding"] = padding
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


IMAGES, KERNEL, GRADIENT = torch.ones(2, 4, 5, 5), torch.ones(6, 4, 3, 3), torch.ones(2, 6, 3, 3)


@pytest.mark.parametrize(
    ("arguments", "options", "error", "message"),
    [
        ((None, KERNEL, 5), {}, TypeError, "^gradient must be a torch.Tensor, got NoneType$"),
        ((GRADIENT, KERNEL.double(), 5), {}, TypeError, "^gradient and kernel must share a dtype"),
        ((GRADIENT, KERNEL.to("meta"), 5), {}, ValueError, "^gradient and kernel must be on one device"),
        (
            (GRADIENT[0], KERNEL, 5),
            {},
            ValueError,
            r"^gradient must have shape \(H, W\) or \(N, C, H, W\), got",
        ),
        ((GRADIENT, KERNEL[0, 0], 5), {}, ValueError, "^kernel must have shape .* for a gradient of shape"),
        (
            (GRADIENT, KERNEL, 6),
            {},
            ValueError,
            r"^gradient must have \(4, 4\) rows and columns, got \(3, 3\)$",
        ),
        ((GRADIENT, KERNEL, 5), {"stride": 2}, ValueError, r"^gradient must have \(2, 2\) rows and columns"),
        ((GRADIENT, KERNEL, (5, 0)), {}, ValueError, "^input_size must be positive, got 0$"),
        ((GRADIENT, KERNEL, (5, 5, 5)), {}, ValueError, "^input_size must be an integer or a pair"),
        ((GRADIENT, KERNEL, 2), {}, ValueError, "^kernel_size must fit the padded length 2, got 3"),
        (
            (GRADIENT, KERNEL[:5], 5),
            {},
            ValueError,
            "^kernel must have as first size the 6 channels of gradient",
        ),
        (
            (GRADIENT, KERNEL, 5),
            {"groups": 4},
            ValueError,
            "^groups must divide the 6 channels of gradient, got 4$",
        ),
    ],
)
def test_wrong_arguments_of_input_gradient2d(arguments, options, error, message):
    with pytest.raises(error, match=message):
        input_gradient2d(*arguments, **options)


@pytest.mark.parametrize(
    ("arguments", "options", "error", "message"),
    [
        ((IMAGES, [1.0], 3), {}, TypeError, "^gradient must be a torch.Tensor, got list$"),
        ((IMAGES.half(), GRADIENT, 3), {}, TypeError, "^images and gradient must share a dtype"),
        ((IMAGES, GRADIENT.to("meta"), 3), {}, ValueError, "^images and gradient must be on one device"),
        ((IMAGES, GRADIENT[0, 0], 3), {}, ValueError, "^images and gradient must both have shape .*, got"),
        (
            (IMAGES[:1], GRADIENT, 3),
            {},
            ValueError,
            "^images and gradient must be batches of one length, got",
        ),
        (
            (IMAGES, GRADIENT, 2),
            {},
            ValueError,
            r"^gradient must have \(4, 4\) rows and columns, got \(3, 3\)$",
        ),
        ((IMAGES, GRADIENT, 0), {}, ValueError, "^kernel_size must be positive, got 0$"),
        ((IMAGES, GRADIENT, 6), {}, ValueError, "^kernel_size must fit the padded length 5, got 6"),
        ((IMAGES, GRADIENT, 3), {"groups": 3}, ValueError, "^groups must divide in_channels = 4, got 3$"),
        ((IMAGES, GRADIENT, 3), {"groups": 4}, ValueError, "^groups must divide out_channels = 6, got 4$"),
        (
            (IMAGES[0, 0], GRADIENT[0, 0], 3),
            {"groups": 2},
            ValueError,
            "^groups must be 1 for images without",
        ),
    ],
)
def test_wrong_arguments_of_weight_gradient2d(arguments, options, error, message):
    with pytest.raises(error, match=message):
        weight_gradient2d(*arguments, **options)
