"""Explorers of measured numbers, as the tests open them."""

import math

from cnnlab.explorers import LearningRate

LOSSES = {
    "without batch norm": {
        0.01: [2.5, 2.25, 2.125, 2.0],
        0.1: [2.5, 1.5, 0.75, 0.5],
        1: [2.5, 40, 900, math.nan],
    },
    "with batch norm": {0.01: [2.25, 2.0, 1.75, 1.5], 0.1: [2.25, 1.25, 0.5, 0.25], 1: [2.5, 1, 0.5, 0]},
    "group norm": {0.01: [2.0, 1.5, 1.0, 0.75], 0.1: [2.0, math.inf, 1, 1], 1: [math.nan] * 4},
}


def some_rates():
    return LearningRate(LOSSES)
