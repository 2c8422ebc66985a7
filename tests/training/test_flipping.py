"""Pictures that are mirrored every other time."""

import pytest
import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

from cnnlab import training
from tests.training.models import network, pictures, same

# Each picture is a pair of numbers of its own: which, and on which side.
IMAGES = torch.stack([torch.arange(1.0, 31), torch.zeros(30)], 1).view(30, 1, 1, 2)


class Seen(training.Hook):
    """Notes which pictures came mirrored in each epoch."""

    def __init__(self):
        self.epochs = []

    def before_step(self, state):
        if state.position == 0:
            self.epochs.append({})
        for left, right in state.inputs.flatten(1).tolist():
            self.epochs[-1][int(left + right)] = left == 0


def seen(train=None, seed=0, **options):
    """Which pictures came mirrored in each of four epochs."""
    diary, model = Seen(), nn.Sequential(nn.Flatten(), nn.Linear(2, 1))
    train = (IMAGES, torch.zeros(30, 1)) if train is None else train
    options = {"epochs": 4, "batch_size": 8, "learning_rate": 1e-6, "seed": seed} | options
    training.fit(model, train, **options, hooks=[training.AlternatingFlip(), diary])
    return diary.epochs


@pytest.mark.parametrize("kind", ["tensors", "loader"])
def test_each_picture_comes_once_a_side_in_two_epochs(kind):
    loader = DataLoader(TensorDataset(IMAGES, torch.zeros(30, 1)), batch_size=8, shuffle=True)
    first, second, third, fourth = seen(loader if kind == "loader" else None)
    assert set(first) == set(range(1, 31))
    assert second == {picture: not flipped for picture, flipped in first.items()}
    assert (third, fourth) == (first, second)


def test_which_side_comes_first_is_drawn_from_the_seed():
    first = seen()[0]
    assert 5 < sum(first.values()) < 25
    assert seen()[0] == first
    assert seen(seed=1)[0] != first


def test_a_resumed_training_goes_on_with_the_side_that_is_due(tmp_path):
    models, options = [network(), network()], {"batch_size": 8, "hooks": [training.AlternatingFlip()]}
    torch.manual_seed(0)
    training.fit(models[0], pictures(), epochs=3, **options)
    torch.manual_seed(0)
    kept = options | {"checkpoint": tmp_path / "run.pt", "checkpoint_every": 3}
    training.fit(models[1], pictures(), epochs=2, **kept)
    training.fit(models[1], pictures(), epochs=3, **kept, resume=True)
    assert same(*models)
