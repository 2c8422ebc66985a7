"""The gradients written out are autograd's, and a folded layer is the two it came from."""

import pytest
import torch
from torch import nn
from torch.nn.utils.fusion import fuse_conv_bn_eval

from cnnlab.normalization import (
    BatchNorm,
    batch_norm,
    batch_norm_gradient,
    fold_batch_norm,
    group_norm,
    group_norm_gradient,
)
from tests.normalization.inputs import SHAPES, drawn


def by_autograd(normalize, inputs, gradient):
    weight, bias = drawn(inputs.shape[1:2], 1).requires_grad_(), drawn(inputs.shape[1:2], 2).requires_grad_()
    inputs = inputs.clone().requires_grad_()
    normalize(inputs, weight=weight, bias=bias).backward(gradient)
    return weight.detach(), (inputs.grad, weight.grad, bias.grad)


@pytest.mark.parametrize("shape", SHAPES)
def test_a_batchs_gradients_are_autograds(shape):
    inputs, gradient = drawn(shape), drawn(shape, 5)
    weight, wanted = by_autograd(lambda x, **rest: batch_norm(x, training=True, **rest), inputs, gradient)
    torch.testing.assert_close(batch_norm_gradient(gradient, inputs, weight), wanted)


@pytest.mark.parametrize("groups", [1, 2, 6])
def test_a_groups_gradients_are_autograds(groups):
    inputs, gradient = drawn((3, 6, 4, 2)), drawn((3, 6, 4, 2), 5)
    weight, wanted = by_autograd(lambda x, **rest: group_norm(x, groups, **rest), inputs, gradient)
    torch.testing.assert_close(group_norm_gradient(gradient, inputs, groups, weight), wanted)


def test_gradients_of_other_shapes_are_refused():
    with pytest.raises(ValueError, match=r"must have the shape of inputs, got \(2, 4\) and \(2, 3\)"):
        batch_norm_gradient(torch.ones(2, 4), torch.ones(2, 3))


@pytest.mark.parametrize(
    "make", [lambda: nn.Conv2d(3, 4, 3), lambda: nn.Conv2d(4, 4, 3, groups=2, bias=False)]
)
@pytest.mark.parametrize("norm", [BatchNorm, nn.BatchNorm2d])
def test_a_folded_convolution_is_the_two_it_came_from(make, norm):
    torch.manual_seed(0)
    layer, norm = make(), norm(4)
    nn.init.normal_(norm.weight)
    nn.init.normal_(norm.bias)
    images = torch.randn(5, layer.in_channels, 8, 8)
    for _ in range(3):
        norm(3 * layer(images) + 1)
    before = [parameter.clone() for parameter in (*layer.parameters(), *norm.parameters())]
    folded = fold_batch_norm(layer, norm.eval())
    torch.testing.assert_close(folded(images), norm(layer(images)), rtol=0, atol=1e-5)
    if isinstance(norm, nn.BatchNorm2d):
        torch.testing.assert_close(folded.weight, fuse_conv_bn_eval(layer.eval(), norm).weight)
    assert all(map(torch.equal, before, (*layer.parameters(), *norm.parameters())))


def test_linear_layers_fold_too():
    torch.manual_seed(0)
    layer, norm, rows = nn.Linear(3, 2), nn.BatchNorm1d(2, affine=False), torch.randn(6, 3)
    norm(layer(rows))
    torch.testing.assert_close(fold_batch_norm(layer, norm.eval())(rows), norm(layer(rows)))


@pytest.mark.parametrize(
    ("layer", "norm", "says"),
    [
        (nn.ReLU(), BatchNorm(2), "layer must be a Conv1d, Conv2d or Linear, got ReLU"),
        (nn.Linear(2, 2), nn.LayerNorm(2), "norm must be a batch normalization, got LayerNorm"),
        (nn.Linear(2, 3), BatchNorm(2), "norm must have the layer's 3 channels, got 2"),
        (nn.Linear(2, 2), nn.BatchNorm1d(2, track_running_stats=False), "norm must have running statistics"),
    ],
)
def test_what_cannot_be_folded_is_refused(layer, norm, says):
    with pytest.raises((TypeError, ValueError), match=says):
        fold_batch_norm(layer, norm)
