r"""Write the step that `optimizer.step()` takes with momentum $m$ (from 0 to below 1): the velocity becomes
$m$ times itself plus the gradient, and the weight moves by the learning rate times the *new* velocity,
downhill. Return the new weight and the new velocity, and leave the old ones as they are.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from torch import Tensor

from cnnlab.exercises import Function, Mistake


def step(w: Tensor, v: Tensor, g: Tensor, lr: float, m: float) -> tuple[Tensor, Tensor]:
    """Return weight and velocity after one step."""
    v = m * v + g
    return w - lr * v, v


def drawn(seed: int) -> dict[str, Any]:
    """Return arrays of one to three dimensions, a learning rate from 0.1 to 1, and momentum from 0 to 0.9."""
    rng = np.random.default_rng(seed)
    shape = rng.integers(1, 4, size=1 + seed % 3)
    w, v, g = rng.integers(-9, 10, size=(3, *shape)).astype(float)
    lr, m = (rng.integers([1, 0], [11, 10]) / 10).tolist()
    return {"weight": w, "velocity": v, "gradient": g, "learning_rate": lr, "momentum": m}


EXERCISE = Function(
    cases=[
        {"weight": [1, 2], "velocity": [3, 0], "gradient": [1, -4], "learning_rate": 0.1, "momentum": 0.5},
        # At the first step there is no velocity yet, and without momentum none remains.
        {"weight": [4, -1], "velocity": [0, 0], "gradient": [2, -3], "learning_rate": 0.5, "momentum": 0.9},
        {"weight": [5, 1], "velocity": [7, -2], "gradient": [2, 3], "learning_rate": 0.3, "momentum": 0},
        {"weight": [0, 3], "velocity": [6, -6], "gradient": [-1, 2], "learning_rate": 0.2, "momentum": 0.9},
        *map(drawn, range(8)),
    ],
    right=[
        step,
        lambda w, v, g, lr, m: np.stack([w - lr * (m * v + g), m * v + g]),
        lambda w, v, g, lr, m: torch.stack([torch.lerp(w, w - m * v - g, lr), torch.add(g, v, alpha=m)]),
    ],
    mistakes=[
        Mistake(
            "rate in the velocity",
            "The learning rate is inside the velocity: only the weight's step has it.",
            lambda w, v, g, lr, m: (w + m * v - lr * g, m * v - lr * g),
            lambda w, v, g, lr, m: (w - m * v - lr * g, m * v + lr * g),
            lambda w, v, g, lr, m: step(w, v, lr * g, lr, m),
        ),
        Mistake(
            "Nesterov",
            "This is Nesterov's version: plain momentum moves by the new velocity alone.",
            lambda w, v, g, lr, m: (w - lr * (g + m * (m * v + g)), m * v + g),
        ),
        Mistake(
            "old velocity",
            "The old velocity was used: work out the new one first, and move the weight by it.",
            lambda w, v, g, lr, m: (w - lr * v, m * v + g),
        ),
        Mistake(
            "uphill",
            "The weight moves uphill: take learning_rate * velocity away from it.",
            lambda w, v, g, lr, m: step(w, v, g, -lr, m),
        ),
        Mistake(
            "damped",
            "The gradient was multiplied by 1 - momentum: here it is added in full.",
            lambda w, v, g, lr, m: step(w, v, (1 - m) * g, lr, m),
        ),
        Mistake("swapped", "The weight comes first.", lambda w, v, g, lr, m: step(w, v, g, lr, m)[::-1]),
        # The next two know the first case: the weight becomes 0.75, 2.4, the velocity 2.5, -4.
        Mistake(
            "velocity",
            "The weight is right, the velocity is not: it is momentum times the old one plus the gradient.",
            lambda w, v, g, lr, m: (step(w, v, g, lr, m)[0], v),
            fits=lambda got: np.allclose(got[:2], [0.75, 2.4]) and not np.allclose(got[2:], [2.5, -4]),
        ),
        Mistake(
            "weight",
            "The velocity is right, the weight is not: it moves downhill by learning_rate * velocity.",
            lambda w, v, g, lr, m: (w - lr * g, m * v + g),
            fits=lambda got: np.allclose(got[2:], [2.5, -4]) and not np.allclose(got[:2], [0.75, 2.4]),
        ),
    ],
)
