"""CueMixer: pictures between shape and texture, what a network says of each, and where its answer changes."""

import itertools

import numpy as np
import pytest
import torch
from torch import nn
from torch.nn.functional import max_pool2d

from cnnlab import data, figures
from cnnlab.explorers import CueMixer
from cnnlab.explorers.cue_mixer.belief import beliefs, runs
from cnnlab.explorers.cue_mixer.mixing import LAST, PLACES, blended, scene

SHAPES, TEXTURES = ("disc", "ring", "heart"), ("stripes", "dots", "grid")
NAMES = {"shapes": SHAPES, "textures": TEXTURES}
OPTIONS = {"size": 32, "ranges": data.Ranges(), "seed": 5}


class Says(nn.Module):
    """Logits that a function gives for each picture."""

    def __init__(self, logits):
        super().__init__()
        self.logits = logits

    def forward(self, images):
        return torch.stack([torch.as_tensor(self.logits(image)) for image in images])


def by_border(image):
    """The heart's class, until the picture's corner lights up; then that of the dots, ring."""
    return [0.0, 20.0, 0.0] if image[:, 0, 0].mean() > 0.2 else [0.0, 0.0, 20.0]


def mixer(logits=by_border, **options):
    return CueMixer({"one": Says(logits)}, [("heart", "dots")], **NAMES | options)


@pytest.mark.parametrize(("shape", "texture"), [("heart", "stripes"), ("triangle", "brick")])
def test_everything_but_the_cue_stays_where_it_is(shape, texture):
    flat, both, alone = scene(shape, texture, **OPTIONS).astype(int)
    mask = data.shapes(1, size=32, cues="shape", shapes=(shape,), seed=5).masks.float()
    # Without the pixels at the outline, which belong to both.
    outside = max_pool2d(mask, 5, stride=1, padding=2)[0].numpy() == 0
    inside = max_pool2d(1 - mask, 3, stride=1, padding=1)[0].numpy() == 0
    assert np.abs(both - alone)[:, inside].max() <= 1
    assert np.ptp(flat[:, inside], axis=1).max() <= 1
    assert np.array_equal(flat[:, outside], both[:, outside])
    assert np.ptp(flat[:, outside], axis=1).max() == 0
    assert np.abs(both - alone)[:, outside].max() > 50


def test_ends_and_middle_are_the_generators_pictures():
    explorer = mixer(seed=5)
    for step, cues in ((0, "shape"), (10, "shuffled"), (20, "texture")):
        found = data.shapes(1, size=32, cues=cues, shapes=("heart",), textures=("dots",), seed=5).images[0]
        assert np.array_equal(explorer.picture(step), found.mul(255).round().byte().numpy())


def test_contrast_grows_in_equal_steps_and_then_the_background_does():
    three = scene("heart", "stripes", **OPTIONS)
    flat, both, alone = three.astype(float)
    for step in range(11):
        assert np.abs(blended(three, step) - (flat + step / 10 * (both - flat))).max() < 0.501
        assert np.abs(blended(three, 10 + step) - (both + step / 10 * (alone - both))).max() < 0.501


def test_a_network_sees_what_is_shown_scaled_as_it_was_trained():
    seen = []
    explorer = mixer(lambda image: seen.append(image) or [0.0, 1.0, 0.0], mean=0.25, std=0.5)
    for step in (0, 7, 20):
        expected = (explorer.picture(step) / 255 - 0.25) / 0.5
        np.testing.assert_allclose(seen[step], expected, atol=1e-6)


def test_every_pair_has_its_own_classes_and_its_own_scene():
    always = {"sure": Says(lambda image: [0.0, 0.0, 9.0])}
    explorer = CueMixer(always, [("heart", "dots"), ("ring", "grid"), ("ring", "stripes")], **NAMES)
    answers = []
    for explorer.pair in range(3):
        answers.append({answer for *_, answer in explorer.beliefs("sure")})
    assert answers == [{0}, {1}, {2}]
    assert explorer.pairs == [
        ["heart", "dots", "ring"],
        ["ring", "grid", "heart"],
        ["ring", "stripes", "disc"],
    ]
    assert not np.array_equal(explorer.scene(1)[0], explorer.scene(2)[0])


