"""What wrong answers have in common is told where they have something in common, and only there."""

import numpy as np
import pytest
import torch

from cnnlab.exercises import Function, special
from cnnlab.exercises.checker import verdict_on

NUMBERS = ([1, 2, 3, 4, 5], [-2, 5, 7, 1], [0.5, 2.25, -8, 3], [3, -1, 4, 1.5, -5, 9], [2, 6, 8])
PICTURES = [np.arange(1.0, height * width + 1).reshape(height, width) for height, width in
            ((3, 4), (5, 5), (1, 3), (4, 1), (4, 4), (6, 3), (2, 2))]  # fmt: skip


def last_sentence(right, wrong, inputs):
    exercise = Function(right=[right], cases=[{"x": each} for each in inputs], name="tests.special")
    return verdict_on(exercise, wrong, 10.0, trusted=True).text.splitlines()[-1].strip()


def spoilt(where):
    """Return an answer that is wrong on the inputs for which this holds."""
    return lambda x: x * x + (x.amax() if where(x) else 0)


@pytest.mark.parametrize(
    ("inputs", "wrong", "says"),
    [
        (NUMBERS, lambda x: (x * x).round(), "They are the right ones, rounded."),
        (NUMBERS, spoilt(lambda x: (x < 0).any()), "Only inputs with negative numbers are wrong."),
        (
            NUMBERS,
            spoilt(lambda x: (x % 1 > 0).any()),
            "Only inputs with numbers that are not whole are wrong.",
        ),
        (PICTURES, spoilt(lambda x: 1 in x.shape), "Only inputs with an axis of length 1 are wrong."),
        (PICTURES, spoilt(lambda x: len(x) != len(x.T)), "Only inputs that are not square are wrong."),
        (PICTURES, spoilt(lambda x: len(x) > 3), "Right up to x.shape[0] = 3, wrong from 4 on."),
        (PICTURES, spoilt(lambda x: len(x) < 4), "Wrong up to x.shape[0] = 3, right from 4 on."),
    ],
)
def test_what_the_wrong_ones_share_is_told(inputs, wrong, says):
    sentence = last_sentence(lambda x: x * x, wrong, inputs)
    assert sentence == f"The shape is right, the values are not. {says}"


def test_values_that_became_zero_and_borders_are_told():
    clipped = last_sentence(lambda x: x * 2, lambda x: (x * 2).relu(), [[-1, 2], [3, -4], [5, 6]])
    assert clipped.endswith("Where they should be negative they are 0.")

    def padded(x):
        result = x.clone()
        result[0] += 1
        return result * result

    assert last_sentence(lambda x: x * x, padded, PICTURES).endswith("Only values at the border are wrong.")


def test_what_chance_would_divide_as_well_is_not_told():
    assert special.inputs([{"x": [-1.0]}, {"x": [1.0]}, {"x": [2.0]}], [True, False, False]) == ""
    assert special.inputs([{"n": n} for n in range(4)], [True, True, False, False]) == ""
    everywhere = last_sentence(lambda x: x * x, lambda x: x * x + torch.pi, NUMBERS)
    assert everywhere == "The shape is right, the values are not."
