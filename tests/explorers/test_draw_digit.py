"""DrawDigit: a chain of layers with 16-bit numbers that answers as the network does."""

import matplotlib.pyplot as plt
import numpy as np
import pytest
import torch
import traitlets
from torch import nn

from cnnlab import figures
from cnnlab.explorers import DrawDigit
from cnnlab.explorers.draw_digit.chain import Chain

SEVEN = [[(0.3, 0.2), (0.7, 0.2), (0.4, 0.8)]]


def lenet(*end):
    torch.manual_seed(0)
    return nn.Sequential(
        *(nn.Conv2d(1, 6, 5, padding=2), nn.Tanh(), nn.AvgPool2d(2)),
        *(nn.Conv2d(6, 16, 5), nn.Tanh(), nn.AvgPool2d(2)),
        *(nn.Conv2d(16, 120, 5), nn.Tanh(), nn.Flatten()),
        *(nn.Linear(120, 84), nn.Tanh(), nn.Dropout(0.5), nn.Linear(84, 10), *end),
    )


def test_repr_states_the_settings():
    words = "DrawDigit explorer: 28 x 28 pixels, 10 classes, 1 stroke"
    assert repr(DrawDigit(lenet(), strokes=SEVEN)) == words
    assert DrawDigit(lenet(), strokes=SEVEN)._repr_mimebundle_()[0]["text/plain"] == words
    assert repr(DrawDigit(lenet())).endswith("nothing drawn")


def test_probabilities_are_the_networks_up_to_the_rounding_of_its_weights():
    network = lenet()
    explorer = DrawDigit(network, mean=0.13, std=0.31, strokes=SEVEN)
    grid = torch.tensor(explorer.grid(), dtype=torch.float32)
    expected = network.eval()((grid[None, None] - 0.13) / 0.31).softmax(1)[0].detach().numpy()
    assert np.abs(explorer.probabilities() - expected).max() < 1e-3
    assert np.array_equal(explorer.probabilities(), explorer.probabilities(explorer.grid()))
    assert explorer.probabilities().sum() == pytest.approx(1)


@pytest.mark.parametrize("end", [nn.Softmax(1), nn.LogSoftmax(1)])
def test_a_softmax_at_the_end_changes_nothing(end):
    plain, ended = DrawDigit(lenet(), strokes=SEVEN), DrawDigit(lenet(end), strokes=SEVEN)
    assert np.array_equal(plain.probabilities(), ended.probabilities())
    assert plain.network == ended.network


def test_a_lenet_fits_into_a_notebook():
    state = DrawDigit(lenet(), strokes=SEVEN).get_state()
    sizes = {
        name: len(value) * 4 // 3 if isinstance(value, bytes) else len(str(value))
        for name, value in state.items()
    }
    assert max(sizes.values()) < 50_000
    assert sum(sizes.values()) < 300_000
    assert sum(len(state[f"part_{part}"]) for part in range(5)) == 2 * 61_706


def test_the_network_is_left_as_it_is():
    network = lenet().train()
    before = {name: value.clone() for name, value in network.state_dict().items()}
    DrawDigit(network)
    assert network.training
    assert all(value.dtype == torch.float32 for value in network.state_dict().values())
    assert all(torch.equal(value, before[name]) for name, value in network.state_dict().items())


def test_nested_chains_and_layers_that_stand_twice_are_followed():
    shared = nn.Linear(6, 6)
    inner = nn.Sequential(nn.Flatten(), nn.Linear(64, 6), nn.ReLU())
    network = nn.Sequential(inner, shared, nn.ReLU(), shared).double()
    picture = torch.rand(1, 1, 8, 8, dtype=torch.float64)
    chain = Chain(network)
    assert [layer["kind"] for layer in chain.layers] == ["linear", "relu", "linear", "relu", "linear"]
    assert torch.allclose(chain.logits(picture), network(picture), atol=5e-3)


def test_each_layers_numbers_begin_behind_those_of_the_layer_before():
    layers = Chain(lenet()).layers
    starts = [layer["at"] for layer in layers if "at" in layer]
    assert starts == [0, 156, 156 + 2416, 156 + 2416 + 48120, 156 + 2416 + 48120 + 10164]
    assert len(Chain(lenet()).numbers) == starts[-1] + 850


def test_classes_have_names():
    explorer = DrawDigit(nn.Sequential(nn.Flatten(), nn.Linear(64, 2)), 8, classes=["cat", "dog"])
    explorer.strokes = SEVEN
    assert (
        "cat with a probability of" in explorer.describe()
        or "dog with a probability of" in explorer.describe()
    )


def test_the_text_tells_the_two_best():
    network = nn.Sequential(nn.Flatten(), nn.Linear(64, 3))
    nn.init.zeros_(network[1].weight)
    network[1].bias.data = torch.tensor([0.0, 2.0, 1.0])
    assert DrawDigit(network, 8).describe() == "Nothing is drawn yet."
    assert DrawDigit(network, 8, strokes=SEVEN).describe() == (
        "The network sees 1 with a probability of 66.5%, then 2 with 24.5%."
    )


