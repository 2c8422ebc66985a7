"""Answers to the exercise on the layer's kernel."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch

from cnnlab.exercises.exercise import Wrong


def _weight(index: int) -> torch.Tensor:
    weight = torch.zeros(1, 1, 5)
    weight[0, 0, index] = 1
    return weight


LAYER_KERNEL_RIGHT: tuple[Any, ...] = (
    [1, 0, 0, 0, 0],
    _weight(0),
    np.eye(5)[0],
    torch.nn.functional.one_hot(torch.tensor(0), 5),
)

LAYER_KERNEL_WRONG = (
    Wrong(_weight(4), "flipped"),
    Wrong(np.eye(5)[-1], "flipped"),
    Wrong(_weight(2), "no delay"),
    Wrong((0, 1, 0, 0, 0), "delay of one"),
    Wrong(np.eye(5)[3], "early by one"),
    Wrong([0, 0, 1], "convolution's kernel"),
    Wrong(np.eye(5)[0] / 2, "halved"),
    Wrong(-_weight(0), "sign"),
    Wrong([1, 0, 0, 0], "not five"),
    Wrong(_weight(0)[..., :3], "not five"),
    Wrong(torch.zeros(5, 1), "wrong shape"),
    Wrong(torch.zeros(20), "wrong shape"),
    Wrong([1, 0, 0, 0, float("inf")], "not finite"),
    Wrong(torch.nn.Conv1d(1, 1, 5, padding=2), "wrong type"),
)
