"""Frozen for good: no number of the frozen part moves, whatever is called in between."""

import copy
import io

import pytest
import torch
from torch import nn

from cnnlab import transfer
from tests.transfer.networks import BODIES, moved, numbers, pictures
from tests.transfer.networks import network as large


def body():
    """A part in which all that training can move is there: weights, statistics, and draws."""
    return nn.Sequential(nn.Conv2d(1, 4, 3), nn.BatchNorm2d(4), nn.ReLU(), nn.Dropout(0.5), nn.Flatten())


def model():
    torch.manual_seed(0)
    return nn.Sequential(body(), nn.Linear(16, 2))


def examples(count=24):
    draw = torch.Generator().manual_seed(1)
    return 3 + torch.randn(count, 1, 4, 4, generator=draw), torch.arange(count) % 2


STATISTICS = {"1.running_mean", "1.running_var", "1.num_batches_tracked"}


def trained(network, given=None, epochs=2):
    """The loop that everybody writes."""
    inputs, targets = given or examples()
    optimizer = torch.optim.SGD(network.parameters(), 0.1, momentum=0.9, weight_decay=0.1)
    for _ in range(epochs):
        network.train()
        loss = nn.functional.cross_entropy(network(inputs), targets)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return network


def test_requires_grad_alone_does_not_freeze_the_statistics():
    network = model()
    network[0].requires_grad_(False)
    before = numbers(network[0])
    trained(network)
    assert moved(before, network[0]) == STATISTICS


def test_eval_alone_is_undone_by_the_next_train():
    network = model()
    network[0].requires_grad_(False).eval()
    before = numbers(network[0])
    trained(network)
    assert moved(before, network[0]) == STATISTICS


def test_frozen_nothing_moves_but_the_head():
    network = model()
    assert transfer.freeze(network[0]) is network[0]
    before, head = numbers(network[0]), numbers(network[1])
    trained(network)
    assert moved(before, network[0]) == set()
    assert moved(head, network[1]) == {"weight", "bias"}


@pytest.mark.parametrize("name", BODIES)
@pytest.mark.parametrize("holds", [True, False])
def test_torchvisions_networks_keep_their_statistics_only_if_frozen(name, holds):
    network = transfer.freeze(large(name)) if holds else large(name).requires_grad_(False)
    transfer.replace_head(network, 2, generator=torch.Generator().manual_seed(0))
    before = numbers(network)
    trained(network, (pictures(), torch.arange(4) // 3))
    names = moved(before, network)
    head = [name for name in names if name.endswith(("weight", "bias"))]
    assert len(head) == 2
    assert len(names) == 2 + (0 if holds else sum("running" in name or "tracked" in name for name in before))


def test_a_norm_that_moves_in_a_hook_of_its_own_stays_too():
    network = nn.Sequential(nn.utils.spectral_norm(nn.Linear(4, 4)), nn.Linear(4, 2))
    transfer.freeze(network[0])
    before = numbers(network[0])
    trained(network, (torch.rand(6, 4), torch.arange(6) % 2))
    assert moved(before, network[0]) == set()


def test_a_recurrent_layer_draws_no_dropout():
    layer, sequence = transfer.freeze(nn.LSTM(2, 2, num_layers=2, dropout=0.5)), torch.rand(3, 1, 2)
    assert torch.equal(layer.train()(sequence)[0], layer.train()(sequence)[0])


def test_a_frozen_part_answers_alike_in_both_modes():
    network = transfer.freeze(model())
    images = examples()[0]
    assert torch.equal(network.train()(images), network.eval()(images))
    assert not any(part.training for part in network.modules())


def test_a_gradient_from_before_moves_nothing():
    network = model()
    optimizer = torch.optim.SGD(network.parameters(), 0.1)
    network(examples()[0]).sum().backward()
    transfer.freeze(network[0])
    before = numbers(network[0])
    optimizer.step()
    assert moved(before, network[0]) == set()


def saved_and_loaded(network):
    file = io.BytesIO()
    torch.save(network, file)
    file.seek(0)
    return torch.load(file, weights_only=False)


@pytest.mark.parametrize("copied", [copy.deepcopy, saved_and_loaded])
def test_a_copy_is_frozen_too_and_thawed_apart(copied):
    network = model()
    transfer.freeze(network[0])
    other = copied(network)
    before = numbers(other[0])
    trained(other)
    assert moved(before, other[0]) == set()
    transfer.unfreeze(other)
    trained(other)
    assert {"0.weight", *STATISTICS} <= moved(before, other[0])
    before = numbers(network[0])
    trained(network)
    assert moved(before, network[0]) == set()


def test_the_state_dict_has_the_same_names():
    assert list(transfer.freeze(model()).state_dict()) == list(model().state_dict())


def test_a_slice_is_frozen_as_its_parts_are():
    network = model()
    transfer.freeze(network)
    part = network[0][:2].train()
    before = numbers(part)
    part(examples()[0])
    assert moved(before, part) == set()


@pytest.mark.parametrize(
    ("choice", "move"),
    [
        ("both", set()),
        ("statistics", {"1.weight", "1.bias"}),
        ("parameters", STATISTICS),
    ],
)
def test_statistics_and_parameters_of_batch_norm_are_frozen_apart(choice, move):
    network = model()
    transfer.freeze(network[0], batch_norm=choice)
    before = numbers(network[0])
    trained(network)
    assert moved(before, network[0]) == move


def test_the_last_freeze_counts():
    network = model()
    transfer.freeze(transfer.freeze(network[0], batch_norm="parameters"), batch_norm="statistics")
    before = numbers(network[0])
    trained(network)
    assert moved(before, network[0]) == {"1.weight", "1.bias"}


def test_unfreeze_leaves_no_trace():
    network = transfer.unfreeze(transfer.freeze(transfer.freeze(model())))
    assert not any(part._forward_pre_hooks for part in network.modules())
    torch.manual_seed(5)
    ours = numbers(trained(network))
    torch.manual_seed(5)
    judge = model()
    torch.manual_seed(5)
    assert moved(ours, trained(judge)) == set()


@pytest.mark.parametrize("name", ["freeze", "unfreeze"])
def test_what_is_no_module_is_refused(name):
    with pytest.raises(TypeError, match=r"module must be a torch module, got Tensor"):
        getattr(transfer, name)(torch.zeros(1))


def test_an_unknown_choice_is_refused_and_nothing_frozen():
    network = model()
    with pytest.raises(ValueError, match=r"batch_norm must be one of 'both', .* got 'none'"):
        transfer.freeze(network, batch_norm="none")
    assert all(weight.requires_grad for weight in network.parameters())
