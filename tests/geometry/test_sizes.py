"""Lengths, sizes and paddings agree with what PyTorch and NumPy return."""

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch.nn import functional as F

from cnnlab import geometry
from cnnlab.geometry import MODES, mode_length, mode_padding, output_length, output_size, same_padding

few = settings(deadline=None, derandomize=True, max_examples=150)
small = st.integers(1, 4)
pairs = st.tuples(small, small)
edges = st.tuples(st.integers(0, 3), st.integers(0, 3))
lengths = st.integers(1, 12)
sizes = st.tuples(lengths, lengths)


def test_the_worked_examples_of_the_decks():
    assert [output_size(5, 3, stride=stride, padding=1)[0] for stride in (1, 2)] == [5, 3]
    assert output_size(227, 11, stride=4) == (55, 55)
    assert output_size((1, 7), (1, 3)) == (1, 5)  # a signal of seven samples


@pytest.mark.parametrize(
    ("ours", "theirs", "options", "message"),
    [
        (output_size, F.conv2d, {}, "^kernel_size must fit the padded length"),
        (
            output_size,
            lambda images, weight, **options: F.max_pool2d(images, weight.shape[2:], **options),
            {"ceil_mode": st.just(True)},
            "^kernel_size must fit the padded length",
        ),
        (
            geometry.transposed_output_size,
            F.conv_transpose2d,
            {"output_padding": edges},
            "^(output_padding must be below|padding must leave some)",
        ),
    ],
)
@few
@given(size=sizes, kernel_size=pairs, stride=pairs, padding=edges, dilation=pairs, data=st.data())
def test_sizes_are_pytorchs_or_neither_has_one(
    ours, theirs, options, message, size, kernel_size, stride, padding, dilation, data
):
    options = {name: data.draw(values) for name, values in options.items()}
    if "ceil_mode" in options:  # PyTorch pools at most so much padding
        padding = tuple(min(pad, taps // 2) for pad, taps in zip(padding, kernel_size, strict=True))
    options |= {"stride": stride, "padding": padding, "dilation": dilation}
    try:
        expected = theirs(torch.zeros(1, 1, *size), torch.zeros(1, 1, *kernel_size), **options).shape[-2:]
    except RuntimeError:
        expected = (0, 0)
    if 0 in expected:
        with pytest.raises(ValueError, match=message):
            ours(size, kernel_size, **options)
    else:
        assert ours(size, kernel_size, **options) == tuple(expected)


@few
@given(size=sizes, kernel_size=pairs, dilation=pairs)
def test_same_padding_keeps_the_size_or_the_kernel_spans_an_even_number(size, kernel_size, dilation):
    spans = [geometry.effective_kernel_size(k, d) for k, d in zip(kernel_size, dilation, strict=True)]
    if all(span % 2 for span in spans):
        padding = same_padding(kernel_size, dilation)
        assert output_size(size, kernel_size, padding=padding, dilation=dilation) == size
    else:
        with pytest.raises(ValueError, match="kernel_size must span an odd number of pixels"):
            same_padding(kernel_size, dilation)


@few
@given(length=lengths, kernel_size=lengths)
def test_mode_length_is_numpys(length, kernel_size):
    if kernel_size > length:  # here NumPy swaps the two
        assert mode_length("same", length, kernel_size) == length
        assert mode_length("full", length, kernel_size) == length + kernel_size - 1
        with pytest.raises(ValueError, match="kernel_size must fit the padded length"):
            mode_length("valid", length, kernel_size)
        return
    for mode in MODES:
        expected = len(np.convolve(np.ones(length), np.ones(kernel_size), mode))
        assert mode_length(mode, length, kernel_size) == expected


@pytest.mark.parametrize("operation", geometry.OPERATIONS)
@pytest.mark.parametrize("dilation", [1, 2, 3])
@pytest.mark.parametrize("kernel_size", [1, 2, 3, 4, 7])
def test_mode_padding_leads_to_mode_length(kernel_size, dilation, operation):
    span = geometry.effective_kernel_size(kernel_size, dilation)
    for mode in MODES:
        left, right = mode_padding(mode, kernel_size, dilation=dilation, operation=operation)
        assert 20 + left + right - span + 1 == mode_length(mode, 20, span)


def test_an_even_kernel_is_padded_on_opposite_sides_by_the_two_operations():
    assert mode_padding("same", 2, operation="cross_correlation") == (0, 1)
    assert mode_padding("same", 2, operation="convolution") == (1, 0)
    assert mode_padding("same", 2, dilation=2, operation="convolution") == (1, 1)
    assert mode_padding("same", 5) == (2, 2)
    assert mode_padding("full", 3, dilation=2) == (4, 4)
    assert mode_padding("valid", 9) == (0, 0)


@pytest.mark.parametrize(
    "function",
    [output_length, output_size, geometry.transposed_output_length, geometry.transposed_output_size],
)
@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"kernel_size": 0}, ValueError, "^kernel_size must be positive, got 0$"),
        ({"stride": 0}, ValueError, "^stride must be positive, got 0$"),
        ({"dilation": -1}, ValueError, "^dilation must be positive, got -1$"),
        ({"padding": -1}, ValueError, "^padding must be zero or positive, got -1$"),
        ({"kernel_size": 2.0}, TypeError, "^kernel_size must be an integer, got 2.0$"),
    ],
)
def test_each_wrong_option_is_named_in_one_sentence(function, options, error, message):
    with pytest.raises(error, match=message):
        function(5, **{"kernel_size": 3} | options)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: output_length(0, 3), "^length must be positive, got 0$"),
        (
            lambda: output_length(3, 2, padding=1, dilation=5),
            "^kernel_size must fit the padded length 5, got 2 with dilation 5, which spans 6$",
        ),
        (lambda: geometry.effective_kernel_size(3, 0), "^dilation must be positive, got 0$"),
        (lambda: mode_padding("some", 3), "^mode must be one of 'valid', .*, got 'some'$"),
        (lambda: mode_padding("full", 0), "^kernel_size must be positive, got 0$"),
        (lambda: mode_padding("same", 3, operation="sum"), "^operation must be one of"),
        (lambda: output_size(0, 3), "^size must be positive, got 0$"),
        (lambda: output_size((4, -1), 3), "^size must be positive, got -1$"),
        (lambda: output_size(4, (3, 0)), "^kernel_size must be positive, got 0$"),
        (lambda: output_size(4, 3, dilation=(1, 0)), "^dilation must be positive"),
        (lambda: output_size((9, 4), 5), "^kernel_size must fit .* 4, got 5 with dilation 1, which spans 5$"),
        (lambda: output_size(4, (1, 2, 3)), r"^kernel_size must be an integer or a pair, got \(1, 2, 3\)$"),
        (
            lambda: geometry.transposed_output_size(4, 3, stride=2, output_padding=2),
            "^output_padding must be below the stride 2 or the dilation 1, got 2$",
        ),
        (
            lambda: geometry.transposed_output_length(1, 2, padding=1),
            "^padding must leave some of the 2 samples of the result, got 1$",
        ),
        (lambda: geometry.transposed_output_length(0, 2), "^length must be positive, got 0$"),
        (lambda: same_padding(4), "^kernel_size must span an odd number of pixels, got 4 spanning 4$"),
    ],
)
def test_each_wrong_value_is_named_in_one_sentence(call, message):
    with pytest.raises(ValueError, match=message):
        call()


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: mode_length("same", True, 3), "^length must be an integer, got True$"),
        (lambda: output_size(4.0, 3), "^size must be an integer, got 4.0$"),
        (lambda: output_size(4, ("3", 3)), "^kernel_size must be an integer, got '3'$"),
    ],
)
def test_what_is_no_integer_is_named_in_one_sentence(call, message):
    with pytest.raises(TypeError, match=message):
        call()
