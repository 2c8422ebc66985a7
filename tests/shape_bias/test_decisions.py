"""Decisions, their bias and what of them chance explains: the published figures, to the digit."""

import re

import numpy as np
import pytest
import torch

from cnnlab import data
from cnnlab.shape_bias import BeyondChance, Decisions, beyond_chance

PUBLISHED = [
    ("humans", 9236, 398, 95.87),
    ("AlexNet (Caffe)", 283, 376, 42.94),
    ("GoogLeNet (Caffe)", 228, 503, 31.19),
    ("VGG-16 (Caffe)", 130, 625, 17.22),
    ("ResNet-50 (torchvision)", 162, 572, 22.07),
    ("AlexNet (torchvision)", 182, 537, 25.31),
    ("VGG-16 (torchvision)", 84, 828, 9.21),
    ("ResNet-50 (Stylized-ImageNet)", 586, 141, 80.61),
]
BY_CATEGORY = {
    "humans": 95.38,
    "AlexNet (Caffe)": 37.10,
    "GoogLeNet (Caffe)": 28.96,
    "VGG-16 (Caffe)": 15.70,
    "ResNet-50 (torchvision)": 19.51,
    "ResNet-50 (Stylized-ImageNet)": 75.37,
}


@pytest.mark.parametrize(("observer", "shape", "texture", "percent"), PUBLISHED)
def test_the_bias_is_the_published_one_to_the_digit(observer, shape, texture, percent):
    decisions = Decisions.from_counts(shape, texture, 12_000 if observer == "humans" else 1200)
    assert round(100 * decisions.bias, 2) == percent


@pytest.mark.parametrize("observer", BY_CATEGORY)
def test_pooled_trials_give_the_published_bias_and_the_mean_of_the_categories_does_not(observer):
    counts = data.shape_bias_counts()
    place = counts.observers.index(observer)
    rows = zip(counts.shape[place], counts.texture[place], counts.trials[place], strict=True)
    categories = [Decisions.from_counts(*row) for row in rows]
    pooled = sum(categories, Decisions(0, 0, 0))
    assert (observer, pooled.shape, pooled.texture, round(100 * pooled.bias, 2)) in PUBLISHED
    assert round(100 * np.mean([decisions.bias for decisions in categories]), 2) == BY_CATEGORY[observer]


def test_neither_is_counted_and_does_not_enter_the_bias():
    resnet, humans = Decisions.from_counts(162, 572, 1200), Decisions.from_counts(9236, 398, 12_000)
    assert (resnet.neither, humans.neither) == (466, 2366)
    assert (round(100 * resnet.neither_share, 1), round(100 * humans.neither_share, 1)) == (38.8, 19.7)
    assert Decisions(1, 3, 0).bias == Decisions(1, 3, 96).bias == 0.25


def test_counts_come_as_ints_whatever_they_were():
    decisions = Decisions.from_counts(torch.tensor(3), np.int64(4), 9)
    assert decisions == Decisions(3, 4, 2)
    assert {type(decisions.shape), type(decisions.texture), type(decisions.neither)} == {int}


@pytest.mark.parametrize(
    ("counts", "error", "sentence"),
    [
        ((1, 2, -3), ValueError, "neither must be zero or positive, got -3"),
        ((1.0, 2, 3), TypeError, "shape must be an integer, got 1.0"),
        ((1, True, 3), TypeError, "texture must be an integer, got True"),
        ((1, torch.tensor([2, 3]), 3), TypeError, "texture must be an integer, got tensor([2, 3])"),
    ],
)
def test_what_is_no_count_is_refused(counts, error, sentence):
    with pytest.raises(error, match=f"^{re.escape(sentence)}$"):
        Decisions(*counts)


def test_fewer_trials_than_decisions_are_refused():
    with pytest.raises(ValueError, match=r"^trials must be at least shape \+ texture, 7, got 6$"):
        Decisions.from_counts(3, 4, 6)


@pytest.mark.parametrize("ask", [lambda found: found.bias, lambda found: found.interval()])
def test_where_nothing_was_decided_there_is_no_bias(ask):
    with pytest.raises(ValueError, match=r"^a shape bias needs .* shape or texture, got none in 5 trials$"):
        ask(Decisions(0, 0, 5))
    with pytest.raises(ValueError, match=r"^trials must be at least 1 for a share of them, got 0$"):
        Decisions(0, 0, 0).neither_share  # noqa: B018


def test_decisions_pool_with_decisions_only():
    assert Decisions(1, 2, 3) + Decisions(10, 20, 30) == Decisions(11, 22, 33)
    with pytest.raises(TypeError, match="unsupported operand"):
        Decisions(1, 2, 3) + 1


@pytest.mark.parametrize("num_classes", [2, 3, 6, 16])
def test_who_guesses_has_a_bias_of_one_half_and_nothing_beyond_chance(num_classes):
    generator = np.random.default_rng(num_classes)
    trials = 100_000
    shape, texture = generator.multinomial(trials, [1 / num_classes] * num_classes)[:2]
    guesser = Decisions.from_counts(shape, texture, trials)
    assert guesser.bias == pytest.approx(0.5, abs=0.02)
    for beyond in beyond_chance(guesser, num_classes):
        assert abs(beyond) < 0.01 * trials


def test_beyond_chance_takes_off_an_even_share_of_the_errors():
    # 60 answers are not the shape: 12 for each of the five other classes, 24 are the texture.
    assert beyond_chance(Decisions(40, 24, 36), 6) == BeyondChance(shape=40 - 76 / 5, texture=12)
    assert beyond_chance(Decisions(0, 0, 100), 6).texture == -20


@pytest.mark.parametrize(
    ("arguments", "error", "sentence"),
    [
        ((Decisions(1, 1, 1), 1), ValueError, "num_classes must be at least 2, got 1"),
        ((Decisions(1, 1, 1), 2.5), TypeError, "num_classes must be an integer, got 2.5"),
        (((1, 1, 1), 6), TypeError, "decisions must be Decisions, got tuple"),
    ],
)
def test_chance_of_nothing_known_is_refused(arguments, error, sentence):
    with pytest.raises(error, match=f"^{re.escape(sentence)}$"):
        beyond_chance(*arguments)
