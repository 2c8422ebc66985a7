"""Given are the derivatives of the loss with respect to the results of a valid cross-correlation, shape (H',
W'), and its kernel, shape (kh, kw). Return the derivatives with respect to the picture, shape (H' + kh - 1,
W' + kw - 1). Section 9 has the formula.
"""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn.functional import conv2d, conv_transpose2d, pad

from cnnlab.exercises import Function, Mistake


def spread(gradient: Tensor, kernel: Tensor) -> Tensor:
    """Return what is asked for: each derivative goes back by the weights of its window."""
    kh, kw = kernel.shape
    result = gradient.new_zeros(gradient.shape[0] + kh - 1, gradient.shape[1] + kw - 1)
    for i in range(gradient.shape[0]):
        for j in range(gradient.shape[1]):
            result[i : i + kh, j : j + kw] += gradient[i, j] * kernel
    return result


def slid(gradient: Tensor, kernel: Tensor, rows: int, columns: int) -> Tensor:
    """Return the valid cross-correlation of the derivatives with zeros around them."""
    wide = pad(gradient, (columns, columns, rows, rows))
    return conv2d(wide[None, None], kernel[None, None])[0, 0]


def flipped(gradient: Tensor, kernel: Tensor) -> Tensor:
    """Return what is asked for by sliding the flipped kernel."""
    return slid(gradient, kernel.flip(0, 1), kernel.shape[0] - 1, kernel.shape[1] - 1)


def by_autograd(gradient: Tensor, kernel: Tensor) -> Tensor:
    """Return what PyTorch works out."""
    height, width = gradient.shape[0] + kernel.shape[0] - 1, gradient.shape[1] + kernel.shape[1] - 1
    image = kernel.new_zeros(1, 1, height, width).requires_grad_()
    conv2d(image, kernel[None, None]).backward(gradient[None, None])
    assert image.grad is not None
    return image.grad[0, 0]


def overwritten(gradient: Tensor, kernel: Tensor) -> Tensor:
    """Let each window write over what was there."""
    result = torch.zeros_like(spread(gradient, kernel))
    for i in range(gradient.shape[0]):
        for j in range(gradient.shape[1]):
            result[i : i + kernel.shape[0], j : j + kernel.shape[1]] = gradient[i, j] * kernel
    return result


def too_small(gradient: Tensor, kernel: Tensor) -> Tensor:
    """Add windows to a result that is as large as the gradient."""
    result = torch.zeros_like(gradient)
    for i in range(gradient.shape[0]):
        for j in range(gradient.shape[1]):
            result[i : i + kernel.shape[0], j : j + kernel.shape[1]] += gradient[i, j] * kernel
    return result


def middle(gradient: Tensor, kernel: Tensor, extra: int) -> Tensor:
    """Return as many values as there are derivatives, from the middle of the right ones."""
    top, left = (kernel.shape[0] - extra) // 2, (kernel.shape[1] - extra) // 2
    return spread(gradient, kernel)[top:, left:][: gradient.shape[0], : gradient.shape[1]]


