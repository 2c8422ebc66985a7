"""A new last layer, and who learns how fast."""

import math

import pytest
import torch
from torch import nn
from torchvision import models as torchvision_models

from cnnlab import models, training, transfer
from tests.transfer.networks import BODIES, network, pictures, small

HEADS = {"resnet18": "fc", "squeezenet1_1": "classifier.1", "mobilenet_v2": "classifier.1"}


@pytest.mark.parametrize("name", BODIES)
def test_the_new_head_takes_the_old_ones_place(name):
    model = network(name)
    others = {key: value.clone() for key, value in model.state_dict().items() if HEADS[name] not in key}
    head = transfer.replace_head(model, 5, generator=torch.Generator())
    assert model.get_submodule(HEADS[name]) is head
    assert model.eval()(pictures(2)).shape == (2, 5)
    assert all(torch.equal(model.state_dict()[key], value) for key, value in others.items())


ENDS = {
    "alexnet": "classifier.6",
    "vgg11": "classifier.6",
    "densenet121": "classifier",
    "efficientnet_b0": "classifier.1",
    "mobilenet_v3_small": "classifier.3",
    "convnext_tiny": "classifier.2",
    "vit_b_16": "heads.head",
}


@pytest.mark.parametrize("name", ENDS)
def test_the_head_of_other_networks_is_found(name):
    with torch.device("meta"):
        model = getattr(torchvision_models, name)()
    assert model.get_submodule(ENDS[name]) is not transfer.replace_head(model, 7)
    assert model.get_submodule(ENDS[name]).weight.shape[0] == 7


@pytest.mark.parametrize(
    "make", [models.lenet5, models.mlp, models.small_vgg, lambda: models.cifar_resnet(8), models.fast_resnet]
)
def test_the_courses_networks_take_a_new_head(make):
    model = make()
    head = transfer.replace_head(model, 7, generator=torch.Generator())
    assert any(part is head for part in model.modules())
    assert head.weight.shape[0] == 7


def test_it_starts_at_zero_so_that_every_class_is_as_probable():
    model, examples = small(), (torch.rand(6, 1, 6, 6), torch.arange(6) % 3)
    state = torch.get_rng_state()
    transfer.replace_head(model, 3)
    assert torch.equal(torch.get_rng_state(), state)
    assert training.evaluate(model, examples).loss == pytest.approx(math.log(3))


@pytest.mark.parametrize("name", ["resnet18", "squeezenet1_1"])
def test_it_can_be_drawn_as_pytorch_draws_it(name):
    heads = [
        transfer.replace_head(network(name), 50, generator=torch.Generator().manual_seed(seed))
        for seed in (0, 0, 1)
    ]
    assert torch.equal(heads[0].weight, heads[1].weight)
    assert not torch.equal(heads[0].weight, heads[2].weight)
    bound = 512**-0.5
    for values in heads[0].parameters():
        assert 0.8 * bound < values.abs().max() <= bound
    assert heads[0].weight.std().item() == pytest.approx(bound / 3**0.5, rel=0.02)


@pytest.mark.parametrize("bias", [True, False])
def test_it_is_as_the_old_one_was(bias):
    model = nn.Sequential(nn.Flatten(), nn.Linear(4, 3, bias=bias)).double().eval()
    head = transfer.replace_head(model, 2)
    assert (head.weight.dtype, head.bias is not None, head.training) == (torch.float64, bias, False)


def test_in_a_frozen_network_the_new_head_learns():
    model = transfer.freeze(small())
    head = transfer.replace_head(model, 2)
    trained = [name for name, weight in model.named_parameters() if weight.requires_grad]
    assert trained == ["3.weight", "3.bias"]
    assert sum(weight.numel() for weight in head.parameters()) == 2 * 16 + 2


@pytest.mark.parametrize(
    ("model", "classes", "kind", "sentence"),
    [
        (nn.Linear(4, 2), 2, ValueError, r"must end in an nn.Linear or a 1x1 nn.Conv2d inside, got Linear$"),
        (nn.Sequential(nn.ReLU()), 2, ValueError, "inside, got Sequential$"),
        (nn.Sequential(nn.Conv2d(1, 2, 3)), 2, ValueError, "inside, got Conv2d '0'"),
        (nn.Sequential(nn.Linear(1, 2), nn.BatchNorm1d(2)), 2, ValueError, "got BatchNorm1d '1'"),
        (nn.Sequential(nn.MultiheadAttention(4, 1)), 2, ValueError, "NonDynamicallyQuantizable"),
        (nn.Sequential(nn.LazyLinear(3)), 2, ValueError, "got LazyLinear '0'"),
        (models.lenet5_1998(), 2, ValueError, "got SquaredDistances 'output'"),
        (small(), 0, ValueError, "num_classes must be positive, got 0"),
        (small(), 2.0, TypeError, "num_classes must be an integer, got 2.0"),
        ("resnet18", 2, TypeError, "model must be a torch module, got str"),
    ],
)
@pytest.mark.filterwarnings("ignore:Lazy modules")
def test_a_head_that_cannot_be_replaced_is_refused(model, classes, kind, sentence):
    with pytest.raises(kind, match=sentence):
        transfer.replace_head(model, classes)


