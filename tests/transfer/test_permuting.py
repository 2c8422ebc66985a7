"""The same numbers in another order, layer by layer."""

import pytest
import torch
from torch import nn

from cnnlab import models, transfer
from tests.transfer.networks import network, small


def told_apart(model):
    """Batch norm whose channels can be told apart by any of their four numbers."""
    for part in model.modules():
        if isinstance(part, nn.BatchNorm2d):
            count = torch.arange(1.0, part.num_features + 1)
            part.load_state_dict(
                {"weight": count, "bias": 10 * count, "running_mean": -count, "running_var": count**2},
                strict=False,
            )
    return model


@pytest.mark.parametrize(
    "make", [lambda: network("squeezenet1_1"), lambda: models.cifar_resnet(8), lambda: nn.LSTM(3, 5)]
)
def test_each_tensor_keeps_its_numbers_and_loses_their_order(make):
    model = told_apart(make())
    other = transfer.permuted(model, 0)
    for key, value in model.state_dict().items():
        found = other.state_dict()[key]
        assert torch.equal(found.flatten().sort().values, value.flatten().sort().values), key
        assert not torch.equal(found, value) or value.min() == value.max(), key


def test_a_channels_four_numbers_of_batch_norm_stay_together():
    norm = transfer.permuted(told_apart(nn.Sequential(nn.Conv2d(3, 64, 1), nn.BatchNorm2d(64))), 0)[1]
    order = norm.weight.detach()
    assert not torch.equal(order, torch.arange(1.0, 65))
    assert torch.equal(norm.bias, 10 * order)
    assert torch.equal(norm.running_mean, -order)
    assert torch.equal(norm.running_var, order**2)


def test_the_seed_decides_and_nothing_else_is_touched():
    model, state = small(), torch.get_rng_state()
    before = {name: value.clone() for name, value in model.state_dict().items()}
    first, again, other = (transfer.permuted(model, seed)[0][0].weight for seed in (0, 0, 1))
    assert torch.equal(first, again)
    assert not torch.equal(first, other)
    assert torch.equal(torch.get_rng_state(), state)
    assert all(torch.equal(value, before[name]) for name, value in model.state_dict().items())


def test_a_kernel_is_permuted_over_all_its_entries():
    kernel = nn.Conv2d(8, 8, 3, bias=False)
    with torch.no_grad():
        kernel.weight.copy_(torch.arange(576.0).view(8, 8, 3, 3))
    went = transfer.permuted(kernel, 0).weight.flatten().long()
    for size in (72, 9):  # into other outputs, and other inputs
        assert (went // size != torch.arange(576) // size).float().mean() > 0.8
    assert (went % 9 != torch.arange(576) % 9).float().mean() > 0.8


def test_shared_weights_stay_shared_and_frozen_layers_frozen():
    model = nn.Sequential(nn.Linear(3, 3), nn.Linear(3, 3))
    model[1].weight = model[0].weight
    other = transfer.permuted(transfer.freeze(model), 0)
    assert other[0].weight is other[1].weight
    assert not other[0].weight.requires_grad
    transfer.unfreeze(other)
    assert not model[0].weight.requires_grad


@pytest.mark.parametrize(
    ("arguments", "kind", "sentence"),
    [
        (("model", 0), TypeError, "model must be a torch module, got str"),
        ((small(), -1), ValueError, "seed must be zero or positive, got -1"),
        ((small(), torch.Generator()), TypeError, "seed must be an integer"),
    ],
)
def test_wrong_arguments_are_refused(arguments, kind, sentence):
    with pytest.raises(kind, match=sentence):
        transfer.permuted(*arguments)
