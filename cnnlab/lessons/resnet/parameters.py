r"""Count the residual network of section 3, for pictures of $3\times 32\times 32$ and with 16, 32 and 64
channels in its three stages of $n$ blocks. Convolutions have no biases, and batch normalisation with $\gamma$
and $\beta$ behind them; the shortcuts have no parameters. Given `n`, 1 or more, return two numbers: the depth
(only convolutions and the dense layer count) and the number of trained parameters.
"""

from __future__ import annotations

from cnnlab.exercises import Function, Mistake
from cnnlab.models import cifar_resnet

DENSE, DOUBLING = 64 * 10 + 10, 16 * 32 + 32 * 64


def weights(n: int) -> int:
    """Return the convolutions' weights: 2n in each stage, of which one may double the channels."""
    return 9 * (3 * 16 + 2 * n * 16**2 + DOUBLING + (2 * n - 1) * (32**2 + 64**2))


def channels(n: int) -> int:
    """Return the output channels of all convolutions together."""
    return 16 + 2 * n * (16 + 32 + 64)


def right(n: int, further: int = 0) -> tuple[int, int]:
    """Return depth and parameters, with so many further ones."""
    return 6 * n + 2, weights(n) + 2 * channels(n) + DENSE + further


EXERCISE = Function(
    cases=[{"n": n} for n in (1, 2, 3, 5, 9, 12, 18)],
    # The tolerance is that of the larger number: it must not blur the depth.
    tolerance=1e-9,
    right=[
        lambda n: (6 * n + 2, 97_216 * n - 21_926),
        right,
        lambda n: [6 * n + 2, sum(each.numel() for each in cifar_resnet(6 * n + 2).parameters())],
    ],
    mistakes=[
        Mistake(
            "no normalisation",
            "Batch normalisation is missing: gamma and beta, two numbers for each channel.",
            lambda n: right(n, -2 * channels(n)),
        ),
        Mistake(
            "one or three",
            "This is one number a channel, or three: gamma and beta are two, convolutions have no biases.",
            *(lambda n, more=more: right(n, more * channels(n)) for more in (-1, 1)),
        ),
        Mistake(
            "running statistics",
            "Running mean and variance are counted too: they are measured, not trained.",
            lambda n: right(n, 2 * channels(n)),
        ),
        Mistake(
            "projections",
            "Projections are counted: these shortcuts append zeros and have no parameters.",
            *(lambda n, own=own: right(n, DOUBLING + own * (32 + 64)) for own in range(4)),
        ),
        Mistake(
            "channels not doubled",
            "The first convolution of a stage still sees the channels of the stage before.",
            lambda n: right(n, 9 * DOUBLING),
        ),
        Mistake(
            "dense layer",
            "The dense layer has 64 inputs, the means of the channels, and 10 outputs, each with a bias.",
            *(lambda n, other=other: right(n, other) for other in (-10, -DENSE, 63 * 64 * 10)),
        ),
        # The last two know the first case: depth 8 and 75,290 parameters.
        Mistake(
            "depth",
            "The parameters are right, the depth is not: 2n in three stages, and the first and last layer.",
            *(lambda n: (6 * n, right(n)[1]), lambda n: (6 * n + 1, right(n)[1])),
            fits=lambda got: got[0] != 8 and got[1] == 75_290,
        ),
        Mistake(
            "parameters",
            "The depth is right, the parameters are not: print those of each layer for n = 1 and compare.",
            lambda n: (6 * n + 2, weights(n)),
            fits=lambda got: got[0] == 8 and got[1] != 75_290,
        ),
    ],
)
