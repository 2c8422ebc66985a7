"""Does a network see a cue, or hit it by chance? For each of N pictures, `predictions`, `shapes` and
`textures`, each of shape (N,), hold the class that the network named, the class of the picture's shape, and
that of its texture, which is another. There are `num_classes` classes, 2 or more, counted from 0. Take all
answers that are not the shape. If they fell equally often on each class but the picture's shape, some would
be the texture by chance: work out how many on average. The texture's excess is the number of answers that are
the texture minus this number. The shape's excess is the same with shape and texture exchanged. Return two
numbers, the shape's excess, then the texture's; either may be negative.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from torch import Tensor

from cnnlab.exercises import Function, Mistake

NAMES = "predictions", "shapes", "textures"


def drawn(seed: int) -> dict[str, Any]:
    """Return up to fifty pictures of 2 to 7 classes; each network answers by another mixture of cues."""
    rng = np.random.default_rng(seed)
    k, n = seed % 6 + 2, rng.integers(4, 50)
    shapes = rng.integers(k, size=n)
    textures = (shapes + rng.integers(1, k, size=n)) % k
    by = rng.choice(3, n, p=rng.dirichlet([1, 1, 1]))
    predictions = np.choose(by, [shapes, textures, rng.integers(k, size=n)])
    predictions[:2] = shapes[0], textures[1]
    return dict(zip(NAMES, (predictions, shapes, textures), strict=True)) | {"num_classes": k}


def excess(chance: Any = lambda s, t, n, k: ((n - t) / (k - 1), (n - s) / (k - 1))) -> Any:
    """Return an answer: hits on shape and on texture less those by chance, of s, t, n pictures, k classes."""

    def answer(predictions: Tensor, shapes: Tensor, textures: Tensor, num_classes: int) -> list[float]:
        s, t = (int((predictions == cue).sum()) for cue in (shapes, textures))
        by_shape, by_texture = chance(s, t, len(predictions), num_classes)
        return [s - by_shape, t - by_texture]

    return answer


RIGHT = excess()


def by_answer(p: Tensor, s: Tensor, t: Tensor, k: int) -> list[Tensor]:
    """Return the right answer: each error counts 1 if it is the cue, and less what chance brings."""
    return [((p == cue)[p != other].double() - 1 / (k - 1)).sum() for cue, other in ((s, t), (t, s))]


FIRST = np.array([[0, 0, 1, 3, 1, 0, 2, 0], [0, 0, 1, 1, 2, 2, 3, 3], [1, 2, 0, 3, 1, 3, 0, 1]])
ABSENT = np.array([[1, 1, 0], [1, 1, 0], [0, 2, 1]])

# The answers call predictions, shapes, textures and num_classes p, s, t and k; so does chance the hits.
EXERCISE = Function(
    cases=[
        dict(zip(NAMES, FIRST, strict=True)) | {"num_classes": 4},
        dict(zip(NAMES, ABSENT, strict=True)) | {"num_classes": 6},
        *map(drawn, range(10)),
    ],
    right=[
        RIGHT,
        by_answer,
        lambda p, s, t, k: np.subtract(
            [(k - 2) / (k - 1) * int((p == cue).sum()) for cue in (s, t)],
            int(((p != s) & (p != t)).sum()) / (k - 1),
        ),
    ],
    mistakes=[
        Mistake(
            "divided by K",
            "An answer that is not the shape has all classes but the shape's left: that is num_classes - 1.",
            excess(lambda s, t, n, k: ((n - t) / k, (n - s) / k)),
            excess(lambda s, t, n, k: ((n - t) / max(k - 2, 1), (n - s) / max(k - 2, 1))),
        ),
        Mistake(
            "all answers",
            "Chance was worked out for all answers: only those that are not the other cue can hit this one.",
            *[excess(lambda s, t, n, k, less=less: (n / (k - less),) * 2) for less in (0, 1)],
        ),
        Mistake(
            "other errors",
            "The errors are the other cue's: for the texture take the answers that are not the shape.",
            *[excess(lambda s, t, n, k, b=b: ((n - s) / (k - b), (n - t) / (k - b))) for b in (0, 1)],
        ),
        Mistake(
            "neither dropped",
            "Answers that are neither shape nor texture are missing: they are errors too.",
            excess(lambda s, t, n, k: (s / (k - 1), t / (k - 1))),
            excess(lambda s, t, n, k: (t / (k - 1), s / (k - 1))),
            excess(lambda s, t, n, k: ((s + t) / k,) * 2),
        ),
        Mistake(
            "neither only",
            "The errors are all answers that are not the other cue, the hits on this one among them.",
            *[
                excess(lambda s, t, n, k, less=less: ((n - s - t) / max(k - less, 1),) * 2)
                for less in range(3)
            ],
        ),
        Mistake(
            "not shape is texture",
            "An answer that is not the shape need not be the texture: it may be any other class.",
            excess(lambda s, t, n, k: (s + t - n + (n - t) / (k - 1), s + t - n + (n - s) / (k - 1))),
        ),
        Mistake(
            "not subtracted",
            "These are the hits, or those by chance: take the second from the first.",
            excess(lambda s, t, n, k: (0, 0)),
            excess(lambda s, t, n, k: (s - (n - t) / (k - 1), t - (n - s) / (k - 1))),
        ),
        Mistake(
            "divided",
            "The excess is a difference of numbers of answers, divided by nothing.",
            lambda p, s, t, k: np.divide(RIGHT(p, s, t, k), len(p)),
            excess(lambda s, t, n, k: (s - s / max(n - t, 1) * (k - 1), t - t / max(n - s, 1) * (k - 1))),
        ),
        Mistake(
            "cut off",
            "Fewer hits than chance would bring are a negative excess: do not cut it off.",
            *(lambda *given: np.maximum(RIGHT(*given), 0), lambda *given: np.abs(RIGHT(*given))),
        ),
        Mistake(
            "sign",
            "Take the number by chance from the hits, not the other way round.",
            lambda *given: np.negative(RIGHT(*given)),
        ),
        Mistake("order", "The shape comes first.", lambda *given: RIGHT(*given)[::-1]),
        Mistake(
            "one number",
            "Two numbers are wanted: the excess of the shape, then that of the texture.",
            *(lambda *given: RIGHT(*given)[1], lambda *given: sum(RIGHT(*given))),
            fits=lambda got: len(got) == 1,
        ),
        Mistake(
            "other classes",
            "num_classes counts the classes: not each of them need occur.",
            lambda p, s, t, k: RIGHT(p, s, t, len({*p.tolist(), *s.tolist(), *t.tolist()})),
            lambda p, s, t, k: RIGHT(p, s, t, len(s.unique())),
        ),
        Mistake(
            "whole numbers",
            "Only whole numbers came back: divide by / and not //, and do not round.",
            excess(lambda s, t, n, k: ((n - t) // (k - 1), (n - s) // (k - 1))),
            lambda *given: np.round(RIGHT(*given)),
        ),
        # The last two know the first case: 1 and 1/3.
        Mistake(
            "one right",
            "One of the two is right: the other is the same with shape and texture exchanged.",
            *(lambda *given: [RIGHT(*given)[0], 0.0], lambda *given: [RIGHT(*given)[1]] * 2),
            fits=lambda got: np.isclose(got, [1, 1 / 3]).sum() == 1,
        ),
        Mistake(
            "other number by chance",
            "The number by chance is another: it is a share of the answers that are not the other cue.",
            excess(lambda s, t, n, k: ((n - t) * (k - 1), (n - s) * (k - 1))),
            excess(lambda s, t, n, k: ((n - t) / 2, (n - s) / 2)),
            fits=lambda got: len(got) == 2 and not np.isclose(got, [1, 1 / 3]).any(),
        ),
    ],
)
