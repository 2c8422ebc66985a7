"""``training.fit`` with a network whose body is frozen, or was cut off another one."""

import copy

import pytest
import torch
from torch import nn

from cnnlab import training, transfer
from tests.transfer.networks import BODIES, moved, numbers, pictures, small
from tests.transfer.networks import network as large


def model():
    """A small network with a frozen body and a new head that has dropout of its own."""
    network = small()
    transfer.freeze(network)
    network[3] = nn.Sequential(nn.Dropout(0.1), nn.Linear(16, 3))
    return network


def examples(count=24):
    draw = torch.Generator().manual_seed(1)
    return 3 + torch.randn(count, 1, 6, 6, generator=draw), torch.arange(count) % 3


HEAD = {"3.1.weight", "3.1.bias"}
OPTIONS = {
    "plain": {},
    "averaged": {"ema": 0.9},
    "channels last": {"channels_last": True},
    "AdamW with decay": {"optimizer": "adamw", "weight_decay": 0.1},
    "the best epoch": {"patience": 1},
    "bfloat16": {"mixed_precision": "bfloat16"},
    "groups": {"groups": lambda network: transfer.parameter_groups(network, network[3], 0.1, 0.01)},
}
STARTS = {"as frozen": lambda network: network, "train()": nn.Module.train, "eval()": nn.Module.eval}


@pytest.mark.parametrize("options", OPTIONS.values(), ids=OPTIONS)
@pytest.mark.parametrize("start", STARTS.values(), ids=STARTS)
def test_nothing_moves_but_the_head(start, options):
    network = start(model())
    before = numbers(network)
    training.fit(network, examples(), examples(9), epochs=2, batch_size=10, **options)
    assert moved(before, network) == HEAD


@pytest.mark.parametrize("name", BODIES)
def test_torchvisions_networks_learn_at_their_head_only(name):
    network = transfer.freeze(large(name))
    transfer.replace_head(network, 2, generator=torch.Generator().manual_seed(0))
    before, train = numbers(network), (pictures(5), torch.arange(5) // 3)
    training.fit(network, train, train, epochs=1, batch_size=2, ema=0.9)  # the last batch is of one picture
    names = moved(before, network)
    assert {name.rpartition(".")[2] for name in names} == {"weight", "bias"}
    assert len(names) == 2


def test_without_freeze_the_statistics_move():
    network = unfrozen = small()
    unfrozen[:3].requires_grad_(False)
    before = numbers(network)
    training.fit(network, examples(), epochs=1, batch_size=12)
    statistics = {name for name in before if "running" in name or "tracked" in name}
    assert moved(before, network) == statistics | {"3.weight", "3.bias"}


def test_a_copy_made_after_training_trains_the_head_only():
    network = model()
    training.fit(network, examples(), epochs=1, batch_size=12)
    other = copy.deepcopy(network)
    before = numbers(other)
    training.fit(other, examples(), epochs=1, batch_size=12)
    assert moved(before, other) == HEAD


@pytest.mark.parametrize("epochs", [1, 2])
def test_resumed_from_a_checkpoint_it_is_as_if_never_stopped(tmp_path, epochs):
    runs = {"batch_size": 10, "weight_decay": 0.1}
    torch.manual_seed(3)
    whole = model()
    state = numbers(whole)
    torch.manual_seed(4)
    training.fit(whole, examples(), epochs=3, **runs)
    stopped, resumed = model(), model()
    torch.manual_seed(4)
    for network, until in ((stopped, epochs), (resumed, 3)):
        network.load_state_dict(state)
        training.fit(
            network, examples(), epochs=until, checkpoint=tmp_path / "head.pt", resume=until == 3, **runs
        )
    assert moved(numbers(whole), resumed) == set()
    assert moved(state, resumed) == HEAD


def test_frozen_features_and_a_frozen_body_train_the_same_head():
    network, runs = small(), {"epochs": 2, "batch_size": 12, "channels_last": False}
    transfer.freeze(network)
    head = transfer.replace_head(network, 3)
    alone = copy.deepcopy(head)
    images, targets = examples()
    training.fit(network, (images, targets), **runs)
    features = transfer.features(transfer.cut(network, 2), images)
    training.fit(alone, (features, targets), **runs)
    torch.testing.assert_close(head.weight, alone.weight)


def test_a_cut_body_is_trained_under_a_new_head():
    body = transfer.cut(small(), 1)
    network = nn.Sequential(body, nn.Flatten(), nn.Linear(16, 3))
    before = numbers(network)
    history = training.fit(network, examples(), examples(9), epochs=8, batch_size=12, ema=0.5)
    assert moved(before, network) == set(before)
    assert history.train_loss[-1] < history.train_loss[0]


def test_a_body_thawed_after_the_head_moves_again():
    network = model()
    training.fit(network, examples(), epochs=1, batch_size=12)
    transfer.unfreeze(network)
    before = numbers(network)
    training.fit(network, examples(), epochs=1, batch_size=12)
    assert moved(before, network) == set(before)


def test_all_frozen_there_is_nothing_to_train():
    with pytest.raises(ValueError, match="model must have weights that want gradients, got none"):
        training.fit(transfer.freeze(small()), examples(), epochs=1, batch_size=12)
