r"""Write the step that `optimizer.step()` takes with momentum $m$: the velocity becomes $m$ times itself plus
the gradient, and the weight moves by the learning rate times the *new* velocity, downhill. Return the new
weight and the new velocity, and leave the old ones as they are.
"""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor

from cnnlab.exercises import Function, Mistake


def step(w: Tensor, v: Tensor, g: Tensor, lr: float, m: float) -> tuple[Tensor, Tensor]:
    """Return weight and velocity after one step."""
    v = m * v + g
    return w - lr * v, v


def by_copies(w: Tensor, v: Tensor, g: Tensor, lr: float, m: float) -> list[Tensor]:
    """Return the same, as the library works: in place, but on copies."""
    weight, velocity = w.clone(), v.clone()
    velocity.mul_(m).add_(g)
    weight.sub_(velocity, alpha=lr)
    return [weight, velocity]


EXERCISE = Function(
    cases=[
        {"weight": [1, 2], "velocity": [3, 0], "gradient": [1, -4], "learning_rate": 0.1, "momentum": 0.5},
        {"weight": [4, -1], "velocity": [0, 0], "gradient": [2, -3], "learning_rate": 0.5, "momentum": 0.9},
        {"weight": [2], "velocity": [10], "gradient": [0], "learning_rate": 0.1, "momentum": 0.9},
        {"weight": [5, 1], "velocity": [7, -2], "gradient": [2, 3], "learning_rate": 0.3, "momentum": 0},
        {
            "weight": [[1, -2, 0.5], [3, 0, -1000]],
            "velocity": [[-1, 2, 4], [0.5, -3, 1]],
            "gradient": [[0.25, 1, -2], [4, -1, 0]],
            "learning_rate": 0.2,
            "momentum": 0.8,
        },
    ],
    right=[
        step,
        by_copies,
        lambda w, v, g, lr, m: np.stack([w - lr * (m * v + g), m * v + g]),
        lambda w, v, g, lr, m: torch.stack([torch.lerp(w, w - m * v - g, lr), torch.add(g, v, alpha=m)]),
    ],
    mistakes=[
        Mistake(
            "rate in the velocity",
            "The learning rate is inside the velocity, an older convention: only the weight's step has it.",
            lambda w, v, g, lr, m: (w + m * v - lr * g, m * v - lr * g),
            lambda w, v, g, lr, m: (w - (m * v + lr * g), m * v + lr * g),
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
            lambda w, v, g, lr, m: (w - lr * m * v, m * v + g),
        ),
        Mistake(
            "old velocity handed back",
            "The new velocity must come back too: this is the old one.",
            lambda w, v, g, lr, m: (w - lr * (m * v + g), v),
        ),
        Mistake(
            "uphill",
            "A sign is turned: add the gradient to the velocity, and take the step away from the weight.",
            lambda w, v, g, lr, m: step(w, v, g, -lr, m),
            lambda w, v, g, lr, m: step(w, v, -g, lr, m),
            lambda w, v, g, lr, m: step(w, v, -g, -lr, m),
        ),
        Mistake(
            "velocity taken away", "The old velocity is added.", lambda w, v, g, lr, m: step(w, -v, g, lr, m)
        ),
        Mistake(
            "damped",
            "The gradient was multiplied by 1 - momentum: here it is added in full.",
            lambda w, v, g, lr, m: step(w, v, (1 - m) * g, lr, m),
        ),
        Mistake(
            "no momentum",
            "Momentum is left out: the new velocity holds part of the old, and the weight moves by it.",
            lambda w, v, g, lr, m: (w - lr * g, m * v + g),
            lambda w, v, g, lr, m: (w - lr * g, g),
        ),
        Mistake(
            "not slowed",
            "Multiply the old velocity by momentum.",
            lambda w, v, g, lr, m: step(w, v, g, lr, 1),
        ),
        Mistake(
            "momentum on the gradient",
            "The momentum belongs to the old velocity, not to the gradient.",
            lambda w, v, g, lr, m: step(w, v, m * g, lr, 1),
            lambda w, v, g, lr, m: step(w, v, m * g, lr, m),
        ),
        Mistake(
            "roles of the two",
            "The rate and momentum are swapped.",
            lambda w, v, g, lr, m: step(w, v, g, m, lr),
        ),
        Mistake(
            "no rate", "The weight's step lacks learning_rate.", lambda w, v, g, lr, m: step(w, v, g, 1, m)
        ),
        Mistake(
            "one of the two",
            "Only one of the two came back: give the new weight, and then the new velocity.",
            lambda w, v, g, lr, m: step(w, v, g, lr, m)[0],
            lambda w, v, g, lr, m: step(w, v, g, lr, m)[1],
        ),
        Mistake("swapped", "The weight comes first.", lambda w, v, g, lr, m: step(w, v, g, lr, m)[::-1]),
        Mistake(
            "only the step",
            "In the weight's place stands its step: take learning_rate * velocity away from the weight.",
            lambda w, v, g, lr, m: step(0 * w, v, g, -lr, m),
            lambda w, v, g, lr, m: step(0 * w, v, g, lr, m),
        ),
        Mistake(
            "weight unmoved",
            "The weight is as it was: take learning_rate * velocity away.",
            lambda w, v, g, lr, m: (w, m * v + g),
            lambda w, v, g, lr, m: (w, v),
        ),
        Mistake(
            "items of a tensor",
            "Work on the whole arrays at once: they may be of any shape.",
            lambda w, v, g, lr, m: (float(w) - lr * (m * float(v) + float(g)), m * float(v) + float(g)),
            raises=["only one element", "only 0-dimensional", "only length-1", "ambiguous", "Boolean value"],
        ),
        # The next two know the first case: the weight becomes 0.75, 2.4, the velocity 2.5, -4.
        Mistake(
            "velocity",
            "The weight is right, the velocity is not: hand back the one that moved the weight.",
            lambda w, v, g, lr, m: (step(w, v, g, lr, m)[0], lr * (m * v + g)),
            fits=lambda got: np.allclose(got[:2], [0.75, 2.4]) and not np.allclose(got[2:], [2.5, -4]),
        ),
        Mistake(
            "weight",
            "The velocity is right, the weight is not: it moves downhill by learning_rate * velocity.",
            lambda w, v, g, lr, m: (w * (1 - lr) - lr * (m * v + g), m * v + g),
            fits=lambda got: np.allclose(got[2:], [2.5, -4]) and not np.allclose(got[:2], [0.75, 2.4]),
        ),
    ],
    unnamed={
        "wrong shape": [lambda w, v, g, lr, m: (*step(w, v, g, lr, m), g)],
        "arguments": [lambda w, v, g, lr: step(w, v, g, lr, 0.9)],
        "nothing": [lambda w, v, g, lr, m: print(step(w, v, g, lr, m))],
    },
)
