import hashlib
from dataclasses import replace

import pytest
import sklearn.datasets
import torch
from torch.testing import assert_close

from cnnlab import data
from cnnlab.data.registry import shipped_file


def test_a_smaller_photograph_is_the_middle_square():
    coffee = data.photograph("coffee")
    assert_close(data.photograph("coffee", size=400), coffee[:, :, 100:500])
    small = data.photograph("coffee", size=40)
    assert small.shape == (3, 40, 40)
    # Averaged, not thinned out: the colour stays.
    assert_close(small.mean((1, 2)), coffee[:, :, 100:500].mean((1, 2)), atol=5e-3, rtol=0)


def test_the_series_is_in_millivolts_and_seconds():
    membrane = data.series("membrane")
    assert membrane.values.dtype == torch.float32
    assert membrane.unit == "mV"
    # A nerve cell at rest is near -65 mV, and its spikes rise to about 0 mV.
    assert membrane.values[:100].mean() == pytest.approx(-66.8, abs=0.2)
    assert 0 < membrane.values.max() < 10
    assert membrane.seconds[-1] == pytest.approx(6.0, abs=0.01)


def test_digits_are_split_once_and_scaled_by_the_training_part():
    (images, labels), (test_images, test_labels) = data.digits(size=16)
    assert (images.shape, test_images.shape) == ((1437, 1, 16, 16), (360, 1, 16, 16))
    assert (labels.dtype, set(test_labels.tolist())) == (torch.int64, set(range(10)))
    assert images.mean().abs() < 1e-4
    assert images.std(correction=0) == pytest.approx(1, abs=1e-4)
    together = torch.cat([data.digits()[0][0], data.digits()[1][0]]).flatten(1)
    originals = torch.from_numpy(sklearn.datasets.load_digits().data).float()
    # The same pictures in another order and on another scale: their sorted sums lie on one line.
    sums = torch.stack([pictures.sum(1).sort().values for pictures in (together, originals)])
    assert torch.corrcoef(sums)[0, 1] > 0.999999


def test_another_seed_splits_otherwise_and_the_same_one_alike():
    first, again, other = data.digits(seed=1), data.digits(seed=1), data.digits(seed=2)
    assert torch.equal(first[0][0], again[0][0])
    assert not torch.equal(first[0][1], other[0][1])


def test_faces_are_balanced_and_no_picture_is_in_both_parts():
    (images, labels), (test_images, test_labels) = data.faces(seed=3)
    assert (labels.sum(), test_labels.sum(), len(labels), len(test_labels)) == (50, 50, 100, 100)
    assert not {tuple(image.flatten().tolist()) for image in images} & {
        tuple(image.flatten().tolist()) for image in test_images
    }
    # A centred face is brighter in the middle than at its edge; background is not.
    middle, edge = images[:, 0, 8:17, 8:17].mean((1, 2)), images[:, 0, :, :3].mean((1, 2))
    assert (middle - edge)[labels == 1].mean() > 0.3


def test_callers_get_their_own_copy():
    data.series("membrane").values.zero_()
    assert data.series("membrane").values.abs().max() > 0


def test_photographs_are_in_alphabetical_order_and_of_the_size_on_their_cards():
    assert list(data.PHOTOGRAPHS) == sorted(data.PHOTOGRAPHS)
    for name in data.PHOTOGRAPHS:
        channels, height, width = data.photograph(name).shape
        stated = f"{height} x {width}" + (" x 3" if channels == 3 else "")
        assert data.cards()[name].shape == f"{stated}, uint8"


@pytest.mark.parametrize(
    "card", [card for card in data.cards().values() if card.embedded], ids=lambda card: card.name
)
def test_an_embedded_set_is_the_file_of_its_card_or_generated(card):
    if not card.shipped:
        assert (card.hash, card.bytes) == ("generated", 0)
        return
    content = shipped_file(card).read_bytes()
    assert len(content) == card.bytes
    if card.hash != "unverified":
        algorithm, value = card.hash.split(":")
        assert hashlib.new(algorithm, content).hexdigest() == value


def test_a_photograph_is_what_its_package_shows():
    import skimage.data

    camera = torch.from_numpy(skimage.data.camera())
    assert torch.equal(data.photograph("camera"), camera[None].float() / 255)
    china = torch.from_numpy(sklearn.datasets.load_sample_image("china.jpg").copy())
    assert torch.equal(data.photograph("china"), china.permute(2, 0, 1).float() / 255)
    assert data.photograph("china").is_contiguous()


def test_a_package_that_is_missing_is_named():
    card = replace(data.cards()["camera"], shipped="nothing_of_this/camera.png")
    with pytest.raises(ModuleNotFoundError, match=r"^nothing_of_this must be installed, for camera ships"):
        shipped_file(card)
