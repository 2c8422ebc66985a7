"""The gradient with respect to the results of a max pooling is given, shape (H', W'). Return the gradient
with respect to the picture, shape (H, W). Windows may overlap, or leave pixels between them. Of several
largest pixels the first, row by row, counts.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import torch
from torch import Tensor
from torch.nn.functional import max_pool2d, one_hot

from cnnlab.exercises import Function, Mistake

SPREAD = [[1, 2, 0, 3, 1], [2, 9, 1, 0, 2], [7, 1, 4, 8, 1], [3, 0, 1, 2, 6], [5, 1, 0, 4, 2]]
EQUALS = [[2, 2, 1, 5], [2, 0, 5, 5], [0, 3, 1, 1], [3, 3, 0, 1]]
NEGATIVE = [[-5, -4, -7], [-2, -3, -6], [-9, -8, -1]]
Shares = Callable[[Tensor], Tensor]
Answer = Callable[[Tensor, Tensor, int, int], Tensor]


def first_largest(window: Tensor) -> Tensor:
    """Return 1 at the first largest pixel of a window and 0 elsewhere."""
    return one_hot(window.argmax(), window.numel()).reshape(window.shape)


def all_largest(window: Tensor) -> Tensor:
    """Return 1 at all largest pixels of a window and 0 elsewhere."""
    return (window == window.max()) * 1.0


def handing_out(shares: Shares) -> Answer:
    """Return an answer that hands out each value of the gradient to the pixels of its window."""

    def answer(image: Tensor, gradient: Tensor, k: int, s: int) -> Tensor:
        result = torch.zeros_like(image)
        windows = image.unfold(0, k, s).unfold(1, k, s)
        for i, j in np.ndindex(*gradient.shape):
            window = slice(i * s, i * s + k), slice(j * s, j * s + k)
            result[window] += gradient[i, j] * shares(windows[i, j])
        return result

    return answer


def by_places(image: Tensor, gradient: Tensor, k: int, s: int) -> Tensor:
    """Return the picture's gradient from PyTorch's places of the largest pixels."""
    places = max_pool2d(image[None], k, s, return_indices=True)[1]
    return torch.zeros_like(image).flatten().index_add(0, places.flatten(), gradient.flatten()).view_as(image)


def by_autograd(image: Tensor, gradient: Tensor, k: int, s: int) -> Tensor:
    """Return the picture's gradient as PyTorch finds it."""
    leaf = image.clone().requires_grad_()
    return torch.autograd.grad(max_pool2d(leaf[None], k, s), leaf, gradient[None])[0]


def overwritten(image: Tensor, gradient: Tensor, k: int, s: int) -> Tensor:
    """Return for each pixel the value of the last window that it wins."""
    places = max_pool2d(image[None], k, s, return_indices=True)[1]
    result = torch.zeros(image.numel())
    for place, value in zip(places.flatten(), gradient.flatten(), strict=True):
        result[place] = value
    return result.view_as(image)


def in_the_corner(image: Tensor, gradient: Tensor, k: int, s: int) -> Tensor:
    """Return the gradient as if every window started at the picture's first pixel."""
    result = torch.zeros_like(image)
    windows = image.unfold(0, k, s).unfold(1, k, s)
    for i, j in np.ndindex(*gradient.shape):
        result[:k, :k] += gradient[i, j] * first_largest(windows[i, j])
    return result


def found_anywhere(image: Tensor, gradient: Tensor, k: int, s: int) -> Tensor:
    """Look for each window's largest value in the whole picture."""
    maxima = image.unfold(0, k, s).unfold(1, k, s).amax((2, 3))
    pairs = zip(gradient.flatten(), maxima.flatten(), strict=True)
    return torch.stack([value * first_largest((image == best) * 1.0) for value, best in pairs]).sum(0)


def from_zero(image: Tensor, gradient: Tensor, k: int, s: int) -> Tensor:
    """Return the picture's gradient, if the first window holds a positive pixel."""
    result = torch.zeros_like(image)
    for i, j in np.ndindex(*gradient.shape):
        best = 0.0
        for a, b in np.ndindex(k, k):
            if image[i * s + a, j * s + b] > best:
                best, place = float(image[i * s + a, j * s + b]), (i * s + a, j * s + b)
        result[place] += gradient[i, j]
    return result


