"""A locally connected layer is a convolution whose weights are not shared."""

import torch
from hypothesis import given
from hypothesis import strategies as st
from torch.nn.functional import conv2d

from cnnlab.convolution import LocallyConnected2d, locally_connected2d
from tests.convolution.operands import assert_within_bound, batches, random_tensor, repeatable


@repeatable
@given(batch=batches(), biased=st.booleans())
def test_with_the_same_weights_at_every_place_it_is_the_convolution(batch, biased):
    images, kernel, options = batch
    kernel = kernel.repeat(1, options["groups"], 1, 1)
    options = {name: options[name] for name in ("stride", "padding")}
    expected = conv2d(images.double(), kernel.double(), **options)
    weight = kernel[:, None, None].expand(-1, *expected.shape[-2:], -1, -1, -1)
    bias = random_tensor(*weight.shape[:3], seed=3, dtype=images.dtype) if biased else None
    if biased:
        expected = expected + bias.double()
    assert_within_bound(locally_connected2d(images, weight, bias, **options), expected, images.dtype)


def test_each_place_uses_its_own_weights():
    images, weight = random_tensor(2, 3, 5, 6, seed=0), random_tensor(4, 3, 2, 3, 3, 3, seed=1)
    result = locally_connected2d(images, weight, stride=(1, 2))
    for row, column in ((0, 0), (2, 1)):
        window = images[:, :, row : row + 3, 2 * column : 2 * column + 3]
        expected = torch.einsum("ncij,ocij->no", window, weight[:, row, column])
        torch.testing.assert_close(result[..., row, column], expected)


def test_alexnets_first_layer_unshared_has_105705600_parameters():
    with torch.device("meta"):
        layer = LocallyConnected2d(3, 96, input_size=227, kernel_size=11, stride=4)
        result = layer(torch.empty(1, 3, 227, 227))
    assert (layer.weight.numel(), layer.bias.numel()) == (105_415_200, 290_400)
    assert sum(parameter.numel() for parameter in layer.parameters()) == 105_705_600
    assert result.shape == (1, 96, 55, 55)


def test_a_layer_starts_as_torchs_convolution_does():
    torch.manual_seed(0)
    layer = LocallyConnected2d(3, 8, input_size=(9, 8), kernel_size=(3, 2), padding=(1, 0))
    convolution = torch.nn.Conv2d(3, 8, (3, 2), padding=(1, 0))
    for ours, theirs in ((layer.weight, convolution.weight), (layer.bias, convolution.bias)):
        assert ours.abs().max() <= 18**-0.5
        assert theirs.abs().max() <= 18**-0.5
    assert layer.weight.abs().max() > 0.99 * 18**-0.5
    assert layer.weight.mean().abs() < 0.01


def test_a_layer_is_its_function_and_learns():
    layer, images = LocallyConnected2d(2, 3, 4, 3, stride=1, padding=1, bias=False), torch.ones(1, 2, 4, 4)
    assert layer.bias is None
    result = layer(images)
    assert torch.equal(result, locally_connected2d(images, layer.weight, padding=1))
    result.sum().backward()
    assert layer.weight.grad.shape == (3, 4, 4, 2, 3, 3)
