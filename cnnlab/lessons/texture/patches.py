"""Shuffle patches. Cut an `image` of shape (C, H, W) into `patches` rows of `patches` rectangles, all of one
size (`patches` divides H and W). Rectangles and places are numbered from 0, row by row from the top, each row
from left to right. Return a new picture of shape (C, H, W) with rectangle `order[i]` of the image, as it is,
in place `i`. The tensor `order` holds each number from 0 to `patches * patches - 1` once. Leave `image` as it
is.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from cnnlab.exercises import Function, Mistake


def drawn(seed: int) -> dict[str, Any]:
    """Return a picture whose pixels all differ, with rectangles of one to three pixels a side."""
    rng = np.random.default_rng(seed)
    patches = seed % 3 + 2
    c, h, w = rng.integers([1, 1, 1], [4, 4, 4]) * [1, patches, patches]
    image = rng.permutation(c * h * w).reshape(c, h, w).astype(float)
    return {"image": image, "patches": patches, "order": rng.permutation(patches**2)}


def cut(image: Tensor, patches: int) -> Tensor:
    """Return the rectangles, shape (patches * patches, C, H / patches, W / patches)."""
    rows = image.unflatten(1, (patches, -1)).unflatten(3, (patches, -1))
    return rows.permute(1, 3, 0, 2, 4).flatten(0, 1)


def laid(pieces: Tensor, patches: int, across: bool = True) -> Tensor:
    """Return the picture of rectangles, laid row by row or else column by column."""
    grid = pieces.unflatten(0, (patches, patches))
    grid = grid if across else grid.transpose(0, 1)
    return grid.permute(2, 0, 3, 1, 4).flatten(1, 2).flatten(2)


def by_hand(image: Tensor, patches: int, order: Tensor, source: Tensor | None = None) -> Tensor:
    """Return the right answer, a rectangle at a time, unless it reads what was written before."""
    new, (h, w) = image.clone(), (side // patches for side in image.shape[1:])
    for place, piece in enumerate(order.tolist()):
        (top, left), (r, c) = divmod(place, patches), divmod(piece, patches)
        found = (new if source is None else source)[:, r * h :, c * w :][:, :h, :w]
        new[:, top * h :, left * w :][:, :h, :w] = found.clone()
    return new


def transposed(patches: int) -> Tensor:
    """Return the number, row by row, of the rectangle that has number i column by column."""
    return torch.arange(patches**2).view(patches, patches).T.flatten()


def folded(image: Tensor, patches: int, order: Tensor) -> Tensor:
    """Return the right answer by torch's own cutting."""
    size = image.shape[1] // patches, image.shape[2] // patches
    return F.fold(F.unfold(image, size, stride=size)[:, order], image.shape[1:], size, stride=size)


# The answers call image, patches and order x, p and o.
EXERCISE = Function(
    cases=[
        {"image": [[[1, 2], [3, 4]]], "patches": 2, "order": np.array([2, 0, 1, 3])},
        {"image": np.arange(24.0).reshape(1, 4, 6), "patches": 2, "order": np.array([1, 3, 2, 0])},
        {"image": [[[5, 6]], [[7, 8]]], "patches": 1, "order": np.array([0])},
        *map(drawn, range(9)),
    ],
    right=[lambda x, p, o: laid(cut(x, p)[o], p), lambda x, p, o: by_hand(x, p, o, x), folded],
    mistakes=[
        Mistake(
            "inverse",
            "It is laid out the other way round: into place i comes rectangle order[i].",
            lambda x, p, o: laid(cut(x, p)[o.argsort()], p),
        ),
        Mistake(
            "columns first",
            "Places or rectangles were numbered column by column: number them row by row.",
            lambda x, p, o: laid(cut(x, p)[o], p, across=False),
            lambda x, p, o: laid(cut(x, p)[transposed(p)][o], p),
            lambda x, p, o: laid(cut(x, p)[transposed(p)][o], p, across=False),
        ),
        Mistake(
            "columns first, inverse",
            "Places were numbered column by column, and into place i comes rectangle order[i].",
            lambda x, p, o: laid(cut(x, p)[o.argsort()], p, across=False),
            lambda x, p, o: laid(cut(x, p)[transposed(p)][o.argsort()], p, across=False),
        ),
        Mistake(
            "reshaped",
            "reshape alone cuts no rectangles: split H and W into two axes each, then permute the axes.",
            lambda x, p, o: x.reshape(len(x), p * p, -1)[:, o].reshape(x.shape),
            lambda x, p, o: laid(x.reshape(len(x), p * p, *cut(x, p).shape[2:])[:, o].transpose(0, 1), p),
            *[lambda x, p, o, n=n: cut(x, p)[o].transpose(0, n).reshape(x.shape) for n in (0, 1)],
        ),
        Mistake(
            "overwritten",
            "Rectangles that were overwritten are read again: read from the image, write to a new picture.",
            by_hand,
        ),
        Mistake(
            "not put together",
            "These are the rectangles, or a strip of them: lay them out in rows, in the shape of the image.",
            *(lambda x, p, o: cut(x, p)[o], lambda x, p, o: cut(x, p)[o].unflatten(0, (p, p))),
            *[lambda x, p, o, axis=axis: torch.cat([*cut(x, p)[o]], axis) for axis in (1, 2)],
        ),
        Mistake(
            "size",
            "This has another number of pixels than the image: its shape, (C, H, W), is wanted.",
            lambda x, p, o: cut(x, p)[o][0],
            fits=lambda got: len(got) != 4,
        ),
        Mistake(
            "only rows",
            "Whole rows or columns of rectangles were moved: each rectangle moves by itself.",
            lambda x, p, o: x.unflatten(1, (p, -1))[:, o % p].flatten(1, 2)[:, : x.shape[1]],
            lambda x, p, o: x.unflatten(2, (p, -1))[:, :, o % p].flatten(2)[..., : x.shape[2]],
        ),
        Mistake(
            "sizes do not fit",
            "A rectangle has H / patches rows and W / patches columns: patches counts them along a side.",
            lambda x, p, o: F.fold(F.unfold(x, p, stride=p)[:, o], x.shape[1:], p, stride=p),
            raises=["is invalid for input", "must match", "out of bounds", "Expected size", "to match"],
        ),
    ],
)
