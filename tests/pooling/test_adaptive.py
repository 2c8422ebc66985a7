"""Adaptive and global pooling choose PyTorch's windows."""

import torch
from hypothesis import given
from hypothesis import strategies as st
from torch.nn import functional as F

from cnnlab import pooling
from tests.convolution.operands import assert_within_bound, pairs
from tests.pooling.strategies import judged, pictures, repeatable, slopes

ADAPTIVE = [
    (pooling.adaptive_max_pool2d, F.adaptive_max_pool2d),
    (pooling.adaptive_avg_pool2d, F.adaptive_avg_pool2d),
]
GLOBAL = [
    (pooling.global_max_pool2d, F.adaptive_max_pool2d),
    (pooling.global_avg_pool2d, F.adaptive_avg_pool2d),
]
sizes = pairs(1, 9) | st.tuples(st.none(), st.integers(1, 9)) | st.tuples(st.integers(1, 9), st.none())


@repeatable
@given(images=pictures(), size=sizes)
def test_results_are_pytorchs_also_for_more_windows_than_pixels(images, size):
    for pool, judge in ADAPTIVE:
        assert_within_bound(pool(images, size), judged(judge, images, size), images.dtype)


@repeatable
@given(images=pictures(leading=[(1, 2)], tied=True), size=sizes)
def test_gradients_are_pytorchs_ties_included(images, size):
    for pool, judge in ADAPTIVE:
        torch.testing.assert_close(slopes(pool, images, size), slopes(judge, images, size))


@repeatable
@given(images=pictures())
def test_global_pooling_is_one_window_and_drops_the_axes(images):
    for pool, judge in GLOBAL:
        assert_within_bound(pool(images), judged(judge, images, 1)[..., 0, 0], images.dtype)
