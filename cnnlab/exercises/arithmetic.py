"""The exercises of notebook 04: sizes, costs and what a unit sees."""

from __future__ import annotations

import math

from cnnlab.exercises.answers import arithmetic as answers
from cnnlab.exercises.counts import COUNTS
from cnnlab.exercises.design import DESIGN
from cnnlab.exercises.exercise import Exercise, Mistake
from cnnlab.exercises.receptive_field import RECEPTIVE_FIELD


def _size(size: int, kernel_size: int, stride: int, padding: int, dilation: int) -> int:
    return (size + 2 * padding - dilation * (kernel_size - 1) - 1) // stride + 1


def _unrounded(size: int, kernel_size: int, stride: int, padding: int, dilation: int) -> float:
    return (size + 2 * padding - dilation * (kernel_size - 1) - 1) / stride + 1


OUTPUT_SIZE = Exercise(
    name="arithmetic.output_size",
    prompt="Write a function of size, kernel_size, stride, padding, dilation: how many outputs are there?",
    cases=(
        {"size": 5, "kernel_size": 3, "stride": 1, "padding": 0, "dilation": 1},
        {"size": 32, "kernel_size": 5, "stride": 1, "padding": 2, "dilation": 1},
        {"size": 28, "kernel_size": 3, "stride": 2, "padding": 1, "dilation": 1},
        {"size": 11, "kernel_size": 3, "stride": 1, "padding": 0, "dilation": 2},
        {"size": 7, "kernel_size": 1, "stride": 3, "padding": 0, "dilation": 1},
        {"size": 7, "kernel_size": 2, "stride": 4, "padding": 0, "dilation": 1},
        {"size": 20, "kernel_size": 4, "stride": 3, "padding": 2, "dilation": 3},
    ),
    reference=_size,
    tolerance=1e-9,
    mistakes=(
        Mistake(
            "dilation forgotten",
            "The dilation is missing: a dilated kernel reaches over dilation * (kernel_size - 1) + 1 pixels.",
            lambda n, k, s, p, d: _size(n, k, s, p, 1),
        ),
        Mistake(
            "dilation times kernel",
            "A dilated kernel reaches over dilation * (kernel_size - 1) + 1 pixels: no gap after the last.",
            lambda n, k, s, p, d: (n + 2 * p - d * k) // s + 1,
        ),
        Mistake(
            "padding once",
            "The padding counts twice: it is added on both sides.",
            lambda n, k, s, p, d: (n + p - d * (k - 1) - 1) // s + 1,
        ),
        Mistake("padding forgotten", "The padding is missing.", lambda n, k, s, p, d: _size(n, k, s, 0, d)),
        Mistake(
            "stride forgotten",
            "The stride is missing: divide by it, before the last + 1.",
            lambda n, k, s, p, d: _size(n, k, 1, p, d),
        ),
        Mistake(
            "kernel forgotten",
            "The kernel is missing: it needs room, so take its reach off before you divide.",
            lambda n, k, s, p, d: (n + 2 * p) // s,
        ),
        Mistake(
            "kernel forgotten",
            "Only size and stride were used: the kernel needs room, and the padding gives some.",
            lambda n, k, s, p, d: n // s,
        ),
        Mistake(
            "ceil",
            "This rounds up: a last step that does not fit is left out.",
            lambda n, k, s, p, d: math.ceil(_unrounded(n, k, s, p, d)),
        ),
        Mistake(
            "not rounded",
            "There is no fraction of an output: round down, with //.",
            _unrounded,
        ),
        Mistake(
            "rounded", "Round down, with //, not to the nearest.", lambda *case: round(_unrounded(*case))
        ),
        Mistake(
            "rounded",
            "Round down, with //, not to the nearest.",
            lambda *case: int(_unrounded(*case) + 0.5),
        ),
        Mistake(
            "start forgotten",
            "One too few: the place where the kernel starts counts too, so + 1 at the end.",
            lambda *case: _size(*case) - 1,
        ),
        Mistake(
            "one too many",
            "One too many: the kernel covers dilation * (kernel_size - 1) + 1 pixels, mind the + 1.",
            lambda *case: _size(*case) + 1,
        ),
        Mistake(
            "1 added too soon",
            "The + 1 stands after the division: it counts the start, which is no step.",
            lambda n, k, s, p, d: (n + 2 * p - d * (k - 1)) // s,
        ),
        Mistake(
            "kernel too short",
            "Take off the whole reach, dilation * (kernel_size - 1) + 1, before you divide.",
            lambda n, k, s, p, d: (n + 2 * p - d * (k - 1)) // s + 1,
        ),
    ),
    right=answers.OUTPUT_SIZE_RIGHT,
    wrong=answers.OUTPUT_SIZE_WRONG,
)

SAME_PADDING = Exercise(
    name="arithmetic.same_padding",
    prompt="Write a function of odd kernel_size and dilation: the padding that keeps the size at stride 1.",
    cases=(
        {"kernel_size": 3, "dilation": 1},
        {"kernel_size": 5, "dilation": 1},
        {"kernel_size": 3, "dilation": 2},
        {"kernel_size": 7, "dilation": 3},
        {"kernel_size": 1, "dilation": 4},
        {"kernel_size": 9, "dilation": 1},
    ),
    reference=lambda kernel_size, dilation: dilation * (kernel_size - 1) // 2,
    tolerance=1e-9,
    mistakes=(
        Mistake(
            "dilation forgotten",
            "The dilation is missing: it spreads the kernel over dilation * (kernel_size - 1) + 1 pixels.",
            lambda kernel_size, dilation: (kernel_size - 1) // 2,
        ),
        Mistake(
            "both sides",
            "This is the padding of both sides together: each side gets half.",
            lambda kernel_size, dilation: dilation * (kernel_size - 1),
        ),
        Mistake(
            "dilation times kernel",
            "A dilated kernel reaches over dilation * (kernel_size - 1) + 1 pixels: no gap after the last.",
            lambda kernel_size, dilation: dilation * kernel_size // 2,
        ),
        Mistake(
            "dilation times kernel",
            "A dilated kernel reaches over dilation * (kernel_size - 1) + 1 pixels: no gap after the last.",
            lambda kernel_size, dilation: (dilation * kernel_size - 1) // 2,
        ),
        Mistake(
            "not rounded",
            "The middle weight needs no padding: halve kernel_size - 1, an even number.",
            lambda kernel_size, dilation: dilation * kernel_size / 2,
        ),
        Mistake(
            "middle counted",
            "One too many: the middle weight lies on the pixel itself and needs no padding.",
            lambda kernel_size, dilation: (dilation * (kernel_size - 1) + 2) // 2,
        ),
        Mistake(
            "middle counted",
            "Halve kernel_size - 1: the middle weight lies on the pixel itself and needs no padding.",
            lambda kernel_size, dilation: dilation * (kernel_size + 1) // 2,
        ),
        Mistake(
            "dilation added",
            "The dilation multiplies the gaps between the weights: it is not added.",
            lambda kernel_size, dilation: (kernel_size - 1) // 2 + dilation - 1,
        ),
    ),
    right=answers.SAME_PADDING_RIGHT,
    wrong=answers.SAME_PADDING_WRONG,
)

EXERCISES = (OUTPUT_SIZE, SAME_PADDING, COUNTS, RECEPTIVE_FIELD, DESIGN)