@pytest.mark.parametrize(
    ("model", "error", "sentence"),
    [
        (nn.Linear(64, 10), TypeError, "model must be an nn.Sequential, got Linear"),
        (
            nn.Sequential(nn.Conv2d(1, 2, 3), nn.BatchNorm2d(2)),
            ValueError,
            "model must consist of Conv2d, .*, got BatchNorm2d at '1'",
        ),
        (nn.Sequential(nn.Sequential(nn.GELU())), ValueError, "model must consist of .*, got GELU at '0.0'"),
        (nn.Sequential(nn.Softmax(1), nn.Flatten()), ValueError, "model must .*, got Softmax at '0'"),
        (
            nn.Sequential(nn.Linear(8, 3), nn.Flatten()),
            ValueError,
            "layer '0': Linear must follow a Flatten, .*",
        ),
        (
            nn.Sequential(nn.Flatten(2)),
            ValueError,
            "layer '0': start_dim must be 1 and end_dim -1, got 2, -1",
        ),
        (
            nn.Sequential(nn.MaxPool2d(2, ceil_mode=True)),
            ValueError,
            "layer '0': ceil_mode must be False, got True",
        ),
        (nn.Sequential(nn.MaxPool2d(2, dilation=2)), ValueError, "layer '0': dilation must be 1, got 2"),
        (
            nn.Sequential(nn.Conv2d(1, 1, 3, padding=1, padding_mode="reflect")),
            ValueError,
            "layer '0': padding_mode must be 'zeros', got 'reflect'",
        ),
        (nn.Sequential(nn.AdaptiveAvgPool2d(2)), ValueError, "layer '0': output_size must be 1, got 2"),
        (
            nn.Sequential(nn.Flatten(), nn.Linear(64, 2000)),
            ValueError,
            "model must have at most 92500 numbers, got 130000",
        ),
        (
            nn.Sequential(nn.Flatten(), nn.Linear(63, 3)),
            ValueError,
            r"model must take pictures of \(1, 8, 8\), .*",
        ),
        (nn.Sequential(nn.Flatten()), ValueError, r"model must give 2 to 12 numbers, got shape \(64,\)"),
        (nn.Sequential(nn.ReLU()), ValueError, r"model must give 2 to 12 numbers, got shape \(1, 8, 8\)"),
    ],
)
def test_networks_that_the_browser_cannot_run_are_refused(model, error, sentence):
    with pytest.raises(error, match=f"^{sentence}$"):
        DrawDigit(model, 8)


def test_numbers_beyond_16_bits_are_refused():
    network = nn.Sequential(nn.Flatten(), nn.Linear(64, 3))
    nn.init.constant_(network[1].weight, 1e6)
    with pytest.raises(ValueError, match=r"^model must have numbers from -65504 to 65504, got others$"):
        DrawDigit(network, 8)


@pytest.mark.parametrize(
    ("arguments", "error", "sentence"),
    [
        ({"size": 7}, ValueError, "size must be from 8 to 64, got 7"),
        ({"std": 0}, ValueError, "std must be between 1e-06 and 1e[+]06, got 0"),
        ({"mean": "a"}, TypeError, "mean must be a number, got 'a'"),
        ({"classes": ["a"]}, ValueError, "classes must be 10 names, one for each output, got 1"),
        ({"centre": 1}, TypeError, "centre must be True or False, got 1"),
        ({"box": 2}, ValueError, "box must be between 3.33333 and 28, got 2"),
        ({"pen": 0}, ValueError, "pen must be between 0.5 and 14, got 0"),
        ({"edge": 0}, ValueError, "edge must be between 0.1 and 14, got 0"),
        ({"strokes": [[(0, 2)]]}, ValueError, "each number of strokes must be between 0 and 1, got 2"),
        ({"strokes": [[(0, 1, 1)]]}, ValueError, r"strokes must each be points \(x, y\), got others"),
        ({"strokes": [[]]}, ValueError, r"strokes must each be points \(x, y\), got others"),
        ({"strokes": [[(0, 1)] * 2001]}, ValueError, "strokes must have at most 2000 points, got 2001"),
    ],
)
def test_wrong_arguments_give_one_sentence(arguments, error, sentence):
    with pytest.raises(error, match=f"^{sentence}$"):
        DrawDigit(lenet(), **arguments)


def test_a_grid_of_another_shape_is_refused():
    with pytest.raises(ValueError, match=r"^grid must have shape \(28, 28\), got \(8, 8\)$"):
        DrawDigit(lenet()).probabilities(np.zeros((8, 8)))


@pytest.mark.parametrize(
    ("name", "value", "error"), [("strokes", [[[0.0, 3.0]]], ValueError), ("down", "x", traitlets.TraitError)]
)
def test_wrong_assignments_change_nothing(name, value, error):
    explorer = DrawDigit(lenet(), strokes=SEVEN)
    before = explorer.get_state()
    with pytest.raises(error, match=name):
        setattr(explorer, name, value)
    assert explorer.get_state() == before


def test_twin_holds_what_the_network_sees_and_every_probability():
    explorer = DrawDigit(lenet(), strokes=SEVEN)
    fig = explorer.static_twin()
    fig.draw_without_rendering()
    left, right = fig.axes
    assert np.array_equal(left.images[0].get_array(), explorer.grid())
    assert [bar.get_width() for bar in right.containers[0]] == explorer.probabilities().tolist()
    assert figures.describe(fig) == figures.describe(explorer.static_twin())
    plt.close("all")


def test_before_anything_is_drawn_the_twin_shows_no_probability():
    fig = DrawDigit(lenet()).static_twin()
    assert [bar.get_width() for bar in fig.axes[1].containers[0]] == [0] * 10
    plt.close("all")
