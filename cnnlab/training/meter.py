"""Loss and accuracy of an epoch under way, read from the device only now and then."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import torch
from torch import Tensor


@dataclass
class Meter:
    """Running sums over the examples of an epoch.

    Attributes:
        loss: sum of the losses read so far.
        right: examples classified right.
        seen: examples read.
        pending: (step, loss, right, examples, slope) of steps that are still on the device.
    """

    loss: float = 0.0
    right: float = 0.0
    seen: int = 0
    pending: list[tuple[int, Tensor, Tensor, int, Tensor]] = field(default_factory=list)

    def add(self, step: int, loss: Tensor, right: Tensor, size: int, slope: Tensor) -> None:
        """Remember a step, and what is finite where its gradient is, without waiting for the device."""
        self.pending.append((step, loss.detach().reshape(()), right, size, slope))

    def read(self) -> tuple[int, str] | None:
        """Wait for the device, add what is pending, and return the first bad step and what is bad."""
        steps, losses, right, sizes, slopes = zip(*self.pending, strict=True) if self.pending else ((),) * 5
        self.pending = []
        numbers = read(losses), read(right), read(slopes)
        for step, size, loss, hits, slope in zip(steps, sizes, *numbers, strict=True):
            if not math.isfinite(loss):
                return step, "loss"
            if not math.isfinite(slope):
                return step, "gradient"
            self.loss += loss * size
            self.right += hits
            self.seen += size
        return None

    @property
    def mean_loss(self) -> float:
        """Mean loss of the examples read."""
        return self.loss / max(self.seen, 1)

    @property
    def accuracy(self) -> float:
        """Share of the examples read that were classified right."""
        return self.right / max(self.seen, 1)


def read(values: list[Tensor] | tuple[Tensor, ...]) -> list[float]:
    """Return single numbers from the device, all in one transfer."""
    return torch.stack(tuple(values)).tolist() if values else []


def count_right(outputs: Tensor, targets: Tensor) -> Tensor:
    """Return how many examples score highest at their label or largest share; of many labels, the mean."""
    labels = targets.argmax(1) if targets.dtype.is_floating_point else targets
    right = outputs.detach().argmax(1) == labels
    return right.sum() if right.ndim == 1 else right.flatten(1).float().mean(1).sum()
