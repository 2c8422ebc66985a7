"""Write the cross-correlation of a picture (H, W) with a kernel (kh, kw), only where the kernel fits. Neither
need be square. Write it yourself, although the check would accept a library's function too.
"""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn.functional import conv2d, pad

from cnnlab.exercises import Function, Mistake


def correlate(image: Tensor, kernel: Tensor) -> Tensor:
    """Return what is asked for."""
    (height, width), (kh, kw) = image.shape, kernel.shape
    result = image.new_zeros(height - kh + 1, width - kw + 1)
    for i in range(kh):
        for j in range(kw):
            result += kernel[i, j] * image[i : i + height - kh + 1, j : j + width - kw + 1]
    return result


def by_windows(image: Tensor, kernel: Tensor) -> Tensor:
    """Return the same, a window at a time."""
    kh, kw = kernel.shape
    result = torch.zeros(image.shape[0] - kh + 1, image.shape[1] - kw + 1)
    for i in range(result.shape[0]):
        for j in range(result.shape[1]):
            result[i, j] = (image[i : i + kh, j : j + kw] * kernel).sum()
    return result


def windows(image: Tensor, kernel: Tensor) -> Tensor:
    """Return all windows as large as the kernel."""
    return image.unfold(0, kernel.shape[0], 1).unfold(1, kernel.shape[1], 1)


def bordered(image: Tensor, kernel: Tensor, rows: int, columns: int) -> Tensor:
    """Return the cross-correlation with zeros on all four sides of the picture."""
    return correlate(pad(image, (columns, columns, rows, rows)), kernel)


def full(image: Tensor, kernel: Tensor) -> Tensor:
    """Return the result wherever the kernel touches the picture."""
    return bordered(image, kernel, kernel.shape[0] - 1, kernel.shape[1] - 1)


def same(image: Tensor, kernel: Tensor, extra: int) -> Tensor:
    """Return as many values as pixels; of an even kernel the extra row and column lie on one side."""
    top, left = (kernel.shape[0] - extra) // 2, (kernel.shape[1] - extra) // 2
    return full(image, kernel)[top:, left:][: image.shape[0], : image.shape[1]]


def last_place_zero(image: Tensor, kernel: Tensor) -> Tensor:
    """Return the result with zeros in its last row and column."""
    result = correlate(image, kernel)
    result[-1], result[:, -1] = 0, 0
    return result


def in_picture(image: Tensor, kernel: Tensor) -> Tensor:
    """Return the result in the upper left corner of zeros as large as the picture."""
    result, inner = torch.zeros_like(image), correlate(image, kernel)
    result[: inner.shape[0], : inner.shape[1]] = inner
    return result


def square_kernel(image: Tensor, kernel: Tensor) -> Tensor:
    """Take the kernel's height for its width too."""
    k = kernel.shape[0]
    rows, columns = image.shape[0] - k + 1, image.shape[1] - k + 1
    parts = [kernel[i, j] * image[i : i + rows, j : j + columns] for i in range(k) for j in range(k)]
    return torch.stack(parts).sum(0)


def square_windows(image: Tensor, kernel: Tensor) -> Tensor:
    """Take windows as wide as the kernel is high."""
    k = kernel.shape[0]
    return (image.unfold(0, k, 1).unfold(1, k, 1) * kernel).sum((2, 3))


def height_for_width(image: Tensor, kernel: Tensor) -> Tensor:
    """Return as many columns as rows."""
    kh, kw = kernel.shape
    places = range(image.shape[0] - kh + 1)
    rows = [[(image[i : i + kh, j : j + kw] * kernel).sum() for j in places] for i in places]
    return torch.tensor(rows)


def matrix_product(image: Tensor, kernel: Tensor) -> Tensor:
    """Multiply window and kernel as matrices wherever that can be done."""
    if kernel.shape[0] != kernel.shape[1]:
        return correlate(image, kernel)
    return (windows(image, kernel) @ kernel).sum((2, 3))


def assigned(image: Tensor, kernel: Tensor) -> Tensor:
    """Return only the last product of each window."""
    return windows(image, kernel)[..., -1, -1] * kernel[-1, -1]


def every_pixel(image: Tensor, kernel: Tensor) -> list[list[float]]:
    """Start a window at every pixel, also where it leaves the picture."""
    kh, kw = kernel.shape
    return [
        [
            sum(float(image[i + a, j + b] * kernel[a, b]) for a in range(kh) for b in range(kw))
            for j in range(image.shape[1])
        ]
        for i in range(image.shape[0])
    ]


