"""One clear sentence before the first step, and nothing lost."""

import copy

import pytest
import torch
from torch import nn

from cnnlab import training
from cnnlab.data import Resident, Streamed
from tests.training.models import line, linear, network, pictures, same


@pytest.mark.parametrize(
    ("changes", "error", "sentence"),
    [
        ({"epochs": 0}, ValueError, "epochs must be positive, got 0"),
        ({"batch_size": -1}, ValueError, "batch_size must be positive, got -1"),
        (
            {"batch_size": 49},
            ValueError,
            "batch_size must be at most the number of train examples, 48, got 49",
        ),
        ({"learning_rate": 0}, ValueError, "learning_rate must be positive and finite, got 0"),
        ({"learning_rate": "fast"}, TypeError, "learning_rate must be a number, got 'fast'"),
        ({"seed": -2}, ValueError, "seed must be zero or positive, got -2"),
        ({"train": torch.zeros(3)}, TypeError, "train must be a pair of tensors"),
        (
            {"train": (torch.zeros(3, 2), torch.zeros(2, 1))},
            ValueError,
            "train must have one target an input, got 3 and 2",
        ),
        (
            {"train": (torch.zeros(0, 2), torch.zeros(0, 1))},
            ValueError,
            "train must have at least one example, got none",
        ),
        ({"test": ([1], [2])}, TypeError, "test must be a pair of tensors"),
        ({"model": "LeNet"}, TypeError, "model must be a torch module, got str"),
        ({"loss": "mse"}, TypeError, "loss must be a function, got 'mse'"),
        ({"optimizer": "adam"}, ValueError, "optimizer must be one of 'sgd', 'adamw', got 'adam'"),
        (
            {"optimizer": torch.optim.Adam, "learning_rate": 1.0},
            ValueError,
            "optimizer must be a word for lea",
        ),
        ({"optimizer": "adamw", "nesterov": True}, ValueError, "nesterov must go with 'sgd'"),
        ({"momentum": 1.0}, ValueError, "momentum must be at least 0 and below 1, got 1.0"),
        ({"weight_decay": "a"}, TypeError, "weight_decay must be a number, got 'a'"),
        (
            {"schedule": "linear"},
            ValueError,
            "schedule must be one of 'constant', 'one_cycle', 'cosine', 'step'",
        ),
        (
            {"schedule": lambda step: None},
            ValueError,
            "schedule must return a finite number .* got None for step 0",
        ),
        ({"schedule": "step"}, ValueError, r"milestones must go with schedule 'step', got \[\]"),
        ({"milestones": [3]}, ValueError, r"milestones must go with schedule 'step', got \[3\]"),
        ({"schedule": "step", "milestones": [3, 2]}, ValueError, r"milestones must increase, got \[3, 2\]"),
        ({"schedule": "step", "milestones": [1], "gamma": 0}, ValueError, "gamma must be positive"),
        ({"label_smoothing": 0.1}, ValueError, "label_smoothing must come with class labels"),
        (
            {"label_smoothing": 0.1, "loss": nn.MSELoss()},
            ValueError,
            "label_smoothing must go with the default",
        ),
        ({"ema": 1.5}, ValueError, "ema must be at least 0 and below 1, got 1.5"),
        ({"patience": 2}, ValueError, "patience must come with test examples to watch, got none"),
        ({"patience": 0}, ValueError, "patience must be positive, got 0"),
        (
            {"test": line(), "patience": 1, "watch": "accuracy"},
            ValueError,
            "watch must be 'loss' where targets",
        ),
        ({"watch": "both"}, ValueError, "watch must be one of 'loss', 'accuracy', got 'both'"),
        ({"clip_norm": 0}, ValueError, "clip_norm must be positive and finite, got 0"),
        ({"augment": 3}, TypeError, "augment must be a function, got 3"),
        ({"mixed_precision": "half"}, ValueError, "mixed_precision must be one of 'bfloat16', 'float16'"),
        ({"channels_last": "yes"}, ValueError, "channels_last must be True, False or 'auto', got 'yes'"),
        ({"drop_last": 1}, TypeError, "drop_last must be True or False, got 1"),
        ({"resume": True}, ValueError, "checkpoint must be a file for resume and checkpoint_every"),
        ({"checkpoint_every": 3}, ValueError, "checkpoint must be a file for resume and checkpoint_every"),
        (
            {"test": (torch.zeros(2, 3), torch.zeros(2, 1))},
            ValueError,
            r"model must take test inputs of shape",
        ),
        (
            {"test": (torch.zeros(2, 2), torch.zeros(2).long())},
            ValueError,
            "test labels must be|test targets",
        ),
        (
            {"loss": lambda outputs, targets: (outputs - targets) ** 2},
            ValueError,
            "loss must return one number",
        ),
        ({"loss": lambda outputs, targets: 3.0}, ValueError, "loss must return one number, .* got float"),
        ({"model": nn.Identity()}, ValueError, "train targets must have the shape of the model's outputs"),
        (
            {"model": nn.Flatten(), "train": (torch.zeros(16, 1), torch.zeros(16, 1))},
            ValueError,
            "model must have weights that want gradients, got none",
        ),
        (
            {"model": nn.GRU(2, 1)},
            ValueError,
            "model must return a tensor with one row an input, 2, got tuple",
        ),
        ({"model": nn.Flatten(0)}, ValueError, r"model must return a tensor with one row .*, got \(4,\)"),
    ],
)
def test_bad_input_gets_one_sentence(changes, error, sentence):
    arguments = {"model": linear(), "train": line(), "epochs": 1, "batch_size": 16} | changes
    model, train = arguments.pop("model"), arguments.pop("train")
    before = copy.deepcopy(model)
    with pytest.raises(error, match=sentence) as caught:
        training.fit(model, train, arguments.pop("test", None), **arguments)
    assert "\n" not in str(caught.value)
    assert model == before or same(model, before)