def test_a_convolution_behind_which_nothing_could_be_learnt_is_refused():
    with pytest.raises(ValueError, match=r"generator must be given for a convolution, 'classifier.1'"):
        transfer.replace_head(network("squeezenet1_1"), 2)


def test_a_seed_is_no_generator():
    with pytest.raises(TypeError, match=r"generator must be a torch.Generator or None, got int"):
        transfer.replace_head(small(), 2, generator=3)


def names(model, groups):
    by_weight = {id(weight): name for name, weight in model.named_parameters()}
    return [[by_weight[id(weight)] for weight in group["params"]] for group in groups]


def test_every_trained_weight_is_in_one_group_and_frozen_ones_in_none():
    model = network("resnet18")
    transfer.freeze(model.layer1)
    groups = transfer.parameter_groups(model, model.fc, 0.1, 0.01)
    assert [group["lr"] for group in groups] == [0.1, 0.01]
    head, body = names(model, groups)
    assert head == ["fc.weight", "fc.bias"]
    trained = {name for name, weight in model.named_parameters() if weight.requires_grad}
    assert len(body) == len(set(body))
    assert set(body) == trained - set(head)
    assert not any(name.startswith("layer1") for name in body)


def test_a_frozen_body_leaves_one_group():
    model = small()
    transfer.freeze(model)
    head = transfer.replace_head(model, 3)
    (group,) = transfer.parameter_groups(model, head, 0.1, 0.01)
    assert (names(model, [group]), group["lr"]) == ([["3.weight", "3.bias"]], 0.1)


def test_a_weight_that_head_and_body_share_is_the_heads():
    model = nn.Sequential(nn.Linear(2, 2), nn.Linear(2, 2))
    model[0].weight = model[1].weight
    groups = transfer.parameter_groups(model, model[1], 0.1, 0.01)
    assert names(model, groups) == [["0.weight", "1.bias"], ["0.bias"]]


def test_fit_takes_the_groups_and_each_learns_at_its_rate():
    model, still = small(dropout=0), small(dropout=0).state_dict()
    examples = torch.rand(12, 1, 6, 6), torch.arange(12) % 3
    groups = lambda model: transfer.parameter_groups(model, model[-1], 0.1, 1e-6)  # noqa: E731
    history = training.fit(model, examples, epochs=1, batch_size=12, groups=groups, momentum=0)
    assert history.learning_rate == [0.1]
    far = {name: (value - still[name]).abs().max().item() for name, value in model.named_parameters()}
    assert far["3.weight"] > 1e-4 > 1e-6 > max(far[name] for name in far if name[0] in "01")


@pytest.mark.parametrize(
    ("arguments", "kind", "sentence"),
    [
        (("model", nn.ReLU(), 0.1, 0.1), TypeError, "model must be a torch module, got str"),
        ((small(), "fc", 0.1, 0.1), TypeError, "head must be a torch module, got str"),
        ((small(), nn.Linear(16, 3), 0.1, 0.1), ValueError, "a part of the model, got another Linear"),
        ((small(), small()[3], 0.1, 0.1), ValueError, "a part of the model, got another Linear"),
        ((small(), small(), 0, 0.1), ValueError, "learning_rate must be positive and finite, got 0"),
        ((small(), small(), 0.1, 0), ValueError, "body_learning_rate must be positive and finite, got 0"),
        ((small(), small(), 0.1, "slow"), TypeError, "body_learning_rate must be a number, got 'slow'"),
    ],
)
def test_wrong_groups_are_refused(arguments, kind, sentence):
    with pytest.raises(kind, match=sentence):
        transfer.parameter_groups(*arguments)


def test_a_head_with_nothing_to_train_is_refused():
    model = small()
    transfer.freeze(model[3])
    for head, name in ((model[3], "Linear"), (model[2], "Flatten")):
        with pytest.raises(ValueError, match=f"weights that want gradients, got none in {name}"):
            transfer.parameter_groups(model, head, 0.1, 0.01)
