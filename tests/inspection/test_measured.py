"""Receptive fields measured by gradients: right, harmless, and as wide as theory says."""

import math

import pytest
import torch
from torch import nn
from torch.nn import functional as F
from torchvision import models

from cnnlab import geometry, inspection
from tests.refused import refused

measured = inspection.measured_receptive_field
effective = inspection.effective_receptive_field
CONV = nn.Conv2d(1, 4, 3, padding=1)


def means(depth, kernel_size=3):
    """A stack of box filters."""
    layers = [nn.Conv2d(1, 1, kernel_size, padding=kernel_size // 2, bias=False) for _ in range(depth)]
    for layer in layers:
        nn.init.constant_(layer.weight, 1 / kernel_size**2)
    return nn.Sequential(*layers)


class Functional(nn.Module):
    """What students write: layers in the constructor, the rest as functions."""

    def __init__(self):
        super().__init__()
        self.conv1, self.conv2 = nn.Conv2d(1, 6, 5, padding=2), nn.Conv2d(6, 16, 5)

    def forward(self, x):
        x = F.max_pool2d(torch.sigmoid(self.conv1(x)), 2)
        return F.max_pool2d(F.relu(self.conv2(x)), 2)


def test_fields_by_hand():
    assert measured(CONV, 9, 4) == ((3, 5), (3, 5))
    assert measured(CONV, (9, 12)) == ((3, 5), (5, 7))  # the centre is (4, 6)
    assert measured(CONV, 9, (0, 8)) == ((0, 1), (7, 8))
    assert measured(nn.Conv2d(1, 1, 1, padding=1), 4, 0) is None  # nothing but padding


@pytest.mark.parametrize(
    "layer",
    [
        nn.MaxPool2d(3, 2, 1),
        nn.MaxPool2d(2, 3, ceil_mode=True),
        nn.MaxPool2d(2, 1, dilation=3),
        nn.AvgPool2d((1, 3)),
        nn.AdaptiveMaxPool2d(1),
        nn.LPPool2d(2, 2),
        nn.Sequential(nn.ReLU6(), nn.Sigmoid(), nn.Tanh(), nn.Hardtanh(), nn.GELU(), nn.PReLU()),
        nn.Sequential(nn.BatchNorm2d(4), nn.Dropout(0.9), nn.Softmax(1)),
    ],
    ids=lambda layer: type(layer).__name__,
)
def test_layers_that_hide_gradients_are_measured_all_the_same(layer):
    model = nn.Sequential(CONV, layer, nn.Conv2d(4, 2, 2, padding=1))
    size = (15, 14)
    described = nn.Sequential(
        *(part for part in model.modules() if not isinstance(part, (nn.Sequential, nn.PReLU)))
    )
    adaptive = isinstance(layer, nn.AdaptiveMaxPool2d)
    field = geometry.receptive_field(geometry.from_module(described, size), size)
    for position in (0, 1, None):
        with torch.no_grad():
            height, width = model.eval()(torch.zeros(1, 1, *size)).shape[-2:]
        where = (height // 2, width // 2) if position is None else (position, position)
        expected = field.field_at(where, inside=True)
        assert measured(model, size, position) == expected
        assert expected is not None or adaptive


def test_functional_pooling_and_activations_are_seen_through():
    field = geometry.receptive_field(geometry.from_module(Functional()), 28)
    assert field.size == (16, 16)
    for position in [(0, 0), (2, 2), (4, 4)]:
        assert measured(Functional(), 28, position) == field.field_at(position, inside=True)


def test_a_network_of_torchvision_sees_as_far_as_the_formula_says():
    model = nn.Sequential(*list(models.resnet18().children())[:6])
    field = geometry.receptive_field(geometry.from_module(model), 128)
    assert field.size == (99, 99)
    assert measured(model, 128, (8, 0)) == field.field_at((8, 0), inside=True)


def test_features_see_all_that_is_flattened():
    model = nn.Sequential(nn.Conv2d(3, 2, 3, stride=2), nn.Flatten(), nn.Linear(2 * 3 * 3, 5))
    assert measured(model, 8) == ((0, 6), (0, 6))  # the last row and column are never reached
    graph = geometry.from_module(model)
    assert geometry.receptive_field(graph, 8).field_at(0, inside=True) == ((0, 6), (0, 6))


def test_signals_are_pictures_of_one_row():
    model = nn.Sequential(nn.Conv1d(2, 4, 5, padding=2), nn.MaxPool1d(2), nn.Conv1d(4, 1, 3, dilation=2))
    field = geometry.receptive_field(geometry.from_module(model), (1, 30))
    for position in [(0, 0), (0, 5), (0, 10)]:
        assert measured(model, (1, 30), position) == field.field_at(position, inside=True)
    assert effective(model, (1, 30), samples=2).shape == (1, 30)


@pytest.mark.parametrize("look", [measured, effective])
def test_the_model_and_the_random_state_stay_as_they_were(look):
    model = nn.Sequential(nn.Conv2d(1, 2, 3), nn.BatchNorm2d(2), nn.ReLU(inplace=True)).train()
    before = {name: value.clone() for name, value in model.state_dict().items()}
    state = torch.get_rng_state()
    with torch.no_grad():
        look(model, 8)
    assert torch.equal(state, torch.get_rng_state())
    assert all(part.training for part in model.modules())
    assert all(torch.equal(value, before[name]) for name, value in model.state_dict().items())
    assert all(weight.grad is None and weight.requires_grad for weight in model.parameters())


def test_a_first_layer_in_place_and_frozen_weights_are_no_obstacle():
    model = nn.Sequential(nn.ReLU(inplace=True), CONV).requires_grad_(False)
    assert measured(model, 9, 4) == ((3, 5), (3, 5))
    assert effective(model, 9).sum() == pytest.approx(1)


def test_box_filters_spread_with_the_root_of_the_depth():
    for depth in (1, 4, 9):
        field = effective(means(depth), 2 * depth + 3, samples=1)
        assert field.sum() == pytest.approx(1)
        assert inspection.field_deviation(field) == pytest.approx((math.sqrt(depth * 8 / 12),) * 2, rel=1e-6)
        rows = (field > 0).any(dim=1).sum()
        assert rows == 2 * depth + 1 == geometry.receptive_field([geometry.Conv(1, 1, 3)] * depth).size[0]


def test_most_of_a_deep_field_hardly_matters():
    field = effective(means(20), 45, samples=1)
    assert inspection.effective_size(field) < 41 / 2
    assert inspection.effective_size(field, threshold=1e-300) > inspection.effective_size(
        field, threshold=0.5
    )


def test_a_linear_network_has_the_same_field_for_every_picture_and_relu_has_not():
    def fields(model):
        return [effective(model, 9, samples=2, seed=seed) for seed in (0, 0, 1)]

    first, again, other = fields(means(2))
    torch.testing.assert_close(first, other)
    torch.manual_seed(0)
    first, again, other = fields(nn.Sequential(CONV, nn.ReLU(), nn.Conv2d(4, 1, 3, padding=1)))
    assert torch.equal(first, again)
    assert not torch.allclose(first, other)


def test_measures_of_visible_fields():
    field = torch.zeros(5, 7)
    assert inspection.effective_size(field) == 0
    field[2, 1] = field[2, 5] = 1
    assert inspection.field_deviation(field) == (0, 2)
    assert inspection.effective_size(field) == math.sqrt(2)
    field[0, 0] = 0.04
    assert inspection.effective_size(field) == math.sqrt(2)
    assert inspection.effective_size(field, threshold=0.03) == math.sqrt(3)


def test_a_model_without_influence_has_an_empty_field():
    class Constant(nn.Module):
        def forward(self, x):
            return torch.ones(1, 1, 3, 3)

    assert measured(Constant(), 3) is None
    assert not effective(Constant(), 3).any()


class Pair(nn.Module):
    def forward(self, x):
        return x, x


WRONG_TYPES = {
    "model must be a torch module, got str": lambda: measured("net", 8),
    "model must return a tensor, got tuple": lambda: measured(Pair(), 8),
    "field must be a tensor, got list": lambda: inspection.effective_size([1.0]),
}
test_wrong_types_are_named = refused(TypeError, WRONG_TYPES)

WRONG_VALUES = {
    "model must return maps or features, got shape (64,)": lambda: measured(nn.Flatten(0), 8),
    "input_size must be positive, got 0": lambda: measured(CONV, 0),
    "position must lie within the output (8, 8), got (0, 8)": lambda: measured(CONV, 8, (0, 8)),
    "position must be zero or positive, got -1": lambda: measured(CONV, 8, -1),
    "in_channels must be positive, got 0": lambda: measured(CONV, 8, in_channels=0),
    "input_size must be (1, L) for a model of signals, got (8, 8)": lambda: measured(nn.Conv1d(1, 1, 3), 8),
    "samples must be positive, got 0": lambda: effective(CONV, 8, samples=0),
    "seed must be zero or positive, got -1": lambda: effective(CONV, 8, seed=-1),
    "field must have shape (H, W), got (3,)": lambda: inspection.effective_size(torch.ones(3)),
    "threshold must be positive and finite, got 0": lambda: inspection.effective_size(torch.ones(3, 3), 0),
    "field must have a pixel that matters, got zeros": lambda: inspection.field_deviation(torch.zeros(3, 3)),
}
test_wrong_values_are_named = refused(ValueError, WRONG_VALUES)


AROUND = {
    "autocast": lambda: torch.autocast("cpu", torch.bfloat16),
    "inference": torch.inference_mode,
    "no gradients": torch.no_grad,
}


@pytest.mark.parametrize("around", AROUND)
def test_fields_do_not_depend_on_what_is_switched_on_around_the_call(around):
    torch.manual_seed(0)
    model = nn.Sequential(nn.Conv2d(1, 4, 3, stride=2, padding=1), nn.ReLU(), nn.Conv2d(4, 2, 3))
    before = measured(model, 15, (1, 2)), effective(model, 15, samples=2)
    with AROUND[around]():
        assert measured(model, 15, (1, 2)) == before[0]
        assert torch.equal(effective(model, 15, samples=2), before[1])


def test_the_pictures_do_not_depend_on_the_default_dtype():
    torch.manual_seed(0)
    model = nn.Conv2d(1, 1, 3, padding=1)
    before = effective(model, 5, samples=2)
    torch.set_default_dtype(torch.float64)
    try:
        assert torch.equal(effective(model, 5, samples=2), before)
    finally:
        torch.set_default_dtype(torch.float32)
