"""Argument checks return what is right and name what is wrong."""

from fractions import Fraction

import numpy as np
import pytest

from cnnlab import _arguments


def test_integers_come_back_as_python_ints():
    for value in (3, np.int64(3), np.uint8(3)):
        result = _arguments.positive_int("stride", value)
        assert result == 3
        assert type(result) is int
    assert _arguments.non_negative_int("padding", 0) == 0
    assert type(_arguments.non_negative_int("padding", np.int32(2))) is int


@pytest.mark.parametrize("value", [0, -1, np.int64(-7)])
def test_positive_int_refuses_what_is_below_one(value):
    with pytest.raises(ValueError, match=f"^stride must be positive, got {value}$"):
        _arguments.positive_int("stride", value)


def test_non_negative_int_refuses_what_is_below_zero():
    with pytest.raises(ValueError, match=r"^padding must be zero or positive, got -1$"):
        _arguments.non_negative_int("padding", -1)


@pytest.mark.parametrize("check", [_arguments.positive_int, _arguments.non_negative_int])
@pytest.mark.parametrize("value", [2.0, "2", None, True, False, (2,), np.float64(2), np.bool_(True)])
def test_only_integers_pass_as_integers(check, value):
    with pytest.raises(TypeError, match=r"^stride must be an integer, got "):
        check("stride", value)


def test_one_of_returns_the_word_or_lists_the_choices():
    assert _arguments.one_of("mode", "full", ("full", "same")) == "full"
    with pytest.raises(ValueError, match=r"^mode must be one of 'full', 'same', got 'fool'$"):
        _arguments.one_of("mode", "fool", ("full", "same"))


@pytest.mark.parametrize("value", [None, 1, ["full"], "Full", ""])
def test_one_of_takes_no_near_misses(value):
    with pytest.raises(ValueError, match=r"^mode must be one of 'full', got "):
        _arguments.one_of("mode", value, ("full",))


@pytest.mark.parametrize("value", [1, 0.5, np.float32(0.5), Fraction(1, 2)])
def test_positive_number_returns_a_float(value):
    result = _arguments.positive_number("seconds", value)
    assert result == float(value)
    assert type(result) is float


@pytest.mark.parametrize("value", [0, -0.5, float("inf"), float("nan")])
def test_positive_number_refuses_what_is_not_positive_and_finite(value):
    with pytest.raises(ValueError, match=r"^seconds must be positive and finite, got "):
        _arguments.positive_number("seconds", value)


@pytest.mark.parametrize("value", [True, "1", None, 1j])
def test_positive_number_refuses_what_is_no_real_number(value):
    with pytest.raises(TypeError, match=r"^seconds must be a number, got "):
        _arguments.positive_number("seconds", value)
