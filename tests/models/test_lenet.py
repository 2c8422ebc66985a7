"""LeNet-5 today and of 1998: counts, connections, and how it computes."""

import torch
from torch import nn
from torch.nn import functional as F

from cnnlab.models import C3_CONNECTIONS, lenet5, lenet5_1998
from tests.models.judge import count
from tests.refused import refused


def per_layer(network):
    counts = {name: count(layer) for name, layer in network.named_children()}
    return [number for number in counts.values() if number]


def test_todays_lenet_has_61706_parameters():
    assert per_layer(lenet5()) == [156, 2416, 48120, 10164, 850]
    assert per_layer(lenet5(input_size=28, activation="relu", pooling="max")) == per_layer(lenet5())


def test_the_lenet_of_1998_has_60000_parameters():
    assert per_layer(lenet5_1998()) == [156, 12, 1516, 32, 48120, 10164]


def test_c3_sees_three_or_four_neighbours_two_pairs_or_all():
    def gaps(seen):
        return sum((channel + 1) % 6 not in seen for channel in seen)

    assert [len(seen) for seen in C3_CONNECTIONS] == [3] * 6 + [4] * 9 + [6]
    assert [gaps(seen) for seen in C3_CONNECTIONS] == [1] * 12 + [2] * 3 + [0]
    assert len(set(C3_CONNECTIONS)) == 16
    assert [sum(channel in seen for seen in C3_CONNECTIONS) for channel in range(6)] == [10] * 6


def test_todays_lenet_computes_layer_by_layer():
    network, images = lenet5(), torch.randn(2, 1, 32, 32)
    x = F.avg_pool2d(torch.tanh(network.c1(images)), 2)
    x = F.avg_pool2d(torch.tanh(network.c3(x)), 2)
    x = torch.tanh(network.c5(x)).flatten(1)
    torch.testing.assert_close(network(images), network.output(torch.tanh(network.f6(x))))


def test_the_lenet_of_1998_computes_as_its_paper_says():
    network, images = lenet5_1998(), torch.randn(2, 1, 32, 32)

    def squash(x):
        return 1.7159 * torch.tanh(2 * x / 3)

    def subsample(layer, x):
        sums = x[..., ::2, ::2] + x[..., 1::2, ::2] + x[..., ::2, 1::2] + x[..., 1::2, 1::2]
        return squash(sums * layer.scale.weight.reshape(-1, 1, 1) + layer.scale.bias.reshape(-1, 1, 1))

    x = subsample(network.s2, squash(network.c1(images)))
    kernels = iter(network.c3.weight)
    maps = [
        sum(F.conv2d(x[:, [channel]], next(kernels)[None, None]) for channel in seen) + bias
        for seen, bias in zip(C3_CONNECTIONS, network.c3.bias, strict=True)
    ]
    x = subsample(network.s4, squash(torch.cat(maps, 1)))
    features = squash(network.f6(squash(network.c5(x)).flatten(1)))
    distances = [
        [(row - point).square().sum().item() for point in network.output.prototypes] for row in features
    ]
    torch.testing.assert_close(network(images), torch.tensor(distances), rtol=1e-4, atol=1e-3)


def test_a_smaller_padded_picture_is_the_large_one_with_a_border_of_zeros():
    small = torch.randn(1, 1, 28, 28)
    for make in (lenet5, lenet5_1998):
        network, padded = make(), make(input_size=28)
        padded.load_state_dict(network.state_dict())
        torch.testing.assert_close(padded(small), network(F.pad(small, (2, 2, 2, 2))))


def test_logits_are_negative_distances():
    network, logits = lenet5_1998(), lenet5_1998(logits=True)
    logits.load_state_dict(network.state_dict())
    images = torch.randn(3, 1, 32, 32)
    assert torch.equal(logits(images), -network(images))
    assert (network(images) >= 0).all()


def test_the_weights_of_1998_start_within_their_bounds_and_use_them():
    torch.manual_seed(0)
    network = lenet5_1998()
    for weight, fan_in in (
        (network.c1.weight, 25),
        (network.c5.weight, 400),
        (network.f6.weight, 120),
        (network.c3.weight[:3], 75),
        (network.c3.weight[-6:], 150),
    ):
        assert 0.9 * 2.4 / fan_in < weight.abs().max() <= 2.4 / fan_in


def test_what_is_fixed_is_not_trained():
    network = lenet5_1998()
    assert [name for name, _ in network.output.named_parameters()] == []
    assert "output.prototypes" in network.state_dict()


def test_options_choose_channels_classes_and_kinds_of_layers():
    network = lenet5(4, in_channels=3, activation="relu", pooling="max")
    assert network(torch.zeros(2, 3, 32, 32)).shape == (2, 4)
    kinds = [type(layer) for layer in network]
    assert kinds.count(nn.ReLU) == 4
    assert kinds.count(nn.MaxPool2d) == 2


WRONG_TYPES = {"in_channels must be an integer, got 1.5": lambda: lenet5(in_channels=1.5)}
test_wrong_types_are_named = refused(TypeError, WRONG_TYPES)

WRONG_VALUES = {
    **{
        f"input_size must be 32 or 28, got {size}": lambda make=make, size=size: make(input_size=size)
        for make, size in ((lenet5, 27), (lenet5, 31), (lenet5_1998, 29), (lenet5_1998, 33))
    },
    "num_classes must be positive, got 0": lambda: lenet5(0),
    "activation must be one of 'relu', 'sigmoid', 'tanh', got 'x'": lambda: lenet5(activation="x"),
    "pooling must be one of 'average', 'max', got None": lambda: lenet5(pooling=None),
}
test_wrong_values_are_named = refused(ValueError, WRONG_VALUES)
