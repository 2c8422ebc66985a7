"""Every named kernel is what its convention says, against SciPy and scikit-image."""

import math

import numpy as np
import pytest
import scipy.ndimage as ndi
import skimage.filters
import torch

from cnnlab import kernels

PICTURE = np.random.default_rng(0).random((13, 17))
EXACT = {"rtol": 1e-12, "atol": 1e-12}
DECK = {
    "gradient": [[-1, 0, 1]] * 3,
    "Sobel filter": [[1, 0, -1], [2, 0, -2], [1, 0, -1]],
    "Sobel x": [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]],
    "Sobel y": [[-1, -2, -1], [0, 0, 0], [1, 2, 1]],
    "Prewitt x": [[1, 0, -1]] * 3,
    "Prewitt y": [[1, 1, 1], [0, 0, 0], [-1, -1, -1]],
    "Roberts, falling": [[-1, 0], [0, 1]],
    "Roberts, rising": [[0, -1], [1, 0]],
    "backward difference along x": [[0, 1, -1]],
    "forward difference along x": [[-1, 1, 0]],
    "central difference along x": [[-1, 0, 1]],
    "lines, vertical": [[-1, 0, 1]] * 3,
    "lines, horizontal": [[1, 1, 1], [0, 0, 0], [-1, -1, -1]],
    "sharpen": [[0, -3, 0], [-3, 21, -3], [0, -3, 0]],
    "box 3x3": [[1, 1, 1]] * 3,
}
DIVISORS = {"box 3x3": 9, "lines, vertical": 3, "lines, horizontal": 3, "sharpen": 9}
# What a kernel's convention says it equals.
PEERS = [
    (kernels.preset("identity"), lambda x: x),
    (kernels.preset("gradient"), lambda x: ndi.prewitt(x, axis=1)),
    (kernels.preset("Sobel filter"), lambda x: -ndi.sobel(x, axis=1)),
    (kernels.preset("Sobel x"), lambda x: ndi.sobel(x, axis=1)),
    (kernels.preset("Sobel y"), lambda x: ndi.sobel(x, axis=0)),
    (kernels.preset("Prewitt x"), lambda x: -ndi.prewitt(x, axis=1)),
    (kernels.preset("Prewitt y"), lambda x: -ndi.prewitt(x, axis=0)),
    (kernels.preset("lines, vertical"), skimage.filters.prewitt_v),
    (kernels.preset("lines, horizontal"), lambda x: -skimage.filters.prewitt_h(x)),
    (kernels.preset("sharpen"), lambda x: x - ndi.laplace(x) / 3),
    (kernels.sobel("x"), lambda x: 4 * skimage.filters.sobel_v(x)),
    (kernels.sobel("y"), lambda x: 4 * skimage.filters.sobel_h(x)),
    (kernels.prewitt("x"), lambda x: 3 * skimage.filters.prewitt_v(x)),
    (kernels.prewitt("y"), lambda x: 3 * skimage.filters.prewitt_h(x)),
    (kernels.scharr("x"), lambda x: 16 * skimage.filters.scharr_v(x)),
    (kernels.scharr("y"), lambda x: 16 * skimage.filters.scharr_h(x)),
    (kernels.laplacian(4), ndi.laplace),
    (kernels.laplacian(4), lambda x: -skimage.filters.laplace(x)),
    (kernels.box(1), lambda x: x),
    (kernels.box(3), lambda x: ndi.uniform_filter(x, 3)),
    (kernels.box(4), lambda x: ndi.uniform_filter(x, 4)),
    (kernels.gaussian(1.3), lambda x: ndi.gaussian_filter(x, 1.3)),
    (
        kernels.gaussian(0.8, truncate=3),
        lambda x: skimage.filters.gaussian(x, 0.8, mode="reflect", truncate=3),
    ),
    (kernels.gaussian_derivative(1.3), lambda x: ndi.gaussian_filter(x, 1.3, order=(0, 1))),
    (kernels.gaussian_derivative(1.3, axis="y"), lambda x: ndi.gaussian_filter(x, 1.3, order=(1, 0))),
    (kernels.laplacian_of_gaussian(1.3), lambda x: ndi.gaussian_laplace(x, 1.3)),
    (kernels.gabor(0.2, theta=0.4)[0], lambda x: skimage.filters.gabor(x, 0.2, theta=0.4)[0]),
    (kernels.gabor(0.2, theta=0.4)[1], lambda x: skimage.filters.gabor(x, 0.2, theta=0.4)[1]),
]
EVERY = [*kernels.PRESETS.values(), *(kernel for kernel, _ in PEERS)]
FUNCTIONS = {"convolution": ndi.convolve, "cross_correlation": ndi.correlate}


def respond(kernel, picture=PICTURE):
    return FUNCTIONS[kernel.operation](picture, kernel.values.numpy())


@pytest.mark.parametrize("name", DECK)
def test_presets_hold_the_numbers_of_the_lectures(name):
    kernel = kernels.preset(name)
    assert kernel.matrix.tolist() == DECK[name]
    assert kernel.divisor == DIVISORS.get(name, 1)
    assert "ecture 1" in kernel.source


