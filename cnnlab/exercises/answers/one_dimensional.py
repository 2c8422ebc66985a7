"""Answers to the exercises of notebook 01, written as students write them."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch

from cnnlab.exercises.exercise import Wrong

LENGTHS_RIGHT: tuple[Any, ...] = (
    (13, 10, 7),
    [len(np.convolve(range(10), range(4), mode)) for mode in ("full", "same", "valid")],
    tuple(10 + extra for extra in (3, 0, -3)),
    torch.full((3,), 10) + torch.tensor([3, 0, -3]),
)

LENGTHS_WRONG = (
    Wrong((10 + 4, 10, 10 - 4 + 1), "full = i + k"),
    Wrong([10 + 4 - 1, 10, 10 - 4], "valid = i - k"),
    Wrong(np.array([10 + 4, 10, 10 - 4]), "both off by one"),
    Wrong(torch.tensor([7, 10, 13]), "swapped"),
    Wrong([13.0, 7.0, 10.0], "wrong order"),
    Wrong(sorted((13, 10, 7), key=lambda length: abs(length - 10)), "wrong order"),
    Wrong((13, len(range(4)), 7), "same as the kernel"),
    Wrong(torch.tensor([10.0, 10.0, 7.0]), "no border"),
    Wrong(13, "one number"),
    Wrong((12, 10, 8), "other lengths"),
    Wrong((14, 10, 5), "other lengths"),
    Wrong((13, 10, float("nan")), "not finite"),
    Wrong((13, 10), "one too short"),
    Wrong({"full": 13, "same": 10, "valid": 7}, "wrong type"),
    Wrong("13, 10, 7", "wrong type"),
    Wrong((13, 10, None), "nothing"),
    Wrong([[13, 10, 7]], "extra brackets"),
)


def _delta(index: int, weight: float) -> torch.Tensor:
    kernel = torch.zeros(index + 1)
    kernel[index] = weight
    return kernel


DELAY_RIGHT: tuple[Any, ...] = (
    [0, 0, 0.5],
    _delta(2, 0.5),
    np.eye(3)[2] / 2,
    [0, 0, 0.5, 0],
    np.convolve([0, 1], [0, 0.5]),
)

DELAY_WRONG = (
    Wrong(_delta(0, 0.5), "no delay"),
    Wrong([0.5, 0], "no delay"),
    Wrong(np.eye(3)[0] / 2, "direction"),
    Wrong([0.5, 0, 0, 0], "direction"),
    Wrong(torch.tensor([0, 0, 1]), "not halved"),
    Wrong(_delta(2, 2.0), "doubled"),
    Wrong(_delta(1, 0.5), "delay of one"),
    Wrong([0, 0.5, 0, 0], "delay of one"),
    Wrong(np.eye(4)[3] * 0.5, "delay of three"),
    Wrong(torch.ones(3).scatter(0, torch.tensor([0]), 0.0) / 2, "average"),
    Wrong([0, 0, -0.5], "sign"),
    Wrong([[0, 0, 0.5]], "wrong shape"),
    Wrong([], "wrong shape"),
    Wrong([0, 0, float("nan")], "not finite"),
    Wrong(lambda signal: signal / 2, "wrong type"),
    Wrong([0, 0, True], "booleans"),
)
