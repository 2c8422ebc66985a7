"""The epoch that did best on the test examples, and whether it is time to stop."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import torch
from torch import Tensor, nn

from cnnlab.training.evaluation import Evaluation
from cnnlab.training.hooks import Hook
from cnnlab.training.weights import distinct

if TYPE_CHECKING:
    from cnnlab.training.state import State


class Best(Hook):
    """The best epoch so far and its weights; without ``patience``, nothing is kept.

    Args:
        patience: epochs in a row without a better one after which training is over, or None.
        watch: "loss" (smaller is better) or "accuracy" (larger is).
    """

    def __init__(self, patience: int | None, watch: str) -> None:
        self.patience, self.watch = patience, watch
        self.value = float("-inf")
        self.epoch: int | None = None
        self.waited = 0
        self.weights: dict[str, Tensor] = {}

    def update(self, epoch: int, test: Evaluation, model: nn.Module) -> None:
        """Compare an epoch with the best one before."""
        if self.patience is None:
            return
        value = -test.loss if self.watch == "loss" else test.accuracy
        if value is not None and value > self.value:
            self.value, self.epoch, self.waited = value, epoch, 0
            self.weights = {name: tensor.clone() for name, tensor in distinct(model).items()}
        else:
            self.waited += 1

    @property
    def over(self) -> bool:
        """Whether the patience is used up."""
        return self.patience is not None and self.waited >= self.patience

    @torch.no_grad()
    def end(self, state: State) -> None:
        """Leave the model the best epoch's weights, where there are any."""
        here = distinct(state.model) if self.weights else {}
        for name, tensor in here.items():
            tensor.copy_(self.weights[name])

    def state(self) -> dict[str, Any]:
        """Return what :meth:`load` needs to go on."""
        return {name: getattr(self, name) for name in ("value", "epoch", "waited", "weights")}

    def load(self, state: dict[str, Any], device: torch.device) -> None:
        """Go on from what :meth:`state` returned."""
        self.value, self.epoch, self.waited = state["value"], state["epoch"], state["waited"]
        self.weights = {name: tensor.to(device) for name, tensor in state["weights"].items()}
