"""Parameters are counted by where they are stored, however many modules or names lead to them."""

import pytest
import torch
from torch import nn
from torchvision import models

from cnnlab.exercises.networks import Network
from cnnlab.geometry import (
    from_module,
    layer_table,
    multiply_adds,
    parameters,
    receptive_field,
    stored_numbers,
)

ONE = 8 * 8 * 3 * 3 + 8


def twice():
    conv = nn.Conv2d(8, 8, 3)
    return nn.Sequential(conv, nn.ReLU(), conv)


def tied():
    first, second = nn.Conv2d(8, 8, 3), nn.Conv2d(8, 8, 3)
    second.weight = first.weight
    return nn.Sequential(first, nn.ReLU(), second)


def viewed():
    first, second = nn.Conv2d(8, 8, 3), nn.Conv2d(8, 4, 3)
    second.weight = nn.Parameter(first.weight.data[2:6])
    return nn.Sequential(first, nn.ReLU(), second)


@pytest.mark.parametrize("device", ["cpu", "meta"])
@pytest.mark.parametrize(("network", "more"), [(twice, 0), (tied, 8), (viewed, 4)])
def test_what_modules_share_counts_once_and_what_they_compute_each_time(network, more, device):
    with torch.device(device):
        module = network()
    table = layer_table(module, (8, 9, 9))
    assert [row.parameters for row in table.rows] == [ONE, 0, more]
    assert table.parameters == parameters(from_module(module)) == stored_numbers(module.parameters())
    assert multiply_adds(from_module(module), 9) == table.multiply_adds > 8 * 8 * 9 * 49


@pytest.mark.parametrize(("network", "more"), [(twice, 0), (tied, 8), (viewed, 4)])
def test_an_exercises_network_counts_so_too(network, more):
    assert Network(network(), (1, 8, 9, 9)).parameters == ONE + more


def test_overlapping_views_count_their_union():
    numbers = torch.zeros(10)
    assert stored_numbers([numbers[:6], numbers[4:8], numbers[::2], numbers[:1].expand(5)]) == 9
    assert stored_numbers([]) == 0


def test_a_graph_remembers_the_size_it_was_read_for():
    with torch.device("meta"):
        module = models.inception_v3(init_weights=False)
    graph = from_module(module, 299)
    mixed = [name for name in graph if name.startswith("cat")][-1]
    # Araujo, Norris and Sim 2019 give 1,311; average pooling then joins 8 positions 32 pixels apart.
    assert receptive_field(graph, output=mixed).size == (1311, 1311)
    assert receptive_field(graph).size == (1311 + 7 * 32,) * 2
    assert multiply_adds(graph) == multiply_adds(graph, 299)
