"""Layer, group and instance normalization agree with PyTorch's."""

import pytest
import torch
from torch.nn import functional as F

from cnnlab.normalization import group_norm, instance_norm, layer_norm
from tests.normalization.inputs import drawn


@pytest.mark.parametrize("sizes", [5, (5,), (4, 5), (3, 4, 5)])
def test_layers_agree_with_pytorchs(sizes):
    inputs, whole = drawn((2, 3, 4, 5)), (sizes,) if isinstance(sizes, int) else sizes
    weight, bias = drawn(whole, 1), drawn(whole, 2)
    wanted = F.layer_norm(inputs, whole, weight, bias, 1e-3)
    torch.testing.assert_close(layer_norm(inputs, sizes, weight, bias, eps=1e-3), wanted)
    torch.testing.assert_close(layer_norm(inputs, sizes), F.layer_norm(inputs, whole))


@pytest.mark.parametrize("shape", [(3, 6), (2, 6, 5), (4, 6, 3, 3)])
@pytest.mark.parametrize("groups", [1, 2, 6])
def test_groups_agree_with_pytorchs(shape, groups):
    inputs, weight, bias = drawn(shape), drawn((6,), 1), drawn((6,), 2)
    wanted = F.group_norm(inputs, groups, weight, bias, 0.01)
    torch.testing.assert_close(group_norm(inputs, groups, weight, bias, eps=0.01), wanted)


def test_instances_agree_with_pytorchs():
    inputs, weight, bias = drawn((2, 3, 4, 5)), drawn((3,), 1), drawn((3,), 2)
    torch.testing.assert_close(
        instance_norm(inputs, weight, bias), F.instance_norm(inputs, weight=weight, bias=bias)
    )


def test_they_are_one_another_at_the_ends():
    inputs = drawn((2, 6, 4, 5))
    torch.testing.assert_close(group_norm(inputs, 1), layer_norm(inputs, (6, 4, 5)))
    torch.testing.assert_close(group_norm(inputs, 6), instance_norm(inputs))


def test_an_empty_batch_gives_an_empty_result():
    empty = torch.zeros(0, 6, 4, requires_grad=True)
    for result in (layer_norm(empty, 4), group_norm(empty, 3), instance_norm(empty)):
        assert result.shape == (0, 6, 4)
        result.sum().backward()


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: group_norm(torch.ones(2, 6), 4), "num_groups must divide the 6 channels, got 4"),
        (lambda: group_norm(torch.ones(2, 6), 0), "num_groups must be positive, got 0"),
        (lambda: instance_norm(torch.ones(2, 6, 1)), "more than one value a channel"),
        (lambda: instance_norm(torch.ones(2, 6)), r"inputs must have shape \(N, C, L\) or more axes"),
        (lambda: layer_norm(torch.ones(2, 6), 5), r"inputs must have shape \(..., 5\), got \(2, 6\)"),
        (lambda: layer_norm(torch.ones(2, 6), ()), "inputs must have shape"),
        (lambda: layer_norm(torch.ones(2, 6), 6.0), "normalized_shape must be an integer, got 6.0"),
        (
            lambda: layer_norm(torch.ones(2, 6), 6, torch.ones(2)),
            r"weight must have shape \(6,\), got \(2,\)",
        ),
    ],
)
def test_bad_input_gets_one_sentence(call, says):
    with pytest.raises((TypeError, ValueError), match=says):
        call()
