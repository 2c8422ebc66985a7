"""The gradient with respect to the results of a max pooling is given, shape (H', W'). Return the gradient
with respect to the picture, shape (H, W). Windows may overlap, or leave pixels between them. Of several
largest pixels the first, row by row, counts.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.nn.functional import max_pool2d, one_hot

from cnnlab.exercises import Function, Mistake


def drawn(seed: int) -> dict[str, Any]:
    """Return windows that overlap or not, with many equal pixels, and rows and columns that none reaches."""
    rng = np.random.default_rng(seed)
    k, s = seed % 3 + 1, seed // 3 + 1
    windows, lowest = rng.integers(1, 4, 2), rng.integers(-12, 1)
    image = rng.integers(lowest, lowest + 10, (windows - 1) * s + k + rng.integers(0, s, 2)) / 2
    return {"image": image, "gradient": rng.integers(-9, 9, windows) + 0.5, "kernel_size": k, "stride": s}


def by_autograd(image: Tensor, gradient: Tensor, k: int, s: int) -> Tensor:
    """Return the picture's gradient as PyTorch finds it."""
    leaf = image.clone().requires_grad_()
    return torch.autograd.grad(max_pool2d(leaf[None], k, s), leaf, gradient[None])[0]


def places(image: Tensor, k: int, s: int) -> Tensor:
    """Return where the windows' largest pixels lie, counted row by row through the picture."""
    return max_pool2d(image[None], k, s, return_indices=True)[1].flatten()


def handing_out(shares: Callable[[Tensor], Tensor]) -> Callable[[Tensor, Tensor, int, int], Tensor]:
    """Return an answer that hands out each value of the gradient to the pixels of its window."""

    def answer(image: Tensor, gradient: Tensor, k: int, s: int) -> Tensor:
        result = torch.zeros_like(image)
        windows = image.unfold(0, k, s).unfold(1, k, s)
        for i, j in np.ndindex(*gradient.shape):
            window = slice(i * s, i * s + k), slice(j * s, j * s + k)
            result[window] += gradient[i, j] * shares(windows[i, j])
        return result

    return answer


def first_largest(window: Tensor) -> Tensor:
    """Return 1 at the first largest pixel of a window and 0 elsewhere."""
    return one_hot(window.argmax(), window.numel()).reshape(window.shape)


def all_largest(window: Tensor) -> Tensor:
    """Return 1 at all largest pixels of a window and 0 elsewhere."""
    return (window == window.max()) * 1.0


def overwritten(image: Tensor, gradient: Tensor, k: int, s: int) -> np.ndarray:
    """Return for each pixel the value of the last window that it wins."""
    result = np.zeros(image.shape)
    result.flat[places(image, k, s)] = gradient.flatten()
    return result


def found_anywhere(image: Tensor, gradient: Tensor, k: int, s: int) -> Tensor:
    """Look for each window's largest value in the whole picture."""
    pairs = zip(gradient.flatten(), image.flatten()[places(image, k, s)], strict=True)
    return torch.stack([value * first_largest((image == best) * 1) for value, best in pairs]).sum(0)


EXERCISE = Function(
    cases=[
        {"image": [[1, 3, 2, 0], [4, 2, 1, 5]], "gradient": [[1, 10]], "kernel_size": 2, "stride": 2},
        {"image": [[1, 2, 8, 3, 1], [2, 9, 1, 0, 2]], "gradient": [[1, 4]], "kernel_size": 2, "stride": 3},
        {"image": [[1, 7, 2], [3, 4, 5]], "gradient": [[2, 5]], "kernel_size": 2, "stride": 1},
        {"image": [[2, 2, 1, 5], [2, 0, 5, 5]], "gradient": [[1, 3]], "kernel_size": 2, "stride": 2},
        {"image": [[-500, -400], [-300, -600]], "gradient": [[3]], "kernel_size": 2, "stride": 2},
        *map(drawn, range(9)),
    ],
    right=[
        by_autograd,
        handing_out(first_largest),
        lambda image, gradient, k, s: np.bincount(
            places(image, k, s), gradient.flatten(), image.numel()
        ).reshape(image.shape),
    ],
    mistakes=[
        Mistake(
            "spread evenly",
            "The gradient was spread evenly over the window: the largest pixel gets all of it.",
            handing_out(lambda window: torch.ones_like(window) / window.numel()),
        ),
        Mistake(
            "overwritten", "A pixel may win in several windows: add up what they send, with +=.", overwritten
        ),
        Mistake(
            "ties",
            "A tie has one winner: of several largest pixels only the first, row by row, gets the gradient.",
            handing_out(all_largest),
            handing_out(lambda window: all_largest(window) / all_largest(window).sum()),
        ),
        Mistake(
            "another of equals",
            "Of equal pixels the last was taken, or the first column by column: take the first, row by row.",
            handing_out(lambda window: first_largest(window.flip(0, 1)).flip(0, 1)),
            handing_out(lambda window: first_largest(window.T).T),
        ),
        Mistake(
            "started at 0",
            "A window of negative pixels has a largest one too: search from its first pixel on, not from 0.",
            handing_out(lambda window: first_largest(window) * (window > 0)),
        ),
        Mistake(
            "largest magnitude",
            "The gradient went to the pixel of largest magnitude: -9 is smaller than 1.",
            handing_out(lambda window: first_largest(window.abs())),
        ),
        Mistake(
            "found elsewhere",
            "The largest value was looked for in the whole picture: its place must lie in its window.",
            found_anywhere,
        ),
        Mistake(
            "stride ignored",
            "The windows start stride pixels apart, not kernel_size.",
            lambda image, gradient, k, s: handing_out(first_largest)(image, gradient, k, k),
        ),
    ],
)
