"""Design a stack for an input of 32 pixels: kernels of 3 only, exactly 8 outputs, and each with a field of
at least 15 pixels (padding counts). Give a list of triples (kernel size, stride, padding). Many answers are
right.
"""

from __future__ import annotations

import numpy as np

from cnnlab.exercises import Mistake, Value

PIXELS, OUTPUTS, SEEN, KERNEL = 32, 8, 15, 3


def chain(numbers: np.ndarray) -> tuple[float, float]:
    """Return how many outputs a stack has, 0 where a kernel no longer fits, and how many pixels each sees."""
    size, field, jump = float(PIXELS), 1.0, 1.0
    for kernel_size, stride, padding in numbers.reshape(-1, 3):
        size = max(0.0, (size + 2 * padding - kernel_size) // stride + 1)
        field += (kernel_size - 1) * jump
        jump *= stride
        if size == 0:
            break
    return size, field


def impossible(numbers: np.ndarray) -> bool:
    """Return whether some number is not whole, a kernel size or stride below 1, or a padding below 0."""
    return bool(np.any(numbers % 1) or np.any(numbers.reshape(-1, 3) < [1, 1, 0]))


def effect(layers: np.ndarray) -> np.ndarray:
    """Return outputs, pixels seen (more than enough counts as enough), smallest and largest kernel."""
    if layers.ndim != 2 or layers.shape[1] != 3 or not len(layers):
        raise ValueError(f"layers must be rows of three, got shape {layers.shape}")
    if impossible(layers):
        return np.full(4, np.nan)
    outputs, seen = chain(layers)
    return np.array([outputs, min(seen, SEEN), layers[:, 0].min(), layers[:, 0].max()])


EXERCISE = Value(
    effect=effect,
    expects=f"{OUTPUTS} outputs, {SEEN} pixels seen (more count as {SEEN}), kernels {KERNEL} to {KERNEL}",
    right=[
        [(3, 2, 1), (3, 2, 1), (3, 1, 1)],
        ((3, 1, 1), (3, 2, 1), (3, 2, 1), (3, 1, 1)),
        np.tile([3, 1, 0], (12, 1)),
    ],
    # What is wrong with a stack is told in this order: the first mistake that fits is named.
    mistakes=[
        Mistake(
            "impossible",
            "Kernel sizes and strides are whole numbers from 1 on, paddings from 0 on.",
            [(3, 1.5, 1), (3, 2, 1)],
            fits=impossible,
        ),
        Mistake(
            "other kernels",
            "Only kernels of 3 are allowed, whatever else the stack does.",
            [(7, 2, 3), (5, 2, 2)],
            fits=lambda numbers: bool(np.any(numbers[::3] != KERNEL)),
        ),
        Mistake(
            "size and field",
            "Neither the number of outputs nor the field is right: strides shrink, layers widen the field.",
            [(3, 2, 1)],
            fits=lambda numbers: chain(numbers)[0] != OUTPUTS and chain(numbers)[1] < SEEN,
        ),
        Mistake(
            "too many outputs",
            "The field is large enough, but there are too many outputs: two strides of 2 divide by 4.",
            [(3, 1, 1)] * 7,
            fits=lambda numbers: chain(numbers)[0] > OUTPUTS,
        ),
        Mistake(
            "too few outputs",
            "The field is large enough, but there are too few outputs: count strides and borders.",
            [(3, 2, 1)] * 3,
            fits=lambda numbers: chain(numbers)[0] < OUTPUTS,
        ),
        Mistake(
            "field too small",
            "The number of outputs is right, but each sees too little: add a layer that keeps the size.",
            [(3, 4, 0)],
            fits=lambda numbers: chain(numbers)[1] < SEEN,
        ),
    ],
)
