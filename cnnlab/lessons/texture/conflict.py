"""Build all pictures in which the cues conflict. There are K classes, two or more. `masks` of shape (K, H, W)
holds each class's shape: 1 on it, 0 beside it. `textures` of shape (K, H, W) holds each class's texture. A
picture shows a texture where the mask of a shape is 1, and the number `background` where it is 0. Make one of
each shape in the texture of each *other* class, $K(K-1)$ in all: first shape 0 in textures 1, 2, ..., then
shape 1 in textures 0, 2, ..., and so on. Return two things: the pictures, of shape $(K(K-1), H, W)$, and
their labels, of shape $(K(K-1), 2)$: in each row the class of the shape, then that of the texture.
"""

from __future__ import annotations

from itertools import combinations, permutations, product
from typing import Any

import numpy as np
import torch
from torch import Tensor

from cnnlab.exercises import Function, Mistake


def drawn(seed: int) -> dict[str, Any]:
    """Return two to four classes, no two pixels of their textures alike."""
    rng = np.random.default_rng(seed)
    shape = seed % 3 + 2, *rng.integers(2, 4, 2).tolist()
    masks = rng.random(shape) < 0.5
    masks[:, 0, 0], masks[:, -1, -1], masks[:, 0, -1] = True, False, np.arange(shape[0]) % 2
    textures = rng.permutation(np.prod(shape)).reshape(shape) / 4 - 1
    return {"masks": masks.astype(float), "textures": textures, "background": rng.integers(1, 9).item() / 2}


def together(pictures: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Return a row for each picture, last its labels; other shapes as one long row."""
    if pictures.ndim != 3 or labels.shape != (len(pictures), 2):
        return np.concatenate([pictures.ravel(), labels.ravel(), pictures.shape, labels.shape])
    return np.column_stack([pictures.reshape(len(pictures), -1), labels])


def painted(mask: Tensor, texture: Tensor, background: float) -> Tensor:
    """Return a picture."""
    return torch.where(mask > 0, texture, background)


def same(s: int, t: int) -> tuple[int, int]:
    """Return classes of shape and texture as they are."""
    return s, t


def pictures(
    pairs: Any = lambda k: permutations(range(k), 2),
    paint: Any = painted,
    look: Any = same,
    label: Any = same,
) -> Any:
    """Return an answer with these pairs of classes, painted so; look and label say what is shown and said."""

    def answer(masks: Tensor, textures: Tensor, background: float) -> tuple[Tensor, Tensor]:
        both = list(pairs(len(masks)))
        shown = [(masks[s], textures[t]) for s, t in (look(*pair) for pair in both)]
        made = torch.stack([paint(*each, background) for each in shown])
        return made, torch.tensor([label(*pair) for pair in both])

    return answer


RIGHT = pictures()


def at_once(masks: Tensor, textures: Tensor, background: float) -> tuple[Tensor, Tensor]:
    """Return the right answer without a loop."""
    labels = (1 - torch.eye(len(masks))).nonzero()
    on = masks[labels[:, 0]]
    return on * textures[labels[:, 1]] + (1 - on) * background, labels


EXERCISE = Function(
    cases=[
        {"masks": [[[1, 0]], [[0, 1]]], "textures": [[[2, 3]], [[5, 7]]], "background": 9},
        {
            "masks": [[[1, 0]], [[1, 1]], [[0, 1]]],
            "textures": [[[2, 3]], [[4, 5]], [[6, 7]]],
            "background": 9,
        },
        *map(drawn, range(6)),
    ],
    join=together,
    right=[
        RIGHT,
        at_once,
        lambda masks, *others: ([*RIGHT(masks, *others)[0]], [*permutations(range(len(masks)), 2)]),
    ],
    mistakes=[
        Mistake(
            "same class",
            "Pictures whose shape and texture are of one class are among them: there the cues agree.",
            pictures(lambda k: product(range(k), repeat=2)),
            pictures(lambda k: zip(range(k), range(k), strict=True)),
        ),
        Mistake(
            "where",
            "A texture belongs where the mask is 1: here it lies beside the shape, or everywhere.",
            pictures(paint=lambda mask, texture, b: painted(1 - mask, texture, b)),
            pictures(paint=lambda mask, texture, b: texture),
        ),
        Mistake(
            "background",
            "Beside the shape every pixel is background, on it none: it is neither 0 nor added everywhere.",
            pictures(paint=lambda mask, texture, b: mask * texture),
            pictures(paint=lambda mask, texture, b: mask * texture + b),
            pictures(paint=lambda mask, texture, b: mask * b + texture),
        ),
        Mistake(
            "labels swapped",
            "The labels are swapped: a row holds the shape's class, then the texture's.",
            pictures(label=lambda s, t: (t, s)),
        ),
        Mistake(
            "swapped",
            "Shape and texture are swapped: the first shape is shown in all other textures, then the next.",
            *[pictures(look=lambda s, t: (t, s), label=label) for label in (same, lambda s, t: (t, s))],
        ),
        Mistake(
            "some only",
            "Some pairs are missing: each shape meets each other texture, K * (K - 1) pictures.",
            pictures(lambda k: combinations(range(k), 2)),
            *[pictures(lambda k, d=d: ((s, (s + d) % k) for s in range(k))) for d in (1, -1)],
            pictures(lambda k: ((0, t) for t in range(1, k))),
        ),
        Mistake(
            "own texture",
            "Each shape shows its own texture, or each texture its own shape: they are of two classes.",
            *[pictures(look=look) for look in (lambda s, t: (s, s), lambda s, t: (t, t))],
        ),
        Mistake(
            "order of pairs",
            "The right pictures stand in another order: shape by shape, its textures from 0 on.",
            pictures(lambda k: ((s, (s + d) % k) for s in range(k) for d in range(1, k))),
            pictures(lambda k: ((s, (s + d) % k) for d in range(1, k) for s in range(k))),
        ),
        Mistake(
            "pair",
            "The pictures, shape (K * (K - 1), H, W), come first, then the labels.",
            *(
                lambda *given: RIGHT(*given)[::-1],
                lambda *given: (RIGHT(*given)[0][:, None], RIGHT(*given)[1]),
            ),
            lambda *given: (RIGHT(*given)[0].flatten(1), RIGHT(*given)[1]),
        ),
        Mistake(
            "labels",
            "The labels are two numbers a picture, shape (K * (K - 1), 2), classes counted from 0.",
            pictures(label=lambda s, t: (s + 1, t + 1)),
            *[pictures(label=label) for label in (lambda s, t: s, lambda s, t: t)],
            lambda *given: (RIGHT(*given)[0], RIGHT(*given)[1].T),
        ),
        # The last two know the first case: pixels 5 and 9 of classes 0 and 1, pixels 9 and 3 of 1 and 0.
        Mistake(
            "shapes",
            "As many pictures as labels, K * (K - 1): shapes (K * (K - 1), H, W) and (K * (K - 1), 2).",
            lambda *given: (RIGHT(*given)[0][0], RIGHT(*given)[1][0]),
            fits=lambda got: len(got) != 8,
        ),
        Mistake(
            "pictures",
            "The labels are right, the pictures are not: masks[s] says where textures[t] is shown.",
            pictures(paint=lambda mask, texture, b: mask),
            fits=lambda got: (
                got[[2, 3, 6, 7]].tolist() == [0, 1, 1, 0] and got[[0, 1, 4, 5]].tolist() != [5, 9, 9, 3]
            ),
        ),
    ],
)
