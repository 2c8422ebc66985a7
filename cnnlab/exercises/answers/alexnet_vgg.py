"""Answers to the exercise on three layers in a row, written as students write them."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from torch import nn

from cnnlab.exercises.exercise import Wrong

_LAYERS = [nn.Conv2d(64, 64, 3, bias=False) for _ in range(3)]
_ONE = nn.Conv2d(64, 64, 7, bias=False)

STACK_RIGHT: tuple[Any, ...] = (
    (110_592, 200_704, 7),
    [3 * 3 * 3 * 64 * 64, 7 * 7 * 64 * 64, 1 + 3 * (3 - 1)],
    np.array([27 * 64**2, 49 * 64**2, 7]),
    torch.tensor([sum(layer.weight.numel() for layer in _LAYERS), _ONE.weight.numel(), 7]),
    (3 * _LAYERS[0].weight.numel(), np.prod(_ONE.weight.shape), 3 + 2 + 2.0),
)

STACK_WRONG = (
    Wrong((110_592, 200_704), "count"),
    Wrong(110_592, "count"),
    Wrong((110_592, 200_704, 7, 7), "count"),
    Wrong((200_704, 110_592, 7), "swapped"),
    Wrong((7, 110_592, 200_704), "order"),
    Wrong((_LAYERS[0].weight.numel(), 200_704, 7), "one layer"),
    Wrong((9 * 64**2, 49 * 64**2, 3), "one layer"),
    Wrong((110_592, 200_704, 3), "one layer"),
    Wrong((2 * 36_864, 200_704, 7), "two layers"),
    Wrong((110_592, 200_704, 5), "two layers"),
    Wrong((3 * 9 * 64, 49 * 64, 7), "channels once"),
    Wrong((110_592, 49 * 64, 7), "channels once"),
    Wrong((27, 49, 7), "channels forgotten"),
    Wrong((9, 200_704, 7), "channels forgotten"),
    Wrong((110_592, 49, 7), "channels forgotten"),
    Wrong((3 * 64**2, 7 * 64**2, 7), "not squared"),
    Wrong((110_592, 7 * 64**2, 7), "not squared"),
    Wrong((3 * (9 * 64 + 1) * 64, (49 * 64 + 1) * 64, 7), "biases"),
    Wrong((110_592, 200_768, 7), "biases"),
    Wrong((110_592, 25 * 64**2, 7), "5 x 5"),
    Wrong((110_592, 3 * 49 * 64**2, 7), "three layers"),
    Wrong((110_592, 200_704, 3 * 3), "kernels added"),
    Wrong((110_592, 200_704, 3**3), "product"),
    Wrong((110_592, 200_704, 7 * 7), "area"),
    Wrong((110_592, 200_704, 6), "one too few"),
    Wrong((110_592, 200_704, 8), "one too many"),
    Wrong((110_590, 200_704, 7), "first"),
    Wrong((110_592, 200_000, 7), "second"),
    Wrong((110_592, 200_704, 13), "third"),
    Wrong((1, 2, 4), "wrong values"),
    Wrong([[110_592, 200_704, 7]], "extra brackets"),
    Wrong((110_592, 200_704, "7x7"), "wrong type"),
    Wrong((110_592, 200_704, (7, 7)), "ragged"),
    Wrong(_LAYERS, "wrong type"),
)
