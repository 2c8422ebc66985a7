"""Every method gives the answer of PyTorch, NumPy and SciPy, in every mode, dtype and geometry."""

import numpy as np
import pytest
import scipy.signal
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch.nn.functional import conv1d
from torch.utils._python_dispatch import TorchDispatchMode

from cnnlab.convolution import METHODS, convolve1d, cross_correlate1d, methods1d, toeplitz1d

TOLERANCE = {torch.float64: 1e-12, torch.float32: 1e-5, torch.float16: 1e-2, torch.bfloat16: 1e-2}
OPERATIONS = (convolve1d, cross_correlate1d)

methods = st.sampled_from(METHODS)
dtypes = st.sampled_from(list(TOLERANCE))
seeds = st.integers(0, 2**31)
repeatable = settings(deadline=None, derandomize=True, max_examples=300)
each_method = pytest.mark.parametrize("method", METHODS)
each_operation = pytest.mark.parametrize("operation", OPERATIONS)


def assert_within_bound(result, expected, dtype):
    """The course's error bound: tol times the largest float64 result, or times 1."""
    expected = torch.as_tensor(expected, dtype=torch.float64)
    assert result.dtype == dtype
    assert result.shape == expected.shape
    bound = TOLERANCE[dtype] * max(1.0, expected.abs().max().item() if expected.numel() else 0.0)
    assert ((result.double() - expected).abs() <= bound).all()


def random_tensor(*shape, seed, dtype=torch.float64):
    """Normal samples around 0.5, rounded to ``dtype``."""
    return (torch.randn(*shape, generator=torch.Generator().manual_seed(seed)) + 0.5).to(dtype)


def flipped(kernel):
    return kernel.double().flip(-1)


@st.composite
def batches(draw):
    """A batch, a kernel that fits it, and the options that go with them."""
    sizes = st.integers(1, 3)
    options = {"stride": draw(st.integers(1, 4)), "dilation": draw(sizes), "groups": draw(sizes)}
    kernel_size, padding = draw(st.integers(1, 6)), draw(st.integers(0, 5))
    shortest = max(1, options["dilation"] * (kernel_size - 1) + 1 - 2 * padding)
    length, channels = draw(st.integers(shortest, shortest + 12)), draw(sizes)
    seed, dtype = draw(seeds), draw(dtypes)
    shape = draw(st.integers(0, 3)), channels * options["groups"], length
    signal = random_tensor(*shape, seed=seed, dtype=dtype)
    kernel_shape = draw(sizes) * options["groups"], channels, kernel_size
    kernel = random_tensor(*kernel_shape, seed=seed + 1, dtype=dtype)
    return signal, kernel, padding, options


@repeatable
@given(batch=batches(), method=methods)
def test_valid_is_conv1d_and_convolution_flips_the_kernel(batch, method):
    signal, kernel, padding, options = batch
    options["padding"] = padding
    correlation = conv1d(signal.double(), kernel.double(), **options)
    convolution = conv1d(signal.double(), flipped(kernel), **options)
    assert_within_bound(
        cross_correlate1d(signal, kernel, method=method, **options), correlation, signal.dtype
    )
    assert_within_bound(convolve1d(signal, kernel, method=method, **options), convolution, signal.dtype)


@repeatable
@given(batch=batches(), method=methods)
def test_full_is_conv1d_padded_by_all_taps_but_one(batch, method):
    signal, kernel, _, options = batch
    overhang = options["dilation"] * (kernel.shape[-1] - 1)
    expected = conv1d(signal.double(), flipped(kernel), padding=overhang, **options)
    result = convolve1d(signal, kernel, method=method, mode="full", **options)
    assert_within_bound(result, expected, signal.dtype)


# PyTorch warns that it copies where an even kernel needs one more zero on the right: the zero tested here.
@pytest.mark.filterwarnings("ignore:Using padding='same' with even kernel lengths:UserWarning")
@repeatable
@given(batch=batches(), method=methods)
def test_same_correlation_is_pytorchs(batch, method):
    signal, kernel, _, options = batch
    options["stride"] = 1
    expected = conv1d(signal.double(), kernel.double(), padding="same", **options)
    result = cross_correlate1d(signal, kernel, method=method, mode="same", **options)
    assert_within_bound(result, expected, signal.dtype)


@repeatable
@given(
    length=st.integers(1, 20), taps=st.integers(1, 8), dilation=st.integers(1, 3), method=methods, seed=seeds
)
def test_same_convolution_is_centred_like_scipys(length, taps, dilation, method, seed):
    signal, kernel = random_tensor(length, seed=seed), random_tensor(taps, seed=seed + 1)
    spread = np.zeros(dilation * (taps - 1) + 1)
    spread[::dilation] = kernel
    expected = scipy.signal.convolve(signal.numpy(), spread, mode="same", method="direct")
    result = convolve1d(signal, kernel, method=method, mode="same", dilation=dilation)
    assert_within_bound(result, expected, torch.float64)


