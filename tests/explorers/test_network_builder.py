"""NetworkBuilder: its table is geometry's and PyTorch's, and a layer that does not fit is told in words."""

import pytest
import torch
from torch import nn

from cnnlab import geometry
from cnnlab.explorers import NetworkBuilder
from cnnlab.explorers.network_builder.layer_list import WINDOW
from tests.layer_lists import LENET, random_network

SEEDS = range(60)
FITTING = [seed for seed in SEEDS if not NetworkBuilder(*random_network(seed)).problem()]
OTHERS = sorted({*SEEDS} - {*FITTING})


def test_lenets_table_is_the_published_one():
    builder = NetworkBuilder(LENET)
    assert builder.parameters() == 61_706
    counts = [row.parameters for row in builder.rows() if row.parameters]
    assert counts == [156, 2416, 48120, 10164, 850]
    assert builder.rows()[0].multiply_adds == 5 * 5 * 6 * 28 * 28
    assert builder.rows()[3].field == (14, 14)
    assert builder.problem() == ""


@pytest.mark.parametrize("seed", FITTING)
def test_the_table_is_that_of_the_module_and_of_what_it_computes(seed):
    layers, size = random_network(seed)
    builder = NetworkBuilder(layers, size)
    module, rows = builder.to_module().eval(), builder.rows()
    graph = geometry.from_module(module)
    assert builder.parameters() == sum(values.numel() for values in module.parameters())
    assert sum(row.multiply_adds for row in rows) == geometry.multiply_adds(graph, size[1:])
    assert rows[-1].field == geometry.receptive_field(graph, size[1:]).size
    maps = torch.zeros(1, *size)
    for part, row in zip(module, rows, strict=True):
        maps = part(maps)
        assert (*maps.shape[1:], 1, 1)[:3] == row.shape
        assert row.activations == maps.numel()
        assert row.parameters == sum(values.numel() for values in part.parameters())


@pytest.mark.parametrize("seed", OTHERS)
def test_what_does_not_fit_pytorch_refuses_too(seed):
    layers, size = random_network(seed)
    builder = NetworkBuilder(layers, size)
    fits, maps = len(builder.rows()), torch.zeros(1, *size)
    misfit = builder.layers[fits]
    kind = misfit["kind"]
    assert builder.problem().startswith(f"Layer {fits + 1}, {kind}, does not fit: ")
    if fits:
        maps = NetworkBuilder(layers[:fits], size).to_module().eval()(maps)
    window = {name: misfit[name] for name in WINDOW if name in misfit}
    if kind == "linear":
        assert maps.ndim == 4
    elif maps.ndim == 2:
        assert kind.endswith(("pool", "conv"))
    else:
        pool = nn.Conv2d(maps.shape[1], 1, **window) if kind == "conv" else nn.MaxPool2d(**window)
        with pytest.raises(RuntimeError):
            pool(maps)


def test_a_network_that_does_not_fit_is_not_built():
    with pytest.raises(
        ValueError, match=r"^layers must fit one another, got: Layer 1, linear, does not fit: it"
    ):
        NetworkBuilder([{"kind": "linear"}]).to_module()


def test_the_random_networks_try_both():
    assert len(FITTING) > 20
    assert len(OTHERS) > 5


@pytest.mark.parametrize(
    ("kinds", "why"),
    [
        (["ReLU", "conv"], "its kernel spans 3, but its padded input is 2 × 4"),
        (["ReLU", "linear"], "it needs features, so put a flatten before it"),
        (["flatten", "max pool"], "it needs maps, but a flatten comes before it"),
    ],
)
def test_a_layer_that_does_not_fit_is_told_in_words(kinds, why):
    builder = NetworkBuilder([{"kind": kind} for kind in kinds], (1, 2, 4))
    problem = f"Layer 2, {kinds[1]}, does not fit: {why}."
    assert builder.problem() == problem
    assert builder.describe().endswith(problem)


def test_the_module_has_every_kind_of_layer():
    kinds = {
        **{nn.Conv2d: "conv", nn.BatchNorm2d: "batch norm", nn.ReLU: "ReLU", nn.Tanh: "tanh"},
        **{nn.Sigmoid: "sigmoid", nn.MaxPool2d: "max pool", nn.AvgPool2d: "average pool"},
        **{nn.Flatten: "flatten", nn.BatchNorm1d: "batch norm", nn.Linear: "linear"},
    }
    layers = [*({"kind": kind} for kind in kinds.values()), {"kind": "dropout", "p": 0.2}]
    *parts, dropout = NetworkBuilder(layers).to_module()
    assert [type(part) for part in parts] == list(kinds)
    assert (type(dropout), dropout.p) == (nn.Dropout, 0.2)


def test_a_pools_stride_is_its_kernel_unless_given():
    builder = NetworkBuilder([{"kind": "max pool", "kernel_size": 3}, {"kind": "max pool", "stride": 1}])
    assert [layer["stride"] for layer in builder.layers] == [3, 1]


def test_the_text_tells_every_layer_and_the_total():
    builder = NetworkBuilder([{"kind": "flatten"}, {"kind": "linear"}], (1, 2, 2), budget=60)
    assert builder.describe() == (
        "1 flatten: 4 x 1 x 1, 0 parameters; 2 linear: 10 x 1 x 1, 50 parameters. "
        "In all 50 parameters and 40 multiply-adds. The budget is 60 parameters."
    )


def test_fewer_layers_move_the_choice_to_the_last():
    builder = NetworkBuilder(LENET)
    assert builder.layer == 12
    builder.layers = [{"kind": "ReLU"}]
    assert builder.layer == 1


def test_twin_holds_the_counts_of_every_layer(twin):
    builder = NetworkBuilder([*LENET, {"kind": "conv"}])
    axes = twin(builder).axes
    counts = [(row.parameters, row.activations, row.multiply_adds) for row in builder.rows()]
    widths = [[bar.get_width() for bar in ax.containers[0]] for ax in axes]
    assert list(zip(*widths, strict=True)) == counts
    labels = [label.get_text() for label in axes[0].get_yticklabels()]
    assert (labels[0], labels[-1]) == ("1 conv, 6×28×28", "13 conv, does not fit")


def test_a_network_of_which_nothing_fits_has_a_twin(twin):
    assert twin(NetworkBuilder([{"kind": "linear"}])).axes[0].get_title() == "parameters: 0"
