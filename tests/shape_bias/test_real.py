"""Networks trained on ImageNet on the cue-conflict pictures, where $CNNLAB_DATA holds both."""

import os

import pytest
from torchvision import models

from cnnlab import data
from cnnlab.data.store import find, stand_in
from cnnlab.shape_bias import IMAGENET_CLASSES, count

pytestmark = pytest.mark.skipif(not os.environ.get("CNNLAB_DATA"), reason="needs real data in $CNNLAB_DATA")


@pytest.fixture(scope="module")
def cues():
    if find(data.cards()["cue_conflict"]) is None:
        pytest.skip("$CNNLAB_DATA does not hold cue_conflict")
    return data.cue_conflict(agreeing=False)


@pytest.mark.parametrize(
    ("name", "shape", "texture"), [("squeezenet1_1", 30, 120), ("mobilenet_v2", 25, 118)]
)
def test_networks_trained_on_imagenet_go_by_texture(cues, name, shape, texture):
    card = data.cards()[name]
    if find(card) is None and stand_in(card) is None:
        pytest.skip(f"$CNNLAB_DATA does not hold {name}")
    network = getattr(models, name)()
    network.load_state_dict(data.pretrained(name))
    found = count(network, cues.pictures, cues.shapes, cues.textures, mapping=IMAGENET_CLASSES)
    assert found.trials == len(cues.pictures)
    assert network.training
    if found.trials == 240:  # one picture of each pair, and weights in half precision
        assert (found.shape, found.texture) == (shape, texture)
    assert found.bias < 0.3
