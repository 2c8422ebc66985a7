"""Answers to the exercise on the median filter, written as students write them."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import scipy.ndimage
import scipy.signal
import torch
from torch.nn import functional as F

from cnnlab.exercises.exercise import Wrong

Tensor = torch.Tensor
_Pick = Callable[[list[float]], float]


def _windows(image: Tensor, mode: str = "replicate", size: int = 3) -> Tensor:
    side = size // 2
    padded = F.pad(image[None, None], (side, side, side, side), mode=mode)[0, 0]
    return padded.unfold(0, size, 1).unfold(1, size, 1).flatten(2)


def _by_unfolding(image: Tensor, mode: str = "replicate", size: int = 3) -> Tensor:
    return _windows(image, mode, size).median(dim=2).values


def _by_sorting(image: Tensor, place: int = 4) -> Tensor:
    wide = torch.cat([image[:1], image, image[-1:]])
    wide = torch.cat([wide[:, :1], wide, wide[:, -1:]], dim=1)
    height, width = image.shape
    shifted = [wide[i : i + height, j : j + width] for i in range(3) for j in range(3)]
    return torch.stack(shifted).sort(dim=0).values[place]


def _by_lists(image: Tensor, pick: _Pick = statistics.median) -> list[list[float]]:
    x, rows, columns = image.tolist(), range(image.shape[0]), range(image.shape[1])

    def nine(i: int, j: int) -> list[float]:
        down, right = rows[-1], columns[-1]
        near = [(i + a, j + b) for a in (-1, 0, 1) for b in (-1, 0, 1)]
        return [x[min(max(r, 0), down)][min(max(c, 0), right)] for r, c in near]

    return [[pick(nine(i, j)) for j in columns] for i in rows]


def _inside(image: Tensor, whole: Callable[[Tensor], Tensor]) -> Tensor:
    result = whole(image)
    for i in range(1, image.shape[0] - 1):
        for j in range(1, image.shape[1] - 1):
            result[i, j] = image[i - 1 : i + 2, j - 1 : j + 2].median()
    return result


def _valid(image: Tensor) -> Tensor:
    if min(image.shape) < 3:
        return image
    return image.unfold(0, 3, 1).unfold(1, 3, 1).flatten(2).median(dim=2).values


def _slices(image: Tensor, middle: Callable[[Any], Any]) -> list[list[float]]:
    return [
        [float(middle(image[max(i - 1, 0) : i + 2, max(j - 1, 0) : j + 2])) for j in range(image.shape[1])]
        for i in range(image.shape[0])
    ]


def _short_slices(image: Tensor, middle: Callable[[Any], Any]) -> Tensor:
    padded, result = F.pad(image[None, None], (1, 1, 1, 1), mode="replicate")[0, 0], torch.zeros_like(image)
    for i, j in np.ndindex(*image.shape):
        result[i, j] = float(middle(padded[i : i + 2, j : j + 2]))
    return result


def _starting_here(image: Tensor) -> Tensor:
    padded = F.pad(image[None, None], (0, 2, 0, 2), mode="replicate")[0, 0]
    return padded.unfold(0, 3, 1).unfold(1, 3, 1).flatten(2).median(dim=2).values


def _in_place(image: Tensor) -> Tensor:
    result = image.clone()
    height, width = image.shape
    for i in range(height):
        for j in range(width):
            rows = torch.tensor([i - 1, i, i + 1]).clamp(0, height - 1)
            columns = torch.tensor([j - 1, j, j + 1]).clamp(0, width - 1)
            result[i, j] = result[rows][:, columns].median()
    return result


def _in_padded(image: Tensor) -> Tensor:
    padded = F.pad(image[None, None], (1, 1, 1, 1), mode="replicate")[0, 0]
    for i in range(1, image.shape[0] + 1):
        for j in range(1, image.shape[1] + 1):
            padded[i, j] = padded[i - 1 : i + 2, j - 1 : j + 2].median()
    return padded[1:-1, 1:-1]


def _if_extreme(nine: Sequence[float]) -> float:
    return statistics.median(nine) if nine[4] in (min(nine), max(nine)) else nine[4]


def _rows_of(nine: Sequence[float]) -> list[Sequence[float]]:
    return [nine[0:3], nine[3:6], nine[6:9]]


def _columns_of(nine: Sequence[float]) -> list[Sequence[float]]:
    return [nine[0::3], nine[1::3], nine[2::3]]


def _unclamped(image: Tensor) -> Tensor:
    result = torch.zeros_like(image)
    for i, j in np.ndindex(*image.shape):
        result[i, j] = np.median([image[i + a, j + b] for a in (-1, 0, 1) for b in (-1, 0, 1)])
    return result


MEDIAN_RIGHT: tuple[Any, ...] = (
    _by_unfolding,
    _by_sorting,
    _by_lists,
    lambda image: scipy.ndimage.median_filter(image.numpy(), 3, mode="nearest"),
    lambda image: scipy.ndimage.median_filter(image.numpy(), size=(3, 3), mode="reflect"),
    lambda image: scipy.ndimage.generic_filter(image.numpy(), np.median, 3, mode="nearest"),
)

MEDIAN_WRONG = (
    Wrong(lambda image: scipy.ndimage.uniform_filter(image.numpy(), 3, mode="nearest"), "mean"),
    Wrong(lambda image: F.avg_pool2d(image[None], 3, stride=1, padding=1)[0], "mean"),
    Wrong(lambda image: F.avg_pool2d(image[None], 3, 1, 1, count_include_pad=False)[0], "mean"),
    Wrong(lambda image: _short_slices(image, torch.median), "slice too short"),
    Wrong(lambda image: _short_slices(image, np.median), "slice too short"),
    Wrong(_starting_here, "not centred"),
    Wrong(lambda image: scipy.ndimage.minimum_filter(image.numpy(), 3), "smallest"),
    Wrong(lambda image: F.max_pool2d(image[None], 3, stride=1, padding=1)[0], "largest"),
    Wrong(lambda image: _by_sorting(image, 3), "one place off"),
    Wrong(lambda image: scipy.ndimage.rank_filter(image.numpy(), 5, 3), "one place off"),
    Wrong(lambda image: _by_lists(image, lambda nine: (min(nine) + max(nine)) / 2), "middle of the range"),
    Wrong(lambda image: _by_lists(image, lambda nine: nine[4]), "not sorted"),
    Wrong(lambda image: _by_unfolding(image, "constant"), "zeros at the edge"),
    Wrong(lambda image: scipy.signal.medfilt2d(image.numpy(), 3), "zeros at the edge"),
    Wrong(lambda image: scipy.ndimage.median_filter(image.numpy(), 3, mode="mirror"), "mirrored"),
    Wrong(lambda image: _by_unfolding(image, "reflect"), "mirrored"),
    Wrong(lambda image: _by_unfolding(image, "circular"), "wrapped round"),
    Wrong(_unclamped, "index outside"),
    Wrong(_valid, "border lost"),
    Wrong(lambda image: _inside(image, torch.clone), "border unfiltered"),
    Wrong(lambda image: _inside(image, torch.zeros_like), "border zero"),
    Wrong(lambda image: _slices(image, np.median), "smaller window"),
    Wrong(lambda image: _slices(image, torch.median), "smaller window"),
    Wrong(lambda image: scipy.ndimage.median_filter(image.numpy(), (1, 3)), "one line"),
    Wrong(lambda image: scipy.ndimage.median_filter(image.numpy(), (3, 1)), "one line"),
    Wrong(
        lambda image: _by_lists(
            image, lambda nine: statistics.median(map(statistics.median, _rows_of(nine)))
        ),
        "median of medians",
    ),
    Wrong(
        lambda image: _by_lists(
            image, lambda nine: statistics.median(map(statistics.median, _columns_of(nine)))
        ),
        "median of medians",
    ),
    Wrong(
        lambda image: scipy.ndimage.median_filter(
            image.numpy(), footprint=scipy.ndimage.generate_binary_structure(2, 1)
        ),
        "cross",
    ),
    Wrong(
        lambda image: _by_lists(image, lambda nine: statistics.median(nine[:4] + nine[5:])),
        "eight neighbours",
    ),
    Wrong(
        lambda image: _by_lists(image, lambda nine: statistics.median_low(nine[:4] + nine[5:])),
        "eight neighbours",
    ),
    Wrong(lambda image: _by_unfolding(image, size=5), "larger window"),
    Wrong(_in_place, "changed while read"),
    Wrong(_in_padded, "changed while read"),
    Wrong(lambda image: _by_sorting(_by_sorting(image)), "wrong values"),
    Wrong(lambda image: _by_lists(image, _if_extreme), "only extremes"),
    Wrong(lambda image: torch.full_like(image, float(np.median(image))), "global"),
    Wrong(lambda image: np.median(image), "global"),
    Wrong(lambda image: _by_sorting(image).int(), "whole numbers"),
    Wrong(lambda image: image.clone(), "not sorted"),
    Wrong(lambda image: _windows(image).median(dim=2), "wrong shape"),
    Wrong(lambda image: _windows(image), "wrong shape"),
    Wrong(lambda image: _by_sorting(image).T, "transposed"),
    Wrong(lambda image: _by_sorting(image)[None], "extra brackets"),
    Wrong(lambda image: torch.median(F.pad(image, (1, 1, 1, 1), mode="replicate"), dim=2), "exception"),
    Wrong(lambda image: _by_sorting(image.mul_(2)) / 2, "changed its input"),
)
