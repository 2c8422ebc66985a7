"""The area under f times the moved g is the convolution, by closed forms."""

import math
from statistics import NormalDist

import numpy as np
import pytest

from cnnlab.explorers.sliding.overlap import PAIRS, box, decay, functions, gaussian, moved, overlap, slide

SHIFTS = (-1.7, -0.75, 0.0, 0.333, 1.0, 2.5)


def charged(t):
    """A capacitor that is charged from t = 0 on."""
    return 1 - math.exp(-max(t, 0))


CLOSED_FORMS = {
    "boxes make a triangle": (box(), box(), lambda t: max(0, 1 - abs(t)), 1e-12),
    "variances of Gaussians add": (gaussian(0.3), gaussian(0.4), NormalDist(sigma=0.5).pdf, 1e-9),
    "a decay answers a box": (box(), decay(), lambda t: charged(t + 0.5) - charged(t - 0.5), 1e-6),
}


@pytest.mark.parametrize("t", SHIFTS)
@pytest.mark.parametrize(("f", "g", "expected", "tolerance"), CLOSED_FORMS.values(), ids=CLOSED_FORMS)
def test_the_overlap_has_its_closed_form(f, g, expected, tolerance, t):
    assert overlap(f, g, t) == pytest.approx(expected(t), abs=tolerance)


@pytest.mark.parametrize("t", SHIFTS)
def test_without_the_flip_the_response_is_mirrored(t):
    assert overlap(box(), decay(), t, flip=False) == pytest.approx(overlap(box(), decay(), -t), abs=1e-12)


@pytest.mark.parametrize("pair", PAIRS)
def test_the_moved_function_vanishes_outside_its_support(pair):
    g = moved(functions(pair, 0.3, 0.5)[1], 0.75, flip=True)
    low, high = g.support
    assert g.value(np.array([low - 0.01, high + 0.01])) == pytest.approx([0, 0], abs=1e-9)
    assert low < high


def test_without_the_flip_sequences_are_correlated():
    shifts, sums = slide([1.5, -2, 0, 3], [0.5, 1, -4], flip=False)
    assert shifts == range(-2, 4)
    assert sums == pytest.approx(np.correlate([1.5, -2, 0, 3], [0.5, 1, -4], mode="full").tolist())
