"""Now a whole layer, as `nn.Conv2d` without padding: given a picture of shape (C, H, W), a weight of shape
(O, C, kh, kw) and a bias of shape (O,), return its output, shape (O, H - kh + 1, W - kw + 1). Each output
channel adds up all input channels, and its own bias.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.nn.functional import conv2d, pad

from cnnlab.exercises import Function, Mistake


def case(image: tuple[int, ...], weight: tuple[int, ...]) -> dict[str, Any]:
    """Return inputs of these shapes, of small numbers in no order."""

    def numbers(shape: tuple[int, ...], step: int) -> np.ndarray:
        return ((np.arange(np.prod(shape)) * step + 4) % 13 - 5.0).reshape(shape)

    return {"image": numbers(image, 7), "weight": numbers(weight, 5), "bias": numbers(weight[:1], 3) / 4}


def layer(image: Tensor, weight: Tensor, bias: Tensor | None = None) -> Tensor:
    """Return what is asked for, or the same without a bias."""
    return conv2d(image[None], weight, bias)[0]


def by_channels(image: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
    """Return the same, an output channel at a time."""
    kept = channels_kept(image, weight)
    return torch.stack([sum(parts) + offset for parts, offset in zip(kept, bias, strict=True)])


def by_taps(image: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
    """Return the same, a place in the kernel at a time."""
    kh, kw = weight.shape[2:]
    rows, columns = image.shape[1] - kh + 1, image.shape[2] - kw + 1
    result = bias[:, None, None].repeat(1, rows, columns)
    for i in range(kh):
        for j in range(kw):
            window = image[:, i : i + rows, j : j + columns]
            result += torch.einsum("chw,oc->ohw", window, weight[:, :, i, j])
    return result


def channels_kept(image: Tensor, weight: Tensor) -> Tensor:
    """Return what each input channel adds to each output channel, shape (O, C, H', W')."""
    each = [layer(image[c : c + 1], weight[:, c : c + 1]) for c in range(len(image))]
    return torch.stack(each, dim=1)


def as_large_as_the_picture(image: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
    """Put so many zeros around that the output is as large as the picture."""
    kh, kw = weight.shape[2:]
    return layer(pad(image, ((kw - 1) // 2, kw // 2, (kh - 1) // 2, kh // 2)), weight, bias)


def half_a_kernel(image: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
    """Put half a kernel of zeros on each side, rounded down."""
    kh, kw = weight.shape[2:]
    return conv2d(image[None], weight, bias, padding=(kh // 2, kw // 2))[0]


def in_and_out_swapped(image: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
    """Swap the weight's first two indices wherever that can be done."""
    return layer(image, weight.transpose(0, 1) if weight.shape[0] == weight.shape[1] else weight, bias)


