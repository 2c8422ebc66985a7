r"""Make one convolution of a plain block, with its normalisation and ReLU, hand on every input without
negative numbers: a $3\times 3$ convolution from C to C channels with padding 1 and no bias, batch
normalisation in evaluation mode, ReLU. Given are the running `mean` and `variance` (0 or more), both of shape
(C,), and `eps`, more than 0. Choose the weight with which the convolution returns its input as it is, then
$\gamma$ and $\beta$ with which the normalisation does so too. Return `weight, (gamma, beta)`, of shapes (C,
C, 3, 3), (C,) and (C,).
"""

from __future__ import annotations

from typing import Any

import numpy as np
from torch import Tensor, nn

from cnnlab.exercises import Function, Mistake


def drawn(seed: int) -> dict[str, Any]:
    """Return means of either sign, variances from 0 to 4, and an eps that counts, of one to four channels."""
    rng = np.random.default_rng(seed)
    mean, variance = rng.integers([[-9], [0]], [[10], [9]], (2, seed % 4 + 1)) / 2
    return {"mean": mean, "variance": variance, "eps": rng.integers(1, 9).item() / 8}


def joined(weight: np.ndarray, both: np.ndarray) -> np.ndarray:
    """Return a row for each channel: its weights, gamma and beta."""
    c = len(weight)
    if weight.shape != (c, c, 3, 3) or both.shape != (2, c):
        raise ValueError(f"shapes must be (C, C, 3, 3) and (2, C), got {weight.shape} and {both.shape}")
    return np.hstack([weight.reshape(c, 9 * c), both.T])


def copying(m: Tensor) -> Tensor:
    """Return the right weight: 1 at the centre of each channel's kernel for itself, 0 elsewhere."""
    return nn.init.dirac_(m.new_empty(len(m), len(m), 3, 3))


def handed_on(m: Tensor, v: Tensor, e: float) -> tuple[Tensor, tuple[Tensor, Tensor]]:
    """Return the right answer for a mean, a variance and eps; the notebook's later cells use it too."""
    return copying(m), ((v + e).sqrt(), m)


def right_parts(got: np.ndarray) -> list[bool]:
    """Return whether weight, gamma and beta of the first case are right."""
    weight, gamma, beta = np.split(got.reshape(2, 20), [18, 19], axis=1)
    pairs = (weight, np.eye(18)[[4, 13]]), (gamma.T, [2, 0.5]), (beta.T, [3, -1])
    return [np.allclose(*pair) for pair in pairs]


# The answers call mean, variance and eps m, v and e.
EXERCISE = Function(
    cases=[
        {"mean": [3, -1], "variance": [3.75, 0], "eps": 0.25},
        {"mean": [-2], "variance": [8.5], "eps": 0.5},
        *map(drawn, range(8)),
    ],
    join=joined,
    right=[
        handed_on,
        lambda m, v, e: (copying(m).numpy(), np.stack([v.add(e).sqrt(), m])),
        lambda m, v, e: [np.multiply.outer(np.eye(len(m)), np.diag([0, 1, 0])), [(v + e) ** 0.5, m]],
    ],
    mistakes=[
        Mistake(
            "in the weight",
            "The convolution is to return its input as it is: gamma alone undoes the division.",
            lambda m, v, e: (copying(m) * (v + e).sqrt().view(-1, 1, 1, 1), (0 * m + 1, m / (v + e).sqrt())),
        ),
        Mistake(
            "weight",
            "gamma and beta are right, the weight is not: a channel must give back itself, unmoved.",
            lambda m, v, e: (copying(m).amax(0).expand(len(m), -1, -1, -1), ((v + e).sqrt(), m)),
            lambda m, v, e: (copying(m).roll((-1, -1), (2, 3)), ((v + e).sqrt(), m)),
            fits=lambda got: right_parts(got) == [False, True, True],
        ),
        Mistake(
            "gamma",
            "Weight and beta are right, gamma is not: normalisation divides by the root of variance + eps.",
            *(lambda m, v, e: (copying(m), (v.sqrt(), m)), lambda m, v, e: (copying(m), (v + e, m))),
            fits=lambda got: right_parts(got) == [True, False, True],
        ),
        Mistake(
            "beta",
            "Weight and gamma are right, beta is not: it gives back the mean that was taken away.",
            *(lambda m, v, e, by=by: (copying(m), ((v + e).sqrt(), by * m)) for by in (0, -1)),
            fits=lambda got: right_parts(got) == [True, True, False],
        ),
        Mistake(
            "gamma and beta",
            "The weight is right. It is (x - mean) / root of (variance + eps) that gamma and beta undo.",
            lambda m, v, e: (copying(m), (m**0, 0 * m)),
            fits=lambda got: right_parts(got) == [True, False, False],
        ),
    ],
)