@repeatable
@given(length=st.integers(1, 20), taps=st.integers(1, 20), method=methods, dtype=dtypes, seed=seeds)
def test_one_dimensional_signals_agree_with_numpy_and_scipy(length, taps, method, dtype, seed):
    signal = random_tensor(length, seed=seed, dtype=dtype)
    kernel = random_tensor(taps, seed=seed + 1, dtype=dtype)
    arrays = signal.double().numpy(), kernel.double().numpy()
    oracles = {convolve1d: (np.convolve, scipy.signal.convolve)}
    oracles[cross_correlate1d] = (np.correlate, scipy.signal.correlate)
    for operation, judges in oracles.items():
        for mode in ("full", "valid") if taps <= length else ("full",):
            result = operation(signal, kernel, method=method, mode=mode)
            for judge in judges:
                assert_within_bound(result, judge(*arrays, mode=mode), dtype)


@each_method
def test_the_lectures_example_by_hand(method):
    result = convolve1d(torch.tensor([1.0, 0, -1]), torch.tensor([0.0, 1, 2]), method=method, mode="full")
    assert result.round(decimals=5).tolist() == [0, 1, 2, -1, -2]


@each_method
def test_a_delta_tells_convolution_from_correlation(method):
    delta, kernel = torch.tensor([0.0, 0, 1, 0, 0]), torch.tensor([1.0, 2, 3])
    convolution = convolve1d(delta, kernel, method=method, mode="same")
    correlation = cross_correlate1d(delta, kernel, method=method, mode="same")
    assert convolution.round(decimals=5).tolist() == [0, 1, 2, 3, 0]
    assert correlation.round(decimals=5).tolist() == [0, 3, 2, 1, 0]


@each_method
def test_an_even_kernel_in_mode_same_by_hand(method):
    signal, kernel = torch.tensor([1.0, 2, 4]), torch.tensor([1.0, 10])
    correlation = cross_correlate1d(signal, kernel, method=method, mode="same")
    convolution = convolve1d(signal, kernel, method=method, mode="same")
    assert correlation.round(decimals=4).tolist() == [21, 42, 4]
    assert convolution.round(decimals=4).tolist() == [1, 12, 24]


@each_method
@pytest.mark.parametrize("mode", ["valid", "full", "same"])
def test_one_sample_and_one_tap_are_one_product(method, mode):
    for operation in OPERATIONS:
        result = operation(torch.tensor([3.0]), torch.tensor([2.0]), method=method, mode=mode)
        torch.testing.assert_close(result, torch.tensor([6.0]))


@each_method
def test_a_kernel_longer_than_the_signal_works_in_full_and_same(method):
    signal, kernel = torch.tensor([1.0, 1.0]), torch.tensor([1.0, 2, 3, 4, 5])
    full = convolve1d(signal, kernel, method=method, mode="full")
    assert full.round(decimals=4).tolist() == [1, 3, 5, 7, 9, 5]
    assert convolve1d(signal, kernel, method=method, mode="same").round(decimals=4).tolist() == [5, 7]


@each_method
def test_padding_may_exceed_the_kernel_and_stride_the_signal(method):
    signal, kernel = torch.tensor([5.0]), torch.tensor([2.0])
    padded = cross_correlate1d(signal, kernel, method=method, padding=3)
    assert padded.round(decimals=5).tolist() == [0, 0, 0, 10, 0, 0, 0]
    strided = cross_correlate1d(signal, kernel, method=method, padding=3, stride=10)
    assert strided.round(decimals=5).tolist() == [0]


@each_method
@each_operation
def test_inputs_are_unchanged(operation, method):
    signal, kernel = random_tensor(2, 4, 9, seed=0), random_tensor(6, 2, 3, seed=1)
    copies = signal.clone(), kernel.clone()
    operation(signal, kernel, method=method, padding=2, groups=2).zero_()
    assert torch.equal(signal, copies[0])
    assert torch.equal(kernel, copies[1])


@each_method
@each_operation
def test_memory_layout_does_not_matter(operation, method):
    base = random_tensor(9, 4, 2, seed=0)
    views = {
        "transposed": base.permute(2, 1, 0),
        "every other sample": base.reshape(1, 4, 18)[..., 1::2],
        "repeated without memory": base[:, :, :1].permute(2, 1, 0).expand(3, 4, 9),
        "lazily negated": torch.complex(base, base).conj().imag.permute(2, 1, 0),
    }
    kernel = random_tensor(3, 2, 6, seed=1).permute(2, 1, 0)
    for name, view in views.items():
        result = operation(view, kernel, method=method, groups=2)
        expected = operation(view.resolve_neg().contiguous(), kernel.contiguous(), method=method, groups=2)
        torch.testing.assert_close(result, expected, msg=name)


