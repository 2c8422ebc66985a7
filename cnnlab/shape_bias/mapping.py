"""From the probabilities of many classes to those of a few categories."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import torch
from torch import Tensor

from cnnlab._arguments import non_negative_int

Classes = Mapping[str, Sequence[int]] | Sequence[Sequence[int]]


def checked(mapping: Classes) -> tuple[tuple[int, ...], ...]:
    """Return the classes of each category as ints.

    Raises:
        TypeError: ``mapping`` does not hold a sequence of integers for each category.
        ValueError: a category without a class, a negative class, or one that is named twice.
    """
    named = mapping.items() if isinstance(mapping, Mapping) else enumerate(_row("mapping", mapping))
    categories = {
        name: tuple(
            non_negative_int("a class in mapping", item) for item in _row("a category of mapping", row)
        )
        for name, row in named
    }
    home: dict[int, object] = {}
    for name, row in categories.items():
        if not row:
            raise ValueError(f"a category of mapping must have a class, got none for {name!r}")
        for item in row:
            if item in home:
                raise ValueError(f"mapping must name a class once, got {item} in {home[item]!r} and {name!r}")
            home[item] = name
    if not home:
        raise ValueError("mapping must have a category, got none")
    return tuple(categories.values())


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


def _row(name: str, value: Any) -> Sequence[Any]:
    if not isinstance(value, Sequence) or isinstance(value, (str, bytes)):
        raise TypeError(f"{name} must be a sequence, got {value!r}")
    return value
