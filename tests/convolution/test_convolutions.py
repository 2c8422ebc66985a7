"""Every method gives the answer of PyTorch and SciPy, in every mode and dtype, along one axis and two."""

import numpy as np
import pytest
import scipy.signal
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch.nn.functional import conv1d, conv2d

from cnnlab.convolution import (
    convolve1d,
    convolve2d,
    cross_correlate1d,
    cross_correlate2d,
    methods1d,
    toeplitz1d,
)
from cnnlab.geometry import MODES
from tests.convolution.operands import (
    DECK_IMAGE,
    METHODS,
    OPERATIONS,
    TOLERANCE,
    assert_within_bound,
    batches,
    both,
    dtypes,
    random_tensor,
    repeatable,
    seeds,
)

PYTORCHS = {1: conv1d, 2: conv2d}
SCIPYS = {
    1: (scipy.signal.convolve, scipy.signal.correlate),
    2: (scipy.signal.convolve2d, scipy.signal.correlate2d),
}
DECK_KERNEL = [[0, 1, 2], [2, 2, 0], [0, 1, 2]]
FULL, SAME = {"mode": "full"}, {"mode": "same"}
BY_HAND = [
    (convolve1d, [1, 0, -1], [0, 1, 2], FULL, [0, 1, 2, -1, -2]),  # the lecture's
    (convolve1d, [0, 0, 1, 0, 0], [1, 2, 3], SAME, [0, 1, 2, 3, 0]),  # a delta tells the two apart
    (cross_correlate1d, [0, 0, 1, 0, 0], [1, 2, 3], SAME, [0, 3, 2, 1, 0]),
    (convolve1d, [1, 2, 4], [1, 10], SAME, [1, 12, 24]),  # so does an even kernel
    (cross_correlate1d, [1, 2, 4], [1, 10], SAME, [21, 42, 4]),
    (convolve1d, [1, 1], [1, 2, 3, 4, 5], FULL, [1, 3, 5, 7, 9, 5]),  # the kernel may be the longer one
    (convolve1d, [1, 1], [1, 2, 3, 4, 5], SAME, [5, 7]),
    (cross_correlate1d, [5], [2], {"padding": 3}, [0, 0, 0, 10, 0, 0, 0]),  # and the padding longer than it
    (cross_correlate1d, [5], [2], {"padding": 3, "stride": 10}, [0]),
    (cross_correlate2d, [[5]], [[2]], {"padding": (1, 2)}, [[0] * 5, [0, 0, 10, 0, 0], [0] * 5]),
    (cross_correlate2d, [[5]], [[2]], {"padding": 1, "stride": 9}, [[0]]),
    # The lectures' tables of stride and padding, and their Sobel filter.
    (cross_correlate2d, DECK_IMAGE, DECK_KERNEL, {}, [[12, 12, 17], [10, 17, 19], [9, 6, 14]]),
    (
        cross_correlate2d,
        DECK_IMAGE,
        DECK_KERNEL,
        {"padding": 1, "stride": 2},
        [[6, 17, 3], [8, 17, 13], [6, 4, 4]],
    ),
    (
        convolve2d,
        [[1, 2, 3], [4, 5, 6], [7, 8, 9]],
        [[-1, -2, -1], [0, 0, 0], [1, 2, 1]],
        SAME,
        [[-13, -20, -17], [-18, -24, -18], [13, 20, 17]],
    ),
    (convolve2d, [[1, 2], [3, 4]], [[1, 10], [100, 1000]], SAME, [[1, 12], [103, 1234]]),
    (cross_correlate2d, [[1, 2], [3, 4]], [[1, 10], [100, 1000]], SAME, [[4321, 402], [43, 4]]),
    *((operation, [3], [2], {"mode": mode}, [6]) for operation in OPERATIONS[1] for mode in MODES),
    *((operation, [[3]], [[2]], {"mode": mode}, [[6]]) for operation in OPERATIONS[2] for mode in MODES),
]
each_method = pytest.mark.parametrize(
    ("axes", "method"), [(axes, method) for axes, methods in METHODS.items() for method in methods]
)


@st.composite
def slides(draw):
    """The two operations and their judge, a method of theirs, and what goes into them."""
    axes = draw(st.integers(1, 2))
    return OPERATIONS[axes], PYTORCHS[axes], draw(st.sampled_from(METHODS[axes])), *draw(batches(axes))


def flipped(kernel):
    return kernel.double().flip(*range(2, kernel.ndim))


many = settings(repeatable, max_examples=400)


@many
@given(slide=slides())
def test_valid_is_pytorchs_and_convolution_flips_the_kernel(slide):
    operations, judge, method, signal, kernel, options = slide
    for operation, weight in zip(operations, (flipped(kernel), kernel.double()), strict=True):
        result = operation(signal, kernel, method=method, **options)
        assert_within_bound(result, judge(signal.double(), weight, **options), signal.dtype)


@many
@given(slide=slides())
def test_full_is_pytorchs_padded_by_all_taps_but_one(slide):
    (convolve, _), judge, method, signal, kernel, options = slide
    steps = zip(both(options["dilation"]), kernel.shape[2:], strict=False)
    options["padding"] = tuple(step * (taps - 1) for step, taps in steps)
    expected = judge(signal.double(), flipped(kernel), **options)
    del options["padding"]
    assert_within_bound(convolve(signal, kernel, method=method, **FULL, **options), expected, signal.dtype)


