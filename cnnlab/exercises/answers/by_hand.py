"""Answers to the pencil-and-paper exercise."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch

from cnnlab.exercises.exercise import Wrong

BY_HAND_RIGHT: tuple[Any, ...] = (
    [1, 2, 3, 6],
    (1 * 1, 1 * 0 + 2 * 1, 1 * 3 + 2 * 0, 2 * 3),
    np.polynomial.polynomial.polymul([1, 2], [1, 0, 3]),
    torch.tensor([1, 0, 3, 0]) + 2 * torch.tensor([0, 1, 0, 3]),
)

BY_HAND_WRONG = (
    Wrong(np.convolve([1, 2], [3, 0, 1]), "cross-correlation"),
    Wrong(np.convolve([2, 1], [1, 0, 3]), "signal flipped"),
    Wrong(np.convolve([1, 2], [1, 0, 3], "valid"), "ends missing"),
    Wrong(torch.tensor([1, 2, 3]), "last value missing"),
    Wrong((1.0, 2.0, 0.0, 6.0), "overwritten"),
    Wrong(torch.tensor([1, 0, 3]) * 3, "not shifted"),
    Wrong(np.convolve([1, 0, 2], [1, 0, 3]), "shifted by two"),
    Wrong(np.outer([1, 2], [1, 0, 3]).ravel(), "not added"),
    Wrong((1 + 2) * (1 + 0 + 3), "sum"),
    Wrong([6, 3, 2, 1], "reversed"),
    Wrong([1, 2, 3, 6, 0], "one too long"),
    Wrong([[1, 2, 3, 6]], "extra brackets"),
    Wrong([2, 4, 6, 12], "factor"),
    Wrong([1, 2, 3, 5], "wrong values"),
    Wrong("1, 2, 3, 6", "wrong type"),
)
