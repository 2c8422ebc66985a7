"""A layer `nn.Conv1d(1, 1, kernel_size=5, padding=2)` without bias should delay its input by two samples.
Which five weights does it need? Mind what it does not do.
"""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor
from torch.nn.functional import conv1d

from cnnlab.exercises import Mistake, Value


def layer(weights: np.ndarray, signal: np.ndarray) -> Tensor:
    """Return what ``nn.Conv1d(1, 1, 5, padding=2, bias=False)`` makes of a signal."""
    if weights.ndim != 1 and weights.shape[:-1] != (1, 1):
        raise ValueError(f"weights must have shape (5,) or (1, 1, 5), got {weights.shape}")
    kernel = torch.from_numpy(weights).view(1, 1, -1)
    return conv1d(torch.from_numpy(signal).view(1, 1, -1), kernel, padding=2)[0, 0]


EXERCISE = Value(
    cases=[{"signal": [1, 2, 3, 4, 5]}, {"signal": [4, -1, 0, 7, 2, 9]}],
    effect=layer,
    right=[[1, 0, 0, 0, 0], np.eye(5)[0], torch.eye(5)[0].view(1, 1, 5)],
    mistakes=[
        Mistake(
            "flipped",
            "This comes two samples early: nn.Conv1d does not flip, its first weight sees two samples back.",
            [0, 0, 0, 0, 1],
        ),
        Mistake(
            "no delay",
            "This changes nothing: with padding 2 the middle weight sees the sample itself.",
            [0, 0, 1, 0, 0],
        ),
        Mistake("delay of one", "This delays by one sample only.", [0, 1, 0, 0, 0]),
        Mistake(
            "early by one",
            "This comes one sample early: weights after the middle look ahead.",
            [0, 0, 0, 1, 0],
        ),
        Mistake(
            "not five",
            "Give five weights: the layer's kernel_size is 5.",
            [1, 0, 0],
            fits=lambda weights: weights.size != 5,
        ),
        Mistake("halved", "The delay is right, but nothing is to be halved here.", [0.5, 0, 0, 0, 0]),
        Mistake(
            "several weights",
            "Each weight that is not zero brings in a sample: a delayed one alone needs a single weight.",
            [1, 0, 0, 0, 1],
            fits=lambda weights: bool(np.count_nonzero(weights) > 1),
        ),
    ],
)
