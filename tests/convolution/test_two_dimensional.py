"""Every 2-D method gives the answer of PyTorch and SciPy, in every mode, dtype and geometry."""

import pytest
import scipy.signal
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch.nn.functional import conv2d
from torch.utils._python_dispatch import TorchDispatchMode

from cnnlab.convolution import METHODS_2D, conv_transpose2d, convolve2d, cross_correlate2d, weight_gradient2d
from tests.convolution.test_one_dimensional import TOLERANCE, assert_within_bound, random_tensor

OPERATIONS = (convolve2d, cross_correlate2d)
DECK_IMAGE = [[3, 3, 2, 1, 0], [0, 0, 1, 3, 1], [3, 1, 2, 2, 3], [2, 0, 0, 2, 2], [2, 0, 0, 0, 1]]
DECK_KERNEL = [[0, 1, 2], [2, 2, 0], [0, 1, 2]]
DECK_RESULT = [[12, 12, 17], [10, 17, 19], [9, 6, 14]]
BINARY_RESULT = [[1, 1, 1, 1, 0], [1, 1, 1, 2, 0], [3, 4, 4, 5, 2], [2, 2, 1, 2, 1], [2, 3, 3, 3, 2]]

methods = st.sampled_from(METHODS_2D)
dtypes = st.sampled_from(list(TOLERANCE))
seeds = st.integers(0, 2**31)
repeatable = settings(deadline=None, derandomize=True, max_examples=120)
each_method = pytest.mark.parametrize("method", METHODS_2D)
each_operation = pytest.mark.parametrize("operation", OPERATIONS)


def pairs(low, high):
    """An integer for both axes, or one for each."""
    one = st.integers(low, high)
    return one | st.tuples(one, one)


def both(size):
    return size if isinstance(size, tuple) else (size, size)


def flipped(kernel):
    return kernel.double().flip(-2, -1)


def assert_rounds_to(result, expected):
    """The table is exact; the fft may miss it by rounding."""
    assert result.double().round(decimals=4).tolist() == expected


@st.composite
def batches(draw):
    """A batch, a kernel that fits it, and the options that go with them."""
    groups, channels, outputs = (draw(st.integers(1, 2)) for _ in range(3))
    options = {"stride": draw(pairs(1, 4)), "dilation": draw(pairs(1, 3)), "groups": groups}
    taps, padding = (draw(st.integers(1, 4)), draw(st.integers(1, 4))), draw(pairs(0, 3))
    sizes = [
        max(1, step * (tap - 1) + 1 - 2 * pad) + draw(st.integers(0, 6))
        for tap, step, pad in zip(taps, both(options["dilation"]), both(padding), strict=True)
    ]
    seed, dtype = draw(seeds), draw(dtypes)
    images = random_tensor(draw(st.integers(0, 2)), channels * groups, *sizes, seed=seed, dtype=dtype)
    kernel = random_tensor(outputs * groups, channels, *taps, seed=seed + 1, dtype=dtype)
    return images, kernel, padding, options


@repeatable
@given(batch=batches(), method=methods)
def test_valid_is_conv2d_and_convolution_flips_the_kernel(batch, method):
    images, kernel, padding, options = batch
    options["padding"] = padding
    correlation = conv2d(images.double(), kernel.double(), **options)
    convolution = conv2d(images.double(), flipped(kernel), **options)
    result = cross_correlate2d(images, kernel, method=method, **options)
    assert_within_bound(result, correlation, images.dtype)
    assert_within_bound(convolve2d(images, kernel, method=method, **options), convolution, images.dtype)


@repeatable
@given(batch=batches(), method=methods)
def test_full_is_conv2d_padded_by_all_taps_but_one(batch, method):
    images, kernel, _, options = batch
    steps = zip(both(options["dilation"]), kernel.shape[-2:], strict=True)
    overhang = tuple(step * (taps - 1) for step, taps in steps)
    expected = conv2d(images.double(), flipped(kernel), padding=overhang, **options)
    result = convolve2d(images, kernel, method=method, mode="full", **options)
    assert_within_bound(result, expected, images.dtype)