EXERCISE = Function(
    cases=[
        {"gradient": [[1, 2]], "kernel": [[1, 10]]},
        {"gradient": [[1, 0, 2], [0, 3, -1]], "kernel": [[1, 2], [4, 8]]},
        {"gradient": [[2, 1], [0.5, 4], [1, -3]], "kernel": [[1, 0, 3], [-2, 5, 7]]},
        {"gradient": [[1, 5, 2, 4], [3, 0, 6, 1], [2, 7, 1, 8]], "kernel": [[2, -1], [0, 3], [6, 4]]},
        {"gradient": [[3]], "kernel": [[1, 2], [3, 5]]},
        {"gradient": [[-1000, 3000], [0, 2000]], "kernel": [[-2]]},
    ],
    right=[spread, flipped, by_autograd, lambda g, k: conv_transpose2d(g[None, None], k[None, None])[0, 0]],
    mistakes=[
        Mistake(
            "cross-correlation",
            "This is what comes of the kernel turned by 180 degrees: pixel (i + a, j + b) met kernel[a, b].",
            lambda g, k: spread(g, k.flip(0, 1)),
        ),
        Mistake(
            "rows flipped",
            "This is what comes of the kernel upside down: pixel (i + a, j + b) met kernel[a, b].",
            lambda g, k: spread(g, k.flip(0)),
        ),
        Mistake(
            "columns flipped",
            "This is what comes of the kernel turned left to right: pixel (i + a, j + b) met kernel[a, b].",
            lambda g, k: spread(g, k.flip(1)),
        ),
        Mistake(
            "kernel transposed",
            "These are the numbers of a kernel whose rows and columns have changed places.",
            lambda g, k: spread(g, k.T),
        ),
        Mistake(
            "valid",
            "This is as small as a valid result: the gradient is as large as the image, so use full.",
            lambda g, k: slid(g, k, 0, 0),
            lambda g, k: slid(g, k.flip(0, 1), 0, 0),
        ),
        Mistake(
            "same",
            "The gradient must be as large as the image, H' + kh - 1 by W' + kw - 1.",
            lambda g, k: middle(g, k, 0),
            lambda g, k: middle(g, k, 1),
            lambda g, k: slid(g, k, k.shape[0] // 2, k.shape[1] // 2),
            lambda g, k: slid(g, k.flip(0, 1), k.shape[0] // 2, k.shape[1] // 2),
        ),
        Mistake(
            "cut",
            "What falls beyond H' and W' was cut off: these pixels have gradients too.",
            lambda g, k: spread(g, k)[: len(g), : g.shape[1]],
        ),
        Mistake(
            "ring of zeros",
            "The right numbers have a ring of zeros around them: pad by kh - 1 and kw - 1.",
            lambda g, k: pad(spread(g, k), (1, 1, 1, 1)),
        ),
        Mistake(
            "ring and turned",
            "Pad by kh - 1 and kw - 1; these are also the numbers of the kernel turned by 180 degrees.",
            lambda g, k: slid(g, k, *k.shape),
        ),
        Mistake(
            "padding swapped",
            "The zeros above and at the sides have changed places: pad takes left, right, top, bottom.",
            lambda g, k: slid(g, k.flip(0, 1), k.shape[1] - 1, k.shape[0] - 1),
            lambda g, k: slid(g, k, k.shape[1] - 1, k.shape[0] - 1),
        ),
        Mistake(
            "one padding for both",
            "Both axes got the same padding: kh - 1 zeros above and below, kw - 1 at the sides.",
            lambda g, k: slid(g, k.flip(0, 1), k.shape[0] - 1, k.shape[0] - 1),
            lambda g, k: slid(g, k, k.shape[0] - 1, k.shape[0] - 1),
            lambda g, k: slid(g, k.flip(0, 1), k.shape[1] - 1, k.shape[1] - 1),
            lambda g, k: slid(g, k, k.shape[1] - 1, k.shape[1] - 1),
        ),
        Mistake(
            "overwritten",
            "Windows overlap: a pixel adds up what all of them send back, with +=.",
            overwritten,
        ),
        Mistake(
            "only summed",
            "Each gradient was multiplied by the kernel's sum: spread it over the window instead.",
            lambda g, k: g * k.sum(),
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
            "spread evenly",
            "Every pixel of a window got the same: each gets its own weight times the gradient.",
            lambda g, k: spread(g, torch.ones_like(k)),
        ),
        Mistake(
            "window does not fit",
            "Is the answer H' + kh - 1 by W' + kw - 1, and each window kh by kw?",
            too_small,
            raises=["must match", "broadcast", "IndexError", "Kernel size can't"],
        ),
    ],
    unnamed={
        "wrong shape": [lambda g, k: g * k, lambda g, k: spread(g, k).flatten()],
        "transposed": [lambda g, k: spread(g, k).T],
        "sign": [lambda g, k: -spread(g, k)],
        "changed its input": [lambda g, k: spread(g.neg_(), k).neg()],
    },
)
