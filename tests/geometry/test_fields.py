"""Receptive fields: by hand, by the closed formulas, and by gradients of random networks."""

from contextlib import suppress
from fractions import Fraction

import pytest
import torch
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from torch import nn
from torchvision import models

from cnnlab.geometry import (
    Add,
    Concatenate,
    Conv,
    Dense,
    Flatten,
    Pointwise,
    Pool,
    from_module,
    receptive_field,
)
from cnnlab.inspection import measured_receptive_field
from tests.geometry.networks import networks

SAME = Conv(1, 1, 3, padding=1)
UP = Conv(1, 1, 2, stride=2, transposed=True)


def clipped(field, size):
    return tuple(
        (max(0, first), min(last, length - 1)) for (first, last), length in zip(field, size, strict=True)
    )


@settings(deadline=None, derandomize=True, max_examples=200)
@given(network=networks(), size=st.tuples(st.integers(4, 20), st.integers(4, 20)), data=st.data())
def test_the_field_of_any_network_is_the_one_that_gradients_measure(network, size, data):
    try:
        with torch.no_grad():
            out = network(torch.zeros(1, 1, *size)).shape[-2:]
    except RuntimeError:
        assume(False)  # a kernel that does not fit
    middle, corner = (out[0] // 2, out[1] // 2), (out[0] - 1, out[1] - 1)
    field = None
    with suppress(ValueError):  # gaps behind a transposed layer can hide the whole picture
        field = receptive_field(from_module(network), size)
    if field is None:
        assert measured_receptive_field(network, size, middle) is None
        return
    anywhere = data.draw(st.tuples(st.integers(0, out[0] - 1), st.integers(0, out[1] - 1)))
    plain = not any(isinstance(layer, nn.ConvTranspose2d) for layer in network)
    for position in (middle, (0, 0), corner, anywhere):
        inside, whole = field.field_at(position, inside=True), field.field_at(position)
        assert inside == measured_receptive_field(network, size, position)
        if inside is not None:  # borders only take away
            visible = clipped(whole, size)
            assert all(a <= c and d <= b for (a, b), (c, d) in zip(visible, inside, strict=True))
        if plain and clipped(whole, size) == whole:
            assert inside == whole


@settings(deadline=None, derandomize=True, max_examples=60)
@given(network=networks(), position=st.tuples(st.integers(0, 40), st.integers(0, 40)))
def test_fields_repeat_and_none_is_larger_than_the_size(network, position):
    assume(sum(isinstance(layer, nn.ConvTranspose2d) for layer in network) < 3)
    try:
        field = receptive_field(from_module(network))
    except ValueError:
        assume(False)  # gaps behind a transposed layer hide the whole picture
    found = field.field_at(position)
    # 36 is a multiple of any product of two strides.
    ahead = field.field_at((position[0] + 36, position[1] + 36))
    if found is None:
        assert ahead is None
        return
    shifts = [36 * jump for jump in field.jump]
    moved = tuple((a + shift, b + shift) for (a, b), shift in zip(found, shifts, strict=True))
    assert ahead == moved
    assert all(b - a + 1 <= size for (a, b), size in zip(found, field.size, strict=True))
    everywhere = [field.field_at((i, j)) for i in range(9) for j in range(9)]
    for axis in (0, 1):
        assert max(f[axis][1] - f[axis][0] + 1 for f in everywhere if f) == field.size[axis]


plain_layers = st.builds(
    Conv, st.just(1), st.just(1), st.integers(1, 5), st.integers(1, 3), st.integers(0, 3), st.integers(1, 3)
)


@settings(deadline=None, derandomize=True, max_examples=100)
@given(chain=st.lists(plain_layers, min_size=1, max_size=5), position=st.integers(0, 20))
def test_a_plain_chain_follows_the_closed_formulas(chain, position):
    size, jump, start = 1, 1, 0
    for layer in chain:
        size += layer.dilation[0] * (layer.kernel_size[0] - 1) * jump
        start -= layer.padding[0] * jump
        jump *= layer.stride[0]
    field = receptive_field(chain)
    assert (field.size, field.jump, field.start) == ((size, size), (jump, jump), (start, start))
    first = start + position * jump
    assert field.field_at(position) == ((first, first + size - 1),) * 2


def test_a_branching_graph_sees_what_any_path_sees():
    inception = {
        "1x1": (Conv(1, 1, 1), ["input"]),
        "reduce": (Conv(1, 1, 1), ["input"]),
        "5x5": (Conv(1, 1, 5, padding=2), ["reduce"]),
        "pool": (Pool(3, 1, 1), ["input"]),
        "join": (Concatenate(), ["1x1", "5x5", "pool"]),
    }
    assert receptive_field(inception).size == (5, 5)
    assert receptive_field(inception, output="pool").size == (3, 3)
    residual = {"conv": (SAME, ["input"]), "again": (SAME, ["conv"]), "sum": (Add(), ["again", "input"])}
    assert receptive_field(residual).size == (5, 5)
    assert receptive_field(residual).field_at((7, 0)) == ((5, 9), (-2, 2))


def test_a_branch_that_looks_aside_widens_the_field_to_both_ends():
    aside = {  # an even kernel without padding looks right, the other one left
        "right": (Conv(1, 1, 2, padding=0), ["input"]),
        "left": (Conv(1, 1, 4, padding=1), ["input"]),
        "sum": (Add(), ["right", "left"]),
    }
    assert receptive_field(aside).field_at(0) == ((-1, 2), (-1, 2))


def test_a_tall_and_a_wide_branch_make_a_square_field_in_either_order():
    layers = {"tall": (Conv(1, 1, (5, 1)), ["input"]), "wide": (Conv(1, 1, (1, 5)), ["input"])}
    for order in (["tall", "wide"], ["wide", "tall"]):
        assert receptive_field(layers | {"sum": (Add(), order)}).size == (5, 5)


def test_fields_of_branches_with_different_rhythms_repeat_when_both_do():
    graph = {
        "down2": (Conv(1, 1, 1, stride=2), ["input"]),
        "up2": (UP, ["down2"]),  # output i sees pixel 2 * (i // 2)
        "down3": (Conv(1, 1, 1, stride=3), ["input"]),
        "up3": (Conv(1, 1, 3, stride=3, padding=1, transposed=True), ["down3"]),  # 3 * ((i + 1) // 3)
        "sum": (Add(), ["up2", "up3"]),
    }
    field = receptive_field(graph)
    expected = [(0, 0), (0, 0), (2, 3), (2, 3), (3, 4), (4, 6), (6, 6)]
    assert [field.field_at(i)[0] for i in range(7)] == expected
    assert field.size == (3, 3)  # only every sixth field is that large


def test_fields_behind_a_transposed_layer_alternate():
    field = receptive_field([SAME, UP, SAME])
    # Outputs 2i - 1 .. 2i + 1 of the last layer come from inputs i - 1 and i of UP.
    assert [field.field_at(i)[0] for i in range(4)] == [(-2, 1), (-1, 2), (-1, 2), (0, 3)]
    assert (field.size, field.jump, field.start) == ((4, 4), (Fraction(1, 2), Fraction(1, 2)), (-2, -2))
    down_and_up = receptive_field([Pool(2), UP])
    assert [down_and_up.field_at(i)[0] for i in range(4)] == [(0, 1), (0, 1), (2, 3), (2, 3)]
    assert (down_and_up.size, down_and_up.jump) == ((2, 2), (1, 1))


def test_a_u_shaped_network_with_a_skip():
    graph = {
        "down": (Pool(2), ["input"]),
        "deep": (SAME, ["down"]),
        "up": (UP, ["deep"]),
        "join": (Concatenate(), ["up", "input"]),
        "out": (SAME, ["join"]),
    }
    field = receptive_field(graph)
    assert [field.field_at(i)[0] for i in (2, 3)] == [(-2, 5), (0, 7)]
    assert field.size == (8, 8)
    assert field.jump == (1, 1)


def test_a_transposed_layer_can_leave_outputs_that_see_nothing():
    field = receptive_field(Conv(1, 1, 1, stride=2, transposed=True, padding=1, output_padding=1))
    assert field.field_at(0) is None  # a gap between two copies of the kernel
    assert field.field_at((0, 1)) is None
    assert field.field_at(1) == ((1, 1), (1, 1))
    assert (field.size, field.start) == ((1, 1), (1, 1))


def test_a_path_that_sees_nothing_along_one_axis_adds_nothing_along_the_other():
    gap = Conv(1, 1, (1, 3), stride=(2, 1), padding=(0, 1), transposed=True, output_padding=(1, 0))
    alike = Conv(1, 1, (2, 1), stride=(2, 1), transposed=True)
    graph = {"gap": (gap, ["input"]), "alike": (alike, ["input"]), "sum": (Add(), ["gap", "alike"])}
    field = receptive_field(graph)
    assert field.field_at((0, 4)) == ((0, 0), (3, 5))
    assert field.field_at((1, 4)) == ((0, 0), (4, 4))


def test_inside_leaves_out_what_lies_in_padding_between_layers():
    # The last window hangs over the edge: its second tap is a zero, not a pixel.
    chain = [Conv(1, 1, 1, stride=2), Conv(1, 1, 2, padding=(0, 1))]
    field = receptive_field(chain, (6, 6))
    assert field.field_at((0, 3)) == ((0, 2), (4, 6))
    assert field.field_at((0, 3), inside=True) == ((0, 2), (4, 4))


def test_dense_layers_see_all_of_their_input():
    field = receptive_field([Conv(1, 1, 3), Flatten(), Dense(20, 5), Pointwise(), Dense(5, 2)], (6, 7))
    assert field.size == (6, 7)
    assert field.field_at(0, inside=True) == ((0, 5), (0, 6))


def test_what_does_not_lead_to_the_output_is_left_out():
    graph = {"a": (SAME, ["input"]), "b": (Conv(1, 1, 9), ["a"]), "c": (SAME, ["a"])}
    assert receptive_field(graph, output="c").size == (5, 5)
    assert receptive_field(graph, 5, output="a").size == (3, 3)  # b would not fit


@pytest.mark.parametrize(("name", "size", "jump"), [("alexnet", 195, 32), ("vgg16", 212, 32)])
def test_fields_of_published_networks(name, size, jump):
    with torch.device("meta"):
        features = getattr(models, name)().features
    field = receptive_field(from_module(features))
    assert (field.size, field.jump) == ((size, size), (jump, jump))  # as Araujo et al. 2019 have them


def test_a_deep_residual_network_takes_no_time():
    graph = {"0": (Conv(1, 1, 7, 2, 3), ["input"])}
    for depth in range(1, 61):
        graph[f"{depth}a"] = (SAME, [f"{depth - 1}" if depth == 1 else f"{depth - 1}b"])
        graph[f"{depth}b"] = (Add(), [f"{depth}a", f"{depth - 1}" if depth == 1 else f"{depth - 1}b"])
    assert receptive_field(graph).size == (7 + 2 * 2 * 60,) * 2


@pytest.mark.parametrize(
    ("layers", "message"),
    [
        ([], "^layers must have at least one layer, got none$"),
        ({}, "^layers must have at least one layer, got none$"),
        ({"a": (SAME, ["picture"])}, "^inputs of 'a' must be names of layers or 'input', got 'picture'$"),
        (
            {"a": (Add(), ["input", "b"]), "b": (SAME, ["a"])},
            "^layers must have no cycle, got (a -> b -> a|b -> a -> b)$",
        ),
        ({"a": (SAME, ["a"])}, "^layers must have no cycle, got a -> a$"),
        ({"a": (SAME, [])}, "^layer 'a' must have one input, got 0$"),
        ({"a": (SAME, ["input", "input"])}, "^layer 'a' must have one input, got 2$"),
        ({"a": (Add(), [])}, "^layer 'a' must have at least one input, got 0$"),
        ({"input": (SAME, ["input"])}, "^layers must not be called 'input', which is the picture"),
        (
            {"a": (SAME, ["input"]), "b": (SAME, ["input"])},
            "^output must be given where several layers feed no other, got a, b$",
        ),
        (
            {"a": (Pool(2), ["input"]), "b": (SAME, ["input"]), "sum": (Add(), ["a", "b"])},
            r"^branches that 'sum' merges must have one jump, got \(2, 2\) from 'a', \(1, 1\) from 'b'$",
        ),
        ([Flatten(), Dense(20, 5)], "^input_size must be given where a layer sees"),
        (
            [Conv(1, 1, 1, stride=2, transposed=True), Conv(1, 1, 1, stride=2, padding=1)],
            "^layers must let some output see the input",
        ),
    ],
)
def test_each_graph_without_fields_is_named_in_one_sentence(layers, message):
    with pytest.raises(ValueError, match=message):
        receptive_field(layers)


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (
            lambda: receptive_field({"a": (SAME, "input")}),
            TypeError,
            "^inputs of 'a' must be a list of names",
        ),
        (lambda: receptive_field([nn.ReLU()]), TypeError, "^layer '0' must be one of .*, got ReLU$"),
        (lambda: receptive_field([SAME], output="b"), ValueError, "^output must be one of '0', got 'b'$"),
        (lambda: receptive_field([SAME], 0), ValueError, "^input_size must be positive, got 0$"),
        (
            lambda: receptive_field([Conv(1, 1, 5)], 4),
            ValueError,
            "^layer '0': kernel_size must fit the padded",
        ),
        (
            lambda: receptive_field([SAME]).field_at(-1),
            ValueError,
            "^position must be zero or positive, got -1$",
        ),
        (
            lambda: receptive_field([SAME], 4).field_at((0, 4), inside=True),
            ValueError,
            r"^position must lie within the output \(4, 4\), got \(0, 4\)$",
        ),
        (
            lambda: receptive_field([SAME]).field_at(0, inside=True),
            ValueError,
            "^input_size must be given to receptive_field for a field inside, got None$",
        ),
    ],
)
def test_each_wrong_argument_is_named_in_one_sentence(call, error, message):
    with pytest.raises(error, match=message):
        call()
