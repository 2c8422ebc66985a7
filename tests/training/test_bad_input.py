"""One clear sentence before the first step, and nothing lost."""

import re

import numpy as np
import pytest
import torch
from torch import nn
from torch.utils.data import DataLoader, IterableDataset

from cnnlab import training
from cnnlab.data import Resident
from tests.training.models import by_layer, line, linear, network, pictures, refused, two_layers

IMAGES, LABELS = pictures()
TWO = torch.zeros(16, 2)


class Endless(IterableDataset):
    def __iter__(self):
        yield torch.zeros(2), torch.zeros(1)


def repeating(model):
    return [*by_layer(model), {"params": [model[0].bias]}]


LAYERS = {"model": two_layers()}
NO_GROUPS = "groups must be dictionaries with 'params', got "
NO_HOOKS = "hooks must be objects of classes made from training.Hook, got "
NO_EXAMPLES = "train must be a pair of tensors or arrays"
NO_BATCHES = "a DataLoader must make batches of a dataset with a length"

WRONG_VALUES = [
    ({"epochs": 0}, "epochs must be positive, got 0"),
    ({"batch_size": -1}, "batch_size must be positive, got -1"),
    ({"batch_size": 49}, "batch_size must be at most the number of train examples, 48, got 49"),
    ({"learning_rate": 0}, "learning_rate must be positive and finite, got 0"),
    ({"seed": -2}, "seed must be zero or positive, got -2"),
    ({"device": "cuda:63"}, "device must be one that this machine has, got 'cuda:63'"),
    ({"train": (TWO, torch.zeros(2, 1))}, "train must have one target an input, got 16 and 2"),
    ({"train": (TWO[:0], torch.zeros(0, 1))}, "train must have at least one example, got none"),
    ({"optimizer": "adam"}, "optimizer must be one of 'sgd', 'adamw', got 'adam'"),
    ({"optimizer": torch.optim.Adam, "learning_rate": 1.0}, "optimizer must be a word for learning_rate"),
    ({"optimizer": "adamw", "nesterov": True}, "nesterov must go with 'sgd'"),
    (LAYERS | {"groups": lambda model: by_layer(model)[:1]}, "groups must .* once, got '1.weight' 0 times"),
    (LAYERS | {"groups": repeating}, "groups must have every weight once, got '0.bias' 2 times"),
    (LAYERS | {"groups": lambda model: None}, f"{NO_GROUPS}NoneType"),
    (LAYERS | {"groups": lambda model: [model[0].weight]}, f"{NO_GROUPS}Parameter"),
    ({"momentum": 1.0}, "momentum must be at least 0 and below 1, got 1.0"),
    ({"schedule": "linear"}, "schedule must be one of 'constant', 'one_cycle', 'triangle', 'cosine', 'step'"),
    ({"schedule": "step"}, r"milestones must go with schedule 'step', got \[\]"),
    ({"milestones": [3]}, r"milestones must go with schedule 'step', got \[3\]"),
    ({"schedule": "step", "milestones": [3, 2]}, r"milestones must increase, got \[3, 2\]"),
    ({"schedule": "step", "milestones": [1], "gamma": 0}, "gamma must be positive"),
    ({"label_smoothing": 0.1}, "label_smoothing must come with class labels"),
    ({"label_smoothing": 0.1, "loss": nn.MSELoss()}, "label_smoothing must go with the default"),
    ({"ema": 1.5}, "ema must be at least 0 and below 1, got 1.5"),
    ({"patience": 2}, "patience must come with test examples to watch, got none"),
    ({"patience": 0}, "patience must be positive, got 0"),
    ({"test": line(), "patience": 1, "watch": "accuracy"}, "watch must be 'loss' where targets"),
    ({"watch": "both"}, "watch must be one of 'loss', 'accuracy', got 'both'"),
    ({"clip_norm": 0}, "clip_norm must be positive and finite, got 0"),
    ({"mixed_precision": "half"}, "mixed_precision must be one of 'bfloat16', 'float16'"),
    ({"channels_last": "yes"}, "channels_last must be True, False or 'auto', got 'yes'"),
    ({"resume": True}, "checkpoint must be a file for resume and checkpoint_every"),
    ({"checkpoint_every": 3}, "checkpoint must be a file for resume and checkpoint_every"),
    ({"test": (torch.zeros(2, 3), torch.zeros(2, 1))}, "model must take test inputs of shape"),
    ({"test": (TWO, torch.zeros(16).long())}, "test labels must be|test targets"),
    (
        {"model": nn.Linear(2, 2), "train": (TWO, TWO), "test": (TWO, torch.zeros(16).long())},
        "test targets must be of the train targets' kind",
    ),
    ({"loss": lambda outputs, targets: (outputs - targets) ** 2}, "loss must return one number"),
    ({"loss": lambda outputs, targets: 3.0}, "loss must return one number, .* got float"),
    (
        {"model": network(), "train": (IMAGES, torch.zeros(52)), "loss": nn.functional.cross_entropy},
        r"loss must take outputs \(2, 3\) and train targets \(2,\) of torch.float32",
    ),
    ({"model": nn.Identity()}, "train targets must have the shape of the model's outputs"),
    ({"model": nn.Identity(), "train": (TWO, TWO)}, "model must have weights that want gradients, got none"),
    ({"model": nn.GRU(2, 1)}, "model must return a tensor with one row an input, 2, got tuple"),
    ({"model": nn.Flatten(0)}, r"model must return a tensor with one row .*, got \(4,\)"),
]
WRONG_TYPES = [
    *(({"train": wrong}, NO_EXAMPLES) for wrong in (Endless(), TWO, "digits", {"a": 1}, [1, 2])),
    ({"train": DataLoader(Endless())}, NO_BATCHES),
    ({"train": (np.array(["a"]), np.zeros(1))}, "train must have arrays of numbers, got one of <U1"),
    ({"test": ([1], [2])}, "test must be a pair of tensors"),
    ({"learning_rate": "fast"}, "learning_rate must be a number, got 'fast'"),
    ({"weight_decay": "a"}, "weight_decay must be a number, got 'a'"),
    ({"loss": "mse"}, "loss must be a function, got 'mse'"),
    ({"groups": 3}, "groups must be a function, got 3"),
    ({"augment": 3}, "augment must be a function, got 3"),
    ({"drop_last": 1}, "drop_last must be True or False, got 1"),
    ({"hooks": [training.Hook]}, f"{NO_HOOKS}Hook"),
    ({"hooks": [print]}, f"{NO_HOOKS}builtin_function_or_method"),
    ({"hooks": training.Hook()}, "hooks must be a list of hooks, got Hook"),
    ({"epoch": 2}, r"fit has no option 'epoch'; did you mean 'epochs'\?"),
    ({"lerning_rate": 2}, r"fit has no option 'lerning_rate'; did you mean 'learning_rate'\?"),
    ({"divice": 2}, r"fit has no option 'divice'; did you mean 'device'\?"),
    ({"zzz": 2}, r"fit has no option 'zzz'; it has model, train, test, .*epochs, batch_size, .*resume"),
]


