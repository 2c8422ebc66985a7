"""Answers to the value exercises on pooling, written as students write them."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from torch.nn import functional as F

from cnnlab.exercises.exercise import Wrong

_IMAGE = torch.tensor([[1.0, 3, 2, 0], [4, 2, 1, 5], [0, 6, 2, 2], [1, 2, 3, 1]])
_BATCH = _IMAGE[None, None]

MAXIMUM_RIGHT: tuple[Any, ...] = (
    [[4, 5], [6, 3]],
    ((max(1, 3, 4, 2), max(2, 0, 1, 5)), (max(0, 6, 1, 2), max(2, 2, 3, 1))),
    F.max_pool2d(_BATCH, 2)[0, 0],
    _IMAGE.unfold(0, 2, 2).unfold(1, 2, 2).amax((2, 3)),
)

MAXIMUM_WRONG = (
    Wrong(F.max_pool2d(_BATCH, 2, stride=1)[0, 0], "stride 1"),
    Wrong([[2.5, 2], [2.25, 2]], "average"),
    Wrong(4 * F.avg_pool2d(_BATCH, 2)[0, 0], "sum"),
    Wrong(-F.max_pool2d(-_BATCH, 2)[0, 0], "smallest"),
    Wrong(_IMAGE[::2, ::2], "first pixel"),
    Wrong(F.max_pool2d(_BATCH, (1, 2))[0, 0], "rows only"),
    Wrong(F.max_pool2d(_BATCH, (2, 1))[0, 0], "columns only"),
    Wrong(_IMAGE.max(), "global"),
    Wrong(F.max_pool2d(_BATCH, 2, return_indices=True)[1][0, 0], "places"),
    Wrong(F.lp_pool2d(_BATCH, 2, 2)[0, 0], "length"),
    Wrong([[4, 6], [5, 3]], "transposed"),
    Wrong([4, 5, 6, 3], "wrong shape"),
    Wrong(F.max_pool2d(_BATCH, 2), "extra brackets"),
    Wrong([[4, 5], [6, 2]], "wrong values"),
    Wrong([[3, 6], [5, 4]], "reversed"),
    Wrong("4 5, 6 3", "wrong type"),
)

DISCARDED_RIGHT: tuple[Any, ...] = (
    8 / 9,
    (900 - 100) / 900,
    1 - torch.ones(10, 10).numel() / torch.ones(30, 30).numel(),
    0.889,
    np.float64(1 - 3.0**-2),
)

DISCARDED_WRONG = (
    Wrong(100 / 900, "handed on"),
    Wrong((3 - 1) / 3, "one axis"),
    Wrong(torch.tensor(0.3333), "one axis"),
    Wrong(0.75, "smaller window"),
    Wrong((900 - 28 * 28) / 900, "stride 1"),
    Wrong(30 * 30 - 10 * 10, "number"),
    Wrong(10 * 10, "number handed on"),
    Wrong(88.8889, "per cent"),
    Wrong(8, "odds"),
    Wrong("8/9", "wrong type"),
    Wrong(0.9, "wrong values"),
    Wrong([30, 30], "wrong shape"),
)
