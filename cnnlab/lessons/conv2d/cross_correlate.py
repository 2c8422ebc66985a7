"""Write the cross-correlation of a picture (H, W) with a kernel (kh, kw), only where the kernel fits. Neither
need be square. Write the loops yourself: a library's function would pass the check, but teach you less.
"""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor
from torch.nn.functional import conv2d

from cnnlab.exercises import Function, Mistake


def drawn(seed: int) -> dict[str, np.ndarray]:
    """Return a random kernel and a picture up to 4 larger each way, in memory column by column."""
    rng = np.random.default_rng(seed)
    kernel = np.array([rng.integers(1, 5), seed % 4 + 1])
    shapes = {"image": kernel + rng.integers(0, 5, 2), "kernel": kernel}
    arrays = {name: rng.integers(-9, 10, shape).astype(float) for name, shape in shapes.items()}
    return arrays | {"image": np.asfortranarray(arrays["image"])}


def correlate(image: Tensor, kernel: Tensor, padding: tuple[int, int] | str = "valid") -> Tensor:
    """Return what is asked for, or the same with rows and columns of zeros around the picture."""
    return conv2d(image[None, None], kernel[None, None], padding=padding)[0, 0]


def by_windows(image: Tensor, kernel: Tensor) -> Tensor:
    """Return the same, a window at a time."""
    kh, kw = kernel.shape
    result = torch.zeros(image.shape[0] - kh + 1, image.shape[1] - kw + 1)
    for i in range(result.shape[0]):
        for j in range(result.shape[1]):
            result[i, j] = (image[i : i + kh, j : j + kw] * kernel).sum()
    return result


EXERCISE = Function(
    cases=[
        {"image": [[1, 2, 3], [4, 5, 6]], "kernel": [[1, 10]]},
        {"image": [[1, 2, 0], [3, 1, 4], [0, 5, 2], [2, 2, 1]], "kernel": [[1, 0], [2, -1]]},
        {"image": [[2, 0.125, 1], [1, 4, 0], [5, 1, -0.25]], "kernel": [[1, 2], [0, 3], [5, 8]]},
        {"image": [[-2001]], "kernel": [[-3]]},
        *map(drawn, range(8)),
    ],
    right=[
        correlate,
        by_windows,
        lambda x, k: (x.unfold(0, k.shape[0], 1).unfold(1, k.shape[1], 1) * k).sum((2, 3)),
    ],
    mistakes=[
        Mistake(
            "convolution",
            "This is the convolution, with the kernel flipped: cross-correlation takes it as it is.",
            lambda x, k: correlate(x, k.flip(0, 1)),
        ),
        Mistake(
            "columns flipped",
            "These are the numbers of a kernel turned left to right: cross-correlation takes it as it is.",
            lambda x, k: correlate(x, k.flip(1)),
        ),
        Mistake(
            "kernel transposed",
            "These are the numbers of a kernel whose rows and columns have changed places.",
            lambda x, k: correlate(x, k.T),
        ),
        Mistake(
            "full",
            "This is full: keep only the places where the whole kernel is inside.",
            lambda x, k: correlate(x, k, padding=(k.shape[0] - 1, k.shape[1] - 1)),
        ),
        Mistake(
            "same",
            "Zeros were put around the picture: without them the result is H - kh + 1 by W - kw + 1.",
            lambda x, k: correlate(x, k, padding="same"),
            lambda x, k: correlate(x.flip(0, 1), k.flip(0, 1), padding="same").flip(0, 1),
        ),
        Mistake(
            "off by one",
            "The last row and column are missing: the first place counts too, H - kh + 1 in all.",
            lambda x, k: correlate(x, k)[:-1, :-1],
            # Of no rows a list forgets how many columns they had.
            lambda x, k: correlate(x, k)[:-1, :-1].tolist(),
        ),
        Mistake(
            "averaged", "The products were averaged: add them up.", lambda x, k: correlate(x, k) / k.numel()
        ),
        Mistake(
            "whole numbers",
            "The fractions are lost: is the result made of integers?",
            lambda x, k: correlate(x, k).int(),
        ),
        Mistake(
            "negative values cut",
            "Negative results were set to 0, as ReLU does: give them as they are.",
            lambda x, k: correlate(x, k).relu(),
        ),
        Mistake(
            "window and kernel differ",
            "A window left the picture or is not kh by kw: there are H - kh + 1 by W - kw + 1 of them.",
            lambda x, k: (x * k).sum(),
            raises=[
                "must match",
                "could not be broadcast",
                "cannot be multiplied",
                "inconsistent tensor size",
                "Expected size",
                "IndexError",
            ],
        ),
    ],
)
