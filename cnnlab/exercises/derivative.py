"""The derivative exercise of notebook 01: central differences."""

from __future__ import annotations

import numpy as np

from cnnlab.exercises.answers import derivative as answers
from cnnlab.exercises.exercise import Exercise, Mistake

DERIVATIVE = Exercise(
    name="conv1d.derivative",
    prompt="Write a function of samples and step that returns the central differences inside the borders.",
    cases=(
        {"samples": [0, 1, 4, 9, 16], "step": 1},
        {"samples": [0, 1, 4, 9], "step": 0.5},
        {"samples": [3, -1, 4, 1, -5, 9], "step": 0.1},
        {"samples": [2.5, 0, 1], "step": 4},
    ),
    reference=lambda samples, step: (samples[2:] - samples[:-2]) / (2 * step),
    mistakes=(
        Mistake(
            "forward",
            "This is the forward difference: take f[i+1] - f[i-1], not f[i+1] - f[i].",
            lambda samples, step: (samples[2:] - samples[1:-1]) / step,
        ),
        Mistake(
            "backward",
            "This is the backward difference: take f[i+1] - f[i-1], not f[i] - f[i-1].",
            lambda samples, step: (samples[1:-1] - samples[:-2]) / step,
        ),
        Mistake(
            "neighbours",
            "These are the differences of neighbours, n - 1 values: a central one jumps over its own point.",
            lambda samples, step: np.diff(samples) / step,
        ),
        Mistake(
            "neither divided",
            "The difference was not divided: the two points lie 2 * step apart.",
            lambda samples, step: samples[2:] - samples[:-2],
        ),
        Mistake(
            "not divided by 2",
            "The 2 is missing: the two points lie 2 * step apart.",
            lambda samples, step: (samples[2:] - samples[:-2]) / step,
        ),
        Mistake(
            "not divided by step",
            "The step is missing: the two points lie 2 * step apart.",
            lambda samples, step: (samples[2:] - samples[:-2]) / 2,
        ),
        Mistake(
            "precedence",
            "Dividing by 2 and multiplying by the step is not dividing by 2 * step: use brackets.",
            lambda samples, step: (samples[2:] - samples[:-2]) / 2 * step,
        ),
        Mistake(
            "multiplied",
            "Divide by 2 * step: here the difference was multiplied by it.",
            lambda samples, step: (samples[2:] - samples[:-2]) * 2 * step,
        ),
        *(
            Mistake(
                "second derivative",
                "This is the second derivative: the first takes f[i+1] - f[i-1], without f[i].",
                lambda samples, step, power=power: np.diff(samples, 2) / step**power,
            )
            for power in (2, 1, 0)
        ),
        Mistake(
            "sign",
            "The sign is turned round: take the later sample minus the earlier one.",
            lambda samples, step: (samples[:-2] - samples[2:]) / (2 * step),
        ),
        Mistake(
            "borders kept", "The two border points have no central difference: leave them out.", np.gradient
        ),
    ),
    right=answers.DERIVATIVE_RIGHT,
    wrong=answers.DERIVATIVE_WRONG,
)
