"""Explorers that hold a network, as the tests open them."""

import torch

from cnnlab.explorers import DrawDigit, FeatureMaps, NetworkBuilder
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
