"""Answers to the exercise on layer C3, written as students write them."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from torch import nn

from cnnlab.exercises.exercise import Wrong
from cnnlab.models.lenet import C3_CONNECTIONS
from cnnlab.models.partial_convolution import PartialConv2d


def _parameters(layer: nn.Module) -> int:
    return sum(parameter.numel() for parameter in layer.parameters())


_SEEN = np.array([3] * 6 + [4] * 9 + [6])

C3_RIGHT: tuple[Any, ...] = (
    (2416, 1516),
    [16 * (6 * 5 * 5 + 1), 6 * (3 * 25 + 1) + 9 * (4 * 25 + 1) + (6 * 25 + 1)],
    (_parameters(nn.Conv2d(6, 16, 5)), _parameters(PartialConv2d(6, C3_CONNECTIONS, 5))),
    torch.tensor([16 * 6, 6 * 3 + 9 * 4 + 6]) * 25 + 16,
    np.array([16 * 151, np.sum(25 * _SEEN + 1)]),
)

C3_WRONG = (
    Wrong(2416, "count"),
    Wrong([2416], "count"),
    Wrong((2416, 456, 909, 151), "count"),
    Wrong([], "count"),
    Wrong((1516, 2416), "swapped"),
    Wrong((60 * 25, 96 * 25), "swapped"),
    Wrong((2400, 1500), "no biases"),
    Wrong((2400, 1516), "no biases"),
    Wrong((_parameters(nn.Conv2d(6, 16, 5)), np.sum(25 * _SEEN)), "no biases"),
    Wrong((16 * 6 * 26, 60 * 26), "a bias a pair"),
    Wrong((2416, np.sum(26 * _SEEN)), "a bias a pair"),
    Wrong((2406, 1506), "biases of the maps"),
    Wrong((2416, 1506), "biases of the maps"),
    Wrong((16 * 26, 1516), "one map"),
    Wrong((16 * 25, 16 * 25), "one map"),
    Wrong((2416, 416), "one map"),
    Wrong((_parameters(nn.Conv2d(6, 16, 3)), 60 * 9 + 16), "3 x 3 kernels"),
    Wrong((2416, 556), "3 x 3 kernels"),
    Wrong((2416 * 100, 1516 * 100), "connections"),
    Wrong((16 * (6 * 5 + 1), 60 * 5 + 16), "not squared"),
    Wrong((2416, 316), "not squared"),
    Wrong((96, 60), "pairs"),
    Wrong((2416, 6 * 3 + 9 * 4 + 6), "pairs"),
    Wrong((156, 1516), "C1"),
    Wrong((2416, 6 * 76 + 9 * 101), "last kernel forgotten"),
    Wrong((2416, 54 * 25 + 16), "last kernel forgotten"),
    Wrong((2416, 2416), "same as today"),
    Wrong((2416, 900), "difference"),
    Wrong((2417, 1516), "first"),
    Wrong((2416, 1400), "second"),
    Wrong((1000, 2000), "wrong values"),
    Wrong((-2416, -1516), "sign"),
    Wrong(((2416,), (1516,)), "extra brackets"),
    Wrong("2416 and 1516", "wrong type"),
    Wrong(("2,416", "1,516"), "wrong type"),
    Wrong({"modern": 2416, "1998": 1516}, "wrong type"),
    Wrong(nn.Conv2d(6, 16, 5), "wrong type"),
    Wrong(None, "nothing"),
)