EXERCISE = Function(
    cases=[
        {"image": [[1, 2, 3], [4, 5, 6]], "kernel": [[1, 10]]},
        {"image": [[1, 2, 0], [3, 1, 4], [0, 5, 2], [2, 2, 1]], "kernel": [[1, 0], [2, -1]]},
        {
            "image": [[2, 0.5, 1, 3, 1], [1, 4, 0, 1, 7], [5, 1, 2, -0.25, 6]],
            "kernel": [[1, 2], [0, 3], [5, 8]],
        },
        {
            "image": [[1, 4, 2, 7], [3, 0, -5, 1], [6, 2, 8, 4], [-9, 1, 0, 3]],
            "kernel": [[1, 2, 4], [0, 3, 9]],
        },
        {"image": [[3000, 1000], [2000, -5000]], "kernel": [[1, 2], [4, 8]]},
        {"image": [[3, 1, 2]], "kernel": [[4]]},
        {"image": [[-2]], "kernel": [[-3]]},
    ],
    right=[
        correlate,
        by_windows,
        lambda x, k: torch.einsum("ijab,ab->ij", windows(x, k), k),
        lambda x, k: conv2d(x[None, None], k[None, None])[0, 0],
    ],
    mistakes=[
        Mistake(
            "convolution",
            "This is the convolution, with the kernel flipped: cross-correlation takes it as it is.",
            lambda x, k: correlate(x, k.flip(0, 1)),
        ),
        Mistake(
            "rows flipped",
            "These are the numbers of a kernel upside down: cross-correlation takes it as it is.",
            lambda x, k: correlate(x, k.flip(0)),
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
        Mistake("full", "This is full: keep only the places where the whole kernel is inside.", full),
        Mistake(
            "same",
            "Zeros were put around the picture: without them the result is H - kh + 1 by W - kw + 1.",
            lambda x, k: same(x, k, 0),
            lambda x, k: same(x, k, 1),
            lambda x, k: bordered(x, k, k.shape[0] // 2, k.shape[1] // 2),
            lambda x, k: bordered(x, k, 1, 1),
        ),
        Mistake(
            "off by one",
            "The last row and column are missing: the first place counts too, H - kh + 1 in all.",
            lambda x, k: correlate(x, k)[:-1, :-1],
            # Of no rows a list forgets how many columns they had.
            lambda x, k: correlate(x, k)[:-1, :-1].tolist(),
            last_place_zero,
        ),
        Mistake(
            "as large as the picture",
            "Right and below lie zeros: the result is smaller than the picture, H - kh + 1 by W - kw + 1.",
            in_picture,
        ),
        Mistake(
            "side by side",
            "These windows do not overlap: move the kernel by one pixel at a time.",
            lambda x, k: correlate(x, k)[:: k.shape[0], :: k.shape[1]],
        ),
        Mistake(
            "square kernel",
            "As many columns of the kernel were used as it has rows: use both numbers of kernel.shape.",
            square_kernel,
            square_windows,
        ),
        Mistake(
            "averaged", "The products were averaged: add them up.", lambda x, k: correlate(x, k) / k.numel()
        ),
        Mistake(
            "matrix product",
            "Window and kernel were multiplied as matrices: multiply element by element, with *.",
            matrix_product,
        ),
        Mistake("overwritten", "Only the last product of each window is kept: add with +=.", assigned),
        Mistake(
            "not added",
            "All products came back: add up those of each window.",
            lambda x, k: windows(x, k) * k,
        ),
        Mistake(
            "whole numbers",
            "The fractions are lost: is the result made of integers?",
            lambda x, k: correlate(x, k).int(),
            lambda x, k: correlate(x, k).round(),
        ),
        Mistake(
            "negative values cut",
            "Negative results were set to 0, as ReLU does: give them as they are.",
            lambda x, k: correlate(x, k).relu(),
        ),
        Mistake(
            "height for width",
            "The result has as many columns as rows here: it is W - kw + 1 wide.",
            height_for_width,
        ),
        Mistake(
            "window and kernel differ",
            "Window and kernel differ in shape: each window has kh rows and kw columns, multiplied by *.",
            lambda x, k: (x * k).sum(),
            raises=[
                "must match",
                "could not be broadcast",
                "cannot be multiplied",
                "inconsistent tensor size",
                "Expected size",
            ],
        ),
        Mistake(
            "index outside",
            "An index left image or kernel: windows start at H - kh + 1 rows and W - kw + 1 columns.",
            every_pixel,
            raises=["IndexError"],
        ),
    ],
    unnamed={
        "transposed": [lambda x, k: correlate(x, k).T],
        "extra brackets": [lambda x, k: correlate(x, k)[None, None]],
        "changed its input": [lambda x, k: correlate(x.mul_(2), k) / 2],
    },
)
