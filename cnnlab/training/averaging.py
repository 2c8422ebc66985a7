"""An exponential moving average of a model's weights."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn

from cnnlab.training.hooks import Hook
from cnnlab.training.weights import distinct

if TYPE_CHECKING:
    from cnnlab.training.state import State


class Average(Hook):
    """A running mean of a model's floating weights and buffers, in which old values fade.

    After step t the mean keeps the smaller of ``decay`` and (1 + t) / (10 + t) of itself, so that it soon
    forgets the first weights. Without a ``decay`` there is no mean, and no method does anything.

    Args:
        model: the model that is being trained.
        decay: share of the mean kept at each step, between 0 and 1, or None.

    Source: Polyak and Juditsky, "Acceleration of stochastic approximation by averaging" (1992); the growing
    decay as in TensorFlow's ExponentialMovingAverage.
    """

    def __init__(self, model: nn.Module, decay: float | None) -> None:
        self.decay = decay
        self.steps = 0
        values = distinct(model).values() if decay is not None else ()
        self.live = [value for value in values if value.is_floating_point()]
        self.mean = [value.clone() for value in self.live]

    def after_step(self, state: State) -> None:
        """Move the mean towards the weights that have just moved."""
        self.update()

    def end(self, state: State) -> None:
        """Leave the model the mean."""
        self.swap()

    @torch.no_grad()
    def update(self) -> None:
        """Move the mean towards the model's weights."""
        if self.decay is None:
            return
        self.steps += 1
        keep = min(self.decay, (1 + self.steps) / (10 + self.steps))
        torch._foreach_lerp_(self.mean, self.live, 1 - keep)

    @contextmanager
    def in_place(self) -> Iterator[None]:
        """Let the model have the mean for as long as the context lasts."""
        self.swap()
        try:
            yield
        finally:
            self.swap()

    @torch.no_grad()
    def swap(self) -> None:
        """Exchange the model's weights and the mean."""
        for live, mean in zip(self.live, self.mean, strict=True):
            kept = live.clone()
            live.copy_(mean)
            mean.copy_(kept)

    def state(self) -> dict[str, int | list[Tensor]]:
        """Return what :meth:`load` needs to go on."""
        return {"steps": self.steps, "mean": self.mean}

    @torch.no_grad()
    def load(self, state: dict) -> None:
        """Go on from what :meth:`state` returned."""
        self.steps = state["steps"]
        for mean, saved in zip(self.mean, state["mean"], strict=True):
            mean.copy_(saved)
