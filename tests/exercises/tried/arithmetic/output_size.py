"""Further answers to arithmetic.output_size."""

import torch


def asked(n, k, s, p, d):
    layer = torch.nn.Conv1d(1, 1, k, s, p, d)
    return int(layer(torch.zeros(1, 1, n)).shape[-1])


def counted(n, k, s, p, d):
    reach = range(0, d * k, d)
    return sum(start + reach[-1] < n + p for start in range(-p, n + p, s))


RIGHT = [counted, asked]
WRONG = {
    "dilation forgotten": [lambda n, k, s, p, d: (n + 2 * p - k) // s + 1],
    "dilation times kernel": [lambda n, k, s, p, d: counted(n, k * d, s, p, 1)],
    "padding once": [lambda n, k, s, p, d: (n - d * (k - 1) - 1 + p) // s + 1],
    "padding forgotten": [lambda n, k, s, p, d: asked(n, k, s, 0, d)],
    "stride forgotten": [lambda n, k, s, p, d: asked(n, k, 1, p, d)],
    "kernel forgotten": [lambda n, k, s, p, d: (n + p + p) // s],
    "ceil": [lambda n, k, s, p, d: -((-n - 2 * p + d * (k - 1) + 1) // s) + 1],
    "rounded": [lambda n, k, s, p, d: int((n + 2 * p - d * (k - 1) - 1) / s + 1.5)],
    "1 added too soon": [lambda n, k, s, p, d: (n + 2 * p - d * (k - 1) - 1 + 1) // s],
    "wrong shape": [lambda n, k, s, p, d: torch.zeros(asked(n, k, s, p, d))],
    "arguments": [lambda n, k, s, p: (n + 2 * p - k) // s + 1],
    "wrong type": [lambda n, k, s, p, d: range(0, n + 2 * p - d * (k - 1), s)],
    "wrong values": [lambda n, k, s, p, d: n],
}