def test_probabilities_are_the_networks_softmax():
    logits = [[0.0, 1.0, 2.0, 5.0], [3.0, 0.0, 0.0, 0.0]]
    found = beliefs(nn.Identity(), torch.tensor(logits), shape=2, texture=0, classes=4)
    for row, (shape, texture, _) in zip(torch.tensor(logits).softmax(1), found, strict=True):
        assert [shape, texture] == pytest.approx([float(row[2]), float(row[0])], abs=5e-5)
    assert [answer for *_, answer in found] == [2, 1]


def test_stretches_of_answers_cover_all_steps():
    answers = torch.randint(3, (21,), generator=torch.Generator().manual_seed(0)).tolist()
    found = runs(answers)
    assert [answer for answer, first, last in found for _ in range(first, last + 1)] == answers
    assert all(before[0] != after[0] for before, after in itertools.pairwise(found))


def test_words_tell_the_place_the_probabilities_and_where_the_answer_changes():
    explorer = mixer(step=10)
    explorer.step = tip = next(
        step for step, (*_, answer) in enumerate(explorer.beliefs("one")) if answer == 1
    )
    assert 10 < tip < LAST
    assert explorer.describe() == (
        f"Heart with dots, {PLACES[tip]}: the texture goes with ring. "
        "One: 0.0% heart (shape), 100.0% ring (texture), 0.0% another class. "
        f"It answers by shape from shape only to {PLACES[tip - 1]}; "
        f"by texture from {PLACES[tip]} to texture only."
    )
    assert "It answers with another class at every step." in mixer(lambda image: [9.0, 0.0, 0.0]).describe()


def test_places_name_ends_and_middle():
    assert [PLACES[step] for step in (0, 10, 20)] == ["shape only", "conflict", "texture only"]
    assert PLACES[3].startswith("contrast 30")
    assert PLACES[12].startswith("outline faded 20")
    assert len(set(PLACES)) == LAST + 1


def test_four_pairs_of_64_pixels_are_taken_in_parts_that_fit():
    pairs = [("heart", "dots"), ("heart", "stripes"), ("disc", "grid"), ("ring", "grid")]
    state = CueMixer({"one": Says(by_border)}, pairs, **NAMES, size=64).get_state()
    assert max(len(value) for value in state.values() if isinstance(value, bytes)) * 4 // 3 < 50_000


def test_three_pairs_of_32_pixels_take_less_than_50_kb():
    explorer = CueMixer(
        {"one": Says(by_border)}, [("heart", "dots"), ("ring", "grid"), ("disc", "dots")], **NAMES
    )
    assert len(explorer.packed()) * 4 // 3 < 50_000


def test_twin_has_the_pictures_and_curves_of_every_pair(twin):
    networks = {"one": Says(by_border), "two": Says(lambda image: [1.0, 2.0, 0.0])}
    explorer = CueMixer(networks, [("heart", "dots"), ("ring", "grid")], **NAMES)
    axes = twin(explorer).axes
    assert [ax.get_title() for ax in axes[:3]] == ["heart with dots, texture of ring", "one", "two"]
    strip = axes[3].images[0].get_array()
    explorer.pair = 1
    for place, step in enumerate((0, 5, 10, 15, 20)):
        shown = strip[:, 34 * place + 1 : 34 * place + 33].transpose(2, 0, 1)
        assert np.array_equal(shown, explorer.picture(step))
    found = np.array(explorer.beliefs("two"))
    for line, values in zip(
        axes[5].lines, (found[:, 0], found[:, 1], 1 - found[:, 0] - found[:, 1]), strict=True
    ):
        np.testing.assert_allclose(line.get_ydata(), values)


def test_the_twins_structure_is_the_same_whatever_the_network_says(twin):
    pair = (twin(mixer(logits)) for logits in (by_border, lambda image: [9.0, 0.0, 0.0]))
    assert len({figures.describe(fig, "structure") for fig in pair}) == 1
