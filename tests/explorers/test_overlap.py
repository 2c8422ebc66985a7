"""The area under f times the moved g is the convolution, by closed forms and by the package's own."""

import math

import numpy as np
import pytest
import torch

from cnnlab import convolution
from cnnlab.explorers.sliding.overlap import PAIRS, box, decay, functions, gaussian, moved, overlap, slide

SHIFTS = (-1.7, -0.75, 0.0, 0.333, 1.0, 2.5)


@pytest.mark.parametrize("t", SHIFTS)
def test_two_boxes_make_a_triangle(t):
    assert overlap(box(), box(), t) == pytest.approx(max(0, 1 - abs(t)), abs=1e-12)


@pytest.mark.parametrize("t", SHIFTS)
def test_two_gaussians_make_a_gaussian_whose_variances_add(t):
    expected = math.exp(-(t**2) / 0.5) / math.sqrt(0.5 * math.pi)
    assert overlap(gaussian(0.3), gaussian(0.4), t) == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("t", SHIFTS)
def test_without_the_flip_the_response_is_mirrored(t):
    assert overlap(box(), decay(), t, flip=False) == pytest.approx(overlap(box(), decay(), -t), abs=1e-12)


def test_a_decay_answers_a_box_as_a_capacitor_charges():
    assert overlap(box(), decay(), 0.5) == pytest.approx(1 - math.exp(-1), abs=1e-6)
    assert overlap(box(), decay(), -0.5) == 0


@pytest.mark.parametrize("pair", PAIRS)
def test_the_moved_function_vanishes_outside_its_support(pair):
    g = moved(functions(pair, 0.3, 0.5)[1], 0.75, flip=True)
    low, high = g.support
    assert g.value(torch.tensor([low - 0.01, high + 0.01]).numpy()) == pytest.approx([0, 0], abs=1e-9)
    assert low < high


def test_a_finely_sampled_pair_agrees_with_the_courses_convolution():
    step = 0.01
    tau = torch.arange(-400, 400, dtype=torch.float64) * step + step / 2
    f, g = functions("box and decay", 1, 1)
    sampled = convolution.convolve1d(
        torch.from_numpy(f.value(tau.numpy())), torch.from_numpy(g.value(tau.numpy())), mode="full"
    )
    # Sample n of the full result stands at t = 2 tau[0] + n step.
    for t in (-0.25, 0.25, 1.0):
        sample = round((t - 2 * tau[0].item()) / step)
        assert sampled[sample].item() * step == pytest.approx(overlap(f, g, t), abs=1e-4)


def test_without_the_flip_sequences_are_correlated():
    shifts, sums = slide([1.5, -2, 0, 3], [0.5, 1, -4], flip=False)
    assert shifts == range(-2, 4)
    assert sums == pytest.approx(np.correlate([1.5, -2, 0, 3], [0.5, 1, -4], mode="full").tolist())
