"""Sizes agree with what PyTorch returns, along both axes."""

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch.nn import functional as F

from cnnlab import geometry

few = settings(deadline=None, derandomize=True, max_examples=150)
small = st.integers(1, 4)
pairs = st.tuples(small, small)
edges = st.tuples(st.integers(0, 3), st.integers(0, 3))
sizes = st.tuples(st.integers(1, 12), st.integers(1, 12))


def test_the_worked_examples_of_the_decks():
    assert [geometry.output_size(5, 3, stride=stride, padding=1)[0] for stride in (1, 2)] == [5, 3]
    assert geometry.output_size(227, 11, stride=4) == (55, 55)
    assert geometry.output_size((1, 7), (1, 3)) == (1, 5)  # a signal of seven samples


@few
@given(size=sizes, kernel_size=pairs, stride=pairs, padding=edges, dilation=pairs)
def test_output_size_is_conv2ds_or_neither_has_one(size, kernel_size, stride, padding, dilation):
    options = {"stride": stride, "padding": padding, "dilation": dilation}
    images = torch.empty(1, 1, *size, device="meta")
    try:
        expected = F.conv2d(images, torch.empty(1, 1, *kernel_size, device="meta"), **options).shape[-2:]
    except RuntimeError:
        with pytest.raises(ValueError, match="kernel_size must fit the padded length"):
            geometry.output_size(size, kernel_size, **options)
    else:
        assert geometry.output_size(size, kernel_size, **options) == tuple(expected)


@few
@given(size=sizes, kernel_size=small, stride=pairs, padding=st.integers(0, 2), dilation=small)
def test_ceil_mode_is_that_of_max_pooling_or_neither_has_a_size(size, kernel_size, stride, padding, dilation):
    padding = min(padding, kernel_size // 2)
    options = {"stride": stride, "padding": padding, "dilation": dilation, "ceil_mode": True}
    try:
        expected = F.max_pool2d(torch.zeros(1, 1, *size), kernel_size, **options).shape[-2:]
    except RuntimeError:
        with pytest.raises(ValueError, match="kernel_size must fit the padded length"):
            geometry.output_size(size, kernel_size, **options)
    else:
        assert geometry.output_size(size, kernel_size, **options) == tuple(expected)


@few
@given(size=sizes, kernel_size=pairs, stride=pairs, padding=edges, dilation=pairs, extra=edges)
def test_transposed_size_is_conv_transpose2ds_or_neither_has_one(
    size, kernel_size, stride, padding, dilation, extra
):
    options = {"stride": stride, "padding": padding, "dilation": dilation, "output_padding": extra}
    images, weight = torch.zeros(1, 1, *size), torch.zeros(1, 1, *kernel_size)
    try:
        expected = F.conv_transpose2d(images, weight, **options).shape[-2:]
    except RuntimeError:
        with pytest.raises(ValueError, match=r"^(output_padding must be below|padding must leave some)"):
            geometry.transposed_output_size(size, kernel_size, **options)
    else:
        assert geometry.transposed_output_size(size, kernel_size, **options) == tuple(expected)


@few
@given(length=st.integers(1, 12), kernel_size=small, stride=small, padding=st.integers(0, 3), dilation=small)
def test_a_transposed_convolution_undoes_the_length_of_a_convolution(
    length, kernel_size, stride, padding, dilation
):
    options = {"stride": stride, "padding": padding, "dilation": dilation}
    span = geometry.effective_kernel_size(kernel_size, dilation)
    if length + 2 * padding < span:
        return
    short = geometry.output_length(length, kernel_size, **options)
    lost = (length + 2 * padding - span) % stride
    assert geometry.transposed_output_length(short, kernel_size, output_padding=lost, **options) == length


@few
@given(size=sizes, kernel_size=pairs, dilation=pairs)
def test_same_padding_keeps_the_size_or_the_kernel_spans_an_even_number(size, kernel_size, dilation):
    spans = [geometry.effective_kernel_size(k, d) for k, d in zip(kernel_size, dilation, strict=True)]
    if all(span % 2 for span in spans):
        padding = geometry.same_padding(kernel_size, dilation)
        assert geometry.output_size(size, kernel_size, padding=padding, dilation=dilation) == size
    else:
        with pytest.raises(ValueError, match="kernel_size must span an odd number of pixels"):
            geometry.same_padding(kernel_size, dilation)


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: geometry.output_size(0, 3), ValueError, "^size must be positive, got 0$"),
        (lambda: geometry.output_size((4, -1), 3), ValueError, "^size must be positive, got -1$"),
        (lambda: geometry.output_size(4, (3, 0)), ValueError, "^kernel_size must be positive, got 0$"),
        (lambda: geometry.output_size(4, 3, stride=0), ValueError, "^stride must be positive, got 0$"),
        (lambda: geometry.output_size(4, 3, padding=-1), ValueError, "^padding must be zero or positive"),
        (lambda: geometry.output_size(4, 3, dilation=(1, 0)), ValueError, "^dilation must be positive"),
        (
            lambda: geometry.output_size((9, 4), 5),
            ValueError,
            "^kernel_size must fit the padded length 4, got 5 with dilation 1, which spans 5$",
        ),
        (
            lambda: geometry.output_size(4, (1, 2, 3)),
            ValueError,
            r"^kernel_size must be an integer or a pair, got \(1, 2, 3\)$",
        ),
        (lambda: geometry.output_size(4.0, 3), TypeError, "^size must be an integer, got 4.0$"),
        (lambda: geometry.output_size(4, ("3", 3)), TypeError, "^kernel_size must be an integer, got '3'$"),
        (
            lambda: geometry.transposed_output_size(4, 3, stride=2, output_padding=2),
            ValueError,
            "^output_padding must be below the stride 2 or the dilation 1, got 2$",
        ),
        (
            lambda: geometry.transposed_output_length(1, 2, padding=1),
            ValueError,
            "^padding must leave some of the 2 samples of the result, got 1$",
        ),
        (lambda: geometry.transposed_output_length(0, 2), ValueError, "^length must be positive, got 0$"),
        (
            lambda: geometry.same_padding(4),
            ValueError,
            "^kernel_size must span an odd number of pixels, got 4 spanning 4$",
        ),
    ],
)
def test_each_wrong_argument_is_named_in_one_sentence(call, error, message):
    with pytest.raises(error, match=message):
        call()
