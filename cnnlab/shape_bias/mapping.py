"""From the probabilities of many classes to those of a few categories."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import torch
from torch import Tensor

from cnnlab._arguments import non_negative_int

Classes = Mapping[str, Sequence[int]] | Sequence[Sequence[int]]


def checked(mapping: Classes) -> tuple[tuple[int, ...], ...]:
    """Return the classes of each category as ints.

    Raises:
        TypeError: ``mapping`` is no sequence of sequences of integers, and no mapping to such.
        ValueError: a category without a class, a negative class, or one that is named twice.
    """
    rows = mapping.values() if isinstance(mapping, Mapping) else mapping
    if not _is_row(rows) or not all(map(_is_row, rows)):
        raise TypeError(f"mapping must list the classes of each category, got {mapping!r}")
    categories = tuple(tuple(non_negative_int("a class in mapping", item) for item in row) for row in rows)
    if not categories or not all(categories):
        raise ValueError(f"each category of mapping must have a class, got {mapping!r}")
    known: set[int] = set()
    for item in (item for row in categories for item in row):
        if item in known:
            raise ValueError(f"mapping must name a class once, got {item} twice")
        known.add(item)
    return categories


def category_scores(logits: Tensor, categories: tuple[tuple[int, ...], ...] | None) -> Tensor:
    """Return the mean probability of each category's classes, (N, categories), or the logits without any.

    Raises:
        ValueError: a category has a class for which there is no logit.
    """
    if categories is None:
        return logits
    largest = max(map(max, categories))
    if largest >= logits.shape[1]:
        rule = f"from 0 to {logits.shape[1] - 1}, those the model has"
        raise ValueError(f"mapping must name classes {rule}, got {largest}")
    probabilities = logits.softmax(1)
    return torch.stack([probabilities[:, list(row)].mean(1) for row in categories], 1)


def _is_row(value: object) -> bool:
    return isinstance(value, Iterable) and not isinstance(value, (str, bytes))
