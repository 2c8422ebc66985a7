"""CueMixer in an exported page: its pictures are the library's, and so are probabilities and words."""

import inspect
import re

import numpy as np
import pytest
from playwright.sync_api import expect

from .conftest import make_notebook, opened
from .controls import choose, drawn, numbers, press
from .networks import some_mixer

pytestmark = pytest.mark.browser

mixer = opened(some_mixer)
COLOURS = """(canvas) => [...canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data]
    .filter((_, i) => i % 4 < 3)"""


def pictures(mixer):
    return mixer.get_by_role("group", name="Pictures. The left")


def slider(mixer):
    return mixer.get_by_role("slider", name="From shape to texture")


def spaced(words):
    """Words with one kind of space, and one before each sign for per cent."""
    return re.sub(r"\s+", " ", words.replace("%", " %"))


def tells(mixer, **settings):
    """Whether picture, bars, bands and words are those of an explorer in Python with these settings."""
    library = some_mixer()
    for name, value in settings.items():
        setattr(library, name, value)
    said = " ".join(drawn(mixer).locator("[aria-live] p").all_inner_texts())
    assert spaced(said) == spaced(library.describe())
    colours = np.array(mixer.locator("canvas").evaluate(COLOURS)).reshape(32, 32, 3)
    assert np.array_equal(colours, library.picture().transpose(1, 2, 0))
    beliefs = [library.beliefs(network["name"]) for network in library.networks]
    bars = [share for by_step in beliefs for share in by_step[library.step][:2]]
    found = np.array(numbers(mixer, "rect.bar")).reshape(-1, 3)
    assert found[:, :2].ravel() == pytest.approx(bars)
    assert found.sum(1) == pytest.approx(1)
    changes = [
        answer
        for by_step in beliefs
        for place, (*_, answer) in enumerate(by_step)
        if place == 0 or by_step[place - 1][2] != answer
    ]
    return numbers(mixer, "rect.answer") == changes


def test_every_step_and_pair_is_shown_and_told_as_the_library_has_it(mixer):
    assert tells(mixer)
    for step, key in ((1, "ArrowRight"), (20, "End"), (0, "Home")):
        slider(mixer).press(key)
        assert tells(mixer, step=step)
    for pair, title in ((1, "ring with weave"), (2, "disc with dots")):
        choose(mixer, "Picture", title)
        slider(mixer).press("End")
        assert tells(mixer, pair=pair, step=20)


def test_the_networks_are_not_of_one_mind():
    answers = {answer for network in some_mixer().networks for by in network["beliefs"] for *_, answer in by}
    assert answers == {0, 1, 2}


def test_keys_on_the_pictures_choose_step_and_pair(mixer):
    for key, pair, step in (
        ("ArrowLeft", 0, 0),
        ("ArrowRight", 0, 1),
        ("ArrowDown", 1, 1),
        ("End", 1, 20),
        ("ArrowRight", 1, 20),
        ("ArrowUp", 0, 20),
        ("ArrowUp", 0, 20),
        ("Home", 0, 0),
    ):
        pictures(mixer).press(key)
        assert tells(mixer, pair=pair, step=step)


def test_the_curves_are_dragged_in_either_panel(mixer):
    for network in (0, 1):
        for step in (0, 13):
            spot = mixer.locator("rect.answer").evaluate_all(
                """(all, network) => {
                    const boxes = all.map((band) => band.getBoundingClientRect());
                    const half = (boxes[0].left + boxes.at(-1).right) / 2;
                    const own = boxes.filter(({ left }) => (left > half) === Boolean(network));
                    return [own[0].left, own.at(-1).right, own[0].top - 60];
                }""",
                network,
            )
            left, right, height = spot
            mixer.page.mouse.click(left + step / 20 * (right - left), height)
            assert tells(mixer, step=step)


def test_play_leads_from_shape_to_texture(mixer):
    slider(mixer).press("End")
    slider(mixer).press("ArrowLeft")
    press(mixer, "Play")
    expect(mixer.get_by_role("button", name="Play")).to_be_visible()
    assert tells(mixer, step=20)


def test_what_is_chosen_in_jupyterlab_reaches_python_and_back(lab, page):
    source = inspect.getsource(some_mixer)
    notebook = make_notebook(
        lab.folder / "mixer.ipynb",
        f"import torch\nfrom torch import nn\nfrom cnnlab.explorers import CueMixer\n{source}",
        "mixer = some_mixer()\nmixer",
        "print(mixer)",
        "mixer.step, mixer.pair = 10, 2",
    )
    lab.run_all(page, notebook)
    mixer = page.get_by_role("group", name="CueMixer explorer")
    expect(mixer).to_contain_text("Disc with dots, conflict: the texture goes with ring.")
    pictures(mixer).press("ArrowUp")
    slider(mixer).press("End")
    told = lab.run_cell(page, 2)[0]["text"]
    assert told == "CueMixer explorer: cues agree, some in conflict; ring with weave, texture only\n"
