"""Hymenoptera, cue conflict and weights, from small folders that stand in for them."""

import re

import pytest
import torch
from PIL import Image
from torchvision import models

from cnnlab import data
from cnnlab.data import store, streamed
from cnnlab.data.registry import cards
from cnnlab.data.sets import cue_conflict, hymenoptera


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("CNNLAB_DATA", str(tmp_path))
    monkeypatch.setattr(store, "_told", set())
    return tmp_path


def picture(path, colour=(10, 200, 90), size=(50, 40)):
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", size, colour).save(path)


def ants_and_bees(folder, monkeypatch):
    monkeypatch.setattr(hymenoptera, "COUNTS", {"train": 3, "val": 2})
    for name in ("train/ants/1", "train/ants/2", "train/bees/3", "val/ants/4", "val/bees/5"):
        picture(folder / "hymenoptera_data" / f"{name}.jpg")


def test_ants_and_bees_come_as_networks_expect_them(folder, monkeypatch, capsys):
    ants_and_bees(folder, monkeypatch)
    train, test = data.hymenoptera(size=32)
    assert (len(train), len(test), train.classes) == (3, 2, ("ants", "bees"))
    inputs, targets = next(train.batches())
    assert (inputs.shape, targets.tolist()) == ((3, 3, 32, 32), [0, 0, 1])
    mean, std = torch.tensor([0.485, 0.456, 0.406]), torch.tensor([0.229, 0.224, 0.225])
    # A JPEG file of one colour keeps it to within some levels of 255.
    colour = inputs[0, :, 16, 16] * std + mean
    torch.testing.assert_close(colour, torch.tensor([10, 200, 90]) / 255, atol=0.02, rtol=0)
    assert "hymenoptera: its publisher states no hash" in capsys.readouterr().out


def test_missing_pictures_are_noticed(folder, monkeypatch):
    ants_and_bees(folder, monkeypatch)
    (folder / "hymenoptera_data/train/ants/2.jpg").unlink()
    sentence = r"^hymenoptera: .*train must hold 3 pictures, got 2; remove .*hymenoptera_data, and it is"
    with pytest.raises(data.DataError, match=sentence):
        data.hymenoptera()
    (folder / "hymenoptera_data/train/bees/3.jpg").unlink()
    with pytest.raises(data.DataError, match="must hold 3 pictures, got 0"):
        data.hymenoptera()


def test_a_picture_is_seen_as_torchvision_shows_it_to_its_networks():
    noise = torch.randint(256, (70, 90, 3), dtype=torch.uint8, generator=torch.Generator().manual_seed(0))
    image = Image.fromarray(noise.numpy()).resize((360, 280))
    expected = models.get_model_weights("resnet18").IMAGENET1K_V1.transforms()(image)
    torch.testing.assert_close(streamed.as_imagenet(224)(image), expected)


def test_names_tell_shape_and_texture(folder, capsys):
    root = folder / "cue-conflict" / "deep"
    for name in (
        "cat/cat7-elephant1",
        "cat/cat1-cat2",
        "truck/truck10-oven3",
        "cat/cat7-zebra1",
        "cat/notes",
    ):
        picture(root / f"{name}.png")
    cues = data.cue_conflict(size=16)
    named = [cues.classes[label] for label in (*cues.shapes, *cues.textures)]
    assert named == ["cat", "cat", "truck", "cat", "elephant", "oven"]
    inputs, targets = next(cues.pictures.batches())
    assert inputs.shape == (3, 3, 16, 16)
    assert torch.equal(targets, torch.stack([cues.shapes, cues.textures], dim=1))
    assert f"cue_conflict: 3 of the 1280 pictures are in {folder}" in capsys.readouterr().out


