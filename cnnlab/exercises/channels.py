"""The exercise of notebook 02 on channels: what one ``nn.Conv2d`` does to one picture."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from cnnlab.exercises.answers import channels as answers
from cnnlab.exercises.exercise import Case, Exercise, Hint, Mistake


def _layer(image: np.ndarray, weight: np.ndarray, bias: Any = 0.0) -> np.ndarray:
    windows = sliding_window_view(image, weight.shape[2:], axis=(1, 2))
    summed = np.einsum("cijab,ocab->oij", windows, weight)
    return summed + np.reshape(np.broadcast_to(bias, len(weight)), (-1, 1, 1))


def _each(image: np.ndarray, weight: np.ndarray, bias: np.ndarray) -> np.ndarray:
    """Return what each input channel adds to each output channel, not summed, with the bias."""
    parts = [_layer(image[c : c + 1], weight[:, c : c + 1], bias) for c in range(len(image))]
    return np.stack(parts, axis=1)


def _swapped(image: np.ndarray, weight: np.ndarray, bias: np.ndarray) -> np.ndarray | None:
    return _layer(image, weight.swapaxes(0, 1), bias) if weight.shape[0] == weight.shape[1] else None


def _bias_across(image: np.ndarray, weight: np.ndarray, bias: np.ndarray) -> np.ndarray | None:
    summed = _layer(image, weight)
    return summed + bias if summed.shape[2] == len(bias) else None


def _case(image: tuple[int, ...], weight: tuple[int, ...]) -> Case:
    """Return inputs of these shapes, of small whole numbers in no order."""

    def numbers(shape: tuple[int, ...], step: int) -> list[Any]:
        return list(((np.arange(np.prod(shape)) * step + 4) % 13 - 5).reshape(shape).tolist())

    return {"image": numbers(image, 7), "weight": numbers(weight, 5), "bias": numbers(weight[:1], 3)}


CHANNELS = Exercise(
    name="conv2d.channels",
    prompt="Write a function of image (C, H, W), weight (O, C, kh, kw), bias (O,): the output (O, H', W').",
    cases=(
        {"image": [[[1, 2]], [[3, 4]]], "weight": [[[[1]], [[10]]]], "bias": [100]},
        _case((3, 4, 3), (2, 3, 2, 2)),
        _case((1, 3, 3), (3, 1, 2, 3)),
        _case((2, 3, 4), (1, 2, 3, 2)),
        _case((3, 3, 4), (3, 3, 2, 2)),
    ),
    reference=_layer,
    mistakes=(
        Mistake(
            "bias forgotten",
            "The bias is missing: add bias[o] to all of output channel o.",
            lambda image, weight, bias: _layer(image, weight),
        ),
        Mistake(
            "bias of each channel",
            "The bias was added once for every input channel: add it once.",
            lambda image, weight, bias: _layer(image, weight, len(image) * bias),
        ),
        Mistake(
            "one bias",
            "Every output channel got the first bias: channel o gets bias[o].",
            lambda image, weight, bias: _layer(image, weight, bias[0]),
        ),
        Mistake(
            "bias across",
            "The bias was added along the width: bias[:, None, None] lies along the output channels.",
            _bias_across,
        ),
        Mistake(
            "averaged",
            "The input channels were averaged: add what they give.",
            lambda image, weight, bias: _layer(image, weight / len(image), bias),
        ),
        Mistake(
            "channels kept",
            "Each input channel has an output of its own here: add them up, over C.",
            _each,
        ),
        Mistake(
            "channels kept",
            "Each input channel has an output of its own here: add them up, over C.",
            lambda image, weight, bias: _each(image, weight, 0 * bias),
        ),
        Mistake(
            "first channel only",
            "Only the first input channel was used: add what all C of them give.",
            lambda image, weight, bias: _layer(image[:1], weight[:, :1], bias),
        ),
        Mistake(
            "one kernel for all",
            "Every input channel met the kernel of the first: channel c has weight[o, c].",
            lambda image, weight, bias: _layer(image.sum(0, keepdims=True), weight[:, :1], bias),
        ),
        Mistake(
            "one filter for all",
            "Every output channel used the first filter: channel o has weight[o].",
            lambda image, weight, bias: _layer(image, weight[:1].repeat(len(weight), 0), bias),
        ),
        Mistake(
            "first output only",
            "Only the first output channel came back: do the same for every o.",
            lambda image, weight, bias: _layer(image, weight, bias)[0],
        ),
        Mistake(
            "outputs added",
            "The output channels were added up too: only the input channels are.",
            lambda image, weight, bias: _layer(image, weight, bias).sum(0),
        ),
        Mistake(
            "flipped",
            "The kernels were flipped: nn.Conv2d takes them as they are.",
            lambda image, weight, bias: _layer(image, weight[:, :, ::-1, ::-1], bias),
        ),
        Mistake(
            "in and out swapped",
            "The weight's first index is the output channel, the second the input channel.",
            _swapped,
        ),
        Mistake(
            "channels last",
            "The output channels come last here: they belong before height and width.",
            lambda image, weight, bias: np.moveaxis(_layer(image, weight, bias), 0, -1),
        ),
    ),
    hints=(
        Hint(
            "shapes do not fit",
            "Shapes do not fit: weight[o] meets a window of image as large as itself, all channels deep.",
            ("must match", "could not be broadcast"),
        ),
    ),
    right=answers.CHANNELS_RIGHT,
    wrong=answers.CHANNELS_WRONG,
)
