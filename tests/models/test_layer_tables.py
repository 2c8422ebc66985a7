"""The layer table of every network says what PyTorch measures."""

import pytest

from cnnlab import models
from cnnlab.geometry import from_module, layer_table, multiply_adds, parameters, receptive_field, shapes
from tests.models.judge import count, leaves, measured_multiply_adds, measured_shapes, on_meta

NETWORKS = [
    (models.lenet5, {}, (1, 32, 32)),
    (models.lenet5, {"input_size": 28, "activation": "relu", "pooling": "max"}, (1, 28, 28)),
    (models.lenet5_1998, {}, (1, 32, 32)),
    (models.lenet5_1998, {"input_size": 28, "logits": True}, (1, 28, 28)),
    (models.alexnet, {}, (3, 224, 224)),
    (models.alexnet_2012, {}, (3, 227, 227)),
    (models.vgg11, {}, (3, 224, 224)),
    (models.vgg13, {"batch_norm": True}, (3, 224, 224)),
    (models.vgg16, {}, (3, 224, 224)),
    (models.vgg19, {"batch_norm": True}, (3, 224, 224)),
    (models.small_alexnet, {"dropout": 0.5}, (3, 32, 32)),
    (models.small_vgg, {"batch_norm": True}, (3, 32, 32)),
    (models.small_vgg, {"convolutions": 1, "kernel_size": 7}, (3, 32, 32)),
    (models.mlp, {}, (1, 32, 32)),
    (models.globally_pooled_cnn, {}, (1, 32, 32)),
]
EACH = pytest.mark.parametrize(
    ("make", "options", "input_shape"), NETWORKS, ids=lambda value: getattr(value, "__name__", None)
)


@EACH
def test_every_leaf_is_a_row_with_its_shape_and_parameters(make, options, input_shape):
    network = on_meta(make, **options)
    rows = {row.name: row for row in layer_table(network, input_shape).rows}
    assert {name: row.shape for name, row in rows.items()} == measured_shapes(network, input_shape)
    assert {name: row.parameters for name, row in rows.items()} == {
        name: count(leaf) for name, leaf in leaves(network).items()
    }


@EACH
def test_the_totals_are_torchs(make, options, input_shape):
    network = on_meta(make, **options)
    table = layer_table(network, input_shape)
    assert table.parameters == count(network)
    measured = measured_multiply_adds(network, input_shape)
    if make is models.lenet5_1998:  # torch multiplies by C3's zeros too, and counts no squares
        measured += -(96 - 60) * 25 * 100 + 84 * 10
    assert table.multiply_adds == measured


@EACH
def test_the_rows_are_geometrys_numbers(make, options, input_shape):
    network = on_meta(make, **options)
    table, graph = layer_table(network, input_shape), from_module(network, input_shape[1])
    assert table.parameters == parameters(graph)
    assert table.multiply_adds == multiply_adds(graph, input_shape[1])
    assert {row.name: row.shape for row in table.rows} == {
        name: shape for name, shape in shapes(graph, input_shape).items() if name != "input"
    }
    assert table.rows[-1].receptive_field == receptive_field(graph, input_shape[1]).size


def fields(network, input_shape, *names):
    rows = {row.name: row for row in layer_table(network, input_shape).rows}
    return [rows[name].receptive_field[0] for name in names]


def test_lenets_receptive_fields_grow_to_the_whole_picture():
    today = fields(models.lenet5(), (1, 32, 32), "c1", "s2", "c3", "s4", "c5")
    published = fields(models.lenet5_1998(), (1, 32, 32), "c1", "s2.sum", "c3", "s4.scale", "c5")
    assert today == published == [5, 6, 14, 16, 32]


def test_the_published_receptive_fields_of_alexnet_and_vgg16():
    names = ("features.0", "features.3", "features.10", "features.12")
    assert fields(on_meta(models.alexnet), (3, 224, 224), *names) == [11, 51, 163, 195]
    assert fields(on_meta(models.vgg16), (3, 224, 224), "features.28", "features.30") == [196, 212]


def test_two_small_kernels_see_as_far_as_one_large_one():
    stacked, large = models.small_vgg(), models.small_vgg(convolutions=1, kernel_size=5)
    assert fields(stacked, (3, 32, 32), "features.4") == fields(large, (3, 32, 32), "features.2") == [6]
    assert fields(stacked, (3, 32, 32), "features.14") == fields(large, (3, 32, 32), "features.8")
