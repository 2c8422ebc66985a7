import io
import sys

import matplotlib.image
import matplotlib.pyplot as plt
import numpy as np
import pytest
from PIL import Image

from cnnlab import figures


@pytest.fixture
def published(monkeypatch):
    calls = []
    # The package's name `show` is the function, so the module is taken from where Python keeps it.
    module = sys.modules["cnnlab.figures.show"]
    monkeypatch.setattr(
        module, "publish_display_data", lambda data, metadata=None: calls.append((data, metadata))
    )
    return calls


def figure():
    fig, ax = figures.subplots()
    ax.plot([1, 2, 3], label="ramp")
    return fig


def test_the_picture_has_alt_text_and_a_description(published):
    figures.show(figure(), caption="A ramp\nrises.", alt="A line from 1 to 3.")
    (picture, metadata), (caption, _) = published
    assert metadata == {"image/png": {"alt": "A line from 1 to 3."}}
    assert picture["text/plain"].startswith("A ramp rises.\npanel 1\n  line 'ramp', 3 points")
    assert caption["text/markdown"] == "*A ramp rises.*"


def test_pictures_have_at_most_100_dots_an_inch(published):
    fig, _ = figures.subplots(figsize=(4, 2), dpi=300)
    figures.show(fig, caption="c", alt="a")
    pixels = matplotlib.image.imread(io.BytesIO(published[0][0]["image/png"]), format="png")
    assert pixels.shape[:2] == (200, 400)


@pytest.mark.parametrize(("levels", "channels", "error"), [(16, 1, 2), (256, 1, 4), (256, 3, 56)])
def test_stored_colours_are_near_the_drawn_ones(published, levels, channels, error):
    noise = np.random.default_rng(0).integers(0, levels, (channels, 64, 64)).squeeze() / (levels - 1)
    fig = figures.pictures({"noise": noise})
    fig.set_layout_engine("none")
    drawn = io.BytesIO()
    fig.savefig(drawn, format="png", dpi=100)
    figures.show(fig, caption="c", alt="a")
    stored = Image.open(io.BytesIO(published[0][0]["image/png"]))
    pixels = [np.asarray(picture.convert("RGB"), dtype=int) for picture in (stored, Image.open(drawn))]
    assert stored.mode == "P"
    assert np.abs(pixels[0] - pixels[1]).max() <= error


def test_the_same_figure_is_the_same_file(published):
    for _ in range(2):
        figures.show(figure(), caption="c", alt="a")
    assert published[0] == published[2]


def test_the_figure_is_closed(published):
    fig = figure()
    figures.show(fig, caption="c", alt="a")
    assert fig.number not in plt.get_fignums()


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"caption": " "}, "caption must say something, got ' '"),
        ({"alt": ""}, "alt must say something, got ''"),
        ({"alt": None}, "alt must say something, got None"),
        ({"describe": "nothing"}, "describe must be one of"),
    ],
)
def test_a_figure_without_words_is_refused(published, options, sentence):
    with pytest.raises(ValueError, match=sentence):
        figures.show(figure(), **({"caption": "c", "alt": "a"} | options))
    assert not published


def test_something_else_than_a_figure_is_refused():
    with pytest.raises(TypeError, match="fig must be a matplotlib Figure, got list"):
        figures.show([1], caption="c", alt="a")


def test_the_style_is_large_and_safe_for_colour_blind_readers():
    assert plt.rcParams["font.size"] >= 12
    assert plt.rcParams["xtick.labelsize"] >= 12
    assert tuple(plt.rcParams["axes.prop_cycle"].by_key()["color"]) == figures.COLORS
