"""Ants and bees, from the features of networks trained on ImageNet, where $CNNLAB_DATA holds all three."""

import os

import pytest
import torch
from torchvision import models

from cnnlab import data, transfer
from cnnlab.data.store import find, stand_in

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not os.environ.get("CNNLAB_DATA"), reason="needs real data in $CNNLAB_DATA"),
]


@pytest.fixture(scope="module")
def photographs():
    if find(data.cards()["hymenoptera"]) is None:
        pytest.skip("$CNNLAB_DATA does not hold hymenoptera")
    return data.hymenoptera()


def trained(name):
    card = data.cards()[name]
    if find(card) is None and stand_in(card) is None:
        pytest.skip(f"$CNNLAB_DATA does not hold {name}")
    model = getattr(models, name)()
    model.load_state_dict(data.pretrained(name))
    return model


def right(body, photographs):
    """How many of the 153 test pictures a linear probe of the body's features gets right."""
    found, test_found = (transfer.features(body, part, batch_size=32, pool=1) for part in photographs)
    targets, test_targets = (part.targets for part in photographs)
    probe = transfer.linear_probe(found, targets, 2, weight_decay=0.1)
    return int((probe(test_found).argmax(1) == test_targets).sum())


@pytest.mark.parametrize("name", ["squeezenet1_1", "mobilenet_v2"])
def test_frozen_features_tell_ants_from_bees(name, photographs):
    body = transfer.cut(trained(name), "features")
    assert right(body, photographs) >= 0.9 * 153


def test_permuted_weights_do_not(photographs):
    body = transfer.cut(trained("squeezenet1_1"), "features")
    assert right(transfer.permuted(body, 0), photographs) < 0.8 * 153


def test_a_head_on_a_frozen_network_is_the_network(photographs):
    """What the probe says of features, the whole network says of pictures."""
    model = transfer.freeze(trained("mobilenet_v2"))
    body = transfer.cut(model, "features")
    images, targets = next(photographs[0].batches(torch.arange(0, 244, 16)))
    found = transfer.features(body, images, pool=1)
    head = transfer.replace_head(model, 2)
    head.load_state_dict(transfer.linear_probe(found, targets, 2, weight_decay=0.1).state_dict())
    with torch.no_grad():
        torch.testing.assert_close(model.train()(images), head(found), atol=1e-3, rtol=1e-3)
