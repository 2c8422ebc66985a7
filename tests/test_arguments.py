"""Argument checks return what is right and name what is wrong."""

from fractions import Fraction

import numpy as np
import pytest

from cnnlab._arguments import non_negative_int, one_of, positive_int, positive_number
from tests.refused import refused


@pytest.mark.parametrize(
    ("check", "value", "kind"),
    [
        *[(positive_int, value, int) for value in (3, np.int64(3), np.uint8(3))],
        *[(non_negative_int, value, int) for value in (0, np.int32(2))],
        *[(positive_number, value, float) for value in (1, 0.5, np.float32(0.5), Fraction(1, 2))],
    ],
)
def test_numbers_come_back_as_pythons_own(check, value, kind):
    result = check("stride", value)
    assert result == value
    assert type(result) is kind


@pytest.mark.parametrize("check", [positive_int, non_negative_int])
@pytest.mark.parametrize("value", [2.0, "2", None, True, False, (2,), np.float64(2), np.bool_(True)])
def test_only_integers_pass_as_integers(check, value):
    with pytest.raises(TypeError, match=r"^stride must be an integer, got "):
        check("stride", value)


def test_one_of_returns_the_word():
    assert one_of("mode", "full", ("full", "same")) == "full"


@pytest.mark.parametrize("value", [None, 1, ["full"], "Full", ""])
def test_one_of_takes_no_near_misses(value):
    with pytest.raises(ValueError, match=r"^mode must be one of 'full', got "):
        one_of("mode", value, ("full",))


@pytest.mark.parametrize("value", [True, "1", None, 1j])
def test_positive_number_refuses_what_is_no_real_number(value):
    with pytest.raises(TypeError, match=r"^seconds must be a number, got "):
        positive_number("seconds", value)


WRONG_VALUES = {
    "stride must be positive, got 0": lambda: positive_int("stride", 0),
    "stride must be positive, got -7": lambda: positive_int("stride", np.int64(-7)),
    "padding must be zero or positive, got -1": lambda: non_negative_int("padding", -1),
    "mode must be one of 'full', 'same', got 'fool'": lambda: one_of("mode", "fool", ("full", "same")),
    "seconds must be positive and finite, got 0": lambda: positive_number("seconds", 0),
    "seconds must be positive and finite, got -0.5": lambda: positive_number("seconds", -0.5),
    "seconds must be positive and finite, got inf": lambda: positive_number("seconds", float("inf")),
    "seconds must be positive and finite, got nan": lambda: positive_number("seconds", float("nan")),
}
test_wrong_values_are_named = refused(ValueError, WRONG_VALUES)
