import hashlib
import re
from pathlib import Path

import pytest
import torch

from cnnlab import data


def test_the_photograph_is_a_picture_in_the_unit_interval():
    camera = data.photograph("camera")
    assert camera.shape == (1, 512, 512)
    assert camera.dtype == torch.float32
    assert (camera.min(), camera.max()) == (0, 1)


def test_the_series_is_in_millivolts_and_seconds():
    membrane = data.series("membrane")
    assert membrane.values.dtype == torch.float32
    assert membrane.unit == "mV"
    # A nerve cell at rest is near -65 mV, and its spikes rise to about 0 mV.
    assert membrane.values[:100].mean() == pytest.approx(-66.8, abs=0.2)
    assert 0 < membrane.values.max() < 10
    assert membrane.seconds[-1] == pytest.approx(6.0, abs=0.01)


def test_callers_get_their_own_copy():
    data.series("membrane").values.zero_()
    assert data.series("membrane").values.abs().max() > 0


@pytest.mark.parametrize(("load", "known"), [(data.photograph, "camera"), (data.series, "membrane")])
def test_an_unknown_name_is_refused_with_the_known_ones(load, known):
    with pytest.raises(ValueError, match=f"name must be one of '{known}', got 'cat'"):
        load("cat")


def test_the_files_are_those_of_the_cards():
    import skimage.data
    from matplotlib.cbook import get_sample_data

    paths = {
        "camera": Path(skimage.data.__file__).with_name("camera.png"),
        "membrane": Path(str(get_sample_data("membrane.dat", asfileobj=False))),
    }
    assert set(paths) == set(data.cards())
    for name, card in data.cards().items():
        content = paths[name].read_bytes()
        assert len(content) == card.bytes
        if card.hash != "unverified":
            algorithm, value = card.hash.split(":")
            assert hashlib.new(algorithm, content).hexdigest() == value


def test_every_embedded_set_has_a_loader():
    assert set(data.cards()) == {*data.PHOTOGRAPHS, *data.SERIES}


def test_the_readme_holds_every_card():
    text = Path(__file__).parents[1].joinpath("data/README.md").read_text(encoding="utf-8")
    for card in data.cards().values():
        for fact in (card.name, card.what, card.licence, card.attribution, card.source):
            assert fact in text
    assert len(re.findall(r"^## ", text, re.MULTILINE)) == len(data.cards())