# PyTorch warns that it copies where an even kernel needs one more zero at the end: the zero tested here.
@pytest.mark.filterwarnings("ignore:Using padding='same' with even kernel lengths:UserWarning")
@many
@given(slide=slides())
def test_same_correlation_is_pytorchs(slide):
    (_, correlate), judge, method, signal, kernel, options = slide
    options = {name: options[name] for name in ("dilation", "groups")}
    expected = judge(signal.double(), kernel.double(), padding="same", **options)
    assert_within_bound(correlate(signal, kernel, method=method, **SAME, **options), expected, signal.dtype)


@many
@given(axes=st.integers(1, 2), dilation=st.integers(1, 3), dtype=dtypes, seed=seeds, data=st.data())
def test_without_channels_both_are_scipys_centred_like_them_in_mode_same(axes, dilation, dtype, seed, data):
    size, taps = (data.draw(st.tuples(*[st.integers(1, 20 if axes == 1 else 7)] * axes)) for _ in range(2))
    method = data.draw(st.sampled_from(METHODS[axes]))
    signal = random_tensor(*size, seed=seed, dtype=dtype)
    kernel = random_tensor(*taps, seed=seed + 1, dtype=dtype)
    spread = np.zeros([dilation * (count - 1) + 1 for count in taps])
    spread[(slice(None, None, dilation),) * axes] = kernel.double()
    fitting = (
        ["valid"] if all(span <= length for span, length in zip(spread.shape, size, strict=True)) else []
    )
    # SciPy centres a cross-correlation in another way.
    for operation, judge, modes in zip(
        OPERATIONS[axes], SCIPYS[axes], (["full", "same"], ["full"]), strict=True
    ):
        for mode in modes + fitting:
            result = operation(signal, kernel, method=method, mode=mode, dilation=dilation)
            assert_within_bound(result, judge(signal.double().numpy(), spread, mode=mode), dtype)


@pytest.mark.parametrize(("operation", "signal", "kernel", "options", "expected"), BY_HAND)
def test_what_is_computed_by_hand(operation, signal, kernel, options, expected):
    signal, kernel = torch.tensor(signal).float(), torch.tensor(kernel).float()
    results = {
        method: operation(signal, kernel, method=method, **options).double().round(decimals=4).tolist()
        for method in METHODS[signal.ndim]
    }
    assert results == dict.fromkeys(results, expected)


@each_method
def test_gradients_through_repeated_memory_are_exact(axes, method):
    row, kernel = (
        random_tensor(1, 2, *(1, 3)[-axes:], seed=2).requires_grad_(),
        random_tensor(1, 2, *[2] * axes, seed=3),
    )
    correlate = OPERATIONS[axes][1]
    assert torch.autograd.gradcheck(
        lambda x: correlate(x.expand(2, 2, *[3] * axes), kernel, method=method), row
    )


@each_method
def test_second_derivatives_are_exact(axes, method):
    signal = random_tensor(1, 1, *(4, 2)[:axes], seed=2).requires_grad_()
    kernel = random_tensor(1, 1, *[2] * axes, seed=3).requires_grad_()
    convolve = OPERATIONS[axes][0]
    assert torch.autograd.gradgradcheck(
        lambda *pair: convolve(*pair, method=method, **FULL), (signal, kernel)
    )


@pytest.mark.parametrize("method", ["windows", "im2col", "fft"])
@pytest.mark.parametrize("dtype", TOLERANCE)
@pytest.mark.parametrize(
    ("size", "taps", "channels"),
    [([200_000], [9], 1), ([6_000], [3_000], 1), ([96, 96], [31, 31], 1), ([48, 48], [3, 3], 64)],
)
def test_what_is_large_stays_within_the_bound(size, taps, channels, dtype, method):
    signal = random_tensor(1, channels, *size, seed=4, dtype=dtype)
    kernel = random_tensor(2, channels, *taps, seed=5, dtype=dtype)
    expected = PYTORCHS[len(size)](signal.double(), kernel.double())
    assert_within_bound(OPERATIONS[len(size)][1](signal, kernel, method=method), expected, dtype)


@pytest.mark.parametrize("rows", [(), (3,)])
def test_the_fft_finds_a_small_slope_on_a_large_offset(rows):
    ramp = torch.arange(10_000, dtype=torch.float32).expand(*rows, -1)
    kernel = torch.tensor([-0.5, 0.0, 0.5]).expand(*[1 for _ in rows], -1)
    slope = OPERATIONS[ramp.ndim][1](ramp, kernel, method="fft")
    assert_within_bound(slope, torch.ones(*rows, 9_998), torch.float32)


@pytest.mark.parametrize(
    ("mode", "taps", "length"), [*((mode, taps, 7) for mode in MODES for taps in (1, 2, 5)), ("full", 6, 2)]
)
def test_the_toeplitz_matrix_is_scipys_and_multiplies_to_the_convolution(mode, taps, length):
    signal, kernel = random_tensor(length, seed=6), random_tensor(taps, seed=7)
    matrix = toeplitz1d(kernel, length, mode=mode)
    assert torch.equal(matrix, torch.tensor(scipy.linalg.convolution_matrix(kernel.numpy(), length, mode)))
    assert_within_bound(matrix @ signal, convolve1d(signal, kernel, mode=mode), torch.float64)


@given(st.integers(1, 10**7))
@settings(deadline=None, derandomize=True)
def test_a_fast_length_is_close_and_has_only_small_prime_factors(length):
    fast = methods1d.fast_length(length)
    assert length <= fast <= max(length * 9 / 8, length + 1)
    for prime in (2, 3, 5):
        while fast % prime == 0:
            fast //= prime
    assert fast == 1
