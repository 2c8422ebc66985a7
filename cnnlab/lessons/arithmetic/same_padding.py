"""Which padding on each side keeps the size at stride 1, for an odd kernel and any dilation?"""

from __future__ import annotations

from cnnlab.exercises import Function, Mistake

EXERCISE = Function(
    cases=[
        {"kernel_size": 3, "dilation": 1},
        {"kernel_size": 5, "dilation": 1},
        {"kernel_size": 3, "dilation": 2},
        {"kernel_size": 7, "dilation": 3},
        {"kernel_size": 1, "dilation": 4},
        {"kernel_size": 1, "dilation": 1},
        {"kernel_size": 15, "dilation": 12},
    ],
    right=[
        lambda kernel_size, dilation: dilation * (kernel_size - 1) // 2,
        lambda kernel_size, dilation: kernel_size // 2 * dilation,
        lambda kernel_size, dilation: dilation * (kernel_size - 1) / 2,
        lambda kernel_size, dilation: len(range(0, dilation * kernel_size, dilation)[1::2]) * dilation,
    ],
    mistakes=[
        Mistake(
            "dilation forgotten",
            "The dilation is missing: it spreads the kernel over dilation * (kernel_size - 1) + 1 pixels.",
            lambda kernel_size, dilation: kernel_size // 2,
        ),
        Mistake(
            "both sides",
            "This is the padding of both sides together: each side gets half.",
            lambda kernel_size, dilation: dilation * (kernel_size - 1),
        ),
        Mistake(
            "both sides, no dilation",
            "This is kernel_size - 1: each side gets half of it, times the dilation.",
            lambda kernel_size, dilation: kernel_size - 1,
        ),
        Mistake(
            "dilation times kernel",
            "A dilated kernel reaches over dilation * (kernel_size - 1) + 1 pixels: no gap after the last.",
            lambda kernel_size, dilation: dilation * kernel_size // 2,
            lambda kernel_size, dilation: (dilation * kernel_size - 1) // 2,
        ),
        Mistake(
            "not rounded",
            "The middle weight needs no padding: halve kernel_size - 1, an even number.",
            lambda kernel_size, dilation: dilation * kernel_size / 2,
            lambda kernel_size, dilation: kernel_size / 2,
        ),
        Mistake(
            "middle counted",
            "This is too much: the middle weight lies on the pixel itself and needs no padding.",
            lambda kernel_size, dilation: kernel_size // 2 * dilation + 1,
            lambda kernel_size, dilation: (kernel_size // 2 + 1) * dilation,
        ),
        Mistake(
            "dilation added",
            "The dilation multiplies the steps between the weights: it is not added or subtracted.",
            lambda kernel_size, dilation: kernel_size // 2 + dilation - 1,
            lambda kernel_size, dilation: kernel_size // 2 + dilation,
            lambda kernel_size, dilation: (kernel_size - dilation) // 2,
        ),
        Mistake(
            "kernel of 3",
            "This is right for a kernel of 3 only: a larger one reaches further, kernel_size // 2 steps.",
            lambda kernel_size, dilation: dilation,
        ),
        Mistake(
            "at least 1",
            "A kernel of 1 needs no padding: 0 is right.",
            lambda kernel_size, dilation: max(1, kernel_size // 2 * dilation),
        ),
        Mistake(
            "reach",
            "This is how many pixels the kernel reaches over: without the middle one, each side gets half.",
            lambda kernel_size, dilation: dilation * (kernel_size - 1) + 1,
        ),
        Mistake(
            "dilation as gaps",
            "The reach came out too long: with a dilation of 1 the weights are neighbours.",
            lambda kernel_size, dilation: (kernel_size - 1) * (dilation + 1) // 2,
        ),
        Mistake(
            "dilation divided",
            "The dilation spreads the kernel: multiply by it, do not divide.",
            lambda kernel_size, dilation: (kernel_size - 1) / (2 * dilation),
            lambda kernel_size, dilation: (kernel_size - 1) // (2 * dilation),
        ),
        Mistake(
            "brackets",
            "These numbers come of missing brackets: kernel_size - 1 // 2 is kernel_size, as 1 // 2 is 0.",
            lambda kernel_size, dilation: dilation * kernel_size - 1 // 2,
            lambda kernel_size, dilation: kernel_size - 1 // 2,
        ),
    ],
)
