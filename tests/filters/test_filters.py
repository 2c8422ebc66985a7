"""Filters give SciPy's and scikit-image's numbers, for any size, dtype and border."""

import math

import numpy as np
import pytest
import scipy.ndimage as ndi
import skimage.filters
import skimage.util
import torch
from hypothesis import given
from hypothesis import strategies as st

from cnnlab import filters, kernels
from cnnlab.filters import passes
from tests.convolution.operands import TOLERANCE, assert_within_bound, dtypes, repeatable, seeds

borders = st.sampled_from(filters.BORDERS)
sizes = st.tuples(st.integers(1, 40), st.integers(1, 40))
values = st.sampled_from([0.0, -1.5])


def draw(*size, seed=0, dtype=torch.float64):
    return torch.rand(size, generator=torch.Generator().manual_seed(seed), dtype=torch.float64).to(dtype)


def correlated(kernel):
    return lambda x, **options: ndi.correlate(x, kernel.values.numpy(), **options)


# For derivatives the judge is the 2-D kernel: scipy.ndimage.sobel and its like put ``cval`` between their
# two passes as well, where the constant outside should have become zero.
LINEAR = {
    "box 3": (lambda x, **o: filters.box(x, 3, **o), lambda x, **o: ndi.uniform_filter(x, 3, **o)),
    "box 16": (lambda x, **o: filters.box(x, 16, **o), lambda x, **o: ndi.uniform_filter(x, 16, **o)),
    "gaussian": (
        lambda x, **o: filters.gaussian(x, 2.2, **o),
        lambda x, **o: ndi.gaussian_filter(x, 2.2, **o),
    ),
    "sobel x": (filters.sobel, correlated(kernels.sobel())),
    "sobel y": (lambda x, **o: filters.sobel(x, "y", **o), correlated(kernels.sobel("y"))),
    "prewitt": (filters.prewitt, correlated(kernels.prewitt())),
    "laplacian": (filters.laplacian, ndi.laplace),
    "laplacian of gaussian": (
        lambda x, **o: filters.laplacian_of_gaussian(x, 1.5, **o),
        correlated(kernels.laplacian_of_gaussian(1.5)),
    ),
}
SCIPYS = {
    "sobel x": lambda x, mode: ndi.sobel(x, axis=1, mode=mode),
    "sobel y": lambda x, mode: ndi.sobel(x, axis=0, mode=mode),
    "prewitt": lambda x, mode: ndi.prewitt(x, axis=1, mode=mode),
    "laplacian of gaussian": lambda x, mode: ndi.gaussian_laplace(x, 1.5, mode=mode),
}


@pytest.mark.parametrize("name", SCIPYS)
@pytest.mark.parametrize("border", filters.BORDERS)
def test_derivatives_are_scipys_own_with_its_default_value(name, border):
    images = draw(9, 13)
    assert_within_bound(
        LINEAR[name][0](images, border=border), SCIPYS[name](images.numpy(), mode=border), images.dtype
    )


@pytest.mark.parametrize("name", LINEAR)
@repeatable
@given(size=sizes, dtype=dtypes, border=borders, value=values, seed=seeds)
def test_linear_filters_are_scipys_at_any_size_dtype_and_border(name, size, dtype, border, value, seed):
    ours, theirs = LINEAR[name]
    images = draw(*size, seed=seed, dtype=dtype)
    expected = theirs(images.double().numpy(), mode=border, cval=value)
    assert_within_bound(ours(images, border=border, value=value), expected, images.dtype)


@repeatable
@given(
    size=st.tuples(st.integers(1, 12), st.integers(1, 40)),
    taps=st.tuples(st.integers(1, 30), st.integers(1, 30)),
    dtype=dtypes, border=borders, value=values, seed=seeds,
)  # fmt: skip
def test_any_kernel_slides_as_in_scipy_even_where_it_is_larger_than_the_picture(
    size, taps, dtype, border, value, seed
):
    images, kernel = draw(*size, seed=seed, dtype=dtype), draw(*taps, seed=seed + 1) - 0.5
    if dtype in (torch.float16, torch.bfloat16):
        kernel = kernel.float()
    arrays = images.double().numpy(), kernel.double().numpy()
    options = {"border": border, "value": value}
    for ours, theirs in ((filters.convolve, ndi.convolve), (filters.cross_correlate, ndi.correlate)):
        expected = theirs(*arrays, mode=border, cval=value)
        assert_within_bound(ours(images, kernel, **options), expected, images.dtype)


