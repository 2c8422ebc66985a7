"""DrawDigit: a chain of layers with 16-bit numbers that answers as the network does."""

import numpy as np
import pytest
import torch
from torch import nn

from cnnlab.explorers import DrawDigit
from cnnlab.explorers.draw_digit.chain import Chain
from tests.layer_lists import lenet

SEVEN = [[(0.3, 0.2), (0.7, 0.2), (0.4, 0.8)]]
REFLECTING = nn.Conv2d(1, 1, 3, padding=1, padding_mode="reflect")
TOO_LARGE = nn.Linear(64, 3)
nn.init.constant_(TOO_LARGE.weight, 1e6)


def test_probabilities_are_the_networks_up_to_the_rounding_of_its_weights():
    network = nn.Sequential(lenet(), nn.Dropout(0.5))
    explorer = DrawDigit(network, mean=0.13, std=0.31, strokes=SEVEN)
    grid = torch.tensor(explorer.grid(), dtype=torch.float32)
    expected = network.eval()((grid[None, None] - 0.13) / 0.31).softmax(1)[0].detach().numpy()
    assert np.abs(explorer.probabilities() - expected).max() < 1e-3
    assert np.array_equal(explorer.probabilities(), explorer.probabilities(explorer.grid()))
    assert explorer.probabilities().sum() == pytest.approx(1)


@pytest.mark.parametrize("end", [nn.Softmax(1), nn.LogSoftmax(1)])
def test_a_softmax_at_the_end_changes_nothing(end):
    plain, ended = DrawDigit(lenet(), strokes=SEVEN), DrawDigit(nn.Sequential(lenet(), end), strokes=SEVEN)
    assert np.array_equal(plain.probabilities(), ended.probabilities())
    assert plain.network == ended.network


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
    assert DrawDigit(lenet()).packed() == Chain(lenet()).numbers.tobytes()


def test_the_text_tells_the_two_best_by_name():
    network = nn.Sequential(nn.Flatten(), nn.Linear(64, 3))
    nn.init.zeros_(network[1].weight)
    network[1].bias.data = torch.tensor([0.0, 2.0, 1.0])
    assert DrawDigit(network, 8).describe() == "Nothing is drawn yet."
    for classes, first, second in ((None, "1", "2"), (["cat", "dog", "cow"], "dog", "cow")):
        words = f"The network sees {first} with a probability of 66.5%, then {second} with 24.5%."
        assert DrawDigit(network, 8, classes=classes, strokes=SEVEN).describe() == words


@pytest.mark.parametrize(
    ("layers", "sentence"),
    [
        ([nn.Conv2d(1, 2, 3), nn.BatchNorm2d(2)], "model must consist of Conv2d, .*, got BatchNorm2d at '1'"),
        ([nn.Sequential(nn.GELU())], "model must consist of .*, got GELU at '0.0'"),
        ([nn.Softmax(1), nn.Flatten()], "model must consist of .*, got Softmax at '0'"),
        ([nn.Linear(8, 3), nn.Flatten()], "layer '0': Linear must follow a Flatten, got none before it"),
        ([nn.Flatten(2)], "layer '0': start_dim must be 1 and end_dim -1, got 2, -1"),
        ([nn.MaxPool2d(2, ceil_mode=True)], "layer '0': ceil_mode must be False, got True"),
        ([nn.MaxPool2d(2, dilation=2)], "layer '0': dilation must be 1, got 2"),
        ([REFLECTING], "layer '0': padding_mode must be 'zeros', got 'reflect'"),
        ([nn.AdaptiveAvgPool2d(2)], "layer '0': output_size must be 1, got 2"),
        ([nn.Flatten(), nn.Linear(64, 2000)], "model must have at most 92500 numbers, got 130000"),
        ([nn.Flatten(), TOO_LARGE], "model must have numbers from -65504 to 65504, got others"),
        ([nn.Flatten(), nn.Linear(63, 3)], r"model must take pictures of \(1, 8, 8\), .*"),
        ([nn.Flatten()], r"model must give 2 to 12 numbers, got shape \(64,\)"),
        ([nn.ReLU()], r"model must give 2 to 12 numbers, got shape \(1, 8, 8\)"),
    ],
)
def test_networks_that_the_browser_cannot_run_are_refused(layers, sentence):
    with pytest.raises(ValueError, match=f"^{sentence}$"):
        DrawDigit(nn.Sequential(*layers), 8)


def test_a_grid_of_another_shape_is_refused():
    with pytest.raises(ValueError, match=r"^grid must have shape \(28, 28\), got \(8, 8\)$"):
        DrawDigit(lenet()).probabilities(np.zeros((8, 8)))


def test_twin_holds_what_the_network_sees_and_every_probability(twin):
    explorer = DrawDigit(lenet(), strokes=SEVEN)
    left, right = twin(explorer).axes
    assert np.array_equal(left.images[0].get_array(), explorer.grid())
    assert [bar.get_width() for bar in right.containers[0]] == explorer.probabilities().tolist()


def test_before_anything_is_drawn_the_twin_shows_no_probability(twin):
    right = twin(DrawDigit(lenet())).axes[1]
    assert [bar.get_width() for bar in right.containers[0]] == [0] * 10
