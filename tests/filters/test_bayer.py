"""A sensor's mosaic, and what comes back of the picture."""

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from cnnlab import filters
from tests.convolution.operands import repeatable
from tests.filters.test_filters import draw

patterns = st.sampled_from(filters.PATTERNS)
sizes = st.tuples(st.integers(1, 9), st.integers(1, 9))


@repeatable
@given(size=sizes, pattern=patterns)
def test_each_pixel_sees_the_colour_that_the_pattern_names(size, pattern):
    images = draw(3, *size)
    recorded = filters.mosaic(images, pattern=pattern)
    assert recorded.shape == (1, *size)
    for row in range(size[0]):
        for column in range(size[1]):
            colour = "RGB".index(pattern[2 * (row % 2) + column % 2])
            assert recorded[0, row, column] == images[colour, row, column]


@repeatable
@given(size=sizes, pattern=patterns)
def test_what_was_recorded_comes_back_unchanged(size, pattern):
    recorded = draw(2, 1, *size)
    images = filters.demosaic(recorded, pattern=pattern)
    assert images.shape == (2, 3, *size)
    assert torch.equal(filters.mosaic(images, pattern=pattern), recorded)


@repeatable
@given(size=st.tuples(st.integers(2, 9), st.integers(2, 9)), pattern=patterns)
def test_one_colour_all_over_is_restored(size, pattern):
    colour = torch.tensor([0.2, 0.5, 0.9], dtype=torch.float64)[:, None, None].expand(3, *size)
    torch.testing.assert_close(
        filters.demosaic(filters.mosaic(colour, pattern=pattern), pattern=pattern), colour
    )


@pytest.mark.parametrize("pattern", filters.PATTERNS)
def test_a_slope_is_restored_inside(pattern):
    slope = (torch.arange(8.0)[:, None] + 2 * torch.arange(9.0)).expand(3, 8, 9)
    restored = filters.demosaic(filters.mosaic(slope, pattern=pattern), pattern=pattern)
    torch.testing.assert_close(restored[:, 1:-1, 1:-1], slope[:, 1:-1, 1:-1])


def test_missing_colours_are_means_of_the_nearest_pixels_of_that_colour():
    recorded = torch.tensor([[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0], [7.0, 8.0, 9.0]]])
    red, green, blue = filters.demosaic(recorded)
    assert red.tolist() == [[1, 2, 3], [4, 5, 6], [7, 8, 9]]
    # Green in the corner is the mean of its two neighbours, in the middle of four; blue is 5 everywhere.
    assert green.tolist() == [[3, 2, 4], [4, 5, 6], [6, 8, 7]]
    assert blue.tolist() == [[5] * 3] * 3


def test_one_pixel_knows_one_colour():
    assert filters.demosaic(torch.ones(1, 1, 1)).flatten().tolist() == [1, 0, 0]


@pytest.mark.parametrize(
    ("function", "error", "sentence"),
    [
        (lambda: filters.mosaic(torch.ones(4, 4)), ValueError,
         r"^images must have shape \(3, H, W\) or \(N, 3, H, W\), got \(4, 4\)$"),
        (lambda: filters.demosaic(torch.ones(3, 4, 4)), ValueError,
         r"^recorded must have shape \(1, H, W\) or \(N, 1, H, W\), got \(3, 4, 4\)$"),
        (lambda: filters.mosaic(None), TypeError, r"^images must be a torch\.Tensor, got NoneType$"),
        (lambda: filters.mosaic(torch.ones(3, 4, 4), pattern="RGB"), ValueError,
         r"^pattern must be one of 'RGGB', 'BGGR', 'GRBG', 'GBRG', got 'RGB'$"),
        (lambda: filters.bayer_masks(0, 2), ValueError, r"^height must be positive, got 0$"),
        (lambda: filters.bayer_masks(2, 2.0), TypeError, r"^width must be an integer, got 2\.0$"),
    ],
)  # fmt: skip
def test_bad_input_is_refused_in_one_sentence(function, error, sentence):
    with pytest.raises(error, match=sentence):
        function()
