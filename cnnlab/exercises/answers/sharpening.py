"""Answers to the exercise on a sharpening kernel, written as students write them."""

from __future__ import annotations

from typing import Any

import numpy as np
import scipy.ndimage
import torch
from torch import nn

from cnnlab import kernels
from cnnlab.exercises.exercise import Wrong

_NINTH = 1 / 9


def _response(image: np.ndarray) -> np.ndarray:
    return 2 * image - scipy.ndimage.uniform_filter(image, 3, mode="constant")


def _impulse() -> np.ndarray:
    image = np.zeros((3, 3))
    image[1, 1] = 1
    return image


def _written_out(centre: float, beside: float, corner: float | None = None) -> list[list[float]]:
    corner = beside if corner is None else corner
    return [[corner, beside, corner], [beside, centre, beside], [corner, beside, corner]]


def _by_loop() -> torch.Tensor:
    kernel = torch.zeros(3, 3)
    for row in range(3):
        for column in range(3):
            kernel[row, column] -= 1 / 9
    kernel[1, 1] += 2
    return kernel


def _layer() -> nn.Conv2d:
    layer = nn.Conv2d(1, 1, 3, bias=False)
    with torch.no_grad():
        layer.weight[:] = -1 / 9
        layer.weight[0, 0, 1, 1] = 17 / 9
    return layer


SHARPEN_RIGHT: tuple[Any, ...] = (
    [[-1 / 9, -1 / 9, -1 / 9], [-1 / 9, 17 / 9, -1 / 9], [-1 / 9, -1 / 9, -1 / 9]],
    2 * nn.functional.pad(torch.ones(1, 1), (1, 1, 1, 1)) - torch.ones(3, 3) / 9,
    _response(_impulse()),
    _by_loop(),
    _layer().weight,
    2 * kernels.preset("identity").matrix - kernels.box(3).matrix / 9,
    _written_out(1.8889, -0.1111),
    np.array(_written_out(1.889, -0.111), dtype=np.float32),
)

SHARPEN_WRONG = (
    Wrong(_written_out(8 / 9, -_NINTH), "picture forgotten"),
    Wrong(_written_out(8, -1), "picture forgotten"),
    Wrong(_written_out(19 / 9, _NINTH), "mean added"),
    Wrong(torch.tensor(_written_out(10 / 9, _NINTH)), "mean added"),
    Wrong(scipy.ndimage.uniform_filter(_impulse(), 3, mode="constant") - _impulse(), "difference turned"),
    Wrong(np.full((3, 3), 1 / 9), "mean"),
    Wrong(_written_out(1, -1), "not divided"),
    Wrong(_written_out(0, -1), "not divided"),
    Wrong(_written_out(17, -1), "not divided"),
    Wrong(_written_out(9, -1), "not divided"),
    Wrong(_written_out(5 / 3, -1 / 3), "divided by 3"),
    Wrong(_written_out(_NINTH, -_NINTH), "all divided"),
    Wrong(_written_out(2, -1 / 8), "eight neighbours"),
    Wrong(_written_out(2, -1 / 9), "pixel not in the mean"),
    Wrong(_written_out(1, -1 / 9), "pixel counted once"),
    Wrong(_written_out(25 / 9, -2 / 9), "twice as strong"),
    Wrong(_written_out(13 / 9, -1 / 18), "half as strong"),
    Wrong(kernels.preset("sharpen").matrix / 9, "lecture's kernel"),
    Wrong(_written_out(5, -1, 0), "lecture's kernel"),
    Wrong(_written_out(1.8, -0.2, 0), "lecture's kernel"),
    Wrong(_impulse(), "nothing"),
    Wrong(np.array(_written_out(17 / 9, -1 / 9)).astype(int), "nothing"),
    Wrong(_written_out(17 // 9, -1 // 9), "not divided"),
    Wrong(_written_out(-17 / 9, 1 / 9), "upside down"),
    Wrong(_written_out(1.89, -0.11), "rounded"),
    Wrong(_written_out(1.9, -0.1), "rounded"),
    Wrong(_written_out(1.88, -0.11), "rounded"),
    Wrong(_written_out(2, -0.125, -0.1), "sum"),
    Wrong(torch.ones(3, 3), "sum"),
    Wrong(_written_out(17 / 9, -2 / 9, 0), "other weights"),
    Wrong(kernels.preset("emboss").matrix, "other weights"),
    Wrong(_written_out(1.5, -1 / 16), "other weights"),
    Wrong(np.array(_written_out(17 / 9, -1 / 9)).ravel(), "not 3 x 3"),
    Wrong(17 / 9, "not 3 x 3"),
    Wrong(np.eye(5), "not 3 x 3"),
    Wrong(kernels.box(3), "wrong type"),
    Wrong(_layer(), "wrong type"),
    Wrong([[-1 / 9] * 3, [-1 / 9, 17 / 9], [-1 / 9] * 3], "ragged"),
    Wrong(_written_out(float("nan"), -1 / 9), "not finite"),
)
