"""Answers to the derivative exercise, written as students write them."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from torch.nn.functional import conv1d

from cnnlab.exercises.exercise import Wrong


def _central_by_convolution(samples: torch.Tensor, step: float) -> np.ndarray:
    return np.convolve(samples, [1, 0, -1], "valid") / (2 * step)


def _central_by_loop(samples: torch.Tensor, step: float) -> list[torch.Tensor]:
    return [(samples[i + 1] - samples[i - 1]) / (2 * step) for i in range(1, len(samples) - 1)]


def _differences(samples: torch.Tensor, step: float, weights: list[float]) -> torch.Tensor:
    return conv1d(samples.view(1, 1, -1), samples.new_tensor(weights).view(1, 1, -1))[0, 0] / step


DERIVATIVE_RIGHT: tuple[Any, ...] = (
    lambda samples, step: (samples[2:] - samples[:-2]) / (2 * step),
    _central_by_loop,
    _central_by_convolution,
    lambda samples, step: _differences(samples, step, [-0.5, 0, 0.5]),
    lambda samples, step: torch.gradient(samples, spacing=float(step))[0][1:-1],
    lambda samples, step: (torch.diff(samples)[1:] + torch.diff(samples)[:-1]) / 2 / step,
)

DERIVATIVE_WRONG = (
    Wrong(lambda samples, step: _differences(samples, step, [0, -1, 1]), "forward"),
    Wrong(lambda samples, step: _differences(samples, step, [-1, 1, 0]), "backward"),
    Wrong(lambda samples, step: _differences(samples, step, [-1, 1]), "neighbours"),
    Wrong(lambda samples, step: _differences(samples, 1.0, [-1, 0, 1]), "neither divided"),
    Wrong(lambda samples, step: _differences(samples, step, [-1, 0, 1]), "not divided by 2"),
    Wrong(lambda samples, step: _differences(samples, 2, [-1, 0, 1]), "not divided by step"),
    Wrong(lambda samples, step: [float(d) / 2 * step for d in samples[2:] - samples[:-2]], "precedence"),
    Wrong(lambda samples, step: [2 * step * float(d) for d in samples[2:] - samples[:-2]], "multiplied"),
    Wrong(lambda samples, step: _differences(samples, step * step, [1, -2, 1]), "second derivative"),
    Wrong(lambda samples, step: _differences(samples, step, [1, -2, 1]), "second derivative"),
    Wrong(lambda samples, step: torch.diff(samples, n=2), "second derivative"),
    Wrong(lambda samples, step: np.convolve(samples, [-1, 0, 1], "valid") / (2 * step), "sign"),
    Wrong(lambda samples, step: torch.gradient(samples, spacing=float(step))[0], "borders kept"),
    Wrong(
        lambda samples, step: [(samples[i + 1] - samples[i - 1]) / 2 for i in range(len(samples))],
        "exception",
    ),
    Wrong(lambda samples, step: _central_by_convolution(samples, step)[::-1].copy(), "reversed"),
    Wrong(lambda samples, step: _central_by_loop(samples, step).reverse(), "nothing"),
)
