"""Max, average and Lp pooling are PyTorch's, and those of the lectures."""

import math

import pytest
import torch
from hypothesis import given
from torch.nn import functional as F

from cnnlab import geometry, pooling
from cnnlab.convolution import cross_correlate2d
from tests.convolution.operands import DECK_IMAGE, assert_within_bound, random_tensor
from tests.pooling.strategies import judged, poolings, repeatable, slopes

DECK = torch.tensor(DECK_IMAGE).double()


@repeatable
@given(pooled=poolings(dilated=True, tied=True))
def test_max_pooling_and_its_places_are_pytorchs(pooled):
    images, kernel, options = pooled
    expected, places = judged(F.max_pool2d, images, kernel, return_indices=True, **options)
    result, indices = pooling.max_pool2d(images, kernel, return_indices=True, **options)
    assert result.dtype == images.dtype
    assert torch.equal(result.double(), expected)
    assert torch.equal(result, pooling.max_pool2d(images, kernel, **options))
    met = expected > -math.inf  # where a dilated window meets no pixel, PyTorch's place means nothing
    assert torch.equal(indices[met], places[met])
    assert (indices[~met] == -1).all()


@repeatable
@given(pooled=poolings())
def test_average_pooling_is_pytorchs_whether_padding_counts_or_not(pooled):
    images, kernel, options = pooled
    for counted in (True, False):
        expected = judged(F.avg_pool2d, images, kernel, count_include_pad=counted, **options)
        result = pooling.avg_pool2d(images, kernel, count_include_pad=counted, **options)
        assert_within_bound(result, expected, images.dtype)


@repeatable
@given(pooled=poolings(padded=False))
def test_lp_pooling_is_pytorchs_of_the_magnitudes(pooled):
    images, kernel, options = pooled
    whole = {"stride": options["stride"]}
    for power in (1, 2, 3.5):
        expected = judged(F.lp_pool2d, images.abs(), power, kernel, **whole)
        assert_within_bound(
            pooling.lp_pool2d(images, kernel, norm_type=power, **whole), expected, images.dtype
        )


@repeatable
@given(pooled=poolings(dilated=True))
def test_sizes_are_those_that_geometry_gives(pooled):
    images, kernel, options = pooled
    layer = geometry.Pool(kernel, **options)
    channels, height, width = geometry.output_shape(layer, (1, *images.shape[-2:]))
    assert pooling.max_pool2d(images, kernel, **options).shape == (*images.shape[:-2], height, width)
    if options.pop("dilation") in (1, (1, 1)):
        assert pooling.avg_pool2d(images, kernel, **options).shape == (*images.shape[:-2], height, width)
    assert channels == 1


def test_the_lectures_tables():
    assert pooling.max_pool2d(DECK, 3, stride=1).tolist() == [[3, 3, 3], [3, 3, 3], [3, 2, 3]]
    averages = pooling.avg_pool2d(DECK, 3, stride=1)
    assert averages.round(decimals=1).tolist() == [[1.7, 1.7, 1.7], [1.0, 1.2, 1.8], [1.1, 0.8, 1.3]]
    corner = torch.tensor([[1, 1, 1, 1], [1, 1, 1, 2], [3, 4, 4, 5], [2, 2, 1, 2]]).float()
    assert pooling.max_pool2d(corner, 2).tolist() == [[1, 2], [4, 5]]


def test_the_lectures_block_of_90s_with_a_hole_and_a_stray():
    image = torch.zeros(10, 10)
    image[2:7, 3:8] = 90
    image[5, 4], image[8, 2] = 0, 90
    assert pooling.avg_pool2d(image, 3, stride=1).round().tolist() == [
        [0, 10, 20, 30, 30, 30, 20, 10],
        [0, 20, 40, 60, 60, 60, 40, 20],
        [0, 30, 60, 90, 90, 90, 60, 30],
        [0, 30, 50, 80, 80, 90, 60, 30],
        [0, 30, 50, 80, 80, 90, 60, 30],
        [0, 20, 30, 50, 50, 60, 40, 20],
        [10, 20, 30, 30, 30, 30, 20, 10],
        [10, 10, 10, 0, 0, 0, 0, 0],
    ]