@repeatable
@given(size=sizes, padding=st.integers(0, 90), border=borders, value=values)
def test_pad_is_numpys(size, padding, border, value):
    names = {"reflect": "symmetric", "mirror": "reflect", "nearest": "edge"}
    images = draw(*size)
    options = {"constant_values": value} if border == "constant" else {}
    expected = np.pad(images.numpy(), padding, mode=names.get(border, border), **options)
    assert (filters.pad(images, padding, border=border, value=value).numpy() == expected).all()


@pytest.mark.parametrize("operator", ["sobel", "prewitt", "scharr"])
def test_gradients_are_scikit_images_up_to_the_stated_scale(operator):
    images = draw(11, 14)
    change = filters.gradient(images, operator=operator)
    scale = {"sobel": 4, "prewitt": 3, "scharr": 16}[operator]
    for axis, part in (("v", change.x), ("h", change.y)):
        expected = scale * getattr(skimage.filters, f"{operator}_{axis}")(images.numpy())
        assert_within_bound(part, expected, images.dtype)
    magnitude = getattr(skimage.filters, operator)(images.numpy())
    assert_within_bound(change.magnitude, magnitude * scale * 2**0.5, images.dtype)


def test_the_direction_points_to_brighter_pixels():
    across, down = torch.meshgrid(torch.arange(5.0), torch.arange(5.0), indexing="xy")
    for picture, eighths in ((across, 0), (down, 2), (-across, 4), (across + down, 1)):
        direction = filters.gradient(picture).direction[2, 2]
        assert direction.abs().item() == pytest.approx(eighths * torch.pi / 4)


@pytest.mark.parametrize(("diagonal", "peer"), [("falling", "pos"), ("rising", "neg")])
def test_roberts_is_scikit_images(diagonal, peer):
    images = draw(6, 9)
    expected = getattr(skimage.filters, f"roberts_{peer}_diag")(images.numpy())
    assert_within_bound(filters.roberts(images, diagonal), expected, images.dtype)


@pytest.mark.parametrize("theta", [0.0, 0.6, 2.0])
def test_gabor_is_scikit_images(theta):
    images = draw(12, 20)
    expected = skimage.filters.gabor(images.numpy(), 0.2, theta=theta, bandwidth=1.5)
    results = filters.gabor(images, 0.2, theta=theta, bandwidth=1.5)
    for result, part in zip(results, expected, strict=True):
        assert_within_bound(result, part, images.dtype)


@pytest.mark.parametrize("amount", [0.5, 2.0])
def test_unsharp_masks_are_scikit_images(amount):
    images = draw(10, 12)
    expected = skimage.filters.unsharp_mask(images.numpy(), radius=1.4, amount=amount)
    assert_within_bound(filters.unsharp_mask(images, 1.4, amount).clamp(0, 1), expected, images.dtype)


@pytest.mark.parametrize("name", ["box 3", "box 16", "gaussian", "sobel x"])
@pytest.mark.parametrize("border", filters.BORDERS)
def test_strips_of_rows_make_the_same_picture_as_all_rows_at_once(name, border, monkeypatch):
    images = draw(2, 101, 37)
    whole = LINEAR[name][0](images, border=border)
    monkeypatch.setattr(passes, "STRIP_PIXELS", 1)
    torch.testing.assert_close(LINEAR[name][0](images, border=border), whole)


# Pixels of the window around the one that is not finite: rows times columns, or the cross of a Laplacian.
WINDOWS = {
    "gaussian": (lambda x: filters.gaussian(x, 2), 17 * 17),
    "laplacian": (filters.laplacian, 5),
    "box": (lambda x: filters.box(x, 15), 15 * 15),
    "cross_correlate": (lambda x: filters.cross_correlate(x, torch.ones(3, 5)), 3 * 5),
    "convolve": (lambda x: filters.convolve(x, torch.ones(12, 11)), 12 * 11),
    "unsharp_mask": (lambda x: filters.unsharp_mask(x, 1), 9 * 9),
}


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64, torch.bfloat16])
@pytest.mark.parametrize("value", [math.nan, math.inf])
@pytest.mark.parametrize("name", WINDOWS)
def test_one_pixel_that_is_not_finite_spoils_its_window_alone(name, value, dtype):
    apply, count = WINDOWS[name]
    picture = torch.rand(100, 100, generator=torch.Generator().manual_seed(0)).to(dtype)
    whole = apply(picture)
    picture[50, 50] = value
    spoilt = apply(picture)
    finite = spoilt.isfinite()
    assert (~finite).sum() == count
    torch.testing.assert_close(spoilt[finite], whole[finite])


