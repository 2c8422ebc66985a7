"""Answers to the exercise on channels, written as students write them."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from torch.nn.functional import conv2d

from cnnlab.exercises.exercise import Wrong

Tensor = torch.Tensor


def _one_plane(plane: Tensor, kernel: Tensor) -> Tensor:
    windows = plane.unfold(0, kernel.shape[0], 1).unfold(1, kernel.shape[1], 1)
    return (windows * kernel).sum((2, 3))


def _by_channels(image: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
    return torch.stack(
        [
            torch.stack([_one_plane(*pair) for pair in zip(image, kernels, strict=True)]).sum(0) + offset
            for kernels, offset in zip(weight, bias, strict=True)
        ]
    )


def _by_einsum(image: Tensor, weight: Tensor, bias: Tensor) -> np.ndarray:
    windows = np.lib.stride_tricks.sliding_window_view(image.numpy(), weight.shape[2:], axis=(1, 2))
    return np.einsum("cijab,ocab->oij", windows, weight.numpy()) + bias.numpy()[:, None, None]


def _by_loops(image: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
    out_channels, _, rows, columns = weight.shape
    result = torch.zeros(out_channels, image.shape[1] - rows + 1, image.shape[2] - columns + 1)
    for o, i, j in np.ndindex(*result.shape):
        result[o, i, j] = bias[o] + (image[:, i : i + rows, j : j + columns] * weight[o]).sum()
    return result


def _kept(image: Tensor, weight: Tensor) -> Tensor:
    rows = [
        [_one_plane(plane, kernel) for plane, kernel in zip(image, kernels, strict=True)]
        for kernels in weight
    ]
    return torch.stack([torch.stack(row) for row in rows])


def _bias_in_the_loop(image: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
    return (_kept(image, weight) + bias[:, None, None, None]).sum(1)


def _first_kernel(image: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
    return torch.stack([_one_plane(image.sum(0), kernels[0]) for kernels in weight]) + bias[:, None, None]


def _first_filter(image: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
    return torch.stack([_by_channels(image, weight[:1], offset.view(1))[0] for offset in bias])


def _whole_image(image: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
    return torch.stack([(image * weight[o]).sum(0) + bias[o] for o in range(len(bias))])


def _mixed_up(image: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
    square = weight.shape[0] == weight.shape[1]
    return _by_loops(image, weight.transpose(0, 1) if square else weight, bias)


CHANNELS_RIGHT: tuple[Any, ...] = (
    lambda image, weight, bias: conv2d(image[None], weight, bias)[0],
    _by_channels,
    _by_einsum,
    _by_loops,
)

CHANNELS_WRONG = (
    Wrong(lambda image, weight, bias: conv2d(image[None], weight)[0], "bias forgotten"),
    Wrong(_bias_in_the_loop, "bias of each channel"),
    Wrong(lambda image, weight, bias: _kept(image, weight).sum(1) + bias[0], "one bias"),
    Wrong(lambda image, weight, bias: _kept(image, weight).mean(1) + bias[:, None, None], "averaged"),
    Wrong(lambda image, weight, bias: _kept(image, weight) + bias[:, None, None, None], "channels kept"),
    Wrong(lambda image, weight, bias: _kept(image, weight), "channels kept"),
    Wrong(lambda image, weight, bias: _kept(image, weight)[:, 0] + bias.view(-1, 1, 1), "first channel only"),
    Wrong(_first_kernel, "one kernel for all"),
    Wrong(_first_filter, "one filter for all"),
    Wrong(lambda image, weight, bias: sum(_by_loops(image, weight, bias)), "outputs added"),
    Wrong(lambda image, weight, bias: _by_loops(image, weight.flip((2, 3)), bias), "flipped"),
    Wrong(_mixed_up, "in and out swapped"),
    Wrong(lambda image, weight, bias: _by_loops(image, weight, bias).permute(1, 2, 0), "channels last"),
    Wrong(lambda image, weight, bias: conv2d(image[None], weight, bias), "extra brackets"),
    Wrong(_whole_image, "shapes do not fit"),
    Wrong(lambda image, weight, bias: _kept(image, weight).sum(1) + bias, "bias across"),
    Wrong(lambda image, weight, bias: _by_loops(image, weight, -bias), "wrong values"),
    Wrong(lambda image, weight, bias: conv2d(image, weight, bias.float()), "dtype"),
    Wrong(lambda image, weight, bias: _by_loops(image, weight, bias)[0], "first output only"),
)
