"""Random operands of convolutions along one axis or two, and what judges the results."""

import torch
from hypothesis import settings
from hypothesis import strategies as st

from cnnlab import convolution
from tests.devices.bounds import ERROR as TOLERANCE
from tests.devices.bounds import of_largest, within

METHODS = {1: convolution.METHODS, 2: convolution.METHODS_2D}
# By the number of axes: the convolution first, then the cross-correlation.
OPERATIONS = {
    1: (convolution.convolve1d, convolution.cross_correlate1d),
    2: (convolution.convolve2d, convolution.cross_correlate2d),
}
EVERY = [
    (operation, method, axes) for axes in (1, 2) for operation in OPERATIONS[axes] for method in METHODS[axes]
]
DECK_IMAGE = [[3, 3, 2, 1, 0], [0, 0, 1, 3, 1], [3, 1, 2, 2, 3], [2, 0, 0, 2, 2], [2, 0, 0, 0, 1]]

dtypes = st.sampled_from(list(TOLERANCE))
seeds = st.integers(0, 2**31)
repeatable = settings(deadline=None, derandomize=True, max_examples=120)


def assert_within_bound(result, expected, dtype):
    """The course's error bound: tol times the largest float64 result, or times 1."""
    expected = torch.as_tensor(expected, dtype=torch.float64)
    assert result.dtype == dtype
    assert result.shape == expected.shape
    within(result, expected, of_largest(TOLERANCE[dtype], expected))


def random_tensor(*shape, seed, dtype=torch.float64):
    """Normal samples around 0.5, rounded to ``dtype``."""
    return (torch.randn(*shape, generator=torch.Generator().manual_seed(seed)) + 0.5).to(dtype)


def pairs(low, high):
    """An integer for both axes, or one for each."""
    one = st.integers(low, high)
    return one | st.tuples(one, one)


def both(size):
    return size if isinstance(size, tuple) else (size, size)


@st.composite
def batches(draw, axes=2):
    """A batch, a kernel that fits it, and the options that go with them."""
    sizes, most = (st.integers, 3) if axes == 1 else (pairs, 2)
    groups, channels, outputs = (draw(st.integers(1, most)) for _ in range(3))
    options = {
        "stride": draw(sizes(1, 4)),
        "dilation": draw(sizes(1, 3)),
        "padding": draw(sizes(0, 7 - 2 * axes)),
    }
    taps = [draw(st.integers(1, 8 - 2 * axes)) for _ in range(axes)]
    # Along one axis, only the first of either pair.
    steps = zip(taps, both(options["dilation"]), both(options["padding"]), strict=False)
    lengths = [
        max(1, gap * (tap - 1) + 1 - 2 * pad) + draw(st.integers(0, 12 // axes)) for tap, gap, pad in steps
    ]
    seed, dtype = draw(seeds), draw(dtypes)
    signal = random_tensor(draw(st.integers(0, most)), channels * groups, *lengths, seed=seed, dtype=dtype)
    kernel = random_tensor(outputs * groups, channels, *taps, seed=seed + 1, dtype=dtype)
    return signal, kernel, options | {"groups": groups}