def test_noise_is_seeded_and_has_the_stated_spread():
    images = torch.full((3, 200, 200), 0.5)
    first, again = (
        filters.gaussian_noise(images, 0.1, generator=torch.Generator().manual_seed(1)) for _ in range(2)
    )
    assert torch.equal(first, again)
    assert (first - 0.5).std().item() == pytest.approx(0.1, rel=0.02)
    assert torch.equal(filters.gaussian_noise(images, 0), images)


@pytest.mark.parametrize("dtype", list(TOLERANCE))
def test_salt_and_pepper_hit_the_stated_share(dtype):
    images = torch.full((400, 400), 0.5, dtype=dtype)
    generator = torch.Generator().manual_seed(2)
    noisy = filters.salt_and_pepper(images, 0.1, salt=0.25, generator=generator)
    assert noisy.dtype == dtype
    assert (noisy == 1).double().mean().item() == pytest.approx(0.025, rel=0.1)
    assert (noisy == 0).double().mean().item() == pytest.approx(0.075, rel=0.1)
    assert ((noisy == 0.5) | (noisy == 0) | (noisy == 1)).all()
    assert torch.equal(filters.salt_and_pepper(images, 0), images)


@pytest.mark.parametrize(
    ("function", "error", "sentence"),
    [
        (lambda x: filters.box([[1.0]], 3), TypeError, r"^images must be a torch\.Tensor, got list$"),
        (lambda x: filters.sobel(x.int()), TypeError, r"^images must be float16, .*, got torch\.int32$"),
        (lambda x: filters.box(x[0], 3), ValueError, r"^images must have shape \(H, W\), .*, got \(4,\)$"),
        (lambda x: filters.sobel(x[:0]), ValueError, r"^images must not be empty, got shape \(0, 4\)$"),
        (lambda x: filters.box(x, 0), ValueError, r"^size must be positive, got 0$"),
        (lambda x: filters.gaussian(x, -1), ValueError, r"^sigma must be positive and finite, got -1$"),
        (lambda x: filters.gaussian(x, 1, border="same"), ValueError, r"^border must be one of 'reflect', "),
        (lambda x: filters.box(x, 3, value="0"), TypeError, r"^value must be a number, got '0'$"),
        (lambda x: filters.pad(x, 1, value=float("nan")), ValueError, r"^value must be finite, got nan$"),
        (lambda x: filters.pad(x, -1), ValueError, r"^padding must be zero or positive, got -1$"),
        (lambda x: filters.convolve(x, [[1]]), TypeError, r"^kernel must be a torch\.Tensor, got list$"),
        (lambda x: filters.convolve(x, x[0]), ValueError,
         r"^kernel must have shape \(kh, kw\) .*, got \(4,\)$"),
        (lambda x: filters.convolve(x, x[:, :0]), ValueError, r"^kernel must have .*, got \(4, 0\)$"),
        (lambda x: filters.gradient(x, operator="roberts"), ValueError,
         r"^operator must be one of 'sobel', "),
        (lambda x: filters.laplacian(x, 6), ValueError, r"^neighbours must be 4 or 8, got 6$"),
        (lambda x: filters.unsharp_mask(x, 1, None), TypeError, r"^amount must be a number, got None$"),
        (lambda x: filters.gaussian_noise(x, -0.1), ValueError, r"^std must be zero or positive, got -0\.1$"),
        (lambda x: filters.gaussian_noise(x, 1, generator=0), TypeError, r"^generator must be a torch\.Gen"),
        (lambda x: filters.gaussian_noise(x.to("meta"), 1, generator=torch.Generator()), ValueError,
         r"^generator must be on the device of images, meta, got cpu$"),
        (lambda x: filters.salt_and_pepper(x, 1.5), ValueError, r"^amount must lie in \[0, 1\], got 1\.5$"),
        (lambda x: filters.salt_and_pepper(x, 1, salt=-1), ValueError,
         r"^salt must lie in \[0, 1\], got -1$"),
    ],
)  # fmt: skip
def test_bad_input_is_refused_in_one_sentence(function, error, sentence):
    with pytest.raises(error, match=sentence):
        function(torch.ones(4, 4))
