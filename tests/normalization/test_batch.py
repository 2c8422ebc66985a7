"""Batch normalization agrees with PyTorch's, in training and afterwards."""

import copy

import pytest
import torch
from torch import nn
from torch.nn import functional as F

from cnnlab import normalization
from cnnlab.normalization import BatchNorm, batch_norm
from tests.normalization.inputs import SHAPES, drawn


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("training", [True, False])
@pytest.mark.parametrize("eps", [1e-5, 0.1])
def test_a_batch_agrees_with_pytorchs(shape, training, eps):
    inputs, channels = drawn(shape), shape[1]
    mean, var, weight, bias = (drawn((channels,), seed).abs() for seed in (1, 2, 3, 4))
    theirs = [mean.clone(), var.clone()]
    wanted = F.batch_norm(inputs, *theirs, weight, bias, training, 0.3, eps)
    got = batch_norm(inputs, mean, var, weight, bias, training=training, momentum=0.3, eps=eps)
    torch.testing.assert_close(got, wanted)
    torch.testing.assert_close([mean, var], theirs)


def test_half_precision_is_computed_in_single():
    inputs = (300 + drawn((64, 2, 4, 4))).to(torch.bfloat16)
    wanted = batch_norm(inputs.double(), training=True)
    got = batch_norm(inputs, training=True)
    assert got.dtype == torch.bfloat16
    assert (got.double() - wanted).abs().max() <= 1e-2 * wanted.abs().max()


def test_a_number_that_is_none_stays_in_its_channel():
    inputs = drawn((4, 3, 5))
    inputs[1, 2, 3] = torch.nan
    result = batch_norm(inputs, training=True)
    assert torch.equal(result[:, :2], batch_norm(inputs[:, :2], training=True))
    assert result[:, 2].isnan().all()


def test_an_empty_batch_gives_an_empty_result_and_leaves_the_statistics():
    mean, var = torch.ones(3), torch.ones(3)
    empty = torch.zeros(0, 3, 4, requires_grad=True)
    result = batch_norm(empty, mean, var, training=True)
    result.sum().backward()
    assert result.shape == empty.grad.shape == (0, 3, 4)
    assert mean.tolist() == var.tolist() == [1, 1, 1]


@pytest.mark.parametrize("momentum", [0.1, 1.0, None])
@pytest.mark.parametrize("theirs", [nn.BatchNorm1d, nn.BatchNorm2d])
def test_the_layer_trains_and_is_stored_as_pytorchs(momentum, theirs):
    shape = (4, 3) if theirs is nn.BatchNorm1d else (4, 3, 2, 5)
    ours, other = BatchNorm(3, momentum=momentum), theirs(3, momentum=momentum)
    for seed in range(3):
        inputs = drawn(shape, seed).float()
        torch.testing.assert_close(ours(inputs), other(inputs))
    assert {name: value.shape for name, value in ours.state_dict().items()} == {
        name: value.shape for name, value in other.state_dict().items()
    }
    torch.testing.assert_close(ours.state_dict(), other.state_dict())
    torch.testing.assert_close(ours.eval()(inputs), other.eval()(inputs))
    fresh = BatchNorm(3)
    fresh.load_state_dict(other.state_dict())
    torch.testing.assert_close(fresh.eval()(inputs), other(inputs))


def test_a_layer_without_parameters_has_none():
    layer = BatchNorm(2, affine=False)
    assert [*layer.parameters()] == []
    assert layer(drawn((3, 2)).float()).shape == (3, 2)


def test_under_autocast_it_computes_in_the_wider_dtype():
    layer, inputs = BatchNorm(3), drawn((5, 3, 4)).to(torch.bfloat16)
    plain = copy.deepcopy(layer)(inputs.float())
    with torch.autocast("cpu", torch.bfloat16):
        assert torch.equal(layer(inputs), plain)


@pytest.mark.parametrize(
    ("inputs", "options", "says"),
    [
        (torch.ones(3), {}, r"inputs must have shape \(N, C, ...\), got \(3,\)"),
        (torch.ones(2, 0, 3), {}, "inputs must not be empty, got shape"),
        (torch.ones(2, 3, dtype=torch.int64), {}, "inputs must"),
        (torch.ones(1, 3), {"training": True}, r"more than one value a channel, got inputs \(1, 3\)"),
        (torch.ones(2, 3), {}, "must be given unless training is True, got None"),
        (torch.ones(2, 3), {"weight": torch.ones(2)}, r"weight must have shape \(3,\), got \(2,\)"),
        (torch.ones(2, 3), {"bias": 1.0}, "bias must be a tensor, got float"),
        (torch.ones(2, 3), {"training": True, "eps": -1}, "eps must be zero or positive and finite, got -1"),
        (torch.ones(2, 3), {"training": True, "eps": "a"}, "eps must be a number, got 'a'"),
        (torch.ones(2, 3), {"training": True, "momentum": 2}, "momentum must be from 0 to 1, got 2"),
        (torch.ones(2, 3), {"training": True, "momentum": True}, "momentum must be a number, got True"),
    ],
)
def test_bad_input_gets_one_sentence(inputs, options, says):
    with pytest.raises((TypeError, ValueError), match=says):
        batch_norm(inputs, **options)


def test_everything_public_is_named():
    assert sorted(normalization.__all__) == normalization.__all__
    assert all(callable(getattr(normalization, name)) for name in normalization.__all__)