@pytest.mark.parametrize("stride", [1, 2, (3, 1)])
def test_average_pooling_is_a_convolution_with_constant_weight(stride):
    images, (rows, columns) = random_tensor(2, 3, 9, 8, seed=0), (3, 2)
    weight = torch.full((3, 1, rows, columns), 1 / (rows * columns), dtype=images.dtype)
    expected = cross_correlate2d(images, weight, stride=stride, padding=(1, 1), groups=3)
    torch.testing.assert_close(
        pooling.avg_pool2d(images, (rows, columns), stride=stride, padding=1), expected
    )


def test_max_pooling_2x2_hands_on_a_quarter_of_the_activations():
    image = random_tensor(8, 12, seed=0)
    _, places = pooling.max_pool2d(image, 2, return_indices=True)
    assert len(places.unique()) / image.numel() == 0.25


def test_overlapping_windows_share_pixels_and_disjoint_ones_do_not():
    image = torch.zeros(5, 5)
    image[2, 2] = 1
    assert pooling.max_pool2d(image, 3, stride=2).sum() == 4
    assert pooling.max_pool2d(image, 3, stride=2).shape == pooling.max_pool2d(image, 2).shape == (2, 2)
    assert pooling.max_pool2d(image, 2).sum() == 1


def test_large_powers_approach_the_largest_magnitude():
    image = random_tensor(6, 6, seed=0)
    largest = pooling.max_pool2d(image.abs(), 2)
    gaps = [(pooling.lp_pool2d(image, 2, norm_type=p) - largest).max().item() for p in (1, 2, 8, 200)]
    assert gaps == sorted(gaps, reverse=True)
    assert 0 <= gaps[-1] < 0.01 * largest.max()


def test_a_norm_over_the_edge_counts_what_is_there():
    row = torch.tensor([[3.0, 4.0, 2.0]])
    assert pooling.lp_pool2d(row, (1, 2), ceil_mode=True).tolist() == [[5, 2]]
    assert F.lp_pool2d(row[None], 2, (1, 2), ceil_mode=True).tolist() != [[[5, 2]]]


@pytest.mark.parametrize("value", [-math.inf, math.inf, math.nan])
def test_extreme_pixels_win_as_in_pytorch_and_padding_never_does(value):
    image = torch.zeros(1, 3, 4)
    image[:, 0] = value
    expected, places = F.max_pool2d(image, (1, 2), padding=(0, 1), stride=2, return_indices=True)
    result, indices = pooling.max_pool2d(image, (1, 2), padding=(0, 1), stride=2, return_indices=True)
    torch.testing.assert_close(result, expected, equal_nan=True, rtol=0, atol=0)
    if not math.isnan(value):  # of several NaNs PyTorch names the last
        assert torch.equal(indices, places)


def test_a_dilated_window_may_meet_padding_only():
    result, places = pooling.max_pool2d(torch.ones(2, 2), 2, padding=1, dilation=3, return_indices=True)
    assert result.tolist() == [[-math.inf]]
    assert places.tolist() == [[-1]]


def test_a_window_of_zeros_has_gradient_zero_in_lp_pooling():
    images = torch.zeros(2, 2, requires_grad=True)
    pooling.lp_pool2d(images, 2).sum().backward()
    assert images.grad.tolist() == [[0, 0], [0, 0]]


@repeatable
@given(pooled=poolings(dilated=True, tied=True, leading=[(2, 2)]))
def test_ties_send_the_gradient_where_pytorch_sends_it(pooled):
    images, kernel, options = pooled
    found = slopes(pooling.max_pool2d, images, kernel, **options)
    assert torch.equal(found, slopes(F.max_pool2d, images, kernel, **options))


def test_half_precision_sums_do_not_overflow():
    images = torch.full((64, 64), 60_000.0, dtype=torch.float16)
    assert pooling.avg_pool2d(images, 64).item() == images[0, 0].item()
