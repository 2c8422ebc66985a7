"""Return the central differences of `samples` taken `step` apart, at the interior points only: two values
fewer than there are samples.
"""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor
from torch.nn.functional import conv1d, pad

from cnnlab.exercises import Function, Mistake


def differences(samples: Tensor, step: float, weights: list[float]) -> Tensor:
    """Return the cross-correlation with a few weights, divided by the step."""
    return conv1d(samples.view(1, 1, -1), samples.new_tensor(weights).view(1, 1, -1))[0, 0] / step


EXERCISE = Function(
    cases=[
        {"samples": [0, 1, 4, 9, 16], "step": 1},
        {"samples": [0, 1, 4, 9], "step": 0.5},
        {"samples": [3, -1, 4, 1, -5, 9], "step": 0.1},
        {"samples": [2.5, 0, 1], "step": 4},
    ],
    right=[
        lambda samples, step: (samples[2:] - samples[:-2]) / (2 * step),
        lambda samples, step: [(samples[i + 2] - samples[i]) / step / 2 for i in range(len(samples) - 2)],
        lambda samples, step: np.convolve(samples, [1, 0, -1], "valid") / (2 * step),
        lambda samples, step: differences(samples, step, [-0.5, 0, 0.5]),
    ],
    mistakes=[
        Mistake(
            "forward",
            "This is the forward difference: take f[i+1] - f[i-1], not f[i+1] - f[i].",
            lambda samples, step: differences(samples, step, [0, -1, 1]),
        ),
        Mistake(
            "backward",
            "This is the backward difference: take f[i+1] - f[i-1], not f[i] - f[i-1].",
            lambda samples, step: differences(samples, step, [-1, 1, 0]),
        ),
        Mistake(
            "neighbours",
            "These are the differences of neighbours, n - 1 values: a central one jumps over its own point.",
            lambda samples, step: torch.diff(samples) / step,
            lambda samples, step: torch.diff(samples) / (2 * step),
            lambda samples, step: torch.diff(samples),
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
            "precedence",
            "Only the earlier sample was divided: put the difference in brackets.",
            lambda samples, step: samples[2:] - samples[:-2] / (2 * step),
            lambda samples, step: samples[2:] - samples[:-2] / 2 * step,
        ),
        Mistake(
            "multiplied",
            "Divide by 2 * step: here the difference was multiplied by it.",
            lambda samples, step: (samples[2:] - samples[:-2]) * 2 * step,
        ),
        Mistake(
            "second derivative",
            "This is the second derivative: the first takes f[i+1] - f[i-1], without f[i].",
            lambda samples, step: differences(samples, step * step, [1, -2, 1]),
            lambda samples, step: differences(samples, step, [1, -2, 1]),
            lambda samples, step: torch.diff(samples, n=2),
        ),
        Mistake(
            "sign",
            "This is the earlier sample minus the later one: turn it round.",
            lambda samples, step: np.convolve(samples, [-1, 0, 1], "valid") / (2 * step),
        ),
        Mistake(
            "sign and division",
            "This is the earlier sample minus the later one, and the division is not by 2 * step.",
            lambda samples, step: samples[:-2] - samples[2:],
            lambda samples, step: (samples[:-2] - samples[2:]) / step,
        ),
        Mistake(
            "sum",
            "The two samples were added: a difference is samples[i + 1] - samples[i - 1].",
            lambda samples, step: (samples[2:] + samples[:-2]) / (2 * step),
        ),
        Mistake(
            "negative index",
            "A negative index reads from the end: the first interior point is number 1, between 0 and 2.",
            lambda samples, step: (samples.roll(-1) - samples.roll(1))[:-2] / (2 * step),
        ),
        Mistake(
            "borders kept",
            "The two border points have no central difference: leave them out.",
            lambda samples, step: torch.gradient(samples, spacing=float(step))[0],
            lambda samples, step: np.convolve(samples, [1, 0, -1], "same") / (2 * step),
            lambda samples, step: (samples.roll(-1) - samples.roll(1)) / (2 * step),
            lambda samples, step: pad(samples[2:] - samples[:-2], (1, 1)) / (2 * step),
        ),
        Mistake(
            "full",
            "This runs over both ends, n + 2 values: only the interior points have two neighbours.",
            lambda samples, step: np.convolve(samples, [1, 0, -1]) / (2 * step),
        ),
    ],
)
