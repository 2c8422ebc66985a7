"""The body of a network: what it has, and that it makes what the layer makes inside of its network."""

import copy
import pickle

import pytest
import torch
from torch import nn

from cnnlab import models, transfer
from tests.transfer.networks import BODIES, caught, network, pictures, small


@pytest.mark.parametrize("name", BODIES)
def test_a_cut_network_makes_what_the_layer_makes_inside_of_it(name):
    model, (layer, shape) = network(name), BODIES[name]
    body = transfer.cut(model, layer)
    expected = caught(model, layer, pictures())
    assert expected.shape == (4, *shape)
    assert torch.equal(transfer.features(body, pictures()), expected.flatten(1))
    pooled = transfer.features(body, pictures(), pool=1)
    torch.testing.assert_close(pooled, expected.mean((2, 3)))


@pytest.mark.parametrize(
    ("name", "layer"),
    [
        ("resnet18", "conv1"),
        ("resnet18", "layer2.0.downsample"),
        ("resnet18", "layer3.1.relu"),  # called twice: the last call counts
        ("resnet18", "avgpool"),
        ("resnet18", "fc"),
        ("squeezenet1_1", "features.3.squeeze"),
        ("squeezenet1_1", "classifier.1"),
        ("mobilenet_v2", "features.7.conv.1"),
    ],
)
def test_it_can_be_cut_behind_any_layer(name, layer):
    model = network(name)
    expected = caught(model, layer, pictures(2))
    assert torch.equal(transfer.features(transfer.cut(model, layer), pictures(2)), expected.flatten(1))


COURSE = {
    "lenet5": (models.lenet5, (1, 32, 32)),
    "lenet5_1998": (models.lenet5_1998, (1, 32, 32)),
    "mlp": (models.mlp, (1, 32, 32)),
    "small_vgg": (lambda: models.small_vgg(batch_norm=True), (3, 32, 32)),
    "small_alexnet": (models.small_alexnet, (3, 32, 32)),
    "globally_pooled_cnn": (models.globally_pooled_cnn, (1, 32, 32)),
    "cifar_resnet": (lambda: models.cifar_resnet(8, width=4), (3, 32, 32)),
    "pre-activation": (lambda: models.cifar_resnet(8, width=4, kind="pre-activation"), (3, 32, 32)),
    "cifar_densenet": (lambda: models.cifar_densenet(7), (3, 32, 32)),
    "fast_resnet": (lambda: models.fast_resnet(width=4), (3, 32, 32)),
}


@pytest.mark.parametrize("name", COURSE)
def test_the_courses_networks_can_be_cut_behind_every_layer_of_theirs(name):
    make, shape = COURSE[name]
    model, images = make(), torch.rand(2, *shape)
    for index, (layer, _) in enumerate(model.named_children()):
        expected = caught(model, layer, images)
        for after in (layer, index, index - len(model)):
            assert torch.equal(transfer.features(transfer.cut(model, after), images), expected.flatten(1))


def test_a_body_has_the_weights_it_needs_and_no_others():
    model = network("resnet18")
    body = transfer.cut(model, "layer1")
    wanted = {name for name in model.state_dict() if name.startswith(("conv1", "bn1", "layer1"))}
    assert set(body.state_dict()) == wanted
    assert body.conv1.weight is model.conv1.weight


def test_a_layer_that_comes_twice_is_cut_at_its_index():
    half = nn.Hardshrink(0.5)
    model = nn.Sequential(nn.Conv2d(1, 1, 1), half, nn.Conv2d(1, 1, 1), half)
    images = torch.rand(2, 1, 6, 6)
    assert [len(transfer.cut(model, index)) for index in (1, 3, -3)] == [2, 4, 2]
    assert torch.equal(transfer.cut(model, 1)(images), model[:2](images))
    assert torch.equal(transfer.cut(model, "1")(images), model(images))


def test_a_deep_copy_of_a_body_is_independent():
    model = small()
    body = copy.deepcopy(transfer.cut(model, 1))
    with torch.no_grad():
        body.get_parameter("0.0.weight").zero_()
    assert model[0][0].weight.abs().sum() > 0


