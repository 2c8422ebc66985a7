"""Given are the derivatives of the loss with respect to the results of a valid cross-correlation, shape (H',
W'), and its kernel, shape (kh, kw). Return the derivatives with respect to the picture, shape (H' + kh - 1,
W' + kw - 1). Section 9 has the formula.
"""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor
from torch.nn.functional import conv2d, conv_transpose2d
from torch.nn.grad import conv2d_input

from cnnlab.exercises import Function, Mistake


def drawn(seed: int) -> dict[str, np.ndarray]:
    """Return random derivatives of 1 to 5 rows and columns, and a kernel of 1 to 4."""
    rng = np.random.default_rng(seed)
    shapes = {"gradient": np.array([seed % 5 + 1, rng.integers(1, 6)]), "kernel": rng.integers(1, 5, 2)}
    return {name: rng.integers(-9, 10, shape).astype(float) for name, shape in shapes.items()}


def spread(gradient: Tensor, kernel: Tensor) -> Tensor:
    """Return what is asked for: each derivative goes back by the weights of its window."""
    return conv_transpose2d(gradient[None, None], kernel[None, None])[0, 0]


def slid(gradient: Tensor, kernel: Tensor, rows: int, columns: int) -> Tensor:
    """Return the same by sliding the flipped kernel, if this many zeros around are the right number."""
    return conv2d(gradient[None, None], kernel.flip(0, 1)[None, None], padding=(rows, columns))[0, 0]


def by_autograd(gradient: Tensor, kernel: Tensor) -> Tensor:
    """Return what PyTorch works out."""
    shape = 1, 1, len(gradient) + len(kernel) - 1, gradient.shape[1] + kernel.shape[1] - 1
    return conv2d_input(shape, kernel[None, None], gradient[None, None])[0, 0]


def overwritten(gradient: Tensor, kernel: Tensor) -> Tensor:
    """Let each window write over what was there."""
    result = torch.zeros_like(spread(gradient, kernel))
    for i in range(gradient.shape[0]):
        for j in range(gradient.shape[1]):
            result[i : i + kernel.shape[0], j : j + kernel.shape[1]] = gradient[i, j] * kernel
    return result


def middle(gradient: Tensor, kernel: Tensor) -> Tensor:
    """Return as many values as there are derivatives, from the middle of the right ones."""
    top, left = (kernel.shape[0] - 1) // 2, (kernel.shape[1] - 1) // 2
    return spread(gradient, kernel)[top:, left:][: gradient.shape[0], : gradient.shape[1]]


EXERCISE = Function(
    cases=[
        {"gradient": [[1, 2]], "kernel": [[1, 10]]},
        {"gradient": [[1, 0, 2], [0, 3, -1]], "kernel": [[1, 2], [4, 8]]},
        {"gradient": [[2, 1], [0.125, 4], [1, -3]], "kernel": [[1, 0, 3], [-2, 5, 7]]},
        {"gradient": [[3001]], "kernel": [[1], [4]]},
        *map(drawn, range(8)),
    ],
    right=[spread, lambda g, k: slid(g, k, k.shape[0] - 1, k.shape[1] - 1), by_autograd],
    mistakes=[
        Mistake(
            "cross-correlation",
            "This is what comes of the kernel turned by 180 degrees: pixel (i + a, j + b) met kernel[a, b].",
            lambda g, k: spread(g, k.flip(0, 1)),
        ),
        Mistake(
            "flipped along one axis",
            "This is what comes of a kernel flipped along one axis: pixel (i + a, j + b) met kernel[a, b].",
            lambda g, k: spread(g, k.flip(0)),
            lambda g, k: spread(g, k.flip(1)),
        ),
        Mistake(
            "kernel transposed",
            "These are the numbers of a kernel whose rows and columns have changed places.",
            lambda g, k: spread(g, k.T),
        ),
        Mistake(
            "same",
            "The gradient must be as large as the image, H' + kh - 1 by W' + kw - 1.",
            middle,
            lambda g, k: middle(g.flip(0, 1), k.flip(0, 1)).flip(0, 1),
        ),
        Mistake(
            "padding swapped",
            "The zeros above and at the sides have changed places: pad takes left, right, top, bottom.",
            lambda g, k: slid(g, k, k.shape[1] - 1, k.shape[0] - 1),
        ),
        Mistake(
            "one padding for both",
            "Both axes got the same padding: kh - 1 zeros above and below, kw - 1 at the sides.",
            lambda g, k: slid(g, k, k.shape[0] - 1, k.shape[0] - 1),
        ),
        Mistake(
            "overwritten",
            "Windows overlap: a pixel adds up what all of them send back, with +=.",
            overwritten,
        ),
        Mistake(
            "gradient forgotten",
            "Every result counts the same here: each sends back its own derivative times the weights.",
            lambda g, k: spread(torch.ones_like(g), k),
        ),
        Mistake(
            "averaged",
            "This was divided by the number of results: the derivatives are only added.",
            lambda g, k: spread(g, k) / g.numel(),
        ),
        Mistake(
            "window does not fit",
            "Is the answer H' + kh - 1 by W' + kw - 1, and each window kh by kw?",
            lambda g, k: torch.zeros_like(g) + spread(g, k),
            raises=["must match", "broadcast", "IndexError", "Kernel size can't"],
        ),
    ],
)
