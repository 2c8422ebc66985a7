"""Orientation: patterns and filters turn together, and the gradient of an edge points from dark to light."""

import math

import numpy as np
import pytest
import skimage.filters
from scipy import ndimage

from cnnlab.explorers import Orientation
from cnnlab.explorers.orientation import oriented

EDGE = "gradient of an edge"


@pytest.mark.parametrize("kind", ["grating", "bar"])
def test_a_quarter_turn_of_the_pattern_is_a_quarter_turn_of_its_picture(kind):
    upright, lying = oriented.pattern(kind, 0, 21), oriented.pattern(kind, 90, 21)
    np.testing.assert_allclose(lying, upright.T, atol=1e-9)


@pytest.mark.parametrize("stimulus", ["grating", "bar"])
@pytest.mark.parametrize("turn", [0, 30, 90, 135, 180, 250])
def test_the_filter_answers_most_at_the_patterns_own_angle(stimulus, turn):
    curve = Orientation(stimulus=stimulus, turn=turn).tuning()
    assert oriented.ANGLES[int(np.argmax(curve))] == turn % 180


def test_the_filter_hardly_answers_a_grating_a_quarter_turn_away():
    explorer = Orientation(turn=30, angle=120)
    assert explorer.strength() < 0.001 * max(explorer.tuning())


def test_the_filter_answers_most_to_its_own_wavelength():
    answers = {long: Orientation(angle=30, wavelength=long).strength() for long in (4, 8, 10)}
    assert max(answers, key=answers.get) == 8


@pytest.mark.parametrize("wavelength", [4, 7, 8])
def test_weights_sum_to_zero_so_that_an_even_picture_gets_no_answer_and_the_positive_ones_to_one(wavelength):
    for angle in oriented.ANGLES:
        weights = oriented.gabor(angle, wavelength)
        assert abs(weights.sum()) < 1e-12
        assert weights[weights > 0].sum() == pytest.approx(1)


@pytest.mark.parametrize(("angle", "wavelength"), [(0, 4), (35, 8), (90, 10)])
def test_the_wave_is_scikit_images_before_its_mean_is_taken_off(angle, wavelength):
    sigma = 0.56 * wavelength
    theirs = skimage.filters.gabor_kernel(1 / wavelength, math.radians(angle), sigma_x=sigma, sigma_y=sigma)
    pair = oriented.gabor(angle, wavelength), theirs.real
    size = min(min(kernel.shape) for kernel in pair)
    middle = [kernel[tuple(slice((n - size) // 2, (n + size) // 2) for n in kernel.shape)] for kernel in pair]
    assert np.corrcoef(*[kernel.ravel() for kernel in middle])[0, 1] > 0.999


@pytest.mark.parametrize("turn", [0, 45, 90, 180, 225, 315])
def test_the_gradient_points_from_dark_to_light(turn):
    across, down = Orientation(EDGE, turn=turn).gradient()
    assert math.degrees(math.atan2(down, across)) % 360 == pytest.approx(turn, abs=1e-6)


@pytest.mark.parametrize("turn", [10, 25, 200])
def test_the_gradient_is_scipys(turn):
    explorer = Orientation(EDGE, turn=turn, contrast=0.5)
    expected = [ndimage.sobel(explorer.picture(), axis)[5, 5] / 8 for axis in (1, 0)]
    assert explorer.gradient() == pytest.approx(expected)


def test_contrast_changes_the_magnitude_and_not_the_direction():
    strong, weak = (Orientation(EDGE, turn=20, contrast=contrast).gradient() for contrast in (1, 0.25))
    assert np.array(strong) / 4 == pytest.approx(weak)


def test_the_text_tells_strength_and_the_best_angle():
    explorer = Orientation(angle=40)
    assert f"The strength of the response is {explorer.strength():.3f}." in explorer.describe()
    assert "largest at 30 degrees" in explorer.describe()
    assert "Photograph" not in explorer.describe()
    assert explorer.photo.credit in Orientation(stimulus="photograph").describe()
    assert "magnitude 0.500, direction 90.0 degrees." in Orientation(EDGE, turn=90).describe()


def test_twin_holds_picture_filter_response_and_curve(twin):
    explorer = Orientation(angle=45, stimulus="bar")
    *pictures, curve = twin(explorer).axes
    assert np.array_equal(pictures[0].images[0].get_array(), explorer.picture())
    assert curve.lines[0].get_ydata().tolist() == explorer.tuning()
    assert curve.lines[1].get_xydata().tolist() == [[45, explorer.strength()]]


def test_twin_of_the_edge_holds_the_gradient_at_every_turn(twin):
    across, down, magnitude = (
        line.get_ydata() for line in twin(Orientation(EDGE, turn=60)).axes[1].lines[:3]
    )
    np.testing.assert_allclose(np.hypot(across, down), magnitude)
    assert (across[0], down[0]) == (0.5, 0)
