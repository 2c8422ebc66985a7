"""Strokes as grey levels: how they are drawn, scaled to a box and centred."""

import numpy as np
import pytest

from cnnlab.explorers.draw_digit.strokes import placed, rasterised

HOOK = [[(0.1, 0.2), (0.3, 0.2), (0.3, 0.6)]]
LOOK = {"pen": 2.0, "edge": 1.0}


def test_ink_is_full_inside_a_stroke_half_on_its_border_and_none_outside():
    ink = rasterised([[(0, 4), (9, 4)]], 9, pen=3, edge=1)
    # Middles of pixels lie 0.5, 1.5, 2.5 from the line.
    assert ink[:, 4].tolist() == [0, 0, 0.5, 1, 1, 0.5, 0, 0, 0]


def test_a_point_alone_is_a_dot():
    ink = rasterised([[(2.5, 1.5)]], 5, pen=1, edge=1)
    assert np.argwhere(ink).tolist() == [[1, 2]]


def test_a_wider_edge_blurs():
    sharp, soft = (rasterised([[(4, 0), (4, 8)]], 8, pen=2, edge=edge) for edge in (1, 4))
    assert len(np.unique(soft)) > len(np.unique(sharp))


def test_no_stroke_is_no_ink():
    assert not rasterised(placed([], 8, **LOOK, box=6, centre=True), 8, **LOOK).any()


@pytest.mark.parametrize("size", [16, 28])
def test_the_centre_of_mass_comes_to_the_middle(size):
    ink = rasterised(placed(HOOK, size, **LOOK, box=None, centre=True), size, **LOOK)
    middles = np.arange(size) + 0.5
    assert ink.sum(0) @ middles / ink.sum() == pytest.approx(size / 2, abs=0.03)
    assert ink.sum(1) @ middles / ink.sum() == pytest.approx(size / 2, abs=0.03)


def test_a_box_gives_the_longer_side_its_length_and_keeps_the_shape():
    points = np.array(placed(HOOK, 28, **LOOK, box=20, centre=False)[0])
    assert np.ptp(points, axis=0) == pytest.approx([9, 18])
    assert (points.min(0) + points.max(0)) / 2 == pytest.approx([14, 14])


def test_where_and_how_large_a_digit_is_drawn_does_not_matter_in_a_box():
    small = [[(0.5 + 0.3 * x, 0.6 + 0.3 * y) for x, y in HOOK[0]]]
    options = {**LOOK, "box": 20, "centre": True}
    assert np.array(placed(small, 28, **options)) == pytest.approx(np.array(placed(HOOK, 28, **options)))


def test_without_box_and_centre_a_drawing_stays_where_it_is():
    assert placed(HOOK, 10, **LOOK, box=None, centre=False) == [[[1, 2], [3, 2], [3, 6]]]


def test_a_dot_in_a_box_is_not_blown_up():
    assert placed([[(0.1, 0.1)]], 28, **LOOK, box=20, centre=True) == [[pytest.approx([14, 14])]]