def test_what_is_frozen_in_the_model_is_frozen_in_its_body():
    model = small()
    transfer.freeze(model[0])
    body = transfer.cut(model, "1").train()
    before = {name: value.clone() for name, value in body.state_dict().items()}
    body(torch.rand(8, 1, 6, 6) + 1)
    moved = {name for name, value in body.state_dict().items() if not torch.equal(value, before[name])}
    assert moved == {"1.1.running_mean", "1.1.running_var", "1.1.num_batches_tracked"}


@pytest.mark.parametrize("mode", [True, False])
def test_modes_are_those_of_the_model_part_by_part(mode):
    model = small().train(mode)
    model[0][1].eval()
    before = {name: part.training for name, part in model.named_modules()}
    body = transfer.cut(model, 1)
    transfer.features(body, torch.rand(2, 1, 6, 6))
    assert {name: part.training for name, part in model.named_modules()} == before
    assert {name: part.training for name, part in body.named_modules()}.items() <= before.items()


def test_a_body_that_learns_draws_dropout_in_training_mode_only():
    body = transfer.cut(small().train(), 1)
    images = torch.rand(8, 1, 6, 6)
    assert body(images).eq(0).sum() > body.eval()(images).eq(0).sum()


class Dropping(nn.Module):
    """A network that draws dropout in its own forward."""

    def __init__(self):
        super().__init__()
        self.first, self.last = nn.Conv2d(1, 1, 1), nn.Flatten()

    def forward(self, images):
        return self.last(nn.functional.dropout(self.first(images), training=self.training))


@pytest.mark.parametrize("mode", [True, False])
def test_dropout_without_a_layer_is_that_of_evaluation(mode):
    model, images = Dropping(), torch.rand(2, 1, 6, 6)
    body = transfer.cut(model.train(mode), "last")
    assert model.training is mode
    assert torch.equal(transfer.features(body, images), caught(model, "last", images))


def pickled(body):
    return pickle.loads(pickle.dumps(body))


@pytest.mark.parametrize("copied", [copy.deepcopy, pickled])
def test_a_copy_of_a_frozen_body_is_frozen(copied):
    body = copied(transfer.freeze(transfer.cut(small(), 1))).train()
    before = {name: value.clone() for name, value in body.state_dict().items()}
    images = torch.rand(8, 1, 6, 6) + 1
    assert torch.equal(body(images), body(images))
    assert all(torch.equal(value, before[name]) for name, value in body.state_dict().items())


class Branching(nn.Module):
    """A network that looks at numbers on its way."""

    def __init__(self):
        super().__init__()
        self.first, self.unused = nn.Conv2d(1, 1, 1), nn.Conv2d(1, 1, 1)

    def forward(self, images):
        return self.first(images) if images.sum() > 0 else images


class Straight(Branching):
    def forward(self, images):
        return self.first(images)


@pytest.mark.parametrize(
    ("model", "after", "kind", "sentence"),
    [
        (torch.rand, "first", TypeError, "model must be a torch module, got builtin_function_or_method"),
        (small(), "1.9", ValueError, r"after must be a layer of the model, such as 1.3, 1.2, 1.1, got '1.9'"),
        (network("resnet18"), "layer_4", ValueError, r"such as layer4, layer4.1, layer4.0, got 'layer_4'"),
        (small(), "", ValueError, "after must be a layer of the model"),
        (small(), 4, ValueError, "after must be an index of 4 layers, got 4"),
        (small(), -5, ValueError, "after must be an index of 4 layers, got -5"),
        (small(), True, TypeError, "after must be a layer's name or its index, got True"),
        (small(), None, TypeError, "after must be a layer's name or its index, got None"),
        (Straight(), 0, TypeError, r"after must be a layer's name unless .* nn.Sequential, got 0"),
        (Straight(), "unused", ValueError, r"a layer that the model calls, .* got 'unused'"),
        (Branching(), "first", ValueError, r"model must be one that torch.fx can follow, got: symbolically"),
        (nn.Linear(1, 1), "weight", ValueError, "a layer of the model, which has none, got 'weight'"),
    ],
)  # fmt: skip
def test_a_cut_that_cannot_be_made_is_refused(model, after, kind, sentence):
    with pytest.raises(kind, match=sentence):
        transfer.cut(model, after)
