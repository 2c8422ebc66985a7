"""The small networks: they learn, pool globally, and refuse what does not fit."""

import pytest
import torch
from torch.nn.functional import cross_entropy

from cnnlab.models import (
    Classifier,
    alexnet,
    globally_pooled_cnn,
    lenet5,
    lenet5_1998,
    mlp,
    small_alexnet,
    small_vgg,
    vgg11,
)
from cnnlab.models.vgg import stages
from tests.models.judge import count, on_meta
from tests.refused import refused


@pytest.mark.parametrize(
    ("make", "options"),
    [
        (lenet5, {}),
        (lenet5_1998, {"logits": True}),
        (small_alexnet, {"in_channels": 1, "dropout": 0.2}),
        (small_alexnet, {"in_channels": 1, "activation": "tanh"}),
        (small_vgg, {"in_channels": 1}),
        (small_vgg, {"in_channels": 1, "batch_norm": True, "width": 4}),
        (mlp, {}),
        (globally_pooled_cnn, {}),
        (globally_pooled_cnn, {"pooling": "average"}),
    ],
)
def test_each_network_learns_eight_pictures(make, options):
    torch.manual_seed(0)
    images, targets = torch.randn(8, 1, 32, 32), torch.arange(8)
    network = make(**options)
    optimiser = torch.optim.Adam(network.parameters(), lr=1e-3)
    for _ in range(60):
        optimiser.zero_grad()
        cross_entropy(network(images), targets).backward()
        optimiser.step()
    assert (network.eval()(images).argmax(1) == targets).all()


@pytest.mark.parametrize("pooling", ["average", "max"])
def test_a_globally_pooled_network_answers_alike_wherever_the_pattern_stands(pooling):
    network, images = globally_pooled_cnn(pooling=pooling), torch.zeros(1, 1, 96, 96)
    images[..., 48:54, 48:54] = torch.rand(6, 6)
    moved = images.roll((8, -4), (2, 3))  # by multiples of the stride, 4
    torch.testing.assert_close(network(moved), network(images))
    torch.manual_seed(0)
    flattening = lenet5()
    assert not torch.allclose(flattening(moved[..., 32:64, 32:64]), flattening(images[..., 32:64, 32:64]))


def test_a_globally_pooled_network_takes_pictures_of_any_size():
    network = globally_pooled_cnn(3)
    assert [network(torch.zeros(2, 1, *size)).shape for size in ((4, 4), (8, 31))] == [(2, 3)] * 2


def test_stacked_small_kernels_have_fewer_weights_than_one_large_one():
    def weights(depth, kernel_size):
        layers = stages(16, (16,), (depth,), batch_norm=False, kernel_size=kernel_size)
        return sum(layer.weight.numel() for layer in layers if hasattr(layer, "weight"))

    assert (weights(2, 3), weights(1, 5)) == (18 * 16**2, 25 * 16**2)
    assert (weights(3, 3), weights(1, 7)) == (27 * 16**2, 49 * 16**2)


def test_without_hidden_layers_an_mlp_is_softmax_regression():
    assert count(mlp(hidden_features=(), input_size=8)) == 64 * 10 + 10


def test_a_slice_gives_feature_maps():
    network, images = lenet5(), torch.randn(2, 1, 32, 32)
    assert network[:3](images).shape == (2, 6, 14, 14)
    torch.testing.assert_close(network[3:](network[:3](images)), network(images))


def test_an_empty_batch_gives_no_logits():
    for make in (lenet5, lenet5_1998, mlp):
        assert make()(torch.zeros(0, 1, 32, 32)).shape == (0, 10)


def test_a_chain_that_names_no_pictures_takes_all():
    assert Classifier({"same": torch.nn.Identity()})(torch.zeros(3)).shape == (3,)


MANY = "images must have shape (N,"


def fed(network, *shape):
    return lambda: network(torch.zeros(shape))


MISFITS = {
    f"{MANY} 1, 32, 32), got (1, 1, 28, 28)": fed(lenet5(), 1, 1, 28, 28),
    f"{MANY} 1, 32, 32), got (1, 1, 32, 28)": fed(lenet5(), 1, 1, 32, 28),
    f"{MANY} 1, 32, 32), got (1, 3, 32, 32)": fed(lenet5(), 1, 3, 32, 32),
    f"{MANY} 1, 32, 32), got (1, 32, 32)": fed(lenet5(), 1, 32, 32),
    f"{MANY} 1, 28, 28), got (1, 1, 32, 32)": fed(lenet5_1998(input_size=28), 1, 1, 32, 32),
    f"{MANY} 3, H, W) with H and W at least 63, got (1, 3, 62, 63)": fed(on_meta(alexnet), 1, 3, 62, 63),
    f"{MANY} 3, H, W) with H and W at least 32, got (1, 1, 32, 32)": fed(on_meta(vgg11), 1, 1, 32, 32),
    f"{MANY} 1, H, W) with H and W at least 4, got (1, 1, 3, 9)": fed(globally_pooled_cnn(), 1, 1, 3, 9),
}
test_pictures_that_do_not_fit_are_refused = refused(ValueError, MISFITS)


@pytest.mark.parametrize(("make", "least"), [(alexnet, 63), (vgg11, 32)])
def test_the_least_size_is_the_least_that_works(make, least):
    network = on_meta(make)
    assert network(torch.zeros(1, 3, least, least, device="meta")).shape == (1, 1000)
    network.min_size = 1
    with pytest.raises(RuntimeError, match=r"too small|can't be greater"):
        network(torch.zeros(1, 3, least - 1, least - 1, device="meta"))


WRONG_TYPES = {"num_classes must be an integer, got True": lambda: small_vgg(num_classes=True)}
test_wrong_types_are_named = refused(TypeError, WRONG_TYPES)

WRONG_VALUES = {
    "activation must be one of 'relu', 'sigmoid', 'tanh', got 'x'": lambda: small_alexnet(activation="x"),
    "dropout must be from 0 to below 1, got 2": lambda: small_alexnet(dropout=2),
    "in_channels must be positive, got 0": lambda: small_alexnet(in_channels=0),
    "kernel_size must be odd, got 4": lambda: small_vgg(kernel_size=4),
    "width must be positive, got 0": lambda: small_vgg(width=0),
    "convolutions must be positive, got 0": lambda: small_vgg(convolutions=0),
    "hidden_features must be positive, got 0": lambda: mlp(hidden_features=(8, 0)),
    "input_size must be positive, got 0": lambda: mlp(input_size=0),
    "pooling must be one of 'average', 'max', got 'x'": lambda: globally_pooled_cnn(pooling="x"),
}
test_wrong_values_are_named = refused(ValueError, WRONG_VALUES)
