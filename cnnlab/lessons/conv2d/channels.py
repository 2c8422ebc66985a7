"""Now a whole layer, as `nn.Conv2d` without padding: given a picture of shape (C, H, W), a weight of shape
(O, C, kh, kw) and a bias of shape (O,), return its output, shape (O, H - kh + 1, W - kw + 1). Each output
channel adds up all input channels, and its own bias.
"""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor
from torch.nn.functional import conv2d

from cnnlab.exercises import Function, Mistake


def case(seed: int, image: tuple[int, ...], weight: tuple[int, ...]) -> dict[str, np.ndarray]:
    """Return inputs of these shapes, of random whole numbers."""
    rng = np.random.default_rng(seed)
    shapes = {"image": image, "weight": weight, "bias": weight[:1]}
    return {name: rng.integers(-9, 10, shape).astype(float) for name, shape in shapes.items()}


def drawn(seed: int) -> dict[str, np.ndarray]:
    """Return a random picture of 1 to 6 channels, and 1 to 5 filters for it."""
    c, o, kh, kw, rows, columns = np.random.default_rng(seed).integers(1, (7, 6, 4, 4, 4, 4))
    return case(seed, (c, kh + rows - 1, kw + columns - 1), (o, c, kh, kw))


def layer(image: Tensor, weight: Tensor, bias: Tensor | None = None) -> Tensor:
    """Return what is asked for, or the same without a bias."""
    return conv2d(image[None], weight, bias)[0]


def by_windows(image: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
    """Return the same, all windows at once."""
    windows = image.unfold(1, weight.shape[2], 1).unfold(2, weight.shape[3], 1)
    return torch.einsum("chwij,ocij->ohw", windows, weight) + bias[:, None, None]


def by_channels(image: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
    """Return the same, an input channel at a time."""
    each = [layer(image[c : c + 1], weight[:, c : c + 1]) for c in range(len(image))]
    return sum(each) + bias[:, None, None]


EXERCISE = Function(
    cases=[
        {"image": [[[1, 2]], [[3, 4]]], "weight": [[[[1]], [[10]]]], "bias": [100]},
        case(0, (3, 3, 3), (2, 3, 2, 2)),
        case(0, (1, 3, 3), (3, 1, 2, 3)),
        {"image": [[[-4001.5]]], "weight": [[[[0.25]]]], "bias": [-0.0625]},
        *map(drawn, range(8)),
    ],
    right=[layer, by_windows, by_channels],
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
            "one channel only",
            "Only one input channel counts here: add what all C of them give, with +=.",
            lambda x, w, b: layer(x[:1], w[:, :1], b),
            lambda x, w, b: layer(x[-1:], w[:, -1:], b),
        ),
        Mistake(
            "three channels",
            "Only the first three input channels were used: a picture may have more.",
            lambda x, w, b: layer(x[:3], w[:, :3], b),
        ),
        Mistake(
            "one kernel for all",
            "One kernel stood for several: input channel c and output channel o have weight[o, c].",
            lambda x, w, b: layer(x.sum(0, keepdim=True), w[:, :1], b),
            lambda x, w, b: layer(x, w[:1].expand_as(w), b),
        ),
        Mistake(
            "flipped",
            "These are the numbers of flipped kernels: nn.Conv2d takes them as they are.",
            lambda x, w, b: layer(x, w.flip(2, 3), b),
        ),
        Mistake(
            "padded",
            "Zeros were put around the picture: without them the output is H - kh + 1 by W - kw + 1.",
            lambda x, w, b: conv2d(x[None], w, b, padding="same")[0],
        ),
        Mistake(
            "shapes do not fit",
            "Shapes do not fit: weight[o] meets a window of image as large as itself, all channels deep.",
            lambda x, w, b: layer(x, w.transpose(0, 1), b),
            raises=["must match", "could not be broadcast", "channels, but got"],
        ),
    ],
)
