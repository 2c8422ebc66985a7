"""How far a number that is not finite spreads: its own windows, or what the docstring says."""

import math

import pytest
import torch

from cnnlab import convolution
from cnnlab.convolution import METHODS, METHODS_2D

STAYS = ("loops", "windows", "im2col")
EVERY = [
    *(
        (getattr(convolution, f"{name}1d"), method, 1)
        for name in ("cross_correlate", "convolve")
        for method in METHODS
    ),
    *(
        (getattr(convolution, f"{name}2d"), method, 2)
        for name in ("cross_correlate", "convolve")
        for method in METHODS_2D
    ),
]
each = pytest.mark.parametrize(
    ("operation", "method", "axes"), EVERY, ids=[f"{op.__name__}-{method}" for op, method, _ in EVERY]
)
each_value = pytest.mark.parametrize("value", [math.nan, math.inf])


def operands(axes):
    """Two examples of four channels in two groups, and three kernels for each group."""
    generator = torch.Generator().manual_seed(0)
    signal = torch.rand(2, 4, *[9] * axes, generator=generator)
    return signal, torch.rand(6, 2, *[3] * axes, generator=generator) + 0.1


@each
@each_value
def test_one_in_the_signal_spreads_as_the_docstring_says(operation, method, axes, value):
    """With "matrix" and "fft" over all of its example's results of its group, else within its windows."""
    signal, kernel = operands(axes)
    signal[(1, 2, *[4] * axes)] = value
    result = operation(signal, kernel, method=method, groups=2)
    expected = torch.zeros_like(result, dtype=torch.bool)
    reach = slice(2, 5) if method in STAYS else slice(None)
    expected[(1, slice(3, 6), *[reach] * axes)] = True
    assert torch.equal(~result.isfinite(), expected)


@each
@each_value
def test_one_in_the_kernel_spreads_over_its_output_channel(operation, method, axes, value):
    signal, kernel = operands(axes)
    kernel[(4, 1, *[1] * axes)] = value
    result = operation(signal, kernel, method=method, groups=2)
    expected = torch.zeros_like(result, dtype=torch.bool)
    expected[:, 4] = True
    assert torch.equal(~result.isfinite(), expected)


@each_value
def test_transposed_one_in_the_images_stays_within_its_copy_of_the_kernel(value):
    images, kernel = torch.ones(2, 4, 5, 5), torch.ones(4, 3, 3, 3)
    images[1, 2, 2, 2] = value
    result = convolution.conv_transpose2d(images, kernel, stride=2, groups=2)
    expected = torch.zeros_like(result, dtype=torch.bool)
    expected[1, 3:, 4:7, 4:7] = True
    assert torch.equal(~result.isfinite(), expected)
    assert torch.equal(
        convolution.input_gradient2d(images, kernel, (11, 11), stride=2, groups=2).isfinite(), ~expected
    )


@each_value
def test_transposed_one_in_the_kernel_spreads_over_its_output_channel(value):
    images, kernel = torch.ones(2, 4, 5, 5), torch.ones(4, 3, 3, 3)
    kernel[3, 1, 1, 1] = value
    result = convolution.conv_transpose2d(images, kernel, stride=2, groups=2)
    expected = torch.zeros_like(result, dtype=torch.bool)
    expected[:, 4] = True
    assert torch.equal(~result.isfinite(), expected)


@each_value
def test_one_in_an_image_spoils_the_gradients_of_the_weights_that_met_it(value):
    images, gradient = torch.ones(2, 4, 5, 5), torch.ones(2, 6, 2, 2)
    images[1, 2, 0, 0] = value  # only the first tap of a kernel meets it, and only that of its channel
    result = convolution.weight_gradient2d(images, gradient, 3, stride=2, groups=2)
    expected = torch.zeros_like(result, dtype=torch.bool)
    expected[3:, 0, 0, 0] = True
    assert torch.equal(~result.isfinite(), expected)


@each_value
def test_locally_connected_one_stays_within_its_windows(value):
    images, weight = torch.ones(2, 3, 5, 5), torch.ones(4, 3, 3, 3, 3, 3)
    images[1, 2, 0, 0] = value
    result = convolution.locally_connected2d(images, weight)
    expected = torch.zeros_like(result, dtype=torch.bool)
    expected[1, :, 0, 0] = True
    assert torch.equal(~result.isfinite(), expected)
