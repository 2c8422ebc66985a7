"""A loss that is no number stops training with a diagnosis."""

import math

import pytest
import torch
from torch import nn

from cnnlab import training
from cnnlab.training.meter import Meter
from tests.training.models import line, linear


def test_a_rate_that_is_too_high_is_told_with_its_step():
    model, steps = linear(), []

    def loss(outputs, targets):
        error = nn.functional.mse_loss(outputs, targets)
        steps.append(error.item())
        return error

    with pytest.raises(training.DivergenceError, match="learning rate is probably too high") as caught:
        training.fit(model, line(), epochs=100, batch_size=16, learning_rate=1e4, loss=loss)
    taken = len(steps) - 2  # the first two were the try
    assert not math.isfinite(steps[-1])
    assert all(math.isfinite(error) for error in steps[:-1])
    epoch = (taken - 1) // 3
    assert f"at step {taken} (epoch {epoch + 1}), learning rate 1e+04" in str(caught.value)
    assert len(caught.value.history) == epoch > 0
    assert all(math.isfinite(loss) for loss in caught.value.history.train_loss)


def test_the_weights_are_those_of_the_step_before():
    """The loss turns to nan in the third step: two updates stand."""
    weights = []  # at each call of the loss, of which two come before the first step, to try it

    def loss(outputs, targets):
        weights.append(model.weight.detach().clone())
        return nn.functional.mse_loss(outputs, targets) * (math.nan if len(weights) == 5 else 1)

    model = linear()
    with pytest.raises(training.DivergenceError, match=r"at step 3 \(epoch 1\)"):
        training.fit(model, line(), epochs=1, batch_size=16, loss=loss)
    assert torch.equal(model.weight, weights[4])
    assert not torch.equal(weights[4], weights[3])
    assert not torch.equal(weights[3], weights[2])


def test_a_gradient_whose_squares_overflow_is_still_made_of_numbers():
    model, before = linear(), linear()
    model.weight.register_hook(lambda gradient: torch.full_like(gradient, 1e30))
    training.fit(model, line(), epochs=1, batch_size=48, learning_rate=1e-30, momentum=0)
    assert torch.allclose(model.weight, before.weight - 1)


@pytest.mark.parametrize("slope", [math.inf, -math.inf, math.nan])
def test_a_gradient_that_is_no_number_changes_no_weight(slope):
    model, before = linear(), linear()
    model.weight.register_hook(lambda gradient: torch.full_like(gradient, slope))
    with pytest.raises(training.DivergenceError, match=r"gradient of 'weight' must stay finite.* at step 1"):
        training.fit(model, line(), epochs=1, batch_size=48)
    assert torch.equal(model.weight, before.weight)


def spoiled(part, value):
    examples = line()
    examples[part][31, 0] = value
    return examples


def blank():
    model = linear()
    nn.init.constant_(model.weight, math.nan)
    return model


OVERFLOW = {"learning_rate": 1.0, "mixed_precision": "float16", "loss": lambda a, b: ((a - b) ** 2).mean()}


@pytest.mark.parametrize(
    ("model", "examples", "options", "sentence"),
    [
        (linear(), spoiled(0, math.nan), {}, "the inputs hold nan or inf, first in train example 31"),
        (linear(), spoiled(1, math.inf), {}, "the targets hold nan or inf, first in train example 31"),
        (linear(), line(), OVERFLOW, "float16 ends at 65,504; take mixed_precision='bfloat16'"),
        (blank(), line(), {}, r"at step 1 .*: before the first update, so the weights"),
    ],
)
def test_the_cause_is_named(model, examples, options, sentence):
    with pytest.raises(training.DivergenceError, match=sentence):
        training.fit(model, examples, epochs=30, batch_size=16, **options)


def test_a_meter_that_is_read_late_still_names_the_first_bad_step():
    meter = Meter()
    for step, loss in enumerate([1.0, 3.0, math.inf, math.nan]):
        meter.add(step, torch.tensor(loss), torch.tensor(step), 2, torch.ones(()))
    assert meter.read() == (2, "loss")
    assert (meter.mean_loss, meter.accuracy, meter.seen) == (2.0, 0.25, 4)
    assert meter.read() is None
