"""Explorers that hold a network, as the tests open them."""

import torch
from torch import nn

from cnnlab.explorers import CueMixer, DrawDigit, FeatureMaps, NetworkBuilder
from tests.layer_lists import LENET, lenet

SEVEN = [[(0.3, 0.2), (0.7, 0.2), (0.4, 0.8)], [(0.4, 0.5), (0.6, 0.5)]]


def some_maps(**options):
    images = torch.rand(3, 1, 28, 28, generator=torch.Generator().manual_seed(1))
    return FeatureMaps(lenet(), images, labels=[7, 2, 1], **options)


def some_drawing(strokes=SEVEN):
    return DrawDigit(lenet(), mean=0.1307, std=0.3081, box=20, strokes=strokes)


def empty_drawing():
    return some_drawing(())


def full_drawing():
    return some_drawing([[(0.2 + 0.0003 * place, 0.5) for place in range(2000)]])


def lenet_builder():
    return NetworkBuilder(LENET, (1, 28, 28), 61_700)


def some_mixer():
    torch.manual_seed(2)
    networks = {
        name: nn.Sequential(nn.Conv2d(3, 8, 5, 4), nn.ReLU(), nn.Flatten(), nn.Linear(392, 4))
        for name in ("cues agree", "some in conflict")
    }
    pairs = [("heart", "stripes"), ("ring", "weave"), ("disc", "dots")]
    names = {"shapes": ("disc", "ring", "heart", "cross"), "textures": ("stripes", "dots", "grid", "weave")}
    return CueMixer(networks, pairs, **names, mean=0.25, std=0.05)
