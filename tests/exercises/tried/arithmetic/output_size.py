"""Further answers to arithmetic.output_size."""

import math
from fractions import Fraction

import torch


def asked(n, k, s, p, d):
    layer = torch.nn.Conv1d(1, 1, k, s, p, d)
    return int(layer(torch.zeros(1, 1, n)).shape[-1])


def counted(n, k, s, p, d):
    reach = range(0, d * k, d)
    return sum(start + reach[-1] < n + p for start in range(-p, n + p, s))


RIGHT = [
    counted,
    asked,
    lambda n, k, s, p, d: math.floor(Fraction(n + 2 * p - d * (k - 1) - 1, s)) + 1,
    lambda n, k, s, p, d: len(torch.arange(n + 2 * p)[d * (k - 1) :: s]),
]
WRONG = {
    "dilation forgotten": [
        lambda n, k, s, p, d: (n + 2 * p - k) // s + 1,
    ],
    "dilation times kernel": [
        lambda n, k, s, p, d: counted(n, k * d, s, p, 1),
    ],
    "dilation added": [
        lambda n, k, s, p, d: (n + 2 * p - (k + d - 1)) // s + 1,
    ],
    "padding once": [
        lambda n, k, s, p, d: (n - d * (k - 1) - 1 + p) // s + 1,
    ],
    "rounded up": [
        lambda n, k, s, p, d: -((-n - 2 * p + d * (k - 1) + 1) // s) + 1,
        lambda n, k, s, p, d: round((n + 2 * p - d * (k - 1) - 1) / s) + 1,
        lambda n, k, s, p, d: int((n + 2 * p - d * (k - 1) - 1) / s + 1.5),
    ],
    "not rounded": [
        lambda n, k, s, p, d: (n + 2 * p - d * (k - 1) - 1) / s + 1,
    ],
    "start forgotten": [
        lambda n, k, s, p, d: (n + 2 * p - d * (k - 1) - 1) // s,
    ],
    "1 added too soon": [
        lambda n, k, s, p, d: (n + 2 * p - d * (k - 1) - 1 + 1) // s,
    ],
    "wrong values": [
        lambda n, k, s, p, d: asked(n, k, s, 0, d),
        lambda n, k, s, p, d: asked(n, k, 1, p, d),
        lambda n, k, s, p, d: (n + p + p) // s,
        lambda n, k, s, p, d: n,
        lambda n, k, s, p, d: (n + 2 * p - k) / s + 1,
        lambda n, k, s, p, d: (n + 2 * p - d * k - 1) // s + 1,
        lambda n, k, s, p, d: n // s,
        lambda n, k, s, p, d: asked(n, k, s, p, d) + 1,
        lambda n, k, s, p, d: (n + 2 * p - d * (k - 1)) // s + 1,
        lambda n, k, s, p, d: n + 2 * p - d * (k - 1) - 1 // s + 1,
        lambda n, k, s, p, d: n + 2 * p - d * (k - 1) - 1 / s + 1,
        lambda n, k, s, p, d: math.ceil(n / s),
        lambda n, k, s, p, d: (n - 1) * s - 2 * p + d * (k - 1) + 1,
        # Tame cases would accept these: odd kernels, kernels above the stride, padding below the kernel.
        lambda n, k, s, p, d: (n + 2 * p - 2 * d * (k // 2) - 1) // s + 1,
        lambda n, k, s, p, d: (n + 2 * p - d * (k - 1) - 1) // s + 1 if k > s else (n + 2 * p) // s,
        lambda n, k, s, p, d: asked(n, k, s, p, d) if p <= k // 2 else asked(n, k, s, k // 2, d),
        lambda n, k, s, p, d: asked(n, k, s, p, d if k % 2 else 1),
        lambda n, k, s, p, d: (n - d * (k - 1) - 1) // s + 1,
        lambda n, k, s, p, d: round((n + 2 * p - d * (k - 1) - 1) / s + 1),
    ],
    "wrong shape": [
        lambda n, k, s, p, d: torch.zeros(asked(n, k, s, p, d)),
    ],
    "arguments": [
        lambda n, k, s, p: (n + 2 * p - k) // s + 1,
    ],
    "wrong type": [
        lambda n, k, s, p, d: range(0, n + 2 * p - d * (k - 1), s),
    ],
}
