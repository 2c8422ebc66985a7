"""Write the full convolution of two 1-D tensors yourself, from the formula: one sum for each $t$, or sliding.
The copies of section 3 give the same numbers, and the check sees only these; but you know that way already.
"""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor
from torch.nn.functional import conv1d, pad

from cnnlab.exercises import Function, Mistake


def full(signal: Tensor, kernel: Tensor) -> Tensor:
    """Return the full convolution: one sum for each place t."""
    result = torch.zeros(len(signal) + len(kernel) - 1, dtype=signal.dtype)
    for t in range(len(result)):
        for tau in range(max(0, t - len(kernel) + 1), min(t + 1, len(signal))):
            result[t] += signal[tau] * kernel[t - tau]
    return result


def slid(signal: Tensor, kernel: Tensor, border: int) -> Tensor:
    """Return the sums of products of a kernel, as it is, sliding over a signal with zeros at its ends."""
    return conv1d(signal.view(1, 1, -1), kernel.view(1, 1, -1), padding=border)[0, 0]


def same(signal: Tensor, kernel: Tensor, first: int) -> Tensor:
    """Return a part of the full convolution as long as the signal."""
    return full(signal, kernel)[first : first + len(signal)]


def wrapped(signal: Tensor, kernel: Tensor) -> list[Tensor]:
    """Return the circular convolution, as long as the signal."""
    n = len(signal)
    return [sum(w * signal[(t - j) % n] for j, w in enumerate(kernel)) for t in range(n)]


def overwritten(signal: Tensor, kernel: Tensor) -> Tensor:
    """Return the copies of the signal laid over each other, each hiding what lies below."""
    result = torch.zeros(len(signal) + len(kernel) - 1, dtype=signal.dtype)
    for shift, weight in enumerate(kernel):
        result[shift : shift + len(signal)] = weight * signal
    return result


def from_the_end(signal: Tensor, kernel: Tensor) -> list[float]:
    """Return the formula without a look at t - tau < 0, where the kernel is read from its end."""
    x, w = signal.tolist(), kernel.tolist()
    return [
        sum(x[tau] * w[t - tau] for tau in range(len(x)) if t - tau < len(w))
        for t in range(len(x) + len(w) - 1)
    ]


def whole_products(signal: Tensor, kernel: Tensor) -> Tensor:
    """Return the sums of products without their fractions."""
    result = torch.zeros(len(signal) + len(kernel) - 1)
    for shift, weight in enumerate(kernel):
        result[shift : shift + len(signal)] += (weight * signal).trunc()
    return result


