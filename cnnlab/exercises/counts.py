"""The exercise of notebook 04 on cost: parameters and multiply-adds of one layer."""

from __future__ import annotations

from cnnlab.exercises.answers import counts as answers
from cnnlab.exercises.exercise import Case, Exercise, Mistake


def _counts(
    in_channels: int, out_channels: int, kernel_size: int, groups: int, bias: bool, output_size: int
) -> tuple[float, float]:
    weights = out_channels * in_channels / groups * kernel_size**2
    return weights + bias * out_channels, weights * output_size**2


def _case(*values: int) -> Case:
    names = ("in_channels", "out_channels", "kernel_size", "groups", "bias", "output_size")
    return dict(zip(names, values, strict=True))


COUNTS = Exercise(
    name="arithmetic.counts",
    prompt="Write a function: one convolution's parameters and its multiply-adds for one square picture.",
    cases=(
        _case(1, 2, 3, 1, True, 4),
        _case(3, 16, 5, 1, True, 28),
        _case(4, 6, 3, 2, False, 10),
        _case(8, 8, 3, 8, True, 7),
        _case(12, 3, 1, 3, False, 5),
    ),
    reference=_counts,
    # The tolerance is that of the larger number: it must not hide a bias in the smaller one.
    tolerance=1e-9,
    mistakes=(
        Mistake(
            "groups ignored",
            "The groups are missing: an output channel sees only in_channels / groups channels.",
            lambda i, o, k, g, b, n: _counts(i, o, k, 1, b, n),
        ),
        Mistake(
            "groups twice",
            "The groups divide once: every output channel is still there, each sees fewer inputs.",
            lambda i, o, k, g, b, n: (
                o * i / g**2 * k**2 + b * o,
                o * i / g**2 * k**2 * n**2,
            ),
        ),
        Mistake(
            "bias forgotten",
            "The bias is missing among the parameters: one for each output channel.",
            lambda i, o, k, g, b, n: _counts(i, o, k, g, False, n),
        ),
        Mistake(
            "bias always",
            "A bias was counted where bias is False.",
            lambda i, o, k, g, b, n: _counts(i, o, k, g, True, n),
        ),
        Mistake(
            "bias multiplied",
            "The bias is added, not multiplied: leave it out of the multiply-adds.",
            lambda i, o, k, g, b, n: (
                _counts(i, o, k, g, b, n)[0],
                _counts(i, o, k, g, b, n)[0] * n**2,
            ),
        ),
        Mistake(
            "bias of the input",
            "The biases belong to the output channels, not to the input channels.",
            lambda i, o, k, g, b, n: (
                _counts(i, o, k, g, b, n)[0] + b * (i - o),
                _counts(i, o, k, g, b, n)[1],
            ),
        ),
        Mistake(
            "kernel not squared",
            "A kernel has kernel_size * kernel_size weights.",
            lambda i, o, k, g, b, n: (o * i / g * k + b * o, o * i / g * k * n**2),
        ),
        Mistake(
            "output not squared",
            "The output has output_size * output_size places, and each costs a window.",
            lambda i, o, k, g, b, n: (_counts(i, o, k, g, b, n)[0], _counts(i, o, k, g, b, n)[1] / n),
        ),
        Mistake(
            "output forgotten",
            "Every weight is used at each of the output_size * output_size places.",
            lambda i, o, k, g, b, n: (_counts(i, o, k, g, b, n)[0], _counts(i, o, k, g, b, n)[1] / n**2),
        ),
        Mistake(
            "operations",
            "A multiplication with its addition counts as one multiply-add, not two.",
            lambda i, o, k, g, b, n: (_counts(i, o, k, g, b, n)[0], _counts(i, o, k, g, b, n)[1] * 2),
        ),
        Mistake(
            "swapped",
            "The parameters come first, the multiply-adds second.",
            lambda *case: _counts(*case)[::-1],
        ),
    ),
    right=answers.COUNTS_RIGHT,
    wrong=answers.COUNTS_WRONG,
)
