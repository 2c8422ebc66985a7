"""Layers of 1998 as descriptions, and modules that describe themselves."""

import pytest
from torch import nn

from cnnlab.geometry import (
    Conv,
    Dense,
    PartialConv,
    Pool,
    RadialBasis,
    Scale,
    from_module,
    multiply_adds,
    neurons,
    output_shape,
    parameters,
    receptive_field,
    weights,
)


class Described(nn.Module):
    """A module that PyTorch's tracer could not follow, but that says what it is."""

    def forward(self, x):
        return x if x.sum() > 0 else -x

    def as_layer(self):
        return Conv(1, 2, 3)


@pytest.mark.parametrize(
    ("layer", "shape", "learned", "products", "result"),
    [
        (PartialConv(6, 16, 5, connections=60), (6, 14, 14), 1516, 1500 * 10 * 10, (16, 10, 10)),
        (
            PartialConv(6, 16, 5, connections=96),
            (6, 14, 14),
            2416,
            2400 * 10 * 10,
            (16, 10, 10),
        ),  # a plain one
        (Scale(6), (6, 14, 14), 12, 0, (6, 14, 14)),
        (RadialBasis(84, 10), (84, 1, 1), 0, 840, (10, 1, 1)),
    ],
)
def test_they_count_only_what_they_have(layer, shape, learned, products, result):
    assert parameters(layer) == learned
    assert multiply_adds(layer, shape[1:]) == products
    assert output_shape(layer, shape) == result


def test_a_partial_convolution_has_the_neurons_and_the_field_of_a_plain_one():
    c3 = PartialConv(6, 16, 5, connections=60)
    assert (weights(c3), neurons(c3, 14), receptive_field(c3).size) == (1500, 1600, (5, 5))
    assert parameters(c3, input_size=14, shared=False) == 1516 * 100


def test_work_without_convolutions_is_that_of_the_dense_layers():
    assert multiply_adds([Dense(8, 4), Dense(4, 2)]) == 40
    assert multiply_adds([Pool(2), RadialBasis(84, 10)]) == 840


def test_a_module_may_say_what_it_is():
    assert from_module(Described()) == {"0": (Conv(1, 2, 3), ("input",))}
    inside = nn.Sequential(nn.ReLU(), nn.Sequential(Described()))
    assert from_module(inside)["1.0"] == (Conv(1, 2, 3), ("0",))


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: PartialConv(2, 3, 5, connections=7), "^connections must be at most 6, got 7$"),
        (lambda: PartialConv(2, 3, 5, connections=0), "^connections must be positive, got 0$"),
        (lambda: PartialConv(2, 2, 5, groups=2, connections=2), "^groups must be 1 .* got 2$"),
        (
            lambda: PartialConv(2, 2, 5, transposed=True, connections=2),
            "^transposed must be False .* got True$",
        ),
        (lambda: RadialBasis(2, 2, bias=True), "^bias must be False where nothing is learned, got True$"),
    ],
)
def test_what_no_such_layer_can_have_is_refused(make, message):
    with pytest.raises(ValueError, match=message):
        make()
