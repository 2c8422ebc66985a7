"""The exercise of notebook 01 on what a layer does not flip: a delay by ``nn.Conv1d``."""

from __future__ import annotations

import numpy as np
import torch
from torch.nn.functional import conv1d

from cnnlab.exercises.answers import layer_kernel as answers
from cnnlab.exercises.exercise import Exercise, Mistake


def _layer(weights: np.ndarray, signal: np.ndarray) -> torch.Tensor:
    """Return what ``nn.Conv1d(1, 1, 5, padding=2, bias=False)`` makes of a signal."""
    if weights.ndim != 1 and weights.shape[:-1] != (1, 1):
        raise ValueError(f"weights must have shape (5,) or (1, 1, 5), got {weights.shape}")
    kernel = torch.from_numpy(weights).view(1, 1, -1)
    return conv1d(torch.from_numpy(signal).view(1, 1, -1), kernel, padding=2)[0, 0]


LAYER_KERNEL = Exercise(
    name="conv1d.layer_kernel",
    prompt="Give the 5 weights that let nn.Conv1d(1, 1, 5, padding=2) delay its input by two samples.",
    asks="value",
    cases=({"signal": [1, 2, 3, 4, 5]}, {"signal": [4, -1, 0, 7, 2, 9]}),
    effect=_layer,
    reference=lambda: [1, 0, 0, 0, 0],
    mistakes=(
        Mistake(
            "flipped",
            "This comes two samples early: nn.Conv1d does not flip, its first weight sees two samples back.",
            lambda: [0, 0, 0, 0, 1],
        ),
        Mistake(
            "no delay",
            "This changes nothing: with padding 2 the middle weight sees the sample itself.",
            lambda: [0, 0, 1, 0, 0],
        ),
        Mistake("delay of one", "This delays by one sample only.", lambda: [0, 1, 0, 0, 0]),
        Mistake(
            "early by one",
            "This comes one sample early: weights after the middle look ahead.",
            lambda: [0, 0, 0, 1, 0],
        ),
        Mistake(
            "convolution's kernel",
            "This would delay in a full convolution: the layer needs 5 weights and does not flip them.",
            lambda: [0, 0, 1],
        ),
        Mistake(
            "not five",
            "Give five weights: the layer's kernel_size is 5.",
            lambda: [1, 0, 0],
            lambda answer: answer.size != 5,
        ),
        Mistake("halved", "The delay is right, but nothing is to be halved here.", lambda: [0.5, 0, 0, 0, 0]),
    ),
    right=answers.LAYER_KERNEL_RIGHT,
    wrong=answers.LAYER_KERNEL_WRONG,
)