def test_the_whole_of_a_conflicting_picture_is_shown_as_it_is(folder):
    noise = torch.randint(256, (224, 224, 3), dtype=torch.uint8, generator=torch.Generator().manual_seed(0))
    path = folder / "cue-conflict" / "cat7-elephant1.png"
    path.parent.mkdir()
    Image.fromarray(noise.numpy()).save(path)
    shown, _ = data.cue_conflict().pictures.dataset[0]
    mean, std = torch.tensor(streamed.IMAGENET_MEAN), torch.tensor(streamed.IMAGENET_STD)
    torch.testing.assert_close(shown, ((noise / 255 - mean) / std).permute(2, 0, 1))
    assert data.cue_conflict(size=80).pictures.dataset[0][0].shape == (3, 80, 80)


def test_pictures_without_a_conflict_can_be_left_out(folder):
    for name in ("cat1-cat2", "cat7-elephant1", "truck10-oven3", "truck10-truck1"):
        picture(folder / "cue-conflict" / f"{name}.png")
    cues = data.cue_conflict(size=16, agreeing=False)
    named = [(cues.classes[s], cues.classes[t]) for s, t in zip(cues.shapes, cues.textures, strict=True)]
    assert named == [("cat", "elephant"), ("truck", "oven")]
    _, targets = next(cues.pictures.batches())
    assert torch.equal(targets, torch.stack([cues.shapes, cues.textures], dim=1))


def test_a_folder_without_pictures_is_named(folder):
    (folder / "cue-conflict").mkdir()
    with pytest.raises(data.DataError, match=r"^cue_conflict: .* holds no picture; remove it, and it is"):
        data.cue_conflict()


def checkpoint(folder, name, weights):
    path = folder / "hub" / "checkpoints" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    torch.save(weights, path)
    return path


def test_a_copy_in_half_precision_stands_in_and_is_said_to_be_unverified(folder, capsys):
    weights = {"features.weight": torch.randn(4, 3).half(), "features.steps": torch.tensor(7)}
    path = checkpoint(folder, "alexnet-half.pth", weights)
    assert data.pretrained_file("alexnet") == path
    loaded = data.pretrained("alexnet")
    assert torch.equal(loaded["features.weight"], weights["features.weight"].float())
    assert loaded["features.weight"].dtype == torch.float32
    assert loaded["features.steps"].dtype == torch.int64
    assert data.state(cards()["alexnet"]) == "unverified"
    sentence = "alexnet: alexnet-half.pth is not the published file, so these weights are unverified\n"
    assert capsys.readouterr().out == sentence


def test_a_damaged_file_with_the_published_name_does_not_stand_in(folder):
    checkpoint(folder, "resnet18-f37072fd.pth", {})
    assert store.stand_in(cards()["resnet18"]) is None
    assert data.state(cards()["resnet18"]) == "not here"


@pytest.mark.parametrize(
    "content",
    [{"weight": torch.nn.Linear(1, 1)}, {"state_dict": {"weight": torch.ones(1)}}, [torch.ones(1)], None],
    ids=["a module", "a nested dict", "a list", "half a file"],
)
def test_only_tensors_by_their_names_are_loaded(folder, content):
    path = checkpoint(folder, "vgg11-mine.pth", content or {"weight": torch.ones(1000)})
    if content is None:
        path.write_bytes(path.read_bytes()[:2000])
    sentence = rf"^vgg11: {path} must hold tensors by their names and nothing else; remove it and the [^\n]*$"
    with pytest.raises(data.DataError, match=sentence):
        data.pretrained("vgg11")


def test_weights_trained_as_data_parallel_get_the_names_of_the_network(tmp_path, monkeypatch):
    path = tmp_path / cards()["cifar10_resnet20"].place
    path.parent.mkdir()
    torch.save({"state_dict": {"module.conv1.weight": torch.ones(2)}, "best_prec1": 91.73}, path)
    monkeypatch.setattr("cnnlab.data.sets.cifar10_resnet20.fetch", lambda name: tmp_path)
    assert {name: weight.tolist() for name, weight in data.cifar10_resnet20().items()} == {
        "conv1.weight": [1, 1]
    }


def test_the_counts_are_those_of_the_cards():
    assert re.findall(r"\d+", cards()["hymenoptera"].count) == [str(n) for n in hymenoptera.COUNTS.values()]
    assert cards()["cue_conflict"].count.startswith(f"{cue_conflict.COUNT} pictures")
