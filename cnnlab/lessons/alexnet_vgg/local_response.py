r"""Write the local response normalisation of section 3 for `x` of shape (C, H, W): each value is divided by
$(2 + 0.0001\,s)^{0.75}$, where $s$ is the sum of the squares, at the same pixel, in five channels: its own
and two on each side. At the first and last channels there are fewer. Leave `x` as it is.
"""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor
from torch.nn import functional as F

from cnnlab.exercises import Function, Mistake


def near(values: Tensor, before: int = 2, after: int = 2) -> Tensor:
    """Return for each channel the sum over those from ``before`` it to ``after`` it that exist."""
    return torch.stack([values[max(0, c - before) : c + after + 1].sum(0) for c in range(len(values))])


def divided(x: Tensor, s: Tensor | int, alpha: float = 1e-4, beta: float = 0.75, k: float = 2) -> Tensor:
    """Return x divided as the task says, with any sums and constants."""
    return torch.as_tensor(x / (k + alpha * s) ** beta)


def each(x: Tensor, sum_of: Callable[[Tensor, int], Tensor]) -> Tensor:
    """Return every channel divided by the sum that a function finds for it in the squares."""
    return torch.stack([divided(x[c], sum_of(x**2, c)) for c in range(len(x))])


def five(index: Callable[[int], int]) -> Callable[[Tensor, int], Tensor]:
    """Return what adds five channels, where a function says which channel stands for an index."""
    return lambda squares, c: torch.stack([squares[index(c + d)] for d in range(-2, 3)]).sum(0)


def by_loop(x: Tensor) -> Tensor:
    """Return the right answer, a channel at a time."""
    result = torch.empty_like(x)
    for c in range(len(x)):
        neighbours = x[max(0, c - 2) : c + 3]
        result[c] = x[c] / (2 + 1e-4 * (neighbours**2).sum(0)) ** 0.75
    return result