@each_method
def test_an_empty_batch_gives_an_empty_result_that_still_has_gradients(method):
    signal = torch.empty(0, 4, 9, requires_grad=True)
    kernel = torch.ones(6, 2, 3, requires_grad=True)
    result = cross_correlate1d(signal, kernel, method=method, groups=2, stride=2)
    assert result.shape == (0, 6, 4)
    result.sum().backward()
    assert signal.grad.shape == (0, 4, 9)
    assert torch.equal(kernel.grad, torch.zeros(6, 2, 3))


@each_method
@each_operation
@pytest.mark.parametrize("mode", ["valid", "full", "same"])
def test_gradients_are_exact(operation, method, mode):
    signal = random_tensor(2, 4, 6, seed=2).requires_grad_()
    kernel = random_tensor(2, 2, 2, seed=3).requires_grad_()
    options = {"method": method, "mode": mode, "dilation": 2, "groups": 2}
    if mode == "valid":
        options |= {"stride": 2, "padding": 1}
    assert torch.autograd.gradcheck(lambda *pair: operation(*pair, **options), (signal, kernel))


@each_method
def test_second_derivatives_are_exact(method):
    signal = random_tensor(1, 1, 4, seed=2).requires_grad_()
    kernel = random_tensor(1, 1, 2, seed=3).requires_grad_()
    convolve = lambda *pair: convolve1d(*pair, method=method, mode="full")  # noqa: E731
    assert torch.autograd.gradgradcheck(convolve, (signal, kernel))


@each_method
@pytest.mark.parametrize("dtype", TOLERANCE)
def test_a_device_without_data_gets_the_right_shape(method, dtype):
    signal = torch.empty(2, 4, 9, dtype=dtype, device="meta")
    kernel = torch.empty(6, 2, 3, dtype=dtype, device="meta")
    result = convolve1d(signal, kernel, method=method, groups=2, stride=2, padding=1)
    assert (result.device.type, result.dtype, result.shape) == ("meta", dtype, (2, 6, 5))


@pytest.mark.parametrize("method", ["windows", "im2col", "fft"])
@pytest.mark.parametrize("dtype", TOLERANCE)
def test_long_signals_and_long_kernels_stay_within_the_bound(method, dtype):
    for length, taps in ((200_000, 9), (6_000, 3_000)):
        signal = random_tensor(length, seed=4, dtype=dtype)
        kernel = random_tensor(taps, seed=5, dtype=dtype)
        expected = conv1d(signal.double()[None, None], kernel.double()[None, None])[0, 0]
        assert_within_bound(cross_correlate1d(signal, kernel, method=method), expected, dtype)


def test_the_fft_finds_a_small_slope_on_a_large_offset():
    ramp = torch.arange(10_000, dtype=torch.float32)
    slope = cross_correlate1d(ramp, torch.tensor([-0.5, 0.0, 0.5]), method="fft")
    assert_within_bound(slope, torch.ones(9_998), torch.float32)


@each_method
def test_no_method_calls_pytorchs_convolutions(method):
    called = []

    class Recorder(TorchDispatchMode):
        def __torch_dispatch__(self, function, types, args=(), kwargs=None):
            called.append(str(function))
            return function(*args, **(kwargs or {}))

    with Recorder():
        convolve1d(torch.ones(2, 4, 9), torch.ones(4, 2, 3), method=method, groups=2, padding=1, stride=2)
        toeplitz1d(torch.ones(3), 9)
    assert called
    assert not [name for name in called if any(word in name for word in ("conv", "fold", "im2col", "correl"))]


@pytest.mark.parametrize("mode", ["full", "same", "valid"])
@pytest.mark.parametrize("taps", [1, 2, 5])
def test_a_convolution_is_multiplication_by_its_toeplitz_matrix(mode, taps):
    signal, kernel = random_tensor(7, seed=6), random_tensor(taps, seed=7)
    expected = np.convolve(signal.numpy(), kernel.numpy(), mode)
    assert_within_bound(toeplitz1d(kernel, 7, mode=mode) @ signal, expected, torch.float64)
    assert_within_bound(convolve1d(signal, kernel, mode=mode), expected, torch.float64)


def test_the_toeplitz_matrix_is_constant_along_each_diagonal():
    matrix = toeplitz1d(torch.tensor([1.0, 2.0, 3.0]), 4, mode="same")
    assert matrix.tolist() == [[2, 1, 0, 0], [3, 2, 1, 0], [0, 3, 2, 1], [0, 0, 3, 2]]


def test_a_toeplitz_matrix_of_a_kernel_longer_than_the_signal_is_scipys():
    kernel = random_tensor(6, seed=8)
    expected = scipy.linalg.convolution_matrix(kernel.numpy(), 2, mode="full")
    assert torch.equal(toeplitz1d(kernel, 2), torch.tensor(expected))


@given(st.integers(1, 10**7))
@settings(deadline=None, derandomize=True)
def test_a_fast_length_is_close_and_has_only_small_prime_factors(length):
    fast = methods1d.fast_length(length)
    assert length <= fast <= max(length * 9 / 8, length + 1)
    for prime in (2, 3, 5):
        while fast % prime == 0:
            fast //= prime
    assert fast == 1
