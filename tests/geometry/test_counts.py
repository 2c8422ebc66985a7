"""Shapes and counts: the decks' figures, and PyTorch's own counting."""

import math

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import nn
from torch.utils.flop_counter import FlopCounterMode

from cnnlab.geometry import (
    Add,
    BatchNorm,
    Concatenate,
    Conv,
    Dense,
    Flatten,
    Pointwise,
    Pool,
    biases,
    from_module,
    multiply_adds,
    neurons,
    output_shape,
    parameters,
    receptive_field,
    shapes,
    weights,
)

ALEXNET_FIRST = Conv(3, 96, 11, stride=4)
LENET = {
    "conv1": (Conv(1, 6, 5), ["input"]),
    "pool1": (Pool(2), ["conv1"]),
    "conv2": (Conv(6, 16, 5), ["pool1"]),
    "pool2": (Pool(2), ["conv2"]),
    "dense1": (Dense(400, 120), ["pool2"]),
    "dense2": (Dense(120, 84), ["dense1"]),
    "dense3": (Dense(84, 10), ["dense2"]),
}


def test_alexnets_first_layer():
    assert output_shape(ALEXNET_FIRST, (3, 227, 227)) == (96, 55, 55)
    assert neurons(ALEXNET_FIRST, 227) == 290_400
    assert (weights(ALEXNET_FIRST), biases(ALEXNET_FIRST)) == (34_848, 96)
    assert parameters(ALEXNET_FIRST, input_size=227, shared=False) == 105_705_600


def test_the_small_worked_layer_of_the_decks():
    assert output_shape(Conv(3, 2, 3, stride=2, padding=1), (3, 5, 5)) == (2, 3, 3)


@pytest.mark.parametrize(("side", "expected"), [(32, 3_072), (200, 120_000)])
def test_weights_of_one_dense_neuron(side, expected):
    assert weights(Dense(3 * side * side, 1)) == expected
    assert output_shape(Dense(expected, 1), (3, side, side)) == (1, 1, 1)


@given(m=st.integers(1, 50), n=st.integers(1, 50))
def test_a_dense_layer_has_mn_plus_n_parameters_and_mn_products(m, n):
    assert parameters(Dense(m, n)) == m * n + n
    assert multiply_adds(Dense(m, n)) == m * n
    assert neurons(Dense(m, n)) == n


@pytest.mark.parametrize(("depth", "large", "stacked", "field"), [(2, 5, 18, 5), (3, 7, 27, 7)])
def test_stacked_3x3_kernels_have_fewer_weights_for_the_same_field(depth, large, stacked, field):
    channels = 10
    stack = [Conv(channels, channels, 3, bias=False)] * depth
    single = Conv(channels, channels, large, bias=False)
    assert parameters(stack) == stacked * channels**2 < weights(single) == large**2 * channels**2
    assert receptive_field(stack).size == receptive_field(single).size == (field, field)


def test_lenet5_layer_by_layer():
    counts = [parameters(layer) for layer, _ in LENET.values() if parameters(layer)]
    assert counts == [156, 2_416, 48_120, 10_164, 850]
    assert parameters(LENET) == sum(counts) == 61_706
    pictures = [(1, 32, 32), (6, 28, 28), (6, 14, 14), (16, 10, 10), (16, 5, 5)]
    assert list(shapes(LENET, (1, 32, 32)).values()) == [*pictures, (120, 1, 1), (84, 1, 1), (10, 1, 1)]


def test_unshared_weights_of_a_kernel_as_large_as_the_input_are_a_dense_layers():
    conv = Conv(3, 7, (4, 5))
    assert parameters(conv, input_size=(4, 5), shared=False) == parameters(Dense(60, 7))
    chain = [conv, Pointwise(), BatchNorm(7), Dense(7, 2)]
    assert parameters(chain, input_size=(4, 5), shared=False) == parameters(chain)


def test_merges_and_what_learns_nothing():
    assert output_shape(Add(), (4, 5, 6), (4, 5, 6)) == (4, 5, 6)
    assert output_shape(Concatenate(), (4, 5, 6), (1, 5, 6)) == (5, 5, 6)
    assert output_shape(Flatten(), (4, 5, 6)) == (120, 1, 1)
    assert output_shape(Pool(2, padding=1), (4, 5, 6)) == (4, 3, 4)
    learned = [parameters(layer) for layer in (Add(), Concatenate(), Flatten(), Pointwise(), Pool(2))]
    assert learned == [0] * 5
    assert [parameters(BatchNorm(7, affine)) for affine in (True, False)] == [14, 0]


