"""The real sets, where $CNNLAB_DATA holds them: hashes and counts, and torchvision reads the same."""

import os

import pytest
import torch
from torchvision import datasets, models

from cnnlab import data, training
from cnnlab import models as course
from cnnlab.data.store import find, stand_in

pytestmark = pytest.mark.skipif(not os.environ.get("CNNLAB_DATA"), reason="needs real data in $CNNLAB_DATA")


def needs(name):
    """Return the folder with a set, and skip the test where there is none: nothing is downloaded here."""
    folder = find(data.cards()[name])
    if folder is None:
        pytest.skip(f"$CNNLAB_DATA does not hold {name}")
    return folder


@pytest.mark.parametrize("name", ["mnist", "fashion_mnist"])
def test_mnist_is_verified_and_whole(name):
    needs(name)
    assert data.state(data.cards()[name]) == "verified"
    train, test = getattr(data, name)()
    assert (train.images.shape, test.images.shape) == ((60000, 1, 28, 28), (10000, 1, 28, 28))
    assert set(test.targets.tolist()) == set(range(10))


def test_mnist_is_read_as_torchvision_reads_it():
    folder = needs("mnist")
    train, test = data.mnist()
    # The mean and deviation that PyTorch's own example prints with four digits.
    assert (round(train.mean.item(), 4), round(train.std.item(), 4)) == (0.1307, 0.3081)
    if not (folder / "MNIST" / "raw" / "train-images-idx3-ubyte").exists():
        pytest.skip("torchvision needs the unpacked files")
    for ours, train_part in ((train, True), (test, False)):
        theirs = datasets.MNIST(folder, train=train_part)
        assert torch.equal(ours.images.squeeze(1), theirs.data)
        assert torch.equal(ours.targets, theirs.targets)


def test_cifar10_is_verified_whole_and_read_as_torchvision_reads_it():
    folder = needs("cifar10")
    assert data.state(data.cards()["cifar10"]) == "verified"
    train, test = data.cifar10()
    assert (train.images.shape, test.images.shape) == ((50000, 3, 32, 32), (10000, 3, 32, 32))
    assert train.targets.bincount().tolist() == [5000] * 10
    assert test.targets.bincount().tolist() == [1000] * 10
    theirs = datasets.CIFAR10(folder, train=False)
    assert torch.equal(test.images.permute(0, 2, 3, 1), torch.from_numpy(theirs.data))
    assert test.targets.tolist() == theirs.targets
    assert list(test.classes) == theirs.classes


def test_hymenoptera_is_whole():
    needs("hymenoptera")
    train, test = data.hymenoptera(size=64)
    assert (len(train), len(test)) == (244, 153)
    inputs, targets = next(train.batches(torch.tensor([0, 243]), batch_size=2))
    assert (inputs.shape, targets.tolist()) == ((2, 3, 64, 64), [0, 1])


def test_every_shape_meets_every_other_texture():
    needs("cue_conflict")
    cues = data.cue_conflict(size=64)
    assert len(cues.pictures) in (240, 1280)
    pairs = set(zip(cues.shapes.tolist(), cues.textures.tolist(), strict=True))
    assert {(shape, texture) for shape in range(16) for texture in range(16) if shape != texture} <= pairs
    assert len(cues.shapes.bincount().unique()) == 1


@pytest.mark.parametrize("name", data.PRETRAINED)
def test_weights_fit_their_network(name):
    card = data.cards()[name]
    if find(card) is None and stand_in(card) is None:
        pytest.skip(f"$CNNLAB_DATA does not hold {name}")
    getattr(models, name)().load_state_dict(data.pretrained(name))


def test_the_residual_network_reads_what_is_published():
    needs("cifar10_resnet20")
    needs("cifar10")
    network = course.cifar_resnet(20)
    network.load_state_dict(data.cifar10_resnet20())
    test = data.cifar10()[1]
    seen = {"mean": (0.485, 0.456, 0.406), "std": (0.229, 0.224, 0.225)}
    assert training.evaluate(network, data.Resident(test.images, test.targets, **seen)).accuracy == 0.9173