# PyTorch warns that it copies where an even kernel needs one more zero at the end: the zero tested here.
@pytest.mark.filterwarnings("ignore:Using padding='same' with even kernel lengths:UserWarning")
@repeatable
@given(batch=batches(), method=methods)
def test_same_correlation_is_pytorchs(batch, method):
    images, kernel, _, options = batch
    options["stride"] = 1
    expected = conv2d(images.double(), kernel.double(), padding="same", **options)
    result = cross_correlate2d(images, kernel, method=method, mode="same", **options)
    assert_within_bound(result, expected, images.dtype)


@repeatable
@given(
    size=st.tuples(*[st.integers(1, 7)] * 2),
    taps=st.tuples(*[st.integers(1, 7)] * 2),
    method=methods,
    dtype=dtypes,
    seed=seeds,
)
def test_single_images_agree_with_scipy(size, taps, method, dtype, seed):
    images = random_tensor(*size, seed=seed, dtype=dtype)
    kernel = random_tensor(*taps, seed=seed + 1, dtype=dtype)
    arrays = images.double().numpy(), kernel.double().numpy()
    fits = taps[0] <= size[0] and taps[1] <= size[1]
    for mode in ("full", "valid") if fits else ("full",):
        for operation, judge in zip(
            OPERATIONS, (scipy.signal.convolve2d, scipy.signal.correlate2d), strict=True
        ):
            result = operation(images, kernel, method=method, mode=mode)
            assert_within_bound(result, judge(*arrays, mode=mode), dtype)
    result = convolve2d(images, kernel, method=method, mode="same")
    assert_within_bound(result, scipy.signal.convolve2d(*arrays, mode="same"), dtype)


@each_method
def test_the_lectures_stride_and_padding_tables(method):
    image, kernel = torch.tensor(DECK_IMAGE).float(), torch.tensor(DECK_KERNEL).float()
    assert_rounds_to(cross_correlate2d(image, kernel, method=method), DECK_RESULT)
    padded = cross_correlate2d(image, kernel, method=method, padding=1)
    assert padded.shape == (5, 5)
    assert_rounds_to(padded[:3, :3], [[6, 14, 17], [14, 12, 12], [8, 10, 17]])
    strided = cross_correlate2d(image, kernel, method=method, padding=1, stride=2)
    assert_rounds_to(strided, [[6, 17, 3], [8, 17, 13], [6, 4, 4]])


@each_method
def test_the_lectures_sobel_convolution(method):
    image = torch.arange(1.0, 10).reshape(3, 3)
    sobel = torch.tensor([[-1.0, -2, -1], [0, 0, 0], [1, 2, 1]])
    expected = [[-13, -20, -17], [-18, -24, -18], [13, 20, 17]]
    assert_rounds_to(convolve2d(image, sobel, method=method, mode="same"), expected)


@each_method
def test_an_average_of_the_lectures_image_is_a_convolution_with_a_constant_kernel(method):
    means = cross_correlate2d(
        torch.tensor(DECK_IMAGE).double(), torch.full((3, 3), 1 / 9).double(), method=method
    )
    assert means.round(decimals=1).tolist() == [[1.7, 1.7, 1.7], [1.0, 1.2, 1.8], [1.1, 0.8, 1.3]]


@each_method
def test_full_of_a_3x3_and_a_4x5_matrix_is_6x7_and_its_entry_33_has_nine_products(method):
    a, b = random_tensor(3, 3, seed=0), random_tensor(4, 5, seed=1)
    full = convolve2d(a, b, method=method, mode="full")
    assert full.shape == (6, 7)
    products = [a[i - 1, j - 1] * b[3 - i, 3 - j] for i in (1, 2, 3) for j in (1, 2, 3)]
    assert len(products) == 9
    torch.testing.assert_close(full[2, 2], sum(products))


