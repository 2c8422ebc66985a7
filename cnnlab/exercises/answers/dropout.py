"""Answers to the exercise on dropout, written as students write them."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from cnnlab.exercises.exercise import Wrong


def _by_product(x: Tensor, kept: Tensor, p: float) -> Tensor:
    return x * kept / (1 - p)


def _by_where(x: Tensor, kept: Tensor, p: float) -> Tensor:
    return torch.where(kept, x / (1 - p), 0)


def _by_mask(x: Tensor, kept: Tensor, p: float) -> Tensor:
    result = x.clone()
    result[~kept] = 0
    return result.div(1 - p)


def _by_numpy(x: Tensor, kept: Tensor, p: float) -> Any:
    result = np.zeros(x.shape)
    result[kept.numpy()] = x.numpy()[kept.numpy()] * (1 / (1 - p))
    return result


def _by_lists(x: Tensor, kept: Tensor, p: float) -> Tensor:
    pairs = zip(x.flatten().tolist(), kept.flatten().tolist(), strict=True)
    return torch.tensor([value / (1 - p) if stays else 0.0 for value, stays in pairs]).reshape(x.shape)


def _by_fill(x: Tensor, kept: Tensor, p: float) -> Tensor:
    return x.masked_fill(kept.logical_not(), 0) / (1.0 - p)


DROPOUT_RIGHT: tuple[Any, ...] = (_by_product, _by_where, _by_mask, _by_numpy, _by_lists, _by_fill)


def _if_at_all(x: Tensor, kept: Tensor, p: float) -> Tensor:
    return x / (1 - p) if kept else torch.zeros_like(x)


def _in_place(x: Tensor, kept: Tensor, p: float) -> Tensor:
    x[~kept] = 0
    return x / (1 - p)


def _mask_in_place(x: Tensor, kept: Tensor, p: float) -> Tensor:
    return x * kept.logical_not_().logical_not() / (1 - p)


DROPOUT_WRONG = (
    Wrong(lambda x, kept, p: torch.where(kept, x, 0), "not scaled"),
    Wrong(lambda x, kept, p: _by_fill(x, kept, p) * (1 - p) ** 2, "scaled down"),
    Wrong(lambda x, kept, p: x * kept / p, "divided by p"),
    Wrong(lambda x, kept, p: x * kept / (p or 1), "divided by p"),
    Wrong(lambda x, kept, p: x * kept.double() * p, "multiplied by p"),
    Wrong(lambda x, kept, p: _by_fill(x, ~kept, p), "mask turned round"),
    Wrong(lambda x, kept, p: x.masked_fill(kept, 0), "mask turned round"),
    Wrong(lambda x, kept, p: x * ~kept / (p or 1), "mask turned round"),
    Wrong(lambda x, kept, p: x * kept / kept.double().mean(), "share of this draw"),
    Wrong(lambda x, kept, p: x * kept * kept.numel() / max(int(kept.sum()), 1), "share of this draw"),
    Wrong(lambda x, kept, p: x * kept / (1 + p), "divided by 1 + p"),
    Wrong(lambda x, kept, p: x * (1 / (1 - p)), "nothing dropped"),
    Wrong(lambda x, kept, p: x - p * x, "nothing dropped"),
    Wrong(lambda x, kept, p: torch.where(kept, x / (1 - p), x), "only some scaled"),
    Wrong(lambda x, kept, p: x * kept + p * x * kept, "scaled by p"),
    Wrong(lambda x, kept, p: x[kept] / (1 - p), "left out"),
    Wrong(lambda x, kept, p: torch.masked_select(x, kept), "left out"),
    Wrong(lambda x, kept, p: kept / (1 - p), "mask"),
    Wrong(lambda x, kept, p: kept.int(), "mask"),
    Wrong(lambda x, kept, p: F.dropout(x, p), "another draw"),
    Wrong(lambda x, kept, p: torch.nn.Dropout(p)(x), "another draw"),
    Wrong(lambda x, kept, p: torch.where(kept, x, x.mean()) / (1 - p), "mean kept"),
    Wrong(lambda x, kept, p: x * (True - kept) / (1 - p), "minus on booleans"),
    Wrong(lambda x, kept, p: x * (1 - kept) / (1 - p), "mask turned round"),
    Wrong(_if_at_all, "if on an array"),
    Wrong(lambda x, kept, p: x * kept * (1 / p), "divided by p"),
    Wrong(lambda x, kept, p: kept, "booleans"),
    Wrong(lambda x, kept, p: x, "untouched input"),
    Wrong(lambda x, kept, p: x * kept * 2, "wrong values"),
    Wrong(lambda x, kept, p: -_by_fill(x, kept, p), "sign"),
    Wrong(_in_place, "changed its input"),
    Wrong(_mask_in_place, "changed its input"),
    Wrong(lambda x, p: F.dropout(x, p), "arguments"),
    Wrong(lambda x, kept, p: print(x), "nothing"),
)
