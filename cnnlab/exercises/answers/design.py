"""Answers to the design exercise: chains of (kernel_size, stride, padding)."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch

from cnnlab.exercises.exercise import Wrong

DESIGN_RIGHT: tuple[Any, ...] = (
    [(3, 2, 1), (3, 2, 1), (3, 1, 1)],
    ((3, 1, 1), (3, 2, 1), (3, 2, 1), (3, 1, 1)),
    np.tile([3, 1, 0], (12, 1)),
    torch.tensor([[3, 1, 1]] * 6 + [[3, 4, 0]]),
    [[3, 2, 1], [3, 1, 0], [3, 1, 0], [3, 1, 1], [3, 1, 2], [3, 1, 1], [3, 2, 2]],
)

DESIGN_WRONG = (
    Wrong([(3, 2.5, 1), (3, 2, 1)], "fractions"),
    Wrong([(3, 2, 0.5), (3, 2, 0.5), (3, 1, 1)], "fractions"),
    Wrong([(3, 0, 1)], "impossible"),
    Wrong([(3, 2, -1)] * 3, "impossible"),
    Wrong([(7, 2, 3), (5, 2, 2)], "other kernels"),
    Wrong([(3, 2, 1), (3, 2, 1), (3, 1, 1), (1, 1, 0)], "other kernels"),
    Wrong([(3, 2, 0)] * 6, "picture used up"),
    Wrong(torch.tensor([[3, 2, 1]]), "size and field"),
    Wrong([(3, 1, 1)] * 4, "size and field"),
    Wrong([(3, 2, 1)] + [(3, 1, 1)] * 6, "too many outputs"),
    Wrong(np.array([(3, 2, 1)] * 4), "too few outputs"),
    Wrong([(3, 4, 0)], "field too small"),
    Wrong([(3, 2, 1), (3, 2, 1)], "field too small"),
    Wrong([3, 2, 1], "wrong shape"),
    Wrong([(3, 2), (3, 2), (3, 1)], "wrong shape"),
    Wrong([(3, 2, 1), (3, 2)], "ragged"),
    Wrong([], "wrong shape"),
    Wrong([(3, 2, float("nan"))], "not finite"),
    Wrong(torch.nn.Conv2d(1, 1, 3), "wrong type"),
)