EXERCISE = Function(
    cases=[
        {"image": [[[1, 2]], [[3, 4]]], "weight": [[[[1]], [[10]]]], "bias": [100]},
        case((3, 4, 3), (2, 3, 2, 2)),
        case((1, 3, 3), (3, 1, 2, 3)),
        case((2, 3, 4), (1, 2, 3, 2)),
        case((5, 2, 2), (4, 5, 1, 2)),
        case((3, 3, 4), (3, 3, 2, 2)),
        {"image": [[[-2]]], "weight": [[[[-3]]]], "bias": [-1000]},
    ],
    right=[layer, by_channels, by_taps],
    mistakes=[
        Mistake(
            "bias forgotten",
            "The bias is missing: add bias[o] to all of output channel o.",
            lambda x, w, b: layer(x, w),
        ),
        Mistake(
            "bias of each channel",
            "The bias was added once for every input channel: add it once.",
            lambda x, w, b: layer(x, w, len(x) * b),
        ),
        Mistake(
            "bias of each weight",
            "The bias was added once for every weight of a kernel: add it once.",
            lambda x, w, b: layer(x, w, w[0, 0].numel() * b),
            lambda x, w, b: layer(x, w, w[0].numel() * b),
        ),
        Mistake(
            "one bias",
            "Every output channel got the first bias: channel o gets bias[o].",
            lambda x, w, b: layer(x, w) + b[0],
        ),
        Mistake(
            "bias across",
            "The bias was added along the width: bias[:, None, None] lies along the output channels.",
            lambda x, w, b: layer(x, w) + b,
        ),
        Mistake(
            "averaged",
            "The input channels were averaged: add what they give.",
            lambda x, w, b: layer(x, w / len(x), b),
        ),
        Mistake(
            "channels kept",
            "Each input channel has an output of its own here: add them up, over C.",
            lambda x, w, b: channels_kept(x, w),
            lambda x, w, b: channels_kept(x, w) + b[:, None, None, None],
        ),
        Mistake(
            "first channel only",
            "Only the first input channel was used: add what all C of them give.",
            lambda x, w, b: layer(x[:1], w[:, :1], b),
        ),
        Mistake(
            "last channel only",
            "Only the last input channel counts here: add what all C of them give, with +=.",
            lambda x, w, b: layer(x[-1:], w[:, -1:], b),
        ),
        Mistake(
            "one kernel for all",
            "Every input channel met the kernel of the first: channel c has weight[o, c].",
            lambda x, w, b: layer(x.sum(0, keepdim=True), w[:, :1], b),
        ),
        Mistake(
            "added too early",
            "Picture and kernels were added up over C before: multiply channel by channel, then add.",
            lambda x, w, b: layer(x.sum(0)[None], w.sum(1)[:, None], b),
        ),
        Mistake(
            "one filter for all",
            "Every output channel used the first filter: channel o has weight[o].",
            lambda x, w, b: layer(x, w[:1].expand_as(w), b),
        ),
        Mistake(
            "first output only",
            "Only the first output channel came back: do the same for every o.",
            lambda x, w, b: layer(x, w, b)[0],
        ),
        Mistake(
            "outputs added",
            "The output channels were added up too: only the input channels are.",
            lambda x, w, b: layer(x, w, b).sum(0),
        ),
        Mistake(
            "flipped",
            "These are the numbers of flipped kernels: nn.Conv2d takes them as they are.",
            lambda x, w, b: layer(x, w.flip(2, 3), b),
        ),
        Mistake(
            "padded",
            "Zeros were put around the picture: without them the output is H - kh + 1 by W - kw + 1.",
            as_large_as_the_picture,
            half_a_kernel,
            lambda x, w, b: layer(pad(x, (1, 1, 1, 1)), w, b),
        ),
        Mistake(
            "last place zero",
            "The last row and column stayed 0: windows start in H - kh + 1 rows, W - kw + 1 columns.",
            lambda x, w, b: pad(layer(x, w, b)[:, :-1, :-1], (0, 1, 0, 1)),
        ),
        Mistake(
            "in and out swapped",
            "The weight's first index is the output channel, the second the input channel.",
            in_and_out_swapped,
        ),
        Mistake(
            "channels last",
            "The output channels come last here: they belong before height and width.",
            lambda x, w, b: layer(x, w, b).permute(1, 2, 0),
        ),
        Mistake(
            "channels do not fit",
            "conv2d takes a picture (1, C, H, W) and a weight (O, C, kh, kw): the two numbers C differ.",
            lambda x, w, b: layer(x, w.transpose(0, 1), b),
            raises=["channels, but got"],
        ),
        Mistake(
            "shapes do not fit",
            "Shapes do not fit: weight[o] meets a window of image as large as itself, all channels deep.",
            lambda x, w, b: torch.stack([(x * each).sum(0) for each in w]) + b[:, None, None],
            raises=["must match", "could not be broadcast"],
        ),
    ],
    unnamed={
        "extra brackets": [lambda x, w, b: conv2d(x[None], w, b)],
        "wrong values": [lambda x, w, b: layer(x, w, -b)],
        "dtype": [lambda x, w, b: conv2d(x, w, b.half())],
    },
)
