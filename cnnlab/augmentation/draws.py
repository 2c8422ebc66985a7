"""What is drawn: numbers for a whole batch at once, on the device of the generator.

With None they come from PyTorch's own generator on the CPU.
"""

from __future__ import annotations

import torch
from torch import Tensor

from cnnlab.augmentation.checks import Range


def uniform(ends: Range, count: int, generator: torch.Generator | None) -> Tensor:
    """Return numbers drawn uniformly between two ends, (count,), float32.

    Example:
        >>> uniform((2.0, 2.0), 3, torch.Generator())
        tensor([2., 2., 2.])
    """
    low, high = ends
    # The sum may be rounded to a number beyond the end.
    return (low + (high - low) * _shares(count, generator)).clamp_(low, high)


def whole(low: int, high: Tensor | int, count: int, generator: torch.Generator | None) -> Tensor:
    """Return whole numbers drawn evenly from ``low`` to ``high``, both included, (count,), int64.

    Example:
        >>> whole(2, 3, 1000, torch.Generator().manual_seed(0)).unique()
        tensor([2, 3])
    """
    # The greatest share, 1 - 2**-24, times a whole number is never rounded up to that number.
    return low + (_shares(count, generator) * (high - low + 1)).long()


def happens(p: float, count: int, generator: torch.Generator | None) -> Tensor:
    """Return for each picture whether something of chance ``p`` happens, (count,), bool.

    Example:
        >>> happens(1, 2, torch.Generator()), happens(0, 2, torch.Generator())
        (tensor([True, True]), tensor([False, False]))
    """
    return _shares(count, generator) < p


def orders(length: int, count: int, generator: torch.Generator | None) -> Tensor:
    """Return orders of the numbers below ``length``, each as likely as any other, (count, length), int64.

    Example:
        >>> orders(3, 1000, torch.Generator().manual_seed(0)).unique(dim=0).tolist()
        [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]]
    """
    return _shares(count * length, generator).view(count, length).argsort(1)


def _shares(count: int, generator: torch.Generator | None) -> Tensor:
    device = torch.device("cpu") if generator is None else generator.device
    return torch.rand(count, generator=generator, dtype=torch.float32, device=device)
