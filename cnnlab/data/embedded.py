"""Labelled pictures that are split into training and test examples."""

from __future__ import annotations

import torch

from cnnlab._arguments import non_negative_int

Examples = tuple[torch.Tensor, torch.Tensor]


def permutation(count: int, seed: int) -> torch.Tensor:
    """Return the numbers below ``count`` in an order that ``seed`` draws."""
    generator = torch.Generator().manual_seed(non_negative_int("seed", seed))
    return torch.randperm(count, generator=generator)


def split(
    images: torch.Tensor, labels: torch.Tensor, train: torch.Tensor, test: torch.Tensor
) -> tuple[Examples, Examples]:
    """Return the examples numbered ``train`` and ``test``, scaled by the mean and deviation of the former."""
    images = (images - images[train].mean()) / images[train].std(correction=0)
    return (images[train], labels[train]), (images[test], labels[test])