@settings(deadline=None, derandomize=True, max_examples=100)
@given(
    size=st.tuples(st.integers(3, 8), st.integers(3, 8)),
    channels=st.tuples(st.integers(1, 3), st.integers(1, 3)),
    groups=st.integers(1, 3),
    options=st.fixed_dictionaries(
        {"kernel_size": st.tuples(st.integers(1, 3), st.integers(1, 3)), "stride": st.integers(1, 3)}
        | {"padding": st.integers(0, 1), "bias": st.booleans()}
    ),
    transposed=st.booleans(),
)
def test_counts_are_pytorchs(size, channels, groups, options, transposed):
    inward, outward = (groups * channel for channel in channels)
    kind = nn.ConvTranspose2d if transposed else nn.Conv2d
    module = kind(inward, outward, groups=groups, **options)
    layer = Conv(inward, outward, groups=groups, transposed=transposed, **options)
    if transposed and min(options["kernel_size"]) <= 2 * options["padding"]:
        return
    with FlopCounterMode(display=False) as counter:
        result = module(torch.zeros(1, inward, *size))
    assert 2 * multiply_adds(layer, size) == counter.get_total_flops()
    assert output_shape(layer, (inward, *size)) == result.shape[1:]
    assert neurons(layer, size) == result.numel()
    assert parameters(layer) == sum(weight.numel() for weight in module.parameters())
    assert weights(layer) == module.weight.numel()


def test_multiply_adds_of_a_whole_network_are_twice_over_the_flops():
    module = nn.Sequential(
        nn.Conv2d(3, 8, 3, padding=1),
        nn.BatchNorm2d(8),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.ConvTranspose2d(8, 4, 2, stride=2),
        nn.Flatten(),
        nn.Linear(4 * 12 * 10, 5),
    ).eval()
    with FlopCounterMode(display=False) as counter:
        module(torch.zeros(1, 3, 12, 10))
    assert 2 * multiply_adds(from_module(module), (12, 10)) == counter.get_total_flops()


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: Conv(0, 1, 3), "^in_channels must be positive, got 0$"),
        (lambda: Conv(1, 2, 0), "^kernel_size must be positive, got 0$"),
        (lambda: Conv(4, 6, 3, groups=4), "^groups must divide out_channels 6, got 4$"),
        (lambda: Conv(5, 6, 3, groups=2), "^groups must divide in_channels 5, got 2$"),
        (lambda: Conv(1, 1, 3, output_padding=1), "^output_padding must be 0 unless transposed"),
        (lambda: Pool(3, padding=2), "^padding must be at most half of the span 3, got 2$"),
        (lambda: Pool(-1), "^kernel_size must be positive, got -1$"),
        (lambda: Dense(3, 0), "^out_features must be positive, got 0$"),
        (lambda: BatchNorm(0), "^num_features must be positive, got 0$"),
        (
            lambda: output_shape(Conv(3, 4, 3), (1, 5, 5)),
            "^in_channels must be that of what comes in, 1, got 3$",
        ),
        (
            lambda: shapes([Pool(2), Dense(9, 2)], (1, 4, 4)),
            "^layer '1': in_features must be that of what comes in, 4, got 9$",
        ),
        (
            lambda: output_shape(Add(), (1, 5, 5), (2, 5, 5)),
            r"^Add must merge equally many channels, got \[1, 2\]$",
        ),
        (
            lambda: output_shape(Concatenate(), (1, 5, 5), (1, 5, 4)),
            r"^Concatenate must merge inputs of one size, got \[\(5, 5\), \(5, 4\)\]$",
        ),
        (
            lambda: shapes([Conv(1, 1, 3), Conv(1, 1, 3)], (1, 4, 4)),
            "^layer '1': kernel_size must fit the padded length 2, got 3",
        ),
        (lambda: shapes([Pool(2)], (0, 4, 4)), "^input_shape must be positive, got 0$"),
        (lambda: neurons(Conv(1, 1, 3)), "^input_size must be given for a convolution, got None$"),
        (lambda: multiply_adds([Conv(1, 1, 3)]), "^input_size must be given for a convolution"),
        (lambda: parameters(Conv(1, 1, 3), shared=False), "^input_size must be given to count"),
        (
            lambda: parameters(Conv(1, 1, 3, transposed=True), shared=False, input_size=4),
            "^transposed must be False to count unshared parameters, got True$",
        ),
    ],
)
def test_each_wrong_value_is_named_in_one_sentence(call, message):
    with pytest.raises(ValueError, match=message):
        call()


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: shapes([Pool(2)], (4, 4)), r"^input_shape must be \(C, H, W\), got \(4, 4\)$"),
        (lambda: neurons(Pool(2), 4), "^layer must be a Conv or a Dense, got Pool$"),
        (lambda: parameters([nn.ReLU()]), "^layer '0' must be one of cnnlab.geometry's, got ReLU$"),
    ],
)
def test_what_is_no_layer_or_shape_is_named_in_one_sentence(call, message):
    with pytest.raises(TypeError, match=message):
        call()


def test_an_integer_and_the_pair_it_stands_for_describe_one_layer():
    assert Conv(1, 2, 3, padding=1) == Conv(1, 2, (3, 3), padding=(1, 1))
    assert Pool(2) == Pool((2, 2), 2)
    assert math.prod(Pool(2, 1).stride) == 1