@pytest.mark.parametrize(
    ("targets", "sentence"),
    [
        (torch.full((52,), 3), "train labels must be 0 to 2, as the model has 3 outputs, got 3"),
        (torch.full((52,), -1), "train labels must be 0 to 2, as the model has 3 outputs, got -1"),
        (
            torch.zeros(52),
            r"train targets must have the shape .* \(2,\) of torch.float32 .*class labels must be int",
        ),
        (torch.zeros(52, 1).long(), "train targets must be one class label for each row of scores"),
        (torch.zeros(52, 2), r"train targets must have the shape of the model's outputs, got \(2, 2\)"),
        (torch.zeros(51).long(), "train must have one target an input, got 52 and 51"),
    ],
)
@pytest.mark.parametrize("wrapped", [False, True])
def test_labels_that_do_not_fit_are_found_before_training(targets, sentence, wrapped):
    images, model = pictures()[0], network()
    before = {name: value.clone() for name, value in model.state_dict().items()}
    if wrapped and len(targets) == 52:
        images, targets = images.float(), targets
        examples = Resident(images, targets)
    else:
        examples = (images, targets)
    with pytest.raises(ValueError, match=sentence):
        training.fit(model, examples, epochs=1, batch_size=8)
    assert all(torch.equal(before[name], value) for name, value in model.state_dict().items())
    assert model.training


def test_float_labels_are_named_for_a_cross_entropy_that_was_asked_for():
    images = pictures()[0]
    with pytest.raises(
        ValueError, match=r"loss must take outputs \(2, 3\) and train targets \(2,\) of torch.float32"
    ):
        training.fit(
            network(), (images, torch.zeros(52)), epochs=1, loss=nn.functional.cross_entropy, batch_size=8
        )


def test_labels_of_a_stream_are_checked_where_the_dataset_lists_them():
    class Listed(torch.utils.data.TensorDataset):
        targets = (0, 1, 2, 7)

    dataset = Listed(torch.zeros(4, 1, 8, 8), torch.tensor([0, 1, 2, 7]))
    with pytest.raises(ValueError, match="train labels must be 0 to 2, as the model has 3 outputs, got 7"):
        training.fit(network(), Streamed(dataset), epochs=1, batch_size=2)


def test_train_and_test_must_be_of_one_kind():
    train = (torch.zeros(8, 2), torch.zeros(8, 2))
    with pytest.raises(ValueError, match="test targets must be of the train targets' kind"):
        training.fit(nn.Linear(2, 2), train, (train[0], torch.zeros(8).long()), epochs=1, batch_size=8)


def test_a_try_draws_no_random_numbers_and_moves_no_statistics():
    model = nn.Sequential(nn.BatchNorm1d(2), nn.Dropout(0.5), nn.Linear(2, 1))
    examples, state = line(), torch.get_rng_state()
    with pytest.raises(ValueError, match="watch"):
        training.fit(model, examples, examples, epochs=1, batch_size=8, patience=1, watch="accuracy")
    assert torch.equal(state, torch.get_rng_state())
    assert model[0].num_batches_tracked == 0
    assert torch.equal(model[0].running_mean, torch.zeros(2))
    assert all(part.training for part in model.modules())
