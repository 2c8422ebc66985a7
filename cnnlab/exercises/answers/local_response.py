"""Answers to the exercise on local response normalisation, written as students write them."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from scipy.ndimage import convolve1d
from torch import Tensor
from torch.nn import functional as F

from cnnlab.exercises.exercise import Wrong


def _by_loop(x: Tensor) -> Tensor:
    result = torch.empty_like(x)
    for c in range(len(x)):
        near = x[max(0, c - 2) : c + 3]
        result[c] = x[c] / (2 + 1e-4 * (near**2).sum(0)) ** 0.75
    return result


def _by_layer(x: Tensor) -> Tensor:
    return F.local_response_norm(x[None], 5, alpha=5e-4, beta=0.75, k=2)[0]


def _by_padding(x: Tensor) -> Tensor:
    squares = F.pad(x.square(), (0, 0, 0, 0, 2, 2))
    total = torch.stack([squares[s : s + len(x)] for s in range(5)]).sum(0)
    return x * (2 + total / 10_000) ** -0.75


def _by_library(x: Tensor) -> Any:
    total = convolve1d(x.numpy() ** 2, np.ones(5), axis=0, mode="constant")
    return x.numpy() / np.power(2 + 0.0001 * total, 3 / 4)


def _by_matrix(x: Tensor) -> Tensor:
    c = torch.arange(len(x))
    near = ((c[:, None] - c).abs() <= 2).to(x.dtype)
    return x / (2 + 1e-4 * torch.einsum("cd,dij->cij", near, x * x)).pow(0.75)


def _by_lists(x: Tensor) -> list[Any]:
    values, result = x.tolist(), np.zeros(x.shape)
    for c, i, j in np.ndindex(*x.shape):
        total = sum(values[d][i][j] ** 2 for d in range(max(0, c - 2), min(len(values) - 1, c + 2) + 1))
        result[c, i, j] = values[c][i][j] / (2 + 1e-4 * total) ** 0.75
    return list(result.tolist())


def _by_sums_so_far(x: Tensor) -> Tensor:
    so_far = F.pad(x.square().cumsum(0), (0, 0, 0, 0, 1, 0))
    c = torch.arange(len(x))
    total = so_far[(c + 3).clamp(max=len(x))] - so_far[(c - 2).clamp(min=0)]
    return x / (2 + 1e-4 * total) ** 0.75


LOCAL_RESPONSE_RIGHT: tuple[Any, ...] = (
    _by_loop,
    _by_layer,
    _by_padding,
    _by_library,
    _by_matrix,
    _by_lists,
    _by_sums_so_far,
)


def _total(x: Tensor, before: int = 2, after: int = 2) -> Tensor:
    return torch.stack([x[max(0, c - before) : c + after + 1].sum(0) for c in range(len(x))])


def _over(x: Tensor, total: Any) -> Any:
    return x / (2 + 1e-4 * total) ** 0.75


def _pooled(x: Tensor, height: int, width: int) -> Tensor:
    pad = (height // 2, width // 2)
    return F.avg_pool2d(x.square(), (height, width), 1, pad) * height * width


def _as_sliced(x: Tensor) -> Tensor:
    return torch.stack([_over(x[c], (x[c - 2 : c + 3] ** 2).sum(0)) for c in range(len(x))])


def _by_index(x: Tensor) -> Tensor:
    return torch.stack([_over(x[c], sum(x[c + d] ** 2 for d in (-2, -1, 0, 1, 2))) for c in range(len(x))])


def _modulo(x: Tensor) -> Tensor:
    return torch.stack(
        [_over(x[c], sum(x[(c + d) % len(x)] ** 2 for d in (-2, -1, 0, 1, 2))) for c in range(len(x))]
    )


def _clamped(x: Tensor) -> Tensor:
    last = len(x) - 1
    return torch.stack(
        [_over(x[c], sum(x[min(max(c + d, 0), last)] ** 2 for d in (-2, -1, 0, 1, 2))) for c in range(len(x))]
    )


def _middle(x: Tensor) -> Tensor:
    return _by_loop(x)[2:-2]


def _written_over(x: Tensor) -> Tensor:
    x = x.clone()
    for c in range(len(x)):
        x[c] /= (2 + 1e-4 * x[max(0, c - 2) : c + 3].square().sum(0)) ** 0.75
    return x


def _in_place(x: Tensor) -> Tensor:
    x /= (2 + 1e-4 * _total(x * x)) ** 0.75
    return x


LOCAL_RESPONSE_WRONG = (
    Wrong(lambda x: F.local_response_norm(x[None], 5, alpha=1e-4, beta=0.75, k=2.0)[0], "mean"),
    Wrong(lambda x: torch.nn.LocalResponseNorm(5, k=2)(x[None])[0], "mean"),
    Wrong(lambda x: _over(x, _total(x * x) / _total(torch.ones_like(x))), "mean"),
    Wrong(lambda x: torch.nn.LocalResponseNorm(5)(x[None])[0], "k = 1"),
    Wrong(lambda x: _over(x, _pooled(x, 1, 5)), "over pixels"),
    Wrong(lambda x: _over(x, _pooled(x, 5, 1)), "over pixels"),
    Wrong(lambda x: _over(x, _pooled(x, 5, 5)), "over pixels"),
    Wrong(lambda x: _over(x, _total(x)), "no squares"),
    Wrong(lambda x: _over(x, _total(x.abs())), "absolute values"),
    Wrong(lambda x: _over(x, _total(x) ** 2), "sum squared"),
    Wrong(lambda x: _over(x, _total(x * x).sqrt()), "root"),
    Wrong(lambda x: x / (2 + 1e-4 * _total(x * x)), "no beta"),
    Wrong(lambda x: x / (2 + 1e-4 * _total(x * x)).sqrt(), "beta of one half"),
    Wrong(lambda x: x / (2 + 1e-4 * _total(x * x)) / 0.75, "beta multiplied"),
    Wrong(lambda x: x / (2 + (1e-4 * _total(x * x)) ** 0.75), "beta too soon"),
    Wrong(lambda x: x / (2 + 1e-4 * _total(x * x) ** 0.75), "beta too soon"),
    Wrong(lambda x: (x / (2 + 1e-4 * _total(x * x))) ** 0.75, "beta of the whole"),
    Wrong(lambda x: x / (1 + 1e-4 * _total(x * x)) ** 0.75, "k = 1"),
    Wrong(lambda x: x / (1e-4 * _total(x * x)) ** 0.75, "k forgotten"),
    Wrong(lambda x: x / (2 + _total(x * x)) ** 0.75, "alpha forgotten"),
    Wrong(lambda x: x / (1e-4 * (2 + _total(x * x))) ** 0.75, "alpha on k"),
    Wrong(lambda x: _over(x, 10 * _total(x * x)), "alpha too large"),
    Wrong(_modulo, "wrapped round"),
    Wrong(_clamped, "edge repeated"),
    Wrong(_middle, "ends lost"),
    Wrong(_as_sliced, "negative start"),
    Wrong(lambda x: _over(x, x * x), "only itself"),
    Wrong(lambda x: _over(x, _total(x * x, 1, 1)), "three channels"),
    Wrong(lambda x: _over(x, _total(x * x, 5, 5)), "five on each side"),
    Wrong(lambda x: _over(x, _total(x * x, 2, 1)), "four channels"),
    Wrong(lambda x: _over(x, _total(x * x, 1, 2)), "four channels"),
    Wrong(lambda x: _over(x, _total(x * x, 0, 4)), "not centred"),
    Wrong(lambda x: _over(x, _total(x * x, 4, 0)), "not centred"),
    Wrong(lambda x: _over(x, _total(x * x, 0, 2)), "one side"),
    Wrong(lambda x: _over(x, _total(x * x, 2, 0)), "one side"),
    Wrong(lambda x: _over(x, _total(x * x) - x * x), "without itself"),
    Wrong(lambda x: _over(x, (x * x).sum(0)), "all channels"),
    Wrong(lambda x: _over(x, (x * x).sum()), "all of it"),
    Wrong(lambda x: x * (2 + 1e-4 * _total(x * x)) ** 0.75, "multiplied"),
    Wrong(lambda x: (2 + 1e-4 * _total(x * x)) ** 0.75, "divisor"),
    Wrong(lambda x: 1 / (2 + 1e-4 * _total(x * x)) ** 0.75, "divisor"),
    Wrong(lambda x: 2 + 1e-4 * _total(x * x), "divisor"),
    Wrong(lambda x: _over(x * x, _total(x * x)), "squares divided"),
    Wrong(_written_over, "changed while read"),
    Wrong(_by_index, "index outside"),
    Wrong(lambda x: x, "untouched input"),
    Wrong(lambda x: -_by_loop(x), "sign"),
    Wrong(lambda x: _by_loop(x)[None], "extra brackets"),
    Wrong(lambda x: _by_loop(x).mean(), "wrong shape"),
    Wrong(_in_place, "changed its input"),
    Wrong(lambda x, n, k, alpha, beta: _by_loop(x), "arguments"),
    Wrong(lambda x: F.normalize(x, dim=0), "wrong values"),
    Wrong(lambda x: torch.nn.LocalResponseNorm(5), "wrong type"),
)