EXERCISE = Function(
    cases=[
        {"signal": [1, 2, 3], "kernel": [1, 10]},
        {"signal": [0, 1, 2, 0], "kernel": [1, 0, -1]},
        {"signal": [3, -1, 4, 1, -5, 9], "kernel": [2, 7, -1, 8]},
        {"signal": [0.5, 2, -3, 1], "kernel": [1.5, -2, 0.25]},
        {"signal": [2, -3], "kernel": [4]},
        {"signal": [6], "kernel": [1, 2, 4]},
    ],
    right=[full, lambda signal, kernel: slid(signal, kernel.flip(0), len(kernel) - 1), np.convolve],
    mistakes=[
        Mistake(
            "cross-correlation",
            "This is the cross-correlation: the kernel was not flipped.",
            lambda signal, kernel: full(signal, kernel.flip(0)),
        ),
        Mistake(
            "signal flipped",
            "These are the values for a signal turned round: in the formula only the kernel runs backwards.",
            lambda signal, kernel: full(signal.flip(0), kernel),
        ),
        Mistake(
            "valid",
            "This is the valid part: full also keeps the positions where the kernel hangs over the ends.",
            lambda signal, kernel: slid(signal, kernel.flip(0), 0),
        ),
        Mistake(
            "valid, not flipped",
            "This is the valid part of the cross-correlation: flip the kernel, let it hang over the ends.",
            lambda signal, kernel: slid(signal, kernel, 0),
        ),
        Mistake(
            "same",
            "This is same: the two ends are missing.",
            lambda signal, kernel: same(signal, kernel, (len(kernel) - 1) // 2),
            lambda signal, kernel: same(signal, kernel, len(kernel) // 2),
            lambda signal, kernel: np.convolve(signal, kernel, "same"),
        ),
        Mistake(
            "same, not flipped",
            "This is the middle of the cross-correlation: flip the kernel, and keep the two ends.",
            lambda signal, kernel: same(signal, kernel.flip(0), (len(kernel) - 1) // 2),
            lambda signal, kernel: same(signal, kernel.flip(0), len(kernel) // 2),
            lambda signal, kernel: slid(signal, kernel, len(kernel) // 2),
        ),
        Mistake(
            "cut to the signal",
            "The answer stops with the signal: full goes on until the kernel has left it.",
            lambda signal, kernel: same(signal, kernel, 0),
            lambda signal, kernel: same(signal, kernel.flip(0), 0),
        ),
        Mistake(
            "start missing",
            "The first k - 1 values are missing: full begins where the kernel enters the signal.",
            lambda signal, kernel: full(signal, kernel)[len(kernel) - 1 :],
            lambda signal, kernel: full(signal, kernel.flip(0))[len(kernel) - 1 :],
        ),
        Mistake(
            "t + tau",
            "These are the sums of x[t + i] w[i]: in the formula the two indices add up to t.",
            lambda signal, kernel: pad(full(signal, kernel.flip(0))[len(kernel) - 1 :], (0, len(kernel) - 1)),
        ),
        Mistake(
            "wrapped",
            "This is circular convolution: what left at the end, or a negative index, came in again.",
            wrapped,
            lambda signal, kernel: wrapped(signal, kernel[: len(signal)]),
            lambda signal, kernel: wrapped(pad(signal, (0, max(0, len(kernel) - len(signal)))), kernel),
        ),
        Mistake(
            "overwritten",
            "Each place holds only one of its products: add them up with +=.",
            overwritten,
            lambda signal, kernel: overwritten(kernel, signal),
        ),
        Mistake(
            "negative index",
            "A negative index reads from the end: outside the kernel, w counts as 0.",
            from_the_end,
        ),
        Mistake(
            "negative index",
            "A negative index reads from the end: outside the signal, x counts as 0.",
            lambda signal, kernel: from_the_end(kernel, signal),
        ),
        Mistake(
            "zeros lost",
            "Zeros at the beginning or the end got lost, as they do with polynomials: they count as samples.",
            np.polymul,
            np.polynomial.polynomial.polymul,
            lambda signal, kernel: np.trim_zeros(full(signal, kernel)),
        ),
        Mistake(
            "long kernel",
            "The kernel was cut to the length of the signal: it may be the longer one of the two.",
            lambda signal, kernel: pad(
                full(signal, kernel[: len(signal)]), (0, max(0, len(kernel) - len(signal)))
            ),
        ),
        Mistake(
            "whole numbers",
            "The fractions were cut off: is the result made of integers?",
            lambda signal, kernel: full(signal, kernel).int(),
            whole_products,
        ),
        Mistake(
            "one too long",
            "The answer is one value too long: n samples and k weights give n + k - 1 values.",
            lambda signal, kernel: [*full(signal, kernel), 0],
        ),
        Mistake(
            "zeros at both ends",
            "There is a 0 too many at each end: k - 1 zeros on each side suffice, not k.",
            lambda signal, kernel: slid(signal, kernel.flip(0), len(kernel)),
        ),
        Mistake(
            "last value missing",
            "The last value is missing: n samples and k weights give n + k - 1 values.",
            lambda signal, kernel: full(signal, kernel)[:-1],
        ),
        Mistake(
            "last value 0",
            "The last value stayed 0: does the loop over t end one too early?",
            lambda signal, kernel: [*full(signal, kernel)[:-1], 0],
        ),
        Mistake(
            "first weight missing",
            "The kernel's first weight is never used: indices begin at 0, and range(t) ends before t.",
            lambda signal, kernel: full(signal, kernel) - pad(kernel[0] * signal, (0, len(kernel) - 1)),
        ),
        Mistake(
            "first sample missing",
            "The signal's first sample is never used: indices begin at 0.",
            lambda signal, kernel: [0, *full(signal[1:], kernel)],
        ),
        Mistake(
            "last weight missing",
            "The kernel's last weight is never used: does the loop end one too early?",
            lambda signal, kernel: [*full(signal, kernel[:-1]), 0],
        ),
        Mistake(
            "last sample missing",
            "The signal's last sample is never used: does the loop end one too early?",
            lambda signal, kernel: [*full(signal[:-1], kernel), 0],
        ),
        Mistake(
            "products",
            "These are all products of a sample and a weight: add those whose indices add up to t.",
            torch.outer,
            lambda signal, kernel: torch.outer(kernel, signal),
            lambda signal, kernel: torch.outer(signal, kernel).flatten(),
            lambda signal, kernel: torch.outer(kernel, signal).flatten(),
        ),
        Mistake(
            "index outside",
            "Is the result n + k - 1 long? Outside the kernel w counts as 0, and -1 reads from the end.",
            lambda signal, kernel: [signal[len(signal)]],
            raises=["IndexError"],
        ),
    ],
)
