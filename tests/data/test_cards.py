"""What the cards state: complete, as torchvision and README have it."""

import re
from pathlib import Path

import pytest
from torchvision import datasets, models

from cnnlab import data
from cnnlab.data.readme import section, with_cards
from cnnlab.data.registry import UNVERIFIED

REAL = [card for card in data.cards().values() if not card.embedded]
README = Path(__file__).parents[2] / "data" / "README.md"
SETS = Path(data.__file__).parent / "sets"


@pytest.mark.parametrize("card", REAL, ids=lambda card: card.name)
def test_a_real_set_has_an_address_a_place_and_a_hash_or_none(card):
    assert card.files
    assert card.place
    for part in (*card.files, *card.parts):
        assert not Path(part.path).is_absolute()
        assert ".." not in Path(part.path).parts
        assert re.fullmatch(r"md5:[0-9a-f]{32}|sha256:[0-9a-f]{8}|unverified", part.hash)
    for file in card.files:
        assert file.address.startswith(("https://", "http://fashion-mnist.s3-website"))
    if card.files[0].bytes:
        assert card.bytes == sum(file.bytes for file in card.files)
    assert card.hash.split(", ") == [file.hash for file in card.files]


def test_no_hash_is_stated_for_sets_whose_publishers_state_none():
    assert {data.cards()[name].hash for name in ("hymenoptera", "cue_conflict")} == {UNVERIFIED}


@pytest.mark.parametrize(
    ("name", "torchvision"), [("mnist", datasets.MNIST), ("fashion_mnist", datasets.FashionMNIST)]
)
def test_addresses_and_hashes_of_mnist_are_those_of_torchvision(name, torchvision):
    for file, (path, md5) in zip(data.cards()[name].files, torchvision.resources, strict=True):
        assert file.path == f"{torchvision.__name__}/raw/{path}"
        assert file.hash == f"md5:{md5}"
        assert [file.address, *file.mirrors] == [mirror + path for mirror in torchvision.mirrors]


def test_addresses_and_hashes_of_cifar10_are_those_of_torchvision():
    card, torchvision = data.cards()["cifar10"], datasets.CIFAR10
    assert (card.files[0].address, card.hash) == (torchvision.url, f"md5:{torchvision.tgz_md5}")
    stated = [*torchvision.train_list, *torchvision.test_list]
    stated.append([torchvision.meta["filename"], torchvision.meta["md5"]])
    expected = [(f"{torchvision.base_folder}/{name}", f"md5:{md5}") for name, md5 in stated]
    assert [(part.path, part.hash) for part in card.parts] == expected


@pytest.mark.parametrize("name", data.PRETRAINED)
def test_addresses_hashes_and_sizes_of_weights_are_those_of_torchvision(name):
    card, stated = data.cards()[name], models.get_model_weights(name).IMAGENET1K_V1
    assert card.files[0].address == stated.url
    file_name = stated.url.rsplit("/", 1)[1]
    assert card.place == f"hub/checkpoints/{file_name}"
    assert f"-{card.hash.removeprefix('sha256:')}.pth" in file_name
    # torchvision states the size in MiB, to three decimals.
    assert card.bytes / 2**20 == pytest.approx(stated.meta["_file_size"], abs=0.001)
    assert card.count == f"{stated.meta['num_params']} parameters"


def test_the_readme_holds_every_card_and_nothing_else():
    text = README.read_text(encoding="utf-8")
    assert text == with_cards(text), "data/README.md must be that of the cards: run make cards"
    assert re.findall(r"^## (.*)$", text, re.MULTILINE) == list(data.cards())


def test_only_what_stands_before_the_first_section_is_kept():
    sections = "\n".join(section(card) for card in data.cards().values())
    for text in ("Sets.\n", "Sets.\n\n## old\n\ngone\n\n## camera\n"):
        assert with_cards(text) == f"Sets.\n\n{sections}"


@pytest.mark.parametrize("card", data.cards().values(), ids=lambda card: card.name)
def test_every_set_has_a_loader_and_its_code_says_which(card):
    assert callable(getattr(data, card.loader))
    assert card.loader in data.__all__
    argument = "" if card.loader == card.name else f'("{card.name}")'
    assert card.code == f"data.{card.loader}{argument}"


def test_every_loader_has_a_card():
    assert {path.stem for path in SETS.glob("[!_]*.py")} <= set(data.cards())