@pytest.mark.parametrize("method", ["windows", "im2col", "fft"])  # loops would take 366,025 steps in Python
def test_alexnets_first_layer_leads_from_227_to_55(method):
    images, kernel = torch.empty(1, 3, 227, 227, device="meta"), torch.empty(96, 3, 11, 11, device="meta")
    assert cross_correlate2d(images, kernel, method=method, stride=4).shape == (1, 96, 55, 55)


@each_method
def test_a_delta_tells_convolution_from_correlation(method):
    delta, kernel = torch.zeros(3, 3), torch.arange(1.0, 10).reshape(3, 3)
    delta[1, 1] = 1
    convolution = convolve2d(delta, kernel, method=method, mode="same")
    correlation = cross_correlate2d(delta, kernel, method=method, mode="same")
    assert_rounds_to(convolution, [[1, 2, 3], [4, 5, 6], [7, 8, 9]])
    assert_rounds_to(correlation, [[9, 8, 7], [6, 5, 4], [3, 2, 1]])


@each_method
def test_an_even_kernel_in_mode_same_by_hand(method):
    image, kernel = torch.tensor([[1.0, 2], [3, 4]]), torch.tensor([[1.0, 10], [100, 1000]])
    correlation = cross_correlate2d(image, kernel, method=method, mode="same")
    convolution = convolve2d(image, kernel, method=method, mode="same")
    assert_rounds_to(correlation, [[4321, 402], [43, 4]])
    assert_rounds_to(convolution, [[1, 12], [103, 1234]])


@each_method
@pytest.mark.parametrize("mode", ["valid", "full", "same"])
def test_one_pixel_and_one_tap_are_one_product(method, mode):
    for operation in OPERATIONS:
        result = operation(torch.tensor([[3.0]]), torch.tensor([[2.0]]), method=method, mode=mode)
        torch.testing.assert_close(result, torch.tensor([[6.0]]))


@each_method
def test_padding_may_exceed_the_kernel_and_stride_the_image(method):
    image, kernel = torch.tensor([[5.0]]), torch.tensor([[2.0]])
    padded = cross_correlate2d(image, kernel, method=method, padding=(1, 2))
    assert_rounds_to(padded, [[0, 0, 0, 0, 0], [0, 0, 10, 0, 0], [0, 0, 0, 0, 0]])
    assert_rounds_to(cross_correlate2d(image, kernel, method=method, padding=1, stride=9), [[0]])


@each_method
@each_operation
def test_inputs_are_unchanged(operation, method):
    images, kernel = random_tensor(2, 4, 6, 5, seed=0), random_tensor(6, 2, 1, 1, seed=1)
    copies = images.clone(), kernel.clone()
    for padding in (0, 2):
        operation(images, kernel, method=method, padding=padding, groups=2).zero_()
    assert torch.equal(images, copies[0])
    assert torch.equal(kernel, copies[1])


@each_method
@each_operation
def test_memory_layout_does_not_matter(operation, method):
    base = random_tensor(2, 4, 6, 12, seed=0)
    views = {
        "transposed": base.mT,
        "channels last": base.contiguous(memory_format=torch.channels_last),
        "every other column": base[..., 1::2],
        "repeated without memory": base[:1, :1].expand(2, 4, 6, 12),
        "lazily negated": torch.complex(base, base).conj().imag,
    }
    kernel = random_tensor(3, 2, 2, 6, seed=1).transpose(0, 3)
    for name, view in views.items():
        result = operation(view, kernel, method=method, groups=2)
        expected = operation(view.resolve_neg().contiguous(), kernel.contiguous(), method=method, groups=2)
        torch.testing.assert_close(result, expected, msg=name)


@each_method
def test_an_empty_batch_gives_an_empty_result_that_still_has_gradients(method):
    images = torch.empty(0, 4, 9, 8, requires_grad=True)
    kernel = torch.ones(6, 2, 3, 3, requires_grad=True)
    result = cross_correlate2d(images, kernel, method=method, groups=2, stride=2)
    assert result.shape == (0, 6, 4, 3)
    result.sum().backward()
    assert images.grad.shape == (0, 4, 9, 8)
    assert torch.equal(kernel.grad, torch.zeros(6, 2, 3, 3))


