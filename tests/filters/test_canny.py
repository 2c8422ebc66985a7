"""Canny's steps by hand, and the whole beside scikit-image's."""

import numpy as np
import pytest
import scipy.ndimage as ndi
import skimage.data
import skimage.feature
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from cnnlab import filters

# Share of pixels on which both edge maps agree: all in float64, and but for near ties in float32.
AGREEMENT = {torch.float64: 1.0, torch.float32: 0.999}


@pytest.mark.parametrize("dtype", AGREEMENT)
@pytest.mark.parametrize("border", filters.BORDERS)
@pytest.mark.parametrize("name", ["camera", "coins"])
def test_edges_of_photographs_are_scikit_images(name, border, dtype):
    picture = getattr(skimage.data, name)()[:200, :220] / 255.0
    if border == "constant":
        # scikit-image divides there by the share of the kernel that lies inside, so black outside means
        # something else; around a black frame, reflecting is the same as a constant.
        picture[:12] = picture[-12:] = picture[:, :12] = picture[:, -12:] = 0
    mode = "reflect" if border == "constant" else border
    theirs = skimage.feature.canny(picture, sigma=1.5, mode=mode)
    edges = filters.canny(torch.tensor(picture, dtype=dtype), 1.5, border=border)
    assert theirs.mean() > 0.02
    assert (edges.numpy() == theirs).mean() >= AGREEMENT[dtype]


@settings(deadline=None, derandomize=True, max_examples=60)
@given(size=st.tuples(st.integers(1, 12), st.integers(1, 12)), seed=st.integers(0, 2**31))
def test_edges_of_noise_are_scikit_images(size, seed):
    picture = np.random.default_rng(seed).random(size)
    theirs = skimage.feature.canny(picture, sigma=0.6, low_threshold=0.3, high_threshold=0.9, mode="reflect")
    edges = filters.canny(torch.tensor(picture), 0.6, low=0.3, high=0.9)
    assert edges.tolist() == theirs.tolist()


def test_a_ridge_is_thinned_across_it():
    height = torch.tensor([0.0, 1.0, 2.0, 3.0, 1.0, 0.0])[:, None].expand(6, 5)
    thinned = filters.non_maximum_suppression(filters.Gradient(torch.zeros(6, 5), height))
    assert thinned.nonzero().tolist() == [[3, 1], [3, 2], [3, 3]]
    assert thinned.max() == 3


def test_flat_pictures_have_no_edges_even_at_threshold_zero():
    assert not filters.canny(torch.ones(6, 6), low=0, high=0).any()


@settings(deadline=None, derandomize=True, max_examples=60)
@given(size=st.tuples(st.integers(1, 15), st.integers(1, 15)), seed=st.integers(0, 2**31))
def test_hysteresis_keeps_the_components_with_a_strong_pixel(size, seed):
    generator = torch.Generator().manual_seed(seed)
    weak = torch.rand(size, generator=generator) < 0.4
    strong = weak & (torch.rand(size, generator=generator) < 0.1)
    labels, _ = ndi.label(weak.numpy(), np.ones((3, 3)))
    expected = np.isin(labels, np.unique(labels[strong.numpy()])) & weak.numpy()
    assert filters.hysteresis(weak, strong).tolist() == expected.tolist()


def test_channels_and_pictures_do_not_mix():
    images = torch.rand(2, 3, 16, 18, generator=torch.Generator().manual_seed(0), dtype=torch.float64)
    edges = filters.canny(images, 0.8, low=0.3, high=0.6)
    assert edges.dtype == torch.bool
    assert edges.any()
    assert torch.equal(filters.canny(images[1, 2], 0.8, low=0.3, high=0.6), edges[1, 2])


@pytest.mark.parametrize(
    ("function", "error", "sentence"),
    [
        (lambda x: filters.canny(x, 0), ValueError, r"^sigma must be positive and finite, got 0$"),
        (lambda x: filters.canny(x, low=0.5, high=0.1), ValueError, r"^high must be at least low = 0\.5"),
        (lambda x: filters.double_threshold(x, -1, 1), ValueError, r"^low must be zero or positive, got -1$"),
        (lambda x: filters.double_threshold(x, None, 1), TypeError, r"^low must be a number, got None$"),
        (filters.non_maximum_suppression, TypeError, r"^change must be a Gradient, got Tensor$"),
        (lambda x: filters.hysteresis(x, x), TypeError, r"^weak must be a boolean tensor, got torch\.f"),
        (lambda x: filters.hysteresis(x > 0, 1), TypeError, r"^strong must be a boolean tensor, got int$"),
        (lambda x: filters.hysteresis(x > 0, x[1:] > 0), ValueError,
         r"^weak and strong must have one shape, got \(4, 4\) and \(3, 4\)$"),
    ],
)  # fmt: skip
def test_bad_input_is_refused_in_one_sentence(function, error, sentence):
    with pytest.raises(error, match=sentence):
        function(torch.ones(4, 4))