EXERCISE = Function(
    cases=[
        {"image": [[1, 3, 2, 0], [4, 2, 1, 5]], "gradient": [[1, 10]], "kernel_size": 2, "stride": 2},
        {"image": SPREAD, "gradient": [[1, 2], [4, 8]], "kernel_size": 2, "stride": 3},
        {"image": [[1, 7, 2], [3, 4, 5]], "gradient": [[2, 5]], "kernel_size": 2, "stride": 1},
        {"image": SPREAD, "gradient": [[1, 2], [4, -3]], "kernel_size": 3, "stride": 2},
        {"image": EQUALS, "gradient": [[1, 2], [3, 4]], "kernel_size": 2, "stride": 2},
        {"image": NEGATIVE, "gradient": [[1, 2], [0.5, -4]], "kernel_size": 2, "stride": 1},
        {"image": [[0, 0], [0, 0], [0, 0]], "gradient": [[1], [2]], "kernel_size": 2, "stride": 1},
        {"image": [[900, -900, 800]], "gradient": [[7, -300]], "kernel_size": 1, "stride": 2},
        {"image": [[1, 3, 5], [4, 2, 9], [6, 7, 8]], "gradient": [[5]], "kernel_size": 2, "stride": 2},
        {"image": [[-3]], "gradient": [[2]], "kernel_size": 1, "stride": 1},
    ],
    right=[handing_out(first_largest), by_places, by_autograd],
    mistakes=[
        Mistake(
            "one value a window",
            "Here is one value for each window: return one for each pixel of the picture.",
            lambda image, gradient, k, s: max_pool2d(image[None], k, s)[0] * gradient,
            fits=lambda numbers: len(numbers) == 2,
        ),
        Mistake(
            "spread evenly",
            "The gradient was spread evenly over the window: the largest pixel gets all of it.",
            handing_out(lambda window: torch.ones_like(window) / window.numel()),
        ),
        Mistake(
            "sent to all",
            "Every pixel of a window got the gradient: only the largest was handed on.",
            handing_out(torch.ones_like),
        ),
        Mistake(
            "overwritten", "A pixel may win in several windows: add up what they send, with +=.", overwritten
        ),
        Mistake(
            "ties",
            "A tie has one winner: of several largest pixels only the first, row by row, gets the gradient.",
            handing_out(all_largest),
        ),
        Mistake(
            "ties shared",
            "The gradient was divided among equal pixels: the first, row by row, gets all of it.",
            handing_out(lambda window: all_largest(window) / all_largest(window).sum()),
        ),
        Mistake(
            "last of equals",
            "Of equal pixels the last was taken: take the first.",
            handing_out(lambda window: first_largest(window.flip(0, 1)).flip(0, 1)),
        ),
        Mistake(
            "started at 0",
            "A window of negative pixels has a largest one too: search from its first pixel on, not from 0.",
            handing_out(lambda window: first_largest(window.clamp(min=0))),
            handing_out(lambda window: first_largest(window) * (window > 0)),
        ),
        Mistake(
            "started at 0",
            "No pixel won: a search from 0 on finds no negative one. Begin with the window's first pixel.",
            from_zero,
            raises=["UnboundLocalError"],
        ),
        Mistake(
            "column by column",
            "Of equal pixels the first column by column was taken: go row by row.",
            handing_out(lambda window: first_largest(window.T).T),
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
            "first pixel",
            "The gradient went to the upper left pixel of each window: find the largest.",
            handing_out(lambda window: first_largest(torch.zeros_like(window))),
        ),
        Mistake(
            "smallest",
            "The gradient went to the smallest pixel of each window.",
            handing_out(lambda window: first_largest(-window)),
        ),
        Mistake(
            "row and column swapped",
            "Row and column of the winner in its window came back in each other's place.",
            handing_out(lambda window: first_largest(window).T),
        ),
        Mistake(
            "place in the window",
            "A winner's place in its window is not its place in the picture: add where the window starts.",
            in_the_corner,
        ),
        Mistake(
            "whole picture",
            "All went to the largest pixel of the picture: each window has its own.",
            lambda image, gradient, k, s: gradient.sum() * first_largest(image),
        ),
        Mistake(
            "times the pixel",
            "The gradient was multiplied by the pixel: the slope of the winner is 1.",
            handing_out(lambda window: window * first_largest(window)),
        ),
        Mistake(
            "ones",
            "The winners got 1: each gets the gradient of its window.",
            lambda image, gradient, k, s: by_autograd(image, torch.ones_like(gradient), k, s),
        ),
        Mistake(
            "stride ignored",
            "The windows start stride pixels apart, not kernel_size and not 1.",
            lambda image, gradient, k, s: handing_out(first_largest)(image, gradient, k, k),
            lambda image, gradient, k, s: handing_out(first_largest)(image, gradient, k, 1),
        ),
        Mistake(
            "index outside",
            "An index or a shape does not fit: window (i, j) starts at row i * stride and column j * stride.",
            lambda image, gradient, k, s: gradient * (image == image.max()),
            raises=["IndexError", "non-zero size", "must match", "shape mismatch", "could not be broadcast"],
        ),
        Mistake(
            "two dimensions",
            "PyTorch pools (C, H, W): give it image[None] and take the channel off its result, with [0].",
            lambda image, gradient, k, s: max_pool2d(image, k, s),
            raises=["3D or 4D"],
        ),
    ],
)
