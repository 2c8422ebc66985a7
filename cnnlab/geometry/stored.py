"""How many numbers tensors hold, counted by storage: what two of them share is there once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from torch import Tensor

Place = tuple[tuple[int, ...], tuple[int, ...], int]


class Stored:
    """Numbers counted so far; they are told apart by where they are stored, on the meta device too.

    Example:
        >>> import torch
        >>> weight, counted = torch.zeros(4, 6), Stored()
        >>> [counted.add(part) for part in (weight, weight, weight.T, torch.zeros(3))]
        [24, 0, 0, 3]
    """

    def __init__(self) -> None:
        self._places: defaultdict[int, set[Place]] = defaultdict(set)
        self._kept: list[Tensor] = []  # so that no storage is freed and its address used again

    def add(self, tensor: Tensor) -> int:
        """Count ``tensor``, and return how many of its numbers were not counted before."""
        places = self._places[tensor.untyped_storage()._cdata]
        place = tuple(tensor.shape), tuple(tensor.stride()), int(tensor.storage_offset())
        if place in places:
            return 0
        self._kept.append(tensor)
        alone, before = not places and _dense(tensor), set(places)
        places.add(place)
        return tensor.numel() if alone else _covered(places) - _covered(before)


def stored_numbers(tensors: Iterable[Tensor]) -> int:
    """Return how many different numbers ``tensors`` hold.

    Args:
        tensors: a network's parameters, for instance; some may be views of others.

    Returns:
        The number; what several of them share counts once.

    Example:
        >>> from torch import nn
        >>> one, other = nn.Linear(3, 3), nn.Linear(3, 3)
        >>> other.weight = nn.Parameter(one.weight.data)
        >>> stored_numbers([*one.parameters(), *other.parameters()]), 9 + 3 + 3
        (15, 15)
    """
    counted = Stored()
    return sum(counted.add(tensor) for tensor in tensors)


def _dense(tensor: Tensor) -> bool:
    """Whether each of its numbers has a place of its own."""
    sizes = sorted(zip(tensor.stride(), tensor.shape, strict=True))
    reached = 1
    for stride, size in sizes:
        if size > 1 and stride < reached:
            return False
        reached = stride * (size - 1) + reached
    return True


def _covered(places: Iterable[Place]) -> int:
    import torch

    ends = [offset + sum(t * (n - 1) for n, t in zip(*axes, strict=True)) for *axes, offset in places]
    taken = torch.zeros(max(ends, default=-1) + 1, dtype=torch.bool, device="cpu")
    for shape, stride, offset in places:
        taken.as_strided(shape, stride, offset).fill_(True)
    return int(taken.sum())
