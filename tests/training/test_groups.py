"""Groups of weights with learning rates of their own."""

import pytest
import torch
from torch import nn

from cnnlab import training
from tests.training.models import line, same


def two_layers():
    torch.manual_seed(0)
    return nn.Sequential(nn.Linear(2, 3), nn.Linear(3, 1))


def by_layer(model):
    return [{"params": model[0].parameters(), "lr": 0.01}, {"params": model[1].parameters()}]


@pytest.mark.parametrize(
    ("optimizer", "make"),
    [
        ("sgd", lambda groups: torch.optim.SGD(groups, 0.1, 0.9)),
        ("adamw", lambda groups: torch.optim.AdamW(groups, 0.001, weight_decay=0)),
        (torch.optim.RMSprop, torch.optim.RMSprop),
    ],
)
def test_each_group_learns_at_its_rate_times_the_schedule_to_the_bit(optimizer, make):
    model, judge, (inputs, targets) = two_layers(), two_layers(), line()
    history = training.fit(
        model,
        (inputs, targets),
        epochs=1,
        batch_size=16,
        optimizer=optimizer,
        groups=by_layer,
        schedule=lambda step: 1 / (step + 1),
    )
    moved = make(by_layer(judge))
    rates = [group["lr"] for group in moved.param_groups]
    shuffler = torch.Generator().manual_seed(0)
    for step, batch in enumerate(torch.randperm(48, generator=shuffler).split(16)):
        for group, rate in zip(moved.param_groups, rates, strict=True):
            group["lr"] = rate * (1 / (step + 1))
        moved.zero_grad()
        nn.functional.mse_loss(judge(inputs[batch]), targets[batch]).backward()
        moved.step()
    assert same(model, judge)
    assert history.learning_rate == [pytest.approx(0.01 / 3)]


def test_frozen_weights_of_a_group_stay():
    model = two_layers()
    model[0].requires_grad_(False)
    training.fit(model, line(), epochs=1, batch_size=16, groups=by_layer)
    assert same(model[0], two_layers()[0])
    assert not same(model[1], two_layers()[1])


@pytest.mark.parametrize(
    ("groups", "sentence"),
    [
        (lambda model: by_layer(model)[:1], "groups must have every weight once, got '1.weight' 0 times"),
        (
            lambda model: [*by_layer(model), {"params": [model[0].bias]}],
            "groups must have every weight once, got '0.bias' 2 times",
        ),
        (lambda model: None, "groups must be dictionaries with 'params', got NoneType"),
        (lambda model: [model[0].weight], "groups must be dictionaries with 'params', got Parameter"),
    ],
)
def test_groups_that_leave_out_or_repeat_a_weight_are_refused(groups, sentence):
    model = two_layers()
    with pytest.raises(ValueError, match=sentence):
        training.fit(model, line(), epochs=1, batch_size=16, groups=groups)
    assert same(model, two_layers())
    with pytest.raises(TypeError, match="groups must be a function, got 3"):
        training.fit(model, line(), epochs=1, groups=3)


def test_a_refused_model_keeps_its_layout():
    model = nn.Sequential(nn.Conv2d(2, 4, 3), nn.Flatten(), nn.Linear(4, 1))
    train = torch.zeros(4, 2, 3, 3), torch.zeros(4, 1)
    with pytest.raises(ValueError, match=r"got '0\.weight' 0 times"):
        training.fit(model, train, epochs=1, batch_size=4, channels_last=True, groups=lambda model: [])
    assert model[0].weight.is_contiguous()


def test_one_weight_may_stand_for_a_group():
    def single(model):
        return [{"params": weight} for weight in model.parameters()]

    models = [two_layers(), two_layers()]
    for model, groups in zip(models, (None, single), strict=True):
        training.fit(model, line(), epochs=1, batch_size=16, groups=groups)
    assert same(*models)


def test_groups_resume_to_the_bit(tmp_path):
    whole, parts = two_layers(), two_layers()
    options = {"batch_size": 16, "groups": by_layer, "optimizer": "adamw"}
    training.fit(whole, line(), epochs=2, **options)
    path = tmp_path / "run.pt"
    training.fit(parts, line(), epochs=1, checkpoint=path, **options)
    training.fit(parts, line(), epochs=2, checkpoint=path, resume=True, **options)
    assert same(whole, parts)
