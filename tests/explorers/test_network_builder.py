"""NetworkBuilder: its table is geometry's and PyTorch's, and a layer that does not fit is told in words."""

import matplotlib.pyplot as plt
import pytest
import torch
from torch import nn

from cnnlab import figures, geometry
from cnnlab.explorers import NetworkBuilder
from tests.layer_lists import LENET, random_network

SEEDS = range(60)
FITTING = [seed for seed in SEEDS if not NetworkBuilder(*random_network(seed)).problem()]
OTHERS = sorted({*SEEDS} - {*FITTING})


def test_repr_states_the_settings():
    words = "NetworkBuilder explorer: flatten, linear; input (1, 2, 2), 50 parameters, layer 2"
    builder = NetworkBuilder([{"kind": "flatten"}, {"kind": "linear"}], (1, 2, 2))
    assert repr(builder) == words
    assert builder._repr_mimebundle_()[0]["text/plain"] == words


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
    fits = len(builder.rows())
    kind = layers[fits]["kind"]
    assert builder.problem().startswith(f"Layer {fits + 1}, {kind}, does not fit: ")
    below = NetworkBuilder(layers[:fits], size).to_module().eval()(torch.zeros(1, *size)) if fits else None
    maps = torch.zeros(1, *size) if below is None else below
    window = {
        name: layers[fits].get(name, 2)
        for name in ("kernel_size", "stride", "padding")
        if name in layers[fits]
    }
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
    ("layers", "problem"),
    [
        (
            [{"kind": "conv", "kernel_size": 5}],
            "Layer 1, conv, does not fit: its kernel spans 5, but its padded input is 3 × 4.",
        ),
        (
            [{"kind": "ReLU"}, {"kind": "linear"}],
            "Layer 2, linear, does not fit: it needs features, so put a flatten before it.",
        ),
        (
            [{"kind": "flatten"}, {"kind": "max pool"}],
            "Layer 2, max pool, does not fit: it needs maps, but a flatten comes before it.",
        ),
    ],
)
def test_a_layer_that_does_not_fit_is_told_in_words(layers, problem):
    builder = NetworkBuilder(layers, (1, 3, 4))
    assert builder.problem() == problem
    assert builder.describe().endswith(problem)


def test_the_module_has_every_kind_of_layer():
    kinds = (
        "conv",
        "batch norm",
        "ReLU",
        "sigmoid",
        "max pool",
        "average pool",
        "flatten",
        "batch norm",
        "linear",
    )
    builder = NetworkBuilder([{"kind": kind} for kind in kinds] + [{"kind": "dropout", "p": 0.2}])
    names = [type(part).__name__ for part in builder.to_module()]
    assert names == [
        *("Conv2d", "BatchNorm2d", "ReLU", "Sigmoid", "MaxPool2d", "AvgPool2d"),
        *("Flatten", "BatchNorm1d", "Linear", "Dropout"),
    ]
    assert builder.to_module()[-1].p == 0.2


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


@pytest.mark.parametrize(
    ("arguments", "error", "sentence"),
    [
        ({"layers": 3}, TypeError, "layers must be a sequence of mappings, got 3"),
        ({"layers": []}, ValueError, "the number of layers must be from 1 to 30, got 0"),
        ({"layers": ["conv"]}, TypeError, "each layer must be a mapping, got 'conv'"),
        ({"layers": [{"kind": "dense"}]}, ValueError, "kind must be one of .*, got 'dense'"),
        (
            {"layers": [{"kind": "conv", "groups": 2}]},
            ValueError,
            "conv must have no other settings than .*, got 'groups'",
        ),
        (
            {"layers": [{"kind": "conv", "out_channels": 0}]},
            ValueError,
            "out_channels must be from 1 to 512, got 0",
        ),
        ({"layers": [{"kind": "dropout", "p": 1}]}, ValueError, "p must be between 0 and 0.9, got 1"),
        (
            {"layers": [{"kind": "max pool", "padding": 2}]},
            ValueError,
            "padding of a pool must be at most half its kernel, 1, got 2",
        ),
        ({"input_size": 28}, TypeError, r"input_size must be \(C, H, W\), got 28"),
        ({"input_size": (1, 0, 3)}, ValueError, "each number of input_size must be from 1 to 256, got 0"),
        ({"budget": 0}, ValueError, "budget must be from 1 to 1000000000, got 0"),
        ({"layer": 6}, ValueError, "layer must be from 1 to 5, got 6"),
    ],
)
def test_wrong_arguments_give_one_sentence(arguments, error, sentence):
    with pytest.raises(error, match=f"^{sentence}$"):
        NetworkBuilder(**arguments)


def test_twin_holds_the_counts_of_every_layer():
    builder = NetworkBuilder([*LENET, {"kind": "conv"}])
    fig = builder.static_twin()
    fig.draw_without_rendering()
    widths = [[bar.get_width() for bar in ax.containers[0]] for ax in fig.axes]
    assert widths[0] == [row.parameters for row in builder.rows()]
    assert widths[1] == [row.activations for row in builder.rows()]
    assert widths[2] == [row.multiply_adds for row in builder.rows()]
    labels = [label.get_text() for label in fig.axes[0].get_yticklabels()]
    assert (labels[0], labels[-1]) == ("1 conv, 6×28×28", "13 conv, does not fit")
    assert figures.describe(fig) == figures.describe(builder.static_twin())
    plt.close("all")


def test_a_network_of_which_nothing_fits_has_a_twin():
    fig = NetworkBuilder([{"kind": "linear"}]).static_twin()
    fig.draw_without_rendering()
    assert fig.axes[0].get_title() == "parameters: 0"
    plt.close("all")