def pooled(x: Tensor, height: int, width: int) -> Tensor:
    """Return sums of squares over neighbouring pixels instead of channels."""
    padding = (height // 2, width // 2)
    return F.avg_pool2d(x.square(), (height, width), 1, padding) * height * width


def written_over(x: Tensor) -> Tensor:
    """Return what comes of reading channels that were changed before."""
    x = x.clone()
    for c in range(len(x)):
        x[c] /= (2 + 1e-4 * x[max(0, c - 2) : c + 3].square().sum(0)) ** 0.75
    return x


EXERCISE = Function(
    cases=[
        {"x": [[[100, 0]], [[0, 200]], [[0, 100]], [[300, 50]]]},
        {
            "x": [
                [[90, -120, 40], [10, 75, -60]],
                [[200, 30, -80], [-55, 110, 20]],
                [[-70, 150, 60], [95, -25, 130]],
                [[45, -35, 170], [-140, 65, 85]],
                [[160, 80, -15], [50, -100, 105]],
                [[-30, 115, 70], [180, 35, -90]],
                [[125, -65, 25], [-45, 155, 145]],
            ]
        },
        {"x": [[[120, -80], [0, 300]]]},
        {"x": [[[60]], [[-150]]]},
        {"x": [[[10, 250]], [[20, -100]], [[-30, 50]], [[40, 75]], [[50, 125]], [[60, -175]]]},
    ],
    right=[
        by_loop,
        lambda x: F.local_response_norm(x[None], 5, alpha=5e-4, beta=0.75, k=2)[0],
        lambda x: divided(x, torch.tensordot(x.new_ones(len(x), len(x)).tril(2).triu(-2), x**2, 1)),
    ],
    mistakes=[
        Mistake(
            "mean",
            "This is the mean of the squares, as in PyTorch, which divides alpha by n: here they are added.",
            lambda x: F.local_response_norm(x[None], 5, alpha=1e-4, beta=0.75, k=2.0)[0],
            lambda x: divided(x, near(x**2) / near(torch.ones_like(x))),
        ),
        Mistake(
            "k = 1",
            "k is 2 here and alpha belongs to the sum; PyTorch's defaults are others.",
            lambda x: divided(x, near(x**2), k=1),
            lambda x: torch.nn.LocalResponseNorm(5)(x[None])[0],
        ),
        Mistake(
            "over pixels",
            "The neighbours are channels at the same pixel: here neighbouring pixels were added.",
            lambda x: divided(x, pooled(x, 1, 5)),
            lambda x: divided(x, pooled(x, 5, 1)),
            lambda x: divided(x, pooled(x, 5, 5)),
        ),
        Mistake(
            "sum of squares",
            "Square each value first, then add: no sum of the values themselves, no square or root of a sum.",
            lambda x: divided(x, near(x)),
            lambda x: divided(x, near(x.abs())),
            lambda x: divided(x, near(x) ** 2),
            lambda x: divided(x, near(x**2).sqrt()),
        ),
        Mistake(
            "power",
            "The divisor as a whole is raised to the power 0.75, and nothing else is.",
            lambda x: divided(x, near(x**2), beta=1),
            lambda x: divided(x, near(x**2), beta=0.5),
            lambda x: divided(x, near(x**2), beta=1) / 0.75,
            lambda x: divided(x, near(x**2), beta=1) ** 0.75,
            lambda x: x / (2 + (1e-4 * near(x**2)) ** 0.75),
            lambda x: x / (2 + 1e-4 * near(x**2) ** 0.75),
        ),
        Mistake(
            "constants",
            "The divisor is (2 + 0.0001 * s) ** 0.75: a constant is missing, too large, or at another place.",
            lambda x: divided(x, near(x**2), k=0),
            lambda x: divided(x, near(x**2), alpha=1),
            lambda x: divided(x, near(x**2), alpha=1e-3),
            lambda x: x / (1e-4 * (2 + near(x**2))) ** 0.75,
        ),
        Mistake(
            "beyond the ends",
            "Beyond the first and the last channel there is none: add only those that exist.",
            lambda x: each(x, five(lambda c: c % len(x))),
            lambda x: each(x, five(lambda c: min(max(c, 0), len(x) - 1))),
        ),
        Mistake(
            "ends lost",
            "Of four channels none came back: add as many neighbours as exist, so that all channels stay.",
            lambda x: by_loop(x)[2:-2],
            fits=lambda got: got.size == 0,
        ),
        Mistake(
            "negative start",
            "A slice that starts below 0 counts from the end: let it start at max(0, c - 2).",
            lambda x: each(x, lambda squares, c: squares[c - 2 : c + 3].sum(0)),
        ),
        Mistake(
            "too few channels",
            "Channels are missing: five are added, from c - 2 to c + 2; a slice leaves out its end.",
            lambda x: divided(x, x**2),
            lambda x: divided(x, near(x**2, 1, 1)),
            lambda x: divided(x, near(x**2, 2, 1)),
            lambda x: divided(x, near(x**2, 1, 2)),
            lambda x: divided(x, near(x**2, 0, 2)),
            lambda x: divided(x, near(x**2, 2, 0)),
            lambda x: divided(x, near(x**2) - x**2),
        ),
        Mistake(
            "too many",
            "Five numbers are squared and added, those of c - 2 to c + 2 at one pixel: here there were more.",
            lambda x: divided(x, near(x**2, 5, 5)),
            lambda x: divided(x, near(x**2, 3, 3)),
            lambda x: divided(x, near(x**2, 2, 3)),
            lambda x: divided(x, (x**2).sum(0)),
            lambda x: divided(x, (x**2).sum()),
        ),
        Mistake(
            "not centred",
            "Five channels on one side were added: the channel stands in the middle, two on each side.",
            lambda x: divided(x, near(x**2, 0, 4)),
            lambda x: divided(x, near(x**2, 4, 0)),
        ),
        Mistake(
            "not divided",
            "x is divided by (2 + 0.0001 * s) ** 0.75: here it is multiplied, or missing.",
            lambda x: x * (2 + 1e-4 * near(x**2)) ** 0.75,
            lambda x: (2 + 1e-4 * near(x**2)) ** 0.75,
            lambda x: 1 / (2 + 1e-4 * near(x**2)) ** 0.75,
            lambda x: 2 + 1e-4 * near(x**2),
        ),
        Mistake(
            "squares divided", "The squares were divided: x itself is.", lambda x: divided(x**2, near(x**2))
        ),
        Mistake("changed while read", "Changed channels are read again: use a new array.", written_over),
        Mistake(
            "index outside",
            "An index left the channels: at the ends there are fewer neighbours, max(0, c - 2) to c + 2.",
            lambda x: each(x, five(lambda c: c)),
            raises=["IndexError"],
        ),
    ],
    unnamed={
        "extra brackets": [lambda x: by_loop(x)[None]],
        "wrong values": [lambda x: F.normalize(x, dim=0)],
    },
)
