"""A model that keeps what it computed is looked into like any other, and left as it was."""

import copy
from functools import partial

import pytest
import torch
from torch import nn

from cnnlab import geometry, inspection
from cnnlab.explorers.draw_digit.chain import Chain
from cnnlab.explorers.feature_maps.recorded_maps import record
from cnnlab.inspection.copies import copied

PICTURES = torch.rand(2, 1, 8, 8, generator=torch.Generator().manual_seed(0))


class Keeping(nn.Module):
    """Keeps its maps three times over, as a lecture on feature maps does."""

    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(1, 3, 3, bias=False)
        self.every = []

    def forward(self, images):
        self.maps = self.conv(images)
        self.every = [self.maps, {"again": self.maps}]
        return self.maps.mean((2, 3))


class KeepingMaps(Keeping):
    """The same without what ``geometry`` does not know."""

    def forward(self, images):
        self.maps = self.conv(images)
        return self.maps


def kept(kind):
    """A model that has seen pictures, with gradients, and the maps that it keeps."""
    torch.manual_seed(0)
    model = kind().train()
    model(PICTURES)
    return model, model.maps


LOOKS = {
    "shift_consistency": (Keeping, partial(inspection.shift_consistency, images=PICTURES, shifts=[1])),
    "shifted_predictions": (Keeping, partial(inspection.shifted_predictions, images=PICTURES, shifts=[1])),
    "measured": (KeepingMaps, partial(inspection.measured_receptive_field, input_size=8)),
    "effective": (KeepingMaps, partial(inspection.effective_receptive_field, input_size=8)),
    "feature maps": (Keeping, partial(record, images=PICTURES)),
    "from_module": (KeepingMaps, geometry.from_module),
    "layer_table": (KeepingMaps, partial(geometry.layer_table, input_shape=(1, 8, 8))),
}


@pytest.mark.parametrize("name", LOOKS)
def test_a_model_that_keeps_its_maps_is_looked_into_and_left_as_it_was(name):
    kind, look = LOOKS[name]
    model, maps = kept(kind)
    weight, values = model.conv.weight.clone(), maps.detach().clone()
    attributes = dict(vars(model))
    look(model)
    assert vars(model) == attributes
    assert model.maps is maps
    assert maps.requires_grad
    assert torch.equal(maps, values)
    assert torch.equal(model.conv.weight, weight)
    assert model.training
    assert model.conv.training


def test_a_look_gives_the_same_whether_maps_are_kept_or_not():
    model, _ = kept(Keeping)
    fresh = Keeping()
    fresh.conv.load_state_dict(model.conv.state_dict())
    for look in (LOOKS["shift_consistency"][1], LOOKS["shifted_predictions"][1]):
        assert torch.equal(look(model), look(fresh))


def test_a_chain_may_keep_its_maps():
    model = nn.Sequential(nn.Conv2d(1, 2, 3), nn.ReLU())
    model.maps = model(PICTURES)
    assert Chain(model).layers[0]["kind"] == "conv"
    assert model.maps.requires_grad


def test_copies_of_one_kept_tensor_are_one_tensor():
    model, maps = kept(Keeping)
    with pytest.raises(RuntimeError, match="deepcopy"):
        copy.deepcopy(model)
    other = copied(model)
    assert other.every[0] is other.maps
    assert other.every[1]["again"] is other.maps
    assert torch.equal(other.maps, maps)
    assert other.maps.is_leaf
    other.maps.zero_()
    assert maps.any()
    assert other.conv.weight.requires_grad
    assert other.conv.weight is not model.conv.weight