@pytest.mark.parametrize(("kernel", "peer"), PEERS, ids=[kernel.name for kernel, _ in PEERS])
def test_sign_and_scale_are_those_that_the_convention_states(kernel, peer):
    np.testing.assert_allclose(respond(kernel), peer(PICTURE), **EXACT)


@pytest.mark.parametrize(("diagonal", "peer"), [("falling", "pos"), ("rising", "neg")])
def test_scikit_image_puts_roberts_one_pixel_up_and_left(diagonal, peer):
    expected = getattr(skimage.filters, f"roberts_{peer}_diag")(PICTURE)
    np.testing.assert_allclose(respond(kernels.roberts(diagonal))[1:, 1:], expected[:-1, :-1], **EXACT)


@pytest.mark.parametrize("axis", kernels.smoothing.AXES)
def test_differences_are_the_printed_formulas(axis):
    lines = PICTURE if axis == "x" else PICTURE.T
    names = ("backward", "forward", "central")
    responses = (respond(getattr(kernels, f"{name}_difference")(axis)) for name in names)
    backward, forward, central = (values if axis == "x" else values.T for values in responses)
    np.testing.assert_allclose(backward[:, 1:], np.diff(lines), **EXACT)
    np.testing.assert_allclose(forward[:, :-1], -np.diff(lines), **EXACT)
    np.testing.assert_allclose(central[:, 1:-1], 2 * np.gradient(lines, axis=1)[:, 1:-1], **EXACT)


@pytest.mark.parametrize("kernel", EVERY, ids=[kernel.name for kernel in EVERY])
def test_factors_multiply_to_the_values_and_exist_where_the_rank_is_one(kernel):
    assert kernel.source
    assert kernel.convention.endswith(".")
    assert kernel.matrix.dtype == torch.float64
    if kernel.factors:
        torch.testing.assert_close(torch.outer(*kernel.factors), kernel.values)
    elif not kernel.name.startswith(("Gabor", "identity")):
        assert torch.linalg.matrix_rank(kernel.matrix) > 1


def test_presets_are_small_whole_numbers_that_sum_to_zero_or_one():
    for name, kernel in kernels.PRESETS.items():
        assert kernel.name == name
        assert max(kernel.matrix.shape) <= 5
        assert (kernel.matrix == kernel.matrix.round()).all()
        assert kernel.values.sum().item() == pytest.approx(0, abs=1e-12) or math.isclose(
            kernel.values.sum(), 1
        )


@pytest.mark.parametrize(
    "options",
    [
        {"theta": 0.0},
        {"theta": 1.1, "bandwidth": 2},
        {"theta": math.pi / 2, "sigma_x": 3, "sigma_y": 1.5},
        {"sigma_x": 0.1, "sigma_y": 0.1},
        {"offset": 0.7, "n_stds": 2},
    ],
)
def test_gabor_is_scikit_images_kernel(options):
    real, imaginary = kernels.gabor(0.15, **options)
    expected = skimage.filters.gabor_kernel(0.15, **options)
    np.testing.assert_allclose(real.values.numpy() + 1j * imaginary.values.numpy(), expected, **EXACT)


@pytest.mark.parametrize(
    ("function", "error", "sentence"),
    [
        (lambda: kernels.box(0), ValueError, r"^size must be positive, got 0$"),
        (lambda: kernels.box(3.0), TypeError, r"^size must be an integer, got 3\.0$"),
        (lambda: kernels.gaussian(0), ValueError, r"^sigma must be positive and finite, got 0$"),
        (lambda: kernels.gaussian(1, truncate=-1), ValueError, r"^truncate must be positive and finite"),
        (lambda: kernels.gaussian("1"), TypeError, r"^sigma must be a number, got '1'$"),
        (lambda: kernels.gaussian_taps(1, order=3), ValueError, r"^order must be 0, 1 or 2, got 3$"),
        (lambda: kernels.gaussian_derivative(1, axis="z"), ValueError,
         r"^axis must be one of 'x', 'y', got 'z'"),
        (lambda: kernels.sobel("z"), ValueError, r"^axis must be one of 'x', 'y', got 'z'$"),
        (lambda: kernels.central_difference(0), ValueError, r"^axis must be one of 'x', 'y', got 0$"),
        (lambda: kernels.roberts("up"), ValueError,
         r"^diagonal must be one of 'falling', 'rising', got 'up'$"),
        (lambda: kernels.laplacian(5), ValueError, r"^neighbours must be 4 or 8, got 5$"),
        (lambda: kernels.gabor(0), ValueError, r"^frequency must be positive and finite, got 0$"),
        (lambda: kernels.gabor(0.1, theta="0"), TypeError, r"^theta must be a finite number, got '0'$"),
        (lambda: kernels.gabor(0.1, sigma_x=-1), ValueError,
         r"^sigma_x must be positive and finite, got -1$"),
        (lambda: kernels.gabor(0.1, bandwidth=0), ValueError,
         r"^bandwidth must be positive and finite, got 0"),
        (lambda: kernels.preset("blur"), ValueError, r"^name must be one of 'identity', .*, got 'blur'$"),
    ],
)  # fmt: skip
def test_bad_input_is_refused_in_one_sentence(function, error, sentence):
    with pytest.raises(error, match=sentence):
        function()
