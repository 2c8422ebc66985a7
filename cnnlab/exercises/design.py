"""The hard exercise of notebook 04: a chain of layers to a specification."""

from __future__ import annotations

import numpy as np

from cnnlab.exercises.answers import design as answers
from cnnlab.exercises.exercise import Exercise, Mistake

PIXELS, OUTPUTS, SEEN, KERNEL = 32, 8, 15, 3


def _chain(layers: np.ndarray) -> tuple[float, float]:
    """Return how many outputs a chain has, 0 where a kernel no longer fits, and how many pixels each sees."""
    size, field, jump = float(PIXELS), 1.0, 1.0
    for kernel_size, stride, padding in layers:
        size = max(0.0, (size + 2 * padding - kernel_size) // stride + 1)
        field += (kernel_size - 1) * jump
        jump *= stride
        if size == 0:
            break
    return size, field


def _effect(layers: np.ndarray) -> np.ndarray:
    """Return outputs, pixels seen (more than enough counts as enough), smallest and largest kernel."""
    if layers.ndim != 2 or layers.shape[1] != 3 or not len(layers):
        raise ValueError(f"layers must be rows of three, got shape {layers.shape}")
    if _fractions(layers) or _impossible(layers):
        return np.full(4, np.nan)
    outputs, seen = _chain(layers)
    kernels = layers[:, 0]
    return np.array([outputs, min(seen, SEEN), kernels.min(), kernels.max()])


def _fractions(layers: np.ndarray) -> bool:
    return not np.array_equal(layers, np.round(layers))


def _impossible(layers: np.ndarray) -> bool:
    return bool(np.any(layers < [1, 1, 0]))


DESIGN = Exercise(
    name="arithmetic.design",
    prompt="Give rows (kernel_size, stride, padding), kernels of 3: 32 pixels become 8 that see 15 or more.",
    asks="value",
    effect=_effect,
    expects=f"{OUTPUTS} outputs, {SEEN} pixels seen (more count as {SEEN}), kernels {KERNEL} to {KERNEL}",
    reference=lambda: [(3, 2, 1), (3, 2, 1), (3, 1, 1)],
    tolerance=1e-9,
    mistakes=(
        Mistake(
            "fractions",
            "Kernel sizes, strides and paddings are whole numbers.",
            lambda: [(3, 1.5, 1), (3, 2, 1)],
            _fractions,
        ),
        Mistake(
            "impossible",
            "A kernel size and a stride are at least 1, a padding at least 0.",
            lambda: [(3, 2, -1), (3, 0, 1)],
            _impossible,
        ),
        Mistake(
            "other kernels",
            "The chain may be as asked for otherwise, but only kernels of 3 are allowed.",
            lambda: [(5, 2, 2), (5, 2, 2), (3, 1, 1)],
            lambda layers: bool(np.any(layers[:, 0] != KERNEL)),
        ),
        Mistake(
            "picture used up",
            "The picture runs out: some layer gets fewer pixels than its kernel has weights.",
            lambda: [(3, 2, 0)] * 5,
            lambda layers: _chain(layers)[0] == 0,
        ),
        Mistake(
            "size and field",
            "Neither the number of outputs nor the field is right: strides shrink, layers widen the field.",
            lambda: [(3, 2, 1)],
            lambda layers: _chain(layers)[0] != OUTPUTS and _chain(layers)[1] < SEEN,
        ),
        Mistake(
            "too many outputs",
            "The field is large enough, but there are too many outputs: two strides of 2 divide by 4.",
            lambda: [(3, 1, 1)] * 7,
            lambda layers: _chain(layers)[0] > OUTPUTS,
        ),
        Mistake(
            "too few outputs",
            "The field is large enough, but there are too few outputs: count strides and borders.",
            lambda: [(3, 2, 1)] * 3,
            lambda layers: _chain(layers)[0] < OUTPUTS,
        ),
        Mistake(
            "field too small",
            "The number of outputs is right, but each sees too little: add a layer that keeps the size.",
            lambda: [(3, 2, 1), (3, 2, 1)],
            lambda layers: _chain(layers)[1] < SEEN,
        ),
    ),
    right=answers.DESIGN_RIGHT,
    wrong=answers.DESIGN_WRONG,
)
