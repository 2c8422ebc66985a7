"""Groups of weights with learning rates of their own; test_checkpoints resumes them."""

import pytest
import torch
from torch import nn

from cnnlab import training
from tests.training.models import by_layer, line, refused, same, textbook, two_layers


@pytest.mark.parametrize(
    ("optimizer", "make"),
    [
        ("sgd", lambda groups: torch.optim.SGD(groups, 0.1, 0.9)),
        ("adamw", lambda groups: torch.optim.AdamW(groups, 0.001, weight_decay=0)),
        (torch.optim.RMSprop, torch.optim.RMSprop),
    ],
)
def test_each_group_learns_at_its_rate_times_the_schedule_to_the_bit(optimizer, make):
    model, judge, options = two_layers(), two_layers(), {"batch_size": 16, "groups": by_layer}
    falling = {"schedule": lambda step: 1 / (step + 1)}
    history = training.fit(model, line(), epochs=1, optimizer=optimizer, **options, **falling)
    textbook(judge, *line(), lambda judge: make(by_layer(judge)), epochs=1, factor=falling["schedule"])
    assert same(model, judge)
    assert history.learning_rate == [pytest.approx(0.01 / 3)]


@pytest.mark.parametrize("groups", [None, by_layer])
def test_frozen_weights_stay(groups):
    model = two_layers()
    model[0].requires_grad_(False)
    training.fit(model, line(), epochs=1, batch_size=16, groups=groups)
    assert same(model[0], two_layers()[0])
    assert not same(model[1], two_layers()[1])


def test_a_refused_model_keeps_its_layout():
    model = nn.Sequential(nn.Conv2d(2, 4, 3), nn.Flatten(), nn.Linear(4, 1))
    train = torch.zeros(4, 2, 3, 3), torch.zeros(4, 1)
    sentence = refused(model, train, batch_size=4, channels_last=True, groups=lambda model: [])
    assert "got '0.weight' 0 times" in sentence
    assert model[0].weight.is_contiguous()


def test_one_weight_may_stand_for_a_group():
    def single(model):
        return [{"params": weight} for weight in model.parameters()]

    models = [two_layers(), two_layers()]
    for model, groups in zip(models, (None, single), strict=True):
        training.fit(model, line(), epochs=1, batch_size=16, groups=groups)
    assert same(*models)
