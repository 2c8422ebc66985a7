"""Whatever will run is tried before the first step; a complaint leaves all as it was."""

import warnings

import pytest
import torch
from torch import nn
from torch.utils.data import Subset

from cnnlab import training
from cnnlab.data import Streamed
from tests.training.models import Labelled, line, linear, network, pictures, refused, same


def normed():
    torch.manual_seed(0)
    return nn.Sequential(nn.Linear(4, 8), nn.BatchNorm1d(8), nn.Dropout(0.5), nn.Linear(8, 3))


@pytest.mark.parametrize("count", [65, 129])
def test_a_last_batch_that_is_too_small_is_found_before_the_first_step(count):
    train = torch.randn(count, 4), torch.randint(0, 3, (count,))
    sentence = refused(normed(), train, batch_size=64)
    assert "a batch of 1 example" in sentence
    assert "drop_last=True" in sentence
    assert len(training.fit(normed(), train, epochs=1, batch_size=64, drop_last=True)) == 1


def test_a_try_leaves_statistics_attributes_gradients_and_random_numbers():
    class Counting(nn.Linear):
        calls = 0

        def forward(self, inputs):
            self.calls, self.maps = self.calls + 1, super().forward(inputs)
            return self.maps

    model = nn.Sequential(Counting(2, 2), nn.BatchNorm1d(2), nn.Dropout(0.5), nn.Linear(2, 1))
    options = {"batch_size": 16, "patience": 1, "watch": "accuracy"}
    assert "watch" in refused(model, line(), line(), **options)
    assert (model[0].calls, hasattr(model[0], "maps")) == (0, False)
    model[3].weight.grad = torch.ones(1, 2)
    with pytest.raises(ValueError, match="watch"):
        training.fit(model, line(), line(), epochs=1, **options)
    assert torch.equal(model[3].weight.grad, torch.ones(1, 2))


@pytest.mark.parametrize("labels", [range(1, 11), range(-1, 9)])
def test_labels_of_a_stream_are_read_before_the_first_step(labels):
    train = Labelled(torch.randn(10, 4), torch.tensor(labels))
    listed = Labelled(torch.randn(10, 4), torch.tensor(labels))
    listed.targets = list(labels)
    for examples in (train, Streamed(train), Streamed(listed), Subset(train, list(range(10)))):
        sentence = refused(nn.Linear(4, 10), examples, batch_size=5)
        assert sentence.startswith("train labels must be 0 to 9, as the model has 10 outputs, got")


def test_a_gradient_that_is_no_number_stops_before_the_step():
    class Root(nn.Module):
        def __init__(self):
            super().__init__()
            self.slope, self.weight = nn.Parameter(torch.ones(1)), nn.Parameter(torch.zeros(1))

        def forward(self, inputs):
            return self.slope * inputs + (self.weight**2).sqrt()

    model = Root()
    with pytest.raises(training.DivergenceError) as caught:
        training.fit(model, (torch.ones(8, 1), torch.zeros(8, 1)), epochs=3, batch_size=4)
    for part in ("gradient of 'weight' must stay finite", "step 1 (epoch 1)", "learning rate 0.1"):
        assert part in str(caught.value)
    assert model.weight.item() == 0
    assert model.slope.item() == 1


def test_a_large_finite_gradient_is_no_fault():
    def steep(outputs, targets):
        return 1e30 * nn.functional.mse_loss(outputs, targets)

    history = training.fit(linear(), line(), epochs=1, batch_size=48, learning_rate=1e-32, loss=steep)
    assert len(history) == 1


@pytest.mark.parametrize("loss", [None, nn.functional.cross_entropy, nn.CrossEntropyLoss()])
def test_a_softmax_under_cross_entropy_is_named(loss):
    model = nn.Sequential(nn.Flatten(), nn.Linear(64, 3), nn.Softmax(1))
    with pytest.warns(UserWarning, match="leave out the model's softmax"):
        training.fit(model, pictures(), epochs=1, loss=loss, batch_size=13)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        training.fit(model[:2], pictures(), epochs=1, loss=loss, batch_size=13)


@pytest.mark.parametrize("around", [torch.no_grad, torch.inference_mode])
def test_training_inside_of_what_switches_gradients_off_is_training(around):
    inside, outside = linear(), linear()
    training.fit(outside, line(), epochs=2, batch_size=16)
    with around():
        training.fit(inside, line(), epochs=2, batch_size=16)
        assert not torch.is_grad_enabled()
    assert same(inside, outside)


def test_weights_made_in_inference_mode_are_named():
    with torch.inference_mode():
        model = nn.Linear(2, 1)
    with pytest.raises(ValueError, match=r"model must be made outside of torch.inference_mode\(\)"):
        training.fit(model, line(), epochs=1, batch_size=8)


def test_a_model_that_needs_channels_first_gets_them():
    class View(nn.Module):
        def __init__(self):
            super().__init__()
            self.conv, self.scores = nn.Conv2d(1, 4, 3), nn.Linear(144, 3)

        def forward(self, images):
            return self.scores(self.conv(images).view(-1, 144))

    model = View()
    assert len(training.fit(model, pictures(), epochs=1, batch_size=13)) == 1
    sentence = refused(View(), pictures(), channels_last=True, batch_size=13)
    assert "view size is not compatible" in sentence


@pytest.mark.parametrize("whole", [True, False])
def test_parts_in_eval_mode_stay_so_unless_all_are(whole):
    model = network()
    model.eval() if whole else model[1].eval()
    before = model[1].running_mean.clone()
    training.fit(model, pictures(), pictures(), epochs=2, batch_size=13)
    assert torch.equal(before, model[1].running_mean) != whole


def test_a_weight_with_two_names_is_averaged_and_swapped_once():
    """One weight under two names: what remains must be what the weight under one name gives."""

    class Tied(nn.Module):
        def __init__(self, names):
            super().__init__()
            for name in names:
                self.register_parameter(name, nn.Parameter(torch.ones(1, 2)))
                setattr(self, name, self.get_parameter(names[0]))

        def forward(self, inputs):
            return inputs @ self.first.T

    models = [Tied(["first"]), Tied(["first", "second"])]
    histories = [
        training.fit(model, line(), line(), epochs=3, batch_size=16, ema=0.9, patience=3) for model in models
    ]
    assert torch.equal(models[0].first, models[1].first)
    assert histories[0] == histories[1]
