"""Lengths and paddings agree with what PyTorch, NumPy and SciPy return."""

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from cnnlab import geometry

sizes = st.integers(1, 12)
small = st.integers(1, 4)


@pytest.mark.parametrize(
    ("length", "kernel_size", "stride", "padding", "dilation", "expected"),
    [
        (5, 3, 1, 1, 1, 5),
        (5, 3, 2, 1, 1, 3),
        (227, 11, 4, 0, 1, 55),  # AlexNet's first layer
        (5, 3, 1, 0, 2, 1),
        (6, 3, 2, 0, 1, 2),  # the last sample is never reached
        (1, 1, 7, 0, 9, 1),
    ],
)
def test_output_length_by_hand(length, kernel_size, stride, padding, dilation, expected):
    result = geometry.output_length(length, kernel_size, stride=stride, padding=padding, dilation=dilation)
    assert result == expected


@settings(deadline=None, derandomize=True, max_examples=200)
@given(length=sizes, kernel_size=sizes, stride=small, padding=st.integers(0, 4), dilation=small)
def test_output_length_is_conv1ds_or_neither_has_one(length, kernel_size, stride, padding, dilation):
    options = {"stride": stride, "padding": padding, "dilation": dilation}
    signal, kernel = torch.empty(1, 1, length, device="meta"), torch.empty(1, 1, kernel_size, device="meta")
    try:
        expected = torch.nn.functional.conv1d(signal, kernel, **options).shape[-1]
    except RuntimeError:
        with pytest.raises(
            ValueError, match=f"kernel_size must fit the padded length {length + 2 * padding}"
        ):
            geometry.output_length(length, kernel_size, **options)
    else:
        assert geometry.output_length(length, kernel_size, **options) == expected


def test_effective_kernel_size_counts_the_gaps():
    assert [geometry.effective_kernel_size(3, dilation) for dilation in (1, 2, 3)] == [3, 5, 7]
    assert geometry.effective_kernel_size(1, 100) == 1
    assert geometry.effective_kernel_size(4) == 4


@given(length=sizes, kernel_size=sizes)
@settings(deadline=None, derandomize=True)
def test_mode_length_is_numpys(length, kernel_size):
    if kernel_size > length:  # here NumPy swaps the two
        assert geometry.mode_length("same", length, kernel_size) == length
        assert geometry.mode_length("full", length, kernel_size) == length + kernel_size - 1
        with pytest.raises(ValueError, match="kernel_size must fit the padded length"):
            geometry.mode_length("valid", length, kernel_size)
        return
    for mode in ("full", "same", "valid"):
        expected = len(np.convolve(np.ones(length), np.ones(kernel_size), mode))
        assert geometry.mode_length(mode, length, kernel_size) == expected


@pytest.mark.parametrize("operation", geometry.OPERATIONS)
@pytest.mark.parametrize("dilation", [1, 2, 3])
@pytest.mark.parametrize("kernel_size", [1, 2, 3, 4, 7])
def test_mode_padding_leads_to_mode_length(kernel_size, dilation, operation):
    span = geometry.effective_kernel_size(kernel_size, dilation)
    for mode in geometry.MODES:
        left, right = geometry.mode_padding(mode, kernel_size, dilation=dilation, operation=operation)
        assert 20 + left + right - span + 1 == geometry.mode_length(mode, 20, span)


def test_an_even_kernel_is_padded_on_opposite_sides_by_the_two_operations():
    assert geometry.mode_padding("same", 2, operation="cross_correlation") == (0, 1)
    assert geometry.mode_padding("same", 2, operation="convolution") == (1, 0)
    assert geometry.mode_padding("same", 2, dilation=2, operation="convolution") == (1, 1)
    assert geometry.mode_padding("same", 5) == (2, 2)
    assert geometry.mode_padding("full", 3, dilation=2) == (4, 4)
    assert geometry.mode_padding("valid", 9) == (0, 0)


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: geometry.output_length(0, 3), ValueError, "^length must be positive, got 0$"),
        (lambda: geometry.output_length(5, 0), ValueError, "^kernel_size must be positive, got 0$"),
        (lambda: geometry.output_length(5, 3, stride=0), ValueError, "^stride must be positive, got 0$"),
        (
            lambda: geometry.output_length(5, 3, dilation=-1),
            ValueError,
            "^dilation must be positive, got -1$",
        ),
        (lambda: geometry.output_length(5, 3, padding=-1), ValueError, "^padding must be zero or positive"),
        (lambda: geometry.output_length(5, 2.0), TypeError, "^kernel_size must be an integer, got 2.0$"),
        (
            lambda: geometry.output_length(3, 2, padding=1, dilation=5),
            ValueError,
            "^kernel_size must fit the padded length 5, got 2 with dilation 5, which spans 6$",
        ),
        (lambda: geometry.effective_kernel_size(3, 0), ValueError, "^dilation must be positive, got 0$"),
        (
            lambda: geometry.mode_padding("some", 3),
            ValueError,
            "^mode must be one of 'valid', .*, got 'some'$",
        ),
        (lambda: geometry.mode_padding("full", 0), ValueError, "^kernel_size must be positive, got 0$"),
        (lambda: geometry.mode_padding("same", 3, operation="sum"), ValueError, "^operation must be one of"),
        (lambda: geometry.mode_length("same", True, 3), TypeError, "^length must be an integer, got True$"),
    ],
)
def test_each_wrong_argument_is_named_in_one_sentence(call, error, message):
    with pytest.raises(error, match=message):
        call()
