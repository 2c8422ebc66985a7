"""The transposed convolution is PyTorch's, and the transpose of the strided cross-correlation."""

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch.nn.functional import conv_transpose2d as judge

from cnnlab.convolution import conv_transpose2d, cross_correlate2d
from tests.convolution.operands import (
    assert_within_bound,
    both,
    dtypes,
    pairs,
    random_tensor,
    repeatable,
    seeds,
)


@st.composite
def batches(draw):
    """Images, a kernel, and options that leave some of the result."""
    groups, channels, outputs = (draw(st.integers(1, 2)) for _ in range(3))
    stride, dilation = draw(pairs(1, 3)), draw(pairs(1, 3))
    size, taps = [(draw(st.integers(1, 5)), draw(st.integers(1, 4))) for _ in range(2)]
    extra, padding = [], []
    for length, tap, step, gap in zip(size, taps, both(stride), both(dilation), strict=True):
        extra.append(draw(st.integers(0, max(step, gap) - 1)))
        whole = (length - 1) * step + gap * (tap - 1) + extra[-1] + 1
        padding.append(draw(st.integers(0, (whole - 1) // 2)))
    options = {"stride": stride, "dilation": dilation, "groups": groups}
    options |= {"padding": tuple(padding), "output_padding": tuple(extra)}
    seed, dtype = draw(seeds), draw(dtypes)
    images = random_tensor(draw(st.integers(0, 2)), channels * groups, *size, seed=seed, dtype=dtype)
    return images, random_tensor(channels * groups, outputs, *taps, seed=seed + 1, dtype=dtype), options


@repeatable
@given(batch=batches())
def test_it_is_pytorchs(batch):
    images, kernel, options = batch
    expected = judge(images.double(), kernel.double(), **options)
    assert_within_bound(conv_transpose2d(images, kernel, **options), expected, images.dtype)


@pytest.mark.parametrize(
    "options",
    [{}, {"stride": 2}, {"stride": (2, 3), "padding": (1, 0)}, {"dilation": 2, "padding": 1}, {"groups": 2}],
)
def test_it_is_the_transpose_of_the_cross_correlation(options):
    images = random_tensor(1, 2, 7, 7, seed=0)
    kernel = random_tensor(4, 2 // options.get("groups", 1), 3, 3, seed=1)
    forward = cross_correlate2d(images, kernel, **options)
    small = random_tensor(*forward.shape, seed=2)
    back = conv_transpose2d(small, kernel, **options)
    reached = images[..., : back.shape[2], : back.shape[3]]  # a stride may leave the last pixels out
    torch.testing.assert_close((forward * small).sum(), (reached * back).sum())


def test_a_single_pixel_becomes_the_kernel_and_neighbours_start_a_stride_apart():
    kernel = torch.tensor([[1.0, 2.0], [3.0, 4.0]])
    assert torch.equal(conv_transpose2d(torch.tensor([[1.0]]), kernel), kernel)
    two = conv_transpose2d(torch.tensor([[1.0, 10.0]]), kernel, stride=2)
    assert two.tolist() == [[1, 2, 10, 20], [3, 4, 30, 40]]
