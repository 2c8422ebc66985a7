"""The transposed convolution is PyTorch's, and the transpose of the strided cross-correlation."""

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch.nn.functional import conv_transpose2d as judge

from cnnlab.convolution import conv_transpose2d, cross_correlate2d
from tests.convolution.test_one_dimensional import assert_within_bound, random_tensor
from tests.convolution.test_two_dimensional import both, dtypes, pairs, repeatable, seeds


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


def test_gradients_are_exact():
    images, kernel = random_tensor(1, 4, 2, 3, seed=2), random_tensor(4, 1, 2, 2, seed=3)
    operands = images.requires_grad_(), kernel.requires_grad_()
    options = {"stride": 2, "padding": 1, "output_padding": 1, "groups": 2}
    assert torch.autograd.gradcheck(lambda *pair: conv_transpose2d(*pair, **options), operands)


def test_inputs_are_unchanged():
    images, kernel = random_tensor(1, 2, 3, 3, seed=0), random_tensor(2, 1, 1, 1, seed=1)
    copies = images.clone(), kernel.clone()
    conv_transpose2d(images, kernel).zero_()
    assert torch.equal(images, copies[0])
    assert torch.equal(kernel, copies[1])


IMAGES, KERNEL = torch.ones(1, 4, 3, 3), torch.ones(4, 1, 2, 2)


@pytest.mark.parametrize(
    ("arguments", "options", "error", "message"),
    [
        (([[1.0]], KERNEL), {}, TypeError, "^images must be a torch.Tensor, got list$"),
        ((IMAGES.long(), KERNEL), {}, TypeError, "^images must be float16, .*, got torch.int64$"),
        (
            (IMAGES, KERNEL.double()),
            {},
            TypeError,
            "^images and kernel must share a dtype, got .*32 and .*64$",
        ),
        (
            (IMAGES, KERNEL.to("meta")),
            {},
            ValueError,
            "^images and kernel must be on one device, got cpu and meta$",
        ),
        ((IMAGES[0], KERNEL), {}, ValueError, r"^images must have shape \(H, W\) or \(N, C, H, W\), got"),
        (
            (IMAGES, KERNEL[0, 0]),
            {},
            ValueError,
            r"^kernel must have shape \(in_channels, out_channels // groups, kh, kw\) for images .*, got",
        ),
        ((IMAGES[..., :0], KERNEL), {}, ValueError, r"^images must not be empty, got shape \(1, 4, 3, 0\)$"),
        ((IMAGES, KERNEL[:, :, :0]), {}, ValueError, r"^kernel must not be empty, got shape \(4, 1, 0, 2\)$"),
        (
            (IMAGES, KERNEL[:3]),
            {},
            ValueError,
            "^kernel must have as first size the 4 channels of images, got 3$",
        ),
        ((IMAGES, KERNEL), {"groups": 3}, ValueError, "^groups must divide the 4 channels of images, got 3$"),
        ((IMAGES, KERNEL), {"groups": 0}, ValueError, "^groups must be positive, got 0$"),
        (
            (IMAGES[0, 0], KERNEL[0, 0]),
            {"groups": 2},
            ValueError,
            "^groups must divide the 1 channels of images",
        ),
        ((IMAGES, KERNEL), {"stride": 0}, ValueError, "^stride must be positive, got 0$"),
        ((IMAGES, KERNEL), {"stride": (1, 2, 3)}, ValueError, "^stride must be an integer or a pair, got"),
        ((IMAGES, KERNEL), {"dilation": 1.5}, TypeError, "^dilation must be an integer, got 1.5$"),
        ((IMAGES, KERNEL), {"padding": -1}, ValueError, "^padding must be zero or positive, got -1$"),
        (
            (IMAGES, KERNEL),
            {"padding": 2},
            ValueError,
            "^padding must leave some of a result of length 4, got 2$",
        ),
        (
            (IMAGES, KERNEL),
            {"output_padding": (0, 1)},
            ValueError,
            "^output_padding must be below stride or dilation, got 1$",
        ),
    ],
)
def test_wrong_arguments(arguments, options, error, message):
    with pytest.raises(error, match=message):
        conv_transpose2d(*arguments, **options)
