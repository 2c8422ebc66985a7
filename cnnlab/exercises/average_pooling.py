"""The exercise of notebook 05 on average pooling."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from cnnlab.exercises.answers import average_pooling as answers
from cnnlab.exercises.exercise import Exercise, Hint, Mistake


def _pooled(image: np.ndarray, kernel_size: int, reduce: Callable[..., Any], step: int) -> np.ndarray:
    windows = sliding_window_view(image, (kernel_size, kernel_size))[::step, ::step]
    return np.asarray(reduce(windows, (2, 3)))


def _means(image: np.ndarray, kernel_size: int) -> np.ndarray:
    return _pooled(image, kernel_size, np.mean, kernel_size)


def _every_part(image: np.ndarray, kernel_size: int) -> np.ndarray:
    rows, columns = (range(0, side, kernel_size) for side in image.shape)
    return np.array([[image[i : i + kernel_size, j : j + kernel_size].mean() for j in columns] for i in rows])


def _filled_up(image: np.ndarray, kernel_size: int) -> np.ndarray:
    return _means(np.pad(image, [(0, -side % kernel_size) for side in image.shape]), kernel_size)


def _overwritten(image: np.ndarray, kernel_size: int) -> np.ndarray:
    last = _pooled(image, kernel_size, lambda windows, axes: windows[..., -1, -1], kernel_size)
    return last / kernel_size**2


AVERAGE = Exercise(
    name="pooling.average",
    prompt="Write a function of image (H, W) and kernel_size: average pooling with stride kernel_size.",
    cases=(
        {"image": [[1, 3, 2, 0], [4, 2, 1, 6]], "kernel_size": 2},
        {"image": [[1, 5, 2], [0, 3, 9], [4, 4, 1], [7, 2, 6]], "kernel_size": 1},
        {
            "image": [
                [2, 0.5, 1, 3, 1],
                [1, 4, 0, 1, 7],
                [5, 1, 2, 0.25, 6],
                [3, 0, 8, 2, 1],
                [9, 4, 1, 5, 2],
            ],
            "kernel_size": 2,
        },
        {
            "image": [
                [3, 1, 4, 1, 5, 9, 2],
                [6, 5, 3, 5, 8, 9, 7],
                [9, 3, 2, 3, 8, 4, 6],
                [2, 6, 4, 3, 3, 8, 3],
            ],
            "kernel_size": 3,
        },
        {"image": [[1, 2, 3], [4, 5, 6], [7, 8, 0]], "kernel_size": 3},
    ),
    reference=_means,
    mistakes=(
        Mistake(
            "sum",
            "The pixels of each window are added up: divide by their number.",
            lambda image, k: _pooled(image, k, np.sum, k),
        ),
        Mistake(
            "divided by k",
            "Divided by kernel_size only: a window holds kernel_size * kernel_size pixels.",
            lambda image, k: _pooled(image, k, np.sum, k) / k,
        ),
        Mistake(
            "maximum",
            "This is max pooling: take the mean of each window.",
            lambda image, k: _pooled(image, k, np.max, k),
        ),
        Mistake(
            "stride 1",
            "The windows overlap: each starts kernel_size pixels after the one before.",
            lambda image, k: _pooled(image, k, np.mean, 1),
        ),
        Mistake(
            "parts of windows",
            "What is left over at the edge makes no window: drop it, there are H // kernel_size rows.",
            _every_part,
        ),
        Mistake(
            "filled up",
            "What is left over at the edge was filled up with zeros: drop it.",
            _filled_up,
        ),
        Mistake(
            "subsampled",
            "Only the first pixel of each window counts: take the mean of all.",
            lambda image, k: _pooled(image, k, lambda windows, axes: windows[..., 0, 0], k),
        ),
        Mistake(
            "rows only",
            "Only the pixels of one row were averaged: a window has kernel_size rows.",
            lambda image, k: _pooled(image, k, lambda windows, axes: windows[..., 0, :].mean(-1), k),
        ),
        Mistake(
            "columns only",
            "Only the pixels of one column were averaged: a window has kernel_size columns.",
            lambda image, k: _pooled(image, k, lambda windows, axes: windows[..., 0].mean(-1), k),
        ),
        Mistake(
            "median", "This is the median: take the mean.", lambda image, k: _pooled(image, k, np.median, k)
        ),
        Mistake("overwritten", "Only the last pixel of each window is kept: add with +=.", _overwritten),
        Mistake(
            "whole numbers",
            "The fractions were cut off: use / and not //, and no result made of integers.",
            lambda image, k: np.floor(_means(image, k)),
        ),
        Mistake(
            "global",
            "This is the mean of the whole picture: give one for each window.",
            lambda image, k: image.mean(),
        ),
    ),
    hints=(
        Hint(
            "rest at the edge",
            "kernel_size need not divide H and W: use only the first H // kernel_size * kernel_size rows.",
            ("is invalid for input of size", "cannot reshape", "IndexError"),
        ),
    ),
    right=answers.AVERAGE_RIGHT,
    wrong=answers.AVERAGE_WRONG,
)
