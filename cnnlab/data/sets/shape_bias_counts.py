"""Shape and texture decisions of people and of networks, counted from what Geirhos et al. published."""

from __future__ import annotations

import csv
from dataclasses import dataclass

import torch
from torch import Tensor

from cnnlab.data.registry import cards, shipped_file


@dataclass(frozen=True)
class ShapeBiasCounts:
    """Decisions of several observers about pictures with the shape of one thing and the texture of another.

    Attributes:
        observers: who decided: ten people together, and networks.
        classes: names of the 16 things, in the order of the columns.
        shape: decisions for the shape, by what the shape is, (observers, 16), int64.
        texture: decisions for the texture, likewise by what the shape is.
        trials: decisions of any kind, likewise.
    """

    observers: tuple[str, ...]
    classes: tuple[str, ...]
    shape: Tensor
    texture: Tensor
    trials: Tensor


def shape_bias_counts() -> ShapeBiasCounts:
    """Return how often six observers named the shape and the texture of the cue-conflict pictures.

    The 80 pictures whose shape and texture are of one thing are left out: 75 a category and observer remain,
    and ten people saw each.

    Source:
        R. Geirhos et al., ImageNet-trained CNNs are biased towards texture, ICLR 2019: raw-data, folders
        style-transfer-512-nomask-experiment and its -trained-CNNs, of github.com/rgeirhos/texture-vs-shape.

    Example:
        >>> counts = shape_bias_counts()
        >>> counts.observers[0], counts.shape[0].sum(), counts.texture[0].sum(), counts.trials[0].sum()
        ('humans', tensor(9236), tensor(398), tensor(12000))
    """
    card = cards()["shape_bias_counts"]
    with shipped_file(card).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    counts = torch.tensor([[int(row[name]) for name in ("shape", "texture", "trials")] for row in rows])
    observers = tuple(dict.fromkeys(row["observer"] for row in rows))
    return ShapeBiasCounts(observers, card.classes, *counts.view(len(observers), -1, 3).unbind(2))