@each_method
@each_operation
@pytest.mark.parametrize("mode", ["valid", "full", "same"])
def test_gradients_are_exact(operation, method, mode):
    images = random_tensor(1, 4, 4, 3, seed=2).requires_grad_()
    kernel = random_tensor(2, 2, 2, 2, seed=3).requires_grad_()
    options = {"method": method, "mode": mode, "dilation": (1, 2), "groups": 2}
    if mode == "valid":
        options |= {"stride": (2, 1), "padding": 1}
    assert torch.autograd.gradcheck(lambda *pair: operation(*pair, **options), (images, kernel))


@each_method
def test_gradients_through_repeated_memory_are_exact(method):
    pixel, kernel = random_tensor(1, 2, 1, 3, seed=2).requires_grad_(), random_tensor(1, 2, 2, 2, seed=3)
    assert torch.autograd.gradcheck(
        lambda row: cross_correlate2d(row.expand(2, 2, 3, 3), kernel, method=method), pixel
    )


@each_method
def test_second_derivatives_are_exact(method):
    images = random_tensor(1, 1, 3, 2, seed=2).requires_grad_()
    kernel = random_tensor(1, 1, 2, 2, seed=3).requires_grad_()
    convolve = lambda *pair: convolve2d(*pair, method=method, mode="full")  # noqa: E731
    assert torch.autograd.gradgradcheck(convolve, (images, kernel))


@each_method
@pytest.mark.parametrize("dtype", TOLERANCE)
def test_a_device_without_data_gets_the_right_shape(method, dtype):
    images = torch.empty(2, 4, 9, 8, dtype=dtype, device="meta")
    kernel = torch.empty(6, 2, 3, 3, dtype=dtype, device="meta")
    result = convolve2d(images, kernel, method=method, groups=2, stride=2, padding=1)
    assert (result.device.type, result.dtype, result.shape) == ("meta", dtype, (2, 6, 5, 4))


@pytest.mark.parametrize("method", ["windows", "im2col", "fft"])
@pytest.mark.parametrize("dtype", TOLERANCE)
def test_large_images_and_large_kernels_stay_within_the_bound(method, dtype):
    for size, taps, channels in ((96, 31, 1), (48, 3, 64)):
        images = random_tensor(1, channels, size, size, seed=4, dtype=dtype)
        kernel = random_tensor(2, channels, taps, taps, seed=5, dtype=dtype)
        expected = conv2d(images.double(), kernel.double())
        assert_within_bound(cross_correlate2d(images, kernel, method=method), expected, dtype)


def test_the_fft_finds_a_small_slope_on_a_large_offset():
    ramp = torch.arange(10_000, dtype=torch.float32).expand(3, -1)
    slope = cross_correlate2d(ramp, torch.tensor([[-0.5, 0.0, 0.5]]), method="fft")
    assert_within_bound(slope, torch.ones(3, 9_998), torch.float32)


def test_no_operation_calls_pytorchs_convolutions():
    called = []

    class Recorder(TorchDispatchMode):
        def __torch_dispatch__(self, function, types, args=(), kwargs=None):
            called.append(str(function))
            return function(*args, **(kwargs or {}))

    images, kernel = torch.ones(2, 4, 7, 6), torch.ones(4, 2, 3, 3)
    with Recorder():
        for method in METHODS_2D:
            convolve2d(images, kernel, method=method, groups=2, padding=1, stride=2)
        conv_transpose2d(images, kernel, groups=2, padding=1, stride=2)
        weight_gradient2d(images, torch.ones(2, 4, 5, 4), 3, groups=2)
    assert called
    assert not [name for name in called if any(word in name for word in ("conv", "fold", "im2col", "correl"))]