@pytest.mark.parametrize(
    ("changes", "sentence", "error"),
    [(*case, ValueError) for case in WRONG_VALUES] + [(*case, TypeError) for case in WRONG_TYPES],
)
def test_bad_input_gets_one_sentence(changes, sentence, error):
    given = {"model": linear(), "train": line(), "batch_size": 16, "error": error} | changes
    assert re.search(sentence, refused(**given))


@pytest.mark.parametrize(
    ("targets", "sentence"),
    [
        (torch.full((52,), 3), "train labels must be 0 to 2, as the model has 3 outputs, got 3"),
        (torch.full((52,), -1), "train labels must be 0 to 2, as the model has 3 outputs, got -1"),
        (torch.zeros(52), r"have the shape .* \(2,\) of torch.float32 .*class labels must be int"),
        (torch.zeros(52, 1).long(), "train targets must be one class label for each row of scores"),
        (torch.zeros(52, 2), r"train targets must have the shape of the model's outputs, got \(2, 2\)"),
    ],
)
@pytest.mark.parametrize("wrapped", [lambda *pair: pair, Resident])
def test_labels_that_do_not_fit_are_found_before_training(targets, sentence, wrapped):
    assert re.search(sentence, refused(network(), wrapped(IMAGES, targets), batch_size=8))


@pytest.mark.parametrize("function", [training.fit, training.evaluate])
def test_what_is_no_model_is_named(function):
    options = {"epochs": 1} if function is training.fit else {}
    with pytest.raises(TypeError, match=r"^model must be a torch module, got str$"):
        function("LeNet", line(), **options)


def test_a_schedule_that_gives_no_rate_is_named():
    with pytest.raises(ValueError, match=r"schedule must return a finite number .* got None for step 0"):
        training.fit(linear(), line(), epochs=1, batch_size=16, schedule=lambda step: None)
