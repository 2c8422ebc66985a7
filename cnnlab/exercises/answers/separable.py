"""Answers to the exercise on separable kernels, written as students write them."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch

from cnnlab.exercises.exercise import Wrong

Tensor = torch.Tensor


def _by_largest(kernel: Tensor) -> tuple[Tensor, Tensor]:
    i, j = divmod(int(kernel.abs().argmax()), kernel.shape[1])
    return kernel[:, j], kernel[i] / kernel[i, j]


def _by_first_row_with_a_weight(kernel: Tensor) -> tuple[list[float], list[float]]:
    rows = kernel.tolist()
    row = next(row for row in rows if any(row))
    j = next(j for j, weight in enumerate(row) if weight)
    return [other[j] / row[j] for other in rows], row


def _by_svd(kernel: Tensor) -> tuple[Tensor, Tensor]:
    u, s, v = torch.linalg.svd(kernel, full_matrices=False)
    root = s[0].sqrt()
    return u[:, :1] * root, root * v[:1]


def _by_projection(kernel: Tensor) -> list[np.ndarray]:
    matrix = kernel.numpy()
    row = max(matrix, key=np.linalg.norm)
    return [matrix @ row / (row @ row), row]


def _unscaled(kernel: Tensor, power: int) -> tuple[Tensor, Tensor]:
    u, s, v = torch.svd(kernel)
    return u[:, 0] * s[0] ** power, v[:, 0] * s[0] ** min(power, 1)


SEPARABLE_RIGHT: tuple[Any, ...] = (_by_largest, _by_first_row_with_a_weight, _by_svd, _by_projection)

SEPARABLE_WRONG = (
    Wrong(lambda kernel: _by_largest(kernel)[::-1], "swapped"),
    Wrong(lambda kernel: (kernel[:, 0], kernel[0, :]), "not divided"),
    Wrong(
        lambda kernel: (kernel[:, 0] / (kernel[0, 0] or 1), kernel[0] / (kernel[0, 0] or 1)), "divided twice"
    ),
    Wrong(lambda kernel: _unscaled(kernel, 0), "singular value missing"),
    Wrong(lambda kernel: _unscaled(kernel, 1), "singular value twice"),
    Wrong(lambda kernel: (kernel.sum(1), kernel.sum(0)), "sums"),
    Wrong(lambda kernel: (kernel.mean(dim=1), kernel.mean(dim=0)), "sums"),
    Wrong(lambda kernel: (kernel[:, 0] / kernel[0, 0], kernel[0]), "zero corner"),
    Wrong(lambda kernel: (kernel.mean(1), kernel.mean(0) / kernel.mean()), "zero sum"),
    Wrong(lambda kernel: (kernel[:, 0] / 0, kernel[0]), "not finite"),
    Wrong(lambda kernel: (-_by_largest(kernel)[0], _by_largest(kernel)[1]), "sign"),
    Wrong(lambda kernel: kernel, "wrong shape"),
    Wrong(lambda kernel: (_by_largest(kernel)[0] + 1, _by_largest(kernel)[1]), "wrong values"),
    Wrong(lambda kernel: _by_largest(kernel)[0], "wrong shape"),
    Wrong(lambda kernel: torch.linalg.svd(kernel), "wrong shape"),
    Wrong(lambda kernel: (kernel, kernel), "wrong shape"),
    Wrong(lambda kernel: (kernel[:, 0], None), "nothing"),
    Wrong(lambda kernel: (_by_largest(kernel.div_(2))[0] * 2, _by_largest(kernel)[1]), "changed its input"),
)
