"""Return the central differences of `samples` taken `step` apart, at the interior points only: two values
fewer than there are samples.
"""

from __future__ import annotations

import numpy as np
import torch

from cnnlab.exercises import Function, Mistake


def drawn(seed: int) -> dict[str, object]:
    """Return seed + 3 random samples and a step from 0.25 to 2."""
    rng = np.random.default_rng(seed)
    samples = rng.integers(-9, 10, seed + 3).astype(float)
    return {"samples": samples, "step": float(rng.integers(1, 9) / 4)}


EXERCISE = Function(
    cases=[
        {"samples": [0, 1, 4, 9, 16], "step": 1},
        {"samples": [0, 1, 4, 9], "step": 0.5},
        {"samples": [2.5, 0, 1], "step": 4},
        *map(drawn, range(8)),
    ],
    right=[
        lambda samples, step: (samples[2:] - samples[:-2]) / (2 * step),
        lambda samples, step: [(samples[i + 2] - samples[i]) / step / 2 for i in range(len(samples) - 2)],
        lambda samples, step: np.convolve(samples, [1, 0, -1], "valid") / (2 * step),
    ],
    mistakes=[
        Mistake(
            "forward",
            "This is the forward difference: take f[i+1] - f[i-1], not f[i+1] - f[i].",
            lambda samples, step: samples[1:].diff() / step,
        ),
        Mistake(
            "backward",
            "This is the backward difference: take f[i+1] - f[i-1], not f[i] - f[i-1].",
            lambda samples, step: samples[:-1].diff() / step,
        ),
        Mistake(
            "neighbours",
            "These are the differences of neighbours, n - 1 values: a central one jumps over its own point.",
            lambda samples, step: samples.diff() / step,
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
            "Brackets are missing: it is the whole difference divided by (2 * step).",
            lambda samples, step: (samples[2:] - samples[:-2]) / 2 * step,
            lambda samples, step: samples[2:] - samples[:-2] / (2 * step),
        ),
        Mistake(
            "second derivative",
            "This is the second derivative: the first takes f[i+1] - f[i-1], without f[i].",
            lambda samples, step: samples.diff(n=2) / step**2,
        ),
        Mistake(
            "sign lost",
            "A sign was lost: where the samples fall, the difference is negative.",
            lambda samples, step: (samples[2:] - samples[:-2]).abs() / (2 * step),
        ),
        Mistake(
            "borders kept",
            "The two border points have no central difference: leave them out.",
            lambda samples, step: torch.gradient(samples, spacing=float(step))[0],
        ),
    ],
)
